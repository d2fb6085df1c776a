// The editor of one text: Tiptap with the schema of the document tree, and nothing that the tree cannot hold.
import { Editor, Extension } from '@tiptap/core';
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list';
import { Dropcursor, Gapcursor, Placeholder, UndoRedo } from '@tiptap/extensions';
import { DOMParser as TreeReader, Fragment, type Node, Slice } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { canonical, readable } from './document/canonical';
import { BlockIds } from './document/ids';
import { Blockquote, Doc, Footnote, HardBreak, Heading, HorizontalRule, Paragraph, Text, attachment, figure, marks, tables, video, type Files } from './document/schema';
import type { Dropped, MediaFile } from './document/types';
import { Find } from './find';
import { clean, plain } from './paste';
import { Slash } from './slash';
import { toolbar } from './toolbar';
import { dropped as what, words } from './words';

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
  /** JSON array of what a paste left out. */
  onDropped: (report: string) => void;
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

/** Lists with ids, which the extensions do not know of. */
const withId = { id: { default: null, rendered: false, parseHTML: () => null } };

export function openEditor(options: Options): EditorHandle {
  const files: Files = new Map((JSON.parse(options.files) as MediaFile[]).map((file) => [file.id, file]));
  const frame = document.createElement('div');
  frame.className = 'ed';
  const bar = document.createElement('div');
  const text = document.createElement('div');
  text.className = 'ed-text article-body';
  frame.append(bar, text);
  options.host.replaceChildren(frame);

  const insert = (file: MediaFile) => {
    files.set(file.id, file);
    const kind = file.width > 0 ? 'figure' : /\.(mp4|webm)$/.test(file.key) ? 'video' : 'attachment';
    const attrs = kind === 'figure' ? { media: file.id, alt: '' } : kind === 'video' ? { media: file.id, title: file.name } : { media: file.id, name: file.name };
    editor.chain().focus().insertContent({ type: kind, attrs }).run();
  };
  const note = (kind: string, count = 1) => options.onDropped(JSON.stringify([{ what: kind, count }]));
  const upload = async (chosen: File[]) => {
    for (const file of chosen) {
      try {
        insert(JSON.parse(await options.onUpload(file)) as MediaFile);
      } catch (reason) {
        note(words.failed(reason instanceof Error ? reason.message : String(reason)));
      }
    }
  };

  const incoming = Extension.create({
    name: 'incoming',
    addProseMirrorPlugins: () => [
      new Plugin({
        props: {
          // Before ProseMirror reads the clipboard itself: it would parse what others wrote.
          handleDOMEvents: { paste: (view, event) => {
            const data = event.clipboardData;
            if (!data || !view.editable) return false;
            const chosen = [...data.files];
            const html = data.getData('text/html');
            // A clipboard that holds both is a picture of what was copied (Word, Excel) or a copied picture.
            if (/data-pm-slice/.test(html)) return false;
            event.preventDefault();
            if (chosen.length > 0 && !html.replace(/<[^>]*>/g, '').trim()) {
              void upload(chosen);
              return true;
            }
            const found = html ? clean(html) : { html: plain(data.getData('text/plain')), dropped: [] };
            void pictures(found.html, found.dropped).then(({ html: ready, dropped: left }) => {
              const slice = read(editor, ready);
              editor.view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView().setMeta('paste', true));
              if (left.length > 0) options.onDropped(JSON.stringify(left));
            });
            return true;
          } },
          handleDrop: (_view, event) => {
            const chosen = [...(event.dataTransfer?.files ?? [])];
            if (chosen.length === 0) return false;
            event.preventDefault();
            void upload(chosen);
            return true;
          },
        },
      }),
    ],
    addKeyboardShortcuts: () => ({
      'Mod-s': () => {
        options.onSave();
        return true;
      },
    }),
  });

  /** Pictures in a paste become media; those that cannot be read are told. */
  const pictures = async (html: string, left: Dropped[]): Promise<{ html: string; dropped: Dropped[] }> => {
    const holder = new DOMParser().parseFromString(html, 'text/html').body;
    const found = [...holder.querySelectorAll('img')];
    if (found.length === 0) return { html, dropped: left };
    const all = [...left];
    for (const [at, img] of found.entries()) {
      const src = img.getAttribute('src') ?? '';
      try {
        const bytes = picture(src);
        const file = JSON.parse(await options.onUpload(new File([bytes], `图片${at + 1}`, { type: bytes.type }))) as MediaFile;
        files.set(file.id, file);
        const place = document.createElement('figure');
        place.dataset.media = String(file.id);
        place.dataset.alt = img.alt;
        place.append(document.createElement('figcaption'));
        img.replaceWith(place);
      } catch (reason) {
        const name = reason instanceof Error ? reason.message : what.picture;
        const known = all.find((one) => one.what === name);
        if (known) known.count += 1;
        else all.push({ what: name, count: 1 });
        img.remove();
      }
    }
    return { html: holder.innerHTML, dropped: all };
  };

  const editor = new Editor({
    element: text,
    editable: options.editable,
    content: readable(options.body),
    enableInputRules: false,
    enablePasteRules: false,
    injectCSS: false,
    editorProps: {
      attributes: { class: 'ed-content', role: 'textbox', 'aria-multiline': 'true', 'aria-label': words.editor, spellcheck: 'false' },
    },
    extensions: [
      Doc,
      Text,
      Paragraph,
      Heading,
      Blockquote,
      HorizontalRule,
      HardBreak,
      BulletList.extend({ addAttributes: () => withId }),
      OrderedList.extend({
        addAttributes: () => ({
          ...withId,
          start: { default: 1, parseHTML: (element: HTMLElement) => Math.max(1, Number(element.getAttribute('start')) || 1) },
        }),
      }),
      ListItem.extend({ content: 'block+' }),
      ListKeymap,
      ...tables,
      figure(files),
      video(files),
      attachment(files),
      Footnote,
      ...marks,
      UndoRedo.configure({ depth: 200, newGroupDelay: 600 }),
      Dropcursor,
      Gapcursor,
      Placeholder.configure({ placeholder: options.placeholder }),
      BlockIds,
      Find,
      Slash.configure({ pick: () => pick() }),
      incoming,
    ],
  });

  const pick = () => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.addEventListener('change', () => void upload([...(input.files ?? [])]));
    input.click();
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
    insertFile: (file) => insert(JSON.parse(file) as MediaFile),
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

