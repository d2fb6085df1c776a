// The `test` of every spec. A test fails when the browser's console shows an error, when a script throws, when a
// hydration mismatch is reported, or when our server answers with 500 or more; a test that wants such a thing to happen
// says so first:
//
//   test('a page that is not there helps', async ({ page, faults }) => {
//     faults.expectStatus(404);
//     …
//   });
import { test as base, type BrowserContext } from '@playwright/test';
import { say } from './lines';

export { expect } from '@playwright/test';

export class Faults {
  private readonly found: { text: string; status?: number }[] = [];
  private readonly statuses = new Set<number>();
  private readonly messages: RegExp[] = [];

  constructor(private readonly origin: string) {}

  /** The test asks for pages or files that are answered with one of these. */
  expectStatus(...statuses: number[]) {
    statuses.forEach((status) => this.statuses.add(status));
  }

  /** The test provokes a message like this on the console. */
  expectMessage(pattern: RegExp) {
    this.messages.push(pattern);
  }

  /** Looks at every page of the context, also at those that a link or a script opens. */
  watch(context: BrowserContext) {
    context.on('console', (message) => {
      const text = message.text();
      const mismatch = message.type() === 'warning' && /hydrat/i.test(text);
      if (message.type() !== 'error' && !mismatch) return;
      // Chromium reports a failed request with its status on the console.
      const status = /responded with a status of (\d+)/.exec(text)?.[1];
      const where = message.location().url;
      this.found.push({ text: `console: ${text} (${where})`, status: status ? Number(status) : undefined });
    });
    context.on('weberror', (error) => {
      this.found.push({ text: `script: ${error.error().stack ?? error.error().message}` });
    });
    context.on('response', (response) => {
      const ours = new URL(response.url()).origin === this.origin;
      if (ours && response.status() >= 500) {
        this.found.push({ text: `${response.status()}: ${response.url()}`, status: response.status() });
      }
    });
  }

  /** What nobody expected. */
  unexpected() {
    const expected = ({ text, status }: { text: string; status?: number }) =>
      (status !== undefined && this.statuses.has(status)) || this.messages.some((pattern) => pattern.test(text));
    return this.found.filter((fault) => !expected(fault)).map((fault) => fault.text);
  }
}

/** Opens a page and waits until the client has taken it over. */
type Live = (address: string) => Promise<void>;

/** What pages are told of the line: a fast one, however busy the machine is, or what the browser finds out. */
type Line = 'fast' | 'as it is';

export const test = base.extend<{ faults: Faults; live: Live; line: Line }>({
  line: ['fast', { option: true }],
  live: async ({ page }, use) => {
    await use(async (address) => {
      await page.goto(address);
      await page.locator('html[data-live]').waitFor();
    });
  },
  faults: [
    async ({ context, baseURL, line }, use) => {
      if (line === 'fast') await say(context, {});
      const faults = new Faults(new URL(baseURL ?? 'http://127.0.0.1').origin);
      faults.watch(context);
      await use(faults);
      const unexpected = faults.unexpected();
      if (unexpected.length > 0) {
        throw new Error(`the browser reported what no test expected:\n${unexpected.join('\n')}`);
      }
    },
    { auto: true },
  ],
});
