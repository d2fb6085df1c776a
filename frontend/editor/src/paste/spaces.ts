// White space as text has it: what lays out the source goes, what somebody typed stays.

/** Elements within which a line of text ends. */
const ENDS = 'p,h1,h2,h3,h4,h5,h6,ul,ol,li,blockquote,table,tr,td,th,caption,figure,figcaption,pre,div,section,article,header,footer,main,aside,dl,dt,dd,address,body';
/** Between two of these the end of a line of the source is no space; quotation marks and dashes are of Chinese as well. */
const CHINESE = /[\p{Script=Han}\u3000-\u30ff\uff00-\uffef]/u;
const SHARED = /[\u2014\u2018\u2019\u201c\u201d\u2026\u00b7]/;

/** Where the ends of lines are meant, they are said by elements. */
export function breaks(body: HTMLElement) {
  for (const node of textsOf(body)) {
    const holder = node.parentElement?.closest('pre,[style*="white-space"]');
    const style = holder?.getAttribute('style') ?? '';
    const kept = /white-space:/i.test(style) ? /white-space:(?:pre|break-spaces)/i.test(style) : holder?.tagName === 'PRE';
    const lines = (node.textContent ?? '').split(/\r\n|\n|\r/);
    if (!kept || lines.length === 1 || !lines.some((line) => line.trim())) continue;
    const parts = lines.flatMap((line, at) => (at === 0 ? [line] : [body.ownerDocument.createElement('br'), line]));
    (node as ChildNode).replaceWith(...parts);
  }
}

/** Runs of white space become one space, or none: also where they are spread over elements. */
export function spaces(body: HTMLElement) {
  let line = new Line();
  let holder: Element | null = null;
  for (const node of textsOf(body, true)) {
    const within = node.parentElement?.closest(ENDS) ?? null;
    if (node.nodeType === 1 || within !== holder) line = new Line();
    holder = within;
    if (node.nodeType === 1) continue;
    // eslint-disable-next-line no-control-regex
    const given = (node.textContent ?? '').replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u200b\ufeff]/g, '');
    node.textContent = '';
    for (const [part] of given.matchAll(/[\t\n\v\f\r\u0085\u00a0 ]+|[^\t\n\v\f\r\u0085\u00a0 ]+/g)) {
      if (/^[\t\n\v\f\r\u0085\u00a0 ]/.test(part)) line.pause(node, part.includes('\u00a0') || !/[\r\n]/.test(part));
      else line.write(node, part);
    }
  }
}

/** A line of text as it is read: a space is written when something follows. */
class Line {
  private before = '';
  private open: { node: Node; typed: boolean } | null = null;

  pause(node: Node, typed: boolean) {
    this.open = { node: this.open?.node ?? node, typed: typed || (this.open?.typed ?? false) };
  }

  write(node: Node, part: string) {
    const letters = [...part];
    const next = letters[0] ?? '';
    if (this.open && this.before !== '' && (this.open.typed || !joined(this.before, next))) this.open.node.textContent += ' ';
    this.open = null;
    node.textContent = (node.textContent ?? '') + part;
    this.before = letters.at(-1) ?? '';
  }
}

function joined(before: string, next: string): boolean {
  const [one, other] = [CHINESE.test(before), CHINESE.test(next)];
  return (one || SHARED.test(before)) && (other || SHARED.test(next)) && (one || other);
}

/** Texts in their order, with the elements that stand in a line of their own accord where they are asked for. */
function textsOf(body: HTMLElement, lines = false): Node[] {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const found: Node[] = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === 3 || (lines && /^(BR|IMG|HR)$/.test(node.nodeName))) found.push(node);
  }
  return found;
}

/** Takes the padding off both ends of a line. */
export function trim(line: Element) {
  const padding = /[\s\u00a0\u3000]/;
  for (const [edge, step] of [['firstChild', 'nextSibling'], ['lastChild', 'previousSibling']] as const) {
    let node: ChildNode | null = line[edge];
    while (node) {
      if (node.nodeType === 1) {
        const element = node as unknown as Element;
        const next: ChildNode | null = element[step];
        if (element.tagName === 'BR') element.remove();
        else if (element.matches('img,sup[data-footnote]')) break;
        node = element.tagName === 'BR' ? next : (element[edge] ?? next);
        continue;
      }
      const text = node.textContent ?? '';
      const cut = edge === 'firstChild' ? text.search(/[^\s\u00a0\u3000]/) : [...text].reverse().findIndex((letter) => !padding.test(letter));
      if (cut === 0) break;
      if (cut > 0) {
        node.textContent = edge === 'firstChild' ? text.slice(cut) : text.slice(0, text.length - cut);
        break;
      }
      const next: ChildNode | null = node[step] ?? outside(node, line, step);
      node.remove();
      node = next;
    }
  }
}

/** What stands beside the element that holds a node, within the line. */
function outside(node: ChildNode, line: Element, step: 'nextSibling' | 'previousSibling'): ChildNode | null {
  for (let holder = node.parentElement; holder && holder !== line; holder = holder.parentElement) {
    if (holder[step]) return holder[step];
  }
  return null;
}
