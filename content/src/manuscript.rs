//! What is written: the fields, the place and the text of an article as one thing, how it is saved, and what its history
//! consists of. The form checks with the same code as the server.

use crate::{
    AccountId, ArticleId, Document, LocalTime, MediaId, Refusal, RevisionId, SectionId, Timestamp,
    article::{Fields, Standing, State},
    document::{Block, diff::BlockChange},
    media::File,
    permission::Action,
};
use serde::{Deserialize, Serialize};

/// Most further sections, attachments of one article.
pub const MOST_ATTACHED: usize = 50;
/// Longest name of a named revision, in characters.
pub const LONGEST_REVISION_NAME: usize = 60;
/// Longest name of a tab, in characters: a random word of the browser's own.
pub const LONGEST_TAB: usize = 40;

/// Where and when an article stands, beside its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// Its section.
    pub section: SectionId,
    /// Further sections in which it is listed.
    #[serde(default)]
    pub further: Vec<SectionId>,
    /// The picture that stands for it in lists; none is the first of the text.
    #[serde(default)]
    pub lead: Option<MediaId>,
    /// Files below the text, in their order.
    #[serde(default)]
    pub attachments: Vec<MediaId>,
    /// The time that readers are shown; none is the moment of publishing.
    #[serde(default)]
    pub shown: Option<Timestamp>,
    /// Until when it stands on top of its section's list; none is not at all.
    #[serde(default)]
    pub pinned_until: Option<Timestamp>,
}

impl Placement {
    /// In this section, with nothing else said.
    #[must_use]
    pub const fn in_section(section: SectionId) -> Self {
        Self { section, further: Vec::new(), lead: None, attachments: Vec::new(), shown: None, pinned_until: None }
    }
}

/// All that an editor edits of an article: what one revision holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manuscript {
    /// The fields.
    pub fields: Fields,
    /// The place.
    pub placement: Placement,
    /// The text.
    pub body: Document,
}

impl Manuscript {
    /// Checks what every saved text must keep to: limits and the rules of the tree. What is missing may still come.
    ///
    /// # Errors
    /// The first fault.
    pub fn check(&self) -> Result<(), Refusal> {
        self.fields.limits()?;
        for (field, length) in
            [("further", self.placement.further.len()), ("attachments", self.placement.attachments.len())]
        {
            if length > MOST_ATTACHED {
                return Err(Refusal::TooLong { field: field.to_owned(), limit: MOST_ATTACHED as u64 });
            }
        }
        self.body.check()
    }

    /// The required fields that are empty, by their names in the wire format: an article is handed in and published
    /// only without any. 网页标签 requires title, date and source of an article's page; the date comes by itself.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        let empty = [
            ("title", self.fields.title.trim().is_empty()),
            ("source", self.fields.source.trim().is_empty()),
            ("body", self.body.is_empty()),
        ];
        empty.into_iter().filter_map(|(name, empty)| empty.then_some(name)).collect()
    }
}

impl Manuscript {
    /// What a review is about, as one text to take the hash of: words, pictures and files. Where and when an article
    /// stands is the publisher's.
    ///
    /// # Errors
    /// A tree that cannot be JSON.
    pub fn reviewed(&self) -> Result<String, Refusal> {
        let Placement { lead, attachments, .. } = &self.placement;
        let beside = serde_json::to_string(&(&self.fields, lead, attachments));
        let beside = beside.map_err(|error| Refusal::BadDocument { rule: error.to_string() })?;
        Ok([beside, self.body.to_json()?].join("\n"))
    }
}

/// How far an article is on its way, and what readers see of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Where it is.
    pub state: State,
    /// What its next steps depend on.
    pub standing: Standing,
    /// Its address where readers see it.
    pub address: Option<String>,
    /// Whether readers see an earlier text than the one that stands on the desk.
    pub changed: bool,
    /// When it will become public.
    pub scheduled: Option<Scheduled>,
}

impl Progress {
    /// Whether the table has such a step from here.
    #[must_use]
    pub fn can(&self, step: crate::article::Step) -> bool {
        self.state.after(step, self.standing).is_ok()
    }
}

/// A time at which an article becomes public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheduled {
    /// As it is shown.
    pub at: LocalTime,
    /// As it is compared and sent back.
    pub instant: Timestamp,
    /// Whether the text was changed since: the schedule is bound to the text that it was made for.
    pub changed: bool,
}

