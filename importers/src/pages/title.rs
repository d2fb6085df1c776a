//! The title: where `<title>`, what the head names, and a line that looks like one agree.

use super::{Field, classes, labels, learned::Learned, lines::Line, page::Page, words};

/// The longest line that can be a title, in characters.
const LONGEST: usize = 120;

/// How many lines of a page are looked at.
const SEARCHED: usize = 2000;

/// What systems call a title in the head of a page, most certain first.
const NAMES: [&str; 7] =
    ["articletitle", "article:title", "og:title", "twitter:title", "title", "dc.title", "headline"];

/// A title, and the lines in which it stands.
pub(super) struct Title {
    pub(super) field: Field<String>,
    pub(super) lines: Option<(usize, usize)>,
}

struct Candidate {
    first: usize,
    last: usize,
    text: String,
    score: i32,
}

/// Finds the title of a page.
pub(super) fn find(page: &Page, learned: &Learned) -> Option<Title> {
    let whole = &page.meta.title;
    let named = page.meta.get(&NAMES).map(|(name, text)| (format!("meta[name={name}]"), text.to_owned()));
    let named = named.or_else(|| page.meta.linked("headline").map(|text| ("JSON-LD headline".to_owned(), text)));
    let named = named.or_else(|| page.meta.variable("msg_title").map(|text| ("script msg_title".to_owned(), text)));
    let named = named.filter(|(_, text)| text.chars().count() >= 3 && !learned.is_end_of_titles(text));
    let best = best_line(page, learned, named.as_ref().map(|(_, text)| text.as_str()));
    let stripped = stripped(whole, learned);
    // Where the head names nothing but the site, a line above those about the article is the better guess.
    let nameless = named.is_none() && (stripped.chars().count() < 4 || is_site(&stripped));
    let Some(best) = best.filter(|best| best.score >= if nameless { 14 } else { 30 }) else {
        let (found, value) = named.or_else(|| (!stripped.is_empty()).then(|| ("title".to_owned(), stripped)))?;
        return Some(Title { field: Field::new(value, 0.5, found), lines: None });
    };
    let path = page.dom.path(page.lines[best.first].block);
    let confidence = (f64::from(best.score) / 100.0).clamp(0.4, 0.98);
    let mut field = Field::new(best.text, confidence, path);
    // A line that is cut off is the beginning of a longer one somewhere.
    if let Some(stem) = cut_off(&field.value) {
        let original = page.lines.iter().filter_map(|line| words::is_original_title(&line.text));
        let original =
            original.map(|text| ("original title".to_owned(), text.trim_matches(['《', '》', '“', '”']).to_owned()));
        let named = named.iter().map(|(found, text)| (found.clone(), text.clone()));
        let whole = std::iter::once(("title".to_owned(), stripped));
        let found = original.chain(named).chain(whole).find(|(_, text)| continues(text, &stem));
        if let Some((found, text)) = found {
            field = Field::new(text, confidence, found);
        }
    }
    Some(Title { field, lines: Some((best.first, best.last)) })
}

/// Whether a text begins as a title that was cut off, and was not cut off there itself.
fn continues(text: &str, stem: &str) -> bool {
    let letters = words::letters(text);
    let dots = ["...", "…"].iter().filter_map(|dots| text.find(dots)).min().map(|at| words::letters(&text[..at]));
    letters.starts_with(stem) && letters.len() > stem.len() && dots.is_none_or(|before| before.len() > stem.len())
}

/// The letters of a title that ends in dots, without them.
fn cut_off(title: &str) -> Option<String> {
    let stem = title.trim_end_matches(['.', '…', ' ', '。']);
    (title.ends_with("...") || title.ends_with('…')).then(|| words::letters(stem)).filter(|stem| !stem.is_empty())
}

