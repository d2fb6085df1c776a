//! The blocks of a text, found again by their ids.

use super::{one, sequence};
use crate::{
    document::{Block, Cell, Inline, Item, Row},
    manuscript::Clash,
};
use std::collections::{HashMap, HashSet};

/// Merges the blocks of a text; what clashes is added to `clashes`. Ids are unique afterwards.
pub fn merge(base: &[Block], ours: &[Block], theirs: &[Block], clashes: &mut Vec<Clash>) -> Vec<Block> {
    let ours = &apart(base, ours, theirs);
    let sides = Sides { base: by_id(base), ours: by_id(ours), theirs: by_id(theirs) };
    let mut merged: Vec<Block> = Vec::with_capacity(ours.len().max(theirs.len()));
    for theirs in theirs {
        merged.extend(sides.stands(theirs, clashes));
    }
    follow_order(base, ours, theirs, &mut merged);
    insert_ours(ours, &sides, &mut merged, clashes);
    rename_twins(&mut merged);
    merged
}

fn by_id(blocks: &[Block]) -> HashMap<&str, &Block> {
    blocks.iter().map(|block| (block.id(), block)).collect()
}

struct Sides<'a> {
    base: HashMap<&'a str, &'a Block>,
    ours: HashMap<&'a str, &'a Block>,
    theirs: HashMap<&'a str, &'a Block>,
}

impl Sides<'_> {
    /// What becomes of a block that they have.
    fn stands(&self, theirs: &Block, clashes: &mut Vec<Clash>) -> Option<Block> {
        let id = theirs.id();
        match (self.base.get(id), self.ours.get(id)) {
            // New on their side, or the same new one on both.
            (None, _) => Some(theirs.clone()),
            (Some(base), None) => {
                // We deleted it. Had they changed it meanwhile, it stays, and we are asked.
                let untouched = *base == theirs;
                if !untouched {
                    clashes.push(Clash::Block { id: id.to_owned(), ours: None, theirs: Some(theirs.clone()) });
                }
                (!untouched).then(|| theirs.clone())
            }
            (Some(base), Some(ours)) => Some(block(base, ours, theirs).unwrap_or_else(|| {
                clashes.push(Clash::Block {
                    id: id.to_owned(),
                    ours: Some((*ours).clone()),
                    theirs: Some(theirs.clone()),
                });
                theirs.clone()
            })),
        }
    }
}

/// A block that both sides began may bear the same id by chance: ours gets another one then.
fn apart(base: &[Block], ours: &[Block], theirs: &[Block]) -> Vec<Block> {
    let (known, foreign) = (by_id(base), by_id(theirs));
    let mut taken: HashSet<String> = known.keys().chain(foreign.keys()).map(|id| (*id).to_owned()).collect();
    taken.extend(ours.iter().map(|block| block.id().to_owned()));
    let mut blocks = ours.to_vec();
    for block in &mut blocks {
        let twin = !known.contains_key(block.id()) && foreign.get(block.id()).is_some_and(|other| *other != block);
        if twin {
            let id = fresh(block.id(), &taken);
            taken.insert(id.clone());
            *block.id_mut() = id;
        }
    }
    blocks
}

/// An id that is not taken, made from one that is.
pub fn fresh(id: &str, taken: &HashSet<String>) -> String {
    let stem: String = id.chars().take(30).collect();
    let mut number = 2_u32;
    loop {
        let id = format!("{stem}-{number}");
        if !taken.contains(&id) {
            return id;
        }
        number += 1;
    }
}

/// Moves to where we moved it what we moved and they did not.
fn follow_order(base: &[Block], ours: &[Block], theirs: &[Block], merged: &mut Vec<Block>) {
    let mut moving = moved(base, ours);
    if moving.is_empty() {
        return;
    }
    let by_them = moved(base, theirs);
    let there: HashSet<String> = merged.iter().map(|block| block.id().to_owned()).collect();
    moving.retain(|id| !by_them.contains(id) && there.contains(*id));
    let mut before: Option<&str> = None;
    for id in ours.iter().map(Block::id).filter(|id| there.contains(*id)) {
        let place = |merged: &[Block], id: &str| merged.iter().position(|block| block.id() == id);
        if moving.contains(id)
            && let Some(here) = place(merged, id)
        {
            let block = merged.remove(here);
            let after = before.and_then(|id| place(merged, id)).map_or(0, |at| at + 1);
            merged.insert(after, block);
        }
        before = Some(id);
    }
}

