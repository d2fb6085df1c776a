// The editor of one text: Tiptap with the schema of the document tree, and nothing that the tree cannot hold.
import { Editor, getSchema } from '@tiptap/core';
import { ListKeymap } from '@tiptap/extension-list/keymap';
import { Dropcursor } from '@tiptap/extensions/drop-cursor';
import { Gapcursor } from '@tiptap/extensions/gap-cursor';
import { Placeholder } from '@tiptap/extensions/placeholder';
import { UndoRedo } from '@tiptap/extensions/undo-redo';
import { actions } from './actions';
import { apply } from './apply';
import { canonical, readable } from './document/canonical';
import { Depth } from './document/depth';
import { BlockIds, newId } from './document/ids';
import { WholeRows } from './document/rows';
import { type Files, tree } from './document/schema';
import type { MediaFile } from './document/types';
import { Find } from './find';
import { Receiver, Uploading } from './incoming';
import { type Picked, offer } from './pick';
import { Slash } from './slash';
import { Tabulator } from './tabulator';
import { toolbar } from './toolbar';
import { typed } from './typed';
import { words } from './words';

export interface Options {
  /** Where the toolbar and the text are mounted. */
  host: HTMLElement;
  /** The document as JSON text. */
  body: string;
  /** JSON array of the files that it names. */
  files: string;
  editable: boolean;
  placeholder: string;
  /** The document as JSON text: soon after a change, and while somebody types at most every 400 ms. Never while a word is
   * being composed. */
  onChange: (json: string) => void;
  /** At the first change after a report: something is there that was not reported yet. */
  onTyping: () => void;
  /** Sends a file; resolves to the JSON of its record. */
  onUpload: (file: File) => Promise<string>;
  /** Opens the media library; what is chosen there comes back by `insertFile`. */
  onLibrary: (kind: Picked) => void;
  /** A picture came in without alternative text; gets its name. */
  onBare: (name: string) => void;
  /** JSON array of what a paste left out. */
  onDropped: (report: string) => void;
  /** JSON: a Word file was read into the text, see `incoming.ts`. */
  onWord: (told: string) => void;
  onSave: () => void;
  /** How many characters there are. */
  onStats: (characters: number) => void;
}

export interface EditorHandle {
  json(): string;
  /** Replaces the document by a merged one with the smallest change; refused while a word is being composed. */
  apply(json: string): boolean;
  composing(): boolean;
  addFiles(files: string): void;
  focus(position: 'start' | 'end'): void;
  setEditable(editable: boolean): void;
  scrollToBlock(id: string): void;
  insertFile(file: string): void;
  destroy(): void;
}

/** From a change to its report, and between two reports, in milliseconds. */
const SOON = 250;
const OFTEN = 400;

export function openEditor(options: Options): EditorHandle {
  const files: Files = new Map((JSON.parse(options.files) as MediaFile[]).map((file) => [file.id, file]));
  const frame = document.createElement('div');
  frame.className = 'ed';
  const bar = document.createElement('div');
  const text = document.createElement('div');
  text.className = 'ed-text article-body';
  const keys = document.createElement('p');
  keys.id = `ed-keys-${newId()}`;
  keys.className = 'visually-hidden';
  keys.textContent = words.keys;
  frame.append(bar, text, keys);
  // An editor that leaves out what it does not know would save a text without it: rather none is opened.
  const kinds = tree(files);
  getSchema(kinds).nodeFromJSON(readable(options.body)).check();
  options.host.replaceChildren(frame);

  const receiver: Receiver = new Receiver((): Editor => editor, { files, onUpload: options.onUpload, onBare: options.onBare, onDropped: options.onDropped, onWord: options.onWord });

  const editor: Editor = new Editor({
    element: text,
    editable: options.editable,
    content: readable(options.body),
    enableInputRules: false,
    enablePasteRules: false,
    injectCSS: false,
    editorProps: {
      attributes: {
        class: 'ed-content',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': words.editor,
        'aria-describedby': keys.id,
        spellcheck: 'false',
      },
      handleClickOn: (view, _pos, node, at) => {
        if (node.type.name !== 'footnote' || !view.editable) return false;
        editor.commands.setNodeSelection(at);
        actions.footnote?.(editor);
        return true;
      },
    },
    extensions: [
      ...kinds,
      Uploading,
      ListKeymap,
      UndoRedo.configure({ depth: 200, newGroupDelay: 600 }),
      Dropcursor,
      Gapcursor,
      Placeholder.configure({ placeholder: options.placeholder }),
      BlockIds,
      WholeRows,
      Depth,
      typed,
      Tabulator,
      Find,
      Slash.configure({ pick: (kind) => pick(kind, true) }),
      receiver.extension(options.onSave),
    ],
  });

  const pick = (kind: Picked, atCaret = false) => {
    const button = bar.querySelector(`[data-action="${kind}"]`)?.getBoundingClientRect();
    const { left, top, bottom } = editor.view.coordsAtPos(editor.state.selection.head);
    const beside = button && !atCaret ? button : new DOMRect(left, top, 0, bottom - top);
    offer(beside, kind, () => options.onLibrary(kind), (chosen) => receiver.upload(chosen));
  };
  if (options.editable) toolbar(bar, editor, { pick, frame });

  const reports = reporter(editor, options);
  editor.on('update', reports.later);
  text.addEventListener('compositionend', reports.later);
  const flush = () => {
    if (!editor.view.composing) reports.now();
  };
  editor.on('blur', flush);
  window.addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', flush);
  reports.count();

  return {
    json: () => canonical(editor.state.doc),
    apply: (json) => apply(editor, json),
    composing: () => editor.view.composing,
    addFiles: (more) => (JSON.parse(more) as MediaFile[]).forEach((file) => files.set(file.id, file)),
    focus: (position) => void editor.commands.focus(position),
    setEditable: (editable) => editor.setEditable(editable),
    scrollToBlock: (id) => {
      editor.state.doc.descendants((node, pos) => {
        if (node.attrs.id !== id) return true;
        const dom = editor.view.nodeDOM(pos);
        if (dom instanceof HTMLElement) dom.scrollIntoView({ block: 'center' });
        return false;
      });
    },
    insertFile: (file) => receiver.insert(JSON.parse(file) as MediaFile),
    destroy: () => {
      window.removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', flush);
      editor.destroy();
      frame.remove();
    },
  };
}

/** Reports changes soon but not at every key, and counts characters when there is time. */
function reporter(editor: Editor, options: Options) {
  let timer = 0;
  let last = 0;
  let dirty = false;
  const count = () => {
    const bare = editor.state.doc.textBetween(0, editor.state.doc.content.size, '\n', '');
    // As word processors count 字数: a Chinese character each, letters and digits by the word.
    options.onStats((bare.match(/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]+/g) ?? []).length);
  };
  const now = () => {
    window.clearTimeout(timer);
    timer = 0;
    if (!dirty || editor.isDestroyed) return;
    dirty = false;
    last = performance.now();
    options.onChange(canonical(editor.state.doc));
    count();
  };
  const later = () => {
    if (!dirty) options.onTyping();
    dirty = true;
    if (timer) return;
    const wait = Math.max(SOON, OFTEN - (performance.now() - last));
    timer = window.setTimeout(() => {
      timer = 0;
      // The end of the composition reports.
      if (!editor.isDestroyed && !editor.view.composing) now();
    }, wait);
  };
  return { now, later, count };
}
