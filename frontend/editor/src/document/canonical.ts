// The document as Rust writes it: nothing that is as it would be anyway, marks in their order, and nothing that the
// server would refuse, because a text that cannot be saved is a text that is lost.
import type { Node } from '@tiptap/pm/model';
import { newId } from './ids';
import { limits, markNames, nodes, shortened, version } from './rules';
import type { TreeMark, TreeNode } from './types';

/** The JSON text of a document. */
export function canonical(doc: Node): string {
  const content = isBare(doc) ? [] : children(doc);
  return JSON.stringify({ type: 'doc', attrs: { version }, content });
}

/** The one empty paragraph that the editor cannot do without is no text. */
function isBare(doc: Node): boolean {
  const only = doc.childCount === 1 ? doc.firstChild : null;
  return only?.type.name === 'paragraph' && only.childCount === 0 && only.attrs.textAlign === 'left' && only.attrs.indent === 'first';
}

function children(node: Node): TreeNode[] {
  const all: TreeNode[] = [];
  node.forEach((child) => {
    // What the tree does not know is a place that waits for its file.
    if (nodes[child.type.name] && !isNothing(child)) all.push(tree(child));
  });
  return all;
}

/** A note without words, a picture without a file: somebody's page may bring them, the server takes neither. */
function isNothing(node: Node): boolean {
  if (node.type.name === 'footnote') return whole(String(node.attrs.text)).trim() === '';
  return 'media' in node.attrs && !node.attrs.media;
}

function tree(node: Node): TreeNode {
  const name = node.type.name;
  if (node.isText) {
    const found = node.marks.map((mark): TreeMark => {
      return mark.type.name === 'link' ? { type: 'link', attrs: { href: mark.attrs.href } } : { type: mark.type.name };
    });
    found.sort((one, other) => markNames.indexOf(one.type) - markNames.indexOf(other.type));
    return { type: 'text', text: whole(node.text ?? ''), ...(found.length > 0 ? { marks: found } : {}) };
  }
  const { attrs: names, omitted } = nodes[name] ?? { attrs: [], omitted: {} };
  const kept = names.filter((attr) => {
    const value: unknown = node.attrs[attr];
    return value !== null && value !== undefined && omitted[attr] !== value;
  });
  const attrs = Object.fromEntries(kept.map((attr) => [attr, value(name, attr, node.attrs[attr])]));
  const content = children(node);
  return { type: name, ...(kept.length > 0 ? { attrs } : {}), ...(content.length > 0 ? { content } : {}) };
}

/** Text as Rust takes it: no half of a character, which an input method may leave, and none of control. */
function whole(text: string): string {
  return text.replace(/[\ud800-\udfff]/gu, '\ufffd').replace(/\p{Cc}/gu, ' ');
}

/** Lines of text and numbers within their limits. */
function value(node: string, attr: string, given: unknown): unknown {
  if (typeof given === 'number') return attr === 'colspan' || attr === 'rowspan' ? Math.min(Math.max(given, 1), limits.span) : given;
  if (typeof given !== 'string' || attr === 'id') return given;
  const limit = node === 'footnote' ? limits.footnote : attr === 'alt' ? limits.alt : limits.title;
  return shortened(whole(given), limit);
}

/** What the editor opens: a document has at least one paragraph here. */
export function readable(json: string): TreeNode {
  const doc = JSON.parse(json) as TreeNode;
  return { type: 'doc', content: doc.content && doc.content.length > 0 ? doc.content : [{ type: 'paragraph', attrs: { id: newId() } }] };
}
