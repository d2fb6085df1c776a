// From the desk to the page: what a publisher does, and what a reader gets who reloads.
import type { Browser, Page } from '@playwright/test';
import { addAccount, another, beginArticle, call, Desk, expect, signIn, test } from '../../desk';
import { OwnServer } from '../../own-server';

/** Somebody without an account, who has the address of the article open. */
async function reading(browser: Browser, baseURL: string | undefined, article: number) {
  const context = await browser.newContext({ baseURL, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  const page = await context.newPage();
  const first = await page.goto(`/nowhere/${article}`);
  return { page, status: first?.status(), again: async () => (await page.reload())?.status(), close: () => context.close() };
}

/** A complete text, typed by hand. */
async function write(desk: Desk, page: Page, title: string) {
  await desk.title.fill(title);
  await desk.text.click();
  await page.keyboard.type(`${title}的正文。`);
  if (!(await page.getByLabel('来源', { exact: true }).isVisible())) {
    await page.getByRole('button', { name: '文章信息' }).click();
  }
  await page.getByLabel('来源', { exact: true }).fill('本站');
  await desk.saved();
}

const chip = (page: Page) => page.locator('.write-bar .chip');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** `2026-11-25T08:00` in Shanghai, so many minutes from now. */
function minutes(from: number): string {
  const at = new Date(Date.now() + from * 60_000 + 8 * 3_600_000);
  return at.toISOString().slice(0, 16);
}

test('an article is published, corrected and withdrawn while a reader watches', async ({ browser, baseURL, desk, page, article, faults }) => {
  faults.expectStatus(422);
  const reader = await reading(browser, baseURL, article);
  expect(reader.status).toBe(404);

  // What is missing is named where it is, as it is before handing in.
  await desk.title.fill('关于高温慰问的通知');
  await desk.text.click();
  await page.keyboard.type('各基层工会：');
  await button(page, '发布').click();
  await expect(page.getByLabel('来源', { exact: true })).toBeFocused();
  await page.getByLabel('来源', { exact: true }).fill('本站');
  expect(await reader.again()).toBe(404);

  // What was typed a moment ago is in it.
  await button(page, '发布').click();
  await expect(chip(page)).toHaveText('已发布');
  await expect(page.locator('.toasts')).toContainText(`/${article}`);
  await expect(page.getByRole('link', { name: '查看公开页面' })).toHaveAttribute('href', new RegExp(`/${article}$`));
  expect(await reader.again()).toBe(200);
  await expect(reader.page.locator('h1')).toHaveText('关于高温慰问的通知');
  await expect(reader.page.locator('.article-meta')).toContainText('来源：本站');
  await expect(reader.page.locator('.article-meta')).not.toContainText('更正于');

  await desk.title.fill('关于高温慰问的通知（更正）');
  await desk.saved();
  await expect(chip(page)).toHaveText('已发布，有未发布的改动');
  await reader.again();
  await expect(reader.page.locator('h1')).toHaveText('关于高温慰问的通知');
  await button(page, '更正发布').click();
  await expect(chip(page)).toHaveText('已发布');
  await reader.again();
  await expect(reader.page.locator('h1')).toHaveText('关于高温慰问的通知（更正）');
  await expect(reader.page.locator('.article-meta')).toContainText('更正于');
  await reader.page.goto(reader.page.url().replace(/\/\d+$/, ''));
  await expect(reader.page.getByRole('link', { name: '关于高温慰问的通知（更正）' })).toBeVisible();

  await button(page, '撤回……').click();
  const dialog = page.getByRole('dialog', { name: '撤回这篇文章' });
  await expect(dialog).toContainText('读者会看到');
  await dialog.getByRole('button', { name: '撤回', exact: true }).click();
  await expect(dialog.getByLabel('撤回原因')).toBeFocused();
  await expect(dialog.locator('.write-fault')).toContainText('撤回原因不能为空');
  await page.keyboard.type('金额有误');
  await page.keyboard.press('Enter');
  await expect(chip(page)).toHaveText('已撤回');
  await expect(page.getByRole('link', { name: '查看公开页面' })).toHaveCount(0);
  await reader.again();
  await expect(reader.page.getByRole('link', { name: '关于高温慰问的通知（更正）' })).toHaveCount(0);
  expect((await reader.page.goto(`/nowhere/${article}`))?.status()).toBe(410);
  await expect(reader.page.locator('h1')).toHaveText('这篇文章已撤回');
  // The writer has everything still, and may publish it again.
  await expect(desk.title).toHaveValue('关于高温慰问的通知（更正）');
  await expect(button(page, '发布')).toBeVisible();
  await reader.close();
});

test('a schedule keeps its own text, says so, and is kept', async ({ browser, baseURL, desk, page, article, context }) => {
  await write(desk, page, '定时的文章');
  await button(page, '定时发布……').click();
  const dialog = page.getByRole('dialog', { name: '定时发布' });
  const time = dialog.getByLabel('发布时间');
  await time.fill(minutes(-5));
  await expect(dialog.locator('.write-fault')).toContainText('现在以后');
  await time.fill('9999-12-31T23:59');
  await expect(dialog.locator('.write-fault')).toContainText('366 天以内');
  await dialog.getByRole('button', { name: '定时', exact: true }).click();
  await expect(time).toBeFocused();
  const at = minutes(90);
  await time.fill(at);
  await expect(dialog.locator('.write-fault')).toHaveText('');
  await dialog.getByRole('button', { name: '定时', exact: true }).click();
  await expect(chip(page)).toHaveText(`定时于 ${at.replace('T', ' ')}`);

  await desk.title.fill('定时的文章，改过');
  await desk.saved();
  const note = page.locator('.write-notes', { hasText: '之后的改动不在里面' });
  await expect(note).toBeVisible();
  await note.getByRole('button', { name: '改为发布现在的文字' }).click();
  await expect(note).toHaveCount(0);
  await expect(chip(page)).toHaveText(`定时于 ${at.replace('T', ' ')}`);

  await button(page, '取消定时').click();
  await expect(chip(page)).toHaveText('草稿');
  // The clock does the rest: a schedule of two seconds, which no dialog offers.
  const tab = `soon${article}`;
  const { revision } = await call<{ revision: number }>(context, 'open_article', { id: article, tab });
  await call(context, 'schedule_article', { article, base: revision, at: Date.now() + 2_000 });
  const reader = await reading(browser, baseURL, article);
  await expect.poll(reader.again, { timeout: 15_000 }).toBe(200);
  await expect(reader.page.locator('h1')).toHaveText('定时的文章，改过');
  await reader.close();
});

test('a schedule survives a restart of the server: what was due meanwhile and what is due later are public, each once', async ({ browser, context, page, isMobile }) => {
  test.skip(isMobile, 'the clock and the server are the same on a phone');
  test.setTimeout(120_000);
  await OwnServer.during(async (server) => {
    const { origin } = server;
    await signIn(context, addAccount('administrator', server.data), origin);
    // The dialog offers minutes; the field takes seconds as well, which a test waits for.
    const schedule = async (title: string, seconds: number) => {
      const article = await beginArticle(context, origin);
      const desk = new Desk(page);
      await desk.open(article, origin);
      await write(desk, page, title);
      await button(page, '定时发布……').click();
      const dialog = page.getByRole('dialog', { name: '定时发布' });
      const at = Math.ceil(Date.now() / 1000 + seconds) * 1000;
      await dialog.getByLabel('发布时间').fill(new Date(at + 8 * 3_600_000).toISOString().slice(0, 19));
      await dialog.getByRole('button', { name: '定时', exact: true }).click();
      await expect(chip(page)).toContainText('定时于');
      await expect(desk.status).toHaveAttribute('data-status', 'saved');
      await page.goto('about:blank');
      return { article, at };
    };
    const later = await schedule('重启以后才到时间', 40);
    const missed = await schedule('重启期间到了时间', 4);
    await server.stop();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, missed.at + 1_000 - Date.now())));
    await server.start();

    const reader = await browser.newContext({ baseURL: origin, locale: 'zh-CN' });
    const seen = await reader.newPage();
    const status = async (article: number) => (await reader.request.get(`/nowhere/${article}`)).status();
    await expect.poll(() => status(missed.article), { timeout: 15_000 }).toBe(200);
    if (Date.now() < later.at - 1_000) expect(await status(later.article), 'not before its time').toBe(404);
    await expect.poll(() => status(later.article), { timeout: 60_000 }).toBe(200);
    expect(Date.now()).toBeGreaterThanOrEqual(later.at);
    await seen.goto(`/nowhere/${later.article}`);
    await expect(seen.locator('h1')).toHaveText('重启以后才到时间');
    await expect(seen.locator('.article-body')).toContainText('重启以后才到时间的正文。');
    await seen.goto(seen.url().replace(/\/\d+$/, ''));
    for (const title of ['重启以后才到时间', '重启期间到了时间']) await expect(seen.locator('.entry', { hasText: title })).toHaveCount(1);
    for (const { article } of [later, missed]) {
      const filter = { subject: { kind: 'article', id: article } };
      const { rows } = await call<{ rows: { action: string }[] }>(context, 'list_record', { filter, mark: null }, origin);
      expect(rows.filter(({ action }) => action === 'publish'), 'it was published once').toHaveLength(1);
    }
    await reader.close();
  });
});

