// Dress of text: fonts, colours, classes. What it says of the words themselves is said by elements of our own.
import { isSafe, understood } from '../document/href';
import { BLOCKS } from './layout';
import type { Left } from './left';
import { rename } from './office';

/** Inner elements before outer ones. */
export function undress(body: HTMLElement, left: Left) {
  for (const element of [...body.querySelectorAll<HTMLElement>('*')].reverse()) {
    if (element.isConnected) undressOne(element, left);
  }
  // Links are underlined by whoever shows them.
  for (const line of body.querySelectorAll('u')) {
    const link = line.querySelector('a');
    if (line.closest('a') || (link && link.textContent === line.textContent)) unwrap(line);
  }
}

/** Takes away what is only dress, and says the rest in elements of our own. */
function undressOne(element: HTMLElement, left: Left) {
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
  if (/(^|;)\s*(color|font-family|font-size|background)/i.test(style) || tag === 'font') left.add('style');
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
      if (href && !href.startsWith('#')) left.add('badLink');
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
