import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../../fixtures';

const pages = ['/', '/jianghua', '/jianghua/1', '/jianghua/1/print', '/nowhere'];

for (const address of pages) {
  for (const scheme of ['light', 'dark'] as const) {
    test(`${address} has no fault of accessibility in the ${scheme} scheme`, async ({ page, live, faults }) => {
      faults.expectStatus(404);
      await page.emulateMedia({ colorScheme: scheme });
      await live(address);
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
    });
  }
}

test('no page is wider than its window', { tag: '@noscript' }, async ({ page, faults }, { project }) => {
  test.skip(project.name === 'phone', 'the widths are set here');
  faults.expectStatus(404);
  for (const width of [320, 360, 768, 1280, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    for (const address of pages) {
      await page.goto(address);
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(excess, `${address} at ${width} px`).toBeLessThanOrEqual(0);
    }
  }
});

test('nothing moves for those who asked for it', async ({ page, live }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await live('/jianghua/1');
  const moving = await page.evaluate(() => document.getAnimations().length);
  expect(moving).toBe(0);
});
