// What is fetched ahead while there is no client yet, and with it.
import { expect, test } from '../../fixtures';
import { asked, fetchingAhead, say } from '../../lines';

test.use(fetchingAhead);

test('before the client is there the browser fetches the page behind a link on which a pointer rests', async ({ page }, {
  project,
}) => {
  test.skip(project.name === 'phone', 'a finger does not hover');
  await say(page, { effectiveType: '3g' });
  // The client would do it as soon as it is there.
  await page.route('**/*.wasm', () => {});
  await page.goto('/jianghua');
  const cdp = await page.context().newCDPSession(page);
  const fetched = new Promise<void>((resolve) =>
    cdp.on('Preload.prefetchStatusUpdated', ({ status, prefetchUrl }) => {
      if (status === 'Ready' && prefetchUrl.endsWith('/jianghua/1')) resolve();
    }),
  );
  await cdp.send('Preload.enable');
  await page.getByRole('link', { name: /金毅/ }).hover();
  await fetched;
  await page.getByRole('link', { name: /金毅/ }).click();
  await expect(page.locator('.article-body p')).toHaveCount(11);
  const way = await page.evaluate(() => {
    const [entry] = performance.getEntriesByType('navigation') as (PerformanceNavigationTiming & { deliveryType: string })[];
    return entry?.deliveryType;
  });
  expect(way).toBe('navigational-prefetch');
});

test('a press fetches what the click will show', async ({ page, live }) => {
  await live('/jianghua');
  const fetched = page.waitForRequest(/\/api\/get_article/);
  await page.getByRole('link', { name: /金毅/ }).dispatchEvent('pointerdown', { bubbles: true });
  expect((await (await fetched).response())?.status()).toBe(200);
});

test('a page that was fetched ahead is shown without asking again', async ({ page, live }) => {
  await live('/jianghua');
  const paths = asked(page);
  const link = page.getByRole('link', { name: /金毅/ });
  const fetched = page.waitForResponse(/\/api\/get_article/);
  await link.dispatchEvent('pointerdown', { bubbles: true });
  await (await fetched).finished();
  await link.evaluate((link: HTMLElement) => link.click());
  await expect(page.locator('.article-body p')).toHaveCount(11);
  expect(paths.filter((path) => path === '/api/get_article')).toHaveLength(1);
});

test('nothing is fetched ahead where data is to be saved', async ({ page }) => {
  await say(page, { saveData: true });
  const paths = asked(page);
  await page.goto('/jianghua');
  await page.getByRole('link', { name: /金毅/ }).dispatchEvent('pointerdown', { bubbles: true });
  await page.locator('html[data-live]').waitFor();
  await page.getByRole('link', { name: /金毅/ }).dispatchEvent('pointerdown', { bubbles: true });
  await page.getByRole('link', { name: /金毅/ }).focus();
  await page.waitForTimeout(500);
  expect(paths.filter((path) => path.startsWith('/api/'))).toEqual([]);
});
