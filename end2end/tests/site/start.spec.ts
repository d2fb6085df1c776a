// When the client comes, and that nothing is missing before.
import { expect, test } from '../../fixtures';
import { asked, holdsClient, say } from '../../lines';

const captured = '/jianghua/1';
const live = 'html[data-live]';

test('on a fast line the client comes by itself when the page is there', async ({ page }) => {
  await say(page, {});
  const early: boolean[] = [];
  page.on('request', async (request) => {
    if (request.url().endsWith('.wasm')) early.push(await page.evaluate(() => document.readyState !== 'complete'));
  });
  await page.goto(captured);
  await page.locator(live).waitFor();
  expect(early).toEqual([false]);
  await expect(page.locator('script[type=speculationrules]'), 'the client fetches ahead itself').toHaveCount(0);
});

for (const [name, line] of [
  ['on a slow line', { effectiveType: '3g' }],
  ['on a line that takes long for what is large', { downlink: 0.9 }],
  ['where data is to be saved', { saveData: true }],
] as const) {
  test(`${name} the client comes when the reader does something`, async ({ page }) => {
    await say(page, line);
    const paths = asked(page);
    await page.goto(captured);
    await page.waitForLoadState('networkidle');
    // Longer than it waits for an idle moment elsewhere.
    await page.waitForTimeout(1_000);
    expect(holdsClient(paths)).toBe(false);
    await expect(page.locator('link[rel=preload], link[rel=modulepreload]')).toHaveCount(0);
    await page.keyboard.press('Tab');
    await page.locator(live).waitFor();
    await expect(page.getByRole('link', { name: '跳到正文' }), 'the key did what it does').toBeFocused();
  });
}

test('a finger on the text and a pointer on a link are things that a reader does', async ({ page }) => {
  await say(page, { effectiveType: '3g' });
  for (const act of [
    () => page.locator('.article-body p').first().dispatchEvent('touchstart'),
    () => page.locator('.sections a').nth(2).dispatchEvent('pointermove', { bubbles: true }),
  ]) {
    await page.goto(captured);
    await act();
    await page.locator(live).waitFor();
  }
});

test('a browser that says nothing of its line is taken to have a fast one', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: undefined, configurable: true }));
  await page.addInitScript(() => Object.defineProperty(window, 'requestIdleCallback', { value: undefined }));
  await page.goto(captured);
  await page.locator(live).waitFor();
});

test('the admin asks for the client at once', async ({ page, faults }) => {
  faults.expectStatus(401);
  await say(page, { saveData: true, effectiveType: '2g' });
  await page.goto('/admin');
  await expect(page.locator('link[rel=modulepreload][href$="/fuxian.js"]')).toHaveCount(1);
  await expect(page.locator('link[rel=preload][href$="/fuxian.wasm"]')).toHaveCount(1);
});

test('what is pressed before the client is there is done at once, and once', async ({ page }) => {
  await say(page, { saveData: true });
  await page.addInitScript(() => {
    const counting = window as unknown as { printed: number };
    counting.printed = 0;
    window.print = () => void (counting.printed += 1);
  });
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${captured}/print`);
  const printed = () => page.evaluate(() => (window as unknown as { printed: number }).printed);
  await page.getByRole('button', { name: '打印' }).click();
  expect(await printed()).toBe(1);
  release();
  await page.locator(live).waitFor();
  expect(await printed()).toBe(1);
  await page.getByRole('button', { name: '打印' }).click();
  expect(await printed(), 'the button goes on to work').toBe(2);
});

test('the size of text is remembered without the client', async ({ page, faults }) => {
  faults.expectMessage(/net::ERR_FAILED/);
  await say(page, { saveData: true });
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(captured);
  await page.getByText('大', { exact: true }).click();
  await page.goto('/jianghua/21');
  await expect(page.locator('#size-l')).toBeChecked();
});

test('close closes a window without the client', async ({ page }) => {
  await say(page, { saveData: true });
  await page.goto('/jianghua');
  const opened = page.waitForEvent('popup');
  await page.evaluate((address) => void window.open(address), captured);
  const popup = await opened;
  await popup.waitForLoadState();
  const closed = popup.waitForEvent('close');
  await popup.getByRole('link', { name: '关闭' }).evaluate((link: HTMLElement) => void setTimeout(() => link.click()));
  await closed;
});

test('a link that is followed while the client comes gets the line for itself', async ({ page }) => {
  await say(page, { effectiveType: '3g' });
  await page.route('**/*.wasm', () => {});
  await page.goto('/jianghua');
  const coming = page.waitForRequest(/\.wasm$/);
  await page.keyboard.press('Tab');
  const given = page.waitForEvent('requestfailed');
  const wasm = await coming;
  await page.getByRole('link', { name: /金毅/ }).click();
  expect((await given).url()).toBe(wasm.url());
  await expect(page.locator('.article-body p')).toHaveCount(11);
  await expect(page).toHaveURL(captured);
});

test('a client that does not come leaves a page that works', async ({ page, faults }) => {
  faults.expectMessage(/net::ERR_FAILED/);
  await page.route('**/*.wasm', (route) => route.abort());
  const failed = page.waitForEvent('requestfailed');
  await page.goto('/');
  await failed;
  await page.locator('.sections').getByRole('link', { name: '领导讲话' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '领导讲话' })).toBeVisible();
  await page.getByRole('link', { name: /金毅/ }).click();
  await expect(page.locator('.article-body p')).toHaveCount(11);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: '领导讲话' })).toBeVisible();
});
