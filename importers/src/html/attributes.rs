//! The few attributes that mean something: alignment, spans, first numbers.

use content::document::{Align, CellAttrs};
use html5ever::tokenizer::Tag;

/// The value of an attribute.
pub(super) fn value<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// The alignment that the element itself asks for. Style wins over the attribute, as in browsers.
pub(super) fn align(tag: &Tag) -> Option<Align> {
    let declared = value(tag, "style").and_then(|style| {
        let properties = style.split(';').rev().filter_map(|declaration| declaration.split_once(':'));
        let mut aligns = properties.filter(|(name, _)| name.trim().eq_ignore_ascii_case("text-align"));
        aligns.find_map(|(_, value)| align_of(value.split('!').next().unwrap_or_default()))
    });
    declared.or_else(|| value(tag, "align").and_then(align_of))
}

fn align_of(word: &str) -> Option<Align> {
    match word.trim().to_ascii_lowercase().as_str() {
        "center" | "middle" | "-webkit-center" => Some(Align::Center),
        "right" | "end" => Some(Align::Right),
        "left" | "start" | "justify" => Some(Align::Left),
        _ => None,
    }
}

/// The spans of a cell, within what a table can sensibly have.
pub(super) fn spans(tag: &Tag) -> CellAttrs {
    let span = |name| {
        let given = value(tag, name).and_then(number).unwrap_or(1);
        u16::try_from(given.clamp(1, 1000)).unwrap_or(1)
    };
    CellAttrs { colspan: span("colspan"), rowspan: span("rowspan") }
}

/// The first number of a list. The tree has no negative numbers.
pub(super) fn start(tag: &Tag) -> u32 {
    value(tag, "start").and_then(number).unwrap_or(1)
}

/// The number that a value begins with, as HTML reads numbers; one that is too large is the largest.
fn number(text: &str) -> Option<u32> {
    let text = text.trim_start();
    let digits = text.find(|c: char| !c.is_ascii_digit()).map_or(text, |end| &text[..end]);
    if digits.is_empty() { None } else { Some(digits.parse().unwrap_or(u32::MAX)) }
}
