//! What somebody chose where two texts clashed.

use super::{blocks::fresh, texts};
use crate::{
    document::{Block, Document, each_block},
    manuscript::{Clash, Manuscript},
};
use std::collections::HashSet;

/// Puts ours where theirs stands.
#[must_use]
pub fn keep_ours(manuscript: &Manuscript, clash: &Clash) -> Manuscript {
    let mut chosen = manuscript.clone();
    match clash {
        Clash::Field { field, ours, .. } => set(&mut chosen, field, ours),
        Clash::Block { id, ours, .. } => {
            let at = chosen.body.blocks.iter().position(|block| block.id() == id);
            match (at, ours) {
                (Some(at), Some(ours)) => chosen.body.blocks[at] = ours.clone(),
                (Some(at), None) => {
                    chosen.body.blocks.remove(at);
                }
                (None, Some(ours)) => chosen.body.blocks.push(ours.clone()),
                (None, None) => {}
            }
        }
    }
    chosen
}

/// Puts ours behind theirs. A field has room for one only: there it stays as it is.
#[must_use]
pub fn keep_both(manuscript: &Manuscript, clash: &Clash) -> Manuscript {
    let Clash::Block { id, ours: Some(ours), .. } = clash else { return manuscript.clone() };
    let mut blocks = manuscript.body.blocks.clone();
    let at = blocks.iter().position(|block| block.id() == id);
    // Ours is there already where they had deleted it.
    if at.is_some_and(|at| blocks[at] == *ours) {
        return manuscript.clone();
    }
    let mut taken = HashSet::new();
    each_block(&blocks, &mut |block| {
        taken.insert(block.id().to_owned());
    });
    let mut second = vec![ours.clone()];
    crate::document::each_block_mut(&mut second, &mut |block: &mut Block| {
        if taken.contains(block.id()) {
            let id = fresh(block.id(), &taken);
            taken.insert(id.clone());
            *block.id_mut() = id;
        }
    });
    let at = at.map_or(blocks.len(), |at| at + 1);
    blocks.splice(at..at, second);
    Manuscript { body: Document::new(blocks), ..manuscript.clone() }
}

fn set(manuscript: &mut Manuscript, field: &str, value: &str) {
    if let Some((_, text)) = texts(&mut manuscript.fields).into_iter().find(|(name, _)| *name == field) {
        value.clone_into(text);
        return;
    }
    let place = &mut manuscript.placement;
    // What cannot be read was not written here: what stands stays.
    match field {
        "section" => place.section = serde_json::from_str(value).unwrap_or(place.section),
        "lead" => place.lead = serde_json::from_str(value).unwrap_or(place.lead),
        "shown" => place.shown = serde_json::from_str(value).unwrap_or(place.shown),
        "pinned_until" => place.pinned_until = serde_json::from_str(value).unwrap_or(place.pinned_until),
        _ => {}
    }
}
