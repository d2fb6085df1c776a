// What is typed at the start of a line and means a kind of block, as editors of text have come to do it; and keys for
// what has a button.
import { Extension, textblockTypeInputRule, wrappingInputRule } from '@tiptap/core';
import { actions } from './actions';

export const typed = Extension.create({
  name: 'typed',
  addInputRules() {
    const { heading, bulletList, orderedList, blockquote } = this.editor.schema.nodes;
    if (!heading || !bulletList || !orderedList || !blockquote) return [];
    return [
      textblockTypeInputRule({ find: /^(#{2,4})\s$/, type: heading, getAttributes: (match) => ({ level: match[1]?.length ?? 2 }) }),
      wrappingInputRule({ find: /^[-*+]\s$/, type: bulletList }),
      wrappingInputRule({ find: /^1\.\s$/, type: orderedList }),
      wrappingInputRule({ find: /^>\s$/, type: blockquote }),
    ];
  },
  addKeyboardShortcuts() {
    const run = (name: string) => () => {
      actions[name]?.(this.editor);
      return true;
    };
    return {
      'Mod-k': run('link'),
      'Mod-Alt-2': run('heading2'),
      'Mod-Alt-3': run('heading3'),
      'Mod-Alt-4': run('heading4'),
      'Mod-Alt-0': run('paragraph'),
      'Mod-Shift-7': run('orderedList'),
      'Mod-Shift-8': run('bulletList'),
      'Mod-Shift-9': run('blockquote'),
    };
  },
});
