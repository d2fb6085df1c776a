import { expect, test } from '../../fixtures';

test('the front page leads into every section', { tag: '@noscript' }, async ({ page }) => {
  const response = await page.goto('/');
  expect(response?.status()).toBe(200);
  await expect(page).toHaveTitle(/玉溪市总工会/);
  await expect(page.getByRole('navigation', { name: '栏目' }).getByRole('link')).toHaveCount(13);
  await expect(page.locator('.headline h2 a')).toBeVisible();
  await expect(page.locator('.pictures img')).toHaveCount(4);
  await expect(page.locator('.latest li')).toHaveCount(12);
  await expect(page.locator('.front-sections section')).toHaveCount(12);
  for (const block of await page.locator('.front-sections section').all()) {
    await expect(block.locator('.titles li')).toHaveCount(5);
    await expect(block.getByRole('link', { name: /^更多/ })).toBeVisible();
  }
  const headline = await page.locator('.headline a').getAttribute('href');
  await expect(page.locator(`.latest a[href="${headline}"]`), 'the headline does not stand twice').toHaveCount(0);
});

test('the pictures of the front page are there and do not move the text', { tag: '@noscript' }, async ({ page }) => {
  await page.goto('/');
  for (const picture of await page.locator('main img').all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
    expect(Number(await picture.getAttribute('width'))).toBeGreaterThan(0);
    expect(Number(await picture.getAttribute('height'))).toBeGreaterThan(0);
  }
});

test('the footer is the one of the institution', { tag: '@noscript' }, async ({ page }) => {
  await page.goto('/');
  const footer = page.locator('.footer');
  await expect(footer).toContainText('玉溪市总工会 主办');
  await expect(footer).toContainText('未经许可不得转载及建立镜像');
  const icp = footer.getByRole('link', { name: '滇ICP备10004260号-1' });
  await expect(icp).toHaveAttribute('href', 'https://beian.miit.gov.cn/');
});
