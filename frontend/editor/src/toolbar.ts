// The row of buttons above the text, and the panel for finding.
import type { Editor } from '@tiptap/core';
import {
  Code,
  type IconNode,
  ImagePlus,
  Link,
  List,
  ListOrdered,
  Maximize,
  Minus,
  Paperclip,
  Redo2,
  RemoveFormatting,
  Search,
  Strikethrough,
  Subscript,
  Superscript,
  Table,
  TextAlignCenter,
  TextAlignEnd,
  TextAlignJustify,
  TextInitial,
  TextQuote,
  Underline,
  Undo2,
  createElement,
} from 'lucide';
import { actions, isOn } from './actions';
import { findKey } from './find';
import type { Picked } from './pick';
import { words } from './words';

type Name = keyof typeof words;

/** A letter or two where they say more than a picture. */
type Sign = string | IconNode;

const GROUPS: [Name, Sign, string?][][] = [
  [['undo', Undo2, 'Ctrl+Z'], ['redo', Redo2, 'Ctrl+Y']],
  [['heading2', '大', 'Ctrl+Alt+2'], ['heading3', '中', 'Ctrl+Alt+3'], ['heading4', '小', 'Ctrl+Alt+4']],
  [['bold', '粗', 'Ctrl+B'], ['italic', '楷', 'Ctrl+I'], ['underline', Underline, 'Ctrl+U'], ['strike', Strikethrough, 'Ctrl+Shift+X'], ['superscript', Superscript], ['subscript', Subscript], ['code', Code, 'Ctrl+E'], ['clear', RemoveFormatting]],
  [['center', TextAlignCenter], ['right', TextAlignEnd], ['justify', TextAlignJustify], ['indent', TextInitial, 'Tab']],
  [['bulletList', List, 'Ctrl+Shift+8'], ['orderedList', ListOrdered, 'Ctrl+Shift+7'], ['blockquote', TextQuote, 'Ctrl+Shift+9'], ['divider', Minus]],
  [['link', Link, 'Ctrl+K'], ['footnote', '注'], ['picture', ImagePlus], ['file', Paperclip], ['table', Table]],
  [['find', Search, 'Ctrl+F'], ['fullScreen', Maximize]],
];

const TABLE: [Name, string][] = [
  ['rowAbove', '上加行'], ['rowBelow', '下加行'], ['columnLeft', '左加列'], ['columnRight', '右加列'], ['deleteRow', '删行'], ['deleteColumn', '删列'],
  ['mergeCells', '合并'], ['splitCell', '拆分'], ['headerRow', '标题行'], ['deleteTable', '删表'],
];

/** Fills the bar. */
export function toolbar(bar: HTMLElement, editor: Editor, { pick, frame }: { pick: (kind: Picked) => void; frame: HTMLElement }): void {
  bar.className = 'ed-bars';
  const own: Record<string, () => void> = {
    picture: () => pick('picture'),
    file: () => pick('file'),
    find: () => panel.show(),
    fullScreen: () => {
      const full = frame.classList.toggle('ed-full');
      document.body.classList.toggle('ed-has-full', full);
      editor.commands.focus();
    },
  };
  const run = (name: string) => (own[name] ?? (() => actions[name]?.(editor)))();
  const main = row(words.toolbar, GROUPS.map((group) => group.map(([name, sign, keys]) => [name, sign, keys] as const)), run);
  const table = row(words.tableToolbar, [TABLE.map(([name, sign]) => [name, sign] as const)], run);
  table.element.hidden = true;
  const panel = findPanel(editor);
  bar.append(main.element, table.element, panel.element);
  let waiting = false;
  const refresh = () => {
    waiting = false;
    if (editor.isDestroyed || editor.view.composing) return;
    main.press((name) => isOn(editor, name));
    table.element.hidden = !editor.isActive('table');
  };
  editor.on('transaction', () => {
    if (waiting) return;
    waiting = true;
    // Keys come first: buttons follow when there is time.
    window.setTimeout(refresh, 120);
  });
  frame.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f') {
      event.preventDefault();
      panel.show();
    } else if (event.key === 'Escape' && frame.classList.contains('ed-full') && !event.isComposing) {
      own.fullScreen?.();
    }
  });
}

