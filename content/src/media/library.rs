//! What the room of the library is made of. Views that store answers with and the app shows.

use super::{File, Focus, MediaKind};
use crate::{ArticleId, LocalTime, article::State};
use serde::{Deserialize, Serialize};

/// Which files a list shows. What is `None`, empty or `false` does not filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MediaFilter {
    /// Of this kind.
    pub kind: Option<MediaKind>,
    /// Holds this text in its name or in what is said in its place.
    pub text: String,
    /// What no article uses.
    pub unused: bool,
    /// Pictures of which nothing is said in their place.
    pub without_alt: bool,
    /// What is in the bin, instead of what is not.
    pub bin: bool,
}

/// How far the widths of a picture are. A file that is no picture has none to make and is `Done`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Making {
    /// They are there.
    #[default]
    Done,
    /// They are on their way; the picture is shown as it came.
    Waiting,
    /// They could not be made; the picture is shown as it came. The reason is one word, to be translated: `unreadable`
    /// (its data is damaged), `store` (the media store did not take or give the bytes), `other`.
    Failed(String),
}

/// A file in a list of the library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaRow {
    /// The file.
    pub file: File,
    /// What it is.
    pub kind: MediaKind,
    /// How far its widths are.
    pub making: Making,
    /// Who brought it; empty is the system.
    pub by: String,
    /// When it came.
    pub added: LocalTime,
    /// How many articles use it, public or not.
    pub uses: u32,
    /// When it was put into the bin.
    pub deleted: Option<LocalTime>,
}

/// A page of the library, the newest first. The marks are opaque words that name the place where a page begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaPage {
    /// The rows in their order.
    pub rows: Vec<MediaRow>,
    /// The mark of the page after this one.
    pub next: Option<String>,
    /// The mark of the page before this one.
    pub previous: Option<String>,
    /// The size of all files of the library, the bin included, without the widths that were made.
    pub total_bytes: u64,
}

/// As what an article uses a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UseRole {
    /// In its text.
    Text,
    /// As the picture that stands for it in lists.
    Lead,
    /// Below its text.
    Attachment,
}

/// An article that uses a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaUse {
    /// The article.
    pub article: ArticleId,
    /// Its title.
    pub title: String,
    /// Where it is on its way.
    pub state: State,
    /// Whether readers see this use.
    pub public: bool,
    /// As what.
    pub role: UseRole,
}

/// A file with everything that is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaDetail {
    /// The file as the list has it.
    pub row: MediaRow,
    /// Which articles use it, those that readers see first; 100 at most, `row.uses` counts all.
    pub uses: Vec<MediaUse>,
    /// Whether the account may describe, replace and delete it.
    pub may_change: bool,
}

/// What is said of a file, as a form gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaFields {
    /// The name that readers are shown.
    pub name: String,
    /// What is said in place of a picture.
    pub alt: String,
    /// What stays in sight where it is cut.
    pub focus: Focus,
}
