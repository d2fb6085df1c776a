// Old sites move in: an archive goes up, what was found is looked through beside the old pages, corrected one by one and by
// a rule, brought in, reported, and taken out again.
import AxeBuilder from '@axe-core/playwright';
import { randomBytes } from 'node:crypto';
import type { BrowserContext, Page } from '@playwright/test';
import { addAccount, another, call, expect, test } from '../../desk';
import { png } from '../../pictures';
import { gbk, zip } from '../../zip';

const topics = ['安全生产', '劳动竞赛', '困难职工帮扶', '女职工维权', '技能比武'];

/** A page of a site of 2009, in GBK; the last one does not say when it was published. */
function oldPage(n: number): Buffer {
  const topic = topics[n - 1] ?? '';
  const named = n < topics.length ? `<meta name=ArticleTitle content="${topic}会议召开">` : '';
  const when = n < topics.length ? `发布时间：2009-05-0${n} 10:20:30　` : '';
  return gbk(
    `<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">${named}<title>${topic}会议召开-某市总工会</title></head><body>` +
      '<table><tr><td><a href=index.asp>首页</a> <a href=list.asp?id=1>工会动态</a> <a href=list.asp?id=2>通知公告</a></td></tr></table>' +
      '<div>当前位置：<a href=index.asp>首页</a> &gt; <a href=list.asp?id=1>工会动态</a> &gt; 正文</div>' +
      `<h1>${topic}会议召开</h1><p>${when}来源：市总工会办公室　作者：王小明</p>` +
      `<div class=content><p>　　本报讯 五月${n}日上午，${topic}会议在市工人文化宫召开，来自全市各条战线的一百二十名代表出席了会议。</p>` +
      `<p>　　会议听取并审议了${topic}工作报告，讨论通过了${topic}实施方案，并对今后一年的${topic}工作作出了部署。</p>` +
      `<p><img src="pic/${n}.png"></p><p>　　${topic}工作起步较早，<a href="show.asp?id=1">上一次会议</a>的${topic}提案已经全部办结。</p></div>` +
      '<p>责任编辑：李华</p><div>版权所有：某市总工会　地址：人民路1号　电话：0877-1234567　滇ICP备05000001号</div></body></html>',
  );
}

const listPage = gbk(
  '<html><head><title>工会动态-某市总工会</title></head><body><ul>' +
    Array.from({ length: 29 }, (_, n) => `<li><a href="show.asp?id=${n}">${topics[n % topics.length]}会议召开</a> 2009-05-${String(n + 1).padStart(2, '0')}</li>`).join('') +
    '</ul></body></html>',
);

/** A site of its own for every run: the same pages of the same address twice are the same articles. */
function oldSite() {
  const folder = `old${randomBytes(4).toString('hex')}`;
  const files: Record<string, Buffer> = { [`www.old.example/${folder}/list.asp@id=1.html`]: listPage };
  for (let n = 1; n <= topics.length; n += 1) {
    files[`www.old.example/${folder}/show.asp@id=${n}.html`] = oldPage(n);
    if (n !== 2) files[`www.old.example/${folder}/pic/${n}.png`] = png(8, 8);
  }
  return { folder, bytes: zip(files) };
}

/** An archive in the library and its pages read, without the room. */
async function found(context: BrowserContext, bytes: Buffer, options: object = {}): Promise<number> {
  const answer = await context.request.post('/api/upload?name=old.zip', {
    headers: { 'content-type': 'application/octet-stream' },
    data: bytes,
  });
  expect(answer.status(), await answer.text()).toBe(200);
  const { id: media } = (await answer.json()) as { id: number };
  const id = await call<number>(context, 'read_site', { media, options });
  await settled(context, id);
  return id;
}

const settled = (context: BrowserContext, id: number) =>
  expect.poll(async () => (await call<{ stage: string }>(context, 'get_import', { id })).stage, { timeout: 30_000 }).not.toMatch(/ing$/);

const stage = (page: Page, name: string) => expect(page.locator('.moving-note .chip').first()).toHaveText(name, { timeout: 30_000 });
const tab = (page: Page, name: string) => page.getByRole('navigation', { name: '网页的种类' }).getByRole('link', { name });
const rows = (page: Page) => page.locator('.moving-list tbody tr');
const row = (page: Page, topic: string) => rows(page).filter({ hasText: topic });

/** An old page wants its pictures and its scripts, and gets neither. */
const OLD_PAGES_ASK = /Content Security Policy|sandboxed/;

