//! What WordPress makes of a text before it is shown, made here: line ends into paragraphs, captions and galleries into
//! figures. What only its extensions could make is said and left out; text that such marks enclose stays.

use super::shortcode::{self, Piece};
use crate::left_out::LeftOut;

/// How a mark of the block editor begins.
const BLOCK: &str = "<!-- wp:";

/// The HTML of a text. `picture` gives the address of an attachment by its number.
pub(super) fn html(text: &str, picture: &dyn Fn(u64) -> Option<String>, left_out: &mut LeftOut) -> String {
    // A text of the block editor has its paragraphs already.
    let blocks = text.contains(BLOCK);
    let text = without_blocks(text, left_out);
    let mut making =
        Making { picture, left_out, out: String::with_capacity(text.len()), captions: Vec::new(), links: 0 };
    for piece in shortcode::pieces(&text) {
        match piece {
            Piece::Text(text) => making.out.push_str(text),
            Piece::Open(name, attributes) => making.open(name, attributes),
            Piece::Close(name) => making.close(name),
        }
    }
    while !making.captions.is_empty() {
        making.close("caption");
    }
    if blocks { making.out } else { breaks(&making.out) }
}

struct Making<'a> {
    picture: &'a dyn Fn(u64) -> Option<String>,
    left_out: &'a mut LeftOut,
    out: String,
    /// Where the open captions begin, and what old ones have as an attribute.
    captions: Vec<(usize, String)>,
    links: usize,
}

impl Making<'_> {
    fn open(&mut self, name: &str, attributes: &str) {
        match name {
            "caption" | "wp_caption" if self.captions.len() < 10 => {
                let said = shortcode::attribute(attributes, "caption").unwrap_or_default().to_owned();
                self.captions.push((self.out.len(), said));
            }
            "gallery" => self.gallery(attributes),
            "embed" => self.links = self.out.len() + 1,
            "audio" | "video" => {
                let files = ["src", "mp4", "mp3", "m4v", "webm", "ogg"];
                let src = files.iter().find_map(|name| shortcode::attribute(attributes, name)).unwrap_or_default();
                self.left_out.example(name, "left out: bring the file into the media library", src);
            }
            "more" => {}
            name => self.left_out.count(&format!("[{name}]"), "shortcode: left out, text that it encloses kept"),
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "caption" | "wp_caption" => self.caption(),
            "embed" if self.links > 0 => {
                let from = (self.links - 1).min(self.out.len());
                let address = self.out.split_off(from);
                let address = address.trim();
                self.left_out.example("embed", "kept as a link", address);
                self.out.push_str(&link(address));
                self.links = 0;
            }
            _ => {}
        }
    }

    /// The picture of a caption and what stands behind it.
    fn caption(&mut self) {
        let Some((from, said)) = self.captions.pop() else { return };
        let inner = self.out.split_off(from.min(self.out.len()));
        let lower = inner.to_ascii_lowercase();
        let picture = lower.rfind("<img").and_then(|at| Some(at + lower[at..].find('>')? + 1));
        let end = picture.map(|end| {
            if lower[end..].trim_start().starts_with("</a>") {
                end + lower[end..].find("</a>").unwrap_or(0) + 4
            } else {
                end
            }
        });
        let (picture, words) = inner.split_at(end.unwrap_or(0));
        let words = if words.trim().is_empty() { said.as_str() } else { words.trim() };
        self.out.push_str(&format!("<figure>{picture}<figcaption>{words}</figcaption></figure>"));
    }

    fn gallery(&mut self, attributes: &str) {
        let ids = ["ids", "include"].iter().find_map(|name| shortcode::attribute(attributes, name)).unwrap_or_default();
        let mut found = false;
        for id in ids.split(',').filter_map(|id| id.trim().parse().ok()).take(500) {
            found = true;
            match (self.picture)(id) {
                Some(url) => self.out.push_str(&format!("<figure><img src=\"{}\"></figure>", escaped(&url))),
                None => self.left_out.example("picture", "of a gallery, not in the export: left out", &id.to_string()),
            }
        }
        if !found {
            self.left_out
                .count("[gallery]", "names no pictures: those that were brought in with the article are attachments");
        }
    }
}

/// Takes out the marks of the block editor. Those that stand alone are made by WordPress when they are shown.
fn without_blocks(text: &str, left_out: &mut LeftOut) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("<!--") {
        let Some(end) = rest[at..].find("-->") else { break };
        let comment = rest[at + 4..at + end].trim();
        let known = comment.starts_with("wp:") || comment.starts_with("/wp:");
        let silent = comment.starts_with("more") || comment.starts_with("nextpage") || comment.starts_with("noteaser");
        if known && comment.ends_with('/') {
            let name = comment[3..].split([' ', '/', '{']).next().unwrap_or_default();
            if !matches!(name, "spacer" | "separator" | "more" | "nextpage") {
                left_out.count(&format!("block {name}"), "made by WordPress when it is shown: left out");
            }
        }
        out.push_str(&rest[..at]);
        if !known && !silent {
            out.push_str(&rest[at..at + end + 3]);
        }
        rest = &rest[at + end + 3..];
    }
    out.push_str(rest);
    out
}

/// Line ends into breaks, two of which part paragraphs: WordPress keeps the texts of its old editor so. Within tags and
/// where line ends count already they are left alone.
fn breaks(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let end = rest.find('<').unwrap_or(rest.len());
        let (words, tag) = rest.split_at(end);
        for (n, line) in words.split('\n').enumerate() {
            if n > 0 {
                out.push_str("<br>");
            }
            out.push_str(line);
        }
        let length = untouched(tag);
        out.push_str(&tag[..length]);
        rest = &tag[length..];
    }
    out
}

/// How long the tag is with which a text begins, together with what is in it where line ends count.
fn untouched(text: &str) -> usize {
    const WHOLE: [(&str, &str); 4] =
        [("<pre", "</pre"), ("<script", "</script"), ("<style", "</style"), ("<textarea", "</textarea")];
    let starts = |part: &str| text.get(..part.len()).is_some_and(|start| start.eq_ignore_ascii_case(part));
    if text.is_empty() {
        return 0;
    }
    if text.starts_with("<!--") {
        return text.find("-->").map_or(text.len(), |end| end + 3);
    }
    if let Some((_, closing)) = WHOLE.iter().find(|(opening, _)| starts(opening)) {
        let found = text
            .match_indices("</")
            .find(|(at, _)| text.get(*at..at + closing.len()).is_some_and(|end| end.eq_ignore_ascii_case(closing)));
        return found.map_or(text.len(), |(at, _)| at + closing.len());
    }
    let names = text[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    if names { text.find('>').map_or(text.len(), |end| end + 1) } else { 1 }
}

/// A link to an address, with the address as its text.
fn link(address: &str) -> String {
    format!("<p><a href=\"{0}\">{0}</a></p>", escaped(address))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}
