// What the measurements share: a browser, its slow line and its slow processor, and a count of what goes over the wire.
import { connect, createServer } from 'node:net';
import { chromium } from '@playwright/test';

export const { ORIGIN, COOKIE = '', ARTICLE, WRITTEN, CHROMIUM } = process.env;
export const ROUNDS = Number(process.env.ROUNDS ?? 5);
/** Slow 4G of Chromium's tools: 1.44 Mbit/s, 562 ms. */
const SLOW = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375, connectionType: 'cellular4g' };

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
export const close = () => browser.close();

/**
 * A wire to the server that counts every byte of its answers, heads too. The browser's own figures leave out what it
 * fetches ahead for a page that is not there yet.
 */
export async function wire(origin = ORIGIN) {
  const { hostname, port } = new URL(origin);
  let bytes = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.setNoDelay(true);
    far.setNoDelay(true);
    far.on('data', (data) => (bytes += data.length));
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { origin: `http://127.0.0.1:${server.address().port}`, bytes: () => bytes, close: () => server.close() };
}

/** A page with an empty cache; `line` and `processor` are slow where they are asked to be. */
export async function open({ line = false, processor = false, cookie = '', origin = ORIGIN }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' });
  if (cookie) {
    const [name, value] = cookie.split('=');
    await context.addCookies([{ name, value, url: origin }]);
  }
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await tools.send('Network.enable');
  if (line) await tools.send('Network.emulateNetworkConditions', SLOW);
  if (processor) await tools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  return { page, close: () => context.close() };
}

/** So many results, one after the other. */
export async function repeat(times, measure) {
  const all = [];
  for (let n = 0; n < times; n += 1) all.push(await measure());
  return all;
}

/** Waits until nothing has come over the wire for so long. */
export async function quiet(line, milliseconds) {
  let [before, since] = [line.bytes(), Date.now()];
  while (Date.now() - since < milliseconds) {
    await new Promise((later) => setTimeout(later, 50));
    if (line.bytes() !== before) [before, since] = [line.bytes(), Date.now()];
  }
  return before;
}
