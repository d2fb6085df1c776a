//! What opening and closing an element of each kind does: which elements it ends, which frame it opens.

use super::{
    attributes,
    element::Part,
    frames::{self, Holds},
    tree::{Lines, Style, Tree},
};
use content::document::{Align, Block, BlockAttrs, Mark};
use html5ever::{LocalName, local_name, tokenizer::Tag};

/// The longest alternative text that is taken, in characters.
const LONGEST_ALT: usize = 200;

impl Tree<'_> {
    pub(super) fn open(&mut self, tag: &Tag, part: Part) {
        match part {
            Part::Inline | Part::Silent | Part::Dropped(_) => {}
            Part::Mark(Mark::Bold) if attributes::is_of_normal_weight(tag) => {}
            Part::Mark(mark) => self.marks.open(&mark),
            Part::Link => self.link(tag),
            Part::Break => self.run.hard_break(),
            Part::Picture => self.picture(tag),
            part => self.open_lines(tag, part),
        }
    }

    pub(super) fn close(&mut self, name: &LocalName, part: Part) {
        match part {
            Part::Inline | Part::Silent | Part::Dropped(_) | Part::Picture => {}
            Part::Mark(mark) => self.marks.close(&mark),
            Part::Link => self.marks.link(None),
            // A closed </br> is a break to browsers.
            Part::Break => self.run.hard_break(),
            Part::Table | Part::Rows | Part::Row | Part::Cell { .. } if self.is_in_table() => {
                self.close_table_part(&part);
            }
            part => {
                if !self.close_named(name) {
                    self.flush();
                    // The end of any heading ends the one that is open.
                    if matches!(part, Part::Heading(_)) && is_heading(self.innermost()) {
                        self.close_from(self.depth() - 1);
                    }
                }
            }
        }
    }

    /// Opens an element that stands in lines of its own.
    fn open_lines(&mut self, tag: &Tag, part: Part) {
        self.flush();
        let heading = matches!(part, Part::Heading(_)) && is_heading(self.innermost());
        if self.innermost() == "p" || heading {
            self.close_from(self.depth() - 1);
        }
        match part {
            Part::Rule => self.hold(Block::HorizontalRule { attrs: BlockAttrs::default() }),
            Part::Item if self.flat_lists == 0 => self.open_item(tag),
            Part::List { ordered } => {
                let start = ordered.then(|| attributes::start(tag));
                self.open_level(tag, Part::List { ordered }, Holds::List { start, items: Vec::new() });
            }
            Part::Quote if self.has_level_left() => self.enter(tag, &part, Some(Holds::Quote(Vec::new()))),
            Part::Table => self.open_level(tag, Part::Table, Holds::Table(Vec::new())),
            Part::Rows if self.is_in_table() => {
                self.back_to_table();
                self.enter(tag, &part, None);
            }
            Part::Row if self.is_in_table() => self.open_row(tag),
            Part::Cell { header } if self.is_in_table() => self.open_cell(tag, header),
            Part::Figure if !self.is_in_figure() => {
                self.enter(tag, &part, Some(Holds::Figure { blocks: Vec::new(), caption: Vec::new() }));
            }
            part => self.enter(tag, &part, None),
        }
    }

    fn enter(&mut self, tag: &Tag, part: &Part, holds: Option<Holds>) {
        let style = self.style_of(tag, part);
        self.push(&tag.name, style, holds, None);
    }

    /// Opens a list or a table, or only a boundary where the tree is too deep or the table would stand in another.
    fn open_level(&mut self, tag: &Tag, part: Part, holds: Holds) {
        let table_in_table =
            part == Part::Table && self.frames.iter().any(|frame| matches!(frame.holds, Holds::Table(_)));
        let style = self.style_of(tag, &part);
        if self.has_level_left() && !table_in_table {
            self.push(&tag.name, style, Some(holds), None);
        } else {
            self.push(&tag.name, style, None, Some(part));
        }
    }

    /// An entry ends the one before it, and needs a list around it.
    fn open_item(&mut self, tag: &Tag) {
        if let Some(frame) = self.frames.last()
            && matches!(frame.holds, Holds::Item(_))
        {
            self.close_from(frame.base);
        }
        let in_list = self.frames.last().is_some_and(|frame| matches!(frame.holds, Holds::List { .. }));
        self.enter(tag, &Part::Item, in_list.then(|| Holds::Item(Vec::new())));
    }

    fn open_row(&mut self, tag: &Tag) {
        self.back_to_table();
        self.enter(tag, &Part::Row, Some(Holds::Row(Vec::new())));
    }

    fn open_cell(&mut self, tag: &Tag, header: bool) {
        match self.frame_base(|holds| matches!(holds, Holds::Row(_))) {
            Some(base) => self.close_from(base + 1),
            None => {
                self.back_to_table();
                let style = self.style();
                self.push(&local_name!("tr"), style, Some(Holds::Row(Vec::new())), None);
            }
        }
        let holds =
            Holds::Cell { header, attrs: attributes::spans(tag), blocks: Vec::new(), outside: self.marks.clone() };
        self.enter(tag, &Part::Cell { header }, Some(holds));
    }

    fn close_table_part(&mut self, part: &Part) {
        self.flush();
        let base = match part {
            Part::Table => self.frame_base(|holds| matches!(holds, Holds::Table(_))),
            Part::Row => self.frame_base(|holds| matches!(holds, Holds::Row(_))),
            Part::Cell { .. } => self.frame_base(|holds| matches!(holds, Holds::Cell { .. })),
            _ => return self.back_to_table(),
        };
        if let Some(base) = base {
            self.close_from(base);
        }
    }

    /// Closes everything within the open table.
    fn back_to_table(&mut self) {
        if let Some(base) = self.frame_base(|holds| matches!(holds, Holds::Table(_))) {
            self.close_from(base + 1);
        }
    }

    /// The place of the innermost frame of a kind.
    fn frame_base(&self, is: impl Fn(&Holds) -> bool) -> Option<usize> {
        self.frames.iter().rev().find(|frame| is(&frame.holds)).map(|frame| frame.base)
    }

    /// Whether rows and cells belong to a table of the tree. There is at most one: tables within it are flattened.
    fn is_in_table(&self) -> bool {
        self.flat_tables == 0 && self.frames.iter().any(|frame| matches!(frame.holds, Holds::Table(_)))
    }

    fn is_in_figure(&self) -> bool {
        self.frames.last().is_some_and(|frame| matches!(frame.holds, Holds::Figure { .. }))
    }

    fn style_of(&self, tag: &Tag, part: &Part) -> Style {
        let mut style = self.style();
        match part {
            Part::Heading(level) => style.lines = Lines::Headings(*level),
            Part::Caption => style.lines = Lines::Caption,
            Part::Item | Part::Cell { .. } => style.lines = Lines::Paragraphs,
            Part::Preformatted => style.preformatted = true,
            Part::Centre => style.align = Align::Center,
            _ => {}
        }
        // Where a table or a figure stands says nothing of the lines in it.
        if !matches!(part, Part::Table | Part::Figure) {
            style.align = attributes::align(tag).unwrap_or(style.align);
        }
        style
    }

    /// A picture stands between paragraphs: the text around it is parted.
    fn picture(&mut self, tag: &Tag) {
        // Pages that load pictures late keep the address in one of the others.
        let addresses = ["src", "data-src", "data-original"].map(|name| attributes::value(tag, name).map(str::trim));
        let mut given = addresses.into_iter().flatten().filter(|address| !address.is_empty());
        let first = given.clone().next().unwrap_or_default();
        let Some(found) = given.find_map(self.pictures) else {
            return self.dropped.example("img", "left out, not in the media library", first);
        };
        let own = attributes::value(tag, "alt").unwrap_or_default().replace(char::is_control, " ");
        let alt = if own.trim().is_empty() { &found.alt } else { own.trim() };
        let alt = alt.chars().take(LONGEST_ALT).collect();
        self.flush();
        self.hold(frames::figure(found.id, alt));
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}
