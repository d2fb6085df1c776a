// The way of JSON text into the editor. ProseMirror needs a paragraph where Rust allows nothing.
import type { Node, Schema } from '@tiptap/pm/model';
import { words } from '../words';
import { newId } from './ids';
import type { TreeNode } from './types';

const HOLDERS = new Set(['doc', 'listItem', 'blockquote', 'tableCell', 'tableHeader']);

/** Reads a document. Throws where it is none: an editor that opened empty instead would overwrite the text. */
export function documentOf(schema: Schema, json: string): Node {
  try {
    const doc = schema.nodeFromJSON(filled(JSON.parse(json) as TreeNode));
    doc.check();
    return doc;
  } catch (cause) {
    throw new Error(words.bodyUnreadable, { cause });
  }
}

function filled(node: TreeNode): TreeNode {
  if (node.type === 'text') return node;
  const content = (node.content ?? []).map(filled);
  if (content.length === 0 && HOLDERS.has(node.type)) content.push({ type: 'paragraph', attrs: { id: newId() } });
  return { ...node, content };
}
