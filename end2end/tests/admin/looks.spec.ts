// Every room of the admin: accessible in both schemes, and not wider than its window.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../../desk';

const rooms = ['/admin', '/admin/articles', '/admin/media', '/admin/bin', '/admin/fragments', '/admin/site', '/admin/sections', '/admin/front', '/admin/moving', '/admin/accounts', '/admin/tokens', '/admin/me'];

test('every room is accessible in the light and the dark scheme', async ({ page, article }) => {
  test.setTimeout(120_000);
  for (const address of [...rooms, `/admin/articles/${article}`, `/admin/articles/${article}/history`]) {
    await page.goto(address);
    await page.locator('main h1').first().waitFor({ state: 'attached' });
    await expect(page.locator('main [role="status"]', { hasText: '正在' })).toHaveCount(0);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
      expect(found, `${address} ${colorScheme}`).toEqual([]);
    }
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(excess, `${address} is wider than its window`).toBeLessThanOrEqual(0);
    if (process.env.FUXIAN_SHOTS) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const name = `${test.info().project.name}${address.replaceAll('/', '-').replace(String(article), 'one')}-${colorScheme}`;
        await page.screenshot({ path: `${process.env.FUXIAN_SHOTS}/${name}.png`, fullPage: true });
      }
    }
  }
});

test('the door is accessible', async ({ page, context, faults }) => {
  faults.expectStatus(401);
  await context.clearCookies();
  await page.goto('/admin/sign-in');
  await expect(page.getByLabel('用户名')).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  if (process.env.FUXIAN_SHOTS) await page.screenshot({ path: `${process.env.FUXIAN_SHOTS}/${test.info().project.name}-door.png` });
});
