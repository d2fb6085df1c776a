// Readers download nothing of the admin; tagged @release because only a release build is split.
import { expect, test } from '../../fixtures';

test('a reader downloads nothing of the admin @release', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('/');
  await page.locator('html[data-live]').waitFor();
  await page.locator('main a[href*="/"]').first().click();
  await page.waitForLoadState('networkidle');
  await page.goBack();
  await page.waitForLoadState('networkidle');
  const admin = asked.filter((path) => /admin|editor|split_[^/]*\.wasm/.test(path));
  expect(admin).toEqual([]);
  expect(asked.some((path) => path.endsWith('fuxian.wasm'))).toBe(true);
});

test('the admin is fetched on the way to it @release', async ({ page, faults }) => {
  faults.expectStatus(401);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('/admin');
  await expect(page.getByLabel('用户名')).toBeVisible({ timeout: 20_000 });
  expect(asked.some((path) => /split_[^/]*\.wasm$/.test(path))).toBe(true);
  expect(asked.some((path) => path.endsWith('/admin.css'))).toBe(true);
  // The editor's script is only for those who write.
  expect(asked.some((path) => path.endsWith('/editor.js'))).toBe(false);
});

test('the admin says that it needs scripts @noscript', async ({ page, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled !== false, 'only without scripts');
  await page.goto('/admin');
  // Playwright looks for no text within it.
  await expect(page.locator('noscript p')).toBeVisible();
  await expect(page.locator('noscript p')).toContainText('需要浏览器允许运行 JavaScript');
});
