//! What kind of file something is: by its first bytes, and by its name only where they leave it open.

use crate::{BYTE_ORDER_MARK, Fault, Kind, detect};
use std::fmt;

/// How many of the first bytes are looked at. More may be given.
pub const LOOKED_AT: usize = 4096;

/// The kinds of files that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One page as plain text.
    Captured,
    /// One article a line, each a JSON object.
    JsonLines,
    /// A saved page.
    Page,
    /// A Word file (.docx).
    Word,
    /// A zip archive of other files.
    Archive,
    /// An export of WordPress (WXR).
    WordPress,
    /// RSS or Atom.
    Feed,
    /// Markdown.
    Markdown,
    /// Of a kind that is not read, but that can be saved as one that is.
    Other(OtherFormat),
}

/// Kinds of files that have to be saved as another kind first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherFormat {
    /// Word before 2007 (.doc), WPS (.wps), or a file that is protected with a password: all are the same container.
    OldWord,
    /// Rich text.
    Rtf,
    /// PDF.
    Pdf,
    /// OpenDocument, as LibreOffice writes.
    OpenDocument,
    /// A package of Office that is no text: a table or slides.
    OtherOffice,
    /// An archive that is no zip: RAR, 7z, gzip.
    OtherArchive,
}

impl fmt::Display for OtherFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OldWord => {
                "an old Word or WPS document (.doc, .wps), or one with a password: \
                 open it in Word or WPS, save it as .docx without a password, and bring that"
            }
            Self::Rtf => "rich text (.rtf): open it in Word or WPS, save it as .docx, and bring that",
            Self::Pdf => "a PDF, which has no paragraphs to take: bring the file it was made of, or attach it as it is",
            Self::OpenDocument => {
                "an OpenDocument text (.odt): open it in Word or WPS, save it as .docx, and bring that"
            }
            Self::OtherOffice => "a table or slides of Office: attach it to an article, or copy its text from there",
            Self::OtherArchive => "an archive that is not zip: unpack it, and bring its files or a zip of them",
        })
    }
}

/// The kind of a file. `name` may be empty; it decides between kinds of which the bytes say the same: Markdown is plain
/// text, and old WPS files can begin with anything.
#[must_use]
pub fn recognise(first_bytes: &[u8], name: &str) -> Format {
    let bytes = &first_bytes[..first_bytes.len().min(LOOKED_AT)];
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    by_signature(bytes, &extension).or_else(|| by_markup(bytes)).unwrap_or_else(|| by_text(bytes, &extension))
}

fn by_signature(bytes: &[u8], extension: &str) -> Option<Format> {
    const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
    Some(match bytes {
        [b'P', b'K', 3, 4, ..] => packed(bytes, extension),
        // An empty archive.
        [b'P', b'K', 5, 6, ..] => Format::Archive,
        _ if bytes.starts_with(OLE) => Format::Other(OtherFormat::OldWord),
        _ if bytes.starts_with(b"{\\rtf") => Format::Other(OtherFormat::Rtf),
        _ if bytes.starts_with(b"%PDF-") => Format::Other(OtherFormat::Pdf),
        _ if bytes.starts_with(b"Rar!") || bytes.starts_with(b"7z\xbc\xaf") || bytes.starts_with(&[0x1f, 0x8b]) => {
            Format::Other(OtherFormat::OtherArchive)
        }
        _ if matches!(extension, "doc" | "wps" | "wpt") && bytes.contains(&0) => Format::Other(OtherFormat::OldWord),
        _ => return None,
    })
}

/// What a zip archive holds, by the names that stand in its first bytes.
fn packed(bytes: &[u8], extension: &str) -> Format {
    let names = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    if names(b"mimetypeapplication/vnd.oasis.opendocument") {
        return Format::Other(OtherFormat::OpenDocument);
    }
    let package = names(b"[Content_Types].xml") || names(b"_rels/.rels") || names(b"docProps/");
    match extension {
        "docx" | "docm" | "dotx" | "dotm" => Format::Word,
        "xlsx" | "xlsm" | "pptx" | "pptm" => Format::Other(OtherFormat::OtherOffice),
        _ if names(b"word/") && package => Format::Word,
        _ if package && (names(b"xl/") || names(b"ppt/")) => Format::Other(OtherFormat::OtherOffice),
        // Packages whose parts come later than the first bytes are Word's until they are looked into.
        _ if package => Format::Word,
        _ => Format::Archive,
    }
}

