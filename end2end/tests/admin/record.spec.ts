// The record: filters in the address, entries that open, the file of it; for administrators only.
import AxeBuilder from '@axe-core/playwright';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from '@playwright/test';
import { addAccount, another, beginArticle, call, expect, test } from '../../desk';

/** A filter by the word above it: the label holds the options as well. */
const filter = (page: Page, name: string) =>
  page.locator('.filters label').filter({ has: page.locator('span', { hasText: new RegExp(`^${name}$`) }) }).locator('select, input');

const word = () => `record${randomBytes(4).toString('hex')}`;

interface Opened {
  revision: number;
  manuscript: { fields: object; placement: object; body: object };
}

/** Saves a title in a tab of its own; the revision that stands then. */
async function save(context: BrowserContext, article: number, title: string, kind: object | string = 'auto'): Promise<number> {
  const tab = word();
  const opened = await call<Opened>(context, 'open_article', { id: article, tab });
  const manuscript = { ...opened.manuscript, fields: { ...opened.manuscript.fields, title } };
  const saved = await call<{ revision: number }>(context, 'save_article', {
    save: { article, tab, serial: 1, base: opened.revision, kind, manuscript },
  });
  return saved.revision;
}

test('entries are found by filters that stand in the address, and open to what changed', async ({ page, context, account }) => {
  const title = word();
  const article = await beginArticle(context);
  await save(context, article, `${title}甲`);
  await save(context, article, `${title}乙`, { kept: '初稿' });
  await page.goto('/admin/record');
  const rows = page.locator('.record-list > li');
  await expect(rows.first()).toBeVisible();
  await filter(page, '操作人').selectOption({ label: account.name });
  await expect(page).toHaveURL(/who=\d+/);
  await filter(page, '对象').selectOption('article');
  await expect(page).toHaveURL(/subject=article/);
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText(`${title}乙`);
  await expect(rows.first()).toContainText(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
  await filter(page, '操作').selectOption('begin');
  await expect(rows).toHaveCount(1);
  await page.reload();
  await expect(rows).toHaveCount(1);
  await expect(filter(page, '操作')).toHaveValue('begin');
  await page.goBack();
  await expect(rows).toHaveCount(2);

  await rows.first().locator('summary').click();
  const opened = rows.first().locator('.record-opened');
  await expect(opened.getByRole('row')).toHaveCount(2);
  await opened.getByRole('link', { name: '在历史版本里对比' }).click();
  await expect(page).toHaveURL(new RegExp(`/admin/articles/${article}/history\\?older=\\d+&newer=\\d+`));
  await expect(page.locator('.history-diff')).toContainText(`${title}`);
  await page.goBack();
  await rows.first().locator('summary').click();
  await opened.getByRole('link', { name: '只看它的记录' }).click();
  await expect(page).toHaveURL(new RegExp(`subject=article&id=${article}`));
  await expect(filter(page, '对象编号')).toHaveValue(String(article));
  await filter(page, '操作').selectOption('withdraw');
  await expect(page.getByText('没有符合条件的记录。')).toBeVisible();
  await page.getByRole('link', { name: '清除筛选' }).first().click();
  await expect(page).toHaveURL(/\/admin\/record$/);
  await expect(rows.first()).toBeVisible();
});

test('a change of an account shows old and new beside each other', async ({ page, context, account }) => {
  expect(account.name).toBeTruthy();
  const name = `li.${randomBytes(4).toString('hex')}`;
  const fields = { name, display_name: '李四', grants: [] };
  await call(context, 'add_account', { fields });
  const people = await call<{ id: number; name: string }[]>(context, 'list_accounts');
  const id = people.find((person) => person.name === name)?.id;
  await call(context, 'change_account', { id, fields: { ...fields, display_name: '李思' }, disabled: true });
  await page.goto(`/admin/record?subject=account&id=${id}&action=change`);
  const row = page.locator('.record-list > li');
  await expect(row).toHaveCount(1);
  await row.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(row.locator('.record-opened')).toContainText('李思');
  await expect(row.locator('.record-opened')).toContainText('李四');
});

test('the file holds what the filters leave, and taking it is recorded', async ({ page, account }) => {
  expect(account.name).toBeTruthy();
  await page.goto('/admin/record?action=sign_in');
  await expect(page.locator('.record-list > li').first()).toBeVisible();
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: '导出 CSV' }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(/^操作记录-\d{4}-\d\d-\d\d\.csv$/);
  const bytes = readFileSync(await download.path());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = bytes.toString('utf8').split('\r\n').slice(1).filter((line) => line !== '');
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => !line.includes(',登录,sign_in,'))).toEqual([]);
  await page.goto('/admin/record?action=export');
  await expect(page.locator('.record-list > li').first()).toContainText('导出记录');
});

test('only administrators see the room, and others are told so', async ({ browser, baseURL, faults }) => {
  faults.expectStatus(403);
  const context = await another(browser, addAccount('publisher'), baseURL ?? '');
  faults.watch(context);
  const page = await context.newPage();
  await page.goto('/admin');
  await expect(page.getByRole('link', { name: '文章', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: '操作记录' })).toHaveCount(0);
  await page.goto('/admin/record');
  await expect(page.getByRole('alert')).toContainText('您没有做这件事的权限');
  await context.close();
});

test('the room is accessible, opened as well, and not wider than its window', async ({ page, account }) => {
  expect(account.name).toBeTruthy();
  await page.goto('/admin/record');
  const rows = page.locator('.record-list > li');
  await rows.first().locator('summary').click();
  await page.goto('/admin/record?action=found');
  await rows.first().locator('summary').click();
  await expect(rows.first().getByRole('row').nth(3)).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  }
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(excess).toBeLessThanOrEqual(0);
  if (process.env.FUXIAN_SHOTS) await page.screenshot({ path: `${process.env.FUXIAN_SHOTS}/${test.info().project.name}-record.png`, fullPage: true });
});
