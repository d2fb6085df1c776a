//! The kinds of nodes and marks. Their JSON is what ProseMirror reads: `type`, `attrs`, `content`, `marks`.

use super::{
    attrs::{
        AttachmentAttrs, BlockAttrs, CellAttrs, FigureAttrs, FootnoteAttrs, HeadingAttrs, LinkAttrs, ListAttrs,
        TextAttrs, VideoAttrs,
    },
    reading::Node,
};
use serde::{Deserialize, Serialize};

/// A block: what stands below the one before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", try_from = "Node")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Id, alignment, indent.
        attrs: TextAttrs,
        /// The text.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        content: Vec<Inline>,
    },
    /// A heading below the article's title.
    Heading {
        /// Id, level, alignment.
        attrs: HeadingAttrs,
        /// The text.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        content: Vec<Inline>,
    },
    /// A list without numbers.
    BulletList {
        /// Id.
        attrs: BlockAttrs,
        /// The items.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        content: Vec<Item>,
    },
    /// A list with numbers.
    OrderedList {
        /// Id and first number.
        attrs: ListAttrs,
        /// The items.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        content: Vec<Item>,
    },
    /// A quotation.
    Blockquote {
        /// Id.
        attrs: BlockAttrs,
        /// What is quoted.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        content: Vec<Block>,
    },
    /// A table.
    Table {
        /// Id.
        attrs: BlockAttrs,
        /// The rows.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        content: Vec<Row>,
    },
    /// A picture with its caption.
    Figure {
        /// Id, picture, alternative text.
        attrs: FigureAttrs,
        /// The caption.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        content: Vec<Inline>,
    },
    /// A film with its caption.
    Video {
        /// Id, file, name.
        attrs: VideoAttrs,
        /// The caption.
        #[serde(skip_serializing_if = "Vec::is_empty")]
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
#[serde(try_from = "Node")]
pub struct Item {
    #[serde(rename = "type")]
    kind: ItemType,
    /// Paragraphs, and lists within the list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub content: Vec<Block>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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
#[serde(try_from = "Node")]
pub struct Row {
    #[serde(rename = "type")]
    kind: RowType,
    /// The cells.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub content: Vec<Cell>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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
#[serde(tag = "type", rename_all = "camelCase", try_from = "Node")]
pub enum Cell {
    /// A cell that names its column or row.
    TableHeader {
        /// Spans.
        attrs: CellAttrs,
        /// What stands in it.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        content: Vec<Block>,
    },
    /// A cell.
    TableCell {
        /// Spans.
        attrs: CellAttrs,
        /// What stands in it.
        #[serde(skip_serializing_if = "Vec::is_empty")]
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
#[serde(tag = "type", rename_all = "camelCase", try_from = "Node")]
pub enum Inline {
    /// Text with its marks.
    Text {
        /// Never empty.
        text: String,
        /// In the order of [`Mark`], each kind at most once.
        #[serde(skip_serializing_if = "Vec::is_empty")]
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
#[serde(tag = "type", rename_all = "camelCase", try_from = "Node")]
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