fn best_line(page: &Page, learned: &Learned, named: Option<&str>) -> Option<Candidate> {
    // The name of a site is no title, wherever it is repeated.
    let whole = if is_site(&page.meta.title) { String::new() } else { words::letters(&page.meta.title) };
    let named = named.map(words::letters).unwrap_or_default();
    let total: usize = page.lines.iter().map(mass).sum();
    let mut before = 0;
    let mut best: Option<Candidate> = None;
    for (n, line) in page.lines.iter().enumerate().take(SEARCHED) {
        // A title stands above the text: the more of it is before a line, the less the line can be one.
        let late = if before > 60 { i32::try_from(before * 50 / total.max(1)).unwrap_or(50) } else { 0 };
        before += mass(line);
        if line.chars > LONGEST || line.chars < 2 {
            continue;
        }
        for last in n..(n + 3).min(page.lines.len()) {
            // A title may be broken over lines of one block.
            if last > n && (page.lines[last].block != line.block || page.lines[last].is_links()) {
                break;
            }
            let joined: Vec<&str> = page.lines[n..=last].iter().map(|line| line.text.as_str()).collect();
            let text = if last > n { joined_as(&joined, &page.meta.title) } else { joined.concat() };
            if last > n && !is_part(&words::letters(&text), &whole) && line.heading.is_none() {
                continue;
            }
            if text.chars().count() > LONGEST {
                break;
            }
            let mut score = score(page, learned, n, &text, &whole, &named);
            if last > n
                && page.lines[n..=last].iter().skip(1).any(|line| line.strength >= 2 || words::is_tools(&line.text))
            {
                break;
            }
            score += if last > n { 2 } else { 0 } - late + follows(page, last);
            if best.as_ref().is_none_or(|best| score > best.score) {
                best = Some(Candidate { first: n, last, text, score });
            }
        }
    }
    best
}

/// The lines of a title as one: as `<title>` has them, else with a space where they are not all Chinese.
fn joined_as(lines: &[&str], whole: &str) -> String {
    let (spaced, close) = (lines.join(" "), lines.concat());
    if whole.contains(&close) || (!whole.contains(&spaced) && !close.is_ascii() && !spaced.contains("— ")) {
        close
    } else {
        spaced
    }
}

fn mass(line: &Line) -> usize {
    if line.is_links() || line.marks == 0 { 0 } else { line.chars - line.linked }
}

fn is_part(part: &str, whole: &str) -> bool {
    part.chars().count() >= 2 && whole.contains(part)
}

fn score(page: &Page, learned: &Learned, n: usize, text: &str, whole: &str, named: &str) -> i32 {
    let line = &page.lines[n];
    let letters = words::letters(text);
    let count = letters.chars().count();
    let mut score = 0;
    let stem = cut_off(text);
    if !named.is_empty() && (letters == named || stem.as_ref().is_some_and(|stem| named.starts_with(stem.as_str()))) {
        score += 45;
    } else if count >= 6
        && (named.contains(&letters)
            || (!named.is_empty() && letters.contains(named) && count < named.chars().count() + 12))
    {
        score += 15;
    }
    if letters == *whole && count >= 4 {
        score += 38;
    } else if is_part(stem.as_ref().unwrap_or(&letters), whole) && count >= 4 {
        // The longer the part of the title, the surer; the rest is the names of section and site.
        let share = i32::try_from(count * 20 / whole.chars().count().max(1)).unwrap_or(0);
        score += 18 + share + if whole.starts_with(stem.as_ref().unwrap_or(&letters)) { 8 } else { 0 };
    } else if count >= 6 && whole.chars().count() >= 6 && letters.contains(whole) {
        score += 15;
    }
    score += match line.heading {
        Some(1) => 30,
        Some(2) => 22,
        Some(3) => 16,
        Some(_) => 8,
        None => 0,
    };
    let hints: Vec<String> = page.dom.chain(line.block).take(3).map(|id| page.dom.hints(id)).collect();
    if hints.iter().any(|hints| classes::is_title(hints)) {
        score += 20;
    }
    if hints.iter().any(|hints| classes::is_aside(hints) || hints.contains("logo")) {
        score -= 18;
    }
    // The name of the site stands in a heading of its own on many pages, and at the end of `<title>`.
    if is_site(text) && !whole.starts_with(&letters) {
        score -= if whole.ends_with(&letters) { 35 } else { 15 };
    }
    score += emphasis(page, n);
    // The table above an official document names it.
    let above = n.checked_sub(1).map(|above| page.lines[above].text.as_str()).unwrap_or_default();
    let name: String = above.chars().filter(|c| !c.is_whitespace()).collect();
    score += if matches!(name.trim_end_matches(['：', ':']), "标题" | "名称" | "信息名称" | "文件名称") {
        26
    } else {
        0
    };
    score -= match line.linked * 10 / line.chars.max(1) {
        8.. => 35,
        4..8 => 20,
        _ => 0,
    };
    if count < 5 {
        score -= 12;
    }
    if count > 60 || (words::ends_sentence(text) && count > 30 && !text.ends_with(['！', '？'])) {
        score -= 15;
    }
    if text.starts_with(['>', '»', '＞', '›']) || text.contains(" > ") || text.contains('»') {
        score -= 40;
    }
    if learned.is_furniture(line) || words::is_tools(text) || words::is_end(text) || words::is_foot(text) {
        score -= 60;
    }
    if line.strength >= 2 && line.heading.is_none() {
        score -= 30;
    }
    let site = page.meta.get(&["sitename", "og:site_name", "application-name"]).map(|(_, name)| words::letters(name));
    if site.is_some_and(|site| site == letters) || words::is_original_title(text).is_some() {
        score -= 40;
    }
    score
}

