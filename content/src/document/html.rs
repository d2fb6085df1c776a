//! The only writer of an article's HTML. It can emit nothing but what the schema holds: elements and attributes are
//! written here, text and addresses are escaped here.

use super::{Align, Block, Cell, Document, Indent, Inline, Item, Mark, Row};
use crate::{
    MediaId,
    media::{File, Picture},
};
use std::fmt::Write;

/// How wide a picture of the text is shown: as the lines of the text, or as the screen where that is smaller.
const SIZES: &str = "(min-width: 46rem) 43rem, 100vw";

/// How much markup stands before a picture that is seen without scrolling, in bytes: a dozen lines of Chinese.
const NEAR_THE_TOP: usize = 1_500;

/// The document as a web page shows it. `file` finds a file of the media library; a figure whose picture is gone keeps its
/// caption, and an attachment its name.
#[must_use]
pub fn of(document: &Document, file: &dyn Fn(MediaId) -> Option<File>) -> String {
    let mut writer = Writer { out: String::with_capacity(4096), file, pictures: 0, notes: Vec::new() };
    writer.blocks(&document.blocks);
    writer.footnotes();
    writer.out
}

/// Text as it stands between tags or in a quoted attribute.
pub fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// The files that stand below a text; nothing where there are none.
#[must_use]
pub fn attachments(files: impl Iterator<Item = File>) -> String {
    let mut out = String::new();
    for file in files {
        out.push_str(if out.is_empty() { "<section class=\"attachments\"><h2>附件</h2><ul><li>" } else { "<li>" });
        download(&file, &file.name, &mut out);
        out.push_str("</li>");
    }
    if !out.is_empty() {
        out.push_str("</ul></section>");
    }
    out
}

/// A link that saves the file under its name, with what one wants to know before.
fn download(file: &File, name: &str, out: &mut String) {
    out.push_str("<a href=\"");
    escape(&file.address(), out);
    out.push_str("\" download=\"");
    escape(name, out);
    out.push_str("\">");
    escape(name, out);
    let _ = write!(out, "</a> <span>（{}）</span>", file.kind_and_size());
}

struct Writer<'a> {
    out: String,
    file: &'a dyn Fn(MediaId) -> Option<File>,
    pictures: u32,
    notes: Vec<&'a str>,
}

