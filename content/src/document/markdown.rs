//! The document as Markdown: CommonMark with tables, footnotes and what is struck out. It is what people read and other
//! systems take; alignment and indents have no sign in it, and what Markdown cannot say stands in it as HTML.

use super::{Block, Cell, Document, Inline, Item, Mark, Row, html};
use crate::MediaId;
use std::fmt::Write;

/// The text without its title. `address` says where a file of the media library is.
#[must_use]
pub fn of(document: &Document, address: &dyn Fn(MediaId) -> String) -> String {
    let mut writer = Writer { address, notes: Vec::new() };
    let mut lines = writer.blocks(&document.blocks);
    for (n, note) in writer.notes.iter().enumerate() {
        lines.push(String::new());
        lines.push(format!("[^{}]: {}", n + 1, escaped(note, Place::Line)));
    }
    lines.push(String::new());
    lines.join("\n")
}

struct Writer<'a> {
    address: &'a dyn Fn(MediaId) -> String,
    notes: Vec<&'a str>,
}

/// Where a text stands: what breaks its line is written otherwise.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Paragraph,
    Line,
    Cell,
}

impl<'a> Writer<'a> {
    /// Lines, with an empty one between blocks.
    fn blocks(&mut self, blocks: &'a [Block]) -> Vec<String> {
        let mut lines = Vec::new();
        // Two lists of a kind that follow each other would be one: they take turns with their signs.
        let mut other_sign = false;
        let mut before = None;
        for block in blocks {
            let kind = std::mem::discriminant(block);
            other_sign = before == Some(kind) && !other_sign;
            before = Some(kind);
            let own = self.block(block, other_sign);
            if own.is_empty() {
                continue;
            }
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.extend(own);
        }
        lines
    }

    fn block(&mut self, block: &'a Block, other_sign: bool) -> Vec<String> {
        match block {
            Block::Paragraph { content, .. } => {
                self.text(content, Place::Paragraph).split('\n').map(begun).collect::<Vec<_>>()
            }
            Block::Heading { attrs, content } => {
                let text = self.text(content, Place::Line);
                vec![format!("{} {text}", "#".repeat(usize::from(attrs.level)))]
            }
            Block::BulletList { content, .. } => {
                let sign = if other_sign { "*" } else { "-" };
                self.items(content, |_| format!("{sign} "))
            }
            Block::OrderedList { attrs, content } => {
                let (start, sign) = (u64::from(attrs.start), if other_sign { ')' } else { '.' });
                self.items(content, |n| format!("{}{sign} ", start + n))
            }
            Block::Blockquote { content, .. } => {
                let quoted = |line: String| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
                self.blocks(content).into_iter().map(quoted).collect()
            }
            Block::Table { content, .. } => self.table(block, content),
            Block::Figure { attrs, content } => {
                let caption = self.text(content, Place::Line);
                let title = if caption.is_empty() { String::new() } else { format!(" \"{}\"", plain(content)) };
                let picture = (self.address)(attrs.media);
                vec![format!("![{}]({}{title})", escaped(&attrs.alt, Place::Line), target(&picture))]
            }
            Block::Video { attrs, .. } => vec![self.file(attrs.media, &attrs.title)],
            Block::Attachment { attrs } => vec![self.file(attrs.media, &attrs.name)],
            Block::HorizontalRule { .. } => vec!["---".to_owned()],
        }
    }

    fn file(&self, media: MediaId, name: &str) -> String {
        let address = (self.address)(media);
        let name = if name.is_empty() { address.rsplit('/').next().unwrap_or_default() } else { name };
        format!("[{}]({})", escaped(name, Place::Line), target(&address))
    }

