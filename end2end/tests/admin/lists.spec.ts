// The list of articles: filters in the address, batches with one undo, the bin, keys and the palette of commands.
import { randomBytes } from 'node:crypto';
import type { BrowserContext } from '@playwright/test';
import { beginArticle, call, expect, test } from '../../desk';

const word = () => `list${randomBytes(4).toString('hex')}`;

/** An article with this title, saved as an editor would. */
async function write(context: BrowserContext, title: string): Promise<number> {
  const [article, tab] = [await beginArticle(context), word()];
  const opened = await call<{ revision: number; manuscript: { fields: object; placement: object; body: object } }>(context, 'open_article', { id: article, tab });
  const manuscript = { ...opened.manuscript, fields: { ...opened.manuscript.fields, title } };
  await call(context, 'save_article', { save: { article, tab, serial: 1, base: opened.revision, kind: 'auto', manuscript } });
  return article;
}

test('filters stand in the address and come back with it', async ({ page, context, account }) => {
  const mine = word();
  await write(context, `${mine}甲`);
  await write(context, `${mine}乙`);
  expect(account.name).toBeTruthy();
  await page.goto('/admin/articles');
  const rows = page.locator('.desk-list tbody tr');
  await expect(rows.first()).toBeVisible();
  await page.getByLabel('查找').fill(`${mine}甲`);
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL(/text=/);
  await page.reload();
  await expect(rows).toHaveCount(1);
  await expect(page.getByLabel('查找')).toHaveValue(`${mine}甲`);
  await page.getByLabel('查找').fill(mine);
  await expect(rows).toHaveCount(2);
  await page.getByLabel('状态').selectOption('draft');
  await expect(page).toHaveURL(/state=draft/);
  await expect(rows).toHaveCount(2);
  await page.getByLabel('状态').selectOption('approved');
  await expect(page.getByText('没有符合条件的文章。')).toBeVisible();
  await page.goBack();
  await expect(rows).toHaveCount(2);
});

test('a batch goes into the bin and comes back by one undo', async ({ page, context, account }) => {
  const mine = word();
  for (const sign of ['甲', '乙', '丙']) await write(context, mine + sign);
  expect(account.name).toBeTruthy();
  await page.goto(`/admin/articles?text=${encodeURIComponent(mine)}`);
  const rows = page.locator('.desk-list tbody tr');
  await expect(rows).toHaveCount(3);
  await rows.nth(0).getByRole('checkbox').click();
  await rows.nth(2).getByRole('checkbox').click({ modifiers: ['Shift'] });
  await expect(page.getByRole('toolbar', { name: '批量操作' })).toContainText('3');
  await page.getByRole('button', { name: '移入回收站' }).click();
  await expect(rows).toHaveCount(0);
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(rows).toHaveCount(3);

  await page.getByLabel('选择本页全部').check();
  await page.getByRole('button', { name: '移入回收站' }).click();
  await expect(rows).toHaveCount(0);
  await page.goto(`/admin/bin?text=${encodeURIComponent(mine)}`);
  await expect(rows).toHaveCount(3);
  await page.getByLabel('选择本页全部').check();
  await page.getByRole('button', { name: '恢复', exact: true }).click();
  await expect(rows).toHaveCount(0);
  await page.goto(`/admin/articles?text=${encodeURIComponent(mine)}`);
  await expect(rows).toHaveCount(3);
});

test('keys lead through the rooms, the list and the palette', async ({ page, context, account, isMobile }) => {
  test.skip(isMobile, 'a telephone has no keyboard');
  const mine = word();
  for (const sign of ['甲', '乙']) await write(context, mine + sign);
  expect(account.name).toBeTruthy();
  await page.goto('/admin');
  await page.locator('main h1').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page).toHaveURL(/\/admin\/articles$/);
  await page.locator('.desk-list').waitFor();
  await page.keyboard.press('/');
  await expect(page.getByLabel('查找')).toBeFocused();
  await page.keyboard.type(mine);
  const rows = page.locator('.desk-list tbody tr');
  await expect(rows).toHaveCount(2);
  // A letter in the field is a letter.
  await page.keyboard.type('j');
  await expect(page.getByLabel('查找')).toHaveValue(`${mine}j`);
  await page.keyboard.press('Backspace');
  await expect(rows).toHaveCount(2);
  await page.getByLabel('查找').blur();
  await page.keyboard.press('j');
  await expect(rows.nth(1).getByRole('link')).toBeFocused();
  await page.keyboard.press('x');
  await expect(rows.nth(1).getByRole('checkbox')).toBeChecked();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: '键盘快捷键' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('combobox', { name: '命令' });
  await expect(palette).toBeFocused();
  await palette.fill(`${mine}甲`);
  await expect(page.getByRole('listbox', { name: '命令' }).getByRole('option')).toHaveText([`${mine}甲`]);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/admin\/articles\/\d+$/);
  await expect(page.getByLabel('标题', { exact: true })).toHaveValue(`${mine}甲`, { timeout: 20_000 });
});

test('pages follow one another and go back', async ({ page, account }) => {
  expect(account.name).toBeTruthy();
  // The samples, whose order nobody changes: what other specs write or put into the bin meanwhile is not among them.
  await page.goto(`/admin/articles?sort=created&text=${encodeURIComponent('示例')}`);
  const rows = page.locator('.desk-list tbody tr');
  await expect(rows).toHaveCount(50);
  const first = await rows.first().getByRole('link').getAttribute('href');
  await page.getByRole('link', { name: '下一页' }).click();
  await expect(page).toHaveURL(/mark=/);
  await expect(rows.first().getByRole('link')).not.toHaveAttribute('href', first ?? '');
  await page.getByRole('link', { name: '上一页' }).click();
  await expect(rows.first().getByRole('link')).toHaveAttribute('href', first ?? '');
});
