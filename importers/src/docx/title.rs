//! The title: Word has no field for it that people fill in, so it is the first thing that the text itself calls so.

use super::flat::{Flat, Line};
use crate::inlines;
use content::{
    article::LONGEST_LINE,
    document::{Align, trim_line},
};

/// How many blocks may stand before a title that its style names: a letterhead and the like.
const BEFORE: usize = 20;

/// How many lines are looked at for one that looks like a title.
const BEFORE_BY_LOOKS: usize = 4;

/// A line that is longer than this is no title by its looks alone.
const LONGEST_BY_LOOKS: usize = 60;

/// The title and the line below it, taken out of the text, and by what the title was told.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) by: &'static str,
}

/// Takes the title out of the text.
pub(super) fn take(flats: &mut Vec<Flat>) -> Named {
    let found = by_style(flats).or_else(|| by_heading(flats)).or_else(|| by_looks(flats));
    let Some((at, lines, by)) = found else { return Named::default() };
    let title = words(flats, at, lines);
    if title.is_empty() || title.chars().count() > LONGEST_LINE {
        return Named::default();
    }
    flats.drain(at..at + lines);
    let mut named = Named { title, subtitle: String::new(), by };
    if let Some(Flat::Subtitle(line)) = flats.get(at) {
        let subtitle = of_line(line);
        if subtitle.chars().count() <= LONGEST_LINE {
            named.subtitle = subtitle;
            flats.remove(at);
        }
    }
    named
}

/// The first lines of the style of titles: a long title has two.
fn by_style(flats: &[Flat]) -> Option<(usize, usize, &'static str)> {
    let is_title = |flat: &Flat| matches!(flat, Flat::Title(_));
    let at = flats.iter().take(BEFORE).position(is_title)?;
    let lines = flats[at..].iter().take(3).take_while(|flat| is_title(flat)).count();
    Some((at, lines, "its style"))
}

/// A heading with which the text begins.
fn by_heading(flats: &[Flat]) -> Option<(usize, usize, &'static str)> {
    let at = first(flats)?;
    matches!(flats.get(at), Some(Flat::Heading(..))).then_some((at, 1, "the heading at the beginning"))
}

/// A short line in the middle or in bold with which the text begins, and more below it. The letterhead of an office and
/// the number of a document stand above the title.
fn by_looks(flats: &[Flat]) -> Option<(usize, usize, &'static str)> {
    let first = first(flats)?;
    for (at, flat) in flats.iter().enumerate().skip(first).take(BEFORE_BY_LOOKS) {
        let Flat::Paragraph(line) = flat else { return None };
        let words = of_line(line);
        if is_above_a_title(&words) {
            continue;
        }
        let set_apart = line.align == Align::Center || line.bold;
        let ends = words.ends_with(['。', '.', '：', ':', '；', '，']);
        let short = words.chars().count() <= LONGEST_BY_LOOKS && !ends;
        return (set_apart && short && flats.len() > at + 1).then_some((at, 1, "the line set apart at the beginning"));
    }
    None
}

/// Whether a line is a letterhead, `某某总工会文件`, or the number of a document, `玉工发〔2012〕3号`.
fn is_above_a_title(words: &str) -> bool {
    let number = words.ends_with('号') && words.contains(['〔', '[', '［', '【', '(', '（']);
    let letterhead = words.ends_with("文件") && !words.starts_with("关于");
    (number || letterhead) && words.chars().count() <= 40
}

/// The first block that is no picture.
fn first(flats: &[Flat]) -> Option<usize> {
    flats.iter().position(|flat| !matches!(flat, Flat::Figure(..)))
}

fn words(flats: &[Flat], at: usize, lines: usize) -> String {
    let mut title = String::new();
    for flat in flats.iter().skip(at).take(lines) {
        let (Flat::Title(line) | Flat::Heading(_, line) | Flat::Paragraph(line)) = flat else { continue };
        let words = of_line(line);
        // Chinese is joined as it is; words of letters need a space between them.
        let letters = title.ends_with(|c: char| c.is_ascii()) && words.starts_with(|c: char| c.is_ascii());
        if letters && !title.is_empty() {
            title.push(' ');
        }
        title.push_str(&words);
    }
    title
}

fn of_line(line: &Line) -> String {
    trim_line(&inlines::plain(&line.content)).to_owned()
}
