//! Footnotes on their way through HTML: in the text stands a sign that no text has, with the number of the note.

use content::document::{Block, Cell, FootnoteAttrs, Inline, Item, Row};

/// Two characters of the area for private use, taken out of every text before.
const BEGIN: char = '\u{f8f0}';
const END: char = '\u{f8f1}';

/// The sign that stands for a note.
pub(super) fn sign(number: usize) -> String {
    format!("{BEGIN}{number}{END}")
}

/// A text without characters that could be taken for a sign.
pub(super) fn without_signs(text: &str) -> String {
    text.replace([BEGIN, END], "")
}

/// Puts the notes where their signs stand. The depth of a tree is bounded when it is made, so this goes a dozen calls
/// deep at most.
pub(super) fn put(blocks: Vec<Block>, notes: &[String]) -> Vec<Block> {
    blocks.into_iter().map(|block| one(block, notes)).collect()
}

fn one(block: Block, notes: &[String]) -> Block {
    match block {
        Block::Paragraph { attrs, content } => Block::Paragraph { attrs, content: line(content, notes) },
        Block::Heading { attrs, content } => Block::Heading { attrs, content: line(content, notes) },
        Block::Figure { attrs, content } => Block::Figure { attrs, content: line(content, notes) },
        Block::Blockquote { attrs, content } => Block::Blockquote { attrs, content: put(content, notes) },
        Block::BulletList { attrs, content } => Block::BulletList { attrs, content: items(content, notes) },
        Block::OrderedList { attrs, content } => Block::OrderedList { attrs, content: items(content, notes) },
        Block::Table { attrs, content } => {
            let row = |row: Row| Row::new(row.content.into_iter().map(|of| cell(of, notes)).collect());
            Block::Table { attrs, content: content.into_iter().map(row).collect() }
        }
        other => other,
    }
}

fn items(items: Vec<Item>, notes: &[String]) -> Vec<Item> {
    items.into_iter().map(|item| Item::new(put(item.content, notes))).collect()
}

fn cell(cell: Cell, notes: &[String]) -> Cell {
    match cell {
        Cell::TableHeader { attrs, content } => Cell::TableHeader { attrs, content: put(content, notes) },
        Cell::TableCell { attrs, content } => Cell::TableCell { attrs, content: put(content, notes) },
    }
}

fn line(content: Vec<Inline>, notes: &[String]) -> Vec<Inline> {
    let mut out = Vec::with_capacity(content.len());
    for inline in content {
        let Inline::Text { text, marks } = inline else {
            out.push(inline);
            continue;
        };
        let words =
            |text: &str| (!text.is_empty()).then(|| Inline::Text { text: text.to_owned(), marks: marks.clone() });
        let mut parts = text.split(BEGIN);
        out.extend(words(parts.next().unwrap_or_default()));
        for part in parts {
            let (number, rest) = part.split_once(END).unwrap_or(("", part));
            let note = number.parse().ok().and_then(|number: usize| notes.get(number));
            out.extend(note.into_iter().flat_map(|note| noted(note)));
            out.extend(words(rest));
        }
    }
    out
}

/// A note that is too long for the tree goes on in the next.
fn noted(note: &str) -> Vec<Inline> {
    let characters: Vec<char> = note.chars().collect();
    let texts = characters.chunks(FootnoteAttrs::LONGEST).map(|part| part.iter().collect::<String>());
    let notes = texts.filter(|text| !text.trim().is_empty());
    notes.map(|text| Inline::Footnote { attrs: FootnoteAttrs { text } }).collect()
}
