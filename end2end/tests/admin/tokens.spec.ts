// Tokens for programs: made in the room, shown once, used through the interface, taken back.
import { addAccount, expect, signIn, test } from '../../desk';

test('an administrator makes a token, a program writes with it, and it is dead once it is taken back', async ({ page, account, context, playwright, baseURL, faults }) => {
  faults.expectStatus(401, 422);
  expect(account.name).toBeTruthy();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const name = `采集 ${Date.now() % 1_000_000}`;
  await page.goto('/admin/tokens');
  await page.locator('summary', { hasText: '生成令牌' }).click();
  const form = page.locator('.tokens form');
  await form.getByRole('button', { name: '生成令牌' }).click();
  await expect(form.getByRole('alert')).toHaveText('请至少勾选一个范围。');
  await form.getByLabel('写稿').check();
  await form.getByRole('button', { name: '生成令牌' }).click();
  await expect(form.getByRole('alert')).toContainText('不能为空');
  await form.getByLabel('名称', { exact: true }).fill(name);
  await form.getByLabel('有效期').selectOption({ label: '30 天' });
  await form.getByRole('button', { name: '生成令牌' }).click();
  const note = page.locator('.room-note');
  await expect(note).toContainText('只显示这一次');
  const secret = await note.locator('code').innerText();
  expect(secret).toMatch(/^fx_[0-9a-f]{64}$/);
  await note.getByRole('button', { name: '复制令牌' }).click();
  await expect(note.getByRole('button', { name: '已复制' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
  const row = page.locator('.tokens-list li', { hasText: name });
  await expect(row).toContainText('articles:write');
  await expect(row).toContainText('还没有用过');

  // A program has neither the cookie nor the browser.
  const program = await playwright.request.newContext({ baseURL, extraHTTPHeaders: { Authorization: `Bearer ${secret}` } });
  const sections = (await (await program.get('/api/v1/sections')).json()) as { sections: { slug: string }[] };
  const article = { section: sections.sections[0]?.slug, title: `${name} 的稿件`, html: '<p>程序写的一段。</p>' };
  const written = await program.post('/api/v1/articles', { data: article });
  expect(written.status(), await written.text()).toBe(201);
  const denied = await program.post('/api/v1/articles', { data: { ...article, source: '本站', state: 'published' } });
  expect(denied.status()).toBe(403);
  expect(denied.headers()['content-type']).toBe('application/problem+json');
  await page.reload();
  await expect(row).toContainText('最近使用');
  await expect(page.locator('.room-note')).toHaveCount(0);
  await page.goto('/admin/articles');
  await expect(page.getByRole('link', { name: article.title })).toBeVisible();
  await page.goto('/admin/record?action=begin');
  await expect(page.locator('.record-list')).toContainText(`（接口令牌：${name}）`);

  await page.goto('/admin/tokens');
  await row.getByRole('button', { name: '收回' }).click();
  await expect(row.getByRole('button', { name: '取消' })).toBeFocused();
  await row.getByRole('button', { name: '取消' }).click();
  await expect(row.getByRole('button', { name: '确认收回' })).toHaveCount(0);
  await row.getByRole('button', { name: '收回' }).click();
  await row.getByRole('button', { name: '确认收回' }).click();
  await expect(row).toContainText('已收回');
  expect((await program.get('/api/v1/articles?state=any')).status()).toBe(401);
  await program.dispose();
});

test('the room is for administrators', async ({ page, context, faults }) => {
  faults.expectStatus(403);
  await signIn(context, addAccount('publisher'));
  await page.goto('/admin/tokens');
  await expect(page.getByText('您没有做这件事的权限。').first()).toBeVisible();
  await page.goto('/admin');
  await expect(page.locator('.admin-rail a', { hasText: '接口令牌' })).toHaveCount(0);
});
