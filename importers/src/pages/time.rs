//! The time of publication: what the head names, what stands behind a label, what stands by itself near the title,
//! what a script sets, and the address as a last resort.

use super::{
    Field, dates,
    labels::{self, Label},
    moment::{self, Moment},
    page::Page,
};
use std::ops::Range;

/// What systems call the time of publication in the head, and how far they are to be trusted.
const NAMES: [(&str, i32); 20] = [
    ("article:published_time", 92),
    ("pubdate", 92),
    ("publishdate", 90),
    ("publish_date", 90),
    ("publishtime", 90),
    ("og:published_time", 88),
    ("og:time", 86),
    ("og:release_date", 86),
    ("datepublished", 90),
    ("weibo:article:create_at", 88),
    ("article:create_at", 84),
    ("bytedance:published_time", 88),
    ("releasedate", 80),
    ("firstpublishedtime", 84),
    ("createdate", 66),
    ("dc.date.issued", 84),
    ("dc.date", 74),
    ("date", 70),
    ("_pubtime", 80),
    ("apub:time", 78),
];

/// What scripts call it.
const VARIABLES: [(&str, i32); 9] = [
    ("datePublished", 86),
    ("pubDate", 80),
    ("publishTime", 78),
    ("publish_time", 78),
    ("pubtime", 76),
    ("oriCreateTime", 70),
    ("ct", 84),
    ("createTime", 60),
    ("create_time", 60),
];

struct Candidate {
    moment: Moment,
    /// Of a hundred.
    score: i32,
    found: String,
    /// Whether the page calls it the time of a change.
    changed: bool,
}

impl Candidate {
    fn new(moment: Moment, score: i32, found: impl Into<String>) -> Self {
        Self { moment, score, found: found.into(), changed: false }
    }
}

/// Finds the time. `head` are the lines between the title and the body, and a few before; `tail` those behind it.
pub(super) fn find(
    page: &Page,
    head: Range<usize>,
    tail: Range<usize>,
    body: Range<usize>,
    address: Option<&str>,
) -> Option<Field<String>> {
    let mut candidates = named(page);
    visible(page, head.clone(), 0, &mut candidates);
    visible(page, tail, 22, &mut candidates);
    elements(page, &mut candidates);
    let day = address.and_then(moment::in_address);
    if let Some(moment) = day {
        candidates.push(Candidate::new(moment, 35, "address"));
    }
    partial(page, head, &mut candidates);
    signed(page, body, &mut candidates);
    // A time that the page itself calls that of a change is none of publication, whoever else gives it.
    let changed: Vec<Moment> = candidates.iter().filter(|one| one.changed).map(|one| one.moment).collect();
    for candidate in candidates.iter_mut().filter(|one| !one.changed && changed.contains(&one.moment)) {
        candidate.score -= 24;
    }
    // What the address says makes a time of that day surer.
    for candidate in &mut candidates {
        if day.is_some_and(|day| day.date == candidate.moment.date) && candidate.score > 35 {
            candidate.score += 6;
        }
    }
    let agree = |one: &Candidate| candidates.iter().filter(|other| other.moment.date == one.moment.date).count();
    let score = |one: &Candidate| one.score + i32::try_from(agree(one).min(4)).unwrap_or(0) * 3;
    let best = candidates.iter().rev().max_by_key(|candidate| score(candidate))?;
    let finer = candidates.iter().filter(|other| best.moment.is_refined_by(other.moment) && other.score > 40);
    let finer = finer.max_by_key(|other| (other.score, other.moment.clock.map(|clock| clock.2)));
    let confidence = (f64::from(score(best)) / 100.0).min(0.99);
    // What only gives the time of day may itself lack seconds that another has.
    let mut chosen = finer.unwrap_or(best);
    if let Some(finest) = candidates.iter().find(|other| chosen.moment.is_refined_by(other.moment) && other.score > 40)
    {
        chosen = finest;
    }
    let found =
        if chosen.found == best.found { best.found.clone() } else { format!("{}, {}", best.found, chosen.found) };
    Some(Field::new(chosen.moment.to_string(), confidence, found))
}

/// A time from a value of the head: in any spelling, without separators, or in seconds.
pub(super) fn of_value(value: &str) -> Option<Moment> {
    let value = value.trim();
    let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
    let whole = digits.len() == value.len();
    match digits.len() {
        9 | 10 if whole => digits.parse().ok().and_then(Moment::of_epoch).filter(|moment| moment.date.year() >= 1995),
        13 if whole => digits.parse::<i64>().ok().and_then(|milliseconds| Moment::of_epoch(milliseconds / 1000)),
        8 | 14 => {
            let day = format!("{}-{}-{}", digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?);
            let clock = match digits.len() {
                14 => format!(" {}:{}:{}", digits.get(8..10)?, digits.get(10..12)?, digits.get(12..)?),
                _ => value.get(8..).unwrap_or_default().to_owned(),
            };
            dates::first(&format!("{day}{clock}"))
        }
        _ => dates::first(value),
    }
}

fn named(page: &Page) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (name, score) in NAMES {
        if let Some(moment) = page.meta.get(&[name]).and_then(|(_, value)| of_value(value)) {
            found.push(Candidate::new(moment, score, format!("meta[name={name}]")));
        }
    }
    for (name, score) in [("datePublished", 90), ("pubDate", 76)] {
        if let Some(moment) = page.meta.linked(name).and_then(|value| of_value(&value)) {
            found.push(Candidate::new(moment, score, format!("JSON-LD {name}")));
        }
    }
    for (name, score) in VARIABLES {
        if let Some(moment) = page.meta.variable(name).and_then(|value| of_value(&value)) {
            found.push(Candidate::new(moment, score, format!("script {name}")));
        }
    }
    found
}

