// The site by forms: a section is renamed and its old address redirects, lists are put in order by keyboard and by drag,
// the front page shows what was chosen, notices are shown, a stale form keeps what was typed. What belongs to the whole
// site is changed by one test at a time, on the desktop only, and put back.
import { randomBytes } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import { addAccount, another, call, expect, test } from '../../desk';

test.describe.configure({ mode: 'default' });

const word = () => `s${randomBytes(4).toString('hex')}`;

interface Row {
  id: number;
  parent: number | null;
  version: number;
  fields: { slug: string; name: string };
}

interface Tree {
  rows: Row[];
  version: number;
}

const tree = (context: BrowserContext) => call<Tree>(context, 'get_section_tree');

const ONE_AT_A_TIME = 'another project changes the same site';

/** A section of its own that navigation does not show, so that tests that run beside this one see theirs. */
async function addSection(context: BrowserContext, name: string): Promise<number> {
  const fields = { slug: word(), name, visible: false };
  return call<number>(context, 'add_section', { draft: { id: null, parent: null, fields } });
}

async function removeSection(context: BrowserContext, id: number) {
  await call(context, 'remove_section', { id, into: null, version: (await tree(context)).version });
}

const row = (page: Page, name: string) => page.locator('#sections > .reorder-row', { hasText: name });

const names = (page: Page, mine: string) =>
  page.locator('#sections > .reorder-row .section-name strong', { hasText: mine }).allInnerTexts();

async function accessible(page: Page, what: string) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`), what).toEqual([]);
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(excess, `${what} is wider than its window`).toBeLessThanOrEqual(0);
}

test('a section is renamed and its old address redirects', async ({ page, context, account, isMobile }) => {
  test.skip(isMobile, ONE_AT_A_TIME);
  expect(account.name).toBeTruthy();
  const name = `栏${word().slice(0, 6)}`;
  const id = await addSection(context, name);
  const old = (await tree(context)).rows.find((row) => row.id === id)?.fields.slug ?? '';
  const renamed = word();
  await page.goto('/admin/sections');
  await page.getByRole('button', { name: `修改：${name}` }).click();
  const form = page.locator('.section-form', { has: page.locator(`#section-${id}-slug`) });
  await form.getByLabel('网址', { exact: true }).fill('Nicht Erlaubt');
  await form.getByLabel('网址', { exact: true }).blur();
  await expect(form.getByText('不能用作栏目网址')).toBeVisible();
  await form.getByRole('button', { name: '保存' }).click();
  await expect(form.getByLabel('网址', { exact: true })).toBeFocused();
  await form.getByLabel('网址', { exact: true }).fill(renamed);
  await form.getByLabel('简介').fill('改了名的栏目');
  await form.getByRole('button', { name: '保存' }).click();
  await expect(row(page, name)).toContainText(`/${renamed}`);
  const answer = await context.request.get(`/${old}?page=1`, { maxRedirects: 0 });
  expect([answer.status(), answer.headers().location]).toEqual([301, `/${renamed}`]);
  const reader = await context.newPage();
  await reader.goto(`/${old}`);
  await expect(reader).toHaveURL(new RegExp(`/${renamed}$`));
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText(name);
  await reader.close();
  await page.getByRole('button', { name: `修改：${name}` }).click();
  await expect(form).toContainText(`/${old}`);

  await page.getByRole('button', { name: `移除栏目……：${name}` }).click();
  const dialog = page.getByRole('dialog', { name: `移除栏目“${name}”` });
  await accessible(page, 'the dialog');
  await dialog.getByLabel('网址转到').selectOption({ label: '工会要闻' });
  await dialog.getByRole('button', { name: '移除', exact: true }).click();
  await expect(row(page, name)).toHaveCount(0);
  for (const address of [old, renamed]) {
    const gone = await context.request.get(`/${address}`, { maxRedirects: 0 });
    expect([gone.status(), gone.headers().location], address).toEqual([301, '/yaowen']);
  }
});

