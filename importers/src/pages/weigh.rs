//! What each line says for or against standing in the body: long punctuated text for it, links and furniture against
//! it, and against everything before the title and behind what ends an article.

use super::{classes, dom::Id, labels, learned::Learned, lines::Line, page::Page, words};
use std::{collections::HashMap, ops::Range};

/// What is known of each line.
pub(super) struct Weights {
    /// For the body where it is positive.
    pub(super) value: Vec<i64>,
    /// Furniture by its words, its place or its frequency: such lines go wherever they stand.
    pub(super) furniture: Vec<bool>,
    /// The element that bears the name of a content block and holds most of the text.
    pub(super) content: Option<Id>,
}

/// Weighs the lines; `title` is where the title stands, if that is sure.
pub(super) fn weigh(page: &Page, learned: &Learned, title: Option<(usize, usize)>) -> Weights {
    let (aside, fields) = (asides(page), document_fields(page));
    let from = title.map_or(0, |(_, last)| last + 1);
    let furniture: Vec<bool> =
        page.lines.iter().enumerate().map(|(n, line)| is_furniture(line, learned) || aside[n] || fields[n]).collect();
    let mut value: Vec<i64> =
        page.lines.iter().zip(&furniture).map(|(line, furniture)| if *furniture { -30 } else { plain(line) }).collect();
    for value in &mut value[..from] {
        *value = (*value).min(0) - 10;
    }
    let named = content(page, &value, from..value.len(), 5);
    let end = end(page, &value, from, named.or_else(|| parent_of_most(page, &value, from)));
    for value in value[end..].iter_mut().filter(|value| **value > 0) {
        *value = -*value / 3 - 1;
    }
    let content = content(page, &value, from..end, 7);
    if let Some(content) = content {
        let inside = page.lines_in(content);
        for (n, value) in value.iter_mut().enumerate().filter(|(_, value)| **value > 0) {
            *value = if inside.contains(&n) { *value + 6 } else { *value / 4 };
        }
    }
    Weights { value, furniture, content }
}

fn is_furniture(line: &Line, learned: &Learned) -> bool {
    // Short words that many pages have may be those of a table's head.
    let common = (line.chars >= 12 || line.is_links()) && learned.is_furniture(line);
    let text = &line.text;
    common
        || words::is_tools(text)
        || words::is_foot(text)
        || words::is_call(text)
        || words::is_disclaimer(text)
        || (words::is_end(text) && (line.chars < 40 || line.is_links()))
}

fn plain(line: &Line) -> i64 {
    let (chars, linked) = (wide(line.chars), wide(line.linked));
    if line.is_links() {
        return if line.attachment { 6 } else { -8 - linked.min(30) };
    }
    if line.strength >= 3 {
        return if labels::is_day(&line.text) { 3 } else { -5 };
    }
    let free = chars - linked * 2;
    if line.marks > 0 || words::ends_sentence(&line.text) {
        if line.chars < 6 { 2 } else { free.clamp(-40, 600) }
    } else {
        // A line without punctuation is a heading, a cell, a verse, or the name of something on the rim.
        free.clamp(-30, 24) / 3 + 1
    }
}

/// The lines within elements that are named as something else than text, unless those hold most of the page.
fn asides(page: &Page) -> Vec<bool> {
    let mut aside = vec![false; page.lines.len()];
    let mass = |range: Range<usize>| page.lines[range].iter().map(mass).sum::<usize>();
    let all = mass(0..page.lines.len());
    let mut id = 0;
    while id < page.dom.len() {
        if super::dom::is_block(page.dom.name(id)) && !matches!(page.dom.name(id), "body" | "html" | "p") {
            let named = matches!(page.dom.name(id), "nav" | "footer" | "aside");
            if named || classes::is_aside(&page.dom.hints(id)) {
                let lines = page.lines_in(id);
                let content = !named && classes::is_content(&page.dom.hints(id));
                if !content && mass(lines.clone()) * 10 <= all * 3 {
                    aside[lines].fill(true);
                    id = page.dom.end(id);
                    continue;
                }
            }
        }
        id += 1;
    }
    aside
}

fn mass(line: &Line) -> usize {
    if line.is_links() || line.marks == 0 { 0 } else { line.chars - line.linked }
}

