import { expect, test } from '../../fixtures';

for (const path of ['/nowhere', '/yaowen/999999', '/yaowen/abc', '/yaowen?page=0', '/yaowen?page=999', '/a/b/c/d']) {
  test(`${path} is not there and says where to go on`, { tag: '@noscript' }, async ({ page, faults }) => {
    faults.expectStatus(404);
    const response = await page.goto(path);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1, name: '没有找到这个页面' })).toBeVisible();
    await expect(page.getByRole('navigation', { name: '栏目' })).toBeVisible();
    await page.locator('.message').getByRole('link', { name: '回到首页' }).click();
    await expect(page).toHaveURL('/');
    await expect(page.locator('.headline')).toBeVisible();
  });
}

test('an article under another section leads to its own address', { tag: '@noscript' }, async ({ page }) => {
  await page.goto('/yaowen/1');
  await expect(page).toHaveURL('/jianghua/1');
});

test('a broken connection is said in words and the page can be tried again', async ({ page, live, context, faults }) => {
  faults.expectMessage(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  await live('/jianghua');
  await context.setOffline(true);
  await page.locator('.sections').getByRole('link', { name: '工会文件' }).click();
  await expect(page.getByRole('heading', { name: '网络好像断开了' })).toBeVisible();
  await context.setOffline(false);
  await page.locator('.sections').getByRole('link', { name: '领导讲话' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '领导讲话' })).toBeVisible();
});
