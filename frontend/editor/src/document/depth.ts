// Blocks within blocks: the tree takes only so many, and a text that is deeper could not be saved.
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { bringsBlocks, hasId } from './ids';
import { limits } from './rules';

/** How many blocks stand within each other at the deepest place. */
export function deepest(node: Node): number {
  if (node.isTextblock) return 0;
  return node.children.reduce((most, child) => Math.max(most, deepest(child) + (hasId(child) ? 1 : 0)), 0);
}

/** Refuses what would make a text deeper than the tree takes; one that came so may be mended. */
export const Depth = Extension.create({
  name: 'depth',
  addProseMirrorPlugins: () => [
    new Plugin({
      filterTransaction: (tr, state) => {
        if (!tr.steps.some(bringsBlocks)) return true;
        const now = deepest(tr.doc);
        return now <= limits.deepest || now <= deepest(state.doc);
      },
    }),
  ],
});
