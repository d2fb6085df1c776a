//! The only writer of an article's HTML. It can emit nothing but what the schema holds: elements and attributes are
//! written here, text and addresses are escaped here.

use super::{Align, Block, Cell, Document, Indent, Inline, Item, Mark, Row};
use crate::{MediaId, media::Picture};
use std::fmt::Write;

/// The document as a web page shows it. `picture` finds a picture of the media library; a figure whose picture is gone
/// keeps its caption.
#[must_use]
pub fn of(document: &Document, picture: &dyn Fn(MediaId) -> Option<Picture>) -> String {
    let mut writer = Writer { out: String::with_capacity(4096), picture, pictures: 0 };
    writer.blocks(&document.blocks);
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

struct Writer<'a> {
    out: String,
    picture: &'a dyn Fn(MediaId) -> Option<Picture>,
    pictures: u32,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
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
            Block::HorizontalRule { .. } => self.out.push_str("<hr>"),
        }
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            self.open("li", &[]);
            self.blocks(&item.content);
            self.close("li");
        }
    }

    /// Rows of header cells at the top are the table's head, so that screen readers and the print of a long table
    /// repeat them.
    fn table(&mut self, rows: &[Row]) {
        let headers = |row: &&Row| row.content.iter().all(|cell| matches!(cell, Cell::TableHeader { .. }));
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

    fn rows(&mut self, rows: &[Row], scope: &str) {
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

    fn figure(&mut self, media: MediaId, alt: &str, caption: &[Inline]) {
        self.out.push_str("<figure>");
        if let Some(picture) = (self.picture)(media) {
            self.pictures += 1;
            self.out.push_str("<img src=\"");
            escape(&picture.address(), &mut self.out);
            let _ = write!(self.out, "\" width=\"{}\" height=\"{}\" alt=\"", picture.width, picture.height);
            escape(if alt.is_empty() { &picture.alt } else { alt }, &mut self.out);
            // The first picture is often what the reader came for; the others wait until they come near.
            self.out.push_str(if self.pictures == 1 { "\">" } else { "\" loading=\"lazy\" decoding=\"async\">" });
        }
        if !caption.is_empty() {
            self.open("figcaption", &[]);
            self.inlines(caption);
            self.close("figcaption");
        }
        self.out.push_str("</figure>");
    }

    /// Marks that one text shares with the next stay open between them, so that a link is one link.
    fn inlines(&mut self, content: &[Inline]) {
        let mut open: Vec<&Mark> = Vec::new();
        for inline in content {
            match inline {
                Inline::HardBreak => self.out.push_str("<br>"),
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
