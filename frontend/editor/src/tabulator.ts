// The key Tab: lists nest and tables go on to the next cell by their own keys, which come first; elsewhere it is the first
// line's indent. Nobody is caught in the text: behind Escape, Tab goes on to what stands beside it.
import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';

export const Tabulator = Extension.create({
  name: 'tabulator',
  // Behind lists and tables.
  priority: 50,
  addKeyboardShortcuts() {
    const indent = (to: 'first' | 'none') => () => {
      const { $from } = this.editor.state.selection;
      // A picture has a field of its own, which Tab reaches.
      if (!$from.parent.isTextblock || $from.parent.type.spec.isolating) return false;
      const within = Array.from({ length: $from.depth }, (_, depth) => $from.node(depth).type.name);
      const own = !within.some((name) => name === 'listItem' || name === 'table');
      if (own && $from.parent.attrs.indent !== to) this.editor.commands.updateAttributes('paragraph', { indent: to });
      return true;
    };
    return { Tab: indent('first'), 'Shift-Tab': indent('none') };
  },
  addProseMirrorPlugins: () => {
    let leaving = false;
    return [
      new Plugin({
        props: {
          handleKeyDown: (_view, event) => {
            // What closes something by Escape has taken it by now.
            if (event.key === 'Escape') leaving = true;
            return false;
          },
          handleDOMEvents: {
            keydown: (_view, event) => {
              if (event.key === 'Tab' && leaving) return true;
              if (!['Tab', 'Shift', 'Escape'].includes(event.key)) leaving = false;
              return false;
            },
            mousedown: () => {
              leaving = false;
              return false;
            },
            blur: () => {
              leaving = false;
              return false;
            },
          },
        },
      }),
    ];
  },
});
