//! Article or list: what a page has of each.

use super::{body::Body, labels, page::Page, words};
use serde::Serialize;

/// What a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One article.
    Article,
    /// A page that leads to others: a list of a section, a front page, results of a search.
    List,
}

/// What was found beside the page itself.
pub(super) struct Signs<'a> {
    pub(super) body: Option<&'a Body>,
    /// Whether a time stands beside the title, or is named in the head.
    pub(super) timed: bool,
    pub(super) titled: bool,
    pub(super) pictures: usize,
    pub(super) attachments: usize,
    pub(super) address: &'a str,
}

/// Tells what a page is.
pub(super) fn of(page: &Page, signs: &Signs) -> Kind {
    if of_article(page, signs) - of_list(page, signs) >= 2 { Kind::Article } else { Kind::List }
}

fn of_article(page: &Page, signs: &Signs) -> i32 {
    let chars = signs.body.map_or(0, |body| body.chars(page));
    let named = page.meta.get(&["articletitle", "article:published_time"]).is_some()
        || page.meta.get(&["og:type"]).is_some_and(|(_, kind)| kind.contains("article") || kind.contains("news"))
        || page.meta.linked("headline").is_some();
    let mut points = match chars {
        300.. => 3,
        100..300 => 2,
        30..100 => 1,
        _ => 0,
    };
    points += if named { 3 } else { 0 };
    points += if signs.timed { 2 } else { 0 };
    points += if signs.titled { 1 } else { 0 };
    points += if signs.pictures > 0 || signs.attachments > 0 { 1 } else { 0 };
    let about = page.lines.iter().filter(|line| line.strength >= 4 && !line.is_links()).count();
    points += if signs.timed && chars > 0 && (1..=3).contains(&about) { 2 } else { 0 };
    let path = signs.address.to_ascii_lowercase();
    let article = ["content_", "show", "view", "detail", "art_", "/info/", "article", "/t2", "/c_", "read"]
        .iter()
        .any(|part| path.contains(part));
    points + i32::from(article)
}

fn of_list(page: &Page, signs: &Signs) -> i32 {
    let chars = signs.body.map_or(0, |body| body.chars(page));
    let entries = entries(page, signs);
    let listed: usize = page.lines.iter().filter(|line| line.is_links()).map(|line| line.chars).sum();
    let mut points = match entries {
        12.. => 3,
        5..12 => 2,
        _ => 0,
    };
    // Articles have lists beside them, but those are less than the article.
    if chars > 200 && entries * 15 < chars {
        points -= 2;
    }
    if listed > chars * 6 && chars < 200 {
        points += 2;
    }
    // Headlines between short texts are a list with summaries.
    if let Some(body) = signs.body {
        let links = body.lines.clone().filter(|n| page.lines[*n].is_links() && !page.lines[*n].attachment).count();
        let texts = body
            .lines
            .clone()
            .filter(|n| {
                let line = &page.lines[*n];
                line.marks > 0 && !line.is_links() && line.strength < 3
            })
            .count();
        if links >= 4 && links * 3 >= texts * 2 {
            points += 4;
        }
    }
    let paged = page.lines.iter().filter(|line| line.chars < 80).any(|line| is_paging(&line.text));
    points += if paged && chars < 1000 { 3 } else { 0 };
    let file =
        signs.address.split('?').next().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let index = file.is_empty()
        || ["index", "default", "list", "more", "search", "node_", "channel", "class"]
            .iter()
            .any(|name| file.starts_with(name));
    points += if index { 2 } else { 0 };
    let column = page.meta.get(&["columntype", "columnname"]).is_some() && page.meta.get(&["articletitle"]).is_none();
    points + if column { 2 } else { 0 }
}

/// Lines that are a link with a day beside it.
fn entries(page: &Page, signs: &Signs) -> usize {
    let after = signs.body.map_or(0..0, |body| body.lines.clone());
    let lines = page.lines.iter().enumerate().filter(|(n, _)| signs.body.is_none_or(|_| *n < after.start + 400));
    lines
        .filter(|(n, line)| {
            let linked = line.links > 0 && line.linked >= 6;
            let dated = |text: &str| text.chars().count() < 90 && is_dated(text);
            linked
                && (dated(&line.text)
                    || page
                        .lines
                        .get(n + 1)
                        .is_some_and(|next| next.chars <= 20 && next.links == 0 && dated(&next.text)))
        })
        .count()
}

fn is_dated(text: &str) -> bool {
    if !super::dates::all(text).is_empty() {
        return true;
    }
    // 07-31 at the end, as lists have it.
    let tail: String =
        text.trim_end_matches([']', ')', '）', '】']).chars().rev().take(5).collect::<String>().chars().rev().collect();
    let digits = tail.chars().filter(char::is_ascii_digit).count();
    digits == 4 && tail.chars().nth(2).is_some_and(|c| matches!(c, '-' | '/' | '.'))
}

fn is_paging(text: &str) -> bool {
    let words = ["首页", "上一页", "下一页", "尾页", "末页", "上页", "下页", "转到", "跳转"];
    let named = words.iter().filter(|word| text.contains(**word)).count();
    let counted = text.contains('共') && (text.contains('页') || text.contains('条'));
    (named >= 2 && counted)
        || (named >= 3 && !words::ends_sentence(text))
        || (counted
            && labels::strength(text) == 0
            && text.chars().count() < 40
            && text.chars().any(|c| c.is_ascii_digit())
            && named >= 1)
}
