// What keys and clicks do in the text, as people know it from other editors.
import { expect, stored, test } from '../../desk';

test('whole rows of a table are merged and the server takes it', async ({ desk, page, context, article }) => {
  await desk.text.click();
  await page.getByRole('button', { name: '插入表格' }).click();
  await page.keyboard.type('甲');
  await page.keyboard.press('Tab');
  await page.keyboard.type('乙');
  await desk.text.locator('tr').nth(0).locator('th').first().click();
  await page.keyboard.down('Shift');
  await desk.text.locator('tr').nth(1).locator('td').last().click();
  await page.keyboard.up('Shift');
  await page.getByRole('button', { name: '合并单元格' }).click();
  await expect(desk.text.locator('tr')).toHaveCount(2);
  await desk.saved();
  expect(await stored(context, article)).not.toMatch(/"type":"tableRow"}/);
});

test('a sign at the start of a line is what it means, and undoing gives the sign back', async ({ desk, page }) => {
  await desk.text.click();
  await page.keyboard.type('## 第一章');
  await expect(desk.text.locator('h2')).toHaveText('第一章');
  await page.keyboard.press('Enter');
  await page.keyboard.type('- ');
  await expect(desk.text.locator('ul')).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(desk.text.locator('ul')).toHaveCount(0);
  await expect(desk.text.locator('p').last()).toHaveText('-');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(desk.text).not.toBeFocused();
});

test('Home and End go to the ends of the line of a long Chinese paragraph', async ({ desk, page }) => {
  await desk.text.click();
  await page.keyboard.type(`第一行开头${'为保障工会在国家政治、经济和社会生活中的地位，'.repeat(6)}`);
  await page.keyboard.press('Home');
  await page.keyboard.type('〔');
  await page.keyboard.press('End');
  await page.keyboard.type('〕');
  // The caret is in the last line: its ends are not those of the paragraph.
  const text = (await desk.text.locator('p').textContent()) ?? '';
  expect(text.indexOf('〔')).toBeGreaterThan(20);
  expect(text.endsWith('〕')).toBe(true);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await page.keyboard.type('〖');
  expect(await desk.text.locator('p').textContent()).toMatch(/^〖第一行开头/);
});

test('a click on a note opens it', async ({ desk, page, context, article }) => {
  await desk.text.click();
  await page.keyboard.type('见文件');
  await page.getByRole('button', { name: '脚注' }).click();
  await page.getByLabel('脚注文字').fill('玉工发〔2026〕1号');
  await page.keyboard.press('Enter');
  await desk.text.locator('.ed-footnote').click();
  await expect(page.getByLabel('脚注文字')).toHaveValue('玉工发〔2026〕1号');
  await page.getByLabel('脚注文字').fill('玉工发〔2026〕2号');
  await page.keyboard.press('Enter');
  await desk.saved();
  expect(await stored(context, article)).toContain('玉工发〔2026〕2号');
});
