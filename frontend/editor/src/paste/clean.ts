// What comes from the clipboard: Word, WPS, WeChat and web pages dress text in ways that nobody asked for. What the
// document tree can hold stays, what it cannot is counted and told.
import type { Dropped } from '../document/types';
import type { dropped as what } from '../words';
import { undress } from './dress';
import { layOut } from './layout';
import { Left } from './left';
import { office } from './office';
import { breaks, spaces } from './spaces';

/** What is never taken in, with what it is called. */
const GONE: [string, keyof typeof what][] = [
  ['script,noscript,template', 'script'],
  ['iframe,frame,object,embed,applet', 'frame'],
  ['button,select,textarea,input', 'form'],
  ['svg,math,canvas', 'drawing'],
  ['audio,video,source,track', 'media'],
  ['del', 'revision'],
];
/** Larger than this is taken as plain text, in characters. */
const LARGEST = 4_000_000;

/** A cleaned paste: what goes in, pictures that have to be fetched, and what was left out. */
export interface Cleaned {
  html: string;
  dropped: Dropped[];
}

/** Pictures that stand in the HTML itself make it large and slow to read: they are set aside and named by number. */
export function lightened(html: string): { html: string; pictures: string[] } {
  const pictures: string[] = [];
  const light = html.replace(/src\s*=\s*(["'])(data:image\/[^"']+)\1/gi, (_all, _quote, source: string) => `src="#picture-${pictures.push(source) - 1}"`);
  return { html: light, pictures };
}

/** Cleans a piece of HTML; nothing comes back of one that is too large. */
export function clean(html: string): Cleaned {
  const left = new Left();
  const fragment = html.length > LARGEST ? '' : between(html);
  const { body } = new DOMParser().parseFromString(withoutConditions(fragment), 'text/html');
  evenStyles(body);
  remove(body, left);
  office(body, left);
  breaks(body);
  undress(body, left);
  spaces(body);
  return { html: layOut(body, left).innerHTML, dropped: left.list() };
}

/** Applications mark what was chosen; Excel does so within a table. */
function between(html: string): string {
  const start = html.indexOf('<!--StartFragment-->');
  const end = html.lastIndexOf('<!--EndFragment-->');
  const chosen = start >= 0 && end > start ? html.slice(start + 20, end) : html;
  return /^\s*<(?:col|colgroup|tbody|thead|tr|td|th)\b/i.test(chosen) ? `<table>${chosen}</table>` : chosen;
}

/** Word's conditional comments, of which browsers show one half; handlers of events, which a policy would report even
 * where nothing runs them. */
function withoutConditions(html: string): string {
  const unbound = (tag: string) => tag.replace(/[\s"'/]on[a-z]+(?=\s*=)/gi, ' data-handler');
  const bare = html.replace(/<[a-z][^>]*>/gi, unbound);
  return bare.replace(/<!\[if !supportLists\]>/gi, '<span data-bullet>').replace(/<!\[endif\]>/gi, '</span>');
}

/** Styles are looked through for words, between which applications put spaces and line ends where they like. */
function evenStyles(body: HTMLElement) {
  for (const element of body.querySelectorAll('[style]')) {
    const even = (element.getAttribute('style') ?? '').replace(/\s+/g, ' ').replace(/ ?([:;]) ?/g, '$1');
    element.setAttribute('style', even);
  }
}

function remove(body: HTMLElement, left: Left) {
  for (const [selector, kind] of GONE) {
    const found = body.querySelectorAll(selector);
    left.add(kind, found.length);
    found.forEach((element) => element.remove());
  }
  left.add('script', body.querySelectorAll('[data-handler]').length);
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const comments: Node[] = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  comments.forEach((comment) => comment.parentNode?.removeChild(comment));
  body.querySelectorAll('style,link,meta,title,base,o\\:p:empty,xml').forEach((element) => element.remove());
  for (const element of body.querySelectorAll<HTMLElement>('[style],[hidden]')) {
    const style = element.getAttribute('style') ?? '';
    if (element.hidden || /display:none|mso-hide:all|visibility:hidden/i.test(style)) {
      if (element.textContent?.trim()) left.add('hidden');
      element.remove();
    }
  }
}

/** Text without any form: a paragraph a line. */
export function plain(text: string): string {
  const escape = (line: string) => line.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  // eslint-disable-next-line no-control-regex
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]/g, '').replace(/\t/g, ' '));
  return lines.filter((line) => line.trim() !== '').map((line) => `<p>${escape(line.replace(/^[\s\u3000\u00a0]+|[\s\u3000\u00a0]+$/g, ''))}</p>`).join('');
}
