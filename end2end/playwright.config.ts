// The journeys run against the debug build, which names hydration mismatches, and those tagged @release against the
// client that readers download. `cargo xtask test` sets every FUXIAN_… variable; what stands behind `??` is for a run
// by hand: `cargo xtask test --only build --only release`, then `npx playwright test` in this folder.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, devices } from '@playwright/test';

const target = process.env.CARGO_TARGET_DIR ?? join(import.meta.dirname, '../target');
export const bin = process.env.FUXIAN_BIN ?? join(target, 'debug/fuxian');
const debugSite = process.env.FUXIAN_SITE ?? join(target, 'site-debug');
const releaseSite = process.env.FUXIAN_RELEASE_SITE ?? join(target, 'site');

// Workers read this file again and must come to the same folder, so the first reader leaves it in the environment.
process.env.FUXIAN_DATA ??= mkdtempSync(join(tmpdir(), 'fuxian-end2end-'));
const data = process.env.FUXIAN_DATA;

const port = Number(process.env.FUXIAN_PORT ?? 3100);
const releasePort = Number(process.env.FUXIAN_RELEASE_PORT ?? 3101);
const address = (port: number) => `http://127.0.0.1:${port}`;

/** The data folder of the server with this name. */
export const dataOf = (name: string) => join(data, name);

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

const server = (name: string, port: number, site: string) => ({
  name,
  // Without `exec` a shell would stay in between and take the signal that asks the server to end.
  command: `exec ${quoted(bin)} serve --addr 127.0.0.1:${port} --data ${quoted(dataOf(name))}`,
  url: `${address(port)}/healthz`,
  env: { LEPTOS_SITE_ROOT: site },
  reuseExistingServer: false,
  gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 10_000 },
  timeout: 120_000,
  stdout: 'ignore' as const,
  stderr: 'pipe' as const,
});

const desktop = { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 } };
const phone = {
  ...devices['Desktop Chrome'],
  viewport: { width: 360, height: 780 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: !!process.env.CI,
  // A test that holds only at times tells of a mistake, here or there.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: process.env.FUXIAN_REPORT ?? join(import.meta.dirname, 'playwright-report/results.json') }],
  ],
  use: {
    baseURL: address(port),
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      args: [
        // The tests run as root in a container, where Chromium's sandbox cannot be made.
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'desktop', grepInvert: /@release|@measure/, use: desktop },
    { name: 'phone', grepInvert: /@release|@measure/, use: phone },
    { name: 'noscript', grep: /@noscript/, grepInvert: /@release|@measure/, use: { ...desktop, javaScriptEnabled: false } },
    { name: 'release', grep: /@release/, use: { ...desktop, baseURL: address(releasePort) } },
    // Times are taken when nothing else runs.
    {
      name: 'measure',
      grep: /@measure/,
      dependencies: ['desktop', 'phone', 'noscript', 'release'],
      use: { ...desktop, baseURL: address(releasePort) },
    },
  ],
  webServer: [server('debug', port, debugSite), server('release', releasePort, releaseSite)],
});
