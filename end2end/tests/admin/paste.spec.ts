// What editors paste comes from Word, and what readers get has nothing of Word in it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, stored, test } from '../../desk';

const corpus = join(import.meta.dirname, '../../../../shared/corpus');

async function paste(page: Page, html: string, plain = '') {
  await page.evaluate(
    ([html, plain]) => {
      const data = new DataTransfer();
      data.setData('text/html', html ?? '');
      data.setData('text/plain', plain ?? '');
      document
        .querySelector('.ProseMirror')
        ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    },
    [html, plain],
  );
}

test('a statute pasted from Word keeps its words and loses its dress', async ({ desk, page, context, article }) => {
  const file = join(corpus, 'paste/trade-union-law.html');
  test.skip(!existsSync(file), 'the corpus of pastes is not on this machine');
  await desk.text.click();
  await paste(page, readFileSync(file, 'utf8'));
  await desk.saved();
  const text = await stored(context, article);
  expect(text).toContain('中华人民共和国工会法');
  expect(text).not.toMatch(/Mso|mso-|<o:p>|style=/);
});

test('a script in a paste is dropped and said', async ({ desk, page, context, article }) => {
  await desk.text.click();
  await paste(page, '<p>好的一段</p><script>window.evil = 1</script><p onclick="evil()"><a href="javascript:evil()">链接</a></p>');
  await expect(desk.text).toContainText('好的一段');
  await expect(page.getByText('粘贴时去掉了')).toBeVisible();
  await desk.saved();
  const text = await stored(context, article);
  expect(text).toContain('好的一段');
  expect(text).not.toMatch(/evil|javascript/);
  expect(await page.evaluate(() => 'evil' in window)).toBe(false);
});

test('a picture in a paste becomes media', async ({ desk, page, context, article }) => {
  await desk.text.click();
  const pixel =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  await paste(page, `<p>看图：</p><p><img alt="一个点" src="data:image/png;base64,${pixel}"></p>`);
  await expect(desk.text.locator('figure img')).toBeVisible();
  await desk.saved();
  const text = await stored(context, article);
  expect(text).toMatch(/"type":"figure"/);
  expect(text).not.toContain('base64');
});

test('spaces that were typed stay, those of the layout go, and lists of Word are lists', async ({ desk, page, context, article }) => {
  await desk.text.click();
  await paste(
    page,
    `<p class="MsoNormal">　　使用 Word\n2016，<span>张</span><span> </span><span>三</span>参加全国\n总工会会议</p>
     <p style="mso-list:l0 level1 lfo1"><![if !supportLists]><span style="mso-list:Ignore">1.<span>&nbsp;&nbsp;</span></span><![endif]>第一条</p>
     <p style="mso-list:l0 level1 lfo1"><![if !supportLists]><span style="mso-list:Ignore">一、</span><![endif]>总则</p>`,
  );
  await expect(desk.text.locator('ol li')).toHaveText('第一条');
  await desk.saved();
  const text = await stored(context, article);
  expect(text).toContain('"使用 Word 2016，张 三参加全国总工会会议"');
  expect(text).toContain('一、总则');
});
