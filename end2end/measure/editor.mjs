// From opening the editor with an empty cache to its first key on the screen; JSON on standard output. The bench runs it:
// ORIGIN=http://… COOKIE=name=value WRITTEN=1 CHROMIUM=/… node measure/editor.mjs
import { COOKIE, ROUNDS, WRITTEN, close, open, repeat, wire } from './browser.mjs';

async function firstKey(slow) {
  const line = await wire();
  const { origin } = line;
  const tab = await open({ line: slow, processor: slow, cookie: COOKIE, origin });
  const { page } = tab;
  await page.goto(`${origin}/admin/articles/${WRITTEN}`, { waitUntil: 'commit' });
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
  const bytes = line.bytes();
  await tab.close();
  line.close();
  return { time, bytes };
}

await firstKey(false);
const [fast, slow] = [await repeat(ROUNDS, () => firstKey(false)), await repeat(ROUNDS, () => firstKey(true))];
await close();
const times = (all) => all.map(({ time }) => time);
console.log(JSON.stringify({ fast: times(fast), slow: times(slow), bytes: fast.map(({ bytes }) => bytes) }));
