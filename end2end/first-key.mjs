// From opening the editor with an empty cache to its first key on the screen; JSON on standard output. The bench runs it:
// ORIGIN=http://… COOKIE=name=value ARTICLE=1 CHROMIUM=/… node first-key.mjs
import { chromium } from '@playwright/test';

const { ORIGIN, COOKIE = '', ARTICLE, CHROMIUM } = process.env;
const ROUNDS = 5;
/** Slow 4G of Chromium's tools. */
const SLOW = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 };

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'] });

async function open(slow) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' });
  const [name, value] = COOKIE.split('=');
  await context.addCookies([{ name, value, url: ORIGIN }]);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  let bytes = 0;
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  if (slow) {
    await cdp.send('Network.emulateNetworkConditions', SLOW);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  }
  await page.goto(`${ORIGIN}/admin/articles/${ARTICLE}`, { waitUntil: 'commit' });
  const text = page.locator('.ProseMirror[contenteditable="true"]');
  await text.waitFor({ timeout: 120_000 });
  await text.focus();
  const key = String.fromCodePoint(0x4e00 + Math.floor(Math.random() * 20_000));
  // The time runs from the navigation on, as the page's own clock does.
  await page.evaluate((key) => {
    const text = document.querySelector('.ProseMirror');
    window.shown = new Promise((resolve) => {
      const look = new MutationObserver(() => {
        if (!text.textContent.includes(key)) return;
        look.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      });
      look.observe(text, { subtree: true, childList: true, characterData: true });
    });
  }, key);
  await page.keyboard.insertText(key);
  const time = await page.evaluate(() => window.shown);
  await context.close();
  return { time, bytes };
}

const median = (all) => all.sort((one, other) => one - other)[Math.floor(all.length / 2)];
const rounds = async (slow) => {
  const all = [];
  for (let n = 0; n < ROUNDS; n += 1) all.push(await open(slow));
  return all;
};

await open(false);
const [fast, slow] = [await rounds(false), await rounds(true)];
await browser.close();
console.log(JSON.stringify({ fast: median(fast.map(({ time }) => time)), slow: median(slow.map(({ time }) => time)), bytes: Math.round(median(fast.map(({ bytes }) => bytes))) }));
