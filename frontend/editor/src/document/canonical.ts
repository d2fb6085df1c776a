// The document as Rust writes it: nothing that is as it would be anyway, marks in their order.
import type { Node } from '@tiptap/pm/model';
import { newId } from './ids';
import { MARKS } from './schema';
import type { TreeMark, TreeNode } from './types';

const VERSION = 1;

/** What Rust leaves out where it has this value. */
const DEFAULTS: Record<string, Record<string, unknown>> = {
  paragraph: { textAlign: 'left', indent: 'first' },
  heading: { textAlign: 'left' },
};

/** Attributes that Rust knows of each node; whatever else an extension keeps stays here. */
const KNOWN: Record<string, string[]> = {
  paragraph: ['id', 'textAlign', 'indent'],
  heading: ['id', 'level', 'textAlign'],
  bulletList: ['id'],
  orderedList: ['id', 'start'],
  blockquote: ['id'],
  table: ['id'],
  tableCell: ['colspan', 'rowspan'],
  tableHeader: ['colspan', 'rowspan'],
  figure: ['id', 'media', 'alt'],
  video: ['id', 'media', 'title'],
  attachment: ['id', 'media', 'name'],
  footnote: ['text'],
  horizontalRule: ['id'],
};

/** The JSON text of a document. */
export function canonical(doc: Node): string {
  const content = isBare(doc) ? [] : children(doc);
  return JSON.stringify({ type: 'doc', attrs: { version: VERSION }, content });
}

/** The one empty paragraph that the editor cannot do without is no text. */
function isBare(doc: Node): boolean {
  const only = doc.childCount === 1 ? doc.firstChild : null;
  return only?.type.name === 'paragraph' && only.childCount === 0 && only.attrs.textAlign === 'left' && only.attrs.indent === 'first';
}

function children(node: Node): TreeNode[] {
  const all: TreeNode[] = [];
  node.forEach((child) => all.push(tree(child)));
  return all;
}

function tree(node: Node): TreeNode {
  const name = node.type.name;
  if (node.isText) {
    const found = node.marks.map((mark): TreeMark => {
      return mark.type.name === 'link' ? { type: 'link', attrs: { href: mark.attrs.href } } : { type: mark.type.name };
    });
    found.sort((one, other) => MARKS.indexOf(one.type) - MARKS.indexOf(other.type));
    return { type: 'text', text: node.text ?? '', ...(found.length > 0 ? { marks: found } : {}) };
  }
  const known = (KNOWN[name] ?? []).filter((attr) => {
    const value: unknown = node.attrs[attr];
    return value !== null && value !== undefined && DEFAULTS[name]?.[attr] !== value;
  });
  const attrs = Object.fromEntries(known.map((attr) => [attr, node.attrs[attr]]));
  return {
    type: name,
    ...(known.length > 0 ? { attrs } : {}),
    ...(node.childCount > 0 ? { content: children(node) } : {}),
  };
}

/** What the editor opens: a document has at least one paragraph here. */
export function readable(json: string): TreeNode {
  const doc = JSON.parse(json) as TreeNode;
  return { type: 'doc', content: doc.content && doc.content.length > 0 ? doc.content : [{ type: 'paragraph', attrs: { id: newId() } }] };
}
