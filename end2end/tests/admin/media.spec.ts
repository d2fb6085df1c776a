// The media library: how files come and go on after an interruption, what becomes of a photograph, what is said of it, where
// it is used, and what readers see when it is replaced.
import AxeBuilder from '@axe-core/playwright';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page, Route } from '@playwright/test';
import { call, expect, stored, test } from '../../desk';
import { TELLTALE, photograph, png, told } from '../../pictures';

const word = () => `media${randomBytes(4).toString('hex')}`;

interface File {
  id: number;
  key: string;
  name: string;
  width: number;
  height: number;
  alt: string;
  widths: number[];
  focus: { x: number; y: number };
}
interface Row {
  file: File;
  making: unknown;
  uses: number;
}
interface Detail {
  row: Row;
  uses: { article: number; public: boolean; role: string }[];
}

const find = async (context: BrowserContext, text: string) =>
  (await call<{ rows: Row[] }>(context, 'list_media', { filter: { text }, mark: null })).rows;

/** Brings a file without the room: most specs are about what comes after. */
async function bring(context: BrowserContext, name: string, bytes: Buffer): Promise<File> {
  const answer = await context.request.post(`/api/upload?name=${encodeURIComponent(name)}`, {
    headers: { 'content-type': 'application/octet-stream' },
    data: bytes,
  });
  expect(answer.status(), await answer.text()).toBe(200);
  return (await answer.json()) as File;
}

/** Waits until the widths are there. */
async function made(context: BrowserContext, id: number): Promise<File> {
  let file: File | undefined;
  await expect
    .poll(async () => {
      const { row } = await call<Detail>(context, 'get_media', { id });
      file = row.file;
      return row.making;
    }, { timeout: 30_000 })
    .toBe('done');
  return file as File;
}

/** Gives files to the page as a drop or a paste would. */
async function give(page: Page, how: 'drop' | 'paste', files: { name: string; type: string; bytes: Buffer }[]) {
  await page.evaluate(
    ([how, files]) => {
      const data = new DataTransfer();
      for (const { name, type, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name, { type, lastModified: 1_700_000_000_000 }));
      }
      const options = { bubbles: true, cancelable: true };
      if (how === 'paste') {
        document.body.dispatchEvent(new ClipboardEvent('paste', { ...options, clipboardData: data }));
        return;
      }
      for (const name of ['dragover', 'drop']) document.body.dispatchEvent(new DragEvent(name, { ...options, dataTransfer: data }));
    },
    [how, files.map(({ name, type, bytes }) => ({ name, type, base64: bytes.toString('base64') }))] as const,
  );
}

async function openRoom(page: Page, query = '') {
  await page.goto(`/admin/media${query}`);
  await page.locator('main h1').waitFor();
  await expect(page.locator('main [role="status"]', { hasText: '正在读取' })).toHaveCount(0);
}

const upload = (page: Page, name: string) => page.locator('.upload', { hasText: name });
const finished = (page: Page, name: string) => expect(upload(page, name).locator('.upload-said')).toHaveText('已上传', { timeout: 30_000 });
const tile = (page: Page, name: string) => page.locator('a.tile', { hasText: name });
const panel = (page: Page) => page.getByRole('dialog', { name: '文件信息' });

