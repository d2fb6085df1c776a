// Readers download nothing of the admin, and an editor the rooms that are entered; tagged @release because only a release
// build is split.
import type { Page } from '@playwright/test';
import { Desk, expect, test } from '../../desk';

/** The addresses that a page asks for from now on. */
function asked(page: Page): string[] {
  const paths: string[] = [];
  page.on('request', (request) => paths.push(new URL(request.url()).pathname));
  return paths;
}

/** Files that the splitter cut off. */
const isLazy = (path: string) => /\/(split_|chunk_)[^/]*\.wasm$/.test(path);

/** The files that a lazy function needs, by the splitter's manifest. */
async function neededBy(page: Page, paths: string[], name: string): Promise<string[]> {
  const pkg = paths.find((path) => path.endsWith('/fuxian.wasm'))?.replace('/fuxian.wasm', '');
  const answer = await page.request.get(`${pkg}/__wasm_split_manifest.json`);
  const manifest = (await answer.json()) as Record<string, string[]>;
  const [needed] = Object.entries(manifest).filter(([known]) => known.replace(/_\d+$/, '') === name);
  expect(needed, name).toBeDefined();
  return (needed?.[1] ?? []).map((file) => `${pkg}/${file}.wasm`);
}

test('a reader downloads nothing of the admin @release', async ({ page }) => {
  const paths = asked(page);
  await page.goto('/');
  await page.locator('html[data-live]').waitFor();
  await page.locator('main a[href*="/"]').first().click();
  await page.waitForLoadState('networkidle');
  await page.goBack();
  await page.waitForLoadState('networkidle');
  expect(paths.filter((path) => /admin|editor/.test(path) || isLazy(path))).toEqual([]);
  expect(paths.some((path) => path.endsWith('fuxian.wasm'))).toBe(true);
});

test('the admin is fetched on the way to it @release', async ({ page, faults }) => {
  faults.expectStatus(401);
  const paths = asked(page);
  await page.goto('/admin/sign-in');
  await expect(page.getByLabel('用户名')).toBeVisible({ timeout: 20_000 });
  expect(paths.filter(isLazy).sort()).toEqual((await neededBy(page, paths, 'desk')).sort());
  expect(paths.filter((path) => path.endsWith('/fuxian.wasm'))).toEqual([expect.stringMatching(/\/admin\/fuxian\.wasm$/)]);
  expect(paths.some((path) => path.endsWith('/admin.css'))).toBe(true);
  // The editor's script is only for those who write.
  expect(paths.some((path) => path.endsWith('/editor.js'))).toBe(false);
});

test('an article is written in the writing room, each of its files fetched once @release', async ({ page, article }) => {
  const paths = asked(page);
  await new Desk(page).open(article);
  await page.waitForLoadState('networkidle');
  expect(paths.filter(isLazy).sort()).toEqual((await neededBy(page, paths, 'writing')).sort());
  for (const once of ['/editor.js', '/api/get_me', '/api/open_article', '/api/list_section_choices']) {
    expect(paths.filter((path) => path.endsWith(once)), once).toHaveLength(1);
  }
});

test('every room opens, by its address and from another one @release', async ({ page, article }) => {
  test.setTimeout(120_000);
  const rooms = ['', '/articles', '/media', '/bin', '/fragments', '/front', '/sections', '/site', '/moving', '/accounts', '/tokens', '/record', '/me'];
  const beside = ['', '/history', '/preview'].map((way) => `/articles/${article}${way}`);
  const opened = async (address: string) => {
    await page.locator('main h1').first().waitFor({ state: 'attached' });
    await expect(page.locator('main [role="status"]', { hasText: '正在' }), address).toHaveCount(0);
    await expect(page.locator('main [role="alert"]', { hasText: /./ }), address).toHaveCount(0);
  };
  for (const room of [...rooms, ...beside]) {
    await page.goto(`/admin${room}`);
    await opened(room);
  }
  await page.goto('/admin/articles');
  for (const room of rooms) {
    await page.locator(`.admin-rail a[href="/admin${room}"]`).click();
    await expect(page).toHaveURL(new RegExp(`/admin${room}$`));
    await opened(room);
  }
});

test('what a click opens is fetched by it @release', async ({ page, article }) => {
  await new Desk(page).open(article);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '命令' }).click();
  await expect(page.getByRole('combobox', { name: '命令' })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.locator('[data-field="lead"]').getByRole('button', { name: '从媒体库选择' }).click();
  await expect(page.locator('.media-picker').getByRole('searchbox')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '保存版本' }).click();
  await expect(page.getByRole('dialog', { name: '保存版本' }).getByRole('textbox')).toBeFocused();
});

test('a room that cannot be fetched says so and is fetched again @release', async ({ page, account, faults }) => {
  faults.expectMessage(/ERR_FAILED|Failed to fetch/);
  expect(account.name).not.toBe('');
  await page.goto('/admin/articles');
  await page.locator('main h1').waitFor();
  await page.route(/(split_|chunk_)[^/]*\.wasm$/, (route) => route.abort());
  await page.locator('.admin-rail a[href="/admin/me"]').click();
  await expect(page.locator('main').getByRole('alert')).toContainText('这一页没有打开');
  await page.unroute(/(split_|chunk_)[^/]*\.wasm$/);
  await page.locator('main').getByRole('button', { name: '重试' }).click();
  await expect(page.locator('main h1')).toHaveText('我的账号');
});

test('the admin says that it needs scripts @noscript', async ({ page, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled !== false, 'only without scripts');
  await page.goto('/admin');
  // Playwright looks for no text within it.
  await expect(page.locator('noscript p')).toBeVisible();
  await expect(page.locator('noscript p')).toContainText('需要浏览器允许运行 JavaScript');
});