    fn items(&mut self, items: &'a [Item], sign: impl Fn(u64) -> String) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for (n, item) in (0..).zip(items) {
            let sign = sign(n);
            let room = " ".repeat(sign.len());
            let mut own = self.blocks(&item.content).into_iter();
            if n > 0 {
                lines.push(String::new());
            }
            lines.push(format!("{sign}{}", own.next().unwrap_or_default()).trim_end().to_owned());
            lines.extend(own.map(|line| if line.is_empty() { line } else { format!("{room}{line}") }));
        }
        lines
    }

    /// A table of a head and single lines; any other stands there as HTML, on one line.
    fn table(&mut self, block: &'a Block, rows: &'a [Row]) -> Vec<String> {
        let columns = rows.first().map_or(0, |row| row.content.len());
        let headed = |(n, row): (usize, &Row)| {
            let headers = row.content.iter().filter(|cell| matches!(cell, Cell::TableHeader { .. })).count();
            row.content.len() == columns && headers == if n == 0 { columns } else { 0 }
        };
        let lines = rows.iter().flat_map(|row| &row.content).all(is_line);
        if columns == 0 || !lines || !rows.iter().enumerate().all(headed) {
            return vec![html::of(&Document::new(vec![block.clone()]), &|_| None)];
        }
        let mut out = Vec::with_capacity(rows.len() + 1);
        for (n, row) in rows.iter().enumerate() {
            let cells: Vec<String> = row.content.iter().map(|cell| self.cell(cell)).collect();
            out.push(format!("| {} |", cells.join(" | ")));
            if n == 0 {
                out.push(format!("|{}", " --- |".repeat(columns)));
            }
        }
        out
    }

    fn cell(&mut self, cell: &'a Cell) -> String {
        match cell.content() {
            [Block::Paragraph { content, .. }] => self.text(content, Place::Cell),
            _ => String::new(),
        }
    }

    /// The text of a block. A link over several texts is one.
    fn text(&mut self, content: &'a [Inline], place: Place) -> String {
        let mut out = String::new();
        let mut rest = content;
        while let Some(first) = rest.first() {
            let link = link_of(first);
            let same = rest.iter().take_while(|inline| link.is_some() && link_of(inline) == link).count().max(1);
            let (own, after) = rest.split_at(same);
            let text: String = own.iter().fold(String::new(), |mut text, inline| {
                self.inline(inline, place, &mut text);
                text
            });
            match link {
                // Behind a note it would be taken for the second half of that.
                Some(address) if out.ends_with(']') => {
                    out.push_str("<a href=\"");
                    html::escape(address, &mut out);
                    let _ = write!(out, "\">{text}</a>");
                }
                Some(address) => {
                    let _ = write!(out, "[{text}]({})", target(address));
                }
                None => out.push_str(&text),
            }
            rest = after;
        }
        out
    }

    fn inline(&mut self, inline: &'a Inline, place: Place, out: &mut String) {
        match inline {
            Inline::HardBreak if place == Place::Paragraph => out.push_str("\\\n"),
            Inline::HardBreak => out.push_str("<br>"),
            Inline::Footnote { attrs } => {
                self.notes.push(&attrs.text);
                let _ = write!(out, "[^{}]", self.notes.len());
            }
            Inline::Text { text, marks } => {
                // Where two signs meet, neither is one.
                let signs = !out.ends_with(['*', '~']);
                let text = marks.iter().rev().fold(escaped(text, place), |text, mark| marked(text, mark, signs));
                out.push_str(&text);
            }
        }
    }
}

fn is_line(cell: &Cell) -> bool {
    let (Cell::TableHeader { attrs, content } | Cell::TableCell { attrs, content }) = cell;
    let one = matches!(content.as_slice(), [] | [Block::Paragraph { .. }]);
    one && attrs.colspan == 1 && attrs.rowspan == 1
}

fn link_of(inline: &Inline) -> Option<&str> {
    let Inline::Text { marks, .. } = inline else { return None };
    marks.iter().find_map(|mark| match mark {
        Mark::Link { attrs } => Some(attrs.href.as_str()),
        _ => None,
    })
}

/// Marks are written as elements: the signs of Markdown for them are none where Chinese marks of punctuation stand at
/// their inner side (CommonMark 6.2, left-flanking and right-flanking), and the elements are the same everywhere.
fn marked(text: String, mark: &Mark, signs: bool) -> String {
    let tag = match mark {
        Mark::Link { .. } => return text,
        Mark::Bold => "strong",
        Mark::Italic => "em",
        Mark::Underline => "u",
        Mark::Strike => "s",
        Mark::Superscript => "sup",
        Mark::Subscript => "sub",
        Mark::Code => "code",
    };
    let sign = match mark {
        Mark::Bold => "**",
        Mark::Strike => "~~",
        _ => "",
    };
    let inner = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    if signs && !sign.is_empty() && inner(text.chars().next()) && inner(text.chars().next_back()) {
        return format!("{sign}{text}{sign}");
    }
    format!("<{tag}>{text}</{tag}>")
}

/// A caption in quotes, where no marks are.
fn plain(content: &[Inline]) -> String {
    let text = content.iter().map(|inline| match inline {
        Inline::Text { text, .. } => text.as_str(),
        Inline::HardBreak => " ",
        Inline::Footnote { .. } => "",
    });
    escaped(&text.collect::<String>(), Place::Line).replace('"', "\\\"")
}

/// An address between angle brackets, where nothing but these ends it.
fn target(address: &str) -> String {
    format!("<{}>", address.replace('\\', "\\\\").replace('<', "\\<").replace('>', "\\>"))
}