/// The ids that do not keep their order: all but a longest increasing run of their former positions.
fn moved<'a>(base: &[Block], other: &'a [Block]) -> HashSet<&'a str> {
    let place: HashMap<&str, usize> = base.iter().enumerate().map(|(at, block)| (block.id(), at)).collect();
    let shared: Vec<(&str, usize)> =
        other.iter().filter_map(|block| place.get(block.id()).map(|at| (block.id(), *at))).collect();
    // Patience sorting: the ends of the best runs of each length, and what stood before each item.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), vec![None; shared.len()]);
    for (n, (_, at)) in shared.iter().enumerate() {
        let length = ends.partition_point(|end| shared[*end].1 < *at);
        before[n] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() {
            ends.push(n);
        } else {
            ends[length] = n;
        }
    }
    let mut kept = HashSet::new();
    let mut next = ends.last().copied();
    while let Some(n) = next {
        kept.insert(shared[n].0);
        next = before[n];
    }
    shared.into_iter().map(|(id, _)| id).filter(|id| !kept.contains(id)).collect()
}

/// What only we have: new blocks, and blocks that they deleted while we wrote in them. Each stands behind the block
/// that it follows with us, after what they put there.
fn insert_ours(ours: &[Block], sides: &Sides, merged: &mut Vec<Block>, clashes: &mut Vec<Clash>) {
    let there: HashSet<String> = merged.iter().map(|block| block.id().to_owned()).collect();
    // An empty id is no block's: what stands before all others.
    let mut behind: HashMap<String, Vec<Block>> = HashMap::new();
    let mut before = "";
    for block in ours {
        let id = block.id();
        if there.contains(id) {
            before = id;
        } else if !sides.theirs.contains_key(id) {
            match sides.base.get(id) {
                Some(base) if *base == block => continue,
                Some(_) => {
                    clashes.push(Clash::Block { id: id.to_owned(), ours: Some(block.clone()), theirs: None });
                }
                None => {}
            }
            behind.entry(before.to_owned()).or_default().push(block.clone());
        }
    }
    if behind.is_empty() {
        return;
    }
    let mut waiting = behind.remove("").unwrap_or_default();
    for block in std::mem::take(merged) {
        let new_of_theirs = !sides.base.contains_key(block.id()) && !sides.ours.contains_key(block.id());
        if !new_of_theirs {
            merged.append(&mut waiting);
        }
        waiting.extend(behind.remove(block.id()).unwrap_or_default());
        merged.push(block);
    }
    merged.append(&mut waiting);
}

/// Ids within blocks may be there twice after two sides have put the same new one into different blocks.
fn rename_twins(blocks: &mut [Block]) {
    let mut seen = HashSet::new();
    let mut taken: HashSet<String> = HashSet::new();
    crate::document::each_block(blocks, &mut |block| {
        taken.insert(block.id().to_owned());
    });
    crate::document::each_block_mut(blocks, &mut |block| {
        if !seen.insert(block.id().to_owned()) {
            let id = fresh(block.id(), &taken);
            taken.insert(id.clone());
            seen.insert(id.clone());
            *block.id_mut() = id;
        }
    });
}

/// A block that both have: by its parts, or not at all.
fn block(base: &Block, ours: &Block, theirs: &Block) -> Option<Block> {
    if let Some(side) = one(base, ours, theirs) {
        return Some(side.clone());
    }
    let mut merged = theirs.clone();
    attributes(base, ours, &mut merged)?;
    match (base, ours, &mut merged) {
        (
            Block::Paragraph { content: base, .. },
            Block::Paragraph { content: ours, .. },
            Block::Paragraph { content, .. },
        )
        | (
            Block::Heading { content: base, .. },
            Block::Heading { content: ours, .. },
            Block::Heading { content, .. },
        )
        | (Block::Figure { content: base, .. }, Block::Figure { content: ours, .. }, Block::Figure { content, .. })
        | (Block::Video { content: base, .. }, Block::Video { content: ours, .. }, Block::Video { content, .. }) => {
            *content = inlines(base, ours, content)?;
        }
        (
            Block::BulletList { content: base, .. },
            Block::BulletList { content: ours, .. },
            Block::BulletList { content, .. },
        )
        | (
            Block::OrderedList { content: base, .. },
            Block::OrderedList { content: ours, .. },
            Block::OrderedList { content, .. },
        ) => *content = sequence::merge(base, ours, content, &item)?,
        (Block::Table { content: base, .. }, Block::Table { content: ours, .. }, Block::Table { content, .. }) => {
            *content = sequence::merge(base, ours, content, &row)?;
        }
        (
            Block::Blockquote { content: base, .. },
            Block::Blockquote { content: ours, .. },
            Block::Blockquote { content, .. },
        ) => *content = quiet(base, ours, content)?,
        _ => return None,
    }
    Some(merged)
}

