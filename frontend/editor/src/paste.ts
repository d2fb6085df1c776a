// What comes from the clipboard: Word, WPS, WeChat and web pages dress text in ways that nobody asked for. What the
// document tree can hold stays, what it cannot is counted and told.
import { isSafe, understood } from './document/href';
import type { Dropped } from './document/types';
import { dropped as what } from './words';

/** Blocks of HTML that end a line. */
const BLOCKS = 'p,h1,h2,h3,h4,h5,h6,ul,ol,li,blockquote,table,figure,hr,pre,div,section,article,header,footer,main,aside,dl,dt,dd,address';
/** What is never taken in, with what it is called. */
const GONE: [string, keyof typeof what][] = [
  ['script,noscript,template', 'script'],
  ['iframe,frame,object,embed,applet', 'frame'],
  ['form > input,button,select,textarea,input', 'form'],
  ['svg,math,canvas', 'drawing'],
  ['audio,video,source,track', 'media'],
  ['del', 'revision'],
];
/** Deeper than this nothing is nested: the tree takes 12 blocks within each other. */
const DEEPEST = 9;
/** Larger than this is taken as plain text, in characters. */
const LARGEST = 4_000_000;

/** A cleaned paste: what goes in, pictures that have to be fetched, and what was left out. */
export interface Cleaned {
  html: string;
  dropped: Dropped[];
}

class Count {
  private readonly counts = new Map<string, number>();

  add(kind: keyof typeof what, count = 1) {
    if (count > 0) this.counts.set(what[kind], (this.counts.get(what[kind]) ?? 0) + count);
  }

  list(): Dropped[] {
    return [...this.counts].map(([name, count]) => ({ what: name, count }));
  }
}

