//! What stands in a text in one line of blocks, as Word has it, and the lists that are made of it: an entry of a list
//! is a paragraph of its own there, and only its number and level tell where it belongs.

use content::MediaId;
use content::document::{Align, Block, BlockAttrs, FigureAttrs, Indent, Inline, Item, ListAttrs, TextAttrs};

/// The deepest list that is made: the tree has room for more, but not within a table within a quotation.
const DEEPEST: u8 = 5;

/// A block as it comes.
#[derive(Clone, Debug)]
pub(super) enum Flat {
    /// A paragraph.
    Paragraph(Line),
    /// A heading of a level as the file has it, 1 to 9.
    Heading(u8, Line),
    /// The title of the whole.
    Title(Line),
    /// The line below it.
    Subtitle(Line),
    /// A paragraph of a quotation.
    Quote(Line),
    /// An entry of a list: its level, the number of one that counts, and the list.
    Entry { level: u8, number: Option<u32>, list: u32, line: Line },
    /// A paragraph with a written number that stands within a list.
    Within(u8, Line),
    /// A picture, by its place among the pictures, with what is said in its place and below it.
    Figure(usize, String, Vec<Inline>),
    /// A table.
    Table(Block),
}

/// The text of a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) content: Vec<Inline>,
    pub(super) align: Align,
    pub(super) indented: bool,
    /// Whether it stands in the middle or is indented: what a title is told by.
    pub(super) bold: bool,
}

impl Line {
    /// The paragraph. Where no paragraph of a file is indented, nothing is meant by it.
    fn block(self, indents: bool) -> Block {
        let indent = if !indents || self.indented { Indent::First } else { Indent::None };
        let attrs = TextAttrs { text_align: self.align, indent, ..TextAttrs::default() };
        Block::Paragraph { attrs, content: self.content }
    }
}

/// A list that is being filled.
struct List {
    level: u8,
    start: Option<u32>,
    list: u32,
    items: Vec<Item>,
}

/// Makes blocks. `indents` says whether first lines are indented in this file; `heading` gives the level of the tree.
pub(super) fn blocks(flats: Vec<Flat>, indents: bool, heading: &dyn Fn(u8) -> u8) -> Vec<Block> {
    let mut making = Making { out: Vec::new(), open: Vec::new() };
    for flat in flats {
        match flat {
            Flat::Entry { level, number, list, line } => making.entry(level.min(DEEPEST), number, list, line),
            Flat::Within(level, line) => making.within(level.min(DEEPEST), line.block(false)),
            Flat::Heading(level, line) => {
                let attrs = content::document::HeadingAttrs {
                    id: String::new(),
                    level: heading(level),
                    text_align: line.align,
                };
                making.block(Block::Heading { attrs, content: line.content });
            }
            Flat::Quote(line) => making.quote(line.block(indents)),
            Flat::Paragraph(line) | Flat::Title(line) | Flat::Subtitle(line) => making.block(line.block(indents)),
            Flat::Figure(at, alt, content) => making.block(figure(at, alt, content)),
            Flat::Table(table) => making.block(table),
        }
    }
    making.close(0);
    making.out
}

/// A picture whose number in the library is not known yet: its place among the pictures stands for it.
fn figure(at: usize, alt: String, content: Vec<Inline>) -> Block {
    let media = MediaId(i64::try_from(at).unwrap_or(i64::MAX));
    Block::Figure { attrs: FigureAttrs { id: String::new(), media, alt }, content }
}

struct Making {
    out: Vec<Block>,
    open: Vec<List>,
}

impl Making {
    fn block(&mut self, block: Block) {
        self.close(0);
        self.out.push(block);
    }

    fn quote(&mut self, block: Block) {
        self.close(0);
        match self.out.last_mut() {
            Some(Block::Blockquote { content, .. }) => content.push(block),
            _ => self.out.push(Block::Blockquote { attrs: BlockAttrs::default(), content: vec![block] }),
        }
    }

    fn entry(&mut self, level: u8, number: Option<u32>, list: u32, line: Line) {
        while self.open.last().is_some_and(|open| open.level > level) {
            self.close(self.open.len() - 1);
        }
        let same = self.open.last().is_some_and(|open| {
            open.level == level && open.start.is_some() == number.is_some() && (number.is_none() || open.list == list)
        });
        if !same {
            if self.open.last().is_some_and(|open| open.level == level) {
                self.close(self.open.len() - 1);
            }
            self.open.push(List { level, start: number, list, items: Vec::new() });
        }
        if let Some(open) = self.open.last_mut() {
            open.items.push(Item::new(vec![line.block(false)]));
        }
    }

    /// Gives a paragraph to the entry of a list above its level, or lets it stand by itself.
    fn within(&mut self, level: u8, block: Block) {
        while self.open.last().is_some_and(|open| open.level >= level) {
            self.close(self.open.len() - 1);
        }
        match self.open.last_mut().and_then(|open| open.items.last_mut()) {
            Some(item) => item.content.push(block),
            None => self.block(block),
        }
    }

    /// Closes lists until so many are open.
    fn close(&mut self, kept: usize) {
        while self.open.len() > kept
            && let Some(list) = self.open.pop()
        {
            let block = match list.start {
                Some(start) => {
                    Block::OrderedList { attrs: ListAttrs { start, ..ListAttrs::default() }, content: list.items }
                }
                None => Block::BulletList { attrs: BlockAttrs::default(), content: list.items },
            };
            match self.open.last_mut().and_then(|outer| outer.items.last_mut()) {
                Some(item) => item.content.push(block),
                None => self.out.push(block),
            }
        }
    }
}
