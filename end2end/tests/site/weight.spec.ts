// What travels to readers, in bytes on the wire, with the client that they download.
import type { CDPSession } from '@playwright/test';
import { expect, test } from '../../fixtures';
import { say, slow4g } from '../../lines';

test.use({ line: 'as it is' });

/** What comes from now on, except pictures. */
function counted(cdp: CDPSession) {
  const kinds = new Map<string, { kind: string; url: string }>();
  const found: { url: string; bytes: number }[] = [];
  cdp.on('Network.responseReceived', ({ requestId, type, response }) =>
    kinds.set(requestId, { kind: type, url: response.url }),
  );
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const known = kinds.get(requestId);
    if (known && known.kind !== 'Image') found.push({ url: known.url, bytes: encodedDataLength });
  });
  return { found, sum: () => found.reduce((sum, { bytes }) => sum + bytes, 0) };
}

test('an article on slow 4G is light until the reader acts', { tag: '@release' }, async ({ page }) => {
  const cdp = await slow4g(page);
  const wire = counted(cdp);
  await page.goto('/jianghua/1');
  // Longer than it waits for an idle moment on a fast line.
  await page.waitForTimeout(5_000);
  const said = wire.found.map(({ url, bytes }) => `${new URL(url).pathname} ${bytes}`).join(', ');
  console.log(`article on slow 4G: ${wire.sum()} bytes (${said})`);
  expect(wire.found.length, said).toBe(2);
  expect(wire.sum(), said).toBeLessThanOrEqual(25_000);
});

test('the next article is light', { tag: '@release' }, async ({ page, live, context }) => {
  await say(page, {});
  await live('/jianghua/1');
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  const wire = counted(cdp);
  await page.getByRole('navigation', { name: '上一篇和下一篇' }).getByRole('link').first().click();
  await expect(page).toHaveURL('/jianghua/21');
  await page.locator('.neighbours a[rel=next]').click();
  await expect(page.locator('.article-body p')).toHaveCount(11);
  const said = wire.found.map(({ url, bytes }) => `${new URL(url).pathname}${new URL(url).search} ${bytes}`).join(', ');
  console.log(`two next articles: ${said}`);
  expect(Math.max(...wire.found.map(({ bytes }) => bytes)), said).toBeLessThanOrEqual(6_000);
});
