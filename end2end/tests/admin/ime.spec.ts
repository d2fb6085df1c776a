// Chinese is written through an input method, which holds a piece of the page until a word is chosen.
import { Desk, expect, stored, test } from '../../desk';

async function compose(desk: Desk, steps: string[], chosen: string) {
  const cdp = await desk.page.context().newCDPSession(desk.page);
  for (const text of steps) {
    await cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await desk.page.waitForTimeout(60);
  }
  await cdp.send('Input.insertText', { text: chosen });
}

test('words are composed in the text and arrive once', async ({ desk, page, context, article }) => {
  await desk.text.click();
  await compose(desk, ['g', 'go', 'gong', 'gong h', 'gong hui'], '工会');
  await compose(desk, ['d', 'da', 'dai b', 'dai biao'], '代表');
  await page.keyboard.type('。');
  await expect(desk.text).toHaveText('工会代表。');
  await desk.saved();
  const text = await stored(context, article);
  expect(text).toContain('工会代表。');
  expect(text).not.toMatch(/gong|dai/);
});

test('words are composed in the title and arrive once', async ({ desk, context, article }) => {
  await desk.title.click();
  await compose(desk, ['t', 'to', 'tong z', 'tong zhi'], '通知');
  await expect(desk.title).toHaveValue('通知');
  await desk.saved();
  expect(await stored(context, article)).toMatch(/^通知\n/);
});

test('a merge waits until the word is chosen', async ({ desk, page, context, article }) => {
  await desk.text.click();
  await page.keyboard.type('甲。');
  await page.keyboard.press('Enter');
  await page.keyboard.type('乙。');
  await desk.saved();
  const other = new Desk(await context.newPage());
  await other.open(article);
  await other.endOf('乙。');
  await other.page.keyboard.type('对方的话。');
  await other.saved();
  await desk.endOf('甲。');
  await page.keyboard.type('先写。');
  const cdp = await context.newCDPSession(page);
  await cdp.send('Input.imeSetComposition', { text: 'ni hao', selectionStart: 6, selectionEnd: 6 });
  // The save of 先写 goes out and comes back merged while the word is still being composed.
  await page.waitForTimeout(4_000);
  await expect(desk.text).toContainText('ni hao');
  await expect(desk.text).not.toContainText('对方的话。');
  await cdp.send('Input.insertText', { text: '你好' });
  await expect(desk.text).toContainText('甲。先写。你好');
  await expect(desk.text).toContainText('乙。对方的话。');
  await desk.saved();
  const text = await stored(context, article);
  expect(text).toContain('甲。先写。你好');
  expect(text).toContain('乙。对方的话。');
  expect(text).not.toContain('ni hao');
});

test('a slow picture of a paste waits until the word is chosen', async ({ desk, page, context, article }) => {
  let letGo = () => undefined as void;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route('**/api/upload?*', async (route) => {
    await held;
    await route.continue();
  });
  await desk.text.click();
  await page.keyboard.type('甲。');
  await page.keyboard.press('Enter');
  await page.keyboard.type('乙。');
  await desk.endOf('甲。');
  await page.evaluate(() => {
    const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', `<p>图：</p><img src="data:image/png;base64,${pixel}">`);
    document.querySelector('.ProseMirror')?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(desk.text.locator('.ed-uploading')).toBeVisible();
  await desk.endOf('乙。');
  const cdp = await context.newCDPSession(page);
  await cdp.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
  const uploaded = page.waitForResponse((answer) => answer.url().includes('/api/upload'));
  letGo();
  await uploaded;
  await page.waitForTimeout(600);
  await expect(desk.text.locator('.ed-uploading')).toBeVisible();
  await cdp.send('Input.imeSetComposition', { text: 'ni hao', selectionStart: 6, selectionEnd: 6 });
  await cdp.send('Input.insertText', { text: '你好' });
  await expect(desk.text.locator('figure img')).toBeVisible();
  await expect(desk.text).toContainText('乙。你好');
  await desk.saved();
  expect(await stored(context, article)).toContain('乙。你好');
});
