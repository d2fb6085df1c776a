//! Blocks that are open and being filled.

use super::marks::Marks;
use content::document::{Block, BlockAttrs, Cell, CellAttrs, FigureAttrs, Inline, Item, ListAttrs, Row, TextAttrs};

/// An open block with what it holds so far.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) holds: Holds,
    /// The place of its element among the open ones.
    pub(super) base: usize,
}

#[derive(Debug)]
pub(super) enum Holds {
    Quote(Vec<Block>),
    /// `start` is there where the list has numbers.
    List {
        start: Option<u32>,
        items: Vec<Item>,
    },
    Item(Vec<Block>),
    Table(Vec<Row>),
    Row(Vec<Cell>),
    Cell {
        header: bool,
        attrs: CellAttrs,
        blocks: Vec<Block>,
        /// The marks around the table, to which the text behind the cell returns.
        outside: Marks,
    },
    Figure {
        blocks: Vec<Block>,
        caption: Vec<Inline>,
    },
}

impl Holds {
    /// Whether it is a level of the tree's depth.
    pub(super) const fn is_level(&self) -> bool {
        matches!(self, Self::Quote(_) | Self::List { .. } | Self::Table(_))
    }

    /// Takes a block, or gives it back where it can hold none: text between the cells of a table stands before the
    /// table then, as browsers have it.
    pub(super) fn hold(&mut self, block: Block) -> Option<Block> {
        match self {
            Self::Quote(blocks) | Self::Item(blocks) | Self::Cell { blocks, .. } | Self::Figure { blocks, .. } => {
                blocks.push(block);
            }
            Self::List { items, .. } => {
                let list = matches!(block, Block::BulletList { .. } | Block::OrderedList { .. });
                // A list straight within a list belongs to the entry above it.
                match items.last_mut().filter(|_| list) {
                    Some(item) => item.content.push(block),
                    None => items.push(Item::new(vec![block])),
                }
            }
            Self::Table(_) | Self::Row(_) => return Some(block),
        }
        None
    }
}

/// What a closed frame leaves to the one around it.
pub(super) enum Left {
    Blocks(Vec<Block>),
    Item(Item),
    Row(Row),
    Cell(Cell, Marks),
}

/// Closes a frame. One that holds nothing leaves nothing, except for a cell, which keeps its place in the row.
pub(super) fn close(frame: Frame) -> Left {
    let one = |block: Block, empty: bool| Left::Blocks(if empty { Vec::new() } else { vec![block] });
    match frame.holds {
        Holds::Quote(content) => {
            let empty = content.is_empty();
            one(Block::Blockquote { attrs: BlockAttrs::default(), content }, empty)
        }
        Holds::List { start: Some(start), items } => {
            let empty = items.is_empty();
            one(Block::OrderedList { attrs: ListAttrs { start, ..ListAttrs::default() }, content: items }, empty)
        }
        Holds::List { start: None, items } => {
            let empty = items.is_empty();
            one(Block::BulletList { attrs: BlockAttrs::default(), content: items }, empty)
        }
        Holds::Table(rows) => {
            let empty = rows.is_empty();
            one(Block::Table { attrs: BlockAttrs::default(), content: rows }, empty)
        }
        Holds::Figure { blocks, caption } => Left::Blocks(with_caption(blocks, caption)),
        Holds::Item(content) => Left::Item(Item::new(content)),
        Holds::Row(cells) => Left::Row(Row::new(cells)),
        Holds::Cell { header: true, attrs, blocks: content, outside } => {
            Left::Cell(Cell::TableHeader { attrs, content }, outside)
        }
        Holds::Cell { header: false, attrs, blocks: content, outside } => {
            Left::Cell(Cell::TableCell { attrs, content }, outside)
        }
    }
}

/// Gives the caption to the last picture; where there is none the caption is a paragraph.
fn with_caption(mut blocks: Vec<Block>, caption: Vec<Inline>) -> Vec<Block> {
    if caption.is_empty() {
        return blocks;
    }
    let last = blocks.iter_mut().rev().find_map(|block| match block {
        Block::Figure { content, .. } => Some(content),
        _ => None,
    });
    match last {
        Some(content) => *content = caption,
        None => blocks.push(Block::Paragraph { attrs: TextAttrs::default(), content: caption }),
    }
    blocks
}

/// A picture without a caption.
pub(super) fn figure(media: content::MediaId, alt: String) -> Block {
    Block::Figure { attrs: FigureAttrs { id: String::new(), media, alt }, content: Vec::new() }
}
