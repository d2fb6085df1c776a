// The way back: from document to document by the browser's own cache, within the client by the pages that it keeps.
import { expect, test } from '../../fixtures';
import { say } from '../../lines';

// Playwright turns the cache of whole documents off, unless it is told not to.
test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
});

const captured = '/jianghua/1';

/** Marks the document, so that it is known again, and leaves the page to itself for the way to another document. */
const mark = () => {
  const marked = window as unknown as { back?: boolean };
  addEventListener('pageshow', (event) => (marked.back = event.persisted));
};
const isBack = () => (window as unknown as { back?: boolean }).back ?? false;

for (const [name, line] of [
  ['before the client is there', { saveData: true }],
  ['with the client', {}],
] as const) {
  test(`a document comes back as it was left, ${name}`, async ({ page }) => {
    await say(page, line);
    await page.goto(captured);
    if (!('saveData' in line)) await page.locator('html[data-live]').waitFor();
    await page.evaluate(() => scrollTo(0, 300));
    await page.evaluate(mark);
    await page.evaluate(() => void (location.href = '/jianghua?from=elsewhere'));
    await expect(page.getByRole('heading', { level: 1, name: '领导讲话' })).toBeVisible();
    await page.evaluate(() => history.back());
    await expect(page).toHaveURL(captured);
    await expect.poll(() => page.evaluate(isBack), 'the browser kept the document').toBe(true);
    expect(await page.evaluate(() => scrollY)).toBe(300);
  });
}

test('the client shows the way back and forward without asking again', async ({ page, live }) => {
  await live(captured);
  await page.evaluate(() => scrollTo(0, 300));
  // No pointer moves: nothing scrolls on the way, and none rests on a link that is then fetched ahead.
  const click = (link: HTMLElement) => link.click();
  await page.getByRole('link', { name: '关闭' }).evaluate(click);
  await expect(page.getByRole('heading', { level: 1, name: '领导讲话' })).toBeVisible();
  await page.getByRole('link', { name: /致辞/ }).evaluate(click);
  await expect(page).toHaveURL('/jianghua/21');
  await expect(page.locator('.article-body p').first()).toBeVisible();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.evaluate(() => history.back());
  await expect(page.getByRole('heading', { level: 1, name: '领导讲话' })).toBeVisible();
  await page.evaluate(() => history.back());
  await expect(page.locator('.article-body p'), 'the text of the first page as well').toHaveCount(11);
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(300);
  await page.evaluate(() => history.forward());
  await expect(page.getByRole('heading', { level: 1, name: '领导讲话' })).toBeVisible();
  await page.evaluate(() => history.back());
  await expect.poll(() => page.evaluate(() => scrollY), 'the place is that of the page, not of what replaced it').toBe(300);
  expect(asked.filter((url) => url.includes('/api/'))).toEqual([]);
});

test('the place is kept where the reader turns round before the next page has its own', async ({ page, live }) => {
  await live(captured);
  await page.evaluate(() => scrollTo(0, 300));
  await page.getByRole('link', { name: '关闭' }).evaluate((link: HTMLElement) => link.click());
  await expect(page.getByRole('heading', { level: 1, name: '领导讲话' })).toBeVisible();
  await page.evaluate(() => history.back());
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(300);
  // The list is shorter: once it stands in the document the view is at its top, a frame before it is put there.
  await page.evaluate(
    () =>
      new Promise<void>((turned) => {
        const observer = new MutationObserver(() => {
          if (document.querySelector('h1')?.textContent !== '领导讲话') return;
          observer.disconnect();
          // A view that is asked for its place is cut to the page that stands.
          void scrollY;
          history.back();
          turned();
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        history.forward();
      }),
  );
  await expect(page.locator('.article-body p')).toHaveCount(11);
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(300);
});
