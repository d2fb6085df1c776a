// What the keys mean: signs at the start of a line, their undoing, and Tab.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deepest } from '../src/document/depth';
import { limits } from '../src/document/rules';
import type { TreeNode } from '../src/document/types';
import { type Block, Desk, p, tree } from './desk';

/** Kinds of blocks with their words: `bulletList(listItem(paragraph 甲))`. */
const shape = (desk: Desk) => {
  const one = (node: TreeNode): string => {
    if (node.type === 'text') return ` ${node.text}`;
    const kind = node.type === 'heading' ? `h${String(node.attrs?.level)}` : node.type;
    const inner = (node.content ?? []).map(one);
    return inner.length === 0 || inner[0]?.startsWith(' ') ? kind + inner.join('') : `${kind}(${inner.join(', ')})`;
  };
  return ((JSON.parse(desk.handle.json()) as TreeNode).content ?? []).map(one).join(', ');
};

/** A paragraph in which the caret stands at the start. */
const begun = (words = '') => {
  const desk = new Desk(tree(p('a', words)));
  desk.editor.commands.setTextSelection(1);
  return desk;
};

for (const [typed, meant] of [
  ['# 甲', 'h2 甲'],
  ['## 甲', 'h2 甲'],
  ['### 甲', 'h3 甲'],
  ['#### 甲', 'h4 甲'],
  ['- 甲', 'bulletList(listItem(paragraph 甲))'],
  ['* 甲', 'bulletList(listItem(paragraph 甲))'],
  ['1. 甲', 'orderedList(listItem(paragraph 甲))'],
  ['> 甲', 'blockquote(paragraph 甲)'],
  ['---甲', 'horizontalRule, paragraph 甲'],
  ['##### 甲', 'paragraph ##### 甲'],
  ['甲- 乙', 'paragraph 甲- 乙'],
] as const) {
  test(`${typed} is ${meant}`, () => {
    const desk = begun();
    desk.type(typed);
    assert.equal(shape(desk), meant);
    desk.close();
  });
}

for (const sign of ['# ', '- ', '1. ', '> ', '---']) {
  test(`undoing “${sign}” gives back what was typed, by both keys`, () => {
    for (const key of ['Backspace', 'z']) {
      const desk = begun('后面');
      desk.type(sign);
      assert.notEqual(shape(desk), `paragraph ${sign}后面`);
      assert.ok(desk.press(key, { ctrlKey: key === 'z' }));
      assert.equal(shape(desk), `paragraph ${sign}后面`);
      assert.equal(desk.at(), `${sign}|后面`);
      assert.ok(desk.press('y', { ctrlKey: true }), 'and it can be done again');
      assert.notEqual(shape(desk), `paragraph ${sign}后面`);
      desk.close();
    }
  });
}

test('words that were typed behind a sign are undone before what it means', () => {
  const desk = begun();
  desk.type('# 甲');
  assert.equal(desk.press('Backspace'), false, 'it is an ordinary Backspace again');
  desk.editor.commands.undo();
  assert.equal(shape(desk), 'h2');
  desk.editor.commands.undo();
  assert.equal(shape(desk), 'paragraph # ');
  desk.close();
});

test('a heading by a sign is the same block for those who merge', () => {
  const desk = begun('标题');
  desk.type('## ');
  assert.equal(desk.doc.firstChild?.attrs.id, 'a');
  desk.close();
});

test('signs mean nothing while a word is being composed, nor below a picture', () => {
  const desk = begun();
  desk.compose(true);
  desk.type('# ');
  assert.equal(shape(desk), 'paragraph # ');
  desk.close();
  const below = new Desk(tree({ type: 'figure', attrs: { id: 'f', media: 1, alt: '' } }));
  below.editor.commands.setTextSelection(1);
  below.type('# - ');
  assert.equal(shape(below), 'figure # - ');
  below.close();
});

