// What a reader of an article waits for and pays; JSON on standard output. The bench runs it:
// ORIGIN=http://… ARTICLE=/section/1 CHROMIUM=/… node measure/reader.mjs
import { createServer } from 'node:http';
import { brotliCompressSync } from 'node:zlib';
import { ARTICLE, ORIGIN, ROUNDS, close, open, quiet, repeat, wire } from './browser.mjs';

/** How long the line has to be quiet for a page to count as done: more than the longest wait of a slow line. */
const DONE = 3_000;

/** All that comes over the wire until the reader acts. The articles of the bench have no pictures. */
async function read(slow) {
  const line = await wire();
  const tab = await open({ line: slow, processor: slow, origin: line.origin });
  await tab.page.goto(line.origin + ARTICLE, { waitUntil: 'load' });
  const bytes = await quiet(line, DONE);
  const live = await tab.page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('.wasm')));
  await tab.close();
  line.close();
  if (!slow && !live) throw new Error('the client did not come by itself on a fast line');
  return bytes;
}

async function firstPaint(origin) {
  const tab = await open({ line: true, processor: true, origin });
  await tab.page.goto(origin + ARTICLE, { waitUntil: 'load' });
  const time = await tab.page.evaluate(
    () =>
      new Promise((resolve) => {
        const look = (list) => list.getEntries().forEach(({ name, startTime }) => name === 'first-contentful-paint' && resolve(startTime));
        new PerformanceObserver(look).observe({ type: 'paint', buffered: true });
      }),
  );
  await tab.close();
  return time;
}

/** The same HTML and style sheets without any script, as small as they can be sent. */
async function bare() {
  const files = new Map();
  const keep = (path, type, text) => files.set(path, { type, body: brotliCompressSync(Buffer.from(text)) });
  const html = await (await fetch(ORIGIN + ARTICLE)).text();
  const sheets = html.match(/<link[^>]*rel="?stylesheet"?[^>]*>/g) ?? [];
  for (const sheet of sheets) {
    const path = sheet.match(/href="?([^"\s>]+)/)[1];
    keep(path, 'text/css', await (await fetch(ORIGIN + path)).text());
  }
  const scripts = /<script\b.*?<\/script>|<link[^>]*rel="?(?:modulepreload|preload|prefetch)"?[^>]*>/gs;
  keep(ARTICLE, 'text/html; charset=utf-8', html.replace(scripts, ''));
  const server = createServer((request, response) => {
    const file = files.get(request.url);
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': file.type, 'content-encoding': 'br', 'content-length': file.body.length });
    response.end(file.body);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.closeAllConnections() || server.close() };
}

/**
 * The way to the next article of the section: the pointer rests on the link until the line is quiet, then it is clicked.
 * Bytes are those from the moment the pointer comes. The time ends with the frame that shows the new heading, in this
 * document or in the one that takes its place, so both note it in the session's storage.
 */
async function next() {
  const line = await wire();
  const tab = await open({ processor: true, origin: line.origin });
  const { page } = tab;
  await page.addInitScript(() => {
    const now = () => performance.timeOrigin + performance.now();
    addEventListener('click', (event) => event.isTrusted && sessionStorage.setItem('clicked', String(now())), true);
    const first = () => document.querySelector('h1')?.textContent;
    let shown;
    const look = () => {
      const heading = first();
      if (heading && heading !== shown) {
        shown = heading;
        // The frame that is being made holds it; a task after the frame runs when it is painted.
        const painted = new MessageChannel();
        painted.port1.onmessage = () => sessionStorage.setItem('painted', JSON.stringify({ heading, at: now() }));
        painted.port2.postMessage(null);
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(line.origin + ARTICLE, { waitUntil: 'load' });
  await quiet(line, DONE);
  const before = await page.locator('h1').first().textContent();
  const link = page.locator('a[rel="next"], a[rel="prev"]').first();
  await link.scrollIntoViewIfNeeded();
  const bytes = line.bytes();
  await link.hover();
  await quiet(line, 1_000);
  await link.click();
  const painted = await page.waitForFunction((before) => {
    const [clicked, painted] = ['clicked', 'painted'].map((name) => JSON.parse(sessionStorage.getItem(name)));
    return painted && painted.heading !== before && painted.at > clicked && painted.at - clicked;
  }, before);
  const time = await painted.jsonValue();
  await quiet(line, 1_000);
  const result = { bytes: line.bytes() - bytes, time };
  await tab.close();
  line.close();
  return result;
}

const file = await bare();
// Once for what is slow the first time: the browser's own files, the server's cache.
await firstPaint(ORIGIN);
await firstPaint(file.origin);
const [paint, barePaint] = [[], []];
for (let n = 0; n < Math.max(ROUNDS, 5); n += 1) {
  paint.push(await firstPaint(ORIGIN));
  barePaint.push(await firstPaint(file.origin));
}
file.close();
const slow = await repeat(ROUNDS, () => read(true));
const fast = await repeat(ROUNDS, () => read(false));
const nexts = await repeat(ROUNDS, next);
await close();
console.log(
  JSON.stringify({
    paint,
    bare_paint: barePaint,
    slow_bytes: slow,
    fast_bytes: fast,
    next_bytes: nexts.map(({ bytes }) => bytes),
    next_paint: nexts.map(({ time }) => time),
  }),
);
