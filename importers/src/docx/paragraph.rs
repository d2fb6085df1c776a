//! A paragraph: what its properties and its style make of it when it ends.

use super::{
    body::Body,
    flat::{Flat, Line},
    numbering::Number,
    properties::{Look, Setting},
    styles::Rank,
};
use crate::{
    Fault,
    inlines::{self, Inlines, Marked},
};
use content::document::Inline;

/// A paragraph that is open.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    setting: Setting,
    /// What text of its style looks like.
    look: Look,
    heading: bool,
    pub(super) inlines: Inlines,
    /// Whether the run is hidden.
    pub(super) hidden: bool,
    /// Pictures and boxes that stand in it: they follow it.
    pub(super) after: Vec<Flat>,
}

impl Paragraph {
    /// The paragraph of text that stands in none.
    pub(super) fn finish_plain(self) -> Vec<Flat> {
        let content = self.inlines.finish();
        if content.is_empty() { Vec::new() } else { vec![Flat::Paragraph(Line { content, ..Line::default() })] }
    }
}

impl Body<'_> {
    pub(super) fn setting(&mut self, setting: Setting) {
        let style = setting.style.clone().unwrap_or_default();
        let rank = self.beside.styles.rank(&style);
        let look = self.beside.styles.look(&style);
        if let Some(paragraph) = self.paragraphs.last_mut() {
            let named = matches!(rank, Some(Rank::Title | Rank::Subtitle | Rank::Heading(_)));
            paragraph.heading = named || setting.outline.is_some();
            paragraph.look = look;
            paragraph.setting = setting;
        }
    }

    /// The marks of a run, and whether it is hidden.
    pub(super) fn looks(&mut self, own: &Look, style: Option<&str>) -> Marked {
        let of_style = style.map(|style| self.beside.styles.look(style)).unwrap_or_default();
        let Some(paragraph) = self.paragraphs.last_mut() else { return own.marked() };
        let look = own.clone().over(&of_style).over(&paragraph.look);
        paragraph.hidden = look.is_hidden();
        // A heading is bold by what it is.
        let bold = look.marked().bold && !paragraph.heading;
        Marked { bold, ..look.marked() }
    }

    pub(super) fn close_paragraph(&mut self) -> Result<(), Fault> {
        self.fields.end_of_paragraph();
        let Some(mut paragraph) = self.paragraphs.pop() else { return Ok(()) };
        let style = paragraph.setting.style.clone().unwrap_or_default();
        let rank = self.beside.styles.rank(&style);
        let setting = std::mem::take(&mut paragraph.setting);
        let outline = setting.outline;
        let setting = setting.over(&self.beside.styles.setting(&style));
        let rank = rank.or(outline.map(Rank::Heading));
        let list = setting.list.filter(|list| *list > 0);
        let level = setting.level.or_else(|| self.beside.numbering.level_of(list?, &style)).unwrap_or(0);
        let number = list.and_then(|list| self.beside.numbering.next(list, level));
        let indented = setting.indented.unwrap_or(false) || paragraph.inlines.is_indented();
        let heading = matches!(rank, Some(Rank::Title | Rank::Subtitle | Rank::Heading(_)));
        match &number {
            Some(Number::Written(text)) => lead(&mut paragraph.inlines, text),
            Some(Number::Counted(_, text)) if heading => lead(&mut paragraph.inlines, text),
            _ => {}
        }
        let content = paragraph.inlines.finish();
        let bold = content.iter().all(is_bold);
        let line = Line { content, align: setting.align.unwrap_or_default(), indented, bold };
        let after = std::mem::take(&mut paragraph.after);
        if !line.content.is_empty() {
            self.found.indents |= indented && rank.is_none() && number.is_none();
            let flat = flat(line, rank, number, list.unwrap_or(0), level);
            self.place(flat, rank);
        }
        self.hold(after);
        Ok(())
    }

    fn place(&mut self, flat: Flat, rank: Option<Rank>) {
        match (rank, flat, self.last()) {
            (Some(Rank::Contents), _, _) => self.left_out.count("table of contents", "its entries left out"),
            (Some(Rank::Caption), Flat::Paragraph(line), Some(Flat::Figure(_, _, caption))) if caption.is_empty() => {
                *caption = line.content;
            }
            (_, flat, _) => self.hold(vec![flat]),
        }
    }
}

fn flat(line: Line, rank: Option<Rank>, number: Option<Number>, list: u32, level: u8) -> Flat {
    match (rank, number) {
        (Some(Rank::Title), _) => Flat::Title(line),
        (Some(Rank::Subtitle), _) => Flat::Subtitle(line),
        (Some(Rank::Heading(level)), _) => Flat::Heading(level, line),
        (_, Some(Number::Bullet)) => Flat::Entry { level, number: None, list, line },
        (_, Some(Number::Counted(number, _))) => Flat::Entry { level, number: Some(number), list, line },
        (_, Some(Number::Written(_))) if level > 0 => Flat::Within(level, line),
        (Some(Rank::Quote), _) => Flat::Quote(line),
        _ => Flat::Paragraph(line),
    }
}

/// Puts a number before the text. An empty paragraph has none: nobody would see what it numbers.
fn lead(inlines: &mut Inlines, text: &str) {
    if !inlines.is_empty() && !inlines::plain(&inlines.clone().finish()).is_empty() {
        inlines.lead(text);
    }
}

fn is_bold(inline: &Inline) -> bool {
    match inline {
        Inline::Text { text, marks } => text.trim().is_empty() || marks.contains(&content::document::Mark::Bold),
        _ => true,
    }
}
