//! The kinds of nodes and marks. Their JSON is what ProseMirror reads: `type`, `attrs`, `content`, `marks`.

use crate::{MediaId, Refusal};
use serde::{Deserialize, Serialize};

/// A block: what stands below the one before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Id, alignment, indent.
        #[serde(default)]
        attrs: TextAttrs,
        /// The text.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        content: Vec<Inline>,
    },
    /// A heading below the article's title.
    Heading {
        /// Id, level, alignment.
        attrs: HeadingAttrs,
        /// The text.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        content: Vec<Inline>,
    },
    /// A list without numbers.
    BulletList {
        /// Id.
        #[serde(default)]
        attrs: BlockAttrs,
        /// The items.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        content: Vec<Item>,
    },
    /// A list with numbers.
    OrderedList {
        /// Id and first number.
        #[serde(default)]
        attrs: ListAttrs,
        /// The items.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        content: Vec<Item>,
    },
    /// A quotation.
    Blockquote {
        /// Id.
        #[serde(default)]
        attrs: BlockAttrs,
        /// What is quoted.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        content: Vec<Block>,
    },
    /// A table.
    Table {
        /// Id.
        #[serde(default)]
        attrs: BlockAttrs,
        /// The rows.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        content: Vec<Row>,
    },
    /// A picture with its caption.
    Figure {
        /// Id, picture, alternative text.
        attrs: FigureAttrs,
        /// The caption.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        content: Vec<Inline>,
    },
    /// A film with its caption.
    Video {
        /// Id, file, name.
        attrs: VideoAttrs,
        /// The caption.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        content: Vec<Inline>,
    },
    /// A file to be taken home.
    Attachment {
        /// Id, file, name.
        attrs: AttachmentAttrs,
    },
    /// A line between parts.
    HorizontalRule {
        /// Id.
        #[serde(default)]
        attrs: BlockAttrs,
    },
}

impl Block {
    /// A paragraph of plain text.
    #[must_use]
    pub fn paragraph(text: &str) -> Self {
        Self::Paragraph { attrs: TextAttrs::default(), content: vec![Inline::text(text)] }
    }

    /// Where the block's id stands.
    pub(crate) fn id_mut(&mut self) -> &mut String {
        match self {
            Self::Paragraph { attrs, .. } => &mut attrs.id,
            Self::Heading { attrs, .. } => &mut attrs.id,
            Self::OrderedList { attrs, .. } => &mut attrs.id,
            Self::Figure { attrs, .. } => &mut attrs.id,
            Self::Video { attrs, .. } => &mut attrs.id,
            Self::Attachment { attrs } => &mut attrs.id,
            Self::BulletList { attrs, .. }
            | Self::Blockquote { attrs, .. }
            | Self::Table { attrs, .. }
            | Self::HorizontalRule { attrs } => &mut attrs.id,
        }
    }

    /// The block's id: stable through edits and unique in the document, by which merging and links find it.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Paragraph { attrs, .. } => &attrs.id,
            Self::Heading { attrs, .. } => &attrs.id,
            Self::OrderedList { attrs, .. } => &attrs.id,
            Self::Figure { attrs, .. } => &attrs.id,
            Self::Video { attrs, .. } => &attrs.id,
            Self::Attachment { attrs } => &attrs.id,
            Self::BulletList { attrs, .. }
            | Self::Blockquote { attrs, .. }
            | Self::Table { attrs, .. }
            | Self::HorizontalRule { attrs } => &attrs.id,
        }
    }
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    #[serde(rename = "type")]
    kind: ItemType,
    /// Paragraphs, and lists within the list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub content: Vec<Block>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum ItemType {
    #[serde(rename = "listItem")]
    ListItem,
}

impl Item {
    /// An entry with this content.
    #[must_use]
    pub const fn new(content: Vec<Block>) -> Self {
        Self { kind: ItemType::ListItem, content }
    }
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    #[serde(rename = "type")]
    kind: RowType,
    /// The cells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub content: Vec<Cell>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum RowType {
    #[serde(rename = "tableRow")]
    TableRow,
}

impl Row {
    /// A row of these cells.
    #[must_use]
    pub const fn new(content: Vec<Cell>) -> Self {
        Self { kind: RowType::TableRow, content }
    }
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum Cell {
    /// A cell that names its column or row.
    TableHeader {
        /// Spans.
        #[serde(default)]
        attrs: CellAttrs,
        /// What stands in it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        content: Vec<Block>,
    },
    /// A cell.
    TableCell {
        /// Spans.
        #[serde(default)]
        attrs: CellAttrs,
        /// What stands in it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        content: Vec<Block>,
    },
}

impl Cell {
    /// What stands in the cell.
    #[must_use]
    pub fn content(&self) -> &[Block] {
        let (Self::TableHeader { content, .. } | Self::TableCell { content, .. }) = self;
        content
    }

    pub(crate) fn content_mut(&mut self) -> &mut Vec<Block> {
        let (Self::TableHeader { content, .. } | Self::TableCell { content, .. }) = self;
        content
    }
}

/// What stands within a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum Inline {
    /// Text with its marks.
    Text {
        /// Never empty.
        text: String,
        /// In the order of [`Mark`], each kind at most once.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        marks: Vec<Mark>,
    },
    /// A line break within a paragraph.
    HardBreak,
    /// A note that stands at the end of the text.
    Footnote {
        /// What it says.
        attrs: FootnoteAttrs,
    },
}

impl Inline {
    /// Text without marks.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text { text: text.to_owned(), marks: Vec::new() }
    }
}

/// What text can be beside itself. The order is the order of nesting in HTML.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum Mark {
    /// A link.
    Link {
        /// Where to.
        attrs: LinkAttrs,
    },
    /// Strong.
    Bold,
    /// Emphasised.
    Italic,
    /// Underlined.
    Underline,
    /// Struck out.
    Strike,
    /// Raised.
    Superscript,
    /// Lowered.
    Subscript,
    /// Set as a computer's text.
    Code,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BlockAttrs {
    /// See [`Block::id`].
    pub id: String,
}

/// Attributes of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HeadingAttrs {
    /// See [`Block::id`].
    #[serde(default)]
    pub id: String,
    /// 2 to 4: the title of the article is the first.
    pub level: u8,
    /// How lines are aligned.
    #[serde(default, skip_serializing_if = "is_default")]
    pub text_align: Align,
}

/// Attributes of a numbered list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureAttrs {
    /// See [`Block::id`].
    #[serde(default)]
    pub id: String,
    /// The picture in the media library.
    pub media: MediaId,
    /// What is said in its place.
    #[serde(default)]
    pub alt: String,
}

impl FigureAttrs {
    /// The longest text in place of a picture, in characters.
    pub const LONGEST_ALT: usize = 300;
}

/// Attributes of a film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VideoAttrs {
    /// See [`Block::id`].
    #[serde(default)]
    pub id: String,
    /// The file in the media library.
    pub media: MediaId,
    /// What it is called, for those who do not see it.
    #[serde(default)]
    pub title: String,
}

/// Attributes of a file to be taken home.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachmentAttrs {
    /// See [`Block::id`].
    #[serde(default)]
    pub id: String,
    /// The file in the media library.
    pub media: MediaId,
    /// What it is called; empty is the name under which it came.
    #[serde(default)]
    pub name: String,
}

/// A note at the end of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