test('an old site moves in by mouse and keyboard, and out again', async ({ page, context, account, faults }) => {
  test.setTimeout(180_000);
  faults.expectMessage(OLD_PAGES_ASK);
  faults.expectStatus(422);
  expect(account.name).toBeTruthy();
  const site = oldSite();
  await page.goto('/admin');
  await page.getByRole('link', { name: '旧站搬家' }).click();
  await expect(page.locator('main h1')).toHaveText('旧站搬家');
  const begin = page.locator('.moving-new');
  await expect(begin).toBeVisible();
  if (!(await begin.getAttribute('open').then((open) => open !== null))) await begin.locator('summary').first().click();
  await page.getByRole('button', { name: '开始读取' }).click();
  await expect(begin.getByRole('alert').last()).toHaveText('请先选择压缩包。');
  await page.getByLabel('选择 ZIP 压缩包').setInputFiles({ name: '旧站.zip', mimeType: 'application/zip', buffer: site.bytes });
  await expect(begin.getByText('已上传：旧站.zip')).toBeVisible({ timeout: 30_000 });
  await page.getByLabel('搬入以后').selectOption({ label: '直接发布，保留原来的时间' });
  await page.getByRole('button', { name: '开始读取' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/admin\/moving\/\d+$/);
  await stage(page, '等待核对');
  await expect(page.locator('main h1')).toHaveText('旧站.zip');

  // Least sure first: the one that does not say when it was published.
  await expect(rows(page)).toHaveCount(topics.length);
  await expect(rows(page).first()).toContainText('技能比武');
  await page.getByRole('searchbox', { name: '查找' }).fill('SHOW.ASP@ID=3');
  await expect(rows(page)).toHaveCount(1);
  await expect(page).toHaveURL(/text=SHOW/);
  await page.getByRole('searchbox', { name: '查找' }).fill('');
  await expect(rows(page)).toHaveCount(topics.length);
  await tab(page, '待核对').focus();
  await page.keyboard.press('Enter');
  await expect(rows(page)).toHaveCount(1);
  await row(page, '技能比武').getByRole('link').focus();
  await page.keyboard.press('Enter');

  // The old page on one side, in its own encoding; the article on the other.
  await expect(page.locator('main h1')).toHaveText('核对网页');
  await expect(page.frameLocator('.moving-old').getByText('版权所有：某市总工会')).toBeVisible();
  const made = page.locator('.moving-made');
  await expect(made).toContainText('技能比武工作起步较早');
  await expect(made).not.toContainText('版权所有');
  await page.getByLabel('发布时间').fill('昨天');
  await page.getByRole('button', { name: '核对完毕，保存' }).click();
  await expect(page.locator('.moving-fields [role="alert"]')).toContainText('不是有效的日期和时间');
  await page.getByLabel('发布时间').fill('2009-05-05 08:00');
  await expect(made).toContainText('2009-05-05 08:00');
  await page.getByRole('button', { name: '核对完毕，保存' }).click();
  await expect(page.locator('.toast')).toContainText('已保存');
  await page.getByRole('link', { name: '后面没有待核对的网页了' }).click();
  await expect(page.getByText('没有这样的网页。')).toBeVisible();
  await tab(page, '文章页').click();
  await expect(row(page, '技能比武')).toContainText('已核对');

  // One page is left out, and a rule corrects all of them.
  await row(page, '女职工维权').getByRole('link').click();
  await page.getByLabel('搬入这一页').uncheck();
  await page.getByRole('button', { name: '核对完毕，保存' }).click();
  await expect(page.locator('.toast')).toContainText('已保存');
  await page.getByText('写一条规则').click();
  await page.getByLabel('更正哪一项').selectOption({ label: '来源' });
  await page.getByLabel('在网页的什么位置').fill('');
  await expect(page.getByLabel('取其中的一部分')).toHaveValue('来源[：:]\\s*(\\S+)');
  await page.getByLabel('取其中的一部分').fill('来源：(.{4})');
  await page.getByRole('button', { name: '加上规则，重新读取' }).click();
  await expect(page).toHaveURL(/\/admin\/moving\/\d+$/);
  await stage(page, '等待核对');
  await row(page, '安全生产').getByRole('link').click();
  await expect(made).toContainText('来源：市总工会');
  await expect(made).not.toContainText('市总工会办公室');
  await page.getByRole('link', { name: '回到清单' }).click();
  await expect(row(page, '女职工维权')).toContainText('不搬');

  // In.
  await page.getByRole('button', { name: '搬入……' }).click();
  await expect(page.getByRole('dialog')).toContainText('将搬入 4 个网页');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: '搬入……' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '搬入', exact: true }).click();
  await stage(page, '已搬入');
  const report = page.getByRole('region', { name: '搬家报告' });
  await expect(report.getByRole('row', { name: /^文章/ })).toHaveText('文章311');
  await expect(report.getByRole('row', { name: /^图片/ })).toHaveText('图片和附件301');
  await expect(report).toContainText('图片或附件：压缩包里没有');
  await report.getByRole('row', { name: /^文章/ }).getByRole('link').click();
  await expect(row(page, '女职工维权')).toContainText('没有选它');
  const old = await page.request.get(`/${site.folder}/show.asp?id=3`, { maxRedirects: 0 });
  expect(old.status()).toBe(301);
  const article = await page.request.get(old.headers()['location'] ?? '');
  expect(await article.text()).toContain('2009-05-03 10:20:30');

  // Out again, but for what somebody has changed.
  await tab(page, '文章页').click();
  await row(page, '安全生产').getByRole('link', { name: '打开文章' }).click();
  await page.getByLabel('标题', { exact: true }).fill('安全生产会议开过了');
  await expect(page.locator('.write-status')).toHaveAttribute('data-status', 'saved', { timeout: 15_000 });
  await page.goBack();
  await page.getByRole('button', { name: '撤销整次搬家……' }).click();
  await expect(page.getByRole('dialog')).toContainText('将把 3 篇文章移入回收站');
  await expect(page.getByRole('dialog')).toContainText('有人改过的 1 篇会留下');
  await page.getByRole('dialog').getByRole('button', { name: '撤销', exact: true }).click();
  await stage(page, '已撤销');
  await page.getByRole('link', { name: '看看是哪些' }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(row(page, '安全生产').getByRole('link', { name: '打开文章' })).toBeVisible();
  expect((await page.request.get(`/${site.folder}/show.asp?id=3`)).status()).toBe(404);
  const here = new URL(page.url()).pathname;
  await page.getByRole('link', { name: '全部搬家' }).click();
  await expect(page.locator('.lines li').filter({ has: page.locator(`a[href="${here}"]`) })).toContainText('已撤销');
  expect(context.pages()).toHaveLength(1);
});

