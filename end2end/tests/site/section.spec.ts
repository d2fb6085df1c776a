import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../../fixtures';
import { bin, dataOf } from '../../playwright.config';

test('a section lists its articles with their dates', { tag: '@noscript' }, async ({ page }) => {
  const response = await page.goto('/jianghua');
  expect(response?.status()).toBe(200);
  await expect(page.getByRole('heading', { level: 1, name: '领导讲话' })).toBeVisible();
  await expect(page.locator('.sections a[aria-current]')).toHaveText('领导讲话');
  const captured = page.locator('.entry', { hasText: '金毅在玉溪市职工技术协会' });
  await expect(captured.locator('time')).toHaveText('2012-07-31');
  const dates = await page.locator('.entry time').allTextContents();
  expect(dates).toEqual([...dates].sort().reverse());
});

test('the years of a section lead to their articles', { tag: '@noscript' }, async ({ page }) => {
  await page.goto('/jianghua');
  await page.getByRole('navigation', { name: '按年份查看' }).getByRole('link', { name: '2012' }).click();
  await expect(page).toHaveURL('/jianghua#y2012');
  await expect(page.locator('#y2012 time')).toHaveText('2012-07-31');
});

test('what is imported beside the running server fills pages that can be turned', { tag: '@noscript' }, async ({ page }, { project }) => {
  // Each project has a section of its own, so that they do not fill each other's pages.
  const slug = { desktop: 'caiwu', phone: 'lilun', noscript: 'jiceng' }[project.name] ?? 'jiaoyu';
  const lines = Array.from({ length: 200 }, (_, n) =>
    JSON.stringify({ section: slug, title: `旧闻第${n}篇`, published_at: `2010-01-01 00:00:${String(n % 60).padStart(2, '0')}`, body_text: '正文。', url: `e2e:${slug}:${n}` }),
  );
  const file = join(mkdtempSync(join(tmpdir(), 'fuxian-')), 'old.jsonl');
  writeFileSync(file, lines.join('\n'));
  execFileSync(bin, ['import', '--publish', file, '--data', dataOf('debug')]);

  const pages = page.getByRole('navigation', { name: '分页' });
  // What another process changes is asked for four times a second.
  await expect(async () => {
    await page.goto(`/${slug}`);
    await expect(pages.locator('[aria-current=page]')).toHaveText('1', { timeout: 100 });
  }).toPass({ timeout: 10_000 });
  await expect(pages.getByRole('link', { name: '上一页' })).toHaveCount(0);
  await pages.getByRole('link', { name: '下一页' }).click();
  await expect(page).toHaveURL(`/${slug}?page=2`);
  await expect(pages.locator('[aria-current=page]')).toHaveText('2');
  await expect(page.locator('.entry')).toHaveCount(20);
  await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', new RegExp(`/${slug}\\?page=2$`));
  await pages.getByRole('link', { name: /^1\d$/ }).last().click();
  await expect(pages.getByRole('link', { name: '下一页' })).toHaveCount(0);
  await pages.getByRole('link', { name: '1', exact: true }).click();
  await expect(page).toHaveURL(`/${slug}`);
});