/** Pictures that stand in the HTML itself make it large and slow to read: they are set aside and named by number. */
export function lightened(html: string): { html: string; pictures: string[] } {
  const pictures: string[] = [];
  const light = html.replace(/src\s*=\s*(["'])(data:image\/[^"']+)\1/gi, (_all, _quote, source: string) => `src="#picture-${pictures.push(source) - 1}"`);
  return { html: light, pictures };
}

/** Cleans a piece of HTML; nothing comes back of one that is too large. */
export function clean(html: string): Cleaned {
  const count = new Count();
  const fragment = html.length > LARGEST ? '' : between(html);
  const doc = new DOMParser().parseFromString(withoutConditions(fragment), 'text/html');
  const { body } = doc;
  remove(body, count);
  words(body, count);
  for (const element of [...body.querySelectorAll<HTMLElement>('*')].reverse()) {
    if (element.isConnected) undress(element, count);
  }
  texts(body);
  const out = doc.createElement('div');
  blocks(body, out, 0, count);
  tidy(out);
  return { html: out.innerHTML, dropped: count.list() };
}

/** Applications mark what was chosen. */
function between(html: string): string {
  const start = html.indexOf('<!--StartFragment-->');
  const end = html.lastIndexOf('<!--EndFragment-->');
  return start >= 0 && end > start ? html.slice(start + 20, end) : html;
}

/** Word's conditional comments, of which browsers show one half; handlers of events, which a policy would report even
 * where nothing runs them. */
function withoutConditions(html: string): string {
  const unbound = (tag: string) => tag.replace(/[\s"'/]on[a-z]+(?=\s*=)/gi, ' data-handler');
  const bare = html.replace(/<[a-z][^>]*>/gi, unbound);
  return bare.replace(/<!\[if !supportLists\]>/gi, '<span data-bullet>').replace(/<!\[endif\]>/gi, '</span>');
}

function remove(body: HTMLElement, count: Count) {
  for (const [selector, kind] of GONE) {
    const found = body.querySelectorAll(selector);
    count.add(kind, found.length);
    found.forEach((element) => element.remove());
  }
  count.add('script', body.querySelectorAll('[data-handler]').length);
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const comments: Node[] = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  comments.forEach((comment) => comment.parentNode?.removeChild(comment));
  body.querySelectorAll('style,link,meta,title,base,o\\:p:empty,xml').forEach((element) => element.remove());
  for (const element of body.querySelectorAll<HTMLElement>('[style],[hidden]')) {
    const style = element.getAttribute('style') ?? '';
    if (element.hidden || /display:\s*none|mso-hide:\s*all|visibility:\s*hidden/i.test(style)) {
      if (element.textContent?.trim()) count.add('hidden');
      element.remove();
    }
  }
  const notes = body.querySelectorAll('[style*="mso-element:comment"], [style*="mso-comment"]');
  count.add('comment', notes.length);
  notes.forEach((element) => element.remove());
}

/** What Word and WPS say by style: lists, headings, footnotes. */
function words(body: HTMLElement, count: Count) {
  footnotes(body);
  for (const element of body.querySelectorAll<HTMLElement>('p,div')) {
    const style = element.getAttribute('style') ?? '';
    const level = /mso-outline-level:\s*(\d)/i.exec(style)?.[1] ?? /^MsoHeading(\d)|^MsoTitle/i.exec(element.className)?.[1];
    if (level && !/mso-list/i.test(style)) rename(element, `h${Math.min(4, Math.max(2, Number(level) + 1))}`);
  }
  wordLists(body);
  for (const element of body.querySelectorAll('h1,h5,h6')) {
    count.add('heading');
    rename(element, element.tagName === 'H1' ? 'h2' : 'h4');
  }
}

/** A reference to a note is a note where it stands; the list at the end goes. */
function footnotes(body: HTMLElement) {
  for (const link of body.querySelectorAll<HTMLAnchorElement>('a[href*="_ftn"],a[href*="_edn"]')) {
    const id = /#(_(?:ftn|edn)\d+)$/.exec(link.getAttribute('href') ?? '')?.[1];
    const note = id && body.querySelector(`[style*="mso-element:footnote"] [name="${id}"],[name="${id}"]`);
    const holder = note ? (note as Element).closest('div,p') : null;
    if (!id || !holder || holder.contains(link)) continue;
    const text = (holder.textContent ?? '').replace(/^\s*\[?\d+\]?\s*/, '').replace(/\s+/g, ' ').trim();
    const sup = body.ownerDocument.createElement('sup');
    sup.setAttribute('data-footnote', text.slice(0, 1000));
    (link.closest('sup') ?? link).replaceWith(sup);
    holder.setAttribute('data-note', '');
  }
  body.querySelectorAll('[data-note],[style*="mso-element:footnote-list"] hr').forEach((element) => element.remove());
}

/** Paragraphs of a list become one. */
function wordLists(body: HTMLElement) {
  const doc = body.ownerDocument;
  let stack: { level: number; list: HTMLElement }[] = [];
  for (const element of [...body.querySelectorAll<HTMLElement>('p,h2,h3,h4,div,table')]) {
    const style = element.getAttribute('style') ?? '';
    const level = Number(/mso-list:[^;]*level(\d+)/i.exec(style)?.[1] ?? 0);
    if (level === 0 || /mso-list:\s*(none|ignore)/i.test(style)) {
      if (element.tagName !== 'DIV') stack = [];
      continue;
    }
    const bullet = element.querySelector('[data-bullet],[style*="mso-list:Ignore"],[style*="mso-list: Ignore"]');
    const sign = (bullet?.textContent ?? '').trim();
    bullet?.remove();
    const tag = /^[\(（]?[\dA-Za-z一二三四五六七八九十]+[.、)）]/.test(sign) ? 'ol' : 'ul';
    while (stack.length > 0 && (stack[stack.length - 1]?.level ?? 0) > level) stack.pop();
    let top = stack[stack.length - 1];
    if (!top || top.level < level) {
      const list = doc.createElement(tag);
      const item = top?.list.lastElementChild;
      if (item) item.append(list);
      else element.before(list);
      top = { level, list };
      stack.push(top);
    }
    const item = doc.createElement('li');
    item.append(...element.childNodes);
    top.list.append(item);
    element.remove();
  }
}

function rename(element: Element, tag: string): HTMLElement {
  const fresh = element.ownerDocument.createElement(tag);
  for (const attribute of [...element.attributes]) fresh.setAttribute(attribute.name, attribute.value);
  fresh.append(...element.childNodes);
  element.replaceWith(fresh);
  return fresh;
}

/** Takes away what is only dress, and says the rest in elements of our own. */
function undress(element: HTMLElement, count: Count) {
  const style = element.getAttribute('style') ?? '';
  const tag = element.tagName.toLowerCase();
  const marks: string[] = [];
  const weight = /font-weight:\s*([^;]+)/i.exec(style)?.[1]?.trim();
  if (tag === 'span' || tag === 'font') {
    if (weight && (/bold/i.test(weight) || Number(weight) >= 600)) marks.push('strong');
    if (/font-style:\s*(italic|oblique)/i.test(style)) marks.push('em');
    if (/text-decoration[^;]*underline/i.test(style)) marks.push('u');
    if (/text-decoration[^;]*line-through/i.test(style)) marks.push('s');
    if (/vertical-align:\s*super/i.test(style)) marks.push('sup');
    if (/vertical-align:\s*sub/i.test(style)) marks.push('sub');
  }
  if (/(^|;)\s*(color|font-family|font-size|background)/i.test(style) || tag === 'font') count.add('style');
  const align = /text-align:\s*(center|right|justify)/i.exec(style)?.[1] ?? (tag === 'center' ? 'center' : element.getAttribute('align'));
  const kept: Record<string, string> = {};
  for (const name of ['colspan', 'rowspan', 'start', 'data-footnote', 'src', 'alt']) {
    const value = element.getAttribute(name);
    if (value !== null) kept[name] = value;
  }
  const href = element.getAttribute('href');
  for (const attribute of [...element.attributes]) element.removeAttribute(attribute.name);
  for (const [name, value] of Object.entries(kept)) element.setAttribute(name, value);
  if (tag === 'a') {
    const safe = href === null ? null : isSafe(href) ? href : understood(href);
    if (safe) element.setAttribute('href', safe);
    else {
      if (href && !href.startsWith('#')) count.add('badLink');
      unwrap(element);
    }
    return;
  }
  if (align && align !== 'left' && align !== 'justify' && element.matches(BLOCKS)) element.setAttribute('data-align', align.toLowerCase());
  if (tag === 'b' && weight === 'normal') return unwrap(element);
  const inline = ['strong', 'b', 'em', 'i', 'u', 's', 'strike', 'sup', 'sub', 'code', 'br', 'img'];
  if (element.matches(BLOCKS) || element.matches('tbody,thead,tfoot,tr,td,th,caption,figcaption') || inline.includes(tag)) return;
  if (element.matches('center')) {
    rename(element, 'div').setAttribute('data-align', 'center');
    return;
  }
  let inner: Element = element;
  for (const mark of marks) {
    const wrapper = element.ownerDocument.createElement(mark);
    wrapper.append(...inner.childNodes);
    inner.append(wrapper);
    inner = wrapper;
  }
  unwrap(element);
}

function unwrap(element: Element) {
  element.replaceWith(...element.childNodes);
}

/** White space as text has it: no control characters, no line breaks of the source, no padding by full-width spaces. */
function texts(body: HTMLElement) {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const given = node.textContent ?? '';
    // A line of the source that ends between two Chinese characters is no space; one that somebody typed is.
    const lines = given.replace(/([\u2e80-\u9fff\uff00-\uffef])[\t ]*[\r\n][\t\n\r\f ]*(?=[\u2e80-\u9fff\uff00-\uffef])/g, '$1');
    // eslint-disable-next-line no-control-regex
    const plain = lines.replace(/[\t\n\r\f\u00a0 ]+/g, ' ').replace(/[\u0000-\u001f\u007f-\u009f\u200b\ufeff]/g, '');
    if (plain !== given) node.textContent = plain;
  }
}

/** Lays blocks out as the tree has them: no block in a paragraph, no text outside of one. */
function blocks(from: Element, to: Element, depth: number, count: Count) {
  const doc = to.ownerDocument;
  let line: HTMLElement | null = null;
  const align = from.getAttribute('data-align');
  const open = () => {
    if (!line) {
      line = doc.createElement('p');
      if (align) line.style.textAlign = align;
      to.append(line);
    }
    return line;
  };
  for (const child of [...from.childNodes]) {
    if (!(child instanceof Element) && child.nodeType !== 1) {
      if (line || child.textContent?.trim()) open().append(child);
      continue;
    }
    const element = child as HTMLElement;
    if (!holdsBlock(element)) {
      open().append(element);
      continue;
    }
    line = null;
    if (align && !element.hasAttribute('data-align')) element.setAttribute('data-align', align);
    block(element, to, depth, count);
  }
}

function holdsBlock(element: Element): boolean {
  return element.matches(`${BLOCKS},img,td,th,tr,tbody,thead,tfoot,caption`) || element.querySelector(`${BLOCKS},img`) !== null;
}

function block(element: HTMLElement, to: Element, depth: number, count: Count) {
  const doc = to.ownerDocument;
  const tag = element.tagName.toLowerCase();
  const make = (name: string) => {
    const made = doc.createElement(name);
    to.append(made);
    return made;
  };
  if (depth > DEEPEST) {
    count.add('deep');
    make('p').append(element.textContent ?? '');
  } else if (tag === 'img') {
    to.append(element);
  } else if (tag === 'hr') {
    make('hr');
  } else if (/^h[234]$/.test(tag) && !element.querySelector(`${BLOCKS},img`)) {
    const heading = make(tag);
    const align = element.getAttribute('data-align');
    if (align) heading.style.textAlign = align;
    heading.append(...element.childNodes);
  } else if (tag === 'ul' || tag === 'ol') {
    list(element, make(tag), depth, count);
  } else if (tag === 'blockquote') {
    blocks(element, make('blockquote'), depth + 1, count);
  } else if (tag === 'table') {
    table(element as HTMLTableElement, to, depth, count);
  } else {
    blocks(element, to, depth, count);
  }
}

function list(element: Element, to: Element, depth: number, count: Count) {
  const start = element.getAttribute('start');
  if (start) to.setAttribute('start', start);
  for (const child of [...element.childNodes]) {
    const isItem = child instanceof Element && child.tagName === 'LI';
    const isList = child instanceof Element && /^[OU]L$/.test(child.tagName);
    if (!isItem && !isList && !child.textContent?.trim()) continue;
    const last = to.lastElementChild;
    const item = isList && last ? last : to.ownerDocument.createElement('li');
    if (item !== last) to.append(item);
    if (isItem) blocks(child as Element, item, depth + 1, count);
    else {
      const holder = to.ownerDocument.createElement('div');
      holder.append(child);
      blocks(holder, item, depth + 1, count);
    }
  }
}

/** A table of one cell is a frame around text, which is what newsletters and WeChat make of it. */
function table(element: HTMLTableElement, to: Element, depth: number, count: Count) {
  const rows = [...element.querySelectorAll('tr')].filter((row) => row.closest('table') === element);
  const cellsOf = (row: Element) => [...row.children].filter((cell) => /^T[DH]$/.test(cell.tagName));
  const cells = rows.flatMap(cellsOf);
  const [only] = cells;
  if (cells.length <= 1) {
    if (only) blocks(only, to, depth, count);
    return;
  }
  const doc = to.ownerDocument;
  const made = doc.createElement('table');
  for (const row of rows) {
    const tr = doc.createElement('tr');
    for (const cell of cellsOf(row)) {
      const fresh = doc.createElement(cell.tagName);
      for (const name of ['colspan', 'rowspan']) {
        const span = Math.min(1000, Number(cell.getAttribute(name)) || 1);
        if (span > 1) fresh.setAttribute(name, String(span));
      }
      blocks(cell, fresh, depth + 1, count);
      if (!fresh.hasChildNodes()) fresh.append(doc.createElement('p'));
      tr.append(fresh);
    }
    if (tr.hasChildNodes()) made.append(tr);
  }
  to.append(made);
}

/** Old pages make paragraphs of line breaks and wide spaces. */
function split(line: Element) {
  for (const child of [...line.childNodes]) {
    const next = child.nextSibling;
    if (child.nodeName !== 'BR' || next?.nodeType !== 3 || !/^\s*\u3000/.test(next.textContent ?? '')) continue;
    const rest = line.cloneNode(false) as Element;
    while (child.nextSibling) rest.append(child.nextSibling);
    child.remove();
    line.after(rest);
    split(rest);
    return;
  }
}

/** Paragraphs without text go, padding at their edges as well. */
function tidy(out: HTMLElement) {
  out.normalize();
  out.querySelectorAll('p').forEach(split);
  for (const line of out.querySelectorAll('p,h2,h3,h4')) {
    trim(line);
    const kept = line.querySelector('img,sup[data-footnote]') || line.textContent?.trim();
    if (!kept && !line.closest('td,th')) line.remove();
  }
  out.querySelectorAll('li,blockquote').forEach((holder) => {
    if (!holder.hasChildNodes()) holder.remove();
  });
  out.querySelectorAll('ul,ol').forEach((list) => {
    if (!list.hasChildNodes()) list.remove();
  });
  out.querySelectorAll('[data-align]').forEach((element) => element.removeAttribute('data-align'));
}

function trim(line: Element) {
  const padding = /[\s\u00a0\u3000]/;
  for (const [edge, step] of [['firstChild', 'nextSibling'], ['lastChild', 'previousSibling']] as const) {
    let node: ChildNode | null = line[edge];
    while (node) {
      if (node instanceof Element || node.nodeType === 1) {
        const element = node as Element;
        if (element.tagName === 'BR') {
          const next: ChildNode | null = element[step];
          element.remove();
          node = next;
          continue;
        }
        node = element[edge];
        continue;
      }
      const text = node.textContent ?? '';
      const cut = edge === 'firstChild' ? text.search(/[^\s\u00a0\u3000]/) : [...text].reverse().findIndex((c) => !padding.test(c));
      if (cut === 0) break;
      if (cut < 0) {
        const next: ChildNode | null = node[step];
        node.remove();
        node = next;
        continue;
      }
      node.textContent = edge === 'firstChild' ? text.slice(cut) : text.slice(0, text.length - cut);
      break;
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
