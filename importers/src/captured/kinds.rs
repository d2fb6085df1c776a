//! What kind of line a line is, by its form and by the words that every Chinese site uses. No site's own names.

/// The longest line that can be furniture of the page.
const LONGEST_FURNITURE: usize = 120;

/// The number of names in a navigation line, if the line is one: short names parted by bars.
pub(super) fn navigation(line: &str) -> Option<usize> {
    let names: Vec<&str> = line.split(['|', '｜', '┊', '│']).map(str::trim).filter(|name| !name.is_empty()).collect();
    let short = names.iter().all(|name| name.chars().count() <= 12 && !name.contains([':', '：', '。']));
    (names.len() >= 3 && short).then_some(names.len())
}

/// The parts of a breadcrumb line, if the line is one.
pub(super) fn breadcrumbs(line: &str) -> Option<Vec<&str>> {
    const LABELS: [&str; 6] = ["您现在的位置", "您当前的位置", "您的位置", "当前位置", "所在位置", "现在位置"];
    let labelled = LABELS.iter().find_map(|label| line.strip_prefix(label));
    let path = labelled.map(|rest| rest.trim_start_matches(['是', ':', '：', ' ', '\u{a0}', '　']));
    let arrows = ['>', '＞', '»', '›', '→'];
    let parts: Vec<&str> = path
        .unwrap_or(line)
        .split(|c| arrows.contains(&c) || (path.is_some() && matches!(c, '/' | '-' | '|' | '\\')))
        .map(content::document::trim_line)
        .filter(|part| !part.is_empty())
        .collect();
    let from_home = parts.len() >= 2 && parts[0].ends_with("首页");
    (path.is_some() || from_home).then_some(parts)
}

/// What stands in the brackets, if the whole line stands in one pair of them.
pub(super) fn bracketed(line: &str) -> Option<&str> {
    let inner = line.strip_prefix(['(', '（'])?.strip_suffix([')', '）'])?;
    (!inner.contains(['(', '（', ')', '）', '。'])).then(|| content::document::trim_line(inner))
}

/// Whether the line is nothing but a day as Chinese texts print it, perhaps with the day of the week or a short place.
pub(super) fn is_dateline(line: &str) -> bool {
    let text = bracketed(line).unwrap_or(line);
    let digits = |c: &char| c.is_ascii_digit() || "０１２３４５６７８９〇○Ｏ零一二三四五六七八九十".contains(*c);
    let Some((before, rest)) = text.split_once('年') else { return false };
    let year: String = before.chars().rev().take_while(digits).collect();
    let Some((month, rest)) = rest.split_once('月') else { return false };
    let Some((day, behind)) = rest.split_once(['日', '号']) else { return false };
    let number = |text: &str| (1..=3).contains(&text.trim().chars().count()) && text.trim().chars().all(|c| digits(&c));
    let words =
        |text: &str| text.chars().count() <= 8 && !text.contains(|c: char| digits(&c) || "。,，、:：;；".contains(c));
    let place = &before[..before.len() - year.len()];
    year.chars().count() == 4 && number(month) && number(day) && words(place) && words(behind)
}

/// Whether the line greets those who are spoken to.
pub(super) fn is_salutation(line: &str) -> bool {
    line.ends_with([':', '：']) && line.chars().count() <= 40
}

/// Whether the line ends as a sentence does.
pub(super) fn is_sentence(line: &str) -> bool {
    line.trim_end_matches(['”', '"', '’', '」', '』', ')', '）'])
        .ends_with(['。', '！', '？', '!', '?', '；', ';', '…'])
}

/// Whether the line is nothing but buttons: print, close, size of type.
pub(super) fn is_tools(line: &str) -> bool {
    const WORDS: [&str; 24] = [
        "打印本页",
        "打印此页",
        "打印文章",
        "我要打印",
        "打印",
        "关闭窗口",
        "关闭本页",
        "关闭此页",
        "关闭",
        "返回顶部",
        "返回首页",
        "返回列表",
        "返回",
        "加入收藏",
        "收藏本页",
        "收藏",
        "分享到",
        "分享",
        "字体",
        "字号",
        "TOP",
        "大",
        "中",
        "小",
    ];
    let between = |c: char| c.is_whitespace() || "【】[]〖〗「」『』（）()<>|｜/:：·".contains(c);
    let (mut rest, mut buttons) = (line.trim_start_matches(between), 0);
    while !rest.is_empty() {
        let Some((word, behind)) = WORDS.iter().find_map(|word| Some((word, rest.strip_prefix(word)?))) else {
            return false;
        };
        buttons += usize::from(word.chars().count() > 1);
        rest = behind.trim_start_matches(between);
    }
    buttons > 0
}

/// A kind of line that stands at the foot of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Furniture {
    Licence,
    Police,
    Copyright,
    Host,
    Maker,
    Neighbour,
    /// Says how the site is reached. Texts say such things too, so alone it is no sign of the foot.
    Contact,
}

/// The kinds of furniture that the line is, none for a line of the text.
pub(super) fn furniture(line: &str) -> Vec<Furniture> {
    if line.chars().count() > LONGEST_FURNITURE {
        return Vec::new();
    }
    let starts = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
    let lower = line.to_ascii_lowercase();
    let holds = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let short = line.chars().count() <= 60 && !is_sentence(line);
    [
        (Furniture::Licence, holds(&["icp备", "icp证"])),
        (Furniture::Police, holds(&["公网安备"])),
        (Furniture::Copyright, holds(&["版权所有", "copyright", "©", "未经许可不得", "未经授权不得", "不得转载"])),
        (Furniture::Host, short && (line.ends_with("主办") || starts(&["主办", "承办", "协办"]))),
        (Furniture::Maker, short && starts(&["制作单位", "制作维护", "设计制作", "技术支持", "建设单位", "网站建设"])),
        (Furniture::Neighbour, starts(&["上一篇", "下一篇", "上一条", "下一条", "上一页", "下一页"])),
        (
            Furniture::Contact,
            short
                && starts(&[
                    "地址",
                    "邮编",
                    "邮政编码",
                    "电话",
                    "联系电话",
                    "传真",
                    "邮箱",
                    "联系我们",
                    "关于我们",
                    "网站地图",
                ]),
        ),
    ]
    .into_iter()
    .filter_map(|(kind, is)| is.then_some(kind))
    .collect()
}
