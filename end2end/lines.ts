// The lines over which readers come: what a browser says of them, and what they really are.
import type { BrowserContext, CDPSession, LaunchOptions, Page } from '@playwright/test';

/** Slow 4G as Chromium's own tools have it: 1.44 Mbit/s, 562 ms. */
export async function slow4g(page: Page): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 562.5,
    downloadThroughput: 180_000,
    uploadThroughput: 84_375,
    connectionType: 'cellular4g',
  });
  return cdp;
}

/** What a browser says of its line. */
export type Said = { effectiveType?: string; saveData?: boolean; downlink?: number };

/** What `navigator.connection` says in every document from now on; the line itself stays as fast as it is. */
export const say = (pages: Page | BrowserContext, line: Said) =>
  pages.addInitScript((line) => {
    const value = { effectiveType: '4g', saveData: false, downlink: 10, rtt: 50, ...line };
    Object.defineProperty(navigator, 'connection', { value, configurable: true });
  }, line);

/** The addresses that are asked for from now on. */
export function asked(page: Page): string[] {
  const found: string[] = [];
  page.on('request', (request) => found.push(new URL(request.url()).pathname));
  return found;
}

/** Whether one of them belongs to the client. */
export const holdsClient = (paths: string[]) => paths.some((path) => /\/fuxian\.(js|wasm)$|\/__wasm_split/.test(path));

const network = '--disable-background-networking';

/** Chromium fetches pages ahead itself only with its background networking, which is off for every other test. */
export const fetchingAhead = {
  launchOptions: async ({ launchOptions }: { launchOptions: LaunchOptions }, use: (options: LaunchOptions) => Promise<void>) =>
    use({
      ...launchOptions,
      args: launchOptions.args?.filter((arg) => arg !== network),
      ignoreDefaultArgs: [network],
    }),
};
