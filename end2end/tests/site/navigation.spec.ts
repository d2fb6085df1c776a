import { expect, test } from '../../fixtures';

test('a click opens the next page without loading the document again', async ({ page, live }) => {
  await live('/');
  await page.evaluate(() => Object.assign(window, { stayed: true }));
  await page.locator('.front-sections').getByRole('link', { name: '领导讲话', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '领导讲话' })).toBeVisible();
  await expect(page).toHaveURL('/jianghua');
  await expect(page).toHaveTitle(/领导讲话/);
  await page.getByRole('link', { name: /金毅/ }).click();
  await expect(page.locator('.article-body p')).toHaveCount(11);
  await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', /\/jianghua\/1$/);
  expect(await page.evaluate(() => 'stayed' in window)).toBe(true);
});

test('focus and scroll go to the top of the new page and come back to where they were', async ({ page, live }) => {
  await live('/');
  const more = page.locator('.front-sections').getByRole('link', { name: /更多\s*基层短波/ });
  await more.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  expect(before).toBeGreaterThan(100);
  await more.click();
  await expect(page.getByRole('heading', { level: 1, name: '基层短波' })).toBeVisible();
  await expect(page.locator('#main')).toBeFocused();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
  await page.goBack();
  await expect(page.locator('.headline')).toBeVisible();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(before);
});

test('hovering fetches what a click will show', async ({ page, live }, { project }) => {
  test.skip(project.name === 'phone', 'a finger does not hover');
  await live('/jianghua');
  const fetched = page.waitForRequest(/\/api\//);
  await page.getByRole('link', { name: /金毅/ }).hover();
  expect((await (await fetched).response())?.status()).toBe(200);
});

test('focus by keyboard fetches it as well', async ({ page, live }) => {
  await live('/jianghua');
  const fetched = page.waitForRequest(/\/api\//);
  await page.getByRole('link', { name: /金毅/ }).focus();
  expect((await (await fetched).response())?.status()).toBe(200);
});

test('a slow page shows that it is coming', async ({ page, live }) => {
  await live('/jianghua');
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/api\//, async (route) => {
    await held;
    await route.continue();
  });
  await page.locator('.sections').getByRole('link', { name: '工会文件' }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: '领导讲话' }), 'the old page stays until then').toBeVisible();
  release();
  await expect(page.getByRole('heading', { level: 1, name: '工会文件' })).toBeVisible();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
});

test('the first key leads past the navigation', { tag: '@noscript' }, async ({ page }) => {
  await page.goto('/jianghua/1');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: '跳到正文' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/jianghua/1#main');
});

test('the release client takes over and navigates', { tag: '@release' }, async ({ page, live }) => {
  await live('/');
  await page.evaluate(() => Object.assign(window, { stayed: true }));
  await page.locator('.sections').getByRole('link', { name: '领导讲话' }).click();
  await page.getByRole('link', { name: /金毅/ }).click();
  await expect(page.locator('.article-body p')).toHaveCount(11);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: '领导讲话' })).toBeVisible();
  expect(await page.evaluate(() => 'stayed' in window)).toBe(true);
});
