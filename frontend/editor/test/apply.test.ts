// What colleagues wrote comes into a text that somebody is writing in: it is all there, and the caret does not move.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonical, readable } from '../src/document/canonical';
import { type Block, Desk, p, tree } from './desk';

const item = (...content: Block[]) => ({ type: 'listItem', content });
const list = (id: string, ...content: object[]) => ({ type: 'bulletList', attrs: { id }, content });
const cell = (...content: Block[]) => ({ type: 'tableCell', attrs: { colspan: 1, rowspan: 1 }, content });
const row = (...content: object[]) => ({ type: 'tableRow', content });
const table = (id: string, ...content: object[]) => ({ type: 'table', attrs: { id }, content });

/** Puts the caret behind words, applies what came, and answers where the caret is then. */
function merged(before: string, words: string, after: string): string {
  const desk = new Desk(before);
  desk.caret(words);
  assert.ok(desk.handle.apply(after));
  assert.deepEqual(JSON.parse(desk.handle.json()), JSON.parse(canonical(desk.editor.schema.nodeFromJSON(readable(after)))));
  const at = desk.at();
  desk.close();
  return at;
}

const three = tree(p('a', '甲。'), p('b', '会议定于周五召开。'), p('c', '丙。'));

test('blocks that came before and went after do not move the caret', () => {
  const after = tree(p('x', '新的。'), p('a', '甲改了。'), p('y', '又一段。'), p('b', '会议定于周五召开。'));
  assert.equal(merged(three, '定于', after), '会议定于|周五召开。');
});

test('blocks that went before the caret do not move it', () => {
  assert.equal(merged(three, '定于', tree(p('b', '会议定于周五召开。'), p('z', '末。'))), '会议定于|周五召开。');
});

test('words that changed behind the caret in its own block do not move it', () => {
  const after = tree(p('x', '新。'), p('a', '甲。'), p('b', '会议定于周六在玉溪召开。'), p('c', '丙。'));
  assert.equal(merged(three, '定于', after), '会议定于|周六在玉溪召开。');
});

test('words that came on both sides of the caret leave it between its neighbours', () => {
  const after = tree(p('a', '甲。'), p('b', '这次会议定于下周五召开，请准时参加。'), p('c', '丙。'));
  assert.equal(merged(three, '定于', after), '这次会议定于|下周五召开，请准时参加。');
});

test('words that came exactly at the caret stand behind it', () => {
  assert.equal(merged(three, '召开。', tree(p('a', '甲。'), p('b', '会议定于周五召开。请准时。'))), '会议定于周五召开。|请准时。');
});

test('a paragraph that became a heading keeps the caret', () => {
  const heading = { type: 'heading', attrs: { id: 'b', level: 2 }, content: [{ type: 'text', text: '会议定于周五召开。' }] };
  assert.equal(merged(three, '定于', tree(p('a', '甲。'), heading, p('c', '丙。'))), '会议定于|周五召开。');
});

test('another entry of the list and another cell of the table do not move the caret', () => {
  const lists = (first: string, ...more: object[]) => tree(list('l', item(p('i', first)), item(p('j', '第二条')), ...more));
  assert.equal(merged(lists('第一条'), '第二', lists('第一条改了', item(p('k', '第三条')))), '第二|条');
  const tables = (first: string) => tree(table('t', row(cell(p('i', first)), cell(p('j', '金额'))), row(cell(p('k', '一')), cell(p('m', '二')))));
  assert.equal(merged(tables('项目'), '金', tables('项目名称')), '金|额');
});

test('a block that is gone takes the caret to what stands in its place', () => {
  assert.equal(merged(three, '定于', tree(p('a', '甲。'), p('c', '丙。'))), '|丙。');
});

test('a text of which nothing is left becomes the other one, without an empty paragraph', () => {
  assert.equal(merged(tree(p('a', '甲。')), '甲', tree(p('b', '乙。'))), '乙。|');
});

test('what was typed can still be undone after a merge into the same block', () => {
  const desk = new Desk(three);
  desk.caret('定于');
  desk.type('下');
  desk.handle.apply(tree(p('a', '甲。'), p('b', '这次会议定于下周五召开，请准时参加。'), p('c', '丙。')));
  desk.editor.commands.undo();
  assert.equal(desk.at(), '这次会议定于|周五召开，请准时参加。');
  desk.close();
});

test('a place that waits for its file stays', async () => {
  const desk = new Desk(three);
  desk.caret('甲。');
  desk.editor.commands.insertContentAt(desk.find('甲。') + 3, { type: 'uploading', attrs: { token: 'x' } });
  desk.handle.apply(tree(p('n', '新。'), p('b', '会议定于周五召开。')));
  const kinds = desk.doc.children.map((node) => node.attrs.token ?? node.attrs.id);
  assert.deepEqual(kinds, ['x', 'n', 'b']);
  desk.close();
});

test('a merge is refused while a word is being composed', () => {
  const desk = new Desk(three);
  desk.compose(true);
  assert.equal(desk.handle.apply(tree(p('b', '别的。'))), false);
  desk.compose(false);
  assert.equal(desk.handle.apply(tree(p('b', '别的。'))), true);
  desk.close();
});

test('any text becomes any other', () => {
  // A generator of its own, so that a failure can be seen again.
  let seed = 7;
  const upTo = (count: number) => (seed = (seed * 48_271) % 2_147_483_647) % count;
  const words = () => Array.from({ length: upTo(12) }, () => '工会代表大会召开的，。'[upTo(11)]).join('');
  const some = (most: number, make: () => object) => Array.from({ length: 1 + upTo(most) }, make);
  const document = () => {
    const ids = new Set<string>();
    const id = () => {
      let next = '';
      do next = `${upTo(2) ? 'b' : 'n'}${upTo(40)}`;
      while (ids.has(next));
      ids.add(next);
      return next;
    };
    const block = (deep: number): object => {
      const kind = upTo(deep > 1 ? 3 : 7);
      if (kind === 3) return list(id(), ...some(3, () => item(...(some(2, () => block(deep + 1)) as Block[]))));
      if (kind === 4) return { type: 'blockquote', attrs: { id: id() }, content: some(2, () => block(deep + 1)) };
      if (kind === 5) return table(id(), ...some(2, () => row(cell(p(id(), words())), cell(p(id(), words())))));
      if (kind === 6) return { type: 'horizontalRule', attrs: { id: id() } };
      return p(id(), words());
    };
    return tree(...some(5, () => block(0)));
  };
  const desk = new Desk(document());
  for (let n = 0; n < 150; n += 1) {
    const next = document();
    desk.handle.apply(next);
    assert.deepEqual(JSON.parse(desk.handle.json()), JSON.parse(canonical(desk.editor.schema.nodeFromJSON(readable(next)))), String(n));
  }
  desk.close();
});