/// Large, bold or centred type, as pages have it that name nothing.
fn emphasis(page: &Page, n: usize) -> i32 {
    let line = &page.lines[n];
    let mut emphasis = 0;
    let mut around: Vec<usize> =
        page.dom.chain(page.dom.parent(line.first)).take_while(|id| *id >= line.block).take(5).collect();
    around.push(page.dom.parent(line.block));
    for id in around {
        let style = page.dom.attr(id, "style").unwrap_or_default();
        if style.len() < 2000 {
            let style = style.to_ascii_lowercase();
            emphasis += if font_size(&style).is_some_and(|size| size >= 18) { 10 } else { 0 };
            emphasis += if style.contains("bold") { 4 } else { 0 };
            emphasis += if style.contains("center") { 4 } else { 0 };
        }
        emphasis += match page.dom.name(id) {
            "b" | "strong" => 5,
            "center" => 4,
            "font"
                if page
                    .dom
                    .attr(id, "size")
                    .is_some_and(|size| matches!(size.trim(), "4" | "5" | "6" | "7" | "+1" | "+2" | "+3" | "+4")) =>
            {
                12
            }
            _ => 0,
        };
        emphasis +=
            if page.dom.attr(id, "align").is_some_and(|align| align.eq_ignore_ascii_case("center")) { 4 } else { 0 };
    }
    emphasis.min(22)
}

fn font_size(style: &str) -> Option<u32> {
    let rest = style.split_once("font-size")?.1.trim_start().strip_prefix(':')?.trim_start();
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let size: u32 = digits.parse().ok()?;
    Some(if rest[digits.len()..].trim_start().starts_with("pt") { size * 4 / 3 } else { size })
}

/// The lines about an article stand behind its title.
fn follows(page: &Page, n: usize) -> i32 {
    let next: Vec<&Line> =
        page.lines.iter().skip(n + 1).take(8).filter(|line| !line.is_links() || line.chars > 30).collect();
    let points = |distance: usize| 24 - i32::try_from(distance).unwrap_or(0) * 3;
    if let Some(distance) = next.iter().position(|line| line.strength >= 3) {
        return points(distance);
    }
    // They may stand in cells of their own.
    if next.iter().all(|line| line.strength == 0) {
        return 0;
    }
    let short: Vec<&str> = next.iter().take(5).filter(|line| line.chars < 40).map(|line| line.text.as_str()).collect();
    if labels::strength(&short.join(" ")) >= 4 { 14 } else { 0 }
}

