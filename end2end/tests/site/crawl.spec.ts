import { expect, test } from '../../fixtures';

test('every page of the site takes over what the server wrote', async ({ page, live }, { project }) => {
  test.skip(project.name !== 'desktop', 'the pages are the same at every width');
  test.setTimeout(600_000);
  const waiting = ['/'];
  const seen = new Set(waiting);
  for (let address = waiting.shift(); address; address = waiting.shift()) {
    await live(address);
    const found = await page.locator('a[href^="/"]').evaluateAll((links) => links.map((a) => a.getAttribute('href') ?? ''));
    for (const link of found.map((link) => link.replace(/#.*/, ''))) {
      // What another test imports meanwhile repeats one page.
      if (seen.has(link) || /\?page=|\/print$/.test(link) || (await page.locator(`a[href="${link}"]`, { hasText: '旧闻第' }).count()) > 0) continue;
      seen.add(link);
      waiting.push(link);
    }
  }
  await live('/jianghua/1/print');
  expect(seen.size).toBeGreaterThan(70);
});
