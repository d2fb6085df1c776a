//! JSON Lines: one article a line, each a JSON object.
//!
//! Keys, all of them text and all but `title` and a body optional: `section` (slug or name), `title`, `subtitle`,
//! `byline`, `dateline`, `source`, `author`, `editor`, `summary`, `keywords`, `published_at`, `body_html`, `body_md`
//! (Markdown) or `body_text`, `url`. `null` and blank text mean that there is none.

mod given;
mod reader;

pub use reader::{LONGEST_LINE, Lines};

use crate::{Draft, Fault, PictureRef, html, markdown, sha256, storable, words::one_line};
use content::{Document, article, article::Fields, document, refusal::quoted, time::WrittenTime};
use given::{Given, Key};

/// Reads one line. The second part says what was left out of the article.
///
/// # Errors
/// A line that is not a JSON object, a key of the wrong type, a missing title or body, and what the fields' and the
/// tree's own rules refuse. Nothing of such a line is taken.
pub fn line(text: &str, pictures: &dyn Fn(&str) -> Option<PictureRef>) -> Result<(Draft, Vec<String>), Fault> {
    let given: Given<'_> = serde_json::from_str(text).map_err(|error| Fault::NotJson(error.to_string()))?;
    if let Some((key, found)) = given.first_of_wrong_type() {
        return Err(Fault::WrongType { key: key.name(), found });
    }
    let mut left_out: Vec<String> =
        given.unknown.iter().map(|key| format!("unknown key \"{}\" ignored", quoted(key))).collect();
    if given.more_unknown > 0 {
        left_out.push(format!("{} more unknown keys ignored", given.more_unknown));
    }
    let fields = fields(&given)?;
    let section = Some(one_line(given.text(Key::Section))).filter(|section| !section.is_empty());
    article::limited("section", section.as_deref().unwrap_or_default(), article::LONGEST_NAME)?;
    let published = Some(given.text(Key::PublishedAt)).filter(|time| !time.trim().is_empty());
    let published = published.map(WrittenTime::parse).transpose()?;
    let url = url(given.text(Key::Url))?;
    let body = body(&given, pictures, &mut left_out)?;
    let digest = sha256(text);
    let identity = url.as_ref().map_or_else(|| format!("sha256:{digest}"), |url| format!("url:{url}"));
    Ok((Draft { identity, digest, section, fields, published, body, url }, left_out))
}

fn fields(given: &Given<'_>) -> Result<Fields, Fault> {
    let field = |key| one_line(given.text(key));
    let fields = Fields {
        title: field(Key::Title),
        subtitle: field(Key::Subtitle),
        byline: field(Key::Byline),
        dateline: field(Key::Dateline),
        source: field(Key::Source),
        author: field(Key::Author),
        editor: field(Key::Editor),
        summary: field(Key::Summary),
        keywords: field(Key::Keywords),
    };
    if fields.title.is_empty() {
        return Err(Fault::NoTitle { expected: "text under the key \"title\"" });
    }
    fields.check()?;
    Ok(fields)
}

fn url(given: &str) -> Result<Option<String>, Fault> {
    let url = given.trim();
    if url.len() > document::Href::LONGEST || url.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(Fault::BadUrl { given: quoted(url) });
    }
    Ok(Some(url.to_owned()).filter(|url| !url.is_empty()))
}

fn body(
    given: &Given<'_>,
    pictures: &dyn Fn(&str) -> Option<PictureRef>,
    left_out: &mut Vec<String>,
) -> Result<Document, Fault> {
    let (markup, markdown, plain) =
        (given.text(Key::BodyHtml), given.text(Key::BodyMarkdown), given.text(Key::BodyText));
    let ignored = |key: &str, given: &str, taken: &str, left_out: &mut Vec<String>| {
        if !given.trim().is_empty() {
            left_out.push(format!("{key} ignored: {taken} was given as well"));
        }
    };
    let body = if !markup.trim().is_empty() {
        ignored("body_text", plain, "body_html", left_out);
        ignored("body_md", markdown, "body_html", left_out);
        let (body, dropped) = html(markup, pictures);
        left_out.extend(dropped);
        body
    } else if !markdown.trim().is_empty() {
        ignored("body_text", plain, "body_md", left_out);
        let (body, dropped) = markdown::body(markdown, pictures);
        left_out.extend(dropped);
        body
    } else {
        plain_text(plain, left_out)
    };
    if body.is_empty() {
        return Err(Fault::NoBody {
            expected: "text under the key \"body_html\" or \"body_text\", or Markdown under \"body_md\"",
        });
    }
    storable(&body, markup.len().max(markdown.len()).max(plain.len()))?;
    Ok(body)
}

/// Plain text of a file may hold what a tree may not: a lone carriage return ends a line, a tab is a space, other
/// control characters mean nothing.
fn plain_text(text: &str, left_out: &mut Vec<String>) -> Document {
    let odd = |c: char| c.is_control() && c != '\n';
    if !text.contains(odd) {
        return Document::from_plain_text(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    let removed = text.matches(odd).count();
    if removed > 0 {
        left_out.push(format!("control characters: {removed} removed from body_text"));
    }
    Document::from_plain_text(&text.replace(odd, ""))
}