impl<'a> Writer<'a> {
    fn blocks(&mut self, blocks: &'a [Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Paragraph { attrs, content } => {
                let align = align_class(attrs.text_align);
                let indent = if attrs.indent == Indent::None { "indent-0" } else { "" };
                self.open("p", &[align, indent]);
                self.inlines(content);
                self.close("p");
            }
            Block::Heading { attrs, content } => {
                let tag = match attrs.level {
                    0..=2 => "h2",
                    3 => "h3",
                    _ => "h4",
                };
                self.open(tag, &[align_class(attrs.text_align)]);
                self.inlines(content);
                self.close(tag);
            }
            Block::BulletList { content, .. } => {
                self.open("ul", &[]);
                self.items(content);
                self.close("ul");
            }
            Block::OrderedList { attrs, content } => {
                if attrs.start == 1 {
                    self.open("ol", &[]);
                } else {
                    let _ = write!(self.out, "<ol start=\"{}\">", attrs.start);
                }
                self.items(content);
                self.close("ol");
            }
            Block::Blockquote { content, .. } => {
                self.open("blockquote", &[]);
                self.blocks(content);
                self.close("blockquote");
            }
            Block::Table { content, .. } => self.table(content),
            Block::Figure { attrs, content } => self.figure(attrs.media, &attrs.alt, content),
            Block::Video { attrs, content } => self.video(attrs.media, &attrs.title, content),
            Block::Attachment { attrs } => self.attachment(attrs.media, &attrs.name),
            Block::HorizontalRule { .. } => self.out.push_str("<hr>"),
        }
    }

    fn items(&mut self, items: &'a [Item]) {
        for item in items {
            self.open("li", &[]);
            self.blocks(&item.content);
            self.close("li");
        }
    }

    /// Rows of header cells at the top are the table's head, so that screen readers and the print of a long table
    /// repeat them.
    fn table(&mut self, rows: &'a [Row]) {
        let headers = |row: &&'a Row| row.content.iter().all(|cell| matches!(cell, Cell::TableHeader { .. }));
        let head = rows.iter().take_while(headers).count();
        // A table of nothing but headers has no head: they name rows then.
        let (head, body) = rows.split_at(if head == rows.len() { 0 } else { head });
        self.out.push_str("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"表格\"><table>");
        if !head.is_empty() {
            self.out.push_str("<thead>");
            self.rows(head, "col");
            self.out.push_str("</thead>");
        }
        self.out.push_str("<tbody>");
        self.rows(body, "row");
        self.out.push_str("</tbody></table></div>");
    }

    fn rows(&mut self, rows: &'a [Row], scope: &str) {
        for row in rows {
            self.out.push_str("<tr>");
            for cell in &row.content {
                let (Cell::TableHeader { attrs, content } | Cell::TableCell { attrs, content }) = cell;
                let header = matches!(cell, Cell::TableHeader { .. });
                self.out.push_str(if header { "<th" } else { "<td" });
                if header {
                    let _ = write!(self.out, " scope=\"{scope}\"");
                }
                for (name, span) in [("colspan", attrs.colspan), ("rowspan", attrs.rowspan)] {
                    if span > 1 {
                        let _ = write!(self.out, " {name}=\"{span}\"");
                    }
                }
                self.out.push('>');
                self.blocks(content);
                self.out.push_str(if header { "</th>" } else { "</td>" });
            }
            self.out.push_str("</tr>");
        }
    }

    fn figure(&mut self, media: MediaId, alt: &str, caption: &'a [Inline]) {
        self.out.push_str("<figure>");
        if let Some(picture) = (self.file)(media).and_then(|file| file.picture()) {
            self.pictures += 1;
            let seen_first = self.pictures == 1 && self.out.len() < NEAR_THE_TOP;
            self.picture(&picture, if alt.is_empty() { &picture.alt } else { alt }, seen_first);
        }
        self.caption(caption);
        self.out.push_str("</figure>");
    }

    fn picture(&mut self, picture: &Picture, alt: &str, seen_first: bool) {
        self.out.push_str("<img src=\"");
        escape(&picture.fallback(), &mut self.out);
        if let Some(widths) = picture.srcset() {
            self.out.push_str("\" srcset=\"");
            escape(&widths, &mut self.out);
            let _ = write!(self.out, "\" sizes=\"{SIZES}");
        }
        let _ = write!(self.out, "\" width=\"{}\" height=\"{}\" alt=\"", picture.width, picture.height);
        escape(alt, &mut self.out);
        // The picture on top is often what the reader came for; the others wait until they come near.
        self.out.push_str(if seen_first { "\" fetchpriority=\"high\"" } else { "\" loading=\"lazy\"" });
        self.out.push_str(" decoding=\"async\">");
    }

    fn caption(&mut self, caption: &'a [Inline]) {
        if !caption.is_empty() {
            self.open("figcaption", &[]);
            self.inlines(caption);
            self.close("figcaption");
        }
    }

    fn video(&mut self, media: MediaId, title: &str, caption: &'a [Inline]) {
        self.out.push_str("<figure class=\"video\">");
        if let Some(file) = (self.file)(media) {
            self.out.push_str("<video controls preload=\"metadata\" src=\"");
            escape(&file.address(), &mut self.out);
            self.out.push_str("\" aria-label=\"");
            escape(if title.is_empty() { &file.name } else { title }, &mut self.out);
            self.out.push_str("\"></video>");
        }
        self.caption(caption);
        self.out.push_str("</figure>");
    }

    fn attachment(&mut self, media: MediaId, name: &str) {
        self.out.push_str("<p class=\"attachment\">");
        match (self.file)(media) {
            None => escape(name, &mut self.out),
            Some(file) => {
                download(&file, if name.is_empty() { &file.name } else { name }, &mut self.out);
            }
        }
        self.out.push_str("</p>");
    }

    /// A number that leads to the note, and back.
    fn footnote(&mut self, text: &'a str) {
        self.notes.push(text);
        let n = self.notes.len();
        let _ = write!(
            self.out,
            "<sup class=\"footnote\"><a id=\"fnr-{n}\" href=\"#fn-{n}\" role=\"doc-noteref\" aria-label=\"注{n}\">{n}</a></sup>"
        );
    }

    fn footnotes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        self.out.push_str("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"注释\"><ol>");
        for (n, note) in std::mem::take(&mut self.notes).into_iter().enumerate().map(|(n, note)| (n + 1, note)) {
            let _ = write!(self.out, "<li id=\"fn-{n}\">");
            escape(note, &mut self.out);
            let back = format!(" <a href=\"#fnr-{n}\" role=\"doc-backlink\" aria-label=\"回到正文注{n}处\">↩</a></li>");
            self.out.push_str(&back);
        }
        self.out.push_str("</ol></section>");
    }

    /// Marks that one text shares with the next stay open between them, so that a link is one link.
    fn inlines(&mut self, content: &'a [Inline]) {
        let mut open: Vec<&Mark> = Vec::new();
        for inline in content {
            match inline {
                Inline::HardBreak => self.out.push_str("<br>"),
                Inline::Footnote { attrs } => {
                    self.close_marks(&mut open, 0);
                    self.footnote(&attrs.text);
                }
                Inline::Text { text, marks } => {
                    let kept = open.iter().zip(marks).take_while(|(a, b)| **a == *b).count();
                    self.close_marks(&mut open, kept);
                    for mark in &marks[kept..] {
                        self.open_mark(mark);
                        open.push(mark);
                    }
                    escape(text, &mut self.out);
                }
            }
        }
        self.close_marks(&mut open, 0);
    }

    fn open_mark(&mut self, mark: &Mark) {
        let Mark::Link { attrs } = mark else { return self.open(tag_of(mark), &[]) };
        self.out.push_str("<a href=\"");
        escape(attrs.href.as_str(), &mut self.out);
        // A page that is opened from here learns neither where from nor gets a handle on this one.
        self.out.push_str(if attrs.href.as_str().starts_with(['/', '#']) {
            "\">"
        } else {
            "\" rel=\"noopener noreferrer\">"
        });
    }

    fn close_marks(&mut self, open: &mut Vec<&Mark>, kept: usize) {
        while open.len() > kept {
            if let Some(mark) = open.pop() {
                self.close(tag_of(mark));
            }
        }
    }

    fn open(&mut self, tag: &str, classes: &[&str]) {
        self.out.push('<');
        self.out.push_str(tag);
        let classes: Vec<&str> = classes.iter().copied().filter(|class| !class.is_empty()).collect();
        if !classes.is_empty() {
            let _ = write!(self.out, " class=\"{}\"", classes.join(" "));
        }
        self.out.push('>');
    }

    fn close(&mut self, tag: &str) {
        let _ = write!(self.out, "</{tag}>");
    }
}

const fn align_class(align: Align) -> &'static str {
    match align {
        Align::Left => "",
        Align::Center => "align-center",
        Align::Right => "align-right",
        Align::Justify => "align-justify",
    }
}

const fn tag_of(mark: &Mark) -> &'static str {
    match mark {
        Mark::Link { .. } => "a",
        Mark::Bold => "strong",
        Mark::Italic => "em",
        Mark::Underline => "u",
        Mark::Strike => "s",
        Mark::Superscript => "sup",
        Mark::Subscript => "sub",
        Mark::Code => "code",
    }
}
