// What comes from outside: pastes, dropped and chosen files. The words of a paste are there at once; a file that is on its
// way has a place in the text that waits for it, so that nothing moves while somebody goes on writing.
import { Editor, Extension, Node as Kind } from '@tiptap/core';
import { DOMParser as TreeReader, Fragment, type Node, Slice } from '@tiptap/pm/model';
import { Plugin, Selection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { canonical, readable } from './document/canonical';
import { deepest } from './document/depth';
import { newId } from './document/ids';
import { limits, shortened } from './document/rules';
import type { Files } from './document/schema';
import type { Dropped, MediaFile } from './document/types';
import { clean, lightened, plain } from './paste/clean';
import { type WordText, word } from './upload';
import { dropped as what, notInText, words } from './words';

const NAME = 'uploading';
/** While a word is being composed, a file that has come waits so long before it looks again, in milliseconds. */
const COMPOSING = 120;

/** The place of a file that is on its way. It is not part of the tree: what is saved in the meantime is without it. */
export const Uploading = Kind.create({
  name: NAME,
  group: 'block',
  atom: true,
  addAttributes: () => ({
    token: { default: '', rendered: false, parseHTML: (element: HTMLElement) => element.getAttribute('data-uploading') ?? '' },
    name: { default: '', rendered: false, parseHTML: (element: HTMLElement) => element.getAttribute('data-name') ?? '' },
    alt: { default: '', rendered: false, parseHTML: (element: HTMLElement) => element.getAttribute('data-alt') ?? '' },
  }),
  parseHTML: () => [{ tag: 'p[data-uploading]', priority: 60 }],
  renderHTML: ({ node }) => ['p', { class: 'ed-uploading', 'data-uploading': node.attrs.token }, `${words.uploading} ${node.attrs.name}`],
});

export interface Incoming {
  files: Files;
  onUpload: (file: File) => Promise<string>;
  onBare: (name: string) => void;
  onDropped: (report: string) => void;
  /** JSON of [`WordTold`]: a Word file was read, or is one that cannot be. */
  onWord: (told: string) => void;
}

/** What the page is told of a Word file that was dropped. */
interface WordTold {
  name: string;
  /** What it was read without; nothing where it is an old one, which stands in the text as a file. */
  left?: Dropped[];
  title?: string;
  subtitle?: string;
}

/** Files of Word that are text here, and those that would have to be saved as one first. */
const WORD = /\.docx$/i;
const OLD_WORD = /\.(doc|wps|wpt|rtf|odt)$/i;

/** Takes in what comes to one editor. */
export class Receiver {
  constructor(
    private readonly editor: () => Editor,
    private readonly options: Incoming,
  ) {}

  private tell(left: Dropped[]) {
    if (left.length > 0) this.options.onDropped(JSON.stringify(left));
  }

  /** Files at the caret or at a place in the text. */
  upload(chosen: File[], at?: number) {
    const { view, schema, state } = this.editor();
    const waiting = chosen.map((file) => ({ file, token: newId() }));
    const places = waiting.map(({ file, token }) => schema.node(NAME, { token, name: file.name }));
    if (at === undefined) {
      this.editor().chain().focus().insertContent(places.map((node) => node.toJSON() as object)).run();
    } else {
      const { tr } = state;
      const end = state.doc.resolve(Math.min(at, state.doc.content.size));
      tr.insert(end.depth === 0 ? end.pos : end.after(1), places);
      view.dispatch(tr);
    }
    void this.send(waiting);
  }

  private async send(waiting: { file: File; token: string }[]) {
    for (const { file, token } of waiting) {
      try {
        const sent = JSON.parse(await this.options.onUpload(file)) as MediaFile;
        this.options.files.set(sent.id, sent);
        this.settle(token, (alt) => {
          const fresh = this.node(sent, alt);
          this.askForAlt(sent, fresh);
          return Fragment.from(fresh);
        });
      } catch (reason) {
        this.settle(token, null);
        this.tell([{ what: words.failed(reason instanceof Error ? reason.message : String(reason)), count: 1 }]);
      }
    }
  }

  /** Word files at a place in the text: their words become text. */
  async readWord(chosen: File[], at?: number) {
    for (const file of chosen) {
      const { view, schema, state } = this.editor();
      const token = newId();
      const end = state.doc.resolve(Math.min(at ?? state.doc.content.size, state.doc.content.size));
      const place = schema.node(NAME, { token, name: file.name });
      view.dispatch(state.tr.setMeta('addToHistory', false).insert(end.depth === 0 ? end.pos : end.after(1), place));
      try {
        const read = await word(file);
        const text = this.ofWord(read);
        this.settle(token, text && (() => text), true);
        if (text) this.options.onWord(JSON.stringify({ name: file.name, ...toldOf(read) } satisfies WordTold));
      } catch (reason) {
        this.settle(token, null);
        this.tell([{ what: words.failed(reason instanceof Error ? reason.message : String(reason)), count: 1 }]);
      }
    }
  }

  /** The text of a Word file as nodes; nothing, and it is said, where it would be more than an article holds. */
  private ofWord({ body, files }: WordText): Fragment | null {
    for (const file of files) this.options.files.set(file.id, file);
    const { schema, state } = this.editor();
    // The file's own names of blocks may be those of blocks that stand here.
    const { content } = schema.nodeFromJSON(readable(JSON.stringify(body, (key, value: unknown) => (key === 'id' ? newId() : value))));
    const bytes = (text: string) => new Blob([text]).size;
    if (bytes(canonical(state.doc)) + bytes(JSON.stringify(body)) <= limits.largest) return content;
    this.tell([{ what: what.tooLarge, count: 1 }]);
    return null;
  }

  /** Puts what has come into its place, or takes the place away; never into a word that is being composed. */
  private settle(token: string, come: ((alt: string) => Fragment) | null, undoable = false) {
    const editor = this.editor();
    if (editor.isDestroyed) return;
    const { view } = editor;
    if (view.composing) {
      // Asked again and again: a composition that its own block did not survive ends without an event.
      window.setTimeout(() => this.settle(token, come, undoable), COMPOSING);
      return;
    }
    let place: { pos: number; node: Node } | null = null;
    editor.state.doc.descendants((node, pos) => {
      if (node.type.name === NAME && node.attrs.token === token) place = { pos, node };
      return place === null;
    });
    const { tr } = editor.state;
    if (!undoable) tr.setMeta('addToHistory', false);
    const found = place as { pos: number; node: Node } | null;
    const fresh = come?.(String(found?.node.attrs.alt ?? ''));
    if (found && fresh) tr.replaceWith(begun(tr.doc, found.pos), found.pos + found.node.nodeSize, fresh);
    else if (found) tr.delete(found.pos, found.pos + found.node.nodeSize);
    // The place was deleted, or went with a block that a colleague changed: the file is not lost, it stands at the end.
    else if (fresh && !empty(view.state.doc)) tr.insert(tr.doc.content.size, fresh);
    view.dispatch(tr);
  }

  /** Nobody is held up: the field below the picture is marked, and it is said once. */
  private askForAlt(file: MediaFile, node: Node) {
    if (node.attrs.alt === '') this.options.onBare(file.name);
  }

  private node(file: MediaFile, alt: string): Node {
    const { schema } = this.editor();
    const id = newId();
    if (file.width > 0) return schema.node('figure', { id, media: file.id, alt: shortened(alt || (file.alt ?? ''), limits.alt) });
    if (/\.(mp4|webm)$/.test(file.key)) return schema.node('video', { id, media: file.id, title: shortened(file.name, limits.title) });
    return schema.node('attachment', { id, media: file.id, name: shortened(file.name, limits.name) });
  }

  /** A file that is in the media store already. */
  insert(file: MediaFile) {
    this.options.files.set(file.id, file);
    const node = this.node(file, '');
    this.editor().chain().focus().insertContent(node.toJSON() as object).run();
    this.askForAlt(file, node);
  }

  /** Takes a paste in; answers whether it was taken. */
  paste(data: DataTransfer): boolean {
    const chosen = [...data.files];
    const given = data.getData('text/html');
    // A clipboard that holds both is a picture of what was copied (Word, Excel) or a copied picture.
    if (chosen.length > 0 && !given.replace(/<[^>]*>/g, '').trim()) {
      this.upload(chosen);
      return true;
    }
    const { html, pictures } = lightened(given);
    const found = html ? clean(html) : { html: plain(data.getData('text/plain')), dropped: [] };
    if (found.html === '' && html) found.html = plain(data.getData('text/plain'));
    const { ready, waiting } = this.places(found.html, found.dropped, pictures);
    const { view, state } = this.editor();
    let slice = read(this.editor(), ready);
    if (deepest(state.tr.replaceSelection(slice).doc) > limits.deepest) {
      slice = read(this.editor(), plain(data.getData('text/plain') || slice.content.textBetween(0, slice.content.size, '\n')));
      found.dropped.push({ what: what.deep, count: 1 });
    }
    const bytes = (text: string) => new Blob([text]).size;
    if (bytes(canonical(state.doc)) + bytes(JSON.stringify(slice.toJSON() ?? '')) > limits.largest) {
      this.tell([{ what: what.tooLarge, count: 1 }]);
      return true;
    }
    view.dispatch(state.tr.replaceSelection(slice).scrollIntoView().setMeta('paste', true));
    this.tell(found.dropped);
    void this.send(waiting);
    return true;
  }

  /** Pictures of a paste get places that wait for them; those that cannot be read are told. */
  private places(html: string, left: Dropped[], pictures: string[]) {
    const holder = new DOMParser().parseFromString(html, 'text/html').body;
    const waiting: { file: File; token: string }[] = [];
    for (const [at, img] of [...holder.querySelectorAll('img')].entries()) {
      try {
        const bytes = picture(img.getAttribute('src') ?? '', pictures);
        const [token, name] = [newId(), `${words.picture}${at + 1}`];
        waiting.push({ file: new File([bytes], name, { type: bytes.type }), token });
        const place = document.createElement('p');
        Object.assign(place.dataset, { uploading: token, name, alt: img.alt });
        img.replaceWith(place);
      } catch (reason) {
        const name = reason instanceof Error ? reason.message : what.picture;
        const known = left.find((one) => one.what === name);
        if (known) known.count += 1;
        else left.push({ what: name, count: 1 });
        img.remove();
      }
    }
    return { ready: holder.innerHTML, waiting };
  }

  extension(onSave: () => void) {
    return Extension.create({
      name: 'incoming',
      addProseMirrorPlugins: () => [
        new Plugin({
          props: {
            // Before ProseMirror reads the clipboard itself: it would parse what others wrote.
            handleDOMEvents: {
              paste: (view, event) => {
                const data = event.clipboardData;
                if (!data || !view.editable || /data-pm-slice/.test(data.getData('text/html'))) return false;
                event.preventDefault();
                return this.paste(data);
              },
            },
            // What is dragged within the text is moved by ProseMirror; what comes from elsewhere is cleaned like a paste.
            handleDrop: (view, event, _slice, moved) => {
              const data = event.dataTransfer;
              if (moved || !data || /data-pm-slice/.test(data.getData('text/html'))) return false;
              event.preventDefault();
              const place = dropPlace(view, event);
              const chosen = [...data.files];
              if (chosen.length > 0) {
                const others = chosen.filter((file) => !WORD.test(file.name));
                if (others.length > 0) this.upload(others, place);
                for (const { name } of others.filter((file) => OLD_WORD.test(file.name))) this.options.onWord(JSON.stringify({ name }));
                void this.readWord(chosen.filter((file) => WORD.test(file.name)), place);
                return true;
              }
              const { tr } = view.state;
              if (place !== undefined) view.dispatch(tr.setSelection(Selection.near(tr.doc.resolve(place))));
              return this.paste(data);
            },
          },
        }),
      ],
      addKeyboardShortcuts: () => ({
        'Mod-s': () => {
          onSave();
          return true;
        },
      }),
    });
  }
}

/** Whether a document is one empty paragraph. */
const empty = (doc: Node) => doc.childCount === 1 && doc.firstChild?.type.name === 'paragraph' && doc.firstChild.childCount === 0;

/** Where what comes to a place begins: at the empty paragraph before it, where nothing else stands in the text. */
function begun(doc: Node, pos: number): number {
  const before = doc.resolve(pos).nodeBefore;
  const alone = doc.childCount === 2 && before?.type.name === 'paragraph' && before.childCount === 0;
  return alone ? 0 : pos;
}

const toldOf = ({ title, subtitle, left_out }: WordText) => ({ title, subtitle, left: named(left_out) });

/** What a Word file was read without, by its Chinese names, each once. */
function named(left: Dropped[]): Dropped[] {
  const counts = new Map<string, number>();
  for (const { what, count } of left) {
    const name = notInText[what] ?? notInText.other ?? what;
    counts.set(name, (counts.get(name) ?? 0) + count);
  }
  return [...counts].map(([what, count]) => ({ what, count }));
}

function dropPlace(view: EditorView, event: DragEvent): number | undefined {
  return view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
}

/** The bytes of a picture that stands in the clipboard itself. Other sites do not let theirs be read. */
function picture(src: string, pictures: string[]): Blob {
  const light = /^#picture-(\d+)$/.exec(src);
  const found = /^data:(image\/[a-z+.-]+);base64,([\s\S]+)$/i.exec(light ? (pictures[Number(light[1])] ?? '') : src);
  if (!found) throw new Error(/^https?:/i.test(src) ? what.remotePicture : /^file:/i.test(src) ? what.localPicture : what.picture);
  const bytes = Uint8Array.from(atob((found[2] ?? '').replace(/\s/g, '')), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: found[1] ?? '' });
}

/** A piece of HTML as the schema reads it. */
function read(editor: Editor, html: string): Slice {
  const holder = document.createElement('div');
  holder.innerHTML = html;
  const { content } = TreeReader.fromSchema(editor.schema).parse(holder);
  const open = (node: Node | null) => (node?.type.name === 'paragraph' ? 1 : 0);
  return new Slice(Fragment.from(content), open(content.firstChild), content.childCount === 1 ? open(content.lastChild) : 0);
}
