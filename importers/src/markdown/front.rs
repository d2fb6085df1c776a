//! The fields before a text: lines of `key: value` between two of `---`, or of `key = value` between two of `+++`. Of
//! the languages that stand there only as much is read as generators of sites write: words, words in quotes, lists.

use crate::{There, left_out::LeftOut, words};
use content::{document::Href, time::WrittenTime};

/// The most lines that fields may have: a text that merely begins with a rule is no field of ten thousand lines.
const MOST_LINES: usize = 400;

/// The fields before a text.
#[derive(Debug, PartialEq)]
pub(super) struct Front {
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) author: String,
    pub(super) source: String,
    pub(super) summary: String,
    pub(super) keywords: Vec<String>,
    pub(super) sections: Vec<String>,
    pub(super) published: Option<WrittenTime>,
    pub(super) url: Option<String>,
    pub(super) there: There,
}

impl Default for Front {
    fn default() -> Self {
        Self {
            title: String::new(),
            subtitle: String::new(),
            author: String::new(),
            source: String::new(),
            summary: String::new(),
            keywords: Vec::new(),
            sections: Vec::new(),
            published: None,
            url: None,
            there: There::Published,
        }
    }
}

impl Front {
    /// The fields, and the text behind them.
    pub(super) fn read<'a>(text: &'a str, left_out: &mut LeftOut) -> (Self, &'a str) {
        let mut front = Self::default();
        let Some((lines, sign, rest)) = fenced(text) else { return (front, text) };
        let mut lines = lines.lines().peekable();
        while let Some(line) = lines.next() {
            let inner = line.starts_with([' ', '\t', '-', '#', '[']) || line.trim().is_empty();
            let Some((key, value)) = line.split_once(sign).filter(|_| !inner) else { continue };
            let mut values = values(value);
            // A list may also stand in lines of its own.
            while let Some(entry) = lines.peek().and_then(|line| line.trim().strip_prefix("- ")) {
                values.push(unquoted(entry).to_owned());
                lines.next();
            }
            front.field(key.trim().to_lowercase().as_str(), values, left_out);
        }
        (front, rest)
    }

    fn field(&mut self, key: &str, values: Vec<String>, left_out: &mut LeftOut) {
        let first = values.first().cloned().unwrap_or_default();
        match key {
            "title" | "标题" => self.title = first,
            "subtitle" | "副标题" => self.subtitle = first,
            "author" | "authors" | "作者" => self.author = values.join(" "),
            "source" | "来源" => self.source = first,
            "summary" | "description" | "excerpt" | "摘要" => self.summary = first,
            "keywords" | "tags" | "标签" | "关键词" => self.keywords = values,
            "section" | "category" | "categories" | "栏目" | "分类" => {
                self.sections = values.iter().map(|name| words::plain(name)).filter(|name| !name.is_empty()).collect();
            }
            "date" | "published" | "published_at" | "日期" => {
                self.published = WrittenTime::parse(&first).ok();
                if self.published.is_none() && !first.is_empty() {
                    left_out.example("date", "not understood: left out", &first);
                }
            }
            "url" | "link" | "permalink" => self.address(&first, left_out),
            "draft" if first == "true" => self.there = There::Draft,
            "draft" => {}
            key => left_out.example("field", "not known: left out", key),
        }
    }

    fn address(&mut self, given: &str, left_out: &mut LeftOut) {
        let odd = |c: char| c.is_control() || c.is_whitespace();
        if given.is_empty() || given.len() > Href::LONGEST || given.chars().any(odd) {
            left_out.example("url", "not an address: left out", given);
        } else {
            self.url = Some(given.to_owned());
        }
    }
}

/// The lines between the fences, the sign between key and value there, and what stands behind.
fn fenced(text: &str) -> Option<(&str, char, &str)> {
    let (first, _) = text.split_once('\n')?;
    let sign = match first.trim_end() {
        "---" => ':',
        "+++" => '=',
        _ => return None,
    };
    let start = first.len() + 1;
    let mut at = start;
    for line in text[start..].split_inclusive('\n').take(MOST_LINES) {
        if line.trim_end() == first.trim_end() {
            let inner = &text[start..at];
            return inner.contains(sign).then_some((inner, sign, &text[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

/// The value of a line, or the values of a list in square brackets.
fn values(value: &str) -> Vec<String> {
    let value = value.trim();
    let list = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let values: Vec<&str> = match list {
        Some(list) => list.split([',', '，']).map(unquoted).collect(),
        None => vec![unquoted(value)],
    };
    values.into_iter().filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

fn unquoted(value: &str) -> &str {
    let value = value.trim();
    let inner = |quote| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}
