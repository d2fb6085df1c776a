//! The open elements, and what opening and closing one does. Only elements that stand in lines of their own are kept
//! here; marks are counted in [`Marks`].

use super::{
    attributes,
    element::{Inside, Part, part},
    frames::{self, Frame, Holds, Left},
    marks::Marks,
    text::{Breaks, Run},
    tokens::Receiver,
};
use crate::{PictureRef, left_out::LeftOut};
use content::document::{Align, Block, DEEPEST, HeadingAttrs, Href, Inline, Item, Row, TextAttrs};
use html5ever::{LocalName, tokenizer::Tag, tokenizer::states::RawKind};
use std::collections::HashMap;

pub(super) struct Tree<'a> {
    pub(super) pictures: &'a dyn Fn(&str) -> Option<PictureRef>,
    pub(super) dropped: LeftOut,
    dropping: Option<Dropping>,
    root: Vec<Block>,
    pub(super) frames: Vec<Frame>,
    open: Vec<Open>,
    /// How many elements of a name are open, by which an end tag without a beginning is told at once. A cell has
    /// counts of its own: nothing in it closes what is outside.
    counts: Vec<HashMap<LocalName, usize>>,
    pub(super) run: Run,
    pub(super) marks: Marks,
    /// Open tables and lists that are too deep, or within a cell, to be more than boundaries.
    pub(super) flat_tables: usize,
    pub(super) flat_lists: usize,
}

/// An open element.
struct Open {
    name: LocalName,
    style: Style,
    flat: Option<Part>,
}

/// What text in an element becomes; elements within it inherit.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) align: Align,
    pub(super) lines: Lines,
    pub(super) preformatted: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    Paragraphs,
    Headings(u8),
    Caption,
}

struct Dropping {
    name: LocalName,
    inside: Inside,
    depth: usize,
}

impl Receiver for Tree<'_> {
    /// A start tag. The answer tells the tokenizer that what follows is text up to the end tag.
    fn start(&mut self, tag: &Tag) -> Option<RawKind> {
        if let Some(dropping) = &mut self.dropping {
            let closes_itself = tag.self_closing && dropping.inside == Inside::Foreign;
            let nests = matches!(dropping.inside, Inside::Nested | Inside::Foreign);
            if nests && !closes_itself && dropping.name == tag.name {
                dropping.depth += 1;
            }
            return None;
        }
        match part(&tag.name) {
            Part::Dropped(inside) => return self.drop(tag, inside),
            part => self.open(tag, part),
        }
        // The one element of text that is kept and in which tags are text.
        (&*tag.name == "xmp").then_some(RawKind::Rawtext)
    }

    fn end(&mut self, tag: &Tag) {
        match &mut self.dropping {
            Some(dropping) if dropping.name == tag.name => {
                dropping.depth -= 1;
                if dropping.depth == 0 {
                    self.dropping = None;
                }
            }
            Some(_) => {}
            None => self.close(&tag.name, part(&tag.name)),
        }
    }

    fn text(&mut self, text: &str) {
        if self.dropping.is_some() {
        } else if self.style().preformatted {
            self.run.exact(text, self.marks.list());
        } else {
            self.run.flow(text, self.marks.list());
        }
    }

    fn comment(&mut self, _text: &str) {
        if self.dropping.is_none() {
            self.dropped.count("comment", "left out");
        }
    }
}

impl<'a> Tree<'a> {
    pub(super) fn new(pictures: &'a dyn Fn(&str) -> Option<PictureRef>) -> Self {
        Self {
            pictures,
            dropped: LeftOut::default(),
            dropping: None,
            root: Vec::new(),
            frames: Vec::new(),
            open: Vec::new(),
            counts: vec![HashMap::new()],
            run: Run::default(),
            marks: Marks::default(),
            flat_tables: 0,
            flat_lists: 0,
        }
    }

    pub(super) fn finish(mut self) -> (Vec<Block>, LeftOut) {
        self.close_from(0);
        if let Some(dropping) = &self.dropping {
            self.dropped.count(&dropping.name, "never closed, so all that follows it was left out");
        }
        (self.root, self.dropped)
    }

    fn drop(&mut self, tag: &Tag, inside: Inside) -> Option<RawKind> {
        self.dropped.count(&tag.name, "left out with its content");
        let empty = inside == Inside::Nothing || (inside == Inside::Foreign && tag.self_closing);
        if !empty {
            self.dropping = Some(Dropping { name: tag.name.clone(), inside, depth: 1 });
        }
        if let Inside::Raw(kind) = inside { Some(kind) } else { None }
    }

    pub(super) fn style(&self) -> Style {
        let base = Style { align: Align::Left, lines: Lines::Paragraphs, preformatted: false };
        self.open.last().map_or(base, |open| open.style)
    }

    pub(super) fn has_level_left(&self) -> bool {
        self.frames.iter().filter(|frame| frame.holds.is_level()).count() + 1 < DEEPEST
    }

