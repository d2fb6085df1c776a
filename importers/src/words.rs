//! Words of others as fields of ours: one line each, without markup, within their limits.

use crate::{html, left_out::LeftOut};
use content::{
    article::{LONGEST_LINE, LONGEST_NAME, LONGEST_SUMMARY},
    document::{self, Href, trim_line},
};
use std::borrow::Cow;

/// A field is one line: breaks and tabs are spaces there. Other control characters stay and are refused.
pub(crate) fn one_line(text: &str) -> String {
    let spaced: Cow<'_, str> =
        if text.contains(['\n', '\r', '\t']) { text.replace(['\n', '\r', '\t'], " ").into() } else { text.into() };
    document::trim_line(&spaced).to_owned()
}

/// A text that may hold markup or references to characters, as one line without them.
pub(crate) fn plain(text: &str) -> String {
    let text = if is_markup(text) { document::text::of(&html(text, &|_| None).0) } else { text.to_owned() };
    trim_line(&one_line(&text).replace(char::is_control, "")).to_owned()
}

/// A title. One that is too long stays so and is refused: which half of it would be left is not for a program to say.
pub(crate) fn title(text: &str) -> String {
    plain(text)
}

/// The name of somebody.
pub(crate) fn name(text: &str, left_out: &mut LeftOut) -> String {
    cut(plain(text), LONGEST_NAME, "author", left_out)
}

/// The name of where something comes from.
pub(crate) fn source(text: &str, left_out: &mut LeftOut) -> String {
    cut(plain(text), LONGEST_NAME, "source", left_out)
}

/// A summary.
pub(crate) fn summary(text: &str, left_out: &mut LeftOut) -> String {
    cut(plain(text), LONGEST_SUMMARY, "summary", left_out)
}

/// Keywords with spaces between them, as many as fit.
pub(crate) fn keywords(words: &[String], left_out: &mut LeftOut) -> String {
    let mut line = String::new();
    for word in words {
        // A word of two is one to readers, and a space would part it.
        let word = plain(word).replace(char::is_whitespace, "\u{a0}");
        if line.chars().count() + word.chars().count() + 1 > LONGEST_LINE {
            left_out.count("keyword", "more than fit: left out");
        } else if !word.is_empty() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word);
        }
    }
    line
}

/// Whether an address is one at which readers may have found something.
pub(crate) fn is_web(url: &str) -> bool {
    let scheme = ["http://", "https://"].iter().any(|scheme| url.to_ascii_lowercase().starts_with(scheme));
    scheme && url.len() <= Href::LONGEST && !url.chars().any(|c| c.is_control() || c.is_whitespace())
}

/// Whether a text holds tags or references to characters.
pub(crate) fn is_markup(text: &str) -> bool {
    let behind =
        |sign: char, fits: fn(char) -> bool| text.match_indices(sign).any(|(at, _)| text[at + 1..].starts_with(fits));
    behind('<', |c| c.is_ascii_alphabetic() || matches!(c, '/' | '!'))
        || behind('&', |c| c.is_ascii_alphabetic() || c == '#')
}

fn cut(text: String, limit: usize, field: &str, left_out: &mut LeftOut) -> String {
    match text.char_indices().nth(limit) {
        None => text,
        Some((end, _)) => {
            left_out.count(field, "too long: its end left out");
            text[..end].trim_end().to_owned()
        }
    }
}
