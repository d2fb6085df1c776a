// What the specs of the admin begin with: an account made by the operator's command, a session, an article of one's own.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { bin, dataOf } from './playwright.config';
import { test as base } from './fixtures';

export { expect };

export const PASSWORD = 'yuxi-fuxian-2026';

export interface Account {
  name: string;
  password: string;
}

/** Makes an account as an operator does on the server, beside the running one. */
export function addAccount(role: string, data = dataOf('debug'), section?: string): Account {
  const name = `${role.replace('_', '-')}-${randomBytes(5).toString('hex')}`;
  const args = ['account', 'add', '--name', name, '--role', role, '--password-stdin', '--data', data];
  if (section) args.push('--section', section);
  execFileSync(bin, args, { input: `${PASSWORD}\n`, stdio: ['pipe', 'ignore', 'pipe'] });
  return { name, password: PASSWORD };
}

/** Signs in without the form: most specs are about something else. */
export async function signIn(context: BrowserContext, account: Account, origin = '') {
  const answer = await context.request.post(`${origin}/api/sign_in`, {
    data: { name: account.name, password: account.password, code: null },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** Calls a server function as the account of the context. */
export async function call<T>(context: BrowserContext, name: string, data: object = {}, origin = ''): Promise<T> {
  const answer = await context.request.post(`${origin}/api/${name}`, { data });
  expect(answer.status(), `${name}: ${await answer.text()}`).toBe(200);
  return (await answer.json()) as T;
}

/** Begins an article in the first section that the account may write in. */
export async function beginArticle(context: BrowserContext, origin = ''): Promise<number> {
  const choices = await call<{ id: number; may_draft: boolean }[]>(context, 'list_section_choices', {}, origin);
  const section = choices.find((choice) => choice.may_draft);
  return call<number>(context, 'begin_article', { section: section?.id }, origin);
}

/** The writing page of one article. */
export class Desk {
  constructor(readonly page: Page) {}

  async open(article: number, origin = '') {
    await this.page.goto(`${origin}/admin/articles/${article}`);
    await expect(this.text).toBeVisible({ timeout: 20_000 });
  }

  get title() {
    return this.page.getByLabel('标题', { exact: true });
  }

  get text() {
    return this.page.locator('.ProseMirror');
  }

  get status() {
    return this.page.locator('.write-status');
  }

  /** Everything is on the server. */
  async saved() {
    await expect(this.status).toHaveAttribute('data-status', 'saved', { timeout: 15_000 });
  }

  /** Puts the caret at the end of the paragraph that holds this text. */
  async endOf(text: string) {
    await this.text.locator('p', { hasText: text }).last().click();
    await this.page.keyboard.press('End');
    // The editor hears of the caret with the next picture: what a spec dispatches itself could be there before it.
    await this.page.waitForFunction((text) => {
      const node = document.getSelection()?.anchorNode;
      const element = node instanceof Element ? node : node?.parentElement;
      return element?.closest('p')?.textContent?.includes(text);
    }, text);
    await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  }
}

export const test = base.extend<{ account: Account; article: number; desk: Desk }>({
  account: async ({ context }, use, { project }) => {
    const account = addAccount('administrator', dataOf(['release', 'measure'].includes(project.name) ? 'release' : 'debug'));
    await signIn(context, account);
    await use(account);
  },
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  article: async ({ context, account: _ }, use) => {
    await use(await beginArticle(context));
  },
  desk: async ({ page, article }, use) => {
    const desk = new Desk(page);
    await desk.open(article);
    await use(desk);
  },
});

/** Another browser of another person. */
export async function another(browser: Browser, account: Account, origin: string): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: origin, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  await signIn(context, account);
  return context;
}

/** What the server has, as another tab would get it. */
export async function stored(context: BrowserContext, article: number, origin = ''): Promise<string> {
  const tab = `probe${randomBytes(6).toString('hex')}`;
  const opened = await call<{ manuscript: { fields: { title: string }; body: unknown } }>(
    context,
    'open_article',
    { article, id: article, tab },
    origin,
  );
  await call(context, 'leave_article', { article, tab }, origin);
  return `${opened.manuscript.fields.title}\n${JSON.stringify(opened.manuscript.body)}`;
}
