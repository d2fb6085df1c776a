// Find and replace: literal, shown by decorations, within the text of one block at a time.
import { Extension } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type { Node } from '@tiptap/pm/model';

export interface Found {
  text: string;
  at: number;
  ranges: { from: number; to: number }[];
}

export const findKey = new PluginKey<Found>('find');

function search(doc: Node, text: string): { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  if (text === '') return ranges;
  const wanted = text.toLowerCase();
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return true;
    const inside = node.textBetween(0, node.content.size, undefined, '\ufffc').toLowerCase();
    for (let at = inside.indexOf(wanted); at >= 0; at = inside.indexOf(wanted, at + wanted.length)) {
      ranges.push({ from: pos + 1 + at, to: pos + 1 + at + wanted.length });
    }
    return false;
  });
  return ranges;
}

export const Find = Extension.create({
  name: 'find',
  addProseMirrorPlugins: () => [
    new Plugin<Found>({
      key: findKey,
      state: {
        init: () => ({ text: '', at: 0, ranges: [] }),
        apply: (tr, before) => {
          const asked = tr.getMeta(findKey) as { text: string; at: number } | undefined;
          if (!asked && (!tr.docChanged || before.text === '')) return before;
          const text = asked?.text ?? before.text;
          const ranges = search(tr.doc, text);
          return { text, at: Math.min(asked?.at ?? before.at, Math.max(0, ranges.length - 1)), ranges };
        },
      },
      props: {
        decorations: (state) => {
          const found = findKey.getState(state);
          if (!found || found.ranges.length === 0) return null;
          const marks = found.ranges.map(({ from, to }, at) => Decoration.inline(from, to, { class: at === found.at ? 'ed-found ed-found-at' : 'ed-found' }));
          return DecorationSet.create(state.doc, marks);
        },
      },
    }),
  ],
});
