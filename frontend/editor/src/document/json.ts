// The document as JSON text, letter for letter as serde writes it in `content::document`, so that what did not change
// compares equal. Blocks are immutable, so the text of each is made once.
import type { Mark, Node } from '@tiptap/pm/model';
import { isId, newId } from './ids';

/** The version of the schema that this code writes. */
export const VERSION = 1;

/** A block that is not part of the document yet: a picture that is being uploaded. */
export const PENDING = 'pending';

const written = new WeakMap<Node, string>();

/** The whole document. */
export function documentJson(doc: Node): string {
  const blocks = children(doc);
  return `{"type":"doc","attrs":{"version":${VERSION}},"content":[${blocks}]}`;
}

function children(parent: Node): string {
  const parts: string[] = [];
  parent.forEach((child) => {
    if (child.type.name !== PENDING) parts.push(nodeJson(child));
  });
  return parts.join(',');
}

function nodeJson(node: Node): string {
  let json = written.get(node);
  if (json === undefined) {
    json = write(node);
    written.set(node, json);
  }
  return json;
}

/** Fields stand in the order of the Rust types; what is empty there is left out here. */
function write(node: Node): string {
  const { attrs } = node;
  const id = () => `"id":${text(isId(attrs.id) ? attrs.id : newId())}`;
  switch (node.type.name) {
    case 'text':
      return `{"type":"text","text":${text(node.text ?? '')}${marks(node.marks)}}`;
    case 'hardBreak':
      return '{"type":"hardBreak"}';
    case 'footnote':
      return `{"type":"footnote","attrs":{"text":${text(attrs.text)}}}`;
    case 'paragraph': {
      const indent = attrs.indent === 'none' ? ',"indent":"none"' : '';
      return `{"type":"paragraph","attrs":{${id()}${align(attrs.textAlign)}${indent}}${optional(node)}}`;
    }
    case 'heading':
      return `{"type":"heading","attrs":{${id()},"level":${attrs.level}${align(attrs.textAlign)}}${optional(node)}}`;
    case 'orderedList':
      return `{"type":"orderedList","attrs":{${id()},"start":${attrs.start}},"content":[${children(node)}]}`;
    case 'listItem':
    case 'tableRow':
      return `{"type":"${node.type.name}","content":[${children(node)}]}`;
    case 'tableCell':
    case 'tableHeader': {
      const spans = `"colspan":${attrs.colspan},"rowspan":${attrs.rowspan}`;
      return `{"type":"${node.type.name}","attrs":{${spans}},"content":[${children(node)}]}`;
    }
    case 'figure':
      return `{"type":"figure","attrs":{${id()},"media":${attrs.media},"alt":${text(attrs.alt)}}${optional(node)}}`;
    case 'video':
      return `{"type":"video","attrs":{${id()},"media":${attrs.media},"title":${text(attrs.title)}}${optional(node)}}`;
    case 'attachment':
      return `{"type":"attachment","attrs":{${id()},"media":${attrs.media},"name":${text(attrs.name)}}}`;
    case 'horizontalRule':
      return `{"type":"horizontalRule","attrs":{${id()}}}`;
    case 'bulletList':
    case 'blockquote':
    case 'table':
      return `{"type":"${node.type.name}","attrs":{${id()}},"content":[${children(node)}]}`;
    default:
      throw new Error(`no way to write ${node.type.name}`);
  }
}

const optional = (node: Node) => (node.childCount > 0 ? `,"content":[${children(node)}]` : '');

const align = (textAlign: string) => (textAlign === 'left' ? '' : `,"textAlign":"${textAlign}"`);

function marks(marks: readonly Mark[]): string {
  if (marks.length === 0) return '';
  const each = marks.map(({ type, attrs }) =>
    type.name === 'link' ? `{"type":"link","attrs":{"href":${text(attrs.href)}}}` : `{"type":"${type.name}"}`,
  );
  return `,"marks":[${each.join(',')}]`;
}

/** Half a character would not be read by the other side. */
const text = (value: unknown) => JSON.stringify(wellFormed(String(value)));

/** The text without halves of characters. */
export const wellFormed = (value: string) => value.replace(/\p{Surrogate}/gu, '�');
