// A merged document in place of the one on the screen, by the smallest change: caret, scroll and the history of undoing
// stay where nothing happened.
import type { Editor } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { readable } from './document/canonical';
import { nodes } from './document/rules';

/** Block by block, which are found again by their ids. Refused while a word is being composed. */
export function apply(editor: Editor, json: string): boolean {
  if (editor.view.composing) return false;
  const next = editor.schema.nodeFromJSON(readable(json));
  const { doc } = editor.state;
  const tr = editor.state.tr.setMeta('addToHistory', false);
  const before = blocks(doc);
  const after = blocks(next);
  let at = 0;
  let pos = 0;
  let from = 0;
  // What stands between two blocks that both have is replaced; a place that waits for its file stays.
  const between = (toOld: number, toNew: number) => {
    const gone = before.slice(at, toOld);
    const come = after.slice(from, toNew);
    for (const node of gone) {
      if (nodes[node.type.name]) tr.delete(pos, pos + node.nodeSize);
      else pos += node.nodeSize;
    }
    if (come.length > 0) tr.insert(pos, come);
    pos += size(come);
    [at, from] = [toOld, toNew];
  };
  for (const [old, fresh] of shared(before, after)) {
    between(old, fresh);
    const [node, other] = [before[old] as Node, after[fresh] as Node];
    if (!node.eq(other)) replaceBlock(tr, pos, node, other);
    pos += other.nodeSize;
    [at, from] = [old + 1, fresh + 1];
  }
  between(before.length, after.length);
  if (tr.docChanged) editor.view.dispatch(tr);
  return true;
}

function blocks(doc: Node): Node[] {
  return Array.from({ length: doc.childCount }, (_, at) => doc.child(at));
}

const size = (all: Node[]) => all.reduce((sum, node) => sum + node.nodeSize, 0);

/** The places of the blocks that both have and that keep their order: a longest run, by patience sorting. */
function shared(before: Node[], after: Node[]): [number, number][] {
  const place = new Map(before.filter((node) => node.attrs.id).map((node) => [node.attrs.id as string, before.indexOf(node)]));
  const found = after.flatMap((node, fresh): [number, number][] => {
    const old = place.get(node.attrs.id as string);
    return old === undefined || before[old]?.type !== node.type ? [] : [[old, fresh]];
  });
  const ends: number[] = [];
  const behind: (number | undefined)[] = [];
  for (const [n, [old]] of found.entries()) {
    let length = 0;
    let high = ends.length;
    while (length < high) {
      const middle = (length + high) >> 1;
      if ((found[ends[middle] as number] as [number, number])[0] < old) length = middle + 1;
      else high = middle;
    }
    behind[n] = ends[length - 1];
    ends[length] = n;
  }
  const run: [number, number][] = [];
  for (let n = ends[ends.length - 1]; n !== undefined; n = behind[n]) run.push(found[n] as [number, number]);
  return run.reverse();
}

/** Within a block of text only what differs is touched, so that a caret beside it stays. */
function replaceBlock(tr: Transaction, pos: number, node: Node, fresh: Node) {
  if (!node.isTextblock) {
    tr.replaceWith(pos, pos + node.nodeSize, fresh);
    return;
  }
  if (!node.sameMarkup(fresh)) tr.setNodeMarkup(pos, undefined, fresh.attrs);
  const start = node.content.findDiffStart(fresh.content);
  const end = node.content.findDiffEnd(fresh.content);
  if (start === null || !end) return;
  let { a, b } = end;
  const overlap = start - Math.min(a, b);
  if (overlap > 0) {
    a += overlap;
    b += overlap;
  }
  tr.replace(pos + 1 + start, pos + 1 + a, fresh.slice(start, b));
}
