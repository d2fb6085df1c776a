// The nodes and marks of the document tree, as `content::document` has them: what is not here cannot be written.
import { type Extensions, Mark, Node, mergeAttributes } from '@tiptap/core';
import { ListItem } from '@tiptap/extension-list/item';
import { TableCell } from '@tiptap/extension-table/cell';
import { TableHeader } from '@tiptap/extension-table/header';
import { TableRow } from '@tiptap/extension-table/row';
import { Table } from '@tiptap/extension-table/table';
import { words } from '../words';
import { isSafe } from './href';
import { limits } from './rules';
import type { MediaFile } from './types';

const id = { id: { default: null, rendered: false, parseHTML: () => null } };

const align = {
  textAlign: {
    default: 'left',
    parseHTML: (element: HTMLElement) => {
      const found = element.style.textAlign || element.getAttribute('align') || '';
      return ['center', 'right', 'justify'].includes(found) ? found : 'left';
    },
    renderHTML: ({ textAlign }: { textAlign: string }) =>
      textAlign === 'left' ? {} : { style: `text-align: ${textAlign}`, class: `align-${textAlign}` },
  },
};

const Doc = Node.create({ name: 'doc', topNode: true, content: 'block+' });
const Text = Node.create({ name: 'text', group: 'inline' });

const Paragraph = Node.create({
  name: 'paragraph',
  priority: 1000,
  group: 'block',
  content: 'inline*',
  addAttributes: () => ({
    ...id,
    ...align,
    indent: {
      default: 'first',
      parseHTML: (element: HTMLElement) => (element.classList.contains('indent-0') ? 'none' : 'first'),
      renderHTML: ({ indent }: { indent: string }) => (indent === 'none' ? { class: 'indent-0' } : {}),
    },
  }),
  parseHTML: () => [{ tag: 'p' }],
  renderHTML: ({ HTMLAttributes }) => ['p', HTMLAttributes, 0],
});

const Heading = Node.create({
  name: 'heading',
  group: 'block',
  content: 'inline*',
  defining: true,
  addAttributes: () => ({ ...id, level: { default: 2, rendered: false }, ...align }),
  parseHTML: () => [2, 3, 4].map((level) => ({ tag: `h${level}`, attrs: { level } })),
  renderHTML: ({ node, HTMLAttributes }) => [`h${node.attrs.level}`, HTMLAttributes, 0],
});

const Blockquote = Node.create({
  name: 'blockquote',
  group: 'block',
  content: 'block+',
  defining: true,
  addAttributes: () => id,
  parseHTML: () => [{ tag: 'blockquote' }],
  renderHTML: ({ HTMLAttributes }) => ['blockquote', HTMLAttributes, 0],
});

const HorizontalRule = Node.create({
  name: 'horizontalRule',
  group: 'block',
  addAttributes: () => id,
  parseHTML: () => [{ tag: 'hr' }],
  renderHTML: ({ HTMLAttributes }) => ['hr', HTMLAttributes],
});

const HardBreak = Node.create({
  name: 'hardBreak',
  group: 'inline',
  inline: true,
  selectable: false,
  linebreakReplacement: true,
  parseHTML: () => [{ tag: 'br' }],
  renderHTML: () => ['br'],
  renderText: () => '\n',
  addKeyboardShortcuts() {
    return { 'Shift-Enter': () => this.editor.commands.insertContent({ type: this.name }) };
  },
});

/** The files that the text names, by their numbers. */
export type Files = Map<number, MediaFile>;

const address = (files: Files, media: unknown) => {
  const file = files.get(Number(media));
  return file ? `/media/${file.key}` : '';
};

/** A picture as it is written around: of its widths the one for the measure. */
const smaller = (files: Files, media: unknown) => {
  const file = files.get(Number(media));
  const width = file?.widths?.find((width) => width >= 900) ?? file?.widths?.at(-1);
  return file && width ? `/media/${file.key.split('.')[0]}-${width}.webp` : address(files, media);
};

