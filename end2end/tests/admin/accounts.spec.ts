// People and their keys: accounts made by an administrator, one-time links, passwords, the second factor, sessions.
import { createHmac, randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { PASSWORD, addAccount, another, expect, signIn, test } from '../../desk';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code of an authenticator app (RFC 6238), some steps of thirty seconds from now. */
function code(secret: string, steps = 0): string {
  const bits = [...secret].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = (hash[19] ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function enter(page: Page, name: string, password: string) {
  await page.goto('/admin/sign-in');
  await page.getByLabel('用户名').fill(name);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

test('an administrator adds a colleague, who comes in by the link once', async ({ page, browser, account, baseURL, faults }) => {
  faults.expectStatus(401, 422);
  expect(account.name).toBeTruthy();
  const name = `li.${randomBytes(4).toString('hex')}`;
  await page.goto('/admin/accounts');
  await page.locator('summary', { hasText: '添加账号' }).click();
  const form = page.locator('details[open] form');
  await form.getByLabel('用户名').fill(`${name}-`);
  await form.getByLabel('记者').check();
  await form.getByRole('button', { name: '添加账号' }).click();
  await expect(form.getByRole('alert')).not.toBeEmpty();
  await form.getByLabel('用户名').fill(name);
  await form.getByLabel('显示姓名').fill('李四');
  await form.getByRole('button', { name: '添加账号' }).click();
  const link = await page.locator('.room-note code').innerText();
  expect(link).toContain('/admin/link/');
  await expect(page.locator('.person', { hasText: name })).toContainText('还没设密码');

  const context = await browser.newContext({ baseURL, locale: 'zh-CN' });
  const other = await context.newPage();
  await other.goto(new URL(link).pathname);
  await expect(other.getByLabel('用户名')).toHaveValue(name);
  await other.getByLabel('新密码').fill('short');
  await other.getByRole('button', { name: '开始使用' }).click();
  await expect(other.locator('.form-said')).toContainText('密码太容易被猜到');
  await other.getByLabel('新密码').fill('一个足够长的密码 2026');
  await other.getByRole('button', { name: '开始使用' }).click();
  await expect(other).toHaveURL(/\/admin$/);
  await expect(other.locator('.admin-me')).toHaveText('李四');
  await expect(other.getByRole('link', { name: '账号', exact: true })).toHaveCount(0);
  await other.goto(new URL(link).pathname);
  await expect(other.getByText('这个链接已经用过或者已经过期')).toBeVisible();
  await context.close();
});

test('a wrong password says so and keeps the name, and the right one leads back to where one was going', async ({ page, faults }) => {
  faults.expectStatus(401);
  const account = addAccount('reporter');
  await page.goto('/admin/articles?state=draft');
  await expect(page).toHaveURL(/sign-in/);
  await page.getByLabel('用户名').fill(account.name);
  await page.getByLabel('密码', { exact: true }).fill('geraten');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('用户名、密码或验证码不正确。');
  await expect(page.getByLabel('用户名')).toHaveValue(account.name);
  await expect(page.getByLabel('密码', { exact: true })).toBeFocused();
  await page.getByLabel('密码', { exact: true }).fill(account.password);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/admin\/articles\?state=draft$/);
});

test('the second factor is turned on, asked for and turned off', async ({ page, context, faults }) => {
  faults.expectStatus(401);
  const account = addAccount('publisher');
  await signIn(context, account);
  await page.goto('/admin/me');
  const part = page.locator('.room-part', { hasText: '两步验证' });
  await part.getByLabel('密码').fill('geraten');
  await part.getByRole('button', { name: '开启两步验证' }).click();
  await expect(part.getByRole('alert')).not.toBeEmpty();
  await part.getByLabel('密码').fill(PASSWORD);
  await part.getByRole('button', { name: '开启两步验证' }).click();
  const secret = await part.locator('code').innerText();
  await expect(part.getByRole('img')).toBeVisible();
  await part.getByLabel('验证码').fill(code(secret));
  await part.getByRole('button', { name: '确认开启' }).click();
  const codes = part.locator('.codes li');
  await expect(codes).toHaveCount(10);
  const recovery = await codes.first().innerText();

  await page.getByRole('button', { name: '退出', exact: true }).click();
  await expect(page).toHaveURL(/sign-in/);
  await enter(page, account.name, account.password);
  await expect(page.getByLabel('验证码')).toBeFocused();
  await page.getByLabel('验证码').fill('000000');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('用户名、密码或验证码不正确。');
  // The step of the code that turned it on has been used: the next one is within the skew that is allowed.
  await page.getByLabel('验证码').fill(code(secret, 1));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/admin$/);

  await page.getByRole('button', { name: '退出', exact: true }).click();
  await expect(page).toHaveURL(/sign-in/);
  await enter(page, account.name, account.password);
  await page.getByLabel('验证码').fill(recovery);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/admin$/);
  await page.goto('/admin/me');
  await expect(part).toContainText('9');
  await part.getByLabel('密码').fill(PASSWORD);
  await part.getByRole('button', { name: '关闭两步验证' }).click();
  await expect(part.getByRole('button', { name: '开启两步验证' })).toBeVisible();
});

test('a changed password ends the other sessions, and so does signing out everywhere', async ({ page, context, browser, baseURL, faults }) => {
  faults.expectStatus(401);
  const account = addAccount('reporter');
  await signIn(context, account);
  const elsewhere = await another(browser, account, baseURL ?? '');
  await page.goto('/admin/me');
  const sessions = page.locator('.room-part').last().locator('li');
  await expect(sessions).toHaveCount(2);
  await page.getByLabel('现在的密码').fill(account.password);
  await page.getByLabel('新密码').fill('ein anderes Passwort');
  await page.getByRole('button', { name: '修改密码' }).click();
  await expect(page.getByText('密码已修改')).toBeVisible();
  expect((await elsewhere.request.post('/api/get_me', { data: {} })).status()).toBe(401);
  await page.reload();
  await expect(sessions).toHaveCount(1);
  await page.getByRole('button', { name: '退出所有登录' }).click();
  await expect(page).toHaveURL(/sign-in/);
  expect((await context.request.post('/api/get_me', { data: {} })).status()).toBe(401);
  await elsewhere.close();
});

test('an account that is disabled is out at once', async ({ page, browser, account, baseURL }) => {
  expect(account.name).toBeTruthy();
  const other = addAccount('reporter');
  const elsewhere = await another(browser, other, baseURL ?? '');
  await page.goto('/admin/accounts');
  const person = page.locator('.person', { hasText: other.name });
  await person.locator('summary').click();
  await person.getByLabel('停用这个账号').check();
  await person.getByRole('button', { name: '保存' }).click();
  await expect(person).toContainText('已停用');
  await expect(person.getByRole('button', { name: '重设密码链接' })).toHaveCount(0);
  expect((await elsewhere.request.post('/api/get_me', { data: {} })).status()).toBe(401);
  await elsewhere.close();
});
