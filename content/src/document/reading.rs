//! How the tree is read. A node names its kind beside what belongs to the kind, in any order: so it is read into one shape
//! that has room for all kinds, and taken apart by its kind afterwards. A reader derived for each kind would put every node
//! aside in a form of its own first, once for each level above it, and browsers would download many times the code.

use super::{
    Align, AttachmentAttrs, Block, BlockAttrs, Cell, CellAttrs, FigureAttrs, FootnoteAttrs, HeadingAttrs, Href, Indent,
    Inline, Item, LinkAttrs, ListAttrs, Mark, Row, TextAttrs, VideoAttrs,
};
use crate::MediaId;
use serde::{Deserialize, Deserializer};
use std::fmt;

/// A node or a mark of whatever kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    #[serde(rename = "type")]
    kind: Kind,
    #[serde(default, deserialize_with = "there")]
    attrs: Option<Attrs>,
    #[serde(default, deserialize_with = "there")]
    content: Option<Vec<Node>>,
    #[serde(default, deserialize_with = "there")]
    text: Option<String>,
    #[serde(default, deserialize_with = "there")]
    marks: Option<Vec<Node>>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(field_identifier, rename_all = "camelCase")]
enum Kind {
    Paragraph,
    Heading,
    BulletList,
    OrderedList,
    ListItem,
    Blockquote,
    Table,
    TableRow,
    TableHeader,
    TableCell,
    Figure,
    Video,
    Attachment,
    HorizontalRule,
    Text,
    HardBreak,
    Footnote,
    Link,
    Bold,
    Italic,
    Underline,
    Strike,
    Superscript,
    Subscript,
    Code,
}

/// The attributes of all kinds.
#[derive(Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
struct Attrs {
    #[serde(deserialize_with = "there")]
    id: Option<String>,
    #[serde(deserialize_with = "there")]
    text_align: Option<Align>,
    #[serde(deserialize_with = "there")]
    indent: Option<Indent>,
    #[serde(deserialize_with = "there")]
    level: Option<u8>,
    #[serde(deserialize_with = "there")]
    start: Option<u32>,
    #[serde(deserialize_with = "there")]
    colspan: Option<u16>,
    #[serde(deserialize_with = "there")]
    rowspan: Option<u16>,
    #[serde(deserialize_with = "there")]
    media: Option<MediaId>,
    #[serde(deserialize_with = "there")]
    alt: Option<String>,
    #[serde(deserialize_with = "there")]
    title: Option<String>,
    #[serde(deserialize_with = "there")]
    name: Option<String>,
    #[serde(deserialize_with = "there")]
    text: Option<String>,
    #[serde(deserialize_with = "there")]
    href: Option<Href>,
}

/// What is there is no null.
fn there<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// What is wrong with a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Such a node does not stand there.
    Place,
    /// It has something that its kind has not.
    Surplus,
    /// It lacks an attribute.
    Missing(&'static str),
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Place => f.write_str("a node of another kind is expected here"),
            Self::Surplus => f.write_str("a node has something that is not known of its kind"),
            Self::Missing(name) => write!(f, "a node lacks its attribute `{name}`"),
        }
    }
}

/// A node of which everything has to be taken.
struct Parts {
    attrs: Attrs,
    content: Option<Vec<Node>>,
    text: Option<String>,
    marks: Option<Vec<Node>>,
}

impl Node {
    fn parts(self) -> (Kind, Parts) {
        let Self { kind, attrs, content, text, marks } = self;
        (kind, Parts { attrs: attrs.unwrap_or_default(), content, text, marks })
    }

    /// Only content.
    fn bare(self) -> Result<Parts, Wrong> {
        if self.attrs.is_some() { Err(Wrong::Surplus) } else { Ok(self.parts().1) }
    }
}

impl Parts {
    fn id(&mut self) -> String {
        self.attrs.id.take().unwrap_or_default()
    }

    fn content<T: TryFrom<Node, Error = Wrong>>(&mut self) -> Result<Vec<T>, Wrong> {
        self.content.take().unwrap_or_default().into_iter().map(T::try_from).collect()
    }

    fn cell(&mut self) -> Result<(CellAttrs, Vec<Block>), Wrong> {
        let one = CellAttrs::default();
        let colspan = self.attrs.colspan.take().unwrap_or(one.colspan);
        let rowspan = self.attrs.rowspan.take().unwrap_or(one.rowspan);
        Ok((CellAttrs { colspan, rowspan }, self.content()?))
    }

    /// The finished node, if nothing is left of its parts.
    fn spent<T>(self, made: T) -> Result<T, Wrong> {
        let spent = self.attrs == Attrs::default() && self.content.is_none() && self.text.is_none();
        if spent && self.marks.is_none() { Ok(made) } else { Err(Wrong::Surplus) }
    }
}

/// An attribute that the kind must have.
fn need<T>(attribute: &mut Option<T>, name: &'static str) -> Result<T, Wrong> {
    attribute.take().ok_or(Wrong::Missing(name))
}

