// Typing in a long article on a slow computer.
import { expect, test } from '../../desk';

test('ten thousand characters type without lag @measure', async ({ desk, page, context }) => {
  test.setTimeout(120_000);
  await desk.text.click();
  const sentence = '工会组织和教育职工依照宪法和法律的规定行使民主权利，发挥国家主人翁的作用，通过各种途径参与管理国家事务。';
  const html = Array.from({ length: 100 }, () => `<p>${sentence.repeat(2)}</p>`).join('');
  await page.evaluate((html) => {
    const data = new DataTransfer();
    data.setData('text/html', html);
    document
      .querySelector('.ProseMirror')
      ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, html);
  await desk.saved();
  expect((await desk.text.innerText()).replace(/\s/g, '').length).toBeGreaterThan(10_000);
  await desk.text.locator('p').nth(50).click();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { times });
    // From the key to the frame after the one that shows it.
    document.addEventListener(
      'keydown',
      (event) => {
        const start = event.timeStamp;
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => times.push(performance.now() - start);
          channel.port2.postMessage(null);
        });
      },
      true,
    );
  });
  // Other work on the machine makes single rounds slow, never fast: the best round tells what the editor needs.
  let best = Number.POSITIVE_INFINITY;
  for (let round = 1; round <= 6 && best >= 50; round += 1) {
    await page.evaluate(() => (window as unknown as { times: number[] }).times.splice(0));
    for (let n = 0; n < 80; n += 1) await page.keyboard.press('a', { delay: 30 });
    const times = await page.evaluate(() => (window as unknown as { times: number[] }).times);
    times.sort((one, other) => one - other);
    const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
    console.log(`keystroke to paint at 4x, round ${round}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms`);
    expect(times.length).toBeGreaterThan(60);
    best = Math.min(best, at(0.95));
  }
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  // A time is a promise of a machine that does nothing else: it is held to where somebody measures, and said everywhere.
  if (process.env.FUXIAN_HOLD_TIMES) expect(best).toBeLessThan(50);
});
