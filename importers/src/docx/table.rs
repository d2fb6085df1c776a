//! Tables: Word says of every cell how many columns it covers and whether it goes on from the row above.

use content::document::{Block, BlockAttrs, Cell, CellAttrs, Inline, Mark, Row};
use std::collections::HashMap;

/// A cell as Word has it.
#[derive(Debug, Default)]
pub(super) struct Given {
    pub(super) columns: u16,
    /// Whether it goes on from the row above.
    pub(super) goes_on: bool,
    /// Whether cells below may go on from it.
    pub(super) begins: bool,
    pub(super) content: Vec<Block>,
}

/// A row as Word has it.
#[derive(Debug, Default)]
pub(super) struct GivenRow {
    /// Whether it is repeated on every page.
    pub(super) header: bool,
    /// Whether it was deleted in tracked changes.
    pub(super) deleted: bool,
    /// Columns before the first cell.
    pub(super) before: u16,
    pub(super) cells: Vec<Given>,
}

/// The table of these rows, unless it holds no cell.
pub(super) fn table(rows: Vec<GivenRow>) -> Option<Block> {
    let mut made: Vec<Vec<Made>> = Vec::new();
    // The cell that is open in a column: its row and its place there.
    let mut open: HashMap<u32, (usize, usize)> = HashMap::new();
    for row in rows {
        let row = one(row, &mut made, &mut open);
        made.push(row);
    }
    let bold =
        made.first().is_some_and(|row| row.iter().any(|cell| !cell.content.is_empty()) && row.iter().all(is_bold));
    let rows: Vec<Row> = made
        .into_iter()
        .enumerate()
        .map(|(n, row)| Row::new(row.into_iter().map(|cell| cell.finish(n == 0 && bold)).collect()))
        .collect();
    let there = rows.iter().any(|row| !row.content.is_empty());
    there.then(|| Block::Table { attrs: BlockAttrs::default(), content: rows })
}

/// A cell of the tree that may still grow.
struct Made {
    header: bool,
    attrs: CellAttrs,
    content: Vec<Block>,
}

impl Made {
    fn finish(self, header: bool) -> Cell {
        let Self { attrs, content, .. } = self;
        if header || self.header { Cell::TableHeader { attrs, content } } else { Cell::TableCell { attrs, content } }
    }
}

fn one(row: GivenRow, above: &mut [Vec<Made>], open: &mut HashMap<u32, (usize, usize)>) -> Vec<Made> {
    let (mut made, mut column) = (Vec::new(), u32::from(row.before));
    let here = above.len();
    if row.before > 0 {
        let attrs = CellAttrs { colspan: row.before.min(CellAttrs::MOST), rowspan: 1 };
        made.push(Made { header: false, attrs, content: Vec::new() });
    }
    let mut begun = Vec::new();
    for cell in row.cells {
        let colspan = cell.columns.clamp(1, CellAttrs::MOST);
        let owner = open.get(&column).copied().filter(|_| cell.goes_on);
        let owner = owner.and_then(|(row, at)| above.get_mut(row)?.get_mut(at).map(|owner| (row, owner)));
        match owner.filter(|(_, owner)| owner.attrs.rowspan < CellAttrs::MOST) {
            Some((row, owner)) => {
                // Rows between are covered already, so the cell reaches down to this one.
                owner.attrs.rowspan = u16::try_from(here - row + 1).unwrap_or(CellAttrs::MOST).min(CellAttrs::MOST);
                // Word hides what stands in a cell that goes on; nothing is hidden here.
                owner.content.extend(cell.content);
            }
            None => {
                if cell.begins {
                    begun.push((column, (here, made.len())));
                } else {
                    open.remove(&column);
                }
                made.push(Made { header: row.header, attrs: CellAttrs { colspan, rowspan: 1 }, content: cell.content });
            }
        }
        column = column.saturating_add(u32::from(colspan));
    }
    open.extend(begun);
    made
}

/// Whether all text of a cell is bold: in a first row that means that it names its column.
fn is_bold(cell: &Made) -> bool {
    let bold = |inline: &Inline| match inline {
        Inline::Text { text, marks } => text.trim().is_empty() || marks.contains(&Mark::Bold),
        _ => true,
    };
    cell.content.iter().all(|block| match block {
        Block::Paragraph { content, .. } => content.iter().all(bold),
        _ => false,
    })
}