test('who may write in a section is given and taken away in its form', async ({ page, context, account, browser, baseURL, isMobile }) => {
  test.skip(isMobile, ONE_AT_A_TIME);
  expect(account.name).toBeTruthy();
  const name = `授${word().slice(0, 6)}`;
  const id = await addSection(context, name);
  const writer = addAccount('section_editor', undefined, 'wenjian');
  const colleague = await another(browser, writer, baseURL ?? '');
  const mayWrite = async () => {
    const choices = await call<{ id: number; may_draft: boolean }[]>(colleague, 'list_section_choices', {}, baseURL);
    const begun = await colleague.request.post(`${baseURL}/api/begin_article`, { data: { section: id } });
    const offered = choices.some((choice) => choice.id === id && choice.may_draft);
    expect(begun.status(), 'what is offered is what is allowed').toBe(offered ? 200 : 403);
    return offered;
  };
  expect(await mayWrite()).toBe(false);

  await page.goto('/admin/sections');
  await page.getByRole('button', { name: `修改：${name}` }).click();
  const part = page.getByRole('group', { name: '谁可以写' });
  await expect(part.getByText('没有专门的授权')).toBeVisible();
  await part.getByRole('button', { name: '授权', exact: true }).click();
  await expect(part.getByRole('alert')).toHaveText('请先选择账号。');
  for (const [role, words] of [['栏目编辑', '栏目编辑'], ['记者（写稿、交稿）', '记者']] as const) {
    await part.getByLabel('角色').selectOption({ label: role });
    await part.getByLabel('账号', { exact: true }).selectOption({ label: writer.name });
    await part.getByRole('button', { name: '授权', exact: true }).click();
    await expect(part.getByRole('status')).toHaveText(`已保存：${writer.name}现在是这个栏目的${role}。`);
    const line = part.locator('li', { hasText: writer.name });
    await expect(line).toContainText(words);
    await expect(part.getByRole('alert')).toBeHidden();
    await accessible(page, 'the form with a writer');
    expect(await mayWrite()).toBe(true);
    await line.getByRole('button', { name: /^取消授权/ }).click();
    await expect(part.getByRole('status')).toHaveText(`已保存：${writer.name}不再是这个栏目的${role}。`);
    await expect(line).toHaveCount(0);
    expect(await mayWrite()).toBe(false);
  }
  const accounts = await call<{ name: string; grants: unknown[] }[]>(context, 'list_accounts');
  expect(accounts.find((row) => row.name === writer.name)?.grants, 'the other role stays').toHaveLength(1);
  await colleague.close();
  await page.goto('about:blank');
  const into = (await tree(context)).rows.find((row) => row.fields.slug === 'wenjian')?.id;
  await call(context, 'remove_section', { id, into, version: (await tree(context)).version });
});

test('sections are put in order by keyboard and by drag, two levels deep', async ({ page, context, account, isMobile }) => {
  test.skip(isMobile, ONE_AT_A_TIME);
  test.setTimeout(120_000);
  expect(account.name).toBeTruthy();
  const mine = `序${word().slice(0, 5)}`;
  const ids = [];
  for (const sign of ['甲', '乙', '丙']) ids.push(await addSection(context, mine + sign));
  await page.goto('/admin/sections');
  await expect.poll(() => names(page, mine)).toEqual([`${mine}甲`, `${mine}乙`, `${mine}丙`]);
  const save = page.getByRole('button', { name: '保存顺序' });
  await expect(save).toBeDisabled();

  const up = page.getByRole('button', { name: `上移：${mine}丙` });
  await up.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => names(page, mine)).toEqual([`${mine}甲`, `${mine}丙`, `${mine}乙`]);
  await expect(up, 'the focus stays with what was moved').toBeFocused();
  await expect(page.getByText(new RegExp(`${mine}丙：现在是第 \\d+ 项`))).toBeAttached();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => names(page, mine)).toEqual([`${mine}丙`, `${mine}甲`, `${mine}乙`]);
  await page.getByRole('button', { name: `改为下级：${mine}甲` }).click();
  await expect(row(page, `${mine}甲`)).toHaveClass(/below/);
  await expect(page.getByText('顺序有改动，还没有保存')).toBeVisible();
  await save.click();
  await expect(save).toBeDisabled();
  await page.reload();
  await expect.poll(() => names(page, mine)).toEqual([`${mine}丙`, `${mine}甲`, `${mine}乙`]);
  const below = (await tree(context)).rows.find((row) => row.id === ids[0]);
  expect(below?.parent, '甲 stands below 丙').toBe(ids[2]);

  const [handle, target] = [row(page, `${mine}乙`).locator('.reorder-handle'), row(page, `${mine}丙`)];
  await handle.scrollIntoViewIfNeeded();
  const [from, to] = [await handle.boundingBox(), await target.boundingBox()];
  if (!from || !to) throw new Error('the rows are not shown');
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 5 });
  await page.mouse.move(to.x + to.width / 2, to.y + 3, { steps: 3 });
  await expect(target).toHaveAttribute('data-drop', 'before');
  await page.mouse.up();
  await expect.poll(() => names(page, mine)).toEqual([`${mine}乙`, `${mine}丙`, `${mine}甲`]);
  await page.getByRole('button', { name: '还原' }).click();
  await expect.poll(() => names(page, mine)).toEqual([`${mine}丙`, `${mine}甲`, `${mine}乙`]);
  for (const id of [ids[0], ids[1], ids[2]]) await removeSection(context, id ?? 0);
});