/// Alignment, level and the like merge like fields.
fn attributes(base: &Block, ours: &Block, theirs: &mut Block) -> Option<()> {
    match (base, ours, theirs) {
        (Block::Paragraph { attrs: b, .. }, Block::Paragraph { attrs: o, .. }, Block::Paragraph { attrs: t, .. }) => {
            t.text_align = one(b.text_align, o.text_align, t.text_align)?;
            t.indent = one(b.indent, o.indent, t.indent)?;
        }
        (Block::Heading { attrs: b, .. }, Block::Heading { attrs: o, .. }, Block::Heading { attrs: t, .. }) => {
            t.level = one(b.level, o.level, t.level)?;
            t.text_align = one(b.text_align, o.text_align, t.text_align)?;
        }
        (
            Block::OrderedList { attrs: b, .. },
            Block::OrderedList { attrs: o, .. },
            Block::OrderedList { attrs: t, .. },
        ) => {
            t.start = one(b.start, o.start, t.start)?;
        }
        (Block::Figure { attrs: b, .. }, Block::Figure { attrs: o, .. }, Block::Figure { attrs: t, .. }) => {
            t.media = one(b.media, o.media, t.media)?;
            t.alt = one(&b.alt, &o.alt, &t.alt)?.clone();
        }
        (Block::Video { attrs: b, .. }, Block::Video { attrs: o, .. }, Block::Video { attrs: t, .. }) => {
            t.media = one(b.media, o.media, t.media)?;
            t.title = one(&b.title, &o.title, &t.title)?.clone();
        }
        _ => {}
    }
    Some(())
}

/// Blocks within a block: a clash in there is one of the whole.
fn quiet(base: &[Block], ours: &[Block], theirs: &[Block]) -> Option<Vec<Block>> {
    let mut clashes = Vec::new();
    let merged = merge(base, ours, theirs, &mut clashes);
    clashes.is_empty().then_some(merged)
}

fn item(base: &Item, ours: &Item, theirs: &Item) -> Option<Item> {
    quiet(&base.content, &ours.content, &theirs.content).map(Item::new)
}

fn row(base: &Row, ours: &Row, theirs: &Row) -> Option<Row> {
    let same_shape = base.content.len() == ours.content.len() && base.content.len() == theirs.content.len();
    if !same_shape {
        return None;
    }
    sequence::merge(&base.content, &ours.content, &theirs.content, &cell).map(Row::new)
}

fn cell(base: &Cell, ours: &Cell, theirs: &Cell) -> Option<Cell> {
    let alike = match (base, ours, theirs) {
        (Cell::TableCell { attrs: b, .. }, Cell::TableCell { attrs: o, .. }, Cell::TableCell { attrs: t, .. })
        | (
            Cell::TableHeader { attrs: b, .. },
            Cell::TableHeader { attrs: o, .. },
            Cell::TableHeader { attrs: t, .. },
        ) => b == o && b == t,
        _ => false,
    };
    if !alike {
        return None;
    }
    let mut merged = theirs.clone();
    *merged.content_mut() = quiet(base.content(), ours.content(), theirs.content())?;
    Some(merged)
}

/// A line of text, sentence by sentence.
fn inlines(base: &[Inline], ours: &[Inline], theirs: &[Inline]) -> Option<Vec<Inline>> {
    let merged = sequence::merge(&sentences(base), &sentences(ours), &sentences(theirs), &|_, _, _| None)?;
    Some(joined(merged.concat()))
}

/// The text cut after what ends a sentence. Marks stay where they are.
fn sentences(inlines: &[Inline]) -> Vec<Vec<Inline>> {
    let mut all = vec![Vec::new()];
    let mut push = |inline: Inline, ends: bool| {
        if let Some(last) = all.last_mut() {
            last.push(inline);
        }
        if ends {
            all.push(Vec::new());
        }
    };
    for inline in inlines {
        let Inline::Text { text, marks } = inline else {
            push(inline.clone(), matches!(inline, Inline::HardBreak));
            continue;
        };
        for piece in text.split_inclusive(ends_sentence) {
            push(Inline::Text { text: piece.to_owned(), marks: marks.clone() }, piece.ends_with(ends_sentence));
        }
    }
    all.retain(|sentence| !sentence.is_empty());
    all
}

const fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';')
}

/// Neighbours with the same marks are one piece of text again.
fn joined(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut all: Vec<Inline> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match (all.last_mut(), inline) {
            (Some(Inline::Text { text, marks }), Inline::Text { text: more, marks: same }) if *marks == same => {
                text.push_str(&more);
            }
            (_, inline) => all.push(inline),
        }
    }
    all
}