test('what a colleague has just withdrawn is not published unawares', async ({ browser, baseURL, desk, page, article, faults }) => {
  faults.expectStatus(409);
  await write(desk, page, '先发布');
  await button(page, '发布').click();
  await expect(chip(page)).toHaveText('已发布');
  await desk.title.fill('先发布，再改');
  await desk.saved();
  await expect(button(page, '更正发布')).toBeVisible();
  const colleague = await another(browser, addAccount('publisher'), baseURL ?? '');
  await call(colleague, 'withdraw_article', { article, reason: '有误' }, baseURL);
  await button(page, '更正发布').click();
  await expect(page.locator('.write-fault').first()).toContainText('有人在您之后保存过');
  await expect(chip(page)).toHaveText('已撤回');
  const reader = await reading(browser, baseURL, article);
  expect(reader.status).toBe(410);
  await Promise.all([reader.close(), colleague.close()]);
});

test('a pinned article stands on top of its list and a batch takes it away', async ({ browser, baseURL, desk, page, article }) => {
  const title = `置顶的文章${article}`;
  await write(desk, page, title);
  await page.getByLabel('置顶到').fill(`${minutes(24 * 60)}:00`);
  await desk.saved();
  await button(page, '发布').click();
  await expect(chip(page)).toHaveText('已发布');
  const reader = await reading(browser, baseURL, article);
  await reader.page.goto(reader.page.url().replace(/\/\d+$/, ''));
  const entry = reader.page.locator('.entry', { hasText: title });
  await expect(entry).toHaveCount(1);
  await expect(entry.locator('.entry-pinned')).toHaveText('置顶');

  await page.goto(`/admin/articles?text=${encodeURIComponent(title)}`);
  const rows = page.locator('.desk-list tbody tr');
  await expect(rows).toHaveCount(1);
  await expect(rows.locator('.chip').first()).toHaveText('已发布');
  await rows.getByRole('checkbox').click();
  await page.getByRole('toolbar', { name: '批量操作' }).getByRole('button', { name: '撤回……' }).click();
  const dialog = page.getByRole('dialog', { name: '撤回所选文章' });
  await dialog.getByLabel('撤回原因').fill('到期');
  await dialog.getByRole('button', { name: '撤回', exact: true }).click();
  await expect(rows.locator('.chip').first()).toHaveText('已撤回');
  await expect(page.locator('.toasts')).toContainText('已撤回 1 篇');
  await expect(page.locator('.toasts').getByRole('button', { name: '撤销' })).toHaveCount(0);
  await reader.again();
  await expect(entry).toHaveCount(0);
  await reader.close();
});

test('who may not publish is not offered it', async ({ browser, baseURL, account }) => {
  expect(account.name).toBeTruthy();
  const context = await browser.newContext({ baseURL, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  await signIn(context, addAccount('reporter'));
  const desk = new Desk(await context.newPage());
  await desk.open(await beginArticle(context));
  await expect(button(desk.page, '提交审核')).toBeVisible();
  for (const name of ['发布', '定时发布……', '撤回……']) await expect(button(desk.page, name)).toHaveCount(0);
  await context.close();
});
