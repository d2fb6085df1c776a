// An editor in a document without a browser, for tests of what keys and colleagues do to a text.
import type { Editor } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Window } from 'happy-dom';

const window = new Window();
const names = Object.getOwnPropertyNames(window).filter((name) => /^[A-Z]/.test(name) && !(name in globalThis));
Object.assign(globalThis, Object.fromEntries(names.map((name) => [name, (window as unknown as Record<string, unknown>)[name]])));
Object.assign(globalThis, {
  window,
  document: window.document,
  ...('navigator' in globalThis ? {} : { navigator: window.navigator }),
  // What reads the clipboard has to be of the same document.
  DOMParser: window.DOMParser,
  KeyboardEvent: window.KeyboardEvent,
  getSelection: window.getSelection.bind(window),
  getComputedStyle: window.getComputedStyle.bind(window),
  requestAnimationFrame: window.requestAnimationFrame.bind(window),
  cancelAnimationFrame: window.cancelAnimationFrame.bind(window),
});

const { openEditor } = await import('../src/editor');
type Options = Parameters<typeof openEditor>[0];

export interface Block {
  type: string;
  attrs?: Record<string, unknown>;
  content?: object[];
}

export const text = (words: string): object[] => (words === '' ? [] : [{ type: 'text', text: words }]);
export const p = (id: string, words = ''): Block => ({ type: 'paragraph', attrs: { id }, content: text(words) });
export const tree = (...content: object[]): string => JSON.stringify({ type: 'doc', attrs: { version: 1 }, content });

/** An open editor and hands that work in it. */
export class Desk {
  readonly host = document.createElement('div');
  readonly handle: ReturnType<typeof openEditor>;
  readonly editor: Editor;

  constructor(body: string, options: Partial<Options> = {}) {
    document.body.append(this.host);
    const nothing = () => undefined;
    this.handle = openEditor({
      host: this.host,
      body,
      files: '[]',
      editable: true,
      placeholder: '',
      onChange: nothing,
      onTyping: nothing,
      onUpload: () => new Promise(nothing),
      onDropped: nothing,
      onWord: nothing,
      onSave: nothing,
      onStats: nothing,
      onLibrary: nothing,
      onBare: nothing,
      ...options,
    });
    this.editor = (this.host.querySelector('.ProseMirror') as unknown as { editor: Editor }).editor;
  }

  /** Where the text begins: `p(甲|乙)` is a caret in a paragraph. */
  find(words: string): number {
    let found = -1;
    this.editor.state.doc.descendants((node, pos) => {
      const at = node.isText ? (node.text ?? '').indexOf(words) : -1;
      if (at >= 0 && found < 0) found = pos + at;
    });
    if (found < 0) throw new Error(`${words} is not there`);
    return found;
  }

  /** The caret behind the words. */
  caret(words: string): void {
    this.editor.commands.setTextSelection(this.find(words) + words.length);
  }

  /** The text of the block with the caret, which is a bar. */
  at(): string {
    const { $head } = this.editor.state.selection;
    const { parent } = $head;
    const part = (from: number, to: number) => parent.textBetween(from, to, undefined, '\ufffc');
    return `${part(0, $head.parentOffset)}|${part($head.parentOffset, parent.content.size)}`;
  }

  /** Types as a browser lets ProseMirror know of it. */
  type(words: string): void {
    const { view } = this.editor;
    for (const letter of words) {
      const { from, to } = view.state.selection;
      const tr = () => view.state.tr.insertText(letter, from, to);
      const taken = view.someProp('handleTextInput', (handle) => handle(view, from, to, letter, tr));
      if (!taken) view.dispatch(tr());
    }
  }

  /** Whether the editor took the key. */
  press(key: string, more: { ctrlKey?: boolean; shiftKey?: boolean } = {}): boolean {
    const { view } = this.editor;
    const event = new KeyboardEvent('keydown', { key, ...more, bubbles: true, cancelable: true });
    return Boolean(view.someProp('handleKeyDown', (handle) => handle(view, event)));
  }

  /** An input method begins or ends. */
  compose(begins: boolean): void {
    this.editor.view.dom.dispatchEvent(new window.CompositionEvent(begins ? 'compositionstart' : 'compositionend') as unknown as Event);
  }

  get doc(): Node {
    return this.editor.state.doc;
  }

  close(): void {
    this.handle.destroy();
    this.host.remove();
  }
}

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
