// Nothing that was typed is lost, and nobody's text is overwritten in silence.
import { addAccount, another, beginArticle, Desk, expect, stored, test } from '../../desk';

test('what is typed is on the server within five seconds', async ({ desk, page, context, article }) => {
  await desk.title.fill('关于召开代表大会的通知');
  await desk.text.click();
  await page.keyboard.type('各基层工会：', { delay: 20 });
  await expect
    .poll(() => stored(context, article), { timeout: 5_000, intervals: [500] })
    .toMatch(/关于召开代表大会的通知\n.*各基层工会：/s);
  await desk.saved();
  await page.reload();
  await expect(desk.text).toContainText('各基层工会：');
  await expect(desk.title).toHaveValue('关于召开代表大会的通知');
});

test('two tabs edit different paragraphs and both survive', async ({ desk, page, context, article }) => {
  await desk.text.click();
  await page.keyboard.type('第一段。');
  await page.keyboard.press('Enter');
  await page.keyboard.type('第二段。');
  await desk.saved();
  const other = new Desk(await context.newPage());
  await other.open(article);
  await desk.endOf('第一段。');
  await page.keyboard.type('甲添的话。');
  await other.endOf('第二段。');
  await other.page.keyboard.type('乙添的话。');
  await desk.saved();
  await other.saved();
  const text = await stored(context, article);
  expect(text).toContain('第一段。甲添的话。');
  expect(text).toContain('第二段。乙添的话。');
  // Who saved last sees the other's words at once, the first one when looking around.
  await expect(other.text).toContainText('甲添的话。');
  await expect(desk.text).toContainText('乙添的话。', { timeout: 30_000 });
  await expect(desk.page.locator('.write-clashes')).toHaveCount(0);
});

test('two people change the same sentence and both texts are shown', async ({ browser, baseURL, desk, page, context, article, faults }) => {
  faults.expectMessage(/ERR_INTERNET_DISCONNECTED/);
  await desk.text.click();
  await page.keyboard.type('会议定于周五召开。');
  await desk.saved();
  const colleague = await another(browser, addAccount('publisher'), baseURL ?? '');
  const other = new Desk(await colleague.newPage());
  await other.open(article);
  // The sentence is the whole paragraph, so each one writes it anew.
  await page.context().setOffline(true);
  await desk.endOf('会议定于周五召开。');
  for (let n = 0; n < 9; n += 1) await page.keyboard.press('Backspace');
  await page.keyboard.type('会议改在周一。');
  await other.endOf('会议定于周五召开。');
  for (let n = 0; n < 9; n += 1) await other.page.keyboard.press('Backspace');
  await other.page.keyboard.type('会议推迟到下月。');
  await other.saved();
  await page.context().setOffline(false);
  const clash = page.locator('.write-clashes');
  await expect(clash).toContainText('会议改在周一。', { timeout: 30_000 });
  await expect(clash).toContainText('会议推迟到下月。');
  expect(await stored(context, article)).toContain('会议推迟到下月。');
  await clash.getByRole('button', { name: '两段都留' }).click();
  await expect(clash).toHaveCount(0);
  await desk.saved();
  const text = await stored(context, article);
  expect(text).toContain('会议推迟到下月。');
  expect(text).toContain('会议改在周一。');
  await colleague.close();
});

test('a killed tab loses nothing that was typed more than a second before', async ({ desk, page, context, article, faults }) => {
  faults.expectMessage(/ERR_FAILED/);
  await desk.text.click();
  await page.keyboard.type('开头。');
  await desk.saved();
  // The server is not reached, so only the journal has what follows.
  await page.route('**/api/save_article', (route) => route.abort());
  await page.keyboard.type('断网时写的一句话。');
  await page.waitForTimeout(1_100);
  const crash = await context.newCDPSession(page);
  const gone = page.waitForEvent('crash');
  crash.send('Page.crash').catch(() => undefined);
  await gone;
  const again = new Desk(await context.newPage());
  await again.open(article);
  await expect(again.text).toContainText('开头。断网时写的一句话。');
  await again.saved();
  expect(await stored(context, article)).toContain('断网时写的一句话。');
});

