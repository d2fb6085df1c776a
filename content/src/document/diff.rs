//! What differs between two documents, for people to read.

use super::{Block, Document, text};
use crate::merge::sequence::common;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// What two texts share must be at least one in so many of their words: below that they are two texts.
const ALIKE: usize = 4;
/// Words that stand alone between two changes are read with them.
const ISLAND: usize = 2;

/// A block in a comparison of two documents, in the order in which the newer one is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockChange {
    /// It stands in both.
    Same(Block),
    /// Only the newer one has it.
    Added(Block),
    /// Only the older one has it.
    Removed(Block),
    /// Both have it, with other words or another form.
    Changed {
        /// As it was.
        older: Block,
        /// As it is.
        newer: Block,
        /// Its text in pieces. Without a piece that is not `Same`, only the form changed.
        text: Vec<Piece>,
    },
}

/// A piece of a text in a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// In both.
    Same(String),
    /// Only in the newer one.
    Added(String),
    /// Only in the older one.
    Removed(String),
}

/// The blocks of both documents, found again by their ids or else by their text. What is gone stands where it stood.
#[must_use]
pub fn diff(older: &Document, newer: &Document) -> Vec<BlockChange> {
    let pairs = pairs(&older.blocks, &newer.blocks);
    let found: HashSet<usize> = pairs.values().copied().collect();
    let mut changes = Vec::with_capacity(newer.blocks.len());
    let gone_behind = |at: usize, changes: &mut Vec<BlockChange>| {
        let gone = older.blocks.iter().enumerate().skip(at).take_while(|(at, _)| !found.contains(at));
        changes.extend(gone.map(|(_, block)| BlockChange::Removed(block.clone())));
    };
    gone_behind(0, &mut changes);
    for (at, block) in newer.blocks.iter().enumerate() {
        let Some(place) = pairs.get(&at).copied() else {
            changes.push(BlockChange::Added(block.clone()));
            continue;
        };
        changes.push(change(&older.blocks[place], block));
        gone_behind(place + 1, &mut changes);
    }
    changes
}

fn change(older: &Block, newer: &Block) -> BlockChange {
    if older == newer {
        return BlockChange::Same(newer.clone());
    }
    let text = pieces(&text::of_block(older), &text::of_block(newer));
    BlockChange::Changed { older: older.clone(), newer: newer.clone(), text }
}

/// From places in the newer blocks to places in the older ones.
fn pairs(older: &[Block], newer: &[Block]) -> HashMap<usize, usize> {
    let by_id: HashMap<&str, usize> = older.iter().enumerate().map(|(at, block)| (block.id(), at)).collect();
    let mut pairs: HashMap<usize, usize> = HashMap::new();
    for (at, block) in newer.iter().enumerate() {
        pairs.extend(by_id.get(block.id()).map(|place| (at, *place)));
    }
    let found: HashSet<usize> = pairs.values().copied().collect();
    let mut by_text: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, block) in older.iter().enumerate().rev().filter(|(place, _)| !found.contains(place)) {
        by_text.entry(text::of_block(block)).or_default().push(place);
    }
    for (at, block) in newer.iter().enumerate() {
        if !pairs.contains_key(&at)
            && let Some(place) = by_text.get_mut(&text::of_block(block)).and_then(Vec::pop)
        {
            pairs.insert(at, place);
        }
    }
    pairs
}

/// What differs between two texts: the pieces in reading order, what was removed before what came in its place.
#[must_use]
pub fn pieces(older: &str, newer: &str) -> Vec<Piece> {
    let (one, other) = (words(older), words(newer));
    let shared = common(&one, &other);
    if shared.len() * ALIKE < one.len().max(other.len()) {
        return joined([Piece::Removed(older.to_owned()), Piece::Added(newer.to_owned())]);
    }
    let mut all = Vec::new();
    let (mut a, mut b) = (0, 0);
    let mut rest = shared.as_slice();
    while a < one.len() || b < other.len() {
        let run = rest.iter().enumerate().take_while(|(n, pair)| **pair == (a + n, b + n)).count();
        let edge = a == 0 || a + run == one.len();
        if run >= ISLAND || (run > 0 && edge) {
            all.push(Piece::Same(one[a..a + run].concat()));
            (a, b, rest) = (a + run, b + run, &rest[run..]);
            continue;
        }
        // A lonely word is taken with what changes around it.
        rest = &rest[run..];
        let (next_a, next_b) = rest.first().copied().unwrap_or((one.len(), other.len()));
        all.push(Piece::Removed(one[a..next_a].concat()));
        all.push(Piece::Added(other[b..next_b].concat()));
        (a, b) = (next_a, next_b);
    }
    joined(all)
}

/// Words as people compare them: a Chinese character each, letters and digits together, signs alone.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let joins = c.is_ascii_alphanumeric();
        if let (Some(from), false) = (start, joins) {
            words.push(&text[from..at]);
            start = None;
        }
        match (joins, start) {
            (true, None) => start = Some(at),
            (true, Some(_)) => {}
            (false, _) => words.push(&text[at..at + c.len_utf8()]),
        }
    }
    words.extend(start.map(|from| &text[from..]));
    words
}

/// Neighbours of one kind as one; within a change what was removed stands first.
fn joined(pieces: impl IntoIterator<Item = Piece>) -> Vec<Piece> {
    let mut all = Vec::new();
    let (mut removed, mut added) = (String::new(), String::new());
    let end = |removed: &mut String, added: &mut String, all: &mut Vec<Piece>| {
        if !removed.is_empty() {
            all.push(Piece::Removed(std::mem::take(removed)));
        }
        if !added.is_empty() {
            all.push(Piece::Added(std::mem::take(added)));
        }
    };
    for piece in pieces {
        match piece {
            Piece::Removed(text) => removed.push_str(&text),
            Piece::Added(text) => added.push_str(&text),
            Piece::Same(text) => {
                end(&mut removed, &mut added, &mut all);
                match all.last_mut() {
                    Some(Piece::Same(before)) => before.push_str(&text),
                    _ => all.push(Piece::Same(text)),
                }
            }
        }
    }
    end(&mut removed, &mut added, &mut all);
    all
}