const number = (element: HTMLElement) => {
  const media = Number(element.getAttribute('data-media'));
  return media > 0 ? media : null;
};

const figure = (files: Files) =>
  Node.create({
    name: 'figure',
    group: 'block',
    content: 'inline*',
    draggable: true,
    isolating: true,
    addAttributes: () => ({
      ...id,
      media: { default: null, rendered: false, parseHTML: number },
      alt: { default: '', rendered: false, parseHTML: (element: HTMLElement) => element.getAttribute('data-alt') ?? '' },
    }),
    parseHTML: () => [{ tag: 'figure[data-media]:not([data-video])', contentElement: 'figcaption' }],
    renderHTML: ({ node, HTMLAttributes }) => [
      'figure',
      mergeAttributes(HTMLAttributes, { 'data-media': node.attrs.media, 'data-alt': node.attrs.alt }),
      ['img', { src: address(files, node.attrs.media), alt: node.attrs.alt, draggable: 'false' }],
      ['figcaption', 0],
    ],
    addNodeView() {
      return ({ node, editor, getPos }) => {
        let current = node;
        const dom = document.createElement('figure');
        const img = document.createElement('img');
        const caption = document.createElement('figcaption');
        caption.dataset.placeholder = words.caption;
        const alt = document.createElement('input');
        alt.className = 'ed-alt';
        alt.type = 'text';
        alt.maxLength = limits.alt;
        alt.placeholder = words.altHint;
        alt.setAttribute('aria-label', words.alt);
        const show = () => {
          img.src = smaller(files, current.attrs.media);
          img.alt = current.attrs.alt;
          if (document.activeElement !== alt) alt.value = current.attrs.alt;
          dom.classList.toggle('ed-alt-missing', current.attrs.alt === '');
        };
        alt.addEventListener('input', () => {
          const pos = getPos();
          if (pos !== undefined) editor.view.dispatch(editor.state.tr.setNodeAttribute(pos, 'alt', alt.value));
        });
        dom.append(img, alt, caption);
        show();
        return {
          dom,
          contentDOM: caption,
          update: (next) => {
            if (next.type !== current.type) return false;
            current = next;
            show();
            return true;
          },
          stopEvent: (event) => event.target === alt,
          ignoreMutation: (mutation) => mutation.type !== 'selection' && !caption.contains(mutation.target),
        };
      };
    },
  });

const video = (files: Files) =>
  Node.create({
    name: 'video',
    group: 'block',
    content: 'inline*',
    draggable: true,
    isolating: true,
    addAttributes: () => ({
      ...id,
      media: { default: null, rendered: false, parseHTML: number },
      title: { default: '', rendered: false, parseHTML: (element: HTMLElement) => element.getAttribute('data-title') ?? '' },
    }),
    parseHTML: () => [{ tag: 'figure[data-video]', contentElement: 'figcaption' }],
    renderHTML: ({ node, HTMLAttributes }) => [
      'figure',
      mergeAttributes(HTMLAttributes, { class: 'video', 'data-video': '', 'data-media': node.attrs.media, 'data-title': node.attrs.title }),
      ['video', { src: address(files, node.attrs.media), controls: 'true', preload: 'metadata', 'aria-label': node.attrs.title }],
      ['figcaption', { 'data-placeholder': words.videoCaption }, 0],
    ],
  });

const attachment = (files: Files) =>
  Node.create({
    name: 'attachment',
    group: 'block',
    atom: true,
    draggable: true,
    addAttributes: () => ({
      ...id,
      media: { default: null, rendered: false, parseHTML: number },
      name: { default: '', rendered: false, parseHTML: (element: HTMLElement) => element.getAttribute('data-name') ?? '' },
    }),
    parseHTML: () => [{ tag: 'p[data-attachment]', priority: 60 }],
    renderHTML: ({ node, HTMLAttributes }) => [
      'p',
      mergeAttributes(HTMLAttributes, { class: 'attachment', 'data-attachment': '', 'data-media': node.attrs.media, 'data-name': node.attrs.name }),
      `📎 ${node.attrs.name || files.get(Number(node.attrs.media))?.name || words.gone}`,
    ],
  });