test('who leaves the room offline and comes back finds every word, saved once', async ({ desk, page, context, article, faults }) => {
  faults.expectMessage(/ERR_INTERNET_DISCONNECTED/);
  await desk.text.click();
  await page.keyboard.type('连着网写的。');
  await desk.saved();
  const taken: string[] = [];
  page.on('response', (answer) => {
    if (answer.url().endsWith('/api/save_article') && answer.ok()) taken.push(answer.request().postData() ?? '');
  });
  for (const [words, backOnline] of [['断了网写的。', true], ['又断了网写的。', false]] as const) {
    await context.setOffline(true);
    await desk.text.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(words);
    await expect(desk.status).toHaveAttribute('data-status', 'offline', { timeout: 15_000 });
    await page.getByRole('link', { name: '返回文章列表' }).click();
    await expect(desk.text).toHaveCount(0);
    // Who comes back before the network does is shown the text as soon as it is there.
    if (backOnline) await context.setOffline(false);
    await page.goBack();
    if (!backOnline) {
      await expect(page.getByRole('button', { name: '重试' })).toBeVisible({ timeout: 15_000 });
      await context.setOffline(false);
    }
    await expect(desk.text).toContainText(words, { timeout: 20_000 });
    await desk.saved();
    expect(taken.filter((save) => save.includes(words))).toHaveLength(1);
    taken.length = 0;
  }
  expect(await stored(context, article)).toContain('连着网写的。断了网写的。又断了网写的。');
  await page.goto('/admin/fragments');
  await expect(page.getByText('没有未保存的片段')).toBeVisible();
});

test('the session ends while somebody writes and the text stays', async ({ account, desk, page, context, article, faults }) => {
  faults.expectStatus(401);
  await desk.text.click();
  await page.keyboard.type('登录有效时写的。');
  await desk.saved();
  await context.clearCookies();
  await page.keyboard.type('登录过期后写的。');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible({ timeout: 15_000 });
  await dialog.getByLabel('密码').fill(account.password);
  await dialog.getByLabel('密码').press('Enter');
  await expect(dialog).toBeHidden();
  await desk.saved();
  await expect(desk.text).toContainText('登录有效时写的。登录过期后写的。');
  expect(await stored(context, article)).toContain('登录有效时写的。登录过期后写的。');
});

test('the journal is unreadable for the next user of the computer', async ({ desk, page, context, article, account, faults }) => {
  faults.expectMessage(/ERR_FAILED/);
  await context.route('**/api/save_article', (route) => route.abort());
  await desk.text.click();
  await page.keyboard.type('不该给别人看的秘密');
  await page.waitForTimeout(1_200);
  const raw = await page.evaluate(async () => {
    const names = await indexedDB.databases();
    const all: string[] = [];
    for (const { name } of names) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const open = indexedDB.open(name ?? '');
        open.onsuccess = () => resolve(open.result);
        open.onerror = () => reject(open.error);
      });
      for (const store of db.objectStoreNames) {
        const rows = await new Promise<unknown[]>((resolve, reject) => {
          const get = db.transaction(store).objectStore(store).getAll();
          get.onsuccess = () => resolve(get.result);
          get.onerror = () => reject(get.error);
        });
        const decoder = new TextDecoder();
        const plain = (value: unknown): string => {
          if (value instanceof Uint8Array) return decoder.decode(value);
          if (value instanceof ArrayBuffer) return decoder.decode(new Uint8Array(value));
          if (typeof value === 'object' && value !== null) return Object.values(value).map(plain).join(' ');
          return String(value);
        };
        all.push(...rows.map(plain));
      }
      db.close();
    }
    return all;
  });
  expect(raw.length).toBeGreaterThan(0);
  expect(raw.join('\n')).not.toContain('秘密');
  expect(raw.join('\n')).not.toContain(account.name);
  await context.unroute('**/api/save_article');
  // Another account of the same browser finds nothing of it.
  await page.close();
  await context.clearCookies();
  const other = addAccount('publisher');
  const answer = await context.request.post('/api/sign_in', {
    data: { name: other.name, password: other.password, code: null },
  });
  expect(answer.status()).toBe(200);
  const next = new Desk(await context.newPage());
  await next.open(article);
  await expect(next.text).not.toContainText('秘密');
  await next.page.goto('/admin/fragments');
  await expect(next.page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(next.page.locator('main')).not.toContainText('秘密');
});

