// What is typed at the start of a line and means a kind of block, as editors of text have come to do it; and keys for
// what has a button.
import { Extension } from '@tiptap/core';
import { closeHistory } from '@tiptap/pm/history';
import type { NodeType, ResolvedPos } from '@tiptap/pm/model';
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { canJoin, findWrapping } from '@tiptap/pm/transform';
import type { EditorView } from '@tiptap/pm/view';
import { actions } from './actions';
import { newId } from './document/ids';

interface Meaning {
  /** What stands before the caret, with what was just typed. */
  sign: RegExp;
  /** Makes it of the paragraph, out of which the sign is taken already; answers whether it can be. */
  make: (tr: Transaction, $start: ResolvedPos, sign: string) => boolean;
}

const MEANINGS: Meaning[] = [
  // The title of the article is the first level.
  { sign: /^#{1,4} $/, make: (tr, $start, sign) => heading(tr, $start, Math.max(2, sign.length - 1)) },
  { sign: /^[-*+] $/, make: (tr, $start) => wrap(tr, $start, $start.doc.type.schema.nodes.bulletList) },
  { sign: /^1\. $/, make: (tr, $start) => wrap(tr, $start, $start.doc.type.schema.nodes.orderedList) },
  { sign: /^> $/, make: (tr, $start) => wrap(tr, $start, $start.doc.type.schema.nodes.blockquote) },
  { sign: /^---$/, make: (tr, $start) => divider(tr, $start) },
];

/** Whether the last thing that happened is that a sign was taken for what it means. */
const meant = new PluginKey<boolean>('meant');

export const typed = Extension.create({
  name: 'typed',
  addProseMirrorPlugins: () => [
    new Plugin<boolean>({
      key: meant,
      state: {
        init: () => false,
        apply: (tr, before) => {
          if (tr.getMeta(meant)) return true;
          return before && (tr.getMeta('appendedTransaction') !== undefined || !(tr.docChanged || tr.selectionSet));
        },
      },
      props: {
        // An input method that is in the middle of a word does not type yet.
        handleTextInput: (view, from, to, text) => !view.composing && understand(view, from, to, text),
      },
    }),
  ],
  addKeyboardShortcuts() {
    const run = (name: string) => () => {
      actions[name]?.(this.editor);
      return true;
    };
    return {
      // It was not meant: the sign stands there again.
      Backspace: () => meant.getState(this.editor.state) === true && this.editor.commands.undo(),
      'Mod-k': run('link'),
      'Mod-Alt-2': run('heading2'),
      'Mod-Alt-3': run('heading3'),
      'Mod-Alt-4': run('heading4'),
      'Mod-Alt-0': run('paragraph'),
      'Mod-Shift-7': run('orderedList'),
      'Mod-Shift-8': run('bulletList'),
      'Mod-Shift-9': run('blockquote'),
    };
  },
});

/** Types first and understands then, each a step of its own: undoing gives back what was typed. */
function understand(view: EditorView, from: number, to: number, text: string): boolean {
  const $from = view.state.doc.resolve(from);
  if ($from.parent.type.name !== 'paragraph' || $from.marks().some((mark) => mark.type.name === 'code')) return false;
  const sign = $from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc') + text;
  const meaning = MEANINGS.find((one) => one.sign.test(sign));
  if (!meaning) return false;
  view.dispatch(view.state.tr.insertText(text, from, to));
  const { tr } = view.state;
  tr.delete($from.start(), $from.start() + sign.length);
  if (meaning.make(tr, tr.doc.resolve($from.start()), sign)) {
    view.dispatch(closeHistory(tr).setMeta(meant, true).scrollIntoView());
    view.dispatch(closeHistory(view.state.tr));
  }
  return true;
}

/** The block stays the same one for those who merge. */
function heading(tr: Transaction, $start: ResolvedPos, level: number): boolean {
  const type = tr.doc.type.schema.nodes.heading as NodeType;
  const { id, textAlign } = $start.parent.attrs;
  if (!$start.node(-1).canReplaceWith($start.index(-1), $start.indexAfter(-1), type)) return false;
  tr.setNodeMarkup($start.before(), type, { id, textAlign, level });
  return true;
}

/** In a list or quotation, which goes on where one ends before it. */
function wrap(tr: Transaction, $start: ResolvedPos, type: NodeType | undefined): boolean {
  const range = $start.blockRange();
  const around = range && type && findWrapping(range, type, { id: newId() });
  if (!range || !around) return false;
  tr.wrap(range, around);
  const before = $start.before();
  if (type?.name !== 'blockquote' && tr.doc.resolve(before).nodeBefore?.type === type && canJoin(tr.doc, before)) tr.join(before);
  return true;
}

function divider(tr: Transaction, $start: ResolvedPos): boolean {
  const type = tr.doc.type.schema.nodes.horizontalRule as NodeType;
  const at = $start.index(-1);
  if (!$start.node(-1).canReplaceWith(at, at, type)) return false;
  tr.insert($start.before(), type.create({ id: newId() }));
  return true;
}
