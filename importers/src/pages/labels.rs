//! Values behind their labels: 来源：…, 责任编辑 …, in one line, over several, in any order.

use super::{dates, moment::Moment, words};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Published,
    /// A time at which something else happened than the publication, or a day that the text is about.
    Otherwise,
    Source,
    Author,
    Editor,
    Other,
}

/// Longer labels stand before those with which they end.
const LABELS: [(&str, Label); 92] = [
    ("责任编辑", Label::Editor),
    ("网络编辑", Label::Editor),
    ("本文编辑", Label::Editor),
    ("本期编辑", Label::Editor),
    ("值班编辑", Label::Editor),
    ("编辑", Label::Editor),
    ("责编", Label::Editor),
    ("信息来源", Label::Source),
    ("文章来源", Label::Source),
    ("稿件来源", Label::Source),
    ("新闻来源", Label::Source),
    ("内容来源", Label::Source),
    ("本文来源", Label::Source),
    ("资料来源", Label::Source),
    ("文稿来源", Label::Source),
    ("来源", Label::Source),
    ("来自", Label::Source),
    ("稿源", Label::Source),
    ("出处", Label::Source),
    ("转自", Label::Source),
    ("信息提供", Label::Source),
    ("供稿单位", Label::Source),
    ("投稿单位", Label::Source),
    ("文章作者", Label::Author),
    ("新闻作者", Label::Author),
    ("稿件作者", Label::Author),
    ("作者", Label::Author),
    ("撰稿人", Label::Author),
    ("撰稿", Label::Author),
    ("撰文", Label::Author),
    ("采写", Label::Author),
    ("通讯员", Label::Author),
    ("本报记者", Label::Author),
    ("记者", Label::Author),
    ("供稿人", Label::Author),
    ("供稿", Label::Author),
    ("文字", Label::Author),
    ("更新时间", Label::Otherwise),
    ("更新日期", Label::Otherwise),
    ("最后更新", Label::Otherwise),
    ("修改时间", Label::Otherwise),
    ("成文日期", Label::Otherwise),
    ("成文时间", Label::Otherwise),
    ("生成日期", Label::Otherwise),
    ("发文日期", Label::Otherwise),
    ("发文时间", Label::Otherwise),
    ("印发日期", Label::Otherwise),
    ("印发时间", Label::Otherwise),
    ("生效日期", Label::Otherwise),
    ("活动时间", Label::Otherwise),
    ("会议时间", Label::Otherwise),
    ("报名时间", Label::Otherwise),
    ("截止时间", Label::Otherwise),
    ("截止日期", Label::Otherwise),
    ("发布日期", Label::Published),
    ("发布时间", Label::Published),
    ("发表日期", Label::Published),
    ("发表时间", Label::Published),
    ("发稿时间", Label::Published),
    ("发稿日期", Label::Published),
    ("公开日期", Label::Published),
    ("公布日期", Label::Published),
    ("公布时间", Label::Published),
    ("上传时间", Label::Published),
    ("添加时间", Label::Published),
    ("录入时间", Label::Published),
    ("加入时间", Label::Published),
    ("创建时间", Label::Published),
    ("提交时间", Label::Published),
    ("文章日期", Label::Published),
    ("信息时间", Label::Published),
    ("新闻时间", Label::Published),
    ("发布于", Label::Published),
    ("发表于", Label::Published),
    ("发布", Label::Published),
    ("时间", Label::Published),
    ("日期", Label::Published),
    ("Date", Label::Published),
    ("Source", Label::Source),
    ("Author", Label::Author),
    ("浏览", Label::Other),
    ("点击", Label::Other),
    ("阅读", Label::Other),
    ("字体", Label::Other),
    ("字号", Label::Other),
    ("审核", Label::Other),
    ("校对", Label::Other),
    ("摄影", Label::Other),
    ("录入", Label::Other),
    ("打印", Label::Other),
    ("分享", Label::Other),
    ("评论", Label::Other),
];

/// The first characters of the labels.
const FIRST: &str =
    "责网本值编信文稿新内资来出转供投作撰采通记更最修成生发印活会报截公上添录加创提时日DSA浏点阅字审校摄打分评";

/// Labels that often stand without a colon, straight before the name.
const BARE: [&str; 5] = ["来源", "作者", "责编", "发布于", "发表于"];

/// A label with what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Labelled {
    pub(super) label: Label,
    pub(super) name: &'static str,
    pub(super) value: String,
    /// The time with which the value begins.
    pub(super) moment: Option<Moment>,
}

/// What a few lines say, and the times in them that no label claims.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) labelled: Vec<Labelled>,
    pub(super) loose: Vec<Loose>,
}

/// A time without a label, and the word behind it.
#[derive(Clone, Debug)]
pub(super) struct Loose {
    pub(super) moment: Moment,
    pub(super) behind: String,
}

struct Mark {
    start: usize,
    end: usize,
    kind: Kind,
}

