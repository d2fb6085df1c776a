//! Markdown into drafts: CommonMark with tables, footnotes and what is struck out, and fields before it.
//!
//! It is read as Markdown, written as HTML and read as that: what HTML in it may do is decided in one place, and a
//! script in a Markdown file is no other than one in a page.
//!
//! - `front`: the fields before the text
//! - `written`: the text as HTML
//! - `notes`: footnotes, for which HTML has no element

mod front;
mod notes;
mod written;

use crate::{Arrival, BYTE_ORDER_MARK, Draft, Fault, PictureRef, html, left_out::LeftOut, sha256, storable, words};
use content::{Document, article::Fields};
use front::Front;
use written::Written;

/// The longest text that is read, in bytes.
pub const LONGEST: usize = 4 * 1024 * 1024;

/// Reads a text whose fields are known: nothing before it is a field, and no heading is its title. `pictures` finds the
/// picture of the media library for an address as it stands there. The second part says what was left out.
#[must_use]
pub fn text(text: &str, pictures: &dyn Fn(&str) -> Option<PictureRef>) -> (Document, Vec<String>) {
    let written = written::html(text, false);
    let (body, dropped) = html(&written.html, pictures);
    (Document::new(notes::put(body.blocks, &written.notes)), dropped)
}

/// Reads one text. `pictures` finds the picture of the media library for an address as it stands there.
///
/// # Errors
/// Bytes that are not UTF-8 or too many, a text without a title or without anything below it, and fields or a body that
/// may not be stored.
pub fn markdown(bytes: &[u8], pictures: &dyn Fn(&str) -> Option<PictureRef>) -> Result<Arrival, Fault> {
    if bytes.len() > LONGEST {
        return Err(Fault::TooLong { limit: LONGEST as u64 });
    }
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| Fault::NotUtf8 { offset: error.valid_up_to() as u64 })?;
    let mut left_out = LeftOut::default();
    let (front, text) = Front::read(text, &mut left_out);
    let written = written::html(text, front.title.is_empty());
    let (body, dropped) = tree(&written, pictures);
    left_out.lines(dropped);
    let title = if front.title.is_empty() { &written.title } else { &front.title };
    let fields = Fields {
        title: words::title(title),
        subtitle: words::plain(&front.subtitle),
        author: words::name(&front.author, &mut left_out),
        source: words::source(&front.source, &mut left_out),
        summary: words::summary(&front.summary, &mut left_out),
        keywords: words::keywords(&front.keywords, &mut left_out),
        ..Fields::default()
    };
    if fields.title.is_empty() {
        return Err(Fault::NoTitle { expected: "\"title:\" before the text or a heading at its beginning" });
    }
    fields.check()?;
    if body.is_empty() {
        return Err(Fault::NoBody { expected: "text below the title" });
    }
    storable(&body, written.html.len())?;
    let digest = sha256(bytes);
    let identity = front.url.as_ref().map_or_else(|| format!("sha256:{digest}"), |url| format!("url:{url}"));
    let mut sections = front.sections.into_iter();
    let section = sections.next();
    let draft = Draft { identity, digest, section, fields, published: front.published, body, url: front.url };
    let left_out = left_out.into_lines();
    Ok(Arrival { draft, there: front.there, further: sections.collect(), lead: None, files: Vec::new(), left_out })
}

/// The tree of a text that stands alone, and what was left out of it.
pub(crate) fn body(text: &str, pictures: &dyn Fn(&str) -> Option<PictureRef>) -> (Document, Vec<String>) {
    tree(&written::html(text, false), pictures)
}

fn tree(written: &Written, pictures: &dyn Fn(&str) -> Option<PictureRef>) -> (Document, Vec<String>) {
    let (body, dropped) = html(&written.html, pictures);
    (Document::new(notes::put(body.blocks, &written.notes)), dropped)
}
