import { expect, test } from '../fixtures';

test('the front page is served', { tag: ['@noscript'] }, async ({ page }) => {
  const response = await page.goto('/');
  expect(response?.status()).toBe(200);
  await expect(page).toHaveTitle(/./);
});

test('the front page is served with the release client', { tag: ['@release'] }, async ({ page }) => {
  const wasm = page.waitForResponse((response) => response.url().endsWith('.wasm'));
  await page.goto('/');
  expect((await wasm).status()).toBe(200);
});
