// Rows without cells: what is left of a row whose cells were all merged into those above it. Nobody can put a caret into
// one, and a table of nothing else has no place in the tree, so they go, and cells cover as many rows less.
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, type Transaction } from '@tiptap/pm/state';

/** Takes empty rows out of the tables that a change touched. */
export const WholeRows = Extension.create({
  name: 'wholeRows',
  addProseMirrorPlugins: () => [
    new Plugin({
      appendTransaction(transactions, _before, state) {
        if (!transactions.some((tr) => tr.docChanged)) return null;
        const { tr } = state;
        for (const { pos, node } of touched(transactions, state.doc).reverse()) collapse(tr, pos, node);
        return tr.docChanged ? tr : null;
      },
    }),
  ],
});

/** Tables in which a row has no cell, near what was changed, in reading order. */
function touched(transactions: readonly Transaction[], doc: Node): { pos: number; node: Node }[] {
  let [from, to] = [doc.content.size, 0];
  for (const tr of transactions) {
    for (const map of tr.mapping.maps) {
      from = map.map(from, -1);
      to = map.map(to, 1);
      map.forEach((_a, _b, start, end) => {
        from = Math.min(from, start);
        to = Math.max(to, end);
      });
    }
  }
  const found: { pos: number; node: Node }[] = [];
  doc.nodesBetween(Math.min(from, doc.content.size), Math.min(to, doc.content.size), (node, pos) => {
    const rows = node.type.name === 'table' ? node.children : [];
    // A table of no cells at all is for the table's own plugin, which takes it away.
    if (rows.some((row) => row.childCount === 0) && rows.some((row) => row.childCount > 0)) found.push({ pos, node });
    return !node.isTextblock;
  });
  return found;
}

function collapse(tr: Transaction, pos: number, table: Node): void {
  const rows = table.children;
  let end = pos + table.nodeSize - 1;
  for (let at = rows.length - 1; at >= 0; at -= 1) {
    const row = rows[at] as Node;
    const start = end - row.nodeSize;
    end = start;
    if (row.childCount === 0) {
      tr.delete(start, start + row.nodeSize);
      continue;
    }
    row.forEach((cell, offset) => {
      const covered = rows.slice(at, at + Number(cell.attrs.rowspan));
      const left = covered.filter((one) => one.childCount > 0).length;
      if (left < covered.length) tr.setNodeAttribute(start + 1 + offset, 'rowspan', left);
    });
  }
}
