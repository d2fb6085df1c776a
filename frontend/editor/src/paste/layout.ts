// The blocks of a paste as the tree has them: no block in a paragraph, no text outside of one, nothing that is empty.
import type { Left } from './left';
import { rename } from './office';
import { trim } from './spaces';

/** Blocks of HTML that end a line. */
export const BLOCKS = 'p,h1,h2,h3,h4,h5,h6,ul,ol,li,blockquote,table,figure,hr,pre,div,section,article,header,footer,main,aside,dl,dt,dd,address';
/** Deeper than this nothing is nested: the tree takes 12 blocks within each other. */
const DEEPEST = 9;

/** Lays out what stands in an element. */
export function layOut(body: Element, left: Left): Element {
  const out = body.ownerDocument.createElement('div');
  blocks(body, out, 0, left);
  tidy(out);
  return out;
}

function blocks(from: Element, to: Element, depth: number, left: Left) {
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
    block(element, to, depth, left);
  }
}

function holdsBlock(element: Element): boolean {
  return element.matches(`${BLOCKS},img,td,th,tr,tbody,thead,tfoot,caption`) || element.querySelector(`${BLOCKS},img`) !== null;
}

function block(element: HTMLElement, to: Element, depth: number, left: Left) {
  const doc = to.ownerDocument;
  const tag = element.tagName.toLowerCase();
  const make = (name: string) => {
    const made = doc.createElement(name);
    to.append(made);
    return made;
  };
  if (depth > DEEPEST) {
    left.add('deep');
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
  } else if (/^h[234]$/.test(tag)) {
    // A picture in a heading stands above or below it, and the words are still a heading.
    const parts = doc.createElement('div');
    blocks(element, parts, depth, left);
    parts.querySelectorAll(':scope > p').forEach((line) => rename(line, tag));
    to.append(...parts.childNodes);
  } else if (tag === 'ul' || tag === 'ol') {
    list(element, make(tag), depth, left);
  } else if (tag === 'blockquote') {
    blocks(element, make('blockquote'), depth + 1, left);
  } else if (tag === 'table') {
    table(element as HTMLTableElement, to, depth, left);
  } else {
    blocks(element, to, depth, left);
  }
}

function list(element: Element, to: Element, depth: number, left: Left) {
  const start = element.getAttribute('start');
  if (start) to.setAttribute('start', start);
  for (const child of [...element.childNodes]) {
    const isItem = child instanceof Element && child.tagName === 'LI';
    const isList = child instanceof Element && /^[OU]L$/.test(child.tagName);
    if (!isItem && !isList && !child.textContent?.trim()) continue;
    const last = to.lastElementChild;
    const item = isList && last ? last : to.ownerDocument.createElement('li');
    if (item !== last) to.append(item);
    if (isItem) blocks(child as Element, item, depth + 1, left);
    else {
      const holder = to.ownerDocument.createElement('div');
      holder.append(child);
      blocks(holder, item, depth + 1, left);
    }
  }
}

/** A table of one cell is a frame around text, which is what newsletters and WeChat make of it. */
function table(element: HTMLTableElement, to: Element, depth: number, left: Left) {
  const rows = [...element.querySelectorAll('tr')].filter((row) => row.closest('table') === element);
  const cellsOf = (row: Element) => [...row.children].filter((cell) => /^T[DH]$/.test(cell.tagName));
  const cells = rows.flatMap(cellsOf);
  for (const caption of element.querySelectorAll(':scope > caption')) blocks(caption, to, depth, left);
  const [only] = cells;
  if (cells.length <= 1) {
    if (only) blocks(only, to, depth, left);
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
      blocks(cell, fresh, depth + 1, left);
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
  for (const mark of [...out.querySelectorAll('a,b,strong,i,em,u,s,strike,sub,sup:not([data-footnote]),code')].reverse()) {
    if (!mark.hasChildNodes()) mark.remove();
  }
  out.querySelectorAll('li,blockquote').forEach((holder) => {
    if (!holder.hasChildNodes()) holder.remove();
  });
  out.querySelectorAll('ul,ol').forEach((list) => {
    if (!list.hasChildNodes()) list.remove();
  });
  out.querySelectorAll('[data-align]').forEach((element) => element.removeAttribute('data-align'));
}
