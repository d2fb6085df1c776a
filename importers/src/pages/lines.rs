//! The lines that a reader sees, each with what tells text from furniture: how much of it is links, how it is
//! punctuated, where it stands.

use super::{
    dom::{Data, Dom, Id, ROOT, is_block, is_silent},
    labels,
};

/// A line of the page that is not blank.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) text: String,
    /// Its first node of text, and the place behind its last.
    pub(super) first: Id,
    pub(super) end: Id,
    /// The block in which it stands.
    pub(super) block: Id,
    /// Characters that are not white space, and how many of them are links.
    pub(super) chars: usize,
    pub(super) linked: usize,
    pub(super) links: usize,
    /// Marks of punctuation as sentences have them.
    pub(super) marks: usize,
    /// The level of the heading around it.
    pub(super) heading: Option<u8>,
    /// Whether one of its links is a file to be taken home.
    pub(super) attachment: bool,
    /// How much it is one of the lines about the article, see [`labels::strength`].
    pub(super) strength: usize,
}

impl Line {
    /// Whether it is nothing but links.
    pub(super) const fn is_links(&self) -> bool {
        self.linked * 10 >= self.chars * 8 && self.links > 0
    }
}

/// The visible lines, in order. What a page hides by its style is left out where `hide` says so, and so are the
/// elements that an operator wants out.
pub(super) fn of(dom: &Dom, hide: bool, removed: &[Id]) -> Vec<Line> {
    let mut walk = Walk { dom, lines: Vec::new(), current: None, open: Vec::new() };
    let mut at = ROOT + 1;
    while at < dom.len() {
        walk.leave(at);
        match dom.data(at) {
            Data::Element(element) => {
                let silent = is_silent(&element.name);
                if silent || (hide && is_hidden(dom, at)) || removed.binary_search(&at).is_ok() {
                    at = dom.end(at);
                    continue;
                }
                walk.enter(at, &element.name);
            }
            Data::Text(text) => walk.text(at, text),
            Data::Comment(_) | Data::Root => {}
        }
        at += 1;
    }
    walk.flush();
    walk.lines
}

/// Whether the page says that an element is not to be seen.
pub(super) fn is_hidden(dom: &Dom, id: Id) -> bool {
    if dom.attr(id, "hidden").is_some() || (dom.name(id) == "input") {
        return true;
    }
    let style = dom.attr(id, "style").unwrap_or_default();
    style.len() < 4096 && {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        style.contains("display:none")
    }
}

struct Walk<'a> {
    dom: &'a Dom,
    lines: Vec<Line>,
    current: Option<Line>,
    open: Vec<Open>,
}

struct Open {
    id: Id,
    block: bool,
    link: bool,
}

impl Walk<'_> {
    fn leave(&mut self, at: Id) {
        while self.open.last().is_some_and(|open| self.dom.end(open.id) <= at) {
            if self.open.pop().is_some_and(|open| open.block) {
                self.flush();
            }
        }
    }

    fn enter(&mut self, id: Id, name: &str) {
        let block = is_block(name);
        if block || name == "br" {
            self.flush();
        }
        let link = name == "a" && self.dom.attr(id, "href").is_some();
        if block || link {
            self.open.push(Open { id, block, link });
        }
    }

    fn text(&mut self, id: Id, text: &str) {
        let blank = text.chars().all(is_space);
        if self.current.is_none() && blank {
            return;
        }
        let link = self.open.iter().rev().take_while(|open| !open.block || open.link).find(|open| open.link);
        let link =
            link.map(|open| open.id).or_else(|| self.open.iter().rev().find(|open| open.link).map(|open| open.id));
        let line = match &mut self.current {
            Some(line) => line,
            none => {
                let block = self.open.iter().rev().find(|open| open.block).map_or(ROOT, |open| open.id);
                let heading = self.dom.chain(block).take(4).find_map(|id| heading(self.dom.name(id)));
                none.insert(Line {
                    text: String::new(),
                    first: id,
                    end: id + 1,
                    block,
                    chars: 0,
                    linked: 0,
                    links: 0,
                    marks: 0,
                    heading,
                    attachment: false,
                    strength: 0,
                })
            }
        };
        // Parts of a day that are set in boxes of their own are told apart by those alone.
        let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if digits(line.text.chars().next_back()) && digits(text.chars().next()) {
            let own = self.dom.chain(self.dom.parent(id)).take(4).take_while(|at| *at >= line.end);
            if own.into_iter().any(|at| is_box(self.dom, at)) {
                line.text.push(' ');
            }
        }
        line.end = id + 1;
        for c in text.chars() {
            if is_space(c) {
                if !line.text.is_empty() && !line.text.ends_with(' ') {
                    line.text.push(' ');
                }
                continue;
            }
            if c.is_control() || matches!(c, '\u{feff}' | '\u{200b}') {
                continue;
            }
            line.text.push(c);
            line.chars += 1;
            line.linked += usize::from(link.is_some());
            line.marks += usize::from("，。；！？：、“”《》".contains(c));
        }
        if let Some(link) = link
            && !blank
        {
            line.links += 1;
            line.attachment |= self.dom.attr(link, "href").is_some_and(super::links::is_attachment);
        }
    }

    fn flush(&mut self) {
        if let Some(mut line) = self.current.take() {
            line.text.truncate(line.text.trim_end().len());
            if !line.text.is_empty() {
                line.strength = labels::strength(&line.text);
                self.lines.push(line);
            }
        }
    }
}

/// Whether an element is a box for a part of something; those that word processors write have a language or a style.
fn is_box(dom: &Dom, id: Id) -> bool {
    let bare = dom.element(id).is_some_and(|element| element.attrs.is_empty());
    dom.name(id) == "span" && (bare || dom.attr(id, "class").is_some())
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

fn heading(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}
