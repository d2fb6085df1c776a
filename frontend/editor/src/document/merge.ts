// Replacing the document by a merged one with as few changes as possible, so that caret, history and screen stay.
import type { Node } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { PENDING } from './json';

/** Adds to `tr` what makes its document equal to `target`; false where a picture on its way would be lost. */
export function mergeInto(tr: Transaction, target: Node): boolean {
  const before = tr.doc;
  if (holdsHiddenPending(before)) return false;
  const kept = keptChildren(before, target);
  // From the end to the beginning, so that positions before a change stay true.
  let next = target.childCount;
  const ends = offsets(before);
  for (let at = before.childCount - 1; at >= 0; at--) {
    const child = before.child(at);
    const [from, to] = [ends[at] ?? 0, (ends[at] ?? 0) + child.nodeSize];
    const twin = kept.get(at);
    if (twin === undefined) {
      if (child.type.name === PENDING) continue;
      insertBetween(tr, target, next, next, to);
      tr.delete(from, to);
      continue;
    }
    insertBetween(tr, target, twin + 1, next, to);
    alter(tr, from, child, target.child(twin));
    next = twin;
  }
  insertBetween(tr, target, 0, next, 0);
  return true;
}

function insertBetween(tr: Transaction, target: Node, from: number, to: number, pos: number): void {
  if (from >= to) return;
  const blocks = Array.from({ length: to - from }, (_, at) => target.child(from + at));
  tr.insert(pos, blocks);
}

/** A picture on its way within a list or table cannot be told from what is to be replaced. */
function holdsHiddenPending(doc: Node): boolean {
  let found = false;
  doc.descendants((node, _pos, parent) => {
    if (node.type.name === PENDING && parent !== doc) found = true;
    return !found && !node.isTextblock;
  });
  return found;
}

function offsets(doc: Node): number[] {
  const found: number[] = [];
  doc.forEach((_child, offset) => found.push(offset));
  return found;
}

/** Which child stays as which: the longest run of ids that stand in the same order in both. */
function keptChildren(before: Node, target: Node): Map<number, number> {
  const places = new Map<string, number>();
  target.forEach((child, _offset, at) => places.set(key(child), at));
  const pairs: [number, number][] = [];
  before.forEach((child, _offset, at) => {
    const twin = places.get(key(child));
    if (twin !== undefined && child.type.name !== PENDING) pairs.push([at, twin]);
  });
  return new Map(longestRising(pairs));
}

const key = (node: Node) => `${node.type.name} ${node.attrs.id}`;

/** The longest subsequence whose second numbers rise. */
function longestRising(pairs: [number, number][]): [number, number][] {
  const tails: number[] = [];
  const previous: number[] = [];
  pairs.forEach(([, value], at) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.[1] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[at] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = at;
  });
  const chosen: [number, number][] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) {
    const pair = pairs[at];
    if (pair) chosen.unshift(pair);
  }
  return chosen;
}

/** Makes the child at `from` equal to its twin by the smallest replacement of its attributes and its content. */
function alter(tr: Transaction, from: number, child: Node, twin: Node): void {
  if (child.eq(twin)) return;
  const start = child.content.findDiffStart(twin.content, from + 1);
  if (start !== null) {
    const end = child.content.findDiffEnd(twin.content, from + 1 + child.content.size, from + 1 + twin.content.size);
    if (end) {
      // Where text repeats itself, the equal end can reach back before the equal start.
      const overlap = start - Math.min(end.a, end.b);
      const [a, b] = overlap > 0 ? [end.a + overlap, end.b + overlap] : [end.a, end.b];
      tr.replace(start, a, twin.slice(start - from - 1, b - from - 1));
    }
  }
  for (const [name, value] of Object.entries(twin.attrs)) {
    if (child.attrs[name] !== value) tr.setNodeAttribute(from, name, value);
  }
}
