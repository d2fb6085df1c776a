//! The section: the last name of the breadcrumbs that is neither the home page nor the article.

use super::{Field, page::Page, words};

const LABELS: [&str; 12] = [
    "您现在的位置",
    "您当前的位置",
    "您当前位置",
    "您所在的位置",
    "您的当前位置",
    "您的位置",
    "你的位置",
    "当前位置",
    "所在位置",
    "现在位置",
    "现在的位置",
    "位置：",
];

/// Finds it. `end` is the line of the title, above which breadcrumbs stand; some sites have them below it.
pub(super) fn find(page: &Page, title: &str, end: usize) -> Option<Field<String>> {
    let head = page.lines.len().min(end.saturating_add(6));
    let letters = words::letters(title);
    labelled(page, head, &letters)
        .or_else(|| named(page, &letters))
        .or_else(|| arrows(page, head, &letters))
        .or_else(|| {
            let (name, value) =
                page.meta.get(&["columnname", "article:section", "og:category", "channel", "category"])?;
            Some(Field::new(value.to_owned(), 0.8, format!("meta[name={name}]")))
                .filter(|field| is_name(&field.value, &letters))
        })
        .or_else(|| page.meta.linked("articleSection").map(|value| Field::new(value, 0.7, "JSON-LD articleSection")))
}

fn labelled(page: &Page, head: usize, title: &str) -> Option<Field<String>> {
    let n = (0..head).find(|n| {
        let line = &page.lines[*n];
        line.chars <= 120 && LABELS.iter().any(|label| line.text.contains(label))
    })?;
    let mut text = String::new();
    for line in page.lines.iter().skip(n).take(8) {
        // The names may stand in cells of their own.
        let first = text.is_empty();
        let goes_on = line.text.starts_with(ARROWS)
            || text.trim_end().ends_with(ARROWS)
            || text.trim_end().ends_with([':', '：'])
            || line.is_links();
        if !first && (!goes_on || line.chars > 40) {
            break;
        }
        if !first && !line.text.starts_with(ARROWS) && !text.trim_end().ends_with(ARROWS) {
            text.push('>');
        }
        text.push_str(&line.text);
    }
    let label = LABELS.iter().find(|label| text.contains(*label))?;
    let path = text.split_once(label)?.1.trim_start_matches(['是', ':', '：', ' ', '　', '】']);
    Some(Field::new(last(path, true, title)?, 0.9, page.dom.path(page.lines[n].block)))
}

/// Elements that are named as breadcrumbs.
fn named(page: &Page, title: &str) -> Option<Field<String>> {
    const NAMES: [&str; 13] = [
        "breadcrumb",
        "crumb",
        "bread",
        "dqwz",
        "position",
        "location",
        "weizhi",
        "curpos",
        "path",
        "wz",
        "here",
        "place",
        "local",
    ];
    let is_crumbs = |hints: &str| {
        let mut words = hints.split(|c: char| !c.is_ascii_alphanumeric());
        hints.contains("crumb") || hints.contains("position") || words.any(|word| NAMES.contains(&word))
    };
    let mut named =
        (0..page.dom.len()).filter(|id| super::dom::is_block(page.dom.name(*id)) && is_crumbs(&page.dom.hints(*id)));
    named.by_ref().take(10).find_map(|id| {
        let lines = page.lines_in(id);
        if lines.is_empty() || lines.len() > 12 {
            return None;
        }
        let text: Vec<&str> = lines.map(|n| page.lines[n].text.as_str()).collect();
        let text = text.join(">");
        let name = (text.chars().count() <= 160).then(|| last(&text, false, title)).flatten()?;
        Some(Field::new(name, 0.75, page.dom.path(id)))
    })
}

fn arrows(page: &Page, head: usize, title: &str) -> Option<Field<String>> {
    let line = page.lines[..head].iter().find(|line| {
        let arrows = line.text.matches(ARROWS).count();
        line.links > 0
            && arrows > 0
            && line.chars <= 100
            && (arrows > 1 || line.text.contains("首页") || line.text.contains("正文"))
    })?;
    Some(Field::new(last(&line.text, false, title)?, 0.65, page.dom.path(line.block)))
}

const ARROWS: [char; 7] = ['>', '＞', '»', '›', '→', '》', '≫'];

/// The last part of a path that is the name of a section.
fn last(path: &str, labelled: bool, title: &str) -> Option<String> {
    let arrows = path.contains(ARROWS);
    let parts: Vec<&str> = path
        .split(|c: char| ARROWS.contains(&c) || (labelled && !arrows && matches!(c, '/' | '-' | '|' | '\\' | '—')))
        .collect();
    let clean = |part: &&str| part.trim_matches(|c: char| c.is_whitespace() || "-—|·:：[]【】".contains(c)).to_owned();
    parts.iter().map(clean).rfind(|part| is_name(part, title))
}

fn is_name(part: &str, title: &str) -> bool {
    const NO: [&str; 12] =
        ["首页", "正文", "详细", "详情", "内容", "浏览", "查看", "文章", "主页", "当前", "null", "阅读"];
    let letters = words::letters(part);
    let count = letters.chars().count();
    let no = NO.iter().any(|no| {
        part == *no || part.ends_with("首页") || part.ends_with("正文") || (part.starts_with(no) && count <= 4)
    });
    (2..=20).contains(&count)
        && !no
        && letters != title
        && !(count > 8 && title.contains(&letters))
        && !letters.starts_with(title)
}
