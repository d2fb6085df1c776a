//! The plain text of a tree: for search, summaries and feeds. One line a paragraph, cells separated by tabs.

use super::{Block, Document, Inline};

/// The text of a whole document.
#[must_use]
pub fn of(document: &Document) -> String {
    let mut out = String::new();
    blocks(&document.blocks, &mut out);
    out
}

/// The text of one block.
#[must_use]
pub fn of_block(block: &Block) -> String {
    let mut out = String::new();
    blocks(std::slice::from_ref(block), &mut out);
    out
}

fn blocks(content: &[Block], out: &mut String) {
    for block in content {
        match block {
            Block::Paragraph { content, .. }
            | Block::Heading { content, .. }
            | Block::Figure { content, .. }
            | Block::Video { content, .. } => {
                let mut text = String::new();
                inlines(content, &mut text);
                line(&text, out);
            }
            Block::BulletList { content, .. } | Block::OrderedList { content, .. } => {
                content.iter().for_each(|item| blocks(&item.content, out));
            }
            Block::Blockquote { content, .. } => blocks(content, out),
            Block::Table { content, .. } => {
                for row in content {
                    let cells = row.content.iter().map(|cell| {
                        let mut text = String::new();
                        blocks(cell.content(), &mut text);
                        text.replace('\n', " ")
                    });
                    line(&cells.collect::<Vec<_>>().join("\t"), out);
                }
            }
            Block::Attachment { attrs } => line(&attrs.name, out),
            Block::HorizontalRule { .. } => {}
        }
    }
}

fn inlines(content: &[Inline], out: &mut String) {
    for inline in content {
        match inline {
            Inline::Text { text, .. } => out.push_str(text),
            Inline::HardBreak => out.push('\n'),
            // Where it stands, in brackets as in print: a text has no end of the page.
            Inline::Footnote { attrs } => {
                out.push('〔');
                out.push_str(&attrs.text);
                out.push('〕');
            }
        }
    }
}

fn line(text: &str, out: &mut String) {
    if text.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(text);
}
