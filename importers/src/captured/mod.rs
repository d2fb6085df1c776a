//! A captured page as plain text: what a reader's browser saved of an article, with the furniture of its site.
//!
//! Nothing about the page's order is taken for granted but this: what names the article stands above its body, and
//! what belongs to the site stands around both. Words that are not understood stay in the body; words that are left
//! out are reported.
//!
//! - `kinds`: what kind of line a line is
//! - `meta`: the line with time, editor and source
//! - `signs`: the labels and times in it
//! - `head`: from the top of the page to the body
//! - `foot`: from the end of the body to the end of the page
//! - `place`: which section the article may belong to

mod foot;
mod head;
mod kinds;
mod meta;
mod place;
mod signs;

use crate::{BYTE_ORDER_MARK, Draft, Fault, LONGEST_LINE, Report, sha256, storable};
use content::{
    Document,
    article::Fields,
    document::{Block, Indent, Inline, TextAttrs, trim_line},
    refusal::quoted,
    section::SectionLink,
    time::WrittenTime,
};
use head::Head;

/// Reads one page. `sections` are the site's, among which the page's may be found.
///
/// # Errors
/// A page that is empty, larger than [`LONGEST_LINE`] or not UTF-8, one in which no title or no body is found, a
/// publish time that does not exist, and fields beyond their limits. Nothing of such a page is taken.
pub fn captured(bytes: &[u8], sections: &[SectionLink]) -> Result<(Draft, Report), Fault> {
    let text = normalised(bytes)?;
    let lines = lines(&text);
    if lines.is_empty() {
        return Err(Fault::Empty);
    }
    let mut report = Report::default();
    let foot = foot::start(&lines);
    let (mut head, body) = head::read(&lines[..foot], &lines[foot..], &mut report)?;
    let mut paragraphs = paragraphs(&lines[body..foot], &mut report);
    sign(&mut paragraphs, &mut head);
    foot::report(&lines[foot..], &mut report);
    if paragraphs.is_empty() {
        return Err(Fault::NoBody { expected: "lines of text between the title and the foot of the page" });
    }
    let Head { fields, published, crumbs, .. } = head;
    fields.check()?;
    let body = document(&paragraphs);
    storable(&body, text.len())?;
    let section = place::section(&crumbs, &fields.title, sections);
    recognise(&fields, published.as_ref().map(|(shown, _)| shown), section.as_ref(), &paragraphs, &mut report);
    let digest = sha256(&text);
    let (section, published) = (section.map(|place| place.given), published.map(|(_, time)| time));
    Ok((Draft { identity: format!("sha256:{digest}"), digest, section, fields, published, body, url: None }, report))
}

/// A line of the page that is not blank.
#[derive(Clone, Debug)]
pub(crate) struct Line<'a> {
    /// Its text without the white space around it.
    pub(crate) text: &'a str,
    /// Whether it begins as a paragraph of Chinese text does.
    pub(crate) indented: bool,
}

/// The page with one kind of line end and without control characters, so that the same page saved on another system
/// is the same page.
fn normalised(bytes: &[u8]) -> Result<String, Fault> {
    if bytes.len() > LONGEST_LINE {
        return Err(Fault::TooLong { limit: LONGEST_LINE as u64 });
    }
    let marked = bytes.len();
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let mark = marked - bytes.len();
    let text =
        std::str::from_utf8(bytes).map_err(|error| Fault::NotUtf8 { offset: (mark + error.valid_up_to()) as u64 })?;
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    Ok(text.replace(|c: char| c.is_control() && c != '\n', ""))
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let line = |raw| {
        let text = trim_line(raw);
        let indented = raw.chars().take_while(|c| c.is_whitespace()).count() >= 2;
        (!text.is_empty()).then_some(Line { text, indented })
    };
    text.split('\n').filter_map(line).collect()
}

/// The body's lines without tools that stand between them, each a paragraph.
fn paragraphs<'a>(lines: &[Line<'a>], report: &mut Report) -> Vec<&'a str> {
    let mut kept = Vec::with_capacity(lines.len());
    for line in lines {
        if kinds::is_tools(line.text) {
            report.left_out.push(format!("page tools \"{}\"", quoted(line.text)));
        } else {
            kept.push(line.text);
        }
    }
    kept
}

/// Takes the editor from below the text, where many papers name him in brackets.
fn sign(paragraphs: &mut Vec<&str>, head: &mut Head) {
    let Some(meta) = paragraphs.last().and_then(|last| meta::signature(last)) else { return };
    if paragraphs.len() > 1 && head.contradicts(&meta).is_empty() {
        head.take(&meta);
        paragraphs.pop();
    }
}

fn document(paragraphs: &[&str]) -> Document {
    let block = |(n, text): (usize, &&str)| {
        let indent = if n == 0 && kinds::is_salutation(text) { Indent::None } else { Indent::First };
        Block::Paragraph { attrs: TextAttrs { indent, ..TextAttrs::default() }, content: vec![Inline::text(text)] }
    };
    Document::new(paragraphs.iter().enumerate().map(block).collect())
}

/// Reports what was found, in the order in which a reader meets it.
fn recognise(
    fields: &Fields,
    published: Option<&String>,
    section: Option<&place::Place>,
    paragraphs: &[&str],
    report: &mut Report,
) {
    let characters: usize = paragraphs.iter().map(|paragraph| paragraph.chars().count()).sum();
    let body = format!("{} paragraphs, {characters} characters", paragraphs.len());
    let section = section.map(|place| format!("{} ({})", place.given, place.why)).unwrap_or_default();
    for (field, value) in [
        ("section", section.as_str()),
        ("title", &fields.title),
        ("subtitle", &fields.subtitle),
        ("published_at", published.map_or("", |time| time)),
        ("source", &fields.source),
        ("author", &fields.author),
        ("editor", &fields.editor),
        ("byline", &fields.byline),
        ("dateline", &fields.dateline),
        ("body", &body),
    ] {
        if !value.is_empty() {
            report.recognised.push((field, quoted(value)));
        }
    }
}

/// A publish time as it was printed, with what it means.
type Published = (String, WrittenTime);
