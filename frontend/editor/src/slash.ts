// The menu behind `/`: found by Chinese, by the initials of pinyin, and by hand.
import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { actions } from './actions';
import type { Picked } from './pick';
import { type SlashItem, slashItems, words } from './words';

interface Settings {
  /** Asks for a file. */
  pick: (kind: Picked) => void;
}

/** What is typed behind the sign, where the menu may be open: at the start of a block or behind a space. */
function query(view: EditorView): { text: string; from: number; to: number } | null {
  const { selection } = view.state;
  const { $from, empty } = selection;
  if (!empty || !$from.parent.isTextblock) return null;
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 20), $from.parentOffset, undefined, '\ufffc');
  const found = /(?:^|\s)([/、])([\p{L}\d]*)$/u.exec(before);
  if (!found || (found[1] === '、' && before.length !== found[0].length)) return null;
  const typed = (found[1] ?? '') + (found[2] ?? '');
  return { text: (found[2] ?? '').toLowerCase(), from: $from.pos - typed.length, to: $from.pos };
}

const matching = (text: string): SlashItem[] =>
  slashItems.filter(({ title, keys }) => text === '' || title.includes(text) || keys.some((key) => key.startsWith(text)));

export const Slash = Extension.create<Settings>({
  name: 'slash',
  addOptions: () => ({ pick: () => undefined }),
  addProseMirrorPlugins() {
    const { editor, options } = this;
    const menu = document.createElement('ul');
    menu.className = 'ed-slash';
    menu.setAttribute('role', 'listbox');
    menu.setAttribute('aria-label', words.slash);
    menu.hidden = true;
    let items: SlashItem[] = [];
    let at = 0;
    let dismissed = -1;
    const close = () => {
      menu.hidden = true;
    };
    const choose = (item: SlashItem) => {
      const found = query(editor.view);
      close();
      if (found) editor.chain().focus().deleteRange({ from: found.from, to: found.to }).run();
      if (item.action === 'picture' || item.action === 'file') options.pick(item.action);
      else actions[item.action]?.(editor);
    };
    const draw = () => {
      menu.replaceChildren(
        ...items.map((item, n) => {
          const line = document.createElement('li');
          line.setAttribute('role', 'option');
          line.setAttribute('aria-selected', String(n === at));
          line.textContent = item.title;
          line.addEventListener('mousedown', (event) => {
            event.preventDefault();
            choose(item);
          });
          return line;
        }),
      );
      menu.children[at]?.scrollIntoView({ block: 'nearest' });
    };
    return [
      new Plugin({
        view: (opened) => {
          opened.dom.parentElement?.append(menu);
          return {
            update: (view, before) => {
              // A word that is being composed is nobody's command yet.
              if (view.composing || before.doc.eq(view.state.doc) === false && view.composing) return;
              const found = view.editable && view.hasFocus() ? query(view) : null;
              if (!found || found.from === dismissed) {
                if (!found) dismissed = -1;
                close();
                return;
              }
              const next = matching(found.text);
              if (next.length === 0) {
                close();
                return;
              }
              if (menu.hidden || next.length !== items.length) at = 0;
              items = next;
              const place = view.coordsAtPos(found.from);
              const holder = (menu.offsetParent ?? document.body).getBoundingClientRect();
              menu.style.left = `${place.left - holder.left}px`;
              menu.style.top = `${place.bottom - holder.top + 4}px`;
              menu.hidden = false;
              draw();
            },
            destroy: () => menu.remove(),
          };
        },
        props: {
          handleKeyDown: (view, event) => {
            if (menu.hidden || view.composing || event.isComposing) return false;
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
              at = (at + (event.key === 'ArrowDown' ? 1 : -1) + items.length) % items.length;
              draw();
              return true;
            }
            const item = items[at];
            if ((event.key === 'Enter' || event.key === 'Tab') && item) {
              choose(item);
              return true;
            }
            if (event.key === 'Escape') {
              dismissed = query(view)?.from ?? -1;
              close();
              return true;
            }
            return false;
          },
        },
      }),
    ];
  },
});
