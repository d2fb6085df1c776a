//! Foreign bytes in, drafts out: captured pages, JSON Lines, simple HTML, saved pages of old sites, Word, WordPress,
//! feeds, Markdown.
//!
//! Pure functions: no database, no network, no clock. What is not understood is said and left out, never guessed into
//! a field; what cannot be read at all is a [`Fault`] with one line for the operator. Sections are named here, not
//! resolved, and pictures are found by a function that the caller gives.

pub mod archive;
mod arrival;
pub mod captured;
pub mod docx;
mod fault;
pub mod feed;
mod format;
pub mod html;
mod inlines;
mod left_out;
pub mod lines;
pub mod markdown;
pub mod pages;
pub mod wordpress;
mod words;
mod xml;

pub use arrival::{Arrival, Attached, There};
pub use captured::captured;
pub use docx::docx;
pub use fault::Fault;
pub use feed::feed;
pub use format::{Format, LOOKED_AT, OtherFormat, recognise};
pub use html::html;
pub use lines::{LONGEST_LINE, Lines, line};
pub use markdown::markdown;

use content::{Document, MediaId, Refusal, article::Fields, document, time::WrittenTime};
use sha2::{Digest, Sha256};

/// An article as it was found elsewhere, ready to be drafted here.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Identity across imports, `url:<url>`, `guid:<guid>` or `sha256:<hex>`: the same identity is the same article.
    pub identity: String,
    /// SHA-256 in hex of everything that was read: another digest under the same identity is changed content.
    pub digest: String,
    /// The slug or name of a section as given or guessed; `None` where nothing was found.
    pub section: Option<String>,
    /// Title, byline, editor and the like, checked against their limits.
    pub fields: Fields,
    /// When it was published there.
    pub published: Option<WrittenTime>,
    /// The body, checked against the rules of the tree.
    pub body: Document,
    /// Where it stood before, for redirects.
    pub url: Option<String>,
}

/// What was made of a page, for the operator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The fields that were recognised, each with its value, shortened.
    pub recognised: Vec<(&'static str, String)>,
    /// What was left out and why.
    pub left_out: Vec<String>,
}

/// A picture of the media library that stands for one that a text refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureRef {
    /// The media record.
    pub id: MediaId,
    /// What is said in its place where the text itself says nothing.
    pub alt: String,
}

/// The kinds of files that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One page as plain text.
    Captured,
    /// One article a line, each a JSON object.
    JsonLines,
}

/// The kind of a file, by its first bytes and never by its name: JSON Lines begin with `{`.
#[must_use]
pub fn detect(first_bytes: &[u8]) -> Kind {
    let text = first_bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(first_bytes);
    if text.trim_ascii_start().starts_with(b"{") { Kind::JsonLines } else { Kind::Captured }
}

/// U+FEFF as UTF-8: Windows editors put it before a text, where it means nothing.
const BYTE_ORDER_MARK: &[u8] = &[0xef, 0xbb, 0xbf];

/// Checks that a tree can be stored and read back. `read` is how many bytes it was made of.
fn storable(body: &Document, read: usize) -> Result<(), Fault> {
    // A tree of less text than this cannot be larger than may be stored, so its size need not be measured.
    const SURELY_SMALL: usize = document::LARGEST / 64;
    body.check()?;
    if read > SURELY_SMALL && body.to_json()?.len() > document::LARGEST {
        return Err(Refusal::TooLong { field: "body".to_owned(), limit: document::LARGEST as u64 }.into());
    }
    Ok(())
}

fn sha256(text: impl AsRef<[u8]>) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(text.as_ref()) {
        out.push(char::from(HEX[usize::from(byte >> 4)]));
        out.push(char::from(HEX[usize::from(byte & 15)]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_lines_are_told_by_their_first_character() {
        for lines in ["{\"title\":1}", "\n \r\n{", "\u{feff}{", "\u{feff}\n{"] {
            assert_eq!(detect(lines.as_bytes()), Kind::JsonLines, "{lines:?}");
        }
        for page in ["", "玉溪市总工会", "[1]", "\u{feff}标题 {"] {
            assert_eq!(detect(page.as_bytes()), Kind::Captured, "{page:?}");
        }
    }

    #[test]
    fn a_hash_is_written_in_lower_case_hex() {
        assert_eq!(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
