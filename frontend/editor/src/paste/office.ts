// What Word and WPS say by style and by signs: headings, lists, notes, comments.
import type { Left } from './left';

const NOTE = '[style*="mso-element:footnote"]:not([style*="footnote-list"]),[style*="mso-element:endnote"]:not([style*="endnote-list"])';
/** The longest note that the tree takes, in characters. */
const LONGEST_NOTE = 1000;

/** Says it in elements of HTML. */
export function office(body: HTMLElement, left: Left) {
  comments(body, left);
  notes(body);
  for (const element of body.querySelectorAll<HTMLElement>('p,div')) {
    const level = levelOf(element);
    if (level) rename(element, `h${Math.min(4, Math.max(2, level + 1))}`);
  }
  lists(body);
  for (const element of body.querySelectorAll('h1,h5,h6')) {
    left.add('heading');
    rename(element, element.tagName === 'H1' ? 'h2' : 'h4');
  }
}

/** The level of a heading that is none by its element: of a paragraph by its outline, or by the name of its style where
 * it is not an entry of a list. */
function levelOf(element: HTMLElement): number {
  const style = element.getAttribute('style') ?? '';
  const outline = /mso-outline-level:(\d)/i.exec(style)?.[1];
  if (outline || /mso-list:/i.test(style)) return Number(outline ?? 0);
  if (/^MsoTitle\b/i.test(element.className)) return 1;
  return Number(/^MsoHeading(\d)/i.exec(element.className)?.[1] ?? 0);
}

/** What was commented on stays, the comments go. */
function comments(body: HTMLElement, left: Left) {
  const said = body.querySelectorAll('[style*="mso-element:comment"]');
  const list = [...said].filter((element) => !element.parentElement?.closest('[style*="mso-element:comment"]'));
  left.add('comment', body.querySelectorAll('[style*="mso-special-character:comment"],.msocomanchor').length || list.length);
  [...list, ...body.querySelectorAll('[style*="mso-special-character:comment"],.msocomanchor')].forEach((element) => element.remove());
}

/** A reference to a note is a note where it stands; the list at the end goes. One that is too long stays there. */
function notes(body: HTMLElement) {
  for (const link of body.querySelectorAll<HTMLAnchorElement>('a[href*="_ftn"],a[href*="_edn"]')) {
    const id = /#(_(?:ftn|edn)\d+)$/.exec(link.getAttribute('href') ?? '')?.[1];
    const named = id ? body.querySelector(`[name="${id}"]`) : null;
    const holder = named?.closest(NOTE) ?? named?.closest('p,div');
    if (!named || !holder || holder.contains(link)) continue;
    const bare = holder.cloneNode(true) as Element;
    bare.querySelector(`[name="${id}"]`)?.remove();
    const text = one(bare.textContent) || one(holder.textContent).replace(/^\[?\d+\]? ?/, '');
    if (text === '' || [...text].length > LONGEST_NOTE) continue;
    const sup = body.ownerDocument.createElement('sup');
    sup.setAttribute('data-footnote', text);
    (link.closest('sup') ?? link).replaceWith(sup);
    holder.setAttribute('data-note', '');
  }
  body.querySelectorAll('[data-note],[style*="note-list"] hr').forEach((element) => element.remove());
}

const one = (text: string | null): string => (text ?? '').replace(/\s+/g, ' ').trim();

interface Open {
  level: number;
  /** Word's number of the list: two lists that follow each other are two. */
  number: string;
  list: HTMLElement;
}

/** Paragraphs of a list become one. Signs that a list of HTML has not, as 一、 and （一）, stay where they are. */
function lists(body: HTMLElement) {
  let stack: Open[] = [];
  for (const element of [...body.querySelectorAll<HTMLElement>('p,h1,h2,h3,h4,h5,h6,div,table')]) {
    const [, number = '', at = 0, restarted = ''] = /mso-list:(\S+) level(\d+)( lfo\d+)?/i.exec(element.getAttribute('style') ?? '') ?? [];
    const bullet = element.querySelector('[data-bullet],[style*="mso-list:Ignore"],[style*="mso-list:ignore"]');
    const kind = Number(at) > 0 && element.matches('p,div') ? kindOf(one(bullet?.textContent ?? '')) : null;
    if (!kind) {
      if (element.tagName !== 'DIV' || Number(at) > 0) stack = [];
      continue;
    }
    bullet?.remove();
    stack = entry(element, { level: Number(at), number: `${number}${restarted} ${kind.tag}` }, kind, stack);
  }
}

interface Kind {
  tag: 'ol' | 'ul';
  start: number;
}

/** Null where the sign says more than a list can. */
function kindOf(sign: string): Kind | null {
  if (/^[(（〔【]?[第〇零一二三四五六七八九十百]+|^[\u2460-\u24ff\u3220-\u3247\u3280-\u32b0]/u.test(sign)) return null;
  // A letter alone is a bullet in a font of signs.
  if (!/^[(（]?(?:\d+|[A-Za-z]+)(?:[.．、)）]|$)/.test(sign) || /^[A-Za-z]$/.test(sign)) return { tag: 'ul', start: 1 };
  // Of 2.3 it is the third entry in its list.
  return { tag: 'ol', start: Number(/(\d+)\D*$/.exec(sign)?.[1] ?? 1) || 1 };
}

/** Puts one paragraph into its list, which may be a new one; answers what lists are open behind it. */
function entry(element: HTMLElement, { level, number }: { level: number; number: string }, kind: Kind, before: Open[]): Open[] {
  const doc = element.ownerDocument;
  const beside = before.filter(({ list }) => list.closest('td,th') === element.closest('td,th'));
  const open = beside.filter((one) => one.level < level || (one.level === level && one.number === number));
  let top = open[open.length - 1];
  if (!top || top.level < level) {
    const list = doc.createElement(kind.tag);
    if (kind.tag === 'ol' && kind.start > 1) list.setAttribute('start', String(kind.start));
    const item = top?.list.lastElementChild;
    if (item) item.append(list);
    else element.before(list);
    top = { level, number, list };
    open.push(top);
  }
  const item = doc.createElement('li');
  item.append(...element.childNodes);
  top.list.append(item);
  element.remove();
  return open;
}

export function rename(element: Element, tag: string): HTMLElement {
  const fresh = element.ownerDocument.createElement(tag);
  for (const attribute of [...element.attributes]) fresh.setAttribute(attribute.name, attribute.value);
  fresh.append(...element.childNodes);
  element.replaceWith(fresh);
  return fresh;
}