/** The bytes of a picture that stands in the clipboard itself. Other sites do not let theirs be read. */
function picture(src: string): Blob {
  const found = /^data:(image\/[a-z+.-]+);base64,([\s\S]+)$/i.exec(src);
  if (!found) throw new Error(/^https?:/i.test(src) ? what.remotePicture : /^file:/i.test(src) ? what.localPicture : what.picture);
  const bytes = Uint8Array.from(atob((found[2] ?? '').replace(/\s/g, '')), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: found[1] ?? '' });
}

/** A piece of HTML as the schema reads it. */
function read(editor: Editor, html: string): Slice {
  const holder = document.createElement('div');
  holder.innerHTML = html;
  const doc = TreeReader.fromSchema(editor.schema).parse(holder);
  const { content } = doc;
  const open = (node: Node | null) => (node?.type.name === 'paragraph' ? 1 : 0);
  return new Slice(Fragment.from(content), open(content.firstChild), content.childCount === 1 ? open(content.lastChild) : 0);
}

/** Block by block: what is the same stays as it is, with the caret, the scroll and the history of undoing. */
function apply(editor: Editor, json: string): boolean {
  if (editor.view.composing) return false;
  const next = editor.schema.nodeFromJSON(readable(json));
  const { doc } = editor.state;
  const tr = editor.state.tr.setMeta('addToHistory', false);
  const same = (one: Node, other: Node) => one.eq(other);
  const key = (node: Node): unknown => node.attrs.id;
  let head = 0;
  while (head < doc.childCount && head < next.childCount && same(doc.child(head), next.child(head))) head += 1;
  let tail = 0;
  while (tail < doc.childCount - head && tail < next.childCount - head && same(doc.child(doc.childCount - 1 - tail), next.child(next.childCount - 1 - tail))) tail += 1;
  const before = Array.from({ length: doc.childCount - head - tail }, (_, at) => doc.child(head + at));
  const after = Array.from({ length: next.childCount - head - tail }, (_, at) => next.child(head + at));
  if (before.length === 0 && after.length === 0) return true;
  let pos = 0;
  for (let at = 0; at < head; at += 1) pos += doc.child(at).nodeSize;
  const aligned = before.length === after.length && before.every((node, at) => key(node) === key(after[at] as Node));
  if (aligned) {
    // The same blocks in the same order: each that differs is replaced by itself.
    for (const [at, node] of before.entries()) {
      const fresh = after[at] as Node;
      if (!same(node, fresh)) replaceBlock(tr, pos, node, fresh);
      pos += fresh.nodeSize;
    }
  } else {
    const end = pos + before.reduce((sum, node) => sum + node.nodeSize, 0);
    tr.replaceWith(pos, end, after);
  }
  editor.view.dispatch(tr);
  return true;
}

/** Within a block of text only what differs is touched, so that a caret beside it stays. */
function replaceBlock(tr: Editor['state']['tr'], pos: number, node: Node, fresh: Node) {
  if (!node.isTextblock || node.type !== fresh.type) {
    tr.replaceWith(pos, pos + node.nodeSize, fresh);
    return;
  }
  if (!node.sameMarkup(fresh)) tr.setNodeMarkup(pos, undefined, fresh.attrs);
  const start = node.content.findDiffStart(fresh.content);
  const end = node.content.findDiffEnd(fresh.content);
  if (start === null || !end) return;
  let { a, b } = end;
  const overlap = start - Math.min(a, b);
  if (overlap > 0) {
    a += overlap;
    b += overlap;
  }
  tr.replace(pos + 1 + start, pos + 1 + a, fresh.slice(start, b));
}
