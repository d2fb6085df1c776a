//! What comes along with a draft from another system: how far it was there, what belongs to it.

use crate::{Draft, PictureRef};

/// An article that moves in.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// The article.
    pub draft: Draft,
    /// How far it was on its way there.
    pub there: There,
    /// Further sections in which it stood, by slug or name.
    pub further: Vec<String>,
    /// The picture that stood for it in lists.
    pub lead: Option<PictureRef>,
    /// Files that belong to it.
    pub files: Vec<Attached>,
    /// What was left out and why.
    pub left_out: Vec<String>,
}

/// How far an article was on its way where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum There {
    /// Readers saw it.
    Published,
    /// It was to appear at the time of the draft.
    Scheduled,
    /// It waited for review.
    Pending,
    /// It was being written.
    Draft,
    /// Only some readers saw it.
    Private,
    /// It was thrown away.
    Thrown,
}

/// A file that belongs to an article. It is only named: fetching it is for whoever may use the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// Where its bytes are.
    pub url: String,
    /// What it is called.
    pub name: String,
}
