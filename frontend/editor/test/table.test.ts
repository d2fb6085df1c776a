// Tables stay what the tree can hold, whatever is merged or taken away.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CellSelection } from '@tiptap/pm/tables';
import { actions } from '../src/actions';
import type { TreeNode } from '../src/document/types';
import { Desk, p, tree } from './desk';

const cell = (words: string, attrs: object = {}) => ({ type: 'tableCell', attrs, content: [p(`c${words}`, words)] });
const row = (...content: object[]) => ({ type: 'tableRow', content });
const table = (...content: object[]) => tree({ type: 'table', attrs: { id: 't' }, content });

/** Rows of cells by their words, with the rows that they cover. */
const shape = (desk: Desk) => {
  const doc = JSON.parse(desk.handle.json()) as TreeNode;
  const words = (node: TreeNode): string => node.text ?? (node.content ?? []).map(words).join('');
  return doc.content?.[0]?.content?.map((one) => one.content?.map((held) => `${words(held)}${Number(held.attrs?.rowspan)}`));
};

const choose = (desk: Desk, from: string, to: string) => {
  const at = (words: string) => desk.editor.state.doc.resolve(desk.find(words)).before(-1);
  desk.editor.view.dispatch(desk.editor.state.tr.setSelection(CellSelection.create(desk.doc, at(from), at(to)) as never));
};

test('whole rows that are merged become one row', () => {
  const desk = new Desk(table(row(cell('甲'), cell('乙')), row(cell('丙'), cell('丁')), row(cell('戊'), cell('己'))));
  choose(desk, '甲', '丁');
  actions.mergeCells?.(desk.editor);
  assert.deepEqual(shape(desk), [['甲乙丙丁1'], ['戊1', '己1']]);
  desk.editor.commands.undo();
  assert.deepEqual(shape(desk), [['甲1', '乙1'], ['丙1', '丁1'], ['戊1', '己1']]);
  desk.close();
});

test('rows that are merged column by column become one row as well', () => {
  const desk = new Desk(table(row(cell('甲'), cell('乙')), row(cell('丙'), cell('丁'))));
  choose(desk, '甲', '丙');
  actions.mergeCells?.(desk.editor);
  assert.deepEqual(shape(desk), [['甲丙2', '乙1'], ['丁1']]);
  choose(desk, '乙', '丁');
  actions.mergeCells?.(desk.editor);
  assert.deepEqual(shape(desk), [['甲丙1', '乙丁1']]);
  desk.close();
});

test('a row whose last own cell goes with its column goes', () => {
  const desk = new Desk(table(row(cell('甲', { rowspan: 2 }), cell('乙')), row(cell('丁'))));
  desk.caret('丁');
  actions.deleteColumn?.(desk.editor);
  assert.deepEqual(shape(desk), [['甲1']]);
  desk.close();
});
