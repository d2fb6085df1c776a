// Ids of blocks: stable through edits and unique in the document, because merging goes by them.
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, type Transaction } from '@tiptap/pm/state';
import { type Step, ReplaceAroundStep, ReplaceStep } from '@tiptap/pm/transform';
import type { EditorView } from '@tiptap/pm/view';

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A new id: 8 random letters and digits. */
export function newId(): string {
  const random = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(random, (byte) => LETTERS[byte % 36]).join('');
}

/** What Rust takes for an id. */
export const isId = (id: unknown): id is string => typeof id === 'string' && /^[A-Za-z0-9-]{1,40}$/.test(id);

/** Whether the node is a block that merging knows. */
export const hasId = (node: Node): boolean => node.type.spec.attrs !== undefined && 'id' in node.type.spec.attrs;

interface Range {
  from: number;
  to: number;
}

/** Gives ids where a change brought blocks without one or with one that is taken. Typing within a block costs nothing. */
export const BlockIds = Extension.create({
  name: 'blockIds',
  addProseMirrorPlugins() {
    let view: EditorView | null = null;
    // A node that changes its attributes is drawn again, which would end a composition in it.
    let waiting = false;
    return [
      new Plugin({
        view(opened) {
          view = opened;
          const settle = () => {
            if (!waiting || opened.composing || opened.isDestroyed) return;
            waiting = false;
            const tr = renamed(opened.state, [{ from: 0, to: opened.state.doc.content.size }]);
            if (tr) opened.dispatch(tr);
          };
          const later = () => window.setTimeout(settle, 60);
          opened.dom.addEventListener('compositionend', later);
          return { destroy: () => opened.dom.removeEventListener('compositionend', later) };
        },
        appendTransaction(transactions, _before, state) {
          const ranges = structural(transactions);
          if (ranges.length === 0) return null;
          if (view?.composing) {
            waiting = true;
            return null;
          }
          return renamed(state, ranges);
        },
      }),
    ];
  },
});

/** Where steps brought in whole or half blocks, in positions of the newest document. */
function structural(transactions: readonly Transaction[]): Range[] {
  const ranges: Range[] = [];
  for (const tr of transactions) {
    for (const [at, step] of tr.steps.entries()) {
      for (const range of ranges) mapRange(range, step);
      if (!bringsBlocks(step)) continue;
      const added: Range[] = [];
      step.getMap().forEach((_a, _b, from, to) => added.push({ from, to }));
      // What later steps of the same transaction do to it is mapped when they come.
      ranges.push(...added);
      void at;
    }
  }
  return ranges;
}

function mapRange(range: Range, step: Step): void {
  const map = step.getMap();
  range.from = map.map(range.from, -1);
  range.to = map.map(range.to, 1);
}

/** Whether a step brings in whole or half blocks. */
export function bringsBlocks(step: Step): boolean {
  if (step instanceof ReplaceAroundStep) return true;
  if (!(step instanceof ReplaceStep)) return false;
  const first = step.slice.content.firstChild;
  return first !== null && first.isBlock;
}

/** The transaction that gives new ids where they are missing or double; null where all is well. */
function renamed(state: EditorState, ranges: Range[]): Transaction | null {
  const holders = new Map<string, { pos: number; node: Node }[]>();
  const nameless: number[] = [];
  state.doc.descendants((node, pos) => {
    if (hasId(node)) {
      const id: unknown = node.attrs.id;
      if (!isId(id)) nameless.push(pos);
      else holders.set(id, [...(holders.get(id) ?? []), { pos, node }]);
    }
    return !node.isTextblock;
  });
  const fresh = (pos: number) => ranges.some(({ from, to }) => pos >= from && pos < to);
  const losers = [...holders.values()].filter((held) => held.length > 1).flatMap((held) => {
    const keeper =
      held.find(({ pos, node }) => !fresh(pos) && node.content.size > 0) ??
      held.find(({ node }) => node.content.size > 0) ??
      held[0];
    return held.filter((one) => one !== keeper).map(({ pos }) => pos);
  });
  const renew = [...nameless, ...losers];
  if (renew.length === 0) return null;
  const tr = state.tr;
  for (const pos of renew) tr.setNodeAttribute(pos, 'id', newId());
  return tr;
}
