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
const { clean, lightened, plain } = await import('../src/paste/clean');

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

test('the end of a line of the source is a space only where the language has one, also between elements', () => {
  for (const [given, taken] of [
    ['中华\n全国', '中华全国'],
    ['<span>中华\n</span><span>全国</span>', '中华全国'],
    ['中华 \r\n  <b>全国</b>', '中华<b>全国</b>'],
    ['他说\n“好”。', '他说“好”。'],
    ['all\nunions', 'all unions'],
    ['<span>all</span>\n<b>unions</b>', 'all <b>unions</b>'],
    ['使用\nWord', '使用 Word'],
  ]) {
    assert.equal(clean(`<p>${given}</p>`).html, `<p>${taken}</p>`);
  }
});

test('a space that somebody typed stays wherever its element ends, and a run of them is one', () => {
  for (const [given, taken] of [
    ['使用 Word 2016 编辑', '使用 Word 2016 编辑'],
    ['<span>张</span><span> </span><span>三</span>', '张 三'],
    ['<span>张&nbsp;</span><b>三</b>', '张 <b>三</b>'],
    ['<b>张 </b>三', '<b>张 </b>三'],
    ['签名<span style="mso-spacerun:yes">&nbsp;&nbsp;&nbsp; </span>日期', '签名 日期'],
    ['&nbsp;<span>&nbsp; 　</span>张　三 　', '张　三'],
    ['<b>　　</b><b>第一条</b>　内容', '<b>第一条</b>　内容'],
  ]) {
    assert.equal(clean(`<p>${given}</p>`).html, `<p>${taken}</p>`);
  }
});

test('lines of text that was kept as it is are lines', () => {
  assert.equal(clean('<pre>甲\n乙</pre>').html, '<p>甲<br>乙</p>');
  assert.equal(clean('<div style="white-space: pre-wrap;"><span>甲\n乙</span><span style="white-space:normal">丙\n丁</span></div>').html, '<p>甲<br>乙丙丁</p>');
});

const entry = (list: string, sign: string, text: string) =>
  `<p style="mso-list:\n${list}"><!--[if !supportLists]--><span><span style="mso-list:\nIgnore">${sign}<span>&nbsp;&nbsp;</span></span></span><!--[endif]-->${text}</p>`;

test('lists of Word that follow each other stay two, and numbers go on after a paragraph', () => {
  const { html } = clean(entry('l0 level1 lfo1', '1.', '甲') + entry('l0 level1 lfo2', '1.', '乙') + '<p>段</p>' + entry('l0 level1 lfo2', '2.', '丙') + entry('l0 level1 lfo2', '·', '丁'));
  assert.equal(html, '<ol><li><p>甲</p></li></ol><ol><li><p>乙</p></li></ol><p>段</p><ol start="2"><li><p>丙</p></li></ol><ul><li><p>丁</p></li></ul>');
});

test('a list begins with the number that its first entry has', () => {
  for (const [sign, list] of [['1.', '<ol>'], ['4.', '<ol start="4">'], ['2.3', '<ol start="3">'], ['(5)', '<ol start="5">'], ['b)', '<ol>'], ['l', '<ul>'], ['', '<ul>'], ['•', '<ul>']] as const) {
    assert.ok(clean(entry('l0 level1 lfo1', sign, '甲')).html.startsWith(list), sign);
  }
});

test('signs that a list cannot have stay as words, and headings keep their numbers', () => {
  assert.equal(clean(entry('l0 level1 lfo1', '一、', '总则') + entry('l0 level2 lfo1', '（二）', '职责')).html, '<p>一、 总则</p><p>（二） 职责</p>');
  assert.equal(clean(entry('l0 level1 lfo1', '1.', '题').replace(/^<p|p>$/g, (tag) => tag.replace('p', 'h2'))).html, '<h2>1. 题</h2>');
});

test('a list in a cell ends with the cell', () => {
  const { html } = clean(`<table><tr><td>${entry('l0 level1 lfo1', '1.', '甲')}</td><td>乙</td></tr></table>${entry('l0 level1 lfo1', '2.', '丙')}`);
  assert.equal(html, '<table><tr><td><ol><li><p>甲</p></li></ol></td><td><p>乙</p></td></tr></table><ol start="2"><li><p>丙</p></li></ol>');
});

test('notes of Word are notes where they stand, whole or not at all', () => {
  const reference = (n: number) => `<a style='mso-footnote-id:ftn${n}' href="#_ftn${n}" name="_ftnref${n}"><span>[${n}]</span></a>`;
  const note = (n: number, text: string) => `<div style='mso-element:footnote' id=ftn${n}><p class=MsoFootnoteText><a href="#_ftnref${n}" name="_ftn${n}"><span>[${n}]</span></a> ${text}</p><p>第二段</p></div>`;
  const body = (texts: string[]) =>
    `<p>甲${texts.map((_, at) => reference(at + 1)).join('')}</p><div style='mso-element:footnote-list'><br clear=all><hr>${texts.map((text, at) => note(at + 1, text)).join('')}</div>`;
  assert.equal(clean(body(['2012年文件'])).html, '<p>甲<sup data-footnote="2012年文件第二段"></sup></p>');
  const long = '长'.repeat(1001);
  assert.ok(clean(body([long])).html.includes(long), 'what is too long for a note stays at the end');
});

test('what was commented on stays and the comment goes', () => {
  const { html, dropped } = clean(
    `<p>前<a style='mso-comment-reference:A_1;mso-comment-date:20260101'>正文</a><span style='mso-special-character:comment'>[A1]</span>后</p><div style='mso-element:comment-list'><div style='mso-element:comment'><p>批注</p></div></div>`,
  );
  assert.equal(html, '<p>前正文后</p>');
  assert.deepEqual(dropped, [{ what: '批注', count: 1 }]);
});

test('cells of Excel, a caption, and a heading with a picture are what they are', () => {
  const excel = '<table><!--StartFragment--> <col width=72><tr><td>甲</td><td>乙</td></tr><!--EndFragment--></table>';
  assert.equal(clean(excel).html, '<table><tr><td><p>甲</p></td><td><p>乙</p></td></tr></table>');
  const captioned = clean('<table><caption>表一</caption><tr><td>甲</td><td>乙</td></tr></table>').html;
  assert.ok(captioned.startsWith('<p>表一</p><table>'));
  assert.equal(clean('<h2>题<img src="#picture-0"></h2>').html, '<h2>题</h2><img src="#picture-0">');
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