impl TryFrom<Node> for Block {
    type Error = Wrong;

    fn try_from(node: Node) -> Result<Self, Wrong> {
        let (kind, mut node) = node.parts();
        let id = node.id();
        let attrs = &mut node.attrs;
        let block = match kind {
            Kind::Paragraph => {
                let text_align = attrs.text_align.take().unwrap_or_default();
                let indent = attrs.indent.take().unwrap_or_default();
                Self::Paragraph { attrs: TextAttrs { id, text_align, indent }, content: node.content()? }
            }
            Kind::Heading => {
                let level = need(&mut attrs.level, "level")?;
                let text_align = attrs.text_align.take().unwrap_or_default();
                Self::Heading { attrs: HeadingAttrs { id, level, text_align }, content: node.content()? }
            }
            Kind::BulletList => Self::BulletList { attrs: BlockAttrs { id }, content: node.content()? },
            Kind::OrderedList => {
                let start = attrs.start.take().unwrap_or(ListAttrs::default().start);
                Self::OrderedList { attrs: ListAttrs { id, start }, content: node.content()? }
            }
            Kind::Blockquote => Self::Blockquote { attrs: BlockAttrs { id }, content: node.content()? },
            Kind::Table => Self::Table { attrs: BlockAttrs { id }, content: node.content()? },
            Kind::Figure => {
                let media = need(&mut attrs.media, "media")?;
                let alt = attrs.alt.take().unwrap_or_default();
                Self::Figure { attrs: FigureAttrs { id, media, alt }, content: node.content()? }
            }
            Kind::Video => {
                let media = need(&mut attrs.media, "media")?;
                let title = attrs.title.take().unwrap_or_default();
                Self::Video { attrs: VideoAttrs { id, media, title }, content: node.content()? }
            }
            Kind::Attachment => {
                let media = need(&mut attrs.media, "media")?;
                Self::Attachment { attrs: AttachmentAttrs { id, media, name: attrs.name.take().unwrap_or_default() } }
            }
            Kind::HorizontalRule => Self::HorizontalRule { attrs: BlockAttrs { id } },
            _ => return Err(Wrong::Place),
        };
        node.spent(block)
    }
}

impl TryFrom<Node> for Item {
    type Error = Wrong;

    fn try_from(node: Node) -> Result<Self, Wrong> {
        let Kind::ListItem = node.kind else { return Err(Wrong::Place) };
        let mut node = node.bare()?;
        let item = Self::new(node.content()?);
        node.spent(item)
    }
}

impl TryFrom<Node> for Row {
    type Error = Wrong;

    fn try_from(node: Node) -> Result<Self, Wrong> {
        let Kind::TableRow = node.kind else { return Err(Wrong::Place) };
        let mut node = node.bare()?;
        let row = Self::new(node.content()?);
        node.spent(row)
    }
}

impl TryFrom<Node> for Cell {
    type Error = Wrong;

    fn try_from(node: Node) -> Result<Self, Wrong> {
        let (kind, mut node) = node.parts();
        let (attrs, content) = node.cell()?;
        let cell = match kind {
            Kind::TableHeader => Self::TableHeader { attrs, content },
            Kind::TableCell => Self::TableCell { attrs, content },
            _ => return Err(Wrong::Place),
        };
        node.spent(cell)
    }
}

impl TryFrom<Node> for Inline {
    type Error = Wrong;

    fn try_from(node: Node) -> Result<Self, Wrong> {
        match node.kind {
            Kind::Text => {
                let mut node = node.bare()?;
                let text = need(&mut node.text, "text")?;
                let marks = node.marks.take().unwrap_or_default();
                let marks = marks.into_iter().map(Mark::try_from).collect::<Result<_, _>>()?;
                node.spent(Self::Text { text, marks })
            }
            // ProseMirror marks a break as it does the text around it, which says nothing.
            Kind::HardBreak => Ok(Self::HardBreak),
            Kind::Footnote => {
                let mut node = node.parts().1;
                let text = need(&mut node.attrs.text, "text")?;
                node.spent(Self::Footnote { attrs: FootnoteAttrs { text } })
            }
            _ => Err(Wrong::Place),
        }
    }
}

impl TryFrom<Node> for Mark {
    type Error = Wrong;

    fn try_from(node: Node) -> Result<Self, Wrong> {
        let (kind, mut node) = node.parts();
        Ok(match kind {
            Kind::Link => {
                let href = need(&mut node.attrs.href, "href")?;
                return node.spent(Self::Link { attrs: LinkAttrs { href } });
            }
            Kind::Bold => Self::Bold,
            Kind::Italic => Self::Italic,
            Kind::Underline => Self::Underline,
            Kind::Strike => Self::Strike,
            Kind::Superscript => Self::Superscript,
            Kind::Subscript => Self::Subscript,
            Kind::Code => Self::Code,
            _ => return Err(Wrong::Place),
        })
    }
}