/// Text in which no character is a sign.
fn escaped(text: &str, place: Place) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '$' | '!')
            || (c == '|' && place == Place::Cell)
            || (c == '#' && place == Place::Line)
        {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A line of a paragraph whose beginning is no sign of a heading, a list, a rule, a quotation, a fence or a block of code.
fn begun(line: &str) -> String {
    let text = line.trim_start_matches([' ', '\t']);
    let spaces = "&#32;".repeat(line.len() - text.len());
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if number.len() < text.len() && number.starts_with(['.', ')']) {
        let digits = &text[..text.len() - number.len()];
        return format!("{spaces}{digits}\\{number}");
    }
    let sign = text.starts_with(['#', '+', '-', '=', '|', ':']);
    format!("{spaces}{}{text}", if sign { "\\" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(json: &str) -> String {
        let json = format!(r#"{{"type":"doc","attrs":{{"version":1}},"content":[{json}]}}"#);
        of(&Document::new(Document::from_json(&json).unwrap().blocks), &|id| format!("../media/{id}.jpg"))
    }

    fn paragraph(id: &str, content: &str) -> String {
        format!(r#"{{"type":"paragraph","attrs":{{"id":"{id}"}},"content":[{content}]}}"#)
    }

    #[test]
    fn what_looks_like_a_sign_is_none() {
        for (text, expected) in [
            ("1. 一", "1\\. 一\n"),
            ("# 一", "\\# 一\n"),
            ("- 一", "\\- 一\n"),
            ("a*b_c", "a\\*b\\_c\n"),
            ("  x", "&#32;&#32;x\n"),
            ("<b>&amp;", "\\<b\\>\\&amp;\n"),
            ("2026年", "2026年\n"),
        ] {
            assert_eq!(written(&paragraph("b1", &format!(r#"{{"type":"text","text":"{text}"}}"#))), expected);
        }
    }

    #[test]
    fn marks_are_signs_where_these_work_and_elements_elsewhere() {
        let bold = |text: &str| format!(r#"{{"type":"text","text":"{text}","marks":[{{"type":"bold"}}]}}"#);
        assert_eq!(written(&paragraph("b1", &bold("重要"))), "**重要**\n");
        assert_eq!(written(&paragraph("b1", &bold("“重要”"))), "<strong>“重要”</strong>\n");
    }

    #[test]
    fn a_link_over_several_texts_is_one() {
        let href = r#"{"type":"link","attrs":{"href":"/a"}}"#;
        let content = format!(
            r#"{{"type":"text","text":"甲","marks":[{href}]}},{{"type":"text","text":"乙","marks":[{href},{{"type":"bold"}}]}}"#
        );
        assert_eq!(written(&paragraph("b1", &content)), "[甲**乙**](</a>)\n");
    }

    #[test]
    fn lists_of_a_kind_that_follow_each_other_stay_two() {
        let item = |id: &str| {
            format!(r#"{{"type":"listItem","content":[{}]}}"#, paragraph(id, r#"{"type":"text","text":"一"}"#))
        };
        let list =
            |id: &str, items: &str| format!(r#"{{"type":"bulletList","attrs":{{"id":"{id}"}},"content":[{items}]}}"#);
        let (one, two) = (list("l1", &format!("{},{}", item("a"), item("b"))), list("l2", &item("c")));
        assert_eq!(written(&format!("{one},{two}")), "- 一\n\n- 一\n\n* 一\n");
    }

    #[test]
    fn a_table_with_a_head_is_one_of_markdown_and_any_other_is_html() {
        let cell = |kind: &str, id: &str, attrs: &str| {
            format!(r#"{{"type":"{kind}",{attrs}"content":[{}]}}"#, paragraph(id, r#"{"type":"text","text":"a|b"}"#))
        };
        let row = |cells: &str| format!(r#"{{"type":"tableRow","content":[{cells}]}}"#);
        let table = |rows: &str| format!(r#"{{"type":"table","attrs":{{"id":"t"}},"content":[{rows}]}}"#);
        let (head, body) = (row(&cell("tableHeader", "a", "")), row(&cell("tableCell", "b", "")));
        assert_eq!(written(&table(&format!("{head},{body}"))), "| a\\|b |\n| --- |\n| a\\|b |\n");
        let wide = row(&cell("tableCell", "c", r#""attrs":{"colspan":2,"rowspan":1},"#));
        assert!(written(&table(&wide)).starts_with("<div class=\"table-scroll\""));
    }

    #[test]
    fn notes_stand_at_the_end_and_pictures_with_their_captions() {
        let note = paragraph("b1", r#"{"type":"text","text":"文"},{"type":"footnote","attrs":{"text":"注"}}"#);
        let figure = r#"{"type":"figure","attrs":{"id":"f","media":7,"alt":"湖"},"content":[{"type":"text","text":"图 \"一\""}]}"#;
        let expected = "文[^1]\n\n![湖](<../media/7.jpg> \"图 \\\"一\\\"\")\n\n[^1]: 注\n";
        assert_eq!(written(&format!("{note},{figure}")), expected);
    }
}
