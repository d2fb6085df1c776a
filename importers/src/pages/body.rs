//! The body: the run of lines that is worth most, and the part of the page that holds it.

use super::{
    classes,
    dom::{Id, ROOT},
    labels,
    page::Page,
    people,
    weigh::{self, Weights},
    words,
};
use std::ops::Range;

/// The part of a page that is its body.
pub(super) struct Body {
    /// The element that holds it.
    pub(super) element: Id,
    /// The nodes within it that are looked at.
    pub(super) nodes: Range<Id>,
    /// Its lines, those that are dropped among them.
    pub(super) lines: Range<usize>,
    /// For each line of the page whether it is text of the body.
    pub(super) kept: Vec<bool>,
    pub(super) confidence: f64,
    pub(super) found: String,
}

impl Body {
    /// How many characters it has.
    pub(super) fn chars(&self, page: &Page) -> usize {
        self.lines.clone().filter(|n| self.kept[*n]).map(|n| page.lines[n].chars).sum()
    }
}

/// Chooses the body of a page. `titles` are the letters of title and subtitle, which are no text of it.
pub(super) fn find(page: &Page, weights: &Weights, title: Option<(usize, usize)>, titles: &[String]) -> Option<Body> {
    let from = title.map_or(0, |(_, last)| last + 1);
    let run = best_run(page, &weights.value, from).or_else(|| pictures(page, weights, from))?;
    let lines = trimmed(page, weights, run, titles);
    within(page, weights, lines, from, titles)
}

/// The body that an operator's selector names.
pub(super) fn named(page: &Page, weights: &Weights, element: Id, titles: &[String], found: String) -> Body {
    let lines = page.lines_in(element);
    let lines = trimmed(page, weights, lines, titles);
    let kept = (0..page.lines.len()).map(|n| lines.contains(&n) && !words::is_tools(&page.lines[n].text)).collect();
    Body { element, nodes: element..page.dom.end(element), lines, kept, confidence: 1.0, found }
}

/// The run of lines with the largest sum. Going from one line to the next costs what lies between them in the tree.
fn best_run(page: &Page, value: &[i64], from: usize) -> Option<Range<usize>> {
    let (mut best, mut best_sum) = (0..0, 0);
    let (mut start, mut sum) = (from, 0);
    for (n, value) in value.iter().enumerate().skip(from) {
        let cost = if n > start { distance(page, n - 1, n) } else { 0 };
        if sum - cost <= 0 {
            (start, sum) = (n, 0);
        } else {
            sum -= cost;
        }
        sum += value;
        if sum > best_sum {
            (best, best_sum) = (start..n + 1, sum);
        }
    }
    (best_sum > 8).then_some(best)
}

fn distance(page: &Page, one: usize, other: usize) -> i64 {
    let (one, other) = (page.lines[one].block, page.lines[other].block);
    if one == other {
        return 0;
    }
    let common = page.dom.common(one, other);
    let steps = |id: Id| i64::try_from(page.dom.chain(id).take_while(|at| *at != common).take(20).count()).unwrap_or(0);
    ((steps(one) + steps(other) - 4).max(0) * 4).min(60)
}

/// Where there is no text to speak of, the lines of the content block, which may be those under a picture.
fn pictures(page: &Page, weights: &Weights, from: usize) -> Option<Range<usize>> {
    let content = weights.content.or_else(|| {
        (0..page.dom.len()).find(|id| {
            let lines = page.lines_in(*id);
            classes::is_content(&page.dom.hints(*id))
                && lines.start >= from
                && lines.len() <= 30
                && (*id..page.dom.end(*id)).any(|at| page.dom.name(at) == "img")
        })
    })?;
    let lines = page.lines_in(content);
    let lines = lines.start.max(from)..lines.end.max(from);
    (!lines.is_empty()).then_some(lines)
}

