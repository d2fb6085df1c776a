//! An old site that moves in, as the newsroom sees it: what was found, how far it is, what came over.

use crate::{ArticleId, Document, ImportId, SectionId, time::LocalTime};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Its pages are being read.
    Reading,
    /// What was found is there to be looked at.
    Found,
    /// Articles are coming in.
    Bringing,
    /// They are in.
    Done,
    /// They are being taken out again.
    Undoing,
    /// They are out again.
    Undone,
    /// It could not go on.
    Failed,
}

impl Stage {
    /// All stages.
    pub const ALL: [Self; 7] =
        [Self::Reading, Self::Found, Self::Bringing, Self::Done, Self::Undoing, Self::Undone, Self::Failed];

    /// The name under which it is stored.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Found => "found",
            Self::Bringing => "bringing",
            Self::Done => "done",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
            Self::Failed => "failed",
        }
    }

    /// The stage of a key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.key() == key)
    }

    /// Whether somebody works at it, so that looking again later shows something else.
    #[must_use]
    pub const fn goes_on(self) -> bool {
        matches!(self, Self::Reading | Self::Bringing | Self::Undoing)
    }

    /// Whether what is corrected and chosen still matters: its pages wait to come in, perhaps once more.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Found | Self::Failed | Self::Undone)
    }
}

/// How articles are to come in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Where articles go whose section is not found.
    pub section: Option<SectionId>,
    /// For readers to see, with the times that they had.
    #[serde(default)]
    pub publish: bool,
    /// What an operator knows of the site, TOML.
    #[serde(default)]
    pub profile: String,
}

/// What became of things of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// They are here as they were there.
    pub came: u64,
    /// They are here, and something of them is not as it was.
    pub changed: u64,
    /// They are not here.
    pub missing: u64,
}

/// What came over of an old site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parity {
    /// Pages that hold an article.
    pub pages: Counts,
    /// Pictures and files that they show or offer.
    pub pictures: Counts,
    /// Links to other pages of the site.
    pub links: Counts,
    /// Pages that are lists of others, which need not come over.
    pub lists: u64,
    /// Why something changed or is missing, with how often, most often first.
    pub why: Vec<(String, u64)>,
}

/// An import in the list of all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// Its number.
    pub id: ImportId,
    /// What came in.
    pub name: String,
    /// How far it is.
    pub stage: Stage,
    /// How many pages have been done of those that are to be done at this stage.
    pub done: u64,
    /// How many those are; 0 where it is not known yet.
    pub total: u64,
    /// How many articles it brought that are still here.
    pub articles: u64,
    /// How many of those somebody has changed since: they stay when it is undone.
    pub changed: u64,
    /// Who began it; empty for an operator.
    pub by: String,
    /// When it was begun.
    pub began: LocalTime,
    /// Why it could not go on.
    pub fault: String,
    /// How articles are to come in.
    pub options: Options,
    /// What came over.
    pub parity: Option<Parity>,
    /// Whether it has pages that can be looked at.
    pub has_pages: bool,
}

impl Parity {
    /// Adds a reason.
    pub fn because(&mut self, why: impl Into<String>) {
        const MOST: usize = 200;
        let why = why.into();
        match self.why.iter().position(|(known, _)| *known == why) {
            Some(at) => self.why[at].1 += 1,
            None if self.why.len() < MOST => self.why.push((why, 1)),
            None => {}
        }
    }
}

/// The fields that are found on a page and can be corrected, by their names in reports and profiles.
pub const FIELDS: [&str; 9] =
    ["title", "subtitle", "byline", "publish_time", "source", "author", "editor", "section", "address"];

/// What was corrected of a page, by the names of [`FIELDS`]; an empty text is "there is none".
pub type Corrections = BTreeMap<String, String>;

/// A page in the list of what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundRow {
    /// Its number.
    pub id: i64,
    /// The file.
    pub file: String,
    /// Whether it holds an article; a list of others does not.
    pub article: bool,
    /// The least of what an article cannot do without (title, time, text), in per cent.
    pub confidence: u8,
    /// The title.
    pub title: String,
    /// When it was published there, as it was found or corrected; empty where it was not found.
    pub time: String,
    /// The name of the section, as it was found or corrected.
    pub section: String,
    /// Whether something was corrected.
    pub corrected: bool,
    /// Whether it is to come in.
    pub chosen: bool,
    /// What it became.
    pub became: Option<ArticleId>,
    /// Why it did not come in; or what was left out.
    pub outcome: String,
}

/// A value that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundField {
    /// One of [`FIELDS`].
    pub name: String,
    /// As it was found; empty is not at all.
    pub value: String,
    /// How sure that is, in per cent.
    pub confidence: u8,
    /// Where it was found.
    pub found: String,
    /// What was put in its place.
    pub corrected: Option<String>,
}

/// A page with all that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FoundPage {
    /// As it stands in the list.
    pub row: FoundRow,
    /// In the order of [`FIELDS`].
    pub fields: Vec<FoundField>,
    /// The text; its pictures are not in the library yet.
    pub body: Document,
    /// What was left out or could not be read.
    pub notes: Vec<String>,
    /// The pictures that it shows, by their addresses there.
    pub pictures: Vec<String>,
    /// The files that it offers.
    pub files: Vec<String>,
}

/// Which pages are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// Those that hold an article.
    #[default]
    Articles,
    /// Those of which something is not sure, below [`DOUBTFUL`], and that nobody has looked through yet.
    Doubtful,
    /// Lists of others.
    Lists,
    /// Those that did not come in.
    Missing,
    /// Those whose articles somebody has changed since.
    Changed,
}

impl Which {
    /// All of them, in the order in which they are counted.
    pub const ALL: [Self; 5] = [Self::Articles, Self::Doubtful, Self::Lists, Self::Missing, Self::Changed];

    /// Its name in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Doubtful => "doubtful",
            Self::Lists => "lists",
            Self::Missing => "missing",
            Self::Changed => "changed",
        }
    }

    /// The one of a key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|which| which.key() == key)
    }
}

/// Below so many per cent something is doubtful.
pub const DOUBTFUL: u8 = 75;

/// How many pages a list shows at a time.
pub const FOUND_PAGE: u32 = 50;

/// Pages of a list, those of which least is sure first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundList {
    /// The pages.
    pub rows: Vec<FoundRow>,
    /// Where the next ones begin: confidence and number of the last one here.
    pub next: Option<(u8, i64)>,
    /// How many there are of each kind, in the order of [`Which::ALL`].
    pub counts: [u64; 5],
    /// How many are to come in.
    pub chosen: u64,
}