test('a section with articles goes only with a place for them', async ({ page, context, account, isMobile }) => {
  test.skip(isMobile, ONE_AT_A_TIME);
  expect(account.name).toBeTruthy();
  const [from, into] = [`旧${word().slice(0, 6)}`, `新${word().slice(0, 6)}`];
  const [old, target] = [await addSection(context, from), await addSection(context, into)];
  const article = await call<number>(context, 'begin_article', { section: old });
  await page.goto('/admin/sections');
  await expect(row(page, from)).toContainText('1 篇');
  await page.getByRole('button', { name: `移除栏目……：${from}` }).click();
  const dialog = page.getByRole('dialog', { name: `移除栏目“${from}”` });
  await dialog.getByRole('button', { name: '移除', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('请选择它们移到哪个栏目');
  await dialog.getByLabel('文章移到').selectOption({ label: into });
  await dialog.getByRole('button', { name: '移除', exact: true }).click();
  await expect(row(page, from)).toHaveCount(0);
  await expect(row(page, into)).toContainText('1 篇');
  const opened = await call<{ manuscript: { placement: { section: number } } }>(context, 'open_article', { id: article, tab: word() });
  expect(opened.manuscript.placement.section).toBe(target);
});

test('a stale form keeps what was typed and takes over the rest', async ({ page, context, account, faults, isMobile }) => {
  test.skip(isMobile, ONE_AT_A_TIME);
  faults.expectStatus(409);
  expect(account.name).toBeTruthy();
  const before = await call<{ identity: Record<string, unknown>; version: number }>(context, 'get_identity');
  await page.goto('/admin/site');
  const field = (label: string) => page.getByLabel(label, { exact: true });
  await expect(field('网站名称')).toHaveValue(String(before.identity.name));
  const mine = word();
  await field('制作单位').fill(`我的 ${mine}`);
  await field('网站标识码').fill('null');
  await field('网站标识码').blur();
  await expect(page.getByText('不是网站标识码')).toBeVisible();
  await field('网站标识码').fill('');
  const theirs = { ...before.identity, producer: `对方的 ${mine}`, description: `对方的简介 ${mine}` };
  await call(context, 'change_identity', { identity: theirs, version: before.version });
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: '有人在您之后保存过' })).toBeVisible();
  await expect(field('制作单位')).toHaveValue(`我的 ${mine}`);
  await expect(field('简介')).toHaveValue(`对方的简介 ${mine}`);
  await expect(page.getByText(`对方改成了：对方的 ${mine}`)).toBeVisible();
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByText('已保存。')).toBeVisible();
  const reader = await context.newPage();
  await reader.goto('/');
  await expect(reader.getByRole('contentinfo')).toContainText(`我的 ${mine}`);
  await reader.close();
  const after = await call<{ version: number }>(context, 'get_identity');
  await call(context, 'change_identity', { identity: before.identity, version: after.version });
});