const item = (...content: Block[]) => ({ type: 'listItem', content });
const list = (id: string, ...content: object[]) => ({ type: 'bulletList', attrs: { id }, content });

test('Tab nests an entry and Shift with Tab takes it out again', () => {
  const desk = new Desk(tree(list('l', item(p('i', '甲')), item(p('j', '乙')))));
  desk.caret('乙');
  assert.ok(desk.press('Tab'));
  assert.equal(shape(desk), 'bulletList(listItem(paragraph 甲, bulletList(listItem(paragraph 乙))))');
  assert.ok(desk.press('Tab', { shiftKey: true }));
  assert.equal(shape(desk), 'bulletList(listItem(paragraph 甲), listItem(paragraph 乙))');
  desk.caret('甲');
  assert.ok(desk.press('Tab'), 'the first entry cannot be nested, and the caret does not leave');
  assert.equal(shape(desk), 'bulletList(listItem(paragraph 甲), listItem(paragraph 乙))');
  assert.equal(desk.doc.firstChild?.firstChild?.firstChild?.attrs.indent, 'first');
  desk.close();
});

test('nothing is nested deeper than the server takes', () => {
  let inner: Block[] = [p('x', '底')];
  for (let n = 0; n < 11; n += 1) {
    const [first, ...rest] = inner;
    inner = [p(`p${n}`, `第${n}`), list(`l${n}`, item(p(`q${n}`, '前')), item(...([first, ...rest] as Block[])))];
  }
  const desk = new Desk(tree(...inner));
  const before = desk.handle.json();
  desk.caret('底');
  desk.press('Tab');
  assert.equal(desk.handle.json(), before);
  desk.type('部');
  desk.caret('底部');
  const data = new DataTransfer();
  data.setData('text/html', '<ul><li>贴一</li></ul><p>贴二</p>');
  desk.editor.view.dom.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  assert.match(desk.doc.textContent, /底部贴一贴二/, 'what is pasted there comes without its form');
  assert.ok(deepest(desk.doc) <= limits.deepest);
  desk.close();
});

test('Tab goes to the next cell, and behind the last one is a new row', () => {
  const cell = (id: string, words: string) => ({ type: 'tableCell', content: [p(id, words)] });
  const desk = new Desk(tree({ type: 'table', attrs: { id: 't' }, content: [{ type: 'tableRow', content: [cell('i', '甲'), cell('j', '乙')] }] }));
  desk.caret('甲');
  assert.ok(desk.press('Tab'));
  assert.equal(desk.editor.state.selection.$head.parent.textContent, '乙');
  assert.ok(desk.press('Tab', { shiftKey: true }));
  assert.equal(desk.editor.state.selection.$head.parent.textContent, '甲');
  assert.ok(desk.press('Tab', { shiftKey: true }), 'nor does the caret leave before the first cell');
  desk.press('Tab');
  desk.press('Tab');
  assert.equal(desk.doc.firstChild?.childCount, 2);
  desk.close();
});

test('in a paragraph Tab sets the indent and Shift with Tab takes it away', () => {
  const desk = begun('甲');
  const indent = () => String(desk.doc.firstChild?.attrs.indent);
  assert.ok(desk.press('Tab', { shiftKey: true }));
  assert.equal(indent(), 'none');
  assert.ok(desk.press('Tab'));
  assert.equal(indent(), 'first');
  desk.close();
});

test('behind Escape, Tab leaves the text, and any other key takes that back', () => {
  const desk = begun('甲');
  const { view } = desk.editor;
  const press = (key: string) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    view.dom.dispatchEvent(event);
    return event.defaultPrevented;
  };
  assert.ok(press('Tab'));
  press('Escape');
  assert.equal(press('Tab'), false);
  press('Escape');
  press('ArrowLeft');
  assert.ok(press('Tab'));
  assert.match(document.getElementById(view.dom.getAttribute('aria-describedby') ?? '')?.textContent ?? '', /先按 Esc 再按 Tab 离开/);
  desk.close();
});
