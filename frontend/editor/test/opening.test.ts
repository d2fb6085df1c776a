// A text that is opened is all there, and what is there can be saved.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TreeNode } from '../src/document/types';
import { Desk, p, pause, tree } from './desk';

test('a text that holds what the editor does not know is not opened at all', () => {
  for (const unknown of [{ type: 'poll', attrs: { id: 'u' } }, { type: 'paragraph', attrs: { id: 'u' }, content: [{ type: 'sticker' }] }]) {
    assert.throws(() => new Desk(tree(p('a', '甲'), unknown)), /Unknown node type/);
  }
  assert.throws(() => new Desk(tree({ ...p('a'), content: [{ type: 'text', text: '甲', marks: [{ type: 'blink' }] }] })), /mark type/);
  assert.throws(() => new Desk(tree({ type: 'bulletList', attrs: { id: 'l' } })), /Invalid content/);
});

test('a note without words and a picture without a file are not written', () => {
  const desk = new Desk(tree({ ...p('a'), content: [{ type: 'text', text: '甲' }, { type: 'footnote', attrs: { text: ' ' } }] }, { type: 'figure', attrs: { id: 'f' } }));
  const { content } = JSON.parse(desk.handle.json()) as TreeNode;
  assert.deepEqual(content, [{ type: 'paragraph', attrs: { id: 'a' }, content: [{ type: 'text', text: '甲' }] }]);
  desk.close();
});

test('a click on a note opens what it says, and what is put there is the note', () => {
  const desk = new Desk(tree({ ...p('a'), content: [{ type: 'text', text: '甲' }, { type: 'footnote', attrs: { text: '见附件' } }] }));
  const { view } = desk.editor;
  const note = view.state.doc.nodeAt(2);
  assert.ok(note);
  const click = new MouseEvent('click');
  const taken = view.someProp('handleClickOn', (handle) => handle(view, 2, note, 2, click, true));
  assert.ok(taken);
  const input = document.querySelector<HTMLInputElement>('dialog.ed-ask input');
  assert.equal(input?.value, '见附件');
  if (input) input.value = '见附件二';
  document.querySelector<HTMLButtonElement>('dialog.ed-ask button[type=submit]')?.click();
  assert.equal(desk.doc.nodeAt(2)?.attrs.text, '见附件二');
  assert.equal(document.querySelector('dialog.ed-ask'), null);
  desk.close();
});

test('a file that comes while a word is being composed waits until it is chosen', async () => {
  let arrive = (_file: string) => undefined as void;
  const desk = new Desk(tree(p('a', '甲'), p('b', '乙')), { onUpload: () => new Promise((resolve) => (arrive = resolve)) });
  const data = new DataTransfer();
  data.setData('text/html', '<p>图</p><img src="data:image/png;base64,AAAA" alt="一个点">');
  desk.caret('甲');
  desk.editor.view.dom.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  const kinds = () => desk.doc.children.map((node) => node.type.name);
  assert.deepEqual(kinds(), ['paragraph', 'uploading', 'paragraph']);
  desk.caret('乙');
  desk.compose(true);
  const during = desk.doc;
  let dispatched = 0;
  desk.editor.on('transaction', () => (dispatched += 1));
  arrive(JSON.stringify({ id: 7, key: '7.png', name: '', bytes: 3, width: 1, height: 1 }));
  await pause(300);
  assert.equal(desk.doc, during);
  assert.equal(dispatched, 0);
  desk.compose(false);
  await pause(300);
  assert.deepEqual(kinds(), ['paragraph', 'figure', 'paragraph']);
  assert.equal(desk.at(), '乙|');
  desk.close();
});

test('what is dragged in from another page is cleaned as a paste is', () => {
  const desk = new Desk(tree(p('a', '甲'), p('b', '乙')));
  const data = new DataTransfer();
  data.setData('text/html', '<p style="color:red">红</p><script>alert(1)</script><p class="MsoNormal">字</p>');
  desk.editor.view.posAtCoords = () => ({ pos: desk.find('乙') + 1, inside: -1 });
  const drop = Object.assign(new Event('drop'), { dataTransfer: data, clientX: 0, clientY: 0 }) as unknown as DragEvent;
  const { view } = desk.editor;
  const taken = (moved: boolean) => view.someProp('handleDrop', (handle) => handle(view, drop, desk.doc.slice(0, 0), moved));
  assert.ok(!taken(true), 'what is moved within the text is not read again');
  assert.ok(taken(false));
  assert.equal(desk.doc.textBetween(0, desk.doc.content.size, '/'), '甲/乙红/字');
  desk.close();
});