enum Kind {
    Label(Label, &'static str),
    /// Another word before a colon.
    Word,
    Time(Moment),
}

/// Reads text of one line or several.
pub(super) fn of(text: &str) -> Said {
    let signs = dates::plain(text);
    let given: Vec<char> = text.chars().collect();
    let marks = marks(&signs);
    let mut said = Said::default();
    let mut claimed = None;
    for (n, mark) in marks.iter().enumerate() {
        let next = marks.get(n + 1);
        let end = next.map_or(signs.len(), |next| next.start);
        match &mark.kind {
            Kind::Label(label, name) => {
                let (value, behind) = value(&given, &signs, mark.end, end);
                let time = next.filter(|next| next.start <= behind + 1 && value.is_empty());
                let moment = match time.map(|next| &next.kind) {
                    Some(Kind::Time(moment)) => Some(*moment),
                    _ => None,
                };
                if moment.is_some() {
                    claimed = Some(n + 1);
                }
                said.labelled.push(Labelled { label: *label, name, value, moment });
            }
            Kind::Time(moment) if claimed != Some(n) => {
                let (behind, _) = value(&given, &signs, mark.end, end);
                said.loose.push(Loose { moment: *moment, behind });
            }
            Kind::Time(_) | Kind::Word => {}
        }
    }
    said
}

fn marks(signs: &[char]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let times = dates::of(signs);
    let (mut at, mut time) = (0, 0);
    while at < signs.len() {
        if times.get(time).is_some_and(|found| found.start == at) {
            let found = times[time];
            marks.push(Mark { start: at, end: found.end, kind: Kind::Time(found.moment) });
            (at, time) = (found.end, time + 1);
            continue;
        }
        if let Some(mark) = label_at(signs, at) {
            at = mark.end;
            marks.push(mark);
        } else {
            at += 1;
        }
        while times.get(time).is_some_and(|found| found.start < at) {
            time += 1;
        }
    }
    marks
}

fn label_at(signs: &[char], at: usize) -> Option<Mark> {
    let before = at.checked_sub(1).map(|before| signs[before]);
    let begins = !before.is_some_and(|c| is_ideograph(c) || c.is_ascii_alphabetic());
    // Most characters begin no label.
    let known = FIRST.contains(signs[at]);
    for (name, label) in LABELS.into_iter().filter(|_| known) {
        let Some(end) = name_at(signs, at, name) else { continue };
        let mut behind = end;
        while signs.get(behind) == Some(&' ') {
            behind += 1;
        }
        let sign = signs.get(behind).copied();
        let colon = sign == Some(':');
        // 编辑|张三, as accounts sign.
        let bar = begins
            && matches!(sign, Some('|' | '/'))
            && matches!(label, Label::Editor | Label::Source | Label::Author | Label::Other);
        let bare = begins && BARE.contains(&name) && sign.is_some_and(|c| is_ideograph(c) || c.is_ascii_alphanumeric());
        let counted = begins
            && label == Label::Other
            && sign.is_some_and(|c| c.is_ascii_digit() || matches!(c, '次' | '量' | '数' | '('));
        let spaced_name = begins && behind > end && label == Label::Editor;
        if colon || bar {
            return (begins || colon).then_some(Mark { start: at, end: behind + 1, kind: Kind::Label(label, name) });
        }
        if bare || counted || spaced_name {
            return Some(Mark { start: at, end, kind: Kind::Label(label, name) });
        }
    }
    // A short word before a colon ends the value before it.
    if !begins || !is_ideograph(signs[at]) {
        return None;
    }
    let word = signs[at..].iter().take(7).take_while(|c| is_ideograph(**c)).count();
    let colon = signs.get(at + word) == Some(&':');
    (begins && colon && (2..=6).contains(&word)).then_some(Mark { start: at, end: at + word + 1, kind: Kind::Word })
}

/// Where a label ends that begins here; old pages space labels out.
fn name_at(signs: &[char], at: usize, name: &str) -> Option<usize> {
    let mut place = at;
    for (n, wanted) in name.chars().enumerate() {
        while n > 0 && signs.get(place) == Some(&' ') {
            place += 1;
        }
        if signs.get(place) != Some(&wanted) {
            return None;
        }
        place += 1;
    }
    Some(place)
}

/// The value between two places, up to what parts it from others, and where it ends.
fn value(given: &[char], signs: &[char], start: usize, end: usize) -> (String, usize) {
    let mut at = start;
    let mut lines = 0;
    while at < end && (signs[at].is_whitespace() || matches!(signs[at], ':' | '|')) {
        // The value may stand in the next line, but not beyond.
        lines += usize::from(signs[at] == '\n');
        if lines > 1 {
            return (String::new(), at);
        }
        at += 1;
    }
    let stop = |c: char| {
        matches!(
            c,
            '\n' | '|' | '【' | '】' | '[' | ']' | '〖' | '〗' | '┊' | '·' | '/' | '\\' | '>' | ';' | '；' | '。'
        )
    };
    let until = (at..end).find(|place| stop(signs[*place])).unwrap_or(end);
    let text: String = given[at..until].iter().collect();
    let closed = text.trim().trim_end_matches([')', '）']);
    let text = if closed.contains(['(', '（']) && !closed.contains([')', '）']) { text.trim() } else { closed };
    let text = text.trim_matches(|c: char| c.is_whitespace() || ",，、:：-—“”\"".contains(c));
    if lines > 0 && (words::is_tools(text) || text.chars().count() > 30) {
        return (String::new(), at);
    }
    (text.to_owned(), until)
}

/// Whether a text begins with a label.
pub(super) fn is_label(text: &str) -> bool {
    let signs = dates::plain(text);
    !signs.is_empty() && label_at(&signs, 0).is_some_and(|mark| matches!(mark.kind, Kind::Label(..)))
}

const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a line is nothing but a day as texts have it under them: 2015年4月2日.
pub(super) fn is_day(line: &str) -> bool {
    line.chars().count() <= 20
        && line.contains('年')
        && {
            let found = dates::all(line);
            matches!(found.as_slice(), [one] if one.moment.clock.is_none() && one.end + 6 >= line.chars().count() && one.start <= 1)
        }
}

/// How much a line is one of those about an article: its time, source, editor, counters.
pub(super) fn strength(line: &str) -> usize {
    if line.chars().count() > 200 {
        return 0;
    }
    let said = of(line);
    let known = said.labelled.iter().filter(|found| found.label != Label::Other).count();
    let others = said.labelled.len() - known;
    let clock = said.loose.iter().any(|loose| loose.moment.clock.is_some())
        || said.labelled.iter().any(|found| found.moment.is_some_and(|moment| moment.clock.is_some()));
    let timed = !said.loose.is_empty() || said.labelled.iter().any(|found| found.moment.is_some());
    let bare = timed && line.chars().filter(|c| !c.is_whitespace()).count() <= 24;
    if words::ends_sentence(line) && line.chars().count() > 40 {
        return 0;
    }
    known * 2 + others.min(2) + usize::from(timed) * 2 + usize::from(clock) + usize::from(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Label, String)> {
        let shown = |found: Labelled| (found.label, found.moment.map_or(found.value, |moment| moment.to_string()));
        of(text).labelled.into_iter().filter(|found| found.label != Label::Other).map(shown).collect()
    }

    #[test]
    fn values_are_found_behind_their_labels() {
        use Label::{Author, Editor, Otherwise, Published, Source};
        let check = |text: &str, wanted: &[(Label, &str)]| {
            let wanted: Vec<(Label, String)> =
                wanted.iter().map(|(label, value)| (*label, (*value).to_owned())).collect();
            assert_eq!(read(text), wanted, "{text}");
        };
        check("时间：2019-09-18 06:23 来源： 山西日报", &[(Published, "2019-09-18 06:23"), (Source, "山西日报")]);
        check("来源:\n|\n发布时间: 2018-05-17\n|\n浏览次数: 2168", &[(Source, ""), (Published, "2018-05-17")]);
        check(
            "发表于2014-08-24 21:30| 1164次阅读| 来源CSDN| 0 条评论| 作者魏星",
            &[(Published, "2014-08-24 21:30"), (Source, "CSDN"), (Author, "魏星")],
        );
        check("（责编：汤诗瑶、丁涛）", &[(Editor, "汤诗瑶、丁涛")]);
        check("编辑|禤志杰\n责编|陈梦莹\n校对|黄慧敏", &[(Editor, "禤志杰"), (Editor, "陈梦莹")]);
        check("来　源：办公室　　作　者：王芳　点击：12", &[(Source, "办公室"), (Author, "王芳")]);
        check("作者：佚名 更新时间：2006-3-9 点击数：105", &[(Author, "佚名"), (Otherwise, "2006-03-09")]);
        check("来源：\n山西日报\n打印", &[(Source, "山西日报")]);
        check("【发布日期：2012-07-31】【来源：县工会】", &[(Published, "2012-07-31"), (Source, "县工会")]);
    }

    #[test]
    fn every_label_begins_with_a_known_character() {
        for (name, _) in LABELS {
            assert!(name.starts_with(|c| FIRST.contains(c)), "{name}");
        }
    }

    #[test]
    fn a_line_about_the_article_is_known() {
        for line in [
            "2019-12-10 07:57:40 来源： 新华网",
            "发布时间：2012-07-31",
            "2019年06月15日08:18",
            "2012-07-31 编辑：沈建龙 浏览：12",
        ] {
            assert!(strength(line) >= 3, "{line}");
        }
        for line in [
            "2012年7月27日，全市召开工会工作会议，总结去年工作，部署今年任务，市领导出席会议并讲话。",
            "同志们：",
            "一、活动主题",
        ] {
            assert!(strength(line) < 3, "{line}");
        }
    }
}