fn visible(page: &Page, range: Range<usize>, less: i32, candidates: &mut Vec<Candidate>) {
    let range = range.start..range.end.min(page.lines.len());
    for n in range.clone() {
        let line = &page.lines[n];
        if line.chars > 240 || (line.is_links() && line.chars > 30) {
            continue;
        }
        // A label and its time may stand in cells of their own.
        let next = page.lines.get(n + 1).filter(|next| range.contains(&(n + 1)) && next.chars < 40);
        let text = match next {
            Some(next) if line.chars < 12 && dates::all(&line.text).is_empty() => {
                format!("{}\n{}", line.text, next.text)
            }
            _ => line.text.clone(),
        };
        let said = labels::of(&text);
        let path = || page.dom.path(line.block);
        let near = i32::try_from(n - range.start).unwrap_or(20).min(20);
        for labelled in &said.labelled {
            let short = || short_year(&text, labelled.name).filter(|_| labelled.label == Label::Published);
            let Some(moment) = labelled.moment.or_else(short) else { continue };
            let score = match labelled.label {
                Label::Published if labelled.name.chars().count() >= 3 => 97,
                Label::Published => 94,
                Label::Otherwise if labelled.name.contains("更新") => 66,
                Label::Otherwise => 40,
                _ => 80,
            };
            let score = score + i32::from(moment.clock.is_some()) * 2 - near / 5;
            let changed = labelled.name.contains(['更', '改']);
            let found = format!("{} after \"{}\"", path(), labelled.name);
            candidates.push(Candidate { changed, ..Candidate::new(moment, score - less, found) });
        }
        for (at, loose) in said.loose.iter().enumerate() {
            let alone = line.chars <= 24 || !said.labelled.is_empty();
            // Text has days as well, most of them without the time of day.
            let text = line.marks > 2 && line.chars > 40;
            let score = if alone { 84 } else { 70 } + i32::from(loose.moment.clock.is_some()) * 8;
            let score = score - near / 3 - i32::try_from(at.min(5)).unwrap_or(0) * 4 - if text { 40 } else { 0 };
            candidates.push(Candidate::new(loose.moment, score - less, path()));
        }
    }
}

/// 发布时间：19-11-25 16:04, with the year in two digits.
fn short_year(text: &str, label: &str) -> Option<Moment> {
    let behind = text.split_once(label)?.1.trim_start_matches(|c: char| c.is_whitespace() || ":：".contains(c));
    let digits = behind.bytes().take(2).filter(u8::is_ascii_digit).count() == 2;
    let parted = behind.get(2..).is_some_and(|rest| rest.starts_with(['-', '/', '.']));
    if !digits || !parted {
        return None;
    }
    dates::all(&format!("20{behind}")).first().filter(|found| found.start == 0).map(|found| found.moment)
}

/// `<time datetime=…>` and what is marked as the day of publication.
fn elements(page: &Page, candidates: &mut Vec<Candidate>) {
    for id in 0..page.dom.len() {
        let published = page.dom.attr(id, "itemprop").is_some_and(|name| name.eq_ignore_ascii_case("datePublished"));
        if page.dom.name(id) != "time" && !published {
            continue;
        }
        let value = page.dom.attr(id, "datetime").or_else(|| page.dom.attr(id, "content")).map(str::to_owned);
        if let Some(moment) = value.or_else(|| Some(page.dom.text(id))).and_then(|value| of_value(&value)) {
            candidates.push(Candidate::new(moment, if published { 88 } else { 66 }, page.dom.path(id)));
            return;
        }
    }
}

/// A day that is laid out in pieces: 18 above 2019-09.
fn partial(page: &Page, head: Range<usize>, candidates: &mut Vec<Candidate>) {
    for n in head.start..head.end.min(page.lines.len()) {
        let line = &page.lines[n].text;
        let year = line.trim_end_matches(['年', '-', '/', '.', ' ']);
        if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) && n + 1 < page.lines.len() {
            let clock = page.lines.get(n + 2).filter(|line| line.chars <= 8 && line.text.contains(':'));
            let rest = format!("{} {}", page.lines[n + 1].text, clock.map_or("", |line| &line.text));
            let joined = [format!("{year} {rest}"), format!("{year}-{rest}"), format!("{year}年{rest}")];
            if let Some(moment) =
                joined.iter().find_map(|text| dates::first(text)).filter(|_| rest.chars().count() <= 20)
            {
                candidates.push(Candidate::new(moment, 72, page.dom.path(page.lines[n].block)));
            }
        }
        if line.chars().count() > 9 || !line.contains(['-', '/', '.', '年']) {
            continue;
        }
        let month = line.trim_end_matches('月');
        let neighbours = [n.checked_sub(1), Some(n + 1)].into_iter().flatten().filter_map(|n| page.lines.get(n));
        for neighbour in neighbours.filter(|line| line.chars <= 3) {
            let day = neighbour.text.trim_end_matches('日');
            if day.is_empty() || !day.bytes().all(|b| b.is_ascii_digit()) {
                continue;
            }
            let month = month.replace(['年', '/', '.'], "-");
            if let Some(moment) = dates::first(&format!("{month}-{day}")) {
                candidates.push(Candidate::new(moment, 70, page.dom.path(page.lines[n].block)));
            }
        }
    }
}

/// The day under a notice, where nothing better is there.
fn signed(page: &Page, body: Range<usize>, candidates: &mut Vec<Candidate>) {
    let end = body.end.min(page.lines.len());
    for n in body.start.max(end.saturating_sub(4))..end {
        let line = &page.lines[n];
        let found = dates::all(&line.text);
        if let [found] = found.as_slice()
            && line.chars <= 20
        {
            candidates.push(Candidate::new(found.moment, 38, "the day under the text"));
        }
    }
}
