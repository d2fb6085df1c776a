// Where two versions of one line of text differ, so that only that is touched: what stands between two changes of a
// colleague stays, and the caret in it.
import type { Node } from '@tiptap/pm/model';

/** A piece of the older text and the piece of the newer one that stands in its place, by offsets. */
export interface Difference {
  from: number;
  to: number;
  start: number;
  end: number;
}

/** More pairs of characters than this are not compared: the whole middle is one difference. */
const MOST = 1_000_000;

/** The differences of two blocks of text, in reading order. */
export function differences(before: Node, after: Node): Difference[] {
  const [old, fresh] = [letters(before), letters(after)];
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  const shorter = Math.min(old.length, fresh.length) - head;
  while (tail < shorter && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail += 1;
  const [one, other] = [old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail)];
  if (one.length === 0 && other.length === 0) return [];
  if (one.length * other.length > MOST) return [{ from: head, to: head + one.length, start: head, end: head + other.length }];
  return between(one, other).map(({ from, to, start, end }) => ({ from: from + head, to: to + head, start: start + head, end: end + head }));
}

/** Where an offset of the older text is in the newer one: text that came exactly there stands behind it. */
export function carried(offset: number, all: Difference[]): number {
  let moved = offset;
  for (const { from, to, start, end } of all) {
    if (offset <= from) break;
    moved = offset < to ? Math.min(end, start + offset - from) : offset + end - to;
  }
  return moved;
}

/** Everything that has a place in the line, with its form. */
function letters(block: Node): string[] {
  return block.children.flatMap((node) => {
    const form = JSON.stringify(node.marks.map((mark) => [mark.type.name, mark.attrs]));
    return node.isText ? Array.from({ length: node.nodeSize }, (_, at) => `${(node.text ?? '')[at]}${form}`) : [`${node.type.name}${JSON.stringify(node.attrs)}${form}`];
  });
}

/** What is not in a longest common part of both. */
function between(old: string[], fresh: string[]): Difference[] {
  const width = fresh.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  const length = (at: number, to: number) => common[at * width + to] ?? 0;
  for (let at = old.length - 1; at >= 0; at -= 1) {
    for (let to = fresh.length - 1; to >= 0; to -= 1) {
      common[at * width + to] = old[at] === fresh[to] ? length(at + 1, to + 1) + 1 : Math.max(length(at + 1, to), length(at, to + 1));
    }
  }
  const found: Difference[] = [];
  let [at, to] = [0, 0];
  while (at < old.length || to < fresh.length) {
    const [from, start] = [at, to];
    while ((at < old.length || to < fresh.length) && (old[at] !== fresh[to] || at === old.length)) {
      if (to === fresh.length || (at < old.length && length(at + 1, to) >= length(at, to + 1))) at += 1;
      else to += 1;
    }
    if (at > from || to > start) found.push({ from, to: at, start, end: to });
    while (at < old.length && to < fresh.length && old[at] === fresh[to]) [at, to] = [at + 1, to + 1];
  }
  return found;
}
