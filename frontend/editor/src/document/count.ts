// The number of characters as Word's 字数 counts: each Chinese character or mark is one, each Latin word or number is one.
import type { Node } from '@tiptap/pm/model';

const UNITS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3001-\u303f\uff01-\uff60\u2014\u2018\u2019\u201c\u201d\u2026]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60\u2014\u2018\u2019\u201c\u201d\u2026]+/gu;

const counted = new WeakMap<Node, number>();

/** Counts a text. */
export const countText = (text: string): number => text.match(UNITS)?.length ?? 0;

/** Counts a document; a block that did not change is not counted again. */
export function countNode(node: Node): number {
  let count = counted.get(node);
  if (count === undefined) {
    count = node.isTextblock ? countText(node.textBetween(0, node.content.size, ' ', ' ')) : 0;
    if (!node.isTextblock) node.forEach((child) => (count = (count ?? 0) + countNode(child)));
    counted.set(node, count);
  }
  return count;
}