/// Without what is not text at the beginning and the end.
fn trimmed(page: &Page, weights: &Weights, run: Range<usize>, titles: &[String]) -> Range<usize> {
    let (mut start, mut end) = (run.start, run.end);
    while start < end && is_head(page, weights, start, titles, run.start) {
        start += 1;
    }
    let text = |range: Range<usize>| range.map(|n| page.lines[n].chars).sum::<usize>();
    let all = text(start..end);
    // The names of those who made it end the text, whatever stands behind them; not where they stand above it.
    let mut before = 0;
    for n in start..end {
        let line = &page.lines[n];
        if before * 10 >= all * 6 && weigh::ends(line) {
            end = n;
            break;
        }
        before += line.chars;
    }
    while end > start {
        let line = &page.lines[end - 1];
        let text = &line.text;
        let author = labels::of(text).labelled.first().is_some_and(|first| {
            let signs = matches!(first.label, labels::Label::Source | labels::Label::Editor | labels::Label::Author);
            signs && line.chars <= 40 && labels::is_label(text.trim_start_matches(['（', '(', '【', '[']))
        });
        let signed = author && end - start > 1;
        if weigh::is_signature(text)
            || signed
            || words::is_tools(text)
            || words::is_end(text)
            || weights.furniture[end - 1]
            || (line.is_links() && !line.attachment && classes::is_aside(&page.dom.hints(line.block)))
        {
            end -= 1;
        } else {
            break;
        }
    }
    if start < end { start..end } else { run }
}

/// Whether a line at the top of the run belongs to the head of the article.
fn is_head(page: &Page, weights: &Weights, n: usize, titles: &[String], top: usize) -> bool {
    let line = &page.lines[n];
    let letters = words::letters(&line.text);
    n - top < 40
        && (words::is_tools(&line.text)
            || weights.furniture[n]
            || words::is_original_title(&line.text).is_some()
            || (line.strength >= 3 && line.chars < 120 && !is_dateline(page, n))
            || (line.is_links() && !line.attachment)
            || people::reporters(&line.text).is_some()
            || titles.contains(&letters))
}

/// Whether a day stands by itself below the lines about the article: that of a speech, which is text.
fn is_dateline(page: &Page, n: usize) -> bool {
    let above = n.checked_sub(1).map(|above| &page.lines[above].text);
    labels::is_day(&page.lines[n].text)
        && above.is_some_and(|above| {
            labels::strength(above) >= 3 || (above.starts_with(['(', '（']) && above.ends_with([')', '）']))
        })
}

/// The element around the lines, and which of its lines are text.
fn within(page: &Page, weights: &Weights, lines: Range<usize>, from: usize, titles: &[String]) -> Option<Body> {
    let (first, last) = (page.lines.get(lines.start)?, page.lines.get(lines.end.checked_sub(1)?)?);
    let mut element = page.dom.common(first.block, last.block);
    if element == ROOT {
        element = page.dom.named("body").next().unwrap_or(ROOT);
    }
    // What holds nothing but these lines may hold their pictures as well.
    while element != ROOT {
        let parent = page.dom.parent(element);
        let around = page.lines_in(parent);
        let same = around.start >= lines.start.min(from.max(lines.start)) && around.end <= lines.end;
        if !same || matches!(page.dom.name(parent), "body" | "html" | "") {
            break;
        }
        element = parent;
    }
    if let Some(content) = weights.content {
        let inside = page.lines_in(content);
        // The content block itself, where the lines are a part of it or it is a part of what was found.
        let holds = page.dom.chain(element).any(|id| id == content) && inside.start >= from;
        if holds {
            element = content;
        }
    }
    let around = page.lines_in(element);
    let start = if around.start < lines.start { page.lines[lines.start - 1].end } else { element };
    let end = if around.end > lines.end { page.lines[lines.end].first } else { page.dom.end(element) };
    let mut kept = vec![false; page.lines.len()];
    for n in lines.clone() {
        let line = &page.lines[n];
        let alone = |n: usize| !page.lines.get(n).is_some_and(|line| line.is_links() && !line.attachment);
        let list = line.is_links() && !line.attachment && !(n.checked_sub(1).is_none_or(alone) && alone(n + 1));
        let more = line.is_links() && line.text.ends_with(['>', '»', '＞']);
        let labelled = line.strength >= 5 && line.chars < 100;
        let original = words::is_original_title(&line.text).is_some() && line.chars < 100;
        let repeated = titles.contains(&words::letters(&line.text)) && n < lines.start + 4;
        kept[n] = !(weights.furniture[n] || list || more || labelled || original || repeated)
            || (line.attachment && !words::is_tools(&line.text));
    }
    let sum: i64 = lines.clone().filter(|n| kept[*n]).map(|n| weights.value[n]).sum();
    let certain = if weights.content == Some(element) { 0.15 } else { 0.0 };
    let confidence = match sum {
        ..30 => 0.4,
        30..120 => 0.6,
        120..400 => 0.75,
        _ => 0.84,
    } + certain;
    let found = page.dom.path(element);
    Some(Body { element, nodes: start..end, lines, kept, confidence, found })
}
