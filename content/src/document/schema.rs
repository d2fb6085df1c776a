//! The schema for those who write trees in another language: kinds of nodes, their attributes in the order in which they
//! are stored, what is left out because it goes without saying, marks in their order, limits. The editor is built on the
//! JSON of this, so that what it writes is what is stored, byte for byte.

use super::{
    Align, AttachmentAttrs, Block, BlockAttrs, Cell, CellAttrs, DEEPEST, FigureAttrs, FootnoteAttrs, HeadingAttrs,
    Href, Indent, Inline, Item, LARGEST, LinkAttrs, ListAttrs, Mark, Row, TextAttrs, VERSION, VideoAttrs,
};
use crate::{MediaId, Refusal, article::LONGEST_LINE};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{IgnoredAny, MapAccess, Visitor},
};
use std::collections::BTreeMap;

/// What the schema says.
#[derive(Debug, Serialize)]
pub struct Schema {
    version: u32,
    /// Kinds of nodes by their names.
    nodes: BTreeMap<String, Node>,
    /// Names of marks in their order.
    marks: Vec<String>,
    limits: Limits,
    /// How an address begins that leaves the site.
    schemes: [&'static str; 4],
}

/// A kind of node.
#[derive(Debug, Serialize)]
struct Node {
    /// Its attributes in the order in which they are stored.
    attrs: Vec<String>,
    /// Those that are left out where they have this value.
    omitted: BTreeMap<String, serde_json::Value>,
}

/// What is not too long.
#[derive(Debug, Serialize)]
struct Limits {
    /// Bytes of a tree.
    largest: usize,
    /// Blocks within blocks.
    deepest: usize,
    /// Bytes of an address.
    href: usize,
    /// Characters of attributes.
    alt: usize,
    title: usize,
    name: usize,
    footnote: usize,
    /// Columns and rows of a cell.
    span: u16,
}

/// The schema.
///
/// # Errors
/// `BadDocument` where a kind of node cannot be written, which is a defect.
pub fn schema() -> Result<Schema, Refusal> {
    let mut nodes = BTreeMap::new();
    for (full, plain) in blocks() {
        describe(&mut nodes, &full, &plain)?;
    }
    for (full, plain) in cells() {
        describe(&mut nodes, &full, &plain)?;
    }
    let footnote = Inline::Footnote { attrs: FootnoteAttrs { text: "x".into() } };
    for inline in [Inline::text("x"), Inline::HardBreak, footnote] {
        describe(&mut nodes, &inline, &inline)?;
    }
    describe(&mut nodes, &Item::new(Vec::new()), &Item::new(Vec::new()))?;
    describe(&mut nodes, &Row::new(Vec::new()), &Row::new(Vec::new()))?;
    let link = LinkAttrs { href: Href::try_from("/".to_owned())? };
    let marks = [
        Mark::Link { attrs: link },
        Mark::Bold,
        Mark::Italic,
        Mark::Underline,
        Mark::Strike,
        Mark::Superscript,
        Mark::Subscript,
        Mark::Code,
    ];
    let marks = marks.iter().map(|mark| Ok(read(mark)?.kind)).collect::<Result<_, Refusal>>()?;
    let limits = Limits {
        largest: LARGEST,
        deepest: DEEPEST,
        href: Href::LONGEST,
        alt: FigureAttrs::LONGEST_ALT,
        title: LONGEST_LINE,
        name: LONGEST_LINE,
        footnote: FootnoteAttrs::LONGEST,
        span: CellAttrs::MOST,
    };
    Ok(Schema { version: VERSION, nodes, marks, limits, schemes: Href::SCHEMES })
}

/// Each kind of block with all its attributes and with those that are always written.
fn blocks() -> Vec<(Block, Block)> {
    let id = || "x".to_owned();
    let (media, level, content, start) = (MediaId(1), 2, Vec::new(), 1);
    let plain = BlockAttrs { id: id() };
    let paragraph = TextAttrs { id: id(), text_align: Align::Right, indent: Indent::None };
    let heading = HeadingAttrs { id: id(), level, text_align: Align::Right };
    let bare = HeadingAttrs { id: id(), level, text_align: Align::default() };
    let both = |block: Block| (block.clone(), block);
    vec![
        (
            Block::Paragraph { attrs: paragraph, content: content.clone() },
            Block::Paragraph { attrs: TextAttrs::default(), content: content.clone() },
        ),
        (
            Block::Heading { attrs: heading, content: content.clone() },
            Block::Heading { attrs: bare, content: content.clone() },
        ),
        both(Block::BulletList { attrs: plain.clone(), content: Vec::new() }),
        both(Block::OrderedList { attrs: ListAttrs { id: id(), start }, content: Vec::new() }),
        both(Block::Blockquote { attrs: plain.clone(), content: Vec::new() }),
        both(Block::Table { attrs: plain.clone(), content: Vec::new() }),
        both(Block::Figure { attrs: FigureAttrs { id: id(), media, alt: id() }, content: content.clone() }),
        both(Block::Video { attrs: VideoAttrs { id: id(), media, title: id() }, content }),
        both(Block::Attachment { attrs: AttachmentAttrs { id: id(), media, name: id() } }),
        both(Block::HorizontalRule { attrs: plain }),
    ]
}

fn cells() -> [(Cell, Cell); 2] {
    let (attrs, content) = (CellAttrs::default(), Vec::new());
    let header = Cell::TableHeader { attrs: attrs.clone(), content: content.clone() };
    let cell = Cell::TableCell { attrs, content };
    [(header.clone(), header), (cell.clone(), cell)]
}

fn describe(nodes: &mut BTreeMap<String, Node>, full: &impl Serialize, plain: &impl Serialize) -> Result<(), Refusal> {
    let (full, plain) = (read(full)?, read(plain)?);
    let broken = |error: serde_json::Error| Refusal::BadDocument { rule: error.to_string() };
    let mut omitted = BTreeMap::new();
    for name in full.attrs.0.iter().filter(|name| !plain.attrs.0.contains(name)) {
        let value = if name == "indent" {
            serde_json::to_value(Indent::default())
        } else {
            serde_json::to_value(Align::default())
        };
        omitted.insert(name.clone(), value.map_err(broken)?);
    }
    nodes.insert(full.kind, Node { attrs: full.attrs.0, omitted });
    Ok(())
}

/// A node as it is stored, without what stands in it.
#[derive(Deserialize)]
struct Stored {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    attrs: Names,
}

fn read(node: &impl Serialize) -> Result<Stored, Refusal> {
    let stored = serde_json::to_string(node).and_then(|json| serde_json::from_str(&json));
    stored.map_err(|error| Refusal::BadDocument { rule: error.to_string() })
}

/// The names of an object in their order.
#[derive(Default)]
struct Names(Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Names;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Names, A::Error> {
                let mut names = Vec::new();
                while let Some((name, IgnoredAny)) = map.next_entry()? {
                    names.push(name);
                }
                Ok(Names(names))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}
