//! One run of text between two boundaries: white space as HTML and CSS have it, then its paragraphs.

use content::document::{Inline, Mark};

/// What line breaks mean in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breaks {
    /// Two of them part paragraphs, and so does one that an indent follows: pages of old systems are written so.
    Part,
    /// They break lines; more than one is one.
    Line,
    /// They break lines, each of them, and what stands behind one keeps its indent.
    Exact,
}

/// The text since the last boundary.
#[derive(Debug, Default)]
pub(super) struct Run {
    inlines: Vec<Inline>,
    gap: Option<Gap>,
}

/// White space that has not been written yet, because it may be the last of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    Space,
    /// White space with a line end in it. Between two Chinese characters it is nothing: somebody wrapped the source.
    LineEnd,
}

impl Run {
    /// Adds text; white space collapses.
    pub(super) fn flow(&mut self, text: &str, marks: &[Mark]) {
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.find(|c: char| is_space(c) || c.is_control()).unwrap_or(rest.len());
            if word > 0 {
                self.word(&rest[..word], marks);
            }
            rest = &rest[word..];
            let end = rest.find(|c: char| !(is_space(c) || c.is_control())).unwrap_or(rest.len());
            let space = &rest[..end];
            if space.contains(['\n', '\r']) {
                self.gap = Some(Gap::LineEnd);
            } else if space.contains(is_space) {
                self.gap = self.gap.or(Some(Gap::Space));
            }
            rest = &rest[end..];
        }
    }

    /// Adds text in which white space and line ends count.
    pub(super) fn exact(&mut self, text: &str, marks: &[Mark]) {
        for (n, line) in text.split('\n').enumerate() {
            if n > 0 {
                self.inlines.push(Inline::HardBreak);
            }
            let line = line.replace('\t', " ").replace(char::is_control, "");
            self.push(&line, marks);
        }
    }

    pub(super) fn hard_break(&mut self) {
        self.gap = None;
        self.inlines.push(Inline::HardBreak);
    }

    fn word(&mut self, word: &str, marks: &[Mark]) {
        let gap = self.gap.take();
        if let (Some(gap), Some(Inline::Text { text, .. })) = (gap, self.inlines.last_mut()) {
            let wrapped = gap == Gap::LineEnd
                && text.chars().next_back().is_some_and(is_wide)
                && word.chars().next().is_some_and(is_wide);
            if !wrapped {
                text.push(' ');
            }
        }
        self.push(word, marks);
    }

    fn push(&mut self, added: &str, marks: &[Mark]) {
        if added.is_empty() {
            return;
        }
        match self.inlines.last_mut() {
            Some(Inline::Text { text, marks: same }) if same == marks => text.push_str(added),
            _ => self.inlines.push(Inline::Text { text: added.to_owned(), marks: marks.to_vec() }),
        }
    }

    /// The paragraphs of the run, none of them empty, without white space around them; the run is empty again.
    pub(super) fn take(&mut self, breaks: Breaks) -> Vec<Vec<Inline>> {
        self.gap = None;
        let mut paragraphs: Vec<Vec<Inline>> = Vec::new();
        let mut current: Vec<Inline> = Vec::new();
        let mut pending = 0_usize;
        for inline in self.inlines.drain(..) {
            let Inline::Text { mut text, marks } = inline else {
                pending += 1;
                continue;
            };
            let starts_line = current.is_empty() || pending > 0;
            if starts_line && breaks == Breaks::Part && pending == 1 && is_indented(&text) {
                pending = 2;
            }
            if starts_line && (current.is_empty() || breaks != Breaks::Exact) {
                text = trim_start(&text).to_owned();
            }
            if text.is_empty() {
                continue;
            }
            if !current.is_empty() && breaks == Breaks::Part && pending > 1 {
                paragraphs.push(std::mem::take(&mut current));
                text = trim_start(&text).to_owned();
            } else if !current.is_empty() {
                let kept = if breaks == Breaks::Exact { pending } else { pending.min(1) };
                current.extend(std::iter::repeat_n(Inline::HardBreak, kept));
            }
            pending = 0;
            current.push(Inline::Text { text, marks });
        }
        paragraphs.push(current);
        paragraphs.iter_mut().for_each(trim_end);
        paragraphs.retain(|paragraph| !paragraph.is_empty());
        paragraphs
    }
}

fn trim_end(paragraph: &mut Vec<Inline>) {
    while let Some(last) = paragraph.last_mut() {
        if let Inline::Text { text, .. } = last {
            text.truncate(text.trim_end_matches(is_blank).len());
            if !text.is_empty() {
                return;
            }
        }
        paragraph.pop();
    }
}

fn trim_start(text: &str) -> &str {
    text.trim_start_matches(is_blank)
}

/// What [`content::document::trim_line`] takes off a line.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// White space that collapses; the no-break and the ideographic space do not.
const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Whether a text begins with two characters of indent.
fn is_indented(text: &str) -> bool {
    text.chars().take_while(|c| is_blank(*c)).filter(|c| !is_space(*c)).count() >= 2
}

/// Characters of the width of an ideograph, and the punctuation that Chinese sets as wide.
const fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3ffff}' | '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}