/// XML and HTML, by the first element or by what declares it.
fn by_markup(bytes: &[u8]) -> Option<Format> {
    let text = lower(bytes);
    let start = text.trim_start();
    if !start.starts_with('<') {
        return None;
    }
    let has = |part: &str| start.contains(part);
    let feed = || has("<rss") || has("<feed") || has("<rdf:rdf") || has("<channel");
    if has("wordpress.org/export/") || has("<wp:wxr_version") {
        Some(Format::WordPress)
    } else if start.starts_with("<!doctype html") || has("<html") {
        Some(Format::Page)
    } else if feed() {
        Some(Format::Feed)
    } else if has("<body") || has("<head") || has("<div") || has("<p>") || has("<meta") {
        Some(Format::Page)
    } else {
        None
    }
}

fn by_text(bytes: &[u8], extension: &str) -> Format {
    if matches!(extension, "md" | "markdown" | "mdown" | "mkd") {
        return Format::Markdown;
    }
    match detect(bytes) {
        Kind::JsonLines => Format::JsonLines,
        Kind::Captured if has_front_matter(&lower(bytes)) => Format::Markdown,
        Kind::Captured => Format::Captured,
    }
}

/// Whether a text begins with fields between lines of `---` or `+++`, as only Markdown does.
fn has_front_matter(text: &str) -> bool {
    let fence = |line: &str| line.trim_end() == "---" || line.trim_end() == "+++";
    let mut lines = text.lines();
    lines.next().is_some_and(fence) && lines.next().is_some_and(|line| line.contains([':', '=']))
}

fn lower(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    String::from_utf8_lossy(bytes).to_ascii_lowercase()
}

impl From<OtherFormat> for Fault {
    fn from(found: OtherFormat) -> Self {
        Self::OtherFormat { found }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_told_by_the_first_bytes() {
        let old = Format::Other(OtherFormat::OldWord);
        for (bytes, name, format) in [
            (&b"PK\x03\x04....[Content_Types].xml...word/document.xml"[..], "", Format::Word),
            (b"PK\x03\x04....[Content_Types].xml", "a.txt", Format::Word),
            (b"PK\x03\x04....[Content_Types].xml..xl/workbook.xml", "", Format::Other(OtherFormat::OtherOffice)),
            (b"PK\x03\x04....index.html", "a.zip", Format::Archive),
            (b"PK\x03\x04....index.html", "a.docx", Format::Word),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.docx", old),
            (b"\xd0\xcf\x11\xe0", "", old),
            (b"WPS\x00\x01", "a.WPS", old),
            (b"{\\rtf1", "a.doc", Format::Other(OtherFormat::Rtf)),
            (b"{\"title\":1}", "", Format::JsonLines),
            (
                b"<?xml version='1.0'?><!-- x --><rss xmlns:wp=\"http://wordpress.org/export/1.2/\">",
                "",
                Format::WordPress,
            ),
            (b"\xef\xbb\xbf<?xml version='1.0'?>\n<rss>", "", Format::Feed),
            (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "", Format::Feed),
            (b"<!DOCTYPE HTML><html>", "a.md", Format::Page),
            (b"---\ntitle: a\n---\n", "", Format::Markdown),
            (b"# a", "a.md", Format::Markdown),
            (b"# a", "a.txt", Format::Captured),
            (b"", "", Format::Captured),
        ] {
            assert_eq!(recognise(bytes, name), format, "{:?} {name}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn what_is_not_read_names_the_way_out() {
        let said = Fault::from(OtherFormat::OldWord).to_string();
        assert!(said.contains("save it as .docx"), "{said}");
    }
}
