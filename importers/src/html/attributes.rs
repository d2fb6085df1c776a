//! The few attributes that mean something: alignment, spans, first numbers.

use content::document::{Align, CellAttrs};
use html5ever::tokenizer::Tag;

/// The value of an attribute.
pub(super) fn value<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// Whether the element says that its text is not bold, as the <b> does into which Google Docs wraps what is copied.
pub(super) fn is_of_normal_weight(tag: &Tag) -> bool {
    property(tag, "font-weight", |weight| Some(matches!(weight, "normal" | "400"))).unwrap_or(false)
}

/// The alignment that the element itself asks for. Style wins over the attribute, as in browsers.
pub(super) fn align(tag: &Tag) -> Option<Align> {
    let declared = property(tag, "text-align", align_of);
    declared.or_else(|| value(tag, "align").map(str::trim).and_then(align_of))
}

/// The last value of a property in the element's style that `read` understands.
fn property<T>(tag: &Tag, wanted: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    let properties = value(tag, "style")?.split(';').rev().filter_map(|declaration| declaration.split_once(':'));
    let mut values = properties.filter(|(name, _)| name.trim().eq_ignore_ascii_case(wanted));
    values.find_map(|(_, value)| read(value.split('!').next().unwrap_or_default().trim()))
}

fn align_of(word: &str) -> Option<Align> {
    match word.to_ascii_lowercase().as_str() {
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
