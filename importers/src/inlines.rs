//! A line of text with its marks while it is being put together: what the tree would refuse does not come in.

use content::document::{FootnoteAttrs, Href, Inline, LinkAttrs, Mark};

/// How many line breaks may follow one another.
const MOST_BREAKS: usize = 2;

/// Which marks text bears.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a mark of its own")]
pub(crate) struct Marked {
    pub(crate) link: Option<Href>,
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) underline: bool,
    pub(crate) strike: bool,
    pub(crate) superscript: bool,
    pub(crate) subscript: bool,
    pub(crate) code: bool,
}

impl Marked {
    /// In the order in which the tree wants them.
    pub(crate) fn list(&self) -> Vec<Mark> {
        let link = self.link.iter().map(|href| Mark::Link { attrs: LinkAttrs { href: href.clone() } });
        let others = [
            (self.bold, Mark::Bold),
            (self.italic, Mark::Italic),
            (self.underline, Mark::Underline),
            (self.strike, Mark::Strike),
            (self.superscript, Mark::Superscript),
            (self.subscript, Mark::Subscript),
            (self.code, Mark::Code),
        ];
        link.chain(others.into_iter().filter_map(|(there, mark)| there.then_some(mark))).collect()
    }
}

/// The text so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inlines {
    content: Vec<Inline>,
}

impl Inlines {
    /// Adds text. A tab or a line end in it is a space; other control characters mean nothing.
    pub(crate) fn text(&mut self, text: &str, marked: &Marked) {
        let clean = clean(text);
        if clean.is_empty() {
            return;
        }
        let marks = marked.list();
        match self.content.last_mut() {
            Some(Inline::Text { text, marks: same }) if *same == marks => text.push_str(&clean),
            _ => self.content.push(Inline::Text { text: clean, marks }),
        }
    }

    /// Ends the line within the paragraph.
    pub(crate) fn line_end(&mut self) {
        let before = self.content.iter().rev().take_while(|inline| matches!(inline, Inline::HardBreak)).count();
        if before < MOST_BREAKS {
            self.content.push(Inline::HardBreak);
        }
    }

    /// Adds a note. One that is too long for the tree goes on in the next, so that nothing of it is lost.
    pub(crate) fn note(&mut self, text: &str) {
        let characters: Vec<char> = clean(text).trim().chars().collect();
        for part in characters.chunks(FootnoteAttrs::LONGEST) {
            let text: String = part.iter().collect();
            if !text.trim().is_empty() {
                self.content.push(Inline::Footnote { attrs: FootnoteAttrs { text } });
            }
        }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.content.is_empty()
    }

    /// Whether it begins with white space that stands for an indent.
    pub(crate) fn is_indented(&self) -> bool {
        match self.content.first() {
            Some(Inline::Text { text, .. }) => text.chars().take_while(|c| c.is_whitespace()).count() >= 2,
            _ => false,
        }
    }

    /// Puts text before all others.
    pub(crate) fn lead(&mut self, text: &str) {
        let clean = clean(text);
        match self.content.first_mut() {
            _ if clean.is_empty() => {}
            Some(Inline::Text { text, marks }) if marks.is_empty() => text.insert_str(0, &clean),
            _ => self.content.insert(0, Inline::Text { text: clean, marks: Vec::new() }),
        }
    }

    /// The text without white space and breaks around it.
    pub(crate) fn finish(mut self) -> Vec<Inline> {
        while let Some(last) = self.content.last_mut() {
            match last {
                Inline::Text { text, .. } => {
                    text.truncate(text.trim_end_matches(is_blank).len());
                    if !text.is_empty() {
                        break;
                    }
                }
                Inline::HardBreak => {}
                Inline::Footnote { .. } => break,
            }
            self.content.pop();
        }
        let mut lead = 0;
        for inline in &mut self.content {
            match inline {
                Inline::Text { text, .. } => {
                    *text = text.trim_start_matches(is_blank).to_owned();
                    if !text.is_empty() {
                        break;
                    }
                }
                Inline::HardBreak => {}
                Inline::Footnote { .. } => break,
            }
            lead += 1;
        }
        self.content.drain(..lead);
        self.content
    }
}

/// The words of a line without its notes.
pub(crate) fn plain(content: &[Inline]) -> String {
    let words = content.iter().map(|inline| match inline {
        Inline::Text { text, .. } => text.as_str(),
        Inline::HardBreak => " ",
        Inline::Footnote { .. } => "",
    });
    words.collect()
}

/// What [`content::document::trim_line`] takes off a line.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

fn clean(text: &str) -> String {
    let kept = text.chars().filter_map(|c| match c {
        '\t' | '\n' | '\r' => Some(' '),
        c if c.is_control() => None,
        c => Some(c),
    });
    kept.collect()
}