test('an archive that is cut off and rules with a fault say what is wrong', async ({ page, context, account }) => {
  expect(account.name).toBeTruthy();
  const { bytes } = oldSite();
  const cut = await found(context, bytes.subarray(0, bytes.length / 2));
  await page.goto(`/admin/moving/${cut}`);
  await stage(page, '没有完成');
  await expect(page.locator('.moving-fault')).toHaveText('压缩包不完整，或者不是 ZIP 文件，请重新打包后再上传。');
  const id = await found(context, bytes, { profile: 'base = "http://a.cn/"\nselekt = 1' });
  await page.goto(`/admin/moving/${id}`);
  await expect(page.locator('.moving-fault')).toContainText('站点规则第 2 行有误');
  await page.getByLabel('站点规则（TOML）').fill('base = "http://a.cn/"');
  await page.getByRole('button', { name: '保存并重新读取' }).click();
  await stage(page, '等待核对');
  await expect(page.locator('.moving-fault')).toHaveCount(0);
});

test('only who may import sees the room, and others are told so', async ({ browser, baseURL, faults }) => {
  faults.expectStatus(403);
  const context = await another(browser, addAccount('publisher'), baseURL ?? '');
  faults.watch(context);
  const page = await context.newPage();
  await page.goto('/admin');
  await expect(page.getByRole('link', { name: '文章', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: '旧站搬家' })).toHaveCount(0);
  for (const address of ['', '/1', '/1/1']) {
    await page.goto(`/admin/moving${address}`);
    await expect(page.getByRole('alert')).toContainText('您没有做这件事的权限');
  }
  await context.close();
});

test('the room is accessible in both schemes and not wider than its window', async ({ page, context, account, faults }) => {
  test.setTimeout(120_000);
  faults.expectMessage(OLD_PAGES_ASK);
  expect(account.name).toBeTruthy();
  const id = await found(context, oldSite().bytes);
  const { rows: listed } = await call<{ rows: { id: number }[] }>(context, 'list_found', { id, which: 'articles', text: '', after: null });
  const done = await found(context, oldSite().bytes);
  await call(context, 'bring_import', { id: done });
  await settled(context, done);
  const rooms = { list: '', found: `/${id}`, page: `/${id}/${listed[0]?.id}`, report: `/${done}` };
  for (const [name, address] of Object.entries(rooms)) {
    await page.goto(`/admin/moving${address}`);
    await page.locator('main h1').first().waitFor();
    await expect(page.locator('main [role="status"]', { hasText: '正在' })).toHaveCount(0);
    if (name === 'page') await expect(page.frameLocator('.moving-old').getByText('版权所有')).toBeVisible();
    for (const details of await page.locator('main details:not([open]) > summary').all()) if (await details.isVisible()) await details.click();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .exclude('.moving-old')
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`), `${name} ${colorScheme}`).toEqual([]);
      if (process.env.FUXIAN_SHOTS) {
        await page.evaluate(() => scrollTo(0, 0));
        await page.screenshot({ path: `${process.env.FUXIAN_SHOTS}/${test.info().project.name}-moving-${name}-${colorScheme}.png`, fullPage: true });
      }
    }
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(excess, name).toBeLessThanOrEqual(0);
  }
});
