// A merged document in place of the one on the screen, by the smallest change: caret, scroll and the history of undoing
// stay where nothing happened.
import type { Editor } from '@tiptap/core';
import { Fragment, type Node, Slice } from '@tiptap/pm/model';
import { type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
import { ReplaceStep } from '@tiptap/pm/transform';
import { type Difference, carried, differences } from './differences';
import { readable } from './document/canonical';
import { nodes } from './document/rules';

/** Block by block, which are found again by their ids. Refused while a word is being composed. */
export function apply(editor: Editor, json: string): boolean {
  if (editor.view.composing) return false;
  const next = editor.schema.nodeFromJSON(readable(json));
  const { state } = editor;
  const tr = state.tr.setMeta('addToHistory', false);
  within(tr, 0, state.doc, next);
  if (tr.docChanged) editor.view.dispatch(keepCaret(tr, state));
  return true;
}

/** Makes the blocks of `after` of those of `before`, which begin at `pos`. */
function within(tr: Transaction, pos: number, before: Node, after: Node): void {
  const [old, fresh] = [before.children, after.children];
  let [at, to] = [0, 0];
  for (const [one, other] of [...shared(old, fresh), [old.length, fresh.length] as const]) {
    // What stands between two blocks that both have is replaced; a place that waits for its file stays.
    const gone = old.slice(at, one);
    const come = [...gone.filter((node) => !nodes[node.type.name]), ...fresh.slice(to, other)];
    if (come.length !== gone.length || come.some((node, n) => node !== gone[n])) put(tr, pos, pos + size(gone), come);
    pos += size(come);
    const [node, into] = [old[one], fresh[other]];
    if (!node || !into) break;
    if (!node.eq(into)) replaceBlock(tr, pos, node, into);
    pos += into.isTextblock || into.isLeaf ? into.nodeSize : (tr.doc.nodeAt(pos)?.nodeSize ?? into.nodeSize);
    [at, to] = [one + 1, other + 1];
  }
}

/** As it is: what ProseMirror would fit in for a moment in which there is no block would stay. */
function put(tr: Transaction, from: number, to: number, content: readonly Node[]): void {
  tr.step(new ReplaceStep(from, to, new Slice(Fragment.from([...content]), 0, 0)));
}

const size = (all: Node[]) => all.reduce((sum, node) => sum + node.nodeSize, 0);

/** The id of a block; entries, rows and cells go by the first one in them. */
function name(node: Node): string | null {
  const own = node.attrs.id as string | null | undefined;
  return own ?? (node.firstChild && !node.isTextblock ? name(node.firstChild) : null);
}

/** The places of the blocks that both have and that keep their order: a longest run, by patience sorting. */
function shared(before: readonly Node[], after: readonly Node[]): [number, number][] {
  const place = new Map(before.map((node, old) => [name(node), old] as const));
  const found = after.flatMap((node, fresh): [number, number][] => {
    const own = name(node);
    const old = own === null ? undefined : place.get(own);
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

/** Only what differs is touched, so that what stands beside it stays. */
function replaceBlock(tr: Transaction, pos: number, node: Node, fresh: Node): void {
  if (node.isLeaf) return put(tr, pos, pos + node.nodeSize, [fresh]);
  if (!node.sameMarkup(fresh)) tr.setNodeMarkup(pos, undefined, fresh.attrs);
  if (!node.isTextblock) return within(tr, pos + 1, node, fresh);
  for (const { from, to, start, end } of differences(node, fresh).reverse()) {
    tr.step(new ReplaceStep(pos + 1 + from, pos + 1 + to, fresh.slice(start, end)));
  }
}

/** The caret stays in its block at its offset, also where the block became one of another kind; what is chosen for the
 * next letter stays chosen. */
function keepCaret(tr: Transaction, { doc, selection, storedMarks }: EditorState): Transaction {
  if (!(selection instanceof TextSelection)) return tr;
  const anchor = moved(tr.doc, doc, selection.anchor);
  const head = selection.empty ? anchor : moved(tr.doc, doc, selection.head);
  if (anchor === null || head === null) return tr;
  return tr.setSelection(TextSelection.create(tr.doc, anchor, head)).setStoredMarks(storedMarks);
}

function moved(now: Node, before: Node, pos: number): number | null {
  const $pos = before.resolve(pos);
  const id: unknown = $pos.parent.attrs.id;
  let place: number | null = null;
  now.descendants((node, start) => {
    if (place !== null || node.isInline) return false;
    if (id && node.attrs.id === id && node.isTextblock) {
      const changes: Difference[] = node.content.eq($pos.parent.content) ? [] : differences($pos.parent, node);
      place = start + 1 + carried($pos.parentOffset, changes);
    }
    return true;
  });
  return place;
}
