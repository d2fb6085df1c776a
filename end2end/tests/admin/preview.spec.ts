// Previews: the page in frames as wide as a phone and a desk, and links that strangers open until they are taken back.
import AxeBuilder from '@axe-core/playwright';
import { addAccount, beginArticle, Desk, expect, signIn, test } from '../../desk';
import { OwnServer } from '../../own-server';

test('what was just typed is on the preview, at both widths', async ({ page, desk, article, isMobile }) => {
  await desk.title.fill('预览里的标题');
  await desk.text.click();
  await page.keyboard.type('刚刚写下的一句话。');
  // Nobody waits for the save: the way to the preview does.
  await page.getByRole('toolbar').getByRole('link', { name: '预览', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/admin/articles/${article}/preview$`));
  const phone = page.frameLocator('iframe[title^="手机"]');
  const wide = page.frameLocator('iframe[title^="电脑"]');
  await expect(phone.getByRole('heading', { level: 1, name: '预览里的标题' })).toBeVisible({ timeout: 20_000 });
  await expect(phone.getByText('刚刚写下的一句话。')).toBeVisible();
  await expect(phone.locator('.preview-note')).toHaveText('预览，尚未发布');
  expect(await phone.locator('html').evaluate((html) => html.clientWidth)).toBeLessThanOrEqual(375);
  if (isMobile) {
    await expect(page.locator('.preview-desk')).toBeHidden();
    await page.getByRole('button', { name: '电脑' }).click();
    await expect(page.locator('.preview-phone')).toBeHidden();
  }
  await expect(wide.getByRole('heading', { level: 1, name: '预览里的标题' })).toBeVisible();
  expect(await wide.locator('html').evaluate((html) => html.ownerDocument.defaultView?.innerWidth)).toBe(1280);
  const box = await page.locator('.preview-desk iframe').boundingBox();
  const room = await page.locator('.preview-desk .preview-screen').boundingBox();
  expect(box?.width ?? 0, 'it is made smaller until it fits').toBeLessThanOrEqual((room?.width ?? 0) + 1);
  await page.getByRole('link', { name: '回到文章' }).click();
  await expect(desk.text).toContainText('刚刚写下的一句话。', { timeout: 20_000 });
});

test('a link opens for a stranger, follows the text, and dies when it is taken back', async ({ page, context, desk, article, browser, baseURL, faults }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await desk.title.fill('给您看看');
  await desk.text.click();
  await page.keyboard.type('第一稿。');
  await desk.saved();
  await page.goto(`/admin/articles/${article}/preview`);
  await expect(page.getByText('还没有有效的预览链接。')).toBeVisible();
  await page.getByRole('button', { name: '生成链接' }).click();
  const note = page.locator('.preview-links .room-note');
  await expect(note).toContainText(/链接有效至 \d{4}-\d\d-\d\d \d\d:\d\d/);
  const link = await note.locator('code').innerText();
  await note.getByRole('button', { name: '复制链接' }).click();
  await expect(note.getByRole('button', { name: '已复制' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);

  const stranger = await browser.newContext({ baseURL, locale: 'zh-CN' });
  faults.watch(stranger);
  const reader = await stranger.newPage();
  const answer = await reader.goto(new URL(link).pathname);
  expect(answer?.headers()['cache-control']).toBe('no-store, private');
  expect(answer?.headers()['referrer-policy']).toBe('no-referrer');
  await reader.locator('html[data-live]').waitFor();
  await expect(reader.getByRole('heading', { level: 1, name: '给您看看' })).toBeVisible();
  await expect(reader.locator('.preview-note')).toHaveText(/^预览，尚未发布 · 有效至 \d{4}-\d\d-\d\d \d\d:\d\d$/);
  await expect(reader.getByText('第一稿。')).toBeVisible();
  await expect(reader.locator('meta[name="robots"]')).toHaveAttribute('content', 'noindex');
  await expect(reader.locator('.sections [aria-current="true"]')).toHaveCount(1);
  const { violations } = await new AxeBuilder({ page: reader }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  // From there into the site and back again.
  await reader.locator('.sections').getByRole('link', { name: '领导讲话' }).click();
  await expect(reader.getByRole('heading', { level: 1, name: '领导讲话' })).toBeVisible();
  await reader.goBack();
  await expect(reader.getByText('第一稿。')).toBeVisible();

  await page.locator('.preview-links .lines').getByRole('button', { name: '收回' }).click();
  await expect(page.getByText('还没有有效的预览链接。')).toBeVisible();
  await expect(note).toHaveCount(0);
  faults.expectStatus(404);
  const gone = await reader.reload();
  expect(gone?.status()).toBe(404);
  await expect(reader.getByRole('heading', { level: 1, name: '这个预览链接已过期或被收回' })).toBeVisible();
  await stranger.close();
});

test('a link works for a week signed out, and dies after its time', async ({ browser, context, page, faults, isMobile }) => {
  test.skip(isMobile, 'the clock is the same on a phone');
  faults.expectStatus(404);
  await OwnServer.during(async (server) => {
    const { origin } = server;
    await signIn(context, addAccount('administrator', server.data), origin);
    const article = await beginArticle(context, origin);
    const desk = new Desk(page);
    await desk.open(article, origin);
    await desk.title.fill('只给您看一周');
    await desk.saved();
    await page.goto(`${origin}/admin/articles/${article}/preview`);
    await page.getByRole('button', { name: '生成链接' }).click();
    const link = new URL(await page.locator('.preview-links .room-note code').innerText()).pathname;
    await page.goto('about:blank');

    const stranger = await browser.newContext({ baseURL: origin, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
    const reader = await stranger.newPage();
    // So many minutes go by: the row is older by them.
    const later = async (minutes: number) => {
      // What the page still fetches would be refused by the server that stops.
      await reader.goto('about:blank');
      await server.stop();
      const by = minutes * 60_000;
      expect(await server.edit(`UPDATE previews SET created_at = created_at - ${by}, expires_at = expires_at - ${by}`)).toBe(1);
      await server.start();
      return (await reader.goto(link))?.status();
    };
    const week = 7 * 24 * 60;
    expect((await reader.goto(link))?.status()).toBe(200);
    expect(await later(week - 10), 'ten minutes before the end of the week').toBe(200);
    await expect(reader.getByRole('heading', { level: 1, name: '只给您看一周' })).toBeVisible();
    expect(await later(10), 'a week after it was made').toBe(404);
    await expect(reader.getByRole('heading', { level: 1, name: '这个预览链接已过期或被收回' })).toBeVisible();
    await expect(reader.getByText('只给您看一周')).toHaveCount(0);
    await stranger.close();
    await page.goto(`${origin}/admin/articles/${article}/preview`);
    await expect(page.getByText('还没有有效的预览链接。')).toBeVisible();
  });
});

test('what a preview says of itself: nobody has it, readers have an earlier text, readers have this one', async ({ page, desk, article }) => {
  const note = page.frameLocator('iframe[title^="手机"]').locator('.preview-note');
  const says = async (words: string) => {
    await page.goto(`/admin/articles/${article}/preview`);
    if (test.info().project.name === 'phone') await page.getByRole('button', { name: '手机' }).click();
    await expect(note).toHaveText(words, { timeout: 20_000 });
    await page.goto(`/admin/articles/${article}`);
    await expect(desk.text).toBeVisible({ timeout: 20_000 });
  };
  await desk.title.fill('三种预览');
  await desk.text.click();
  await page.keyboard.type('正文。');
  const source = page.getByLabel('来源', { exact: true });
  if (!(await source.isVisible())) await page.getByRole('button', { name: '文章信息' }).click();
  await source.fill('本站');
  await desk.saved();
  await says('预览，尚未发布');
  await page.getByRole('button', { name: '发布', exact: true }).click();
  await expect(page.locator('.write-bar .chip')).toHaveText('已发布');
  await says('预览，与公开的内容一致');
  await desk.title.fill('三种预览，改过');
  await desk.saved();
  await says('预览，修改尚未发布');
});

test('a link that never was says so without scripts as well', { tag: '@noscript' }, async ({ page, faults }) => {
  faults.expectStatus(404);
  const answer = await page.goto(`/preview/${'0'.repeat(64)}`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1, name: '这个预览链接已过期或被收回' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: '栏目' })).toBeVisible();
});

test('a colleague who is not signed in is sent to the door of the editors', async ({ page, article, context, faults }) => {
  faults.expectStatus(404, 401);
  await context.clearCookies();
  await page.goto(`/preview/article-${article}`);
  await expect(page.getByRole('heading', { level: 1, name: '请先登录编辑部' })).toBeVisible();
});

test('the room is accessible and not wider than its window', async ({ page, article }) => {
  await page.goto(`/admin/articles/${article}/preview`);
  await page.frameLocator('iframe[title^="手机"]').locator('h1').waitFor({ timeout: 20_000 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).exclude('iframe').withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  }
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(excess).toBeLessThanOrEqual(0);
  if (process.env.FUXIAN_SHOTS) await page.screenshot({ path: `${process.env.FUXIAN_SHOTS}/${test.info().project.name}-preview.png`, fullPage: true });
});
