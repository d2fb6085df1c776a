// How soon something is seen on a slow line with a slow computer. Times are printed, not judged: other work on the machine
// changes them.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import { expect, test } from '../../fixtures';
import { fetchingAhead, say, slow4g } from '../../lines';

test.use(fetchingAhead);

const ROUNDS = 5;

/** The site once more, with its pages changed. */
async function changed(base: string, change: (page: string) => string) {
  const server = createServer(async (request, response) => {
    const answer = await fetch(base + request.url, { headers: { 'accept-encoding': 'identity' } });
    const type = answer.headers.get('content-type') ?? '';
    const bytes = Buffer.from(await answer.arrayBuffer());
    const body = type.startsWith('text/html') ? Buffer.from(change(bytes.toString())) : bytes;
    response.writeHead(answer.status, { 'content-type': type, 'content-encoding': 'br' });
    response.end(brotliCompressSync(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

const firstPaint = () =>
  new Promise<number>((resolve) => {
    new PerformanceObserver((list) => {
      const paint = list.getEntries().find(({ name }) => name === 'first-contentful-paint');
      if (paint) resolve(paint.startTime);
    }).observe({ type: 'paint', buffered: true });
  });

async function painted(browser: Browser, address: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const cdp = await slow4g(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.goto(address);
  const time = await page.evaluate(firstPaint);
  await context.close();
  return time;
}

const median = (times: number[]) => [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;

test('scripts do not delay the first paint @measure', async ({ browser, baseURL }) => {
  test.setTimeout(180_000);
  const sites = {
    ours: await changed(baseURL ?? '', (page) => page),
    bare: await changed(baseURL ?? '', (page) => page.replace(/<script.*?<\/script>/gs, '')),
  };
  const times = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const site of ['ours', 'bare'] as const) times[site].push(await painted(browser, `${sites[site].base}/jianghua/1`));
  }
  Object.values(sites).forEach((site) => site.close());
  const [ours, bare] = [median(times.ours), median(times.bare)];
  console.log(`first contentful paint, slow 4G, 4x: ${Math.round(ours)} ms, without scripts ${Math.round(bare)} ms, ratio ${(ours / bare).toFixed(3)}`);
  expect(times.ours.length).toBe(ROUNDS);
});

/** From the click on the link to the frame that shows the page with this title, in milliseconds. */
async function shownAfter(page: Page, link: string, title: RegExp) {
  await page.evaluate(() =>
    addEventListener('click', (click) => sessionStorage.setItem('clicked', `${performance.timeOrigin + click.timeStamp}`), true),
  );
  await page.locator(link).first().hover();
  await page.waitForTimeout(1_500);
  await page.evaluate((title) => {
    const shown = () => {
      if (!new RegExp(title).test(document.querySelector('h1')?.textContent ?? '')) return requestAnimationFrame(shown);
      const channel = new MessageChannel();
      channel.port1.onmessage = () => sessionStorage.setItem('shown', `${performance.timeOrigin + performance.now()}`);
      return channel.port2.postMessage(null);
    };
    shown();
  }, title.source);
  await page.locator(link).first().click();
  await expect(page.locator('h1')).toHaveText(title);
  const { clicked, shown, begun } = await page.evaluate(() => ({
    clicked: Number(sessionStorage.getItem('clicked')),
    shown: sessionStorage.getItem('shown'),
    begun: performance.timeOrigin,
  }));
  // Another document says itself when it was painted.
  return (shown ? Number(shown) : begun + (await page.evaluate(firstPaint))) - clicked;
}

for (const [name, line] of [
  ['by the client', {}],
  ['as a document', { effectiveType: '3g' }],
] as const) {
  test(`a page that was fetched ahead is shown at once ${name} @measure`, async ({ browser, baseURL }) => {
    test.setTimeout(120_000);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const context = await browser.newContext({ baseURL });
      const page = await context.newPage();
      await say(page, line);
      // The pointer on the link would bring the client meanwhile.
      if ('effectiveType' in line) await page.route('**/*.wasm', () => {});
      await page.goto('/jianghua');
      if (!('effectiveType' in line)) await page.locator('html[data-live]').waitFor();
      const cdp = await slow4g(page);
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
            times.push(await shownAfter(page, '.entries a[href="/jianghua/1"]', /^金毅/));
      await context.close();
    }
    const all = times.map((time) => Math.round(time)).join(', ');
    const best = Math.round(Math.min(...times));
    console.log(`next article ${name}, fetched ahead, slow 4G, 4x: best ${best} ms, median ${Math.round(median(times))} ms (${all})`);
    expect(times.every((time) => time > 0)).toBe(true);
  });
}
