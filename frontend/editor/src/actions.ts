// What the toolbar and the slash menu do, each under one name.
import type { Editor } from '@tiptap/core';
import { ask } from './ask';
import { understood } from './document/href';
import { limits, shortened } from './document/rules';
import { words } from './words';

const SIDES = ['center', 'right', 'justify'];

export const actions: Record<string, (editor: Editor) => void> = {
  undo: (editor) => void editor.chain().focus().undo().run(),
  redo: (editor) => void editor.chain().focus().redo().run(),
  paragraph: (editor) => void editor.chain().focus().setNode('paragraph').run(),
  heading2: (editor) => void editor.chain().focus().toggleNode('heading', 'paragraph', { level: 2 }).run(),
  heading3: (editor) => void editor.chain().focus().toggleNode('heading', 'paragraph', { level: 3 }).run(),
  heading4: (editor) => void editor.chain().focus().toggleNode('heading', 'paragraph', { level: 4 }).run(),
  left: (editor) => align(editor, 'left'),
  ...Object.fromEntries(SIDES.map((side) => [side, (editor: Editor) => align(editor, side)])),
  indent: (editor) => {
    const none = editor.getAttributes('paragraph').indent === 'none';
    editor.chain().focus().updateAttributes('paragraph', { indent: none ? 'first' : 'none' }).run();
  },
  bulletList: (editor) => void editor.chain().focus().toggleList('bulletList', 'listItem').run(),
  orderedList: (editor) => void editor.chain().focus().toggleList('orderedList', 'listItem').run(),
  blockquote: (editor) => void editor.chain().focus().toggleWrap('blockquote').run(),
  divider: (editor) => void editor.chain().focus().insertContent({ type: 'horizontalRule' }).run(),
  table: (editor) => void editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
  rowAbove: (editor) => void editor.chain().focus().addRowBefore().run(),
  rowBelow: (editor) => void editor.chain().focus().addRowAfter().run(),
  columnLeft: (editor) => void editor.chain().focus().addColumnBefore().run(),
  columnRight: (editor) => void editor.chain().focus().addColumnAfter().run(),
  deleteRow: (editor) => void editor.chain().focus().deleteRow().run(),
  deleteColumn: (editor) => void editor.chain().focus().deleteColumn().run(),
  mergeCells: (editor) => void editor.chain().focus().mergeCells().run(),
  splitCell: (editor) => void editor.chain().focus().splitCell().run(),
  headerRow: (editor) => void editor.chain().focus().toggleHeaderRow().run(),
  deleteTable: (editor) => void editor.chain().focus().deleteTable().run(),
  clear: (editor) => void editor.chain().focus().unsetAllMarks().run(),
  link: (editor) => {
    const before = String(editor.getAttributes('link').href ?? '');
    const bare = editor.state.selection.empty && before === '';
    ask(words.linkTo, before, words.linkHint, (text) => {
      if (text === '') {
        editor.chain().focus().extendMarkRange('link').unsetMark('link').run();
        return null;
      }
      const href = understood(text);
      if (href === null) return words.linkBad;
      if (bare) editor.chain().focus().insertContent({ type: 'text', text, marks: [{ type: 'link', attrs: { href } }] }).run();
      else editor.chain().focus().extendMarkRange('link').setMark('link', { href }).run();
      return null;
    });
  },
  footnote: (editor) => {
    const { selection } = editor.state;
    const node = editor.state.doc.nodeAt(selection.from);
    const here = node?.type.name === 'footnote' ? node : null;
    ask(words.footnoteText, String(here?.attrs.text ?? ''), '', (text) => {
      const note = shortened(text, limits.footnote);
      if (here && note === '') editor.chain().focus().deleteRange({ from: selection.from, to: selection.from + 1 }).run();
      else if (here) editor.chain().focus().command(({ tr }) => Boolean(tr.setNodeAttribute(selection.from, 'text', note))).run();
      else if (note !== '') editor.chain().focus().insertContent({ type: 'footnote', attrs: { text: note } }).run();
      return null;
    });
  },
  ...Object.fromEntries(
    ['bold', 'italic', 'underline', 'strike', 'superscript', 'subscript', 'code'].map((mark) => [
      mark,
      (editor: Editor) => void editor.chain().focus().toggleMark(mark).run(),
    ]),
  ),
};

function align(editor: Editor, side: string) {
  const both = (editor.isActive('heading') ? 'heading' : 'paragraph') as 'heading' | 'paragraph';
  const now = editor.getAttributes(both).textAlign;
  editor.chain().focus().updateAttributes(both, { textAlign: now === side ? 'left' : side }).run();
}

/** Whether a button is down. */
export function isOn(editor: Editor, action: string): boolean {
  if (/^heading\d$/.test(action)) return editor.isActive('heading', { level: Number(action.slice(-1)) });
  if (SIDES.includes(action)) return editor.isActive({ textAlign: action });
  if (action === 'indent') return editor.isActive('paragraph', { indent: 'first' });
  if (action === 'undo' || action === 'redo' || action === 'clear') return false;
  return editor.isActive(action);
}