/** Buttons of which one is in the order of Tab, and the arrows go to the others. */
function row(label: string, groups: (readonly [Name, Sign, string?])[][], run: (name: string) => void) {
  const element = document.createElement('div');
  element.className = 'ed-bar';
  element.setAttribute('role', 'toolbar');
  element.setAttribute('aria-label', label);
  const buttons: HTMLButtonElement[] = [];
  for (const group of groups) {
    const holder = document.createElement('span');
    holder.className = 'ed-group';
    for (const [name, sign, keys] of group) {
      const button = document.createElement('button');
      const title = String(words[name]);
      button.type = 'button';
      button.append(typeof sign === 'string' ? sign : createElement(sign, { width: 18, height: 18, 'stroke-width': 1.75, 'aria-hidden': 'true' }));
      button.dataset.action = name;
      button.setAttribute('aria-label', title);
      button.title = keys ? `${title}（${keys}）` : title;
      button.tabIndex = buttons.length === 0 ? 0 : -1;
      // The text keeps its selection.
      button.addEventListener('mousedown', (event) => event.preventDefault());
      button.addEventListener('click', () => run(name));
      buttons.push(button);
      holder.append(button);
    }
    element.append(holder);
  }
  element.addEventListener('keydown', (event) => {
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = buttons[(to + buttons.length) % buttons.length];
    buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
    next?.focus();
  });
  const press = (isDown: (name: string) => boolean) => {
    for (const button of buttons) button.setAttribute('aria-pressed', String(isDown(button.dataset.action ?? '')));
  };
  return { element, press };
}

function findPanel(editor: Editor) {
  const element = document.createElement('div');
  element.className = 'ed-find';
  element.hidden = true;
  element.setAttribute('role', 'search');
  const field = (label: string) => {
    const input = document.createElement('input');
    input.type = 'text';
    input.placeholder = label;
    input.setAttribute('aria-label', label);
    element.append(input);
    return input;
  };
  const wanted = field(words.findWhat);
  const instead = field(words.replaceBy);
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  const state = () => findKey.getState(editor.state) ?? { text: '', at: 0, ranges: [] };
  const look = (text: string, at: number) => {
    editor.view.dispatch(editor.state.tr.setMeta(findKey, { text, at }).setMeta('addToHistory', false));
    const { ranges, at: here } = state();
    said.textContent = text === '' ? '' : ranges.length === 0 ? words.noMatch : words.matches(here + 1, ranges.length);
    editor.view.dom.querySelector('.ed-found-at')?.scrollIntoView({ block: 'center' });
  };
  const step = (by: number) => {
    const { text, at, ranges } = state();
    if (ranges.length > 0) look(text, (at + by + ranges.length) % ranges.length);
  };
  const put = (all: boolean) => {
    const { text, at, ranges } = state();
    const chosen = all ? ranges : ranges.slice(at, at + 1);
    if (chosen.length === 0) return;
    const { tr } = editor.state;
    for (const { from, to } of [...chosen].reverse()) tr.insertText(instead.value, from, to);
    editor.view.dispatch(tr);
    look(text, at);
    if (all) said.textContent = words.replaced(chosen.length);
  };
  const button = (label: string, work: () => void) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = label;
    made.addEventListener('click', work);
    element.append(made);
  };
  const hide = () => {
    element.hidden = true;
    look('', 0);
    editor.commands.focus();
  };
  button(words.previous, () => step(-1));
  button(words.next, () => step(1));
  button(words.replace, () => put(false));
  button(words.replaceAll, () => put(true));
  button(words.close, hide);
  element.append(said);
  wanted.addEventListener('input', (event) => {
    if (!(event as InputEvent).isComposing) look(wanted.value, 0);
  });
  wanted.addEventListener('compositionend', () => look(wanted.value, 0));
  element.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') hide();
    if (event.key === 'Enter' && event.target === wanted) {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    }
    event.stopPropagation();
  });
  const show = () => {
    element.hidden = false;
    const { from, to } = editor.state.selection;
    const chosen = editor.state.doc.textBetween(from, to, ' ');
    if (chosen && chosen.length < 60) wanted.value = chosen;
    look(wanted.value, 0);
    wanted.select();
  };
  return { element, show };
}
