//! Three texts into one: what two people made of the same manuscript, field by field and block by block.
//!
//! Whatever only one of them touched is taken from them. What both touched in different ways is a clash: what stands
//! (`theirs`) goes on standing, and both texts are reported. No words are in neither the result nor a clash.

mod blocks;
mod choose;
pub(crate) mod sequence;

pub use choose::{keep_both, keep_ours};

use crate::{
    article::Fields,
    document::Document,
    manuscript::{Clash, Manuscript, Placement},
};

/// What came of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The one text.
    pub manuscript: Manuscript,
    /// What could not be decided.
    pub clashes: Vec<Clash>,
}

/// [`merge()`], for who gets it from elsewhere.
pub type Merge = fn(&Manuscript, &Manuscript, &Manuscript) -> Merged;

/// Merges what `ours` and `theirs` made of `base`.
#[must_use]
pub fn merge(base: &Manuscript, ours: &Manuscript, theirs: &Manuscript) -> Merged {
    let mut clashes = Vec::new();
    let manuscript = Manuscript {
        fields: merge_fields(&base.fields, &ours.fields, &theirs.fields, &mut clashes),
        placement: merge_placement(&base.placement, &ours.placement, &theirs.placement, &mut clashes),
        body: Document::new(blocks::merge(&base.body.blocks, &ours.body.blocks, &theirs.body.blocks, &mut clashes)),
    };
    Merged { manuscript, clashes }
}

/// The one rule of merging a single value; `None` is a clash.
fn one<T: PartialEq>(base: T, ours: T, theirs: T) -> Option<T> {
    if ours == theirs || ours == base {
        Some(theirs)
    } else if theirs == base {
        Some(ours)
    } else {
        None
    }
}

/// The fields of text by their wire names.
pub(crate) fn texts(fields: &mut Fields) -> [(&'static str, &mut String); 9] {
    [
        ("title", &mut fields.title),
        ("subtitle", &mut fields.subtitle),
        ("byline", &mut fields.byline),
        ("dateline", &mut fields.dateline),
        ("source", &mut fields.source),
        ("author", &mut fields.author),
        ("editor", &mut fields.editor),
        ("summary", &mut fields.summary),
        ("keywords", &mut fields.keywords),
    ]
}

fn merge_fields(base: &Fields, ours: &Fields, theirs: &Fields, clashes: &mut Vec<Clash>) -> Fields {
    let (mut base, mut ours, mut merged) = (base.clone(), ours.clone(), theirs.clone());
    let sides = texts(&mut base).into_iter().zip(texts(&mut ours)).zip(texts(&mut merged));
    for (((field, base), (_, ours)), (_, theirs)) in sides {
        match one(&*base, &*ours, &*theirs).cloned() {
            Some(text) => *theirs = text,
            None => clashes.push(Clash::Field { field: field.to_owned(), ours: ours.clone(), theirs: theirs.clone() }),
        }
    }
    merged
}

fn merge_placement(base: &Placement, ours: &Placement, theirs: &Placement, clashes: &mut Vec<Clash>) -> Placement {
    let mut clash = |field: &str, ours: String, theirs: String| {
        clashes.push(Clash::Field { field: field.to_owned(), ours, theirs });
    };
    macro_rules! value {
        ($name:ident) => {
            one(base.$name, ours.$name, theirs.$name).unwrap_or_else(|| {
                clash(stringify!($name), json(&ours.$name), json(&theirs.$name));
                theirs.$name
            })
        };
    }
    Placement {
        section: value!(section),
        further: merge_set(&base.further, &ours.further, &theirs.further),
        lead: value!(lead),
        attachments: merge_set(&base.attachments, &ours.attachments, &theirs.attachments),
        shown: value!(shown),
        pinned_until: value!(pinned_until),
    }
}

/// Additions and removals of both; the order is that of the side which changed it, theirs where both did.
fn merge_set<T: PartialEq + Copy>(base: &[T], ours: &[T], theirs: &[T]) -> Vec<T> {
    if theirs == base {
        return ours.to_vec();
    }
    let removed = |item: &T| base.contains(item) && !ours.contains(item);
    let added = ours.iter().filter(|item| !base.contains(item) && !theirs.contains(item));
    theirs.iter().filter(|item| !removed(item)).chain(added).copied().collect()
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