    /// Opens an element in lines of its own. `flat` is there for a list or table that is only a boundary.
    pub(super) fn push(&mut self, name: &LocalName, style: Style, holds: Option<Holds>, flat: Option<Part>) {
        match flat {
            Some(Part::Table) => self.flat_tables += 1,
            Some(_) => self.flat_lists += 1,
            None => {}
        }
        if let Some(counts) = self.counts.last_mut() {
            *counts.entry(name.clone()).or_default() += 1;
        }
        if let Some(holds) = holds {
            if matches!(holds, Holds::Cell { .. }) {
                self.counts.push(HashMap::new());
            }
            self.frames.push(Frame { holds, base: self.open.len() });
        }
        self.open.push(Open { name: name.clone(), style, flat });
    }

    /// The name of the innermost open element.
    pub(super) fn innermost(&self) -> &str {
        self.open.last().map_or("", |open| &open.name)
    }

    /// The number of open elements.
    pub(super) const fn depth(&self) -> usize {
        self.open.len()
    }

    /// Closes the innermost element of this name and all within it, if there is one.
    pub(super) fn close_named(&mut self, name: &LocalName) -> bool {
        let there = self.counts.last().and_then(|counts| counts.get(name)).is_some_and(|count| *count > 0);
        if there && let Some(at) = self.open.iter().rposition(|open| open.name == *name) {
            self.close_from(at);
        }
        there
    }

    /// Closes elements until `depth` are open.
    pub(super) fn close_from(&mut self, depth: usize) {
        self.flush();
        while self.open.len() > depth
            && let Some(open) = self.open.pop()
        {
            if self.frames.last().is_some_and(|frame| frame.base == self.open.len()) {
                self.close_frame();
            }
            match open.flat {
                Some(Part::Table) => self.flat_tables -= 1,
                Some(_) => self.flat_lists -= 1,
                None => {}
            }
            if let Some(count) = self.counts.last_mut().and_then(|counts| counts.get_mut(&open.name)) {
                *count -= 1;
            }
        }
    }

    fn close_frame(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        match frames::close(frame) {
            Left::Blocks(blocks) => blocks.into_iter().for_each(|block| self.hold(block)),
            Left::Item(item) => self.hold_item(item),
            Left::Row(row) => self.hold_row(row),
            Left::Cell(cell, outside) => {
                self.counts.pop();
                self.marks = outside;
                if let Some(Frame { holds: Holds::Row(cells), .. }) = self.frames.last_mut() {
                    cells.push(cell);
                }
            }
        }
    }

    fn hold_item(&mut self, item: Item) {
        if let Some(Frame { holds: Holds::List { items, .. }, .. }) = self.frames.last_mut()
            && !item.content.is_empty()
        {
            items.push(item);
        }
    }

    fn hold_row(&mut self, row: Row) {
        if let Some(Frame { holds: Holds::Table(rows), .. }) = self.frames.last_mut()
            && !row.content.is_empty()
        {
            rows.push(row);
        }
    }

    /// Gives a block to the innermost frame that can hold one.
    pub(super) fn hold(&mut self, block: Block) {
        let mut block = block;
        for frame in self.frames.iter_mut().rev() {
            match frame.holds.hold(block) {
                None => return,
                Some(back) => block = back,
            }
        }
        self.root.push(block);
    }

    /// Ends the line: makes blocks of the text since the last boundary.
    pub(super) fn flush(&mut self) {
        let style = self.style();
        let breaks = match style.lines {
            _ if style.preformatted => Breaks::Exact,
            Lines::Paragraphs => Breaks::Part,
            Lines::Headings(_) | Lines::Caption => Breaks::Line,
        };
        for content in self.run.take(breaks) {
            self.line(style, content);
        }
    }

    fn line(&mut self, style: Style, content: Vec<Inline>) {
        let text_align = style.align;
        match (style.lines, self.frames.last_mut()) {
            (Lines::Caption, Some(Frame { holds: Holds::Figure { caption, .. }, .. })) => {
                if !caption.is_empty() {
                    caption.push(Inline::HardBreak);
                }
                caption.extend(content);
            }
            (Lines::Headings(level), _) => {
                self.hold(Block::Heading { attrs: HeadingAttrs { id: String::new(), level, text_align }, content });
            }
            _ => self.hold(Block::Paragraph { attrs: TextAttrs { text_align, ..TextAttrs::default() }, content }),
        }
    }

    /// Takes a safe address for a link, or reports the other and leaves the text alone.
    pub(super) fn link(&mut self, tag: &Tag) {
        let href = attributes::value(tag, "href").and_then(|given| match Href::try_from(given.trim().to_owned()) {
            Ok(href) => Some(href),
            Err(_) => {
                self.dropped.example("link", "text kept, the address is not a safe and absolute one", given);
                None
            }
        });
        self.marks.link(href);
    }
}