test('headline, friends and notices are chosen, previewed, shown, and end by themselves', async ({ page, context, account, isMobile }) => {
  test.skip(isMobile, ONE_AT_A_TIME);
  test.setTimeout(120_000);
  expect(account.name).toBeTruthy();
  const before = await call<{ form: object; version: number }>(context, 'get_front_room');
  const reader = await context.newPage();
  try {
    await page.goto('/admin/front');
    const headline = page.getByRole('group', { name: '头条' });
    await headline.getByLabel('指定文章').check();
    await headline.getByLabel('查找已发布的文章').fill('职工技术协会二届一次');
    await headline.getByRole('button', { name: /职工技术协会二届一次/ }).click();
    await expect(headline.locator('.picked')).toContainText('职工技术协会二届一次');

    const friends = page.getByRole('group', { name: '友情链接', exact: true });
    for (const [name, address] of [['甲单位', 'https://a.example.cn/'], ['乙单位', 'not an address']] as const) {
      await friends.getByRole('button', { name: '添加友情链接' }).click();
      await friends.getByLabel('单位名称').last().fill(name);
      await friends.getByLabel('网址').last().fill(address);
    }
    await friends.getByLabel('网址').last().blur();
    await expect(friends.getByText('不是完整的网址')).toBeVisible();
    await friends.getByLabel('网址').last().fill('https://b.example.cn/');
    await friends.getByRole('button', { name: '上移：乙单位' }).click();

    const notices = page.getByRole('group', { name: '公告', exact: true });
    await notices.getByRole('button', { name: '添加公告' }).click();
    await notices.getByLabel('公告内容').fill('今天下午停水');
    await notices.getByRole('button', { name: '添加公告' }).click();
    await notices.getByLabel('公告内容').last().fill('很久以前的事');
    await notices.getByLabel('结束').last().fill('2020-01-01T08:00');

    await page.getByRole('button', { name: '预览', exact: true }).click();
    const preview = page.frameLocator('iframe.preview-page');
    await expect(preview.locator('.headline')).toContainText('职工技术协会二届一次');
    await expect(preview.locator('.friends li').first()).toHaveText('乙单位');
    await expect(preview.locator('.notices')).toHaveText('今天下午停水');
    await page.getByRole('button', { name: '手机' }).click();
    await expect(page.locator('iframe.preview-page')).toHaveClass(/preview-narrow/);
    await page.getByRole('button', { name: '关闭' }).last().click();
    await reader.goto('/');
    await expect(reader.locator('.friends'), 'nothing is saved yet').toHaveCount(0);

    await page.getByRole('button', { name: '保存', exact: true }).click();
    await expect(page.getByText('已保存。')).toBeVisible();
    await reader.goto('/');
    await expect(reader.locator('.headline')).toContainText('职工技术协会二届一次');
    await expect(reader.locator('.friends li')).toHaveText(['乙单位', '甲单位']);
    await expect(reader.getByRole('region', { name: '公告' })).toHaveText('今天下午停水');
    await accessible(reader, 'the front page');
  } finally {
    await reader.close();
    const after = await call<{ version: number }>(context, 'get_front_room');
    await call(context, 'change_front', { form: before.form, version: after.version });
  }
});

test('the rooms are accessible with their forms open', async ({ page, account }) => {
  test.setTimeout(120_000);
  expect(account.name).toBeTruthy();
  for (const address of ['/admin/site', '/admin/sections', '/admin/front']) {
    await page.goto(address);
    await page.locator('main form').first().waitFor({ state: 'attached' });
    await expect(page.locator('main [role="status"]', { hasText: '正在' })).toHaveCount(0);
    if (address === '/admin/sections') {
      await page.getByRole('button', { name: /^修改：/ }).first().click();
      await page.locator('summary', { hasText: '添加栏目' }).click();
    }
    if (address === '/admin/front') {
      await page.getByRole('button', { name: '添加友情链接' }).click();
      await page.getByRole('button', { name: '添加公告' }).click();
      await page.getByLabel('自己决定显示哪些栏目').check();
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await accessible(page, `${address} ${colorScheme}`);
    }
  }
});
