// What a paste becomes, in a document without a browser; the corpora are read where they are.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Window } from 'happy-dom';

const window = new Window();
Object.assign(globalThis, {
  DOMParser: window.DOMParser,
  Element: window.Element,
  NodeFilter: window.NodeFilter,
  document: window.document,
});
const { clean, lightened, plain } = await import('../src/paste');

const corpus = join(process.cwd(), '../../../shared/corpus');

test('spans, fonts and classes go and the words stay', () => {
  const { html, dropped } = clean('<p class="MsoNormal" style="margin:0"><span style="color:red;font-family:宋体">红字</span><b>粗</b></p>');
  assert.equal(html, '<p>红字<b>粗</b></p>');
  assert.deepEqual(dropped, [{ what: '文字颜色与字体', count: 1 }]);
});

test('scripts, frames and handlers go and are told', () => {
  const { html, dropped } = clean('<p onclick="x()">好</p><script>x()</script><iframe src="//x"></iframe><p><a href="javascript:x()">链</a></p>');
  assert.equal(html, '<p>好</p><p>链</p>');
  assert.deepEqual(new Set(dropped.map(({ what }) => what)), new Set(['脚本', '嵌入框架', '不安全的链接']));
});

test('lists of Word become lists with their levels', () => {
  const item = (level: number, text: string, sign: string) =>
    `<p style="mso-list:l0 level${level} lfo1"><![if !supportLists]><span>${sign}</span><![endif]>${text}</p>`;
  const { html } = clean(item(1, '甲', '1.') + item(2, '乙', '·') + item(1, '丙', '2.'));
  assert.equal(html, '<ol><li><p>甲</p><ul><li><p>乙</p></li></ul></li><li><p>丙</p></li></ol>');
});

test('padding of old pages goes, and line breaks of the source are no spaces between Chinese', () => {
  assert.equal(clean('<p>　　第一\n段。&nbsp;</p><p>&nbsp;</p>').html, '<p>第一段。</p>');
});

test('a space that somebody typed between Chinese stays', () => {
  assert.equal(clean('<p>张　三 李 四&nbsp;王五</p>').html, '<p>张　三 李 四 王五</p>');
});

test('pictures in the clipboard do not make a paste too large', () => {
  const bytes = 'A'.repeat(5_000_000);
  const { html, pictures } = lightened(`<p>前</p><img src="data:image/png;base64,${bytes}"><p>后</p>`);
  assert.equal(pictures[0]?.length, bytes.length + 22);
  assert.equal(clean(html).html, '<p>前</p><img src="#picture-0"><p>后</p>');
});

test('a table of one cell is its content, others keep their spans', () => {
  assert.equal(clean('<table><tr><td><p>框里</p></td></tr></table>').html, '<p>框里</p>');
  const { html } = clean('<table><tr><td colspan="2">一</td></tr><tr><td>二</td><td></td></tr></table>');
  assert.equal(html, '<table><tr><td colspan="2"><p>一</p></td></tr><tr><td><p>二</p></td><td><p></p></td></tr></table>');
});

test('plain text is a paragraph a line', () => {
  assert.equal(plain('一\r\n\r\n　　二 <b>\u0007'), '<p>一</p><p>二 &lt;b></p>');
});

test('a statute of Word loses no text and keeps no Mso', (context) => {
  const file = join(corpus, 'paste/trade-union-law.html');
  if (!existsSync(file)) return context.skip('the corpus of pastes is not on this machine');
  const { html } = clean(readFileSync(file, 'utf8'));
  const strange = /Mso|mso-|class=|style="(?!text-align: (?:center|right);")/.exec(html);
  assert.equal(strange?.[0], undefined);
  assert.ok(html.includes('<p>第二章　工会组织</p>') && html.includes('第五十七条'));
});

test('nothing of the injections stays alive', (context) => {
  const file = join(corpus, 'xss/rsnake.json');
  if (!existsSync(file)) return context.skip('the corpus of injections is not on this machine');
  const cases: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const texts = (Array.isArray(cases) ? cases : Object.values(cases as object)).map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  for (const text of texts) {
    const { html } = clean(text);
    const alive = /<(script|iframe|object|embed|svg|style|link|meta)|\son\w+=|href="\s*(javascript|data|vbscript)/i.exec(html);
    assert.equal(alive?.[0], undefined, text);
  }
});