test('files come by drop, by paste and by choice, and stand first in the library', async ({ page, context, account }) => {
  expect(account.name).toBeTruthy();
  const mine = word();
  await openRoom(page);
  await give(page, 'drop', ['甲', '乙'].map((sign) => ({ name: `${mine}${sign}.png`, type: 'image/png', bytes: png(64, 48) })));
  for (const sign of ['甲', '乙']) await finished(page, `${mine}${sign}.png`);
  await give(page, 'paste', [{ name: `${mine}丙.png`, type: 'image/png', bytes: png(48, 64) }]);
  await finished(page, `${mine}丙.png`);
  await page.getByLabel('上传文件').setInputFiles({ name: `${mine}丁.pdf`, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.4\n%${mine}\n`) });
  await finished(page, `${mine}丁.pdf`);
  for (const sign of ['甲', '乙', '丙']) await expect(tile(page, `${mine}${sign}.png`)).toBeVisible();
  await expect(page.getByRole('list', { name: '其他文件' }).getByText(`${mine}丁.pdf`)).toBeVisible();
  expect((await find(context, mine)).length).toBe(4);
});

test('what is no picture and no document is refused beside its name', async ({ page, account, faults }) => {
  faults.expectStatus(422);
  expect(account.name).toBeTruthy();
  const name = `${word()}.jpg`;
  await openRoom(page);
  await page.getByLabel('上传文件').setInputFiles({ name, mimeType: 'image/jpeg', buffer: Buffer.from('<html><script>alert(1)</script></html>') });
  await expect(upload(page, name).getByRole('alert')).toContainText('不是可以使用的文件', { timeout: 20_000 });
});

for (const how of ['drop', 'paste', 'choice'] as const) {
  test(`a connection that is cut half-way is gone on with: ${how}`, async ({ page, context, account, faults }) => {
    faults.expectMessage(/ERR_CONNECTION_RESET/);
    expect(account.name).toBeTruthy();
    const name = `${word()}.png`;
    const bytes = png(1500, 1200);
    expect(bytes.length).toBeGreaterThan(5 * 1024 * 1024);
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/uploads')) asked.push(request.method());
    });
    let cuts = 0;
    await page.route('**/api/uploads/*', (route) => {
      const second = route.request().method() === 'PATCH' && route.request().headers()['upload-offset'] !== '0';
      if (!second || cuts === 2) return route.continue();
      cuts += 1;
      return route.abort('connectionreset');
    });
    await openRoom(page);
    if (how === 'choice') await page.getByLabel('上传文件').setInputFiles({ name, mimeType: 'image/png', buffer: bytes });
    else await give(page, how, [{ name, type: 'image/png', bytes }]);
    await finished(page, name);
    expect(cuts).toBe(2);
    expect(asked.filter((method) => method === 'POST').length, 'it was created once').toBe(1);
    expect(asked.filter((method) => method === 'HEAD').length, 'and asked for after each cut').toBe(2);
    const [row] = await find(context, name);
    expect([row?.file.width, row?.file.height]).toEqual([1500, 1200]);
  });
}

test('an upload is held, gone on with and given up', async ({ page, context, account, faults }) => {
  faults.expectMessage(/ERR_FAILED/);
  expect(account.name).toBeTruthy();
  const [held, dropped] = [`${word()}.png`, `${word()}.png`];
  const waiting: Route[] = [];
  let hold = true;
  await page.route('**/api/uploads/*', (route) => {
    if (!hold || route.request().method() !== 'PATCH') return route.continue();
    waiting.push(route);
    return undefined;
  });
  await openRoom(page);
  await give(page, 'drop', [held, dropped].map((name) => ({ name, type: 'image/png', bytes: png(40, 30) })));
  await expect.poll(() => waiting.length).toBe(2);
  await page.getByRole('button', { name: `暂停：${held}` }).click();
  await expect(upload(page, held)).toContainText('已暂停');
  await page.getByRole('button', { name: `取消：${dropped}` }).click();
  await expect(upload(page, dropped)).toHaveCount(0);
  hold = false;
  for (const route of waiting) await route.abort().catch(() => undefined);
  await page.getByRole('button', { name: `继续：${held}` }).click();
  await finished(page, held);
  expect((await find(context, held)).length).toBe(1);
  expect((await find(context, dropped)).length).toBe(0);
});

test('the same file goes on after the page was loaded again', async ({ page, context, account, faults }) => {
  faults.expectMessage(/ERR_CONNECTION_RESET/);
  expect(account.name).toBeTruthy();
  const folder = mkdtempSync(join(tmpdir(), 'fuxian-upload-'));
  const name = `${word()}.png`;
  const path = join(folder, name);
  writeFileSync(path, png(1500, 1200));
  let cut = 0;
  let down = true;
  const asked: { method: string; offset: string | undefined }[] = [];
  await page.route('**/api/uploads**', (route) => {
    const [method, offset] = [route.request().method(), route.request().headers()['upload-offset']];
    const second = method === 'PATCH' && offset !== '0';
    if (!down) asked.push({ method, offset });
    if (!down || !second) return route.continue();
    cut += 1;
    return route.abort('connectionreset');
  });
  await openRoom(page);
  await page.getByLabel('上传文件').setInputFiles(path);
  await expect.poll(() => cut, { timeout: 20_000 }).toBeGreaterThan(0);
  await page.reload();
  await page.locator('main h1').waitFor();
  await expect(page.getByText('有 1 个文件上次没有传完')).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify(localStorage)), 'its name is not left behind').not.toContain(name);
  down = false;
  await page.getByLabel('上传文件').setInputFiles(path);
  await finished(page, name);
  expect(asked.map(({ method }) => method)).toEqual(['HEAD', 'PATCH']);
  expect(Number(asked[1]?.offset)).toBe(4 * 1024 * 1024);
  expect((await find(context, name)).length).toBe(1);
  rmSync(folder, { recursive: true });
});

/** Width, height and the colours of top and bottom, as a browser shows the picture. */
const seen = (page: Page, address: string) =>
  page.evaluate(async (address) => {
    const img = new Image();
    img.src = address;
    await img.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [img.naturalWidth, img.naturalHeight];
    const paint = canvas.getContext('2d');
    paint?.drawImage(img, 0, 0);
    const colour = (part: number) => {
      const [red = 0, , blue = 0] = paint?.getImageData(canvas.width / 2, Math.floor(canvas.height * part), 1, 1).data ?? [];
      return red > blue ? 'red' : 'blue';
    };
    return { width: img.naturalWidth, height: img.naturalHeight, top: colour(0.1), bottom: colour(0.9) };
  }, address);

test('a photograph that was taken on its side comes out upright and says nothing of where', async ({ page, context, account }) => {
  expect(account.name).toBeTruthy();
  const name = `${word()}.jpg`;
  await openRoom(page);
  const bytes = await photograph(page, 1280, 640);
  expect(bytes.includes(TELLTALE) && bytes.includes('Exif')).toBe(true);
  await give(page, 'drop', [{ name, type: 'image/jpeg', bytes }]);
  await finished(page, name);
  const [row] = await find(context, name);
  const file = await made(context, row?.file.id ?? 0);
  expect([file.width, file.height]).toEqual([640, 1280]);
  expect(file.widths.length).toBeGreaterThan(0);
  const hash = file.key.split('.')[0];
  for (const address of [`/media/${file.key}`, ...file.widths.map((width) => `/media/${hash}-${width}.webp`)]) {
    const answer = await context.request.get(address);
    expect(answer.status(), address).toBe(200);
    const served = await answer.body();
    expect(served.includes(TELLTALE), `${address} is clean`).toBe(false);
    expect(told(served), address).toEqual([]);
    const look = await seen(page, address);
    expect(look.height, address).toBe(look.width * 2);
    expect([look.top, look.bottom], address).toEqual(['red', 'blue']);
  }
});

test('photographs of the corpus come out upright and clean', async ({ page, context, account }) => {
  const folder = join(import.meta.dirname, '../../../../shared/corpus/uploads/exif');
  test.skip(!existsSync(folder), 'the corpus of uploads is not on this machine');
  expect(account.name).toBeTruthy();
  await openRoom(page);
  const sizes = { 'DSCN0010.jpg': [640, 480], 'landscape_5.jpg': [600, 450], 'portrait_5.jpg': [450, 600] };
  for (const [name, size] of Object.entries(sizes)) {
    const file = await bring(context, name, readFileSync(join(folder, name)));
    expect([file.width, file.height], name).toEqual(size);
    const answer = await context.request.get(`/media/${file.key}`);
    expect(told(await answer.body()), name).toEqual([]);
    const look = await seen(page, `/media/${file.key}`);
    expect([look.width, look.height], name).toEqual(size);
  }
});

test('alternative text and focal point are given by keyboard', async ({ page, context, account }) => {
  expect(account.name).toBeTruthy();
  const name = `${word()}.png`;
  const { id } = await bring(context, name, png(400, 300));
  await openRoom(page, `?text=${name}`);
  await expect(tile(page, name)).toContainText('缺替代文字');
  await tile(page, name).focus();
  await page.keyboard.press('Enter');
  await expect(panel(page)).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`id=${id}$`));
  await expect(panel(page).getByRole('button', { name: '关闭' })).toBeFocused();
  const point = panel(page).getByRole('button', { name: /^焦点：/ });
  await expect(point).toHaveAccessibleName('焦点：距左 50%，距上 50%');
  await point.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Shift+ArrowUp');
  await expect(point).toHaveAccessibleName('焦点：距左 69%，距上 40%');
  for (const crop of await panel(page).locator('.crops img').all()) await expect(crop).toHaveCSS('object-position', '69% 40%');
  // The space bar presses a button without a place: the point stays.
  await page.keyboard.press('Space');
  await expect(point).toHaveAccessibleName('焦点：距左 69%，距上 40%');
  await panel(page).getByLabel(/^替代文字/).focus();
  await page.keyboard.type('工会主席在车间与职工交谈');
  await panel(page).getByRole('button', { name: '保存' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('已保存。')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
  await expect(page).not.toHaveURL(/id=/);
  await expect(tile(page, name)).not.toContainText('缺替代文字');
  const { row } = await call<Detail>(context, 'get_media', { id });
  expect([row.file.alt, row.file.focus]).toEqual(['工会主席在车间与职工交谈', { x: 69, y: 40 }]);
});

test('the focal point is where the picture was pressed', async ({ page, context, account }) => {
  expect(account.name).toBeTruthy();
  const name = `${word()}.png`;
  const { id } = await bring(context, name, png(400, 300));
  await openRoom(page, `?id=${id}`);
  const point = panel(page).getByRole('button', { name: /^焦点：/ });
  await point.scrollIntoViewIfNeeded();
  const box = await point.boundingBox();
  await point.click({ position: { x: (box?.width ?? 0) * 0.25, y: (box?.height ?? 0) * 0.8 } });
  await expect(point).toHaveAccessibleName(/^焦点：距左 2[456]%，距上 (79|80|81)%$/);
});

test('a text that is too long is refused where it stands', async ({ page, context, account, faults }) => {
  faults.expectStatus(422);
  expect(account.name).toBeTruthy();
  const { id } = await bring(context, `${word()}.png`, png(40, 30));
  await openRoom(page, `?id=${id}`);
  const alt = panel(page).getByLabel(/^替代文字/);
  await alt.fill('长'.repeat(2000));
  await panel(page).getByRole('button', { name: '保存' }).click();
  await expect(panel(page).locator('#media-alt-help')).toContainText('太长');
  await expect(alt).toBeFocused();
});

test('what is put into the bin comes back by one press', async ({ page, context, account }) => {
  expect(account.name).toBeTruthy();
  const name = `${word()}.png`;
  const { id } = await bring(context, name, png(41, 30));
  await openRoom(page, `?text=${name}&id=${id}`);
  await panel(page).getByRole('button', { name: '移入回收站' }).click();
  await expect(page.getByText('已移入媒体回收站。')).toBeVisible();
  await expect(tile(page, name)).toHaveCount(0);
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(tile(page, name)).toBeVisible();
  await tile(page, name).click();
  await panel(page).getByRole('button', { name: '移入回收站' }).click();
  await expect(tile(page, name)).toHaveCount(0);
  await page.getByRole('link', { name: '媒体回收站' }).click();
  await expect(page).toHaveURL(/bin=1/);
  await tile(page, name).click();
  await panel(page).getByRole('button', { name: '恢复' }).click();
  await expect(tile(page, name)).toHaveCount(0);
  expect((await find(context, name)).length).toBe(1);
});

/** A picture that readers see in the text of an article; each project takes one of its own, for it will be replaced. */
async function publicPicture(context: BrowserContext, nth: number) {
  const { rows } = await call<{ rows: Row[] }>(context, 'list_media', { filter: { kind: 'picture' }, mark: null });
  const found: { id: number; article: number }[] = [];
  for (const { file } of rows.filter((row) => row.uses > 0).sort((a, b) => a.file.id - b.file.id)) {
    const { uses } = await call<Detail>(context, 'get_media', { id: file.id });
    const use = uses.find((use) => use.public && use.role === 'text');
    if (use) found.push({ id: file.id, article: use.article });
  }
  const one = found[nth % Math.max(1, found.length)];
  if (!one) throw new Error('no public article shows a picture of the first page of the library');
  const tab = word();
  const { progress, manuscript } = await call<{ progress: { address: string }; manuscript: { fields: { title: string } } }>(context, 'open_article', { id: one.article, tab });
  await call(context, 'leave_article', { article: one.article, tab });
  return { ...one, address: progress.address, title: manuscript.fields.title };
}

test('a picture in use is not put into the bin, and a replaced one is replaced for readers', async ({ page, context, account, faults }, { project }) => {
  faults.expectStatus(409);
  expect(account.name).toBeTruthy();
  const { id, address, title } = await publicPicture(context, project.name === 'phone' ? 1 : 0);
  const before = (await call<Detail>(context, 'get_media', { id })).row.file;
  await openRoom(page, `?id=${id}`);
  await expect(panel(page).getByRole('link', { name: title }).first()).toBeVisible();
  await expect(panel(page).locator('.media-uses').first()).toContainText('读者能看到');
  await panel(page).getByRole('button', { name: '移入回收站' }).click();
  await expect(panel(page).getByRole('alert').filter({ hasText: '篇文章在用这个文件' })).toBeVisible();
  const fresh = `${word()}.png`;
  await panel(page).getByLabel('选择新文件').setInputFiles({ name: fresh, mimeType: 'image/png', buffer: png(1000, 700) });
  await expect(panel(page).locator('.media-both')).toBeVisible({ timeout: 30_000 });
  await expect(panel(page).locator('.media-both figcaption')).toHaveText([/^现在的/, /^新的/]);
  await panel(page).getByRole('button', { name: '替换', exact: true }).click();
  await expect(page.getByText('已替换。')).toBeVisible();
  const after = (await call<Detail>(context, 'get_media', { id })).row.file;
  expect(after.key).not.toBe(before.key);
  expect([after.width, after.height, after.alt]).toEqual([1000, 700, before.alt]);
  expect((await find(context, fresh)).length, 'the record of the new one went into the old').toBeLessThanOrEqual(1);
  await page.goto(address);
  const hash = after.key.split('.')[0] ?? '';
  const img = page.locator(`.article-body img[src*="${hash}"]`);
  await expect(img).toHaveCount(1);
  await img.scrollIntoViewIfNeeded();
  await expect.poll(() => img.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  expect(await page.content()).not.toContain(before.key.split('.')[0] ?? '');
});

test('filters stand in the address and come back with it', async ({ page, context, account }) => {
  expect(account.name).toBeTruthy();
  const mine = word();
  await bring(context, `${mine}图.png`, png(42, 30));
  await bring(context, `${mine}文.pdf`, Buffer.from(`%PDF-1.4\n%${mine}\n`));
  await openRoom(page);
  await page.getByLabel('查找').fill(mine);
  await expect(page).toHaveURL(/text=/);
  const both = page.locator('.tiles > li, .media-files > li');
  await expect(both).toHaveCount(2);
  await page.getByLabel('种类').selectOption('document');
  await expect(both).toHaveCount(1);
  await page.reload();
  await expect(both).toHaveCount(1);
  await expect(page.getByLabel('种类')).toHaveValue('document');
  await page.getByLabel('缺替代文字').check();
  await expect(page.getByText('没有符合条件的文件。')).toBeVisible();
  await page.goBack();
  await expect(both).toHaveCount(1);
  // Letters are shortcuts where nothing is filled in.
  await page.locator('main h1').click();
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(page).toHaveURL(/\/admin\/media$/);
});

test('a text takes a picture from the library, and the article a lead picture', async ({ page, context, desk, article, isMobile }) => {
  const name = `${word()}.png`;
  const { id } = await bring(context, name, png(400, 300));
  await desk.text.click();
  await page.keyboard.type('看图：');
  await page.getByRole('button', { name: '插入图片' }).click();
  const menu = page.getByRole('menu', { name: '插入图片' });
  await expect(menu.getByRole('menuitem')).toHaveText(['从媒体库选择', '从电脑上传']);
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Enter');
  const picker = page.getByRole('dialog', { name: '选择图片' });
  await picker.getByLabel('查找').fill(name);
  await picker.getByRole('button', { name: new RegExp(name) }).click();
  await expect(picker).toBeHidden();
  await expect(desk.text.locator('figure img')).toBeVisible();
  // It is said that words are missing, and nobody is held up.
  await expect(page.getByText('还没有替代文字')).toBeVisible();
  if (isMobile) await page.getByRole('button', { name: '文章信息' }).click();
  const lead = page.getByRole('group', { name: '题图' });
  await lead.getByRole('button', { name: '从媒体库选择' }).click();
  await picker.getByLabel('查找').fill(name);
  await picker.getByRole('button', { name: new RegExp(name) }).click();
  await expect(lead.getByRole('button', { name })).toHaveAttribute('aria-pressed', 'true');
  await desk.saved();
  expect(await stored(context, article)).toContain(`"media":${id}`);
  await expect
    .poll(async () => (await call<Detail>(context, 'get_media', { id })).uses.filter((use) => use.article === article).map((use) => use.role).sort())
    // An article stands there once.
    .toEqual(['lead']);
});

test('an attachment is uploaded in pieces with its progress beside the list', async ({ page, context, desk, article, isMobile }) => {
  const name = `${word()}.pdf`;
  await expect(desk.text).toBeVisible();
  if (isMobile) await page.getByRole('button', { name: '文章信息' }).click();
  const field = page.locator('[data-field="attachments"]');
  await field.getByLabel('添加附件').setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.concat([Buffer.from('%PDF-1.4\n'), randomBytes(5 * 1024 * 1024)]) });
  await expect(field.locator('.write-files')).toContainText(name, { timeout: 30_000 });
  await desk.saved();
  const [row] = await find(context, name);
  const { uses } = await call<Detail>(context, 'get_media', { id: row?.file.id });
  expect(uses.map((use) => [use.article, use.role])).toEqual([[article, 'attachment']]);
});

test('the room and its panel are accessible in both schemes and not wider than the window', async ({ page, context, account }) => {
  test.setTimeout(120_000);
  expect(account.name).toBeTruthy();
  const mine = word();
  const { id } = await bring(context, `${mine}图.png`, png(400, 300));
  await bring(context, `${mine}文.pdf`, Buffer.from(`%PDF-1.4\n%${mine}\n`));
  for (const query of ['', `?text=${mine}&id=${id}`, '?text=没有这样的文件', '?bin=1']) {
    await openRoom(page, query);
    if (query.includes('id=')) await expect(panel(page).getByLabel('名称')).toBeVisible();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
      expect(found, `${query} ${colorScheme}`).toEqual([]);
      if (process.env.FUXIAN_SHOTS) {
        const name = `${test.info().project.name}-media-${query.includes('id=') ? 'detail' : query.replace(/\W/g, '')}-${colorScheme}`;
        await page.screenshot({ path: `${process.env.FUXIAN_SHOTS}/${name}.png` });
      }
    }
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(excess, query).toBeLessThanOrEqual(0);
  }
});