test('a title that is too long is refused where it stands and nothing is lost', async ({ desk, page, faults }) => {
  faults.expectStatus(422);
  await desk.title.fill('长'.repeat(201));
  await expect(page.locator('[data-field="title"] .write-fault')).toContainText('200');
  await expect(desk.status).toHaveAttribute('data-status', 'refused', { timeout: 10_000 });
  await desk.title.fill('长'.repeat(200));
  await desk.saved();
});

test('what is missing before handing in is named where it is', async ({ desk, page, faults }) => {
  faults.expectStatus(422);
  await desk.title.fill('有标题');
  await desk.saved();
  await page.getByRole('button', { name: '提交审核' }).click();
  await expect(page.locator('[data-field="source"] .write-fault')).toContainText('提交前需要填写');
  await expect(page.getByLabel('来源', { exact: true })).toBeFocused();
});

test('somebody else who has it open is named', async ({ browser, baseURL, desk, article }) => {
  const account = addAccount('publisher');
  const colleague = await another(browser, account, baseURL ?? '');
  const other = new Desk(await colleague.newPage());
  await other.open(article);
  await expect(other.page.locator('.write-others')).toContainText('正在编辑的还有');
  await expect(desk.page.locator('.write-others')).toContainText(account.name, { timeout: 30_000 });
  await colleague.close();
});

test('history shows what changed and brings an earlier text back', async ({ desk, page, context, article }) => {
  await desk.text.click();
  await page.keyboard.type('原来的一句话。');
  await desk.saved();
  await page.getByRole('button', { name: '保存版本' }).click();
  await page.getByLabel('版本名称（可不填）').fill('初稿');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await desk.saved();
  await page.keyboard.press('Escape');
  await desk.endOf('原来的一句话。');
  await page.keyboard.type('后来加的一句话。');
  await desk.saved();
  await page.getByRole('link', { name: '历史版本' }).click();
  await expect(page.locator('.history-diff ins')).toContainText('后来加的一句话。');
  const first = page.locator('.history-row', { hasText: '初稿' });
  await first.getByRole('button', { name: '恢复成这一版' }).click();
  await expect(page.getByRole('status').first()).toContainText('已恢复');
  const text = await stored(context, article);
  expect(text).toContain('原来的一句话。');
  expect(text).not.toContain('后来加的一句话。');
});

test('an article that is not there says so', async ({ account, page, faults }) => {
  faults.expectStatus(404);
  expect(account.name).toBeTruthy();
  await page.goto('/admin/articles/99999999');
  await expect(page.getByRole('alert').first()).toContainText('没有');
});

test('a section editor of another section reads and cannot write', async ({ browser, baseURL, article, account }) => {
  expect(account.name).toBeTruthy();
  const stranger = await another(browser, addAccount('reporter'), baseURL ?? '');
  const reader = new Desk(await stranger.newPage());
  await reader.open(article);
  await expect(reader.page.getByText('没有修改它的权限')).toBeVisible();
  await expect(reader.text).toHaveAttribute('contenteditable', 'false');
  const own = await beginArticle(stranger);
  expect(own).toBeGreaterThan(article);
  await stranger.close();
});
