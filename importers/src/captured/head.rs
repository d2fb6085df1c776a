//! From the top of the page to the body: the site's name and navigation, the title, and the lines about the article.

use super::{
    Line, Published, kinds,
    meta::{self, Meta},
};
use crate::{Fault, Report};
use content::{article, article::Fields, refusal::quoted, time::WrittenTime};

/// The most lines between navigation and body that can be title and subtitle.
const MOST_TITLES: usize = 4;

const WHERE_A_TITLE_IS: &str = "a line of at most 200 characters above the body";

/// What the head says of the article.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) fields: Fields,
    pub(super) published: Option<Published>,
    pub(super) crumbs: Vec<String>,
}

impl Head {
    /// Takes names for the fields that are still empty.
    pub(super) fn take(&mut self, meta: &Meta) {
        for (field, value) in [
            (&mut self.fields.editor, &meta.editor),
            (&mut self.fields.author, &meta.author),
            (&mut self.fields.source, &meta.source),
        ] {
            if field.is_empty() {
                field.clone_from(value);
            }
        }
    }

    /// The names for which there are others already.
    pub(super) fn contradicts<'a>(&self, meta: &'a Meta) -> Vec<&'a str> {
        let Fields { editor, author, source, .. } = &self.fields;
        [(editor, &meta.editor), (author, &meta.author), (source, &meta.source)]
            .into_iter()
            .filter(|(field, value)| !field.is_empty() && !value.is_empty() && field != value)
            .map(|(_, value)| value.as_str())
            .collect()
    }
}

/// Reads the head of `lines` and tells where the body begins. `foot` is asked for the site's name.
pub(super) fn read(lines: &[Line<'_>], foot: &[Line<'_>], report: &mut Report) -> Result<(Head, usize), Fault> {
    let mut head = Head::default();
    let titles_at = furniture(lines, &mut head, report);
    let framed = titles_at > 0;
    let about_at = titles(lines, titles_at);
    let mut titles: Vec<&str> = lines[titles_at..about_at].iter().map(|line| line.text).collect();
    if !framed && is_site_name(&titles, foot) {
        report.left_out.push(format!("site name \"{}\"", quoted(titles.remove(0))));
    }
    let (title, others) = titles.split_first().ok_or(Fault::NoTitle { expected: WHERE_A_TITLE_IS })?;
    head.fields.title = (*title).to_owned();
    // Without lines about the article nothing parts subtitles from text, so only what looks like one is taken.
    let named = lines.get(about_at).is_some_and(|line| is_about(line.text) || kinds::bracketed(line.text).is_some());
    let subtitles = others.iter().take_while(|line| named || line.starts_with(['—', '-', '–'])).count();
    head.fields.subtitle = others[..subtitles].join(" ");
    let about_at = about_at - (others.len() - subtitles);
    let body = about(lines, about_at, &mut head, report)?;
    Ok((head, body))
}

/// The lines above the title: the site's name, navigation, breadcrumbs. Tells where they end.
fn furniture(lines: &[Line<'_>], head: &mut Head, report: &mut Report) -> usize {
    let is_furniture =
        |line: &Line<'_>| kinds::navigation(line.text).is_some() || kinds::breadcrumbs(line.text).is_some();
    let top = &lines[..lines.len().min(MOST_TITLES * 3)];
    // Bars and arrows below the lines about the article or below a sentence are text.
    let below = |line: &Line<'_>| is_about(line.text) || kinds::is_sentence(line.text);
    let about = top.iter().position(below).unwrap_or(top.len());
    let end = top[..about].iter().rposition(is_furniture).map_or(0, |last| last + 1);
    for line in &lines[..end] {
        if let Some(crumbs) = kinds::breadcrumbs(line.text) {
            report.left_out.push(format!("breadcrumbs \"{}\"", quoted(line.text)));
            head.crumbs = crumbs.into_iter().map(str::to_owned).collect();
        } else if let Some(names) = kinds::navigation(line.text) {
            report.left_out.push(format!("navigation, {names} names"));
        } else {
            report.left_out.push(format!("site name \"{}\"", quoted(line.text)));
        }
    }
    end
}

/// The end of the lines that can be titles.
fn titles(lines: &[Line<'_>], start: usize) -> usize {
    let mut at = start;
    while let Some(line) = lines.get(at) {
        let first = at == start;
        let long = line.text.chars().count() > article::LONGEST_LINE;
        // A title may call out, and it may be centred by spaces; a second line that does is text.
        let text = line.text.ends_with(['。', '；', ';', ':', '：'])
            || (!first && (line.indented || kinds::is_sentence(line.text) || kinds::bracketed(line.text).is_some()));
        if long || text || is_about(line.text) || at - start == MOST_TITLES {
            break;
        }
        at += 1;
    }
    at
}

/// Whether the first of the titles is the name of the site: the foot says so, or it is the kind of name that has
/// another line below it.
fn is_site_name(titles: &[&str], foot: &[Line<'_>]) -> bool {
    const ENDINGS: [&str; 14] =
        ["工会", "局", "委员会", "政府", "学校", "学院", "大学", "中学", "小学", "医院", "中心", "协会", "网", "网站"];
    let Some(first) = titles.first() else { return false };
    let in_foot = foot.iter().any(|line| {
        let rest = line.text.strip_prefix(first).unwrap_or_default().trim();
        rest.starts_with("主办") || rest.starts_with("版权所有")
    });
    let institution = first.chars().count() <= 20 && ENDINGS.iter().any(|ending| first.ends_with(ending));
    // A dash leads the subtitle of what stands above it.
    let titled = titles.get(1).is_some_and(|second| !second.starts_with(['—', '-', '–']));
    in_foot || (titled && institution)
}

/// Whether a line is one of those between title and body.
fn is_about(line: &str) -> bool {
    meta::meta(line).is_some() || kinds::is_dateline(line) || kinds::is_tools(line)
}

/// Reads the lines about the article, in whatever order they stand, and tells where the body begins.
fn about(lines: &[Line<'_>], start: usize, head: &mut Head, report: &mut Report) -> Result<usize, Fault> {
    let mut at = start;
    while let Some(line) = lines.get(at) {
        let text = line.text;
        if kinds::is_tools(text) {
            report.left_out.push(format!("page tools \"{}\"", quoted(text)));
        } else if head.fields.dateline.is_empty() && kinds::is_dateline(text) {
            text.clone_into(&mut head.fields.dateline);
        } else if let Some(meta) = meta::meta(text) {
            take(&meta, head, report)?;
        } else if let Some(inner) = kinds::bracketed(text).filter(|_| head.fields.byline.is_empty()) {
            inner.clone_into(&mut head.fields.byline);
        } else {
            break;
        }
        at += 1;
    }
    Ok(at)
}

fn take(meta: &Meta, head: &mut Head, report: &mut Report) -> Result<(), Fault> {
    let others = head.contradicts(meta).into_iter().chain(meta.others.iter().map(String::as_str));
    report.left_out.extend(others.map(|other| format!("beside the time: \"{}\"", quoted(other))));
    head.take(meta);
    if let Some(time) = &meta.published {
        let read = WrittenTime::parse(time)?;
        if head.published.is_none() {
            head.published = Some((time.clone(), read));
        } else {
            report.left_out.push(format!("a second time: \"{time}\""));
        }
    }
    Ok(())
}
