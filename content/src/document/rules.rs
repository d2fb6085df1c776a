//! The rules of the tree that its types do not express, and the walks over it.

use super::{Block, Cell, CellAttrs, FigureAttrs, FootnoteAttrs, Inline};
use crate::{
    Refusal,
    article::{LONGEST_LINE, limited},
};
use std::collections::HashSet;

/// Blocks within blocks: a list in a cell of a table in a quotation and then some.
pub const DEEPEST: usize = 12;

/// The largest stored tree, in bytes of JSON.
pub const LARGEST: usize = 4 * 1024 * 1024;

pub(super) fn broken(rule: &str) -> Refusal {
    Refusal::BadDocument { rule: rule.to_owned() }
}

/// Calls `visit` for each block, outer before inner.
pub(crate) fn each_block<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        match block {
            Block::BulletList { content, .. } | Block::OrderedList { content, .. } => {
                content.iter().for_each(|item| each_block(&item.content, visit));
            }
            Block::Blockquote { content, .. } => each_block(content, visit),
            Block::Table { content, .. } => {
                content.iter().flat_map(|row| &row.content).for_each(|cell| each_block(cell.content(), visit));
            }
            _ => {}
        }
    }
}

/// Calls `visit` for each block, outer before inner, to change it.
pub(crate) fn each_block_mut(blocks: &mut [Block], visit: &mut impl FnMut(&mut Block)) {
    for block in blocks {
        visit(block);
        match block {
            Block::BulletList { content, .. } | Block::OrderedList { content, .. } => {
                content.iter_mut().for_each(|item| each_block_mut(&mut item.content, visit));
            }
            Block::Blockquote { content, .. } => each_block_mut(content, visit),
            Block::Table { content, .. } => {
                let cells = content.iter_mut().flat_map(|row| &mut row.content);
                cells.for_each(|cell| each_block_mut(cell.content_mut(), visit));
            }
            _ => {}
        }
    }
}

/// Gives every block without an id the next free one, `b1`, `b2` …, in reading order.
pub(super) fn name_blocks(blocks: &mut [Block]) {
    let mut taken = HashSet::new();
    each_block(blocks, &mut |block| {
        taken.insert(block.id().to_owned());
    });
    name(blocks, &taken, &mut 0);
}

fn name(blocks: &mut [Block], taken: &HashSet<String>, last: &mut u32) {
    for block in blocks {
        let id = block.id_mut();
        while id.is_empty() {
            *last += 1;
            let next = format!("b{last}");
            if !taken.contains(&next) {
                *id = next;
            }
        }
        match block {
            Block::BulletList { content, .. } | Block::OrderedList { content, .. } => {
                content.iter_mut().for_each(|item| name(&mut item.content, taken, last));
            }
            Block::Blockquote { content, .. } => name(content, taken, last),
            Block::Table { content, .. } => content
                .iter_mut()
                .flat_map(|row| &mut row.content)
                .for_each(|cell| name(cell.content_mut(), taken, last)),
            _ => {}
        }
    }
}

pub(super) fn check(blocks: &[Block]) -> Result<(), Refusal> {
    depth(blocks, DEEPEST)?;
    let mut ids = HashSet::new();
    let mut first_fault = None;
    each_block(blocks, &mut |block| {
        if first_fault.is_none() {
            first_fault = fault_of(block, &mut ids);
        }
    });
    first_fault.map_or(Ok(()), |rule| Err(broken(&rule)))
}

fn depth(blocks: &[Block], left: usize) -> Result<(), Refusal> {
    let Some(left) = left.checked_sub(1) else {
        return if blocks.is_empty() { Ok(()) } else { Err(broken(&format!("nested deeper than {DEEPEST} blocks"))) };
    };
    blocks.iter().try_for_each(|block| match block {
        Block::BulletList { content, .. } | Block::OrderedList { content, .. } => {
            content.iter().try_for_each(|item| depth(&item.content, left))
        }
        Block::Blockquote { content, .. } => depth(content, left),
        Block::Table { content, .. } => {
            content.iter().flat_map(|row| &row.content).try_for_each(|cell| depth(cell.content(), left))
        }
        _ => Ok(()),
    })
}

fn fault_of<'a>(block: &'a Block, ids: &mut HashSet<&'a str>) -> Option<String> {
    let id = block.id();
    let plain = !id.is_empty() && id.len() <= 40 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !plain {
        return Some(format!(
            "a block's id is 1 to 40 letters, digits and hyphens, not \"{}\"",
            crate::refusal::quoted(id)
        ));
    }
    if !ids.insert(id) {
        return Some(format!("two blocks have the id {id}"));
    }
    match block {
        Block::Heading { attrs, .. } if !(2..=4).contains(&attrs.level) => {
            Some("a heading's level is 2 to 4".to_owned())
        }
        Block::Paragraph { content, .. } | Block::Heading { content, .. } => content.iter().find_map(fault_of_inline),
        Block::Figure { attrs, content } => fault_of_line("alt", &attrs.alt, FigureAttrs::LONGEST_ALT)
            .or_else(|| content.iter().find_map(fault_of_inline)),
        Block::Video { attrs, content } => {
            fault_of_line("title", &attrs.title, LONGEST_LINE).or_else(|| content.iter().find_map(fault_of_inline))
        }
        Block::Attachment { attrs } => fault_of_line("name", &attrs.name, LONGEST_LINE),
        Block::BulletList { content, .. } | Block::OrderedList { content, .. } if content.is_empty() => {
            Some("a list has an entry".to_owned())
        }
        Block::Table { content, .. } if content.iter().all(|row| row.content.is_empty()) => {
            Some("a table has a cell".to_owned())
        }
        Block::Table { content, .. } => content.iter().flat_map(|row| &row.content).find_map(fault_of_cell),
        _ => None,
    }
}

fn fault_of_line(field: &str, text: &str, limit: usize) -> Option<String> {
    limited(field, text, limit).err().map(|refusal| refusal.to_string())
}

fn fault_of_cell(cell: &Cell) -> Option<String> {
    let (Cell::TableHeader { attrs, .. } | Cell::TableCell { attrs, .. }) = cell;
    let may = 1..=CellAttrs::MOST;
    let fits = may.contains(&attrs.colspan) && may.contains(&attrs.rowspan);
    (!fits).then(|| format!("a cell covers 1 to {} columns and rows", CellAttrs::MOST))
}

fn fault_of_inline(inline: &Inline) -> Option<String> {
    let (text, marks) = match inline {
        Inline::Text { text, marks } => (text, marks),
        Inline::HardBreak => return None,
        Inline::Footnote { attrs } => {
            let wrong =
                attrs.text.trim().is_empty() || limited("footnote", &attrs.text, FootnoteAttrs::LONGEST).is_err();
            return wrong.then(|| format!("a note has 1 to {} characters, none of control", FootnoteAttrs::LONGEST));
        }
    };
    if text.is_empty() {
        return Some("a text node is not empty".to_owned());
    }
    if text.chars().any(char::is_control) {
        return Some("text holds no control characters".to_owned());
    }
    let ordered = marks
        .windows(2)
        .all(|pair| std::mem::discriminant(&pair[0]) != std::mem::discriminant(&pair[1]) && pair[0] <= pair[1]);
    if ordered { None } else { Some("marks stand in their order, each kind once".to_owned()) }
}