/// The cells of the table above an official document, where there is one.
fn document_fields(page: &Page) -> Vec<bool> {
    let mut fields = vec![false; page.lines.len()];
    let named: Vec<bool> =
        page.lines.iter().map(|line| line.chars < 60 && words::is_document_field(&line.text)).collect();
    for (n, line) in page.lines.iter().enumerate().filter(|(n, _)| named[*n]) {
        let near = named[n.saturating_sub(8)..(n + 9).min(named.len())].iter().filter(|named| **named).count();
        if near < 3 {
            continue;
        }
        fields[n] = true;
        // The value stands in the next cell, unless it is empty.
        let alone = line.text.trim_end().ends_with([':', '：']) || !line.text.contains([':', '：']);
        if alone && n + 1 < named.len() && !named[n + 1] && page.lines[n + 1].block != line.block {
            fields[n + 1] = page.lines[n + 1].chars < 80;
        }
    }
    fields
}

/// The element whose own paragraphs are worth most, if that is a good part of the page.
fn parent_of_most(page: &Page, value: &[i64], from: usize) -> Option<Id> {
    let mut sums: HashMap<Id, i64> = HashMap::new();
    let mut total = 0;
    for (line, value) in page.lines.iter().zip(value).skip(from).filter(|(_, value)| **value > 0) {
        *sums.entry(page.dom.parent(line.block)).or_default() += value;
        total += value;
    }
    // Of equals the first one, so that the same page is always read alike.
    let best = sums.into_iter().max_by_key(|(id, sum)| (*sum, std::cmp::Reverse(*id)));
    best.filter(|(_, sum)| sum * 2 >= total).map(|(id, _)| id)
}

/// The line that ends the article: one that says so, with a good part of the text before it. Within the content block
/// such a line may stand in the middle, above a box of links.
fn end(page: &Page, value: &[i64], from: usize, content: Option<Id>) -> usize {
    let sum = |range: Range<usize>| value[range].iter().filter(|value| **value > 0).sum::<i64>();
    let total = sum(from..value.len());
    let inside = content.map_or(0..0, |content| page.lines_in(content));
    let all_inside = sum(inside.start.max(from)..inside.end.max(from));
    let (mut before, mut before_inside) = (0, 0);
    for (n, line) in page.lines.iter().enumerate().skip(from) {
        let within = inside.contains(&n);
        let enough = if within { before_inside * 4 >= all_inside * 3 } else { before * 20 >= total * 7 };
        if enough && before > 0 && ends(line) {
            return n;
        }
        before += value[n].max(0);
        before_inside += if within { value[n].max(0) } else { 0 };
    }
    page.lines.len()
}

/// Whether a line stands behind articles: neighbours, related lists, rights, the editor's name.
pub(super) fn ends(line: &Line) -> bool {
    let text = &line.text;
    words::is_end(text)
        || is_signature(text)
        || (words::is_foot(text) && line.marks < 2)
        || (words::is_call(text) && line.chars < 40)
}

/// Whether a line names the editor and nothing else.
pub(super) fn is_signature(text: &str) -> bool {
    text.chars().count() <= 60 && {
        let said = labels::of(text);
        let editor = said.labelled.iter().any(|found| found.label == labels::Label::Editor);
        // A button may stand before it.
        let text =
            text.split_once(['】', ']']).filter(|(button, _)| words::is_tools(button)).map_or(text, |(_, rest)| rest);
        let start = text.trim_start_matches(|c: char| c.is_whitespace() || "([（【〔".contains(c));
        let at_start =
            said.labelled.first().is_some_and(|first| start.starts_with(first.name) || labels::is_label(start));
        editor && at_start && said.labelled.iter().all(|found| found.value.chars().count() <= 24)
    }
}

/// The innermost element with the name of a content block that holds so many tenths of what is for the body.
fn content(page: &Page, value: &[i64], within: Range<usize>, tenths: i64) -> Option<Id> {
    let sum = |range: Range<usize>| value[range].iter().filter(|value| **value > 0).sum::<i64>();
    let all = sum(within.clone());
    let mut found = None;
    for id in 0..page.dom.len() {
        let name = page.dom.name(id);
        if !matches!(name, "div" | "td" | "article" | "section" | "table" | "form" | "span" | "font" | "ul") {
            continue;
        }
        let named = name == "article" || classes::is_content(&page.dom.hints(id));
        if !named {
            continue;
        }
        let lines = page.lines_in(id);
        let lines = lines.start.max(within.start)..lines.end.min(within.end);
        if lines.start < lines.end && sum(lines) * 10 >= all * tenths {
            found = Some(id);
        }
    }
    found.filter(|_| all > 0)
}

fn wide(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