/// An article on the desk: what the writing page opens with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Its number.
    pub id: ArticleId,
    /// How far it is on its way.
    pub progress: Progress,
    /// The revision that this is, to be named as the base of what is saved next.
    pub revision: RevisionId,
    /// What stands in it.
    pub manuscript: Manuscript,
    /// What the account may do to it.
    pub may: Vec<Action>,
    /// When this was saved.
    pub saved: LocalTime,
    /// The zone of the site, by its IANA name: the form's times are of this zone.
    pub zone: String,
    /// The files that text, lead and attachments name.
    pub files: Vec<File>,
    /// Who else has it open.
    pub others: Vec<Presence>,
}

/// Somebody who has the article open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// The account; the reader's own where it is another tab of theirs.
    pub account: AccountId,
    /// The name to show.
    pub name: String,
}

/// How a save is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaveKind {
    /// While writing: a burst of these is one revision of the history.
    Auto,
    /// A revision to be kept under this name (which may be empty: kept without a name).
    Kept(String),
}

/// A write: what the tab holds now, and on what it is based.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Save {
    /// The article.
    pub article: ArticleId,
    /// The tab that writes: a random word that it keeps while it is open (and takes over from its journal).
    pub tab: String,
    /// Counts the tab's saves. The same number again is the same save again: it is answered, not repeated.
    pub serial: u32,
    /// The revision that the tab last had from the server.
    pub base: RevisionId,
    /// What the tab holds.
    pub manuscript: Manuscript,
    /// How it is meant.
    pub kind: SaveKind,
}

/// The answer to a write: it is on the disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The revision that now stands, the base of the next write.
    pub revision: RevisionId,
    /// When it was saved.
    pub at: LocalTime,
    /// How far the article is on its way.
    pub progress: Progress,
    /// What now stands, where that differs from what was sent.
    pub merged: Option<Manuscript>,
    /// What could not be merged: the other's stands in the article, the sender's is kept as a fragment.
    pub clashes: Vec<Clash>,
    /// The fragment under which the sender's words are kept, where something clashed: dropped by the sender once they
    /// have chosen.
    pub fragment: Option<i64>,
    /// Who wrote what it clashed with.
    pub by: String,
    /// Files that `merged` names.
    pub files: Vec<File>,
    /// Who else has it open.
    pub others: Vec<Presence>,
}

/// A field or a block that two people changed in different ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clash {
    /// A field.
    Field {
        /// Its name in the wire format; those of [`Placement`] stand with their JSON as text.
        field: String,
        /// The sender's.
        ours: String,
        /// What stands.
        theirs: String,
    },
    /// A block of the text, by its id.
    Block {
        /// The block's id.
        id: String,
        /// The sender's; none was deleted.
        ours: Option<Block>,
        /// What stands; none was deleted.
        theirs: Option<Block>,
    },
}

/// How a revision came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevisionKind {
    /// Brought in.
    Import,
    /// Written, a burst of saves.
    Autosave,
    /// Kept on purpose.
    Kept,
    /// An earlier one that was made current again.
    Restored,
    /// The text as it stood when it was taken from readers.
    Withdrawn,
}

/// A revision in an article's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionRow {
    /// Its number.
    pub id: RevisionId,
    /// How it came to be.
    pub kind: RevisionKind,
    /// The name under which it was kept.
    pub name: String,
    /// Who wrote it; empty is the system.
    pub by: String,
    /// When.
    pub at: LocalTime,
    /// The title in it.
    pub title: String,
    /// Whether editors see it.
    pub working: bool,
    /// Whether readers see it.
    pub published: bool,
}

/// Two revisions beside each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The older one.
    pub older: RevisionRow,
    /// The newer one.
    pub newer: RevisionRow,
    /// Fields that differ.
    pub fields: Vec<FieldChange>,
    /// The text, block by block.
    pub blocks: Vec<BlockChange>,
}

/// A field that differs between two revisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Its name in the wire format.
    pub field: String,
    /// Its text before and after, in pieces.
    pub text: Vec<crate::document::diff::Piece>,
}

/// Words of somebody that stand in no revision: the losing side of a clash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fragment {
    /// Its number.
    pub id: i64,
    /// The article.
    pub article: ArticleId,
    /// The article's title.
    pub title: String,
    /// When it was kept.
    pub at: LocalTime,
    /// Who wrote what stands instead.
    pub by: String,
    /// The clashes, `ours` being the words that are kept here.
    pub clashes: Vec<Clash>,
}
