//! The document tree: the body of an article. ProseMirror-compatible JSON with a schema of our own, never HTML. One
//! tree, many outputs: [`html`], [`text`]; what the schema does not know cannot be stored, so nothing needs to be
//! sanitised when it is shown.
//!
//! ```json
//! {"type":"doc","attrs":{"version":1},"content":[{"type":"paragraph","attrs":{"id":"b1"},"content":[{"type":"text","text":"…"}]}]}
//! ```

mod attrs;
pub mod diff;
pub mod html;
mod links;
pub mod markdown;
mod node;
mod reading;
mod rules;
pub mod schema;
pub mod text;

pub use attrs::{
    Align, AttachmentAttrs, BlockAttrs, CellAttrs, FigureAttrs, FootnoteAttrs, HeadingAttrs, Href, Indent, LinkAttrs,
    ListAttrs, TextAttrs, VideoAttrs,
};
pub use node::{Block, Cell, Inline, Item, Mark, Row};
pub use rules::{DEEPEST, LARGEST};
pub(crate) use rules::{each_block, each_block_mut};

use crate::{MediaId, Refusal};
use serde::{Deserialize, Serialize};

/// The version of the schema that this code writes. A tree of a later version is refused, one of an earlier version is
/// brought up when it is read.
pub const VERSION: u32 = 1;

/// Characters from which on a paragraph says something by itself.
const SAYS_SOMETHING: usize = 20;

/// An article's body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    #[serde(rename = "type")]
    kind: DocumentType,
    attrs: DocumentAttrs,
    /// The blocks, in reading order.
    #[serde(rename = "content", default)]
    pub blocks: Vec<Block>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum DocumentType {
    #[serde(rename = "doc")]
    Doc,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentAttrs {
    version: u32,
}

impl Default for Document {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Document {
    /// A document of these blocks. Blocks without an id get one that is unique in the document.
    #[must_use]
    pub fn new(blocks: Vec<Block>) -> Self {
        let mut document = Self { kind: DocumentType::Doc, attrs: DocumentAttrs { version: VERSION }, blocks };
        rules::name_blocks(&mut document.blocks);
        document
    }

    /// One paragraph a line; lines without text are left out, white space around them as well.
    #[must_use]
    pub fn from_plain_text(text: &str) -> Self {
        let paragraphs = text.lines().map(trim_line).filter(|line| !line.is_empty());
        Self::new(paragraphs.map(Block::paragraph).collect())
    }

    /// Reads and checks the stored form.
    ///
    /// # Errors
    /// `BadDocument` for anything that the schema does not allow.
    pub fn from_json(json: &str) -> Result<Self, Refusal> {
        Self::from_json_by(json, |json| serde_json::from_str(json))
    }

    /// The same by another reader of JSON: a browser has a smaller one.
    ///
    /// # Errors
    /// `BadDocument` for anything that the schema does not allow.
    pub fn from_json_by<E: std::fmt::Display>(
        json: &str,
        read: impl FnOnce(&str) -> Result<Self, E>,
    ) -> Result<Self, Refusal> {
        within_limit(json)?;
        let document = read(json).map_err(|error| Refusal::BadDocument { rule: error.to_string() })?;
        document.check()?;
        Ok(document)
    }

    /// The stored form.
    ///
    /// # Errors
    /// `BadDocument` where the tree breaks a rule, `TooLong` where it is larger than [`LARGEST`]: nothing is stored that could not be read back.
    pub fn to_json(&self) -> Result<String, Refusal> {
        self.check()?;
        let json = serde_json::to_string(self).map_err(|error| Refusal::BadDocument { rule: error.to_string() })?;
        within_limit(&json)?;
        Ok(json)
    }

    /// Checks the rules that types do not express: version, depth, unique ids, text without control characters.
    ///
    /// # Errors
    /// `BadDocument` naming the rule.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.attrs.version != VERSION {
            return Err(rules::broken(&format!("version {} where {VERSION} is known", self.attrs.version)));
        }
        rules::check(&self.blocks)
    }

    /// Whether a reader would see nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.iter().all(|block| !shows_something(block) && text::of_block(block).trim().is_empty())
    }

    /// The pictures of the document in reading order, each once.
    #[must_use]
    pub fn pictures(&self) -> Vec<MediaId> {
        let mut found = Vec::new();
        rules::each_block(&self.blocks, &mut |block| {
            if let Block::Figure { attrs, .. } = block
                && !found.contains(&attrs.media)
            {
                found.push(attrs.media);
            }
        });
        found
    }

    /// Everything of the media library that the document names, each once.
    #[must_use]
    pub fn media(&self) -> Vec<MediaId> {
        let mut found = Vec::new();
        rules::each_block(&self.blocks, &mut |block| {
            let media = match block {
                Block::Figure { attrs, .. } => attrs.media,
                Block::Video { attrs, .. } => attrs.media,
                Block::Attachment { attrs } => attrs.media,
                _ => return,
            };
            if !found.contains(&media) {
                found.push(media);
            }
        });
        found
    }

    /// The first paragraph that says something, cut to at most `limit` characters: what is offered as a summary. A
    /// salutation or a place line is shorter than [`SAYS_SOMETHING`] and is passed over where more follows.
    #[must_use]
    pub fn excerpt(&self, limit: usize) -> String {
        let paragraphs = || {
            let paragraphs = self.blocks.iter().filter(|block| matches!(block, Block::Paragraph { .. }));
            paragraphs.map(|block| text::of_block(block).trim().replace('\n', " ")).filter(|text| !text.is_empty())
        };
        let long = paragraphs().find(|text| text.chars().count() >= SAYS_SOMETHING);
        let first = long.or_else(|| paragraphs().next()).unwrap_or_default();
        match first.char_indices().nth(limit) {
            None => first,
            Some((end, _)) => format!("{}…", &first[..end]),
        }
    }
}

/// Whether a block is seen without any text.
const fn shows_something(block: &Block) -> bool {
    matches!(block, Block::Figure { .. } | Block::Video { .. } | Block::Attachment { .. })
}

fn within_limit(json: &str) -> Result<(), Refusal> {
    if json.len() > LARGEST {
        return Err(Refusal::TooLong { field: "body".to_owned(), limit: LARGEST as u64 });
    }
    Ok(())
}

/// White space around a line of text, including the ideographic and the no-break space that old pages indent with.
#[must_use]
pub fn trim_line(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
}
