//! What nodes and marks carry beside their content.

use crate::{MediaId, Refusal};
use serde::{Deserialize, Serialize};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LinkAttrs {
    /// The address.
    pub href: Href,
}

/// An address that is safe to follow: `http`, `https`, `mailto`, `tel`, or one within the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Href(String);

impl Href {
    /// The longest address, in bytes.
    pub const LONGEST: usize = 2_000;
    /// How an address begins that leaves the site.
    pub const SCHEMES: [&str; 4] = ["http://", "https://", "mailto:", "tel:"];

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Href {
    type Error = Refusal;

    /// Browsers drop white space and control characters within an address before they look at its scheme, so any of
    /// them refuses the whole. `//host` and `/\host` leave the site and are not taken for paths of ours.
    fn try_from(text: String) -> Result<Self, Refusal> {
        let bad = || Refusal::BadDocument { rule: format!("not a safe address: {}", crate::refusal::quoted(&text)) };
        if text.is_empty() || text.len() > Self::LONGEST || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(bad());
        }
        let lower = text.to_ascii_lowercase();
        let absolute = Self::SCHEMES.iter().any(|scheme| lower.starts_with(scheme));
        let within = text.starts_with('#') || (text.starts_with('/') && !text[1..].starts_with(['/', '\\']));
        if absolute || within { Ok(Self(text)) } else { Err(bad()) }
    }
}

impl From<Href> for String {
    fn from(href: Href) -> Self {
        href.0
    }
}

/// Attributes of a block that has nothing but its id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BlockAttrs {
    /// See [`Block::id`].
    pub id: String,
}

/// Attributes of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TextAttrs {
    /// See [`Block::id`].
    pub id: String,
    /// How lines are aligned.
    #[serde(skip_serializing_if = "is_default")]
    pub text_align: Align,
    /// Whether the first line is indented.
    #[serde(skip_serializing_if = "is_default")]
    pub indent: Indent,
}

/// Attributes of a heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HeadingAttrs {
    /// See [`Block::id`].
    pub id: String,
    /// 2 to 4: the title of the article is the first.
    pub level: u8,
    /// How lines are aligned.
    #[serde(skip_serializing_if = "is_default")]
    pub text_align: Align,
}

/// Attributes of a numbered list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListAttrs {
    /// See [`Block::id`].
    pub id: String,
    /// The number of the first entry.
    pub start: u32,
}

impl Default for ListAttrs {
    fn default() -> Self {
        Self { id: String::new(), start: 1 }
    }
}

/// Attributes of a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellAttrs {
    /// Columns that it covers.
    pub colspan: u16,
    /// Rows that it covers.
    pub rowspan: u16,
}

impl CellAttrs {
    /// The most columns or rows that a cell covers; browsers read no more columns (HTML, 4.9.11).
    pub const MOST: u16 = 1_000;
}

impl Default for CellAttrs {
    fn default() -> Self {
        Self { colspan: 1, rowspan: 1 }
    }
}

/// Attributes of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureAttrs {
    /// See [`Block::id`].
    pub id: String,
    /// The picture in the media library.
    pub media: MediaId,
    /// What is said in its place.
    pub alt: String,
}

impl FigureAttrs {
    /// The longest text in place of a picture, in characters.
    pub const LONGEST_ALT: usize = 300;
}

/// Attributes of a film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VideoAttrs {
    /// See [`Block::id`].
    pub id: String,
    /// The file in the media library.
    pub media: MediaId,
    /// What it is called, for those who do not see it.
    pub title: String,
}

/// Attributes of a file to be taken home.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttachmentAttrs {
    /// See [`Block::id`].
    pub id: String,
    /// The file in the media library.
    pub media: MediaId,
    /// What it is called; empty is the name under which it came.
    pub name: String,
}

/// A note at the end of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FootnoteAttrs {
    /// What it says: 1 to [`FootnoteAttrs::LONGEST`] characters.
    pub text: String,
}

impl FootnoteAttrs {
    /// The longest note, in characters.
    pub const LONGEST: usize = 1_000;
}

/// How lines are aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// Where lines begin.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// Where lines end, as signatures and dates do.
    Right,
    /// At both edges.
    Justify,
}

/// Whether the first line is indented by two characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Indent {
    /// As Chinese paragraphs are.
    #[default]
    First,
    /// Not, as a salutation is not.
    None,
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
