import { expect, test } from '../../fixtures';

const captured = '/jianghua/1';

test('an article says who, when and where, and tells all', { tag: '@noscript' }, async ({ page }) => {
  const response = await page.goto(captured);
  expect(response?.status()).toBe(200);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('金毅在玉溪市职工技术协会二届一次理事会上的讲话');
  const way = page.getByRole('navigation', { name: '当前位置' });
  await expect(way.getByRole('link')).toHaveText(['首页', '领导讲话']);
  await expect(page.locator('.article-byline')).toContainText('省总工会技协办主任 金毅');
  await expect(page.locator('.article-meta time')).toHaveText('2012-07-31 10:28:49');
  await expect(page.locator('.article-meta')).toContainText('编辑：沈建龙');
  await expect(page.locator('.article-dateline')).toHaveText('2012年7月27日');
  const body = page.locator('.article-body');
  await expect(body.locator('p').first()).toHaveText('各位领导、同志们:');
  await expect(body.locator('p').last()).toHaveText('谢谢大家!');
  await expect(body.locator('p')).toHaveCount(11);
});

test('the size of the text is chosen without a script', { tag: '@noscript' }, async ({ page }) => {
  await page.goto(captured);
  const size = () => page.locator('.article-body p').first().evaluate((p) => parseFloat(getComputedStyle(p).fontSize));
  const middle = await size();
  await page.getByText('大', { exact: true }).click();
  expect(await size()).toBeGreaterThan(middle);
  await page.getByText('小', { exact: true }).click();
  expect(await size()).toBeLessThan(middle);
});

test('the chosen size stays for the next article', async ({ page, live }) => {
  await live(captured);
  await page.getByText('大', { exact: true }).click();
  await page.getByRole('navigation', { name: '上一篇和下一篇' }).getByRole('link').first().click();
  await expect(page).not.toHaveURL(captured);
  await expect(page.locator('#size-l')).toBeChecked();
  await live(captured);
  await expect(page.locator('#size-l')).toBeChecked();
});

test('neighbours lead on and back', { tag: '@noscript' }, async ({ page }) => {
  await page.goto(captured);
  const neighbours = page.getByRole('navigation', { name: '上一篇和下一篇' });
  const title = await page.getByRole('heading', { level: 1 }).textContent();
  await neighbours.getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(title ?? '');
  await expect(page.getByRole('navigation', { name: '上一篇和下一篇' })).toContainText(title ?? '');
});

test('close leads to the section', { tag: '@noscript' }, async ({ page }) => {
  await page.goto(captured);
  await page.getByRole('link', { name: '关闭' }).click();
  await expect(page).toHaveURL('/jianghua');
});

test('close closes a window that a script opened', async ({ page, live }) => {
  await live('/jianghua');
  const opened = page.waitForEvent('popup');
  await page.evaluate((address) => void window.open(address), captured);
  const popup = await opened;
  await popup.locator('html[data-live]').waitFor();
  const closed = popup.waitForEvent('close');
  // The window is gone before a click from outside would have ended, so it is clicked from inside.
  await popup.getByRole('link', { name: '关闭' }).evaluate((link: HTMLElement) => void setTimeout(() => link.click()));
  await closed;
});

test('the print view holds the article and nothing else', { tag: '@noscript' }, async ({ page }) => {
  await page.goto(captured);
  await page.getByRole('link', { name: '打印' }).click();
  await expect(page).toHaveURL(`${captured}/print`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('.masthead, .sections, .footer')).toHaveCount(0);
  await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', /noindex/);
  await page.getByRole('link', { name: '返回正文' }).click();
  await expect(page).toHaveURL(captured);
});

test('the print view prints', async ({ page, live }) => {
  await page.addInitScript(() => {
    window.print = () => void (document.title = 'printed');
  });
  await live(`${captured}/print`);
  await page.getByRole('button', { name: '打印' }).click();
  await expect(page).toHaveTitle('printed');
});

test('paper shows no navigation but the source and the address', { tag: '@noscript' }, async ({ page }) => {
  await page.goto(captured);
  await page.emulateMedia({ media: 'print' });
  for (const hidden of ['.sections', '.way', '.article-tools', '.text-size', '.neighbours', '.skip']) {
    await expect(page.locator(hidden), hidden).toBeHidden();
  }
  await expect(page.locator('.article-origin')).toBeVisible();
  await expect(page.locator('.article-origin')).toContainText(captured);
  const colours = await page.locator('.article-body p').first().evaluate((p) => [getComputedStyle(p).color, getComputedStyle(document.body).backgroundColor]);
  expect(colours[0]).toBe('rgb(0, 0, 0)');
});