const Footnote = Node.create({
  name: 'footnote',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({
    text: { default: '', rendered: false, parseHTML: (element: HTMLElement) => element.getAttribute('data-footnote') ?? '' },
  }),
  parseHTML: () => [{ tag: 'sup[data-footnote]', priority: 60 }],
  renderHTML: ({ node }) => ['sup', { class: 'ed-footnote', 'data-footnote': node.attrs.text, title: node.attrs.text }],
});

const withoutWidths = { colwidth: { default: null, rendered: false, parseHTML: () => null } };

const tables = [
  Table.extend({ addAttributes: () => id, content: 'tableRow+' }).configure({ resizable: false }),
  TableRow,
  TableCell.extend({
    content: 'block+',
    addAttributes() {
      return { ...this.parent?.(), ...withoutWidths };
    },
  }),
  TableHeader.extend({
    content: 'block+',
    addAttributes() {
      return { ...this.parent?.(), ...withoutWidths };
    },
  }),
];

const mark = (name: string, tags: string[], keys?: string, excludes?: string) =>
  Mark.create({
    name,
    ...(excludes ? { excludes } : {}),
    parseHTML: () => tags.map((tag) => ({ tag })),
    renderHTML: ({ HTMLAttributes }) => [tags[0] ?? 'span', HTMLAttributes, 0],
    addKeyboardShortcuts() {
      return keys ? { [keys]: () => this.editor.commands.toggleMark(name) } : {};
    },
  });

const Link = Mark.create({
  name: 'link',
  inclusive: false,
  addAttributes: () => ({ href: { default: null } }),
  parseHTML: () => [
    {
      tag: 'a[href]',
      getAttrs: (element) => (isSafe(element.getAttribute('href') ?? '') ? null : false),
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ['a', { href: HTMLAttributes.href, rel: 'noopener' }, 0],
});

const marks = [
  Link,
  mark('bold', ['strong', 'b'], 'Mod-b'),
  mark('italic', ['em', 'i'], 'Mod-i'),
  mark('underline', ['u'], 'Mod-u'),
  mark('strike', ['s', 'del', 'strike'], 'Mod-Shift-x'),
  mark('superscript', ['sup'], undefined, 'subscript'),
  mark('subscript', ['sub'], undefined, 'superscript'),
  mark('code', ['code'], 'Mod-e'),
];

// Tiptap's own lists read Markdown and Roman numerals as well, which is most of what they weigh.
const lists = [
  Node.create({
    name: 'bulletList',
    group: 'block list',
    content: 'listItem+',
    addAttributes: () => id,
    parseHTML: () => [{ tag: 'ul' }],
    renderHTML: () => ['ul', 0],
  }),
  Node.create({
    name: 'orderedList',
    group: 'block list',
    content: 'listItem+',
    addAttributes: () => ({
      ...id,
      start: {
        default: 1,
        parseHTML: (element: HTMLElement) => Math.max(1, Number(element.getAttribute('start')) || 1),
        renderHTML: ({ start }: { start: number }) => (start === 1 ? {} : { start }),
      },
    }),
    parseHTML: () => [{ tag: 'ol' }],
    renderHTML: ({ HTMLAttributes }) => ['ol', HTMLAttributes, 0],
  }),
  ListItem.extend({ content: 'block+' }),
];

/** Everything that the tree can hold. */
export const tree = (files: Files): Extensions => [
  Doc,
  Text,
  Paragraph,
  Heading,
  Blockquote,
  HorizontalRule,
  HardBreak,
  ...lists,
  ...tables,
  figure(files),
  video(files),
  attachment(files),
  Footnote,
  ...marks,
];