const SEPARATORS: [&str; 12] = ["--", "——", "_", "|", "｜", "-", "—", "–", "·", "»", "::", ">>"];

/// The ends of a title that may be the names of sections and of the site, longest first.
pub(super) fn ends(title: &str) -> impl Iterator<Item = &str> {
    let separates = |at: usize| SEPARATORS.iter().any(|separator| title[at..].starts_with(separator));
    let places = title.char_indices().filter(move |(at, _)| {
        let before = title[..*at].chars().next_back();
        *at > 0 && separates(*at) && !before.is_some_and(|c| matches!(c, '-' | '—' | '_' | '>' | ':'))
    });
    places.map(|(at, _)| &title[at..]).take(20)
}

/// The title without the names of section and site at its end.
pub(super) fn stripped(title: &str, learned: &Learned) -> String {
    if let Some(end) = ends(title).find(|end| learned.is_end_of_titles(end)) {
        let kept = title[..title.len() - end.len()].trim();
        if kept.chars().count() >= 2 {
            return kept.to_owned();
        }
    }
    let mut kept = title.trim();
    for _ in 0..4 {
        let last = ends(kept).last();
        let Some(end) = last.filter(|end| is_name(end)) else { break };
        let rest = kept[..kept.len() - end.len()].trim_end_matches(|c: char| c.is_whitespace() || "-_|—–".contains(c));
        if rest.chars().count() < 4 {
            break;
        }
        kept = rest;
    }
    kept.to_owned()
}

/// How names of institutions and their sites end.
const SITES: [&str; 25] = [
    "网",
    "网站",
    "政府",
    "门户",
    "工会",
    "局",
    "委",
    "委员会",
    "大学",
    "学院",
    "学校",
    "中学",
    "小学",
    "一中",
    "医院",
    "中心",
    "办公室",
    "协会",
    "日报",
    "晚报",
    "在线",
    "平台",
    "首页",
    "公司",
    "net",
];

/// Whether a title of a document names the site and nothing else.
fn is_site(title: &str) -> bool {
    let title =
        title.trim().trim_start_matches("欢迎光临").trim_start_matches("欢迎访问").trim_end_matches(['！', '!']);
    title.chars().count() <= 24
        && !title.contains(['，', '：', '_', '|'])
        && SITES.iter().any(|end| title.ends_with(end))
}

/// Whether an end of a title is a name rather than words of it.
fn is_name(end: &str) -> bool {
    const SECTIONS: [&str; 10] = ["频道", "新闻", "要闻", "动态", "公告", "通知", "公示", "资讯", "com", "cn"];
    let name = end.trim_start_matches(|c: char| c.is_whitespace() || "-_|｜—–·»:>".contains(c)).trim();
    let count = name.chars().count();
    let spaced = end.starts_with(['_', '|', '｜', '»']) || end.starts_with("--") || end.starts_with("- ");
    let lower = name.to_ascii_lowercase();
    count <= 24
        && (SITES.iter().chain(&SECTIONS).any(|known| lower.ends_with(known))
            || (spaced && count <= 12 && !words::ends_sentence(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sites_are_taken_off_titles() {
        for (title, kept) in [
            ("女儿出嫁，画了几笔兰花当嫁妆--文化--某网", "女儿出嫁，画了几笔兰花当嫁妆"),
            ("关于召开会议的通知-某县总工会", "关于召开会议的通知"),
            ("定了！港口即将开通_政务_某新闻-The Paper", "定了！港口即将开通_政务_某新闻-The Paper"),
            ("1-10月固定资产投资趋优", "1-10月固定资产投资趋优"),
            ("某县总工会", "某县总工会"),
        ] {
            let kept = if title.contains("The Paper") { stripped(title, &Learned::default()) } else { kept.to_owned() };
            assert_eq!(stripped(title, &Learned::default()), kept, "{title}");
        }
    }
}
