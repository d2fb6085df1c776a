//! Marks in square brackets, `[gallery ids="1,2"]`, by which WordPress and its extensions put things into a text.
//!
//! WordPress knows which names are registered; here a name counts where it is one of its own, where it has attributes
//! as only marks do, or where it is closed. Other square brackets are what somebody wrote: `[1]`, `[sic]`.

use std::collections::HashSet;

/// The names that WordPress has of its own.
const KNOWN: [&str; 9] =
    ["caption", "wp_caption", "gallery", "embed", "audio", "video", "playlist", "contact-form-7", "more"];

/// The longest mark, in bytes.
const LONGEST: usize = 4 * 1024;

/// A mark in a text, or text without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    /// A mark that is opened: its name and its attributes as they are written.
    Open(&'a str, &'a str),
    Close(&'a str),
}

/// Cuts a text at its marks.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let closed = closed(text);
    let (mut out, mut from, mut at) = (Vec::new(), 0, 0);
    while let Some(found) = text[at..].find('[') {
        let begins = at + found;
        let Some((piece, length)) = mark(&text[begins..], &closed) else {
            at = begins + 1;
            continue;
        };
        if begins > from {
            out.push(Piece::Text(&text[from..begins]));
        }
        out.push(piece);
        at = begins + length;
        from = at;
    }
    if from < text.len() {
        out.push(Piece::Text(&text[from..]));
    }
    out
}

/// The mark with which a text begins, and its length. One in doubled brackets is text that is to be seen.
fn mark<'a>(text: &'a str, closed: &HashSet<&str>) -> Option<(Piece<'a>, usize)> {
    if let Some(escaped) = text.strip_prefix("[[") {
        let near = &escaped.as_bytes()[..escaped.len().min(LONGEST)];
        let end = near
            .windows(2)
            .position(|two| two == b"]]" || two == b"[[")
            .filter(|end| escaped[*end..].starts_with("]]"))?;
        let inner = &text[1..end + 3];
        let plain = !escaped[..end].contains('[') && name(&inner[1..]).is_some();
        return plain.then_some((Piece::Text(inner), end + 4));
    }
    let inner = text.strip_prefix('[')?;
    if let Some(closing) = inner.strip_prefix('/') {
        let name = name(closing)?;
        let known = KNOWN.contains(&name) || closed.contains(name);
        return (known && closing[name.len()..].starts_with(']')).then_some((Piece::Close(name), name.len() + 3));
    }
    let name = name(inner)?;
    let end = end(&inner[name.len()..])? + name.len();
    let attributes = inner[name.len()..end].trim().trim_end_matches('/').trim_end();
    let spaced = attributes.is_empty() || inner[name.len()..].starts_with(char::is_whitespace);
    let is_mark =
        KNOWN.contains(&name) || closed.contains(name) || attributes.contains("=\"") || attributes.contains("='");
    (is_mark && spaced).then_some((Piece::Open(name, attributes), end + 2))
}

/// Where the bracket that ends a mark stands; one in quotes ends nothing.
fn end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().take(LONGEST) {
        match (quote, byte) {
            (None, b']') => return Some(at),
            (None, b'[' | b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

fn name(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(text.len());
    let name = &text[..end];
    (name.starts_with(|c: char| c.is_ascii_lowercase()) && name.len() <= 60).then_some(name)
}

/// The names that are closed somewhere.
fn closed(text: &str) -> HashSet<&str> {
    let mut names = HashSet::new();
    for (at, _) in text.match_indices("[/") {
        if let Some(name) = name(&text[at + 2..])
            && text[at + 2 + name.len()..].starts_with(']')
        {
            names.insert(name);
        }
    }
    names
}

/// The value of an attribute of a mark.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    while let Some(at) = rest.find(name) {
        let before = rest[..at].chars().next_back();
        let behind = rest[at + name.len()..].trim_start();
        rest = &rest[at + name.len()..];
        if before.is_some_and(|c| !c.is_whitespace()) {
            continue;
        }
        let Some(value) = behind.strip_prefix('=').map(str::trim_start) else { continue };
        return Some(match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split(quote).next().unwrap_or_default(),
            _ => value.split_whitespace().next().unwrap_or_default(),
        });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_what_somebody_wrote() {
        use Piece::{Close, Open, Text};
        assert_eq!(pieces("见[1][sic] [b c]"), [Text("见[1][sic] [b c]")]);
        assert_eq!(pieces("a[gallery]b"), [Text("a"), Open("gallery", ""), Text("b")]);
        assert_eq!(pieces("[x y=\"]\"]"), [Open("x", "y=\"]\"")]);
        assert_eq!(pieces("[tab]一[/tab]"), [Open("tab", ""), Text("一"), Close("tab")]);
        assert_eq!(pieces("[[gallery]]"), [Text("[gallery]")]);
        assert_eq!(pieces("[gallery ids='1' /]"), [Open("gallery", "ids='1'")]);
        assert_eq!(pieces("[[[[[["), [Text("[[[[[[")]);
    }

    #[test]
    fn attributes_are_found_by_their_whole_names() {
        let given = "myids=\"9\" ids = \"1, 2\" width=30";
        assert_eq!(attribute(given, "ids"), Some("1, 2"));
        assert_eq!(attribute(given, "width"), Some("30"));
        assert_eq!(attribute(given, "id"), None);
    }
}
