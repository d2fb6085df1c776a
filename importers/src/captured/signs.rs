//! Labels and times within a line, in the spellings that sites have.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Published,
    Source,
    Author,
    Editor,
    Other,
}

/// Longer labels first: one ends with the other.
const LABELS: [(&str, Label); 36] = [
    ("责任编辑", Label::Editor),
    ("网络编辑", Label::Editor),
    ("本文编辑", Label::Editor),
    ("编辑", Label::Editor),
    ("责编", Label::Editor),
    ("信息来源", Label::Source),
    ("文章来源", Label::Source),
    ("稿件来源", Label::Source),
    ("来源", Label::Source),
    ("稿源", Label::Source),
    ("出处", Label::Source),
    ("供稿", Label::Source),
    ("文章作者", Label::Author),
    ("作者", Label::Author),
    ("撰稿人", Label::Author),
    ("撰稿", Label::Author),
    ("通讯员", Label::Author),
    ("记者", Label::Author),
    ("更新时间", Label::Other),
    ("修改时间", Label::Other),
    ("浏览次数", Label::Other),
    ("点击次数", Label::Other),
    ("阅读次数", Label::Other),
    ("访问次数", Label::Other),
    ("浏览量", Label::Other),
    ("点击数", Label::Other),
    ("点击率", Label::Other),
    ("阅读量", Label::Other),
    ("访问量", Label::Other),
    ("浏览", Label::Other),
    ("点击", Label::Other),
    ("阅读", Label::Other),
    ("发布时间", Label::Published),
    ("发布日期", Label::Published),
    ("发表时间", Label::Published),
    ("发稿时间", Label::Published),
];

/// Labels that texts use as well, so that they count only with a time behind them.
const TIME_LABELS: [&str; 4] = ["录入时间", "发布于", "时间", "日期"];

/// A label with its colon, or a time.
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// Whether the label is one of the list.
    pub(super) known: bool,
}

pub(super) enum Kind {
    Label(Label),
    Time { text: String, clock: bool, chinese: bool },
}

/// The characters of a line, as they are and in plain ASCII where they are its wide forms.
pub(super) struct Signs {
    given: Vec<char>,
    plain: Vec<char>,
}

impl Signs {
    pub(super) fn of(line: &str) -> Self {
        let given: Vec<char> = line.chars().collect();
        let plain = given.iter().map(|c| plain(*c)).collect();
        Self { given, plain }
    }

    /// The number of characters.
    pub(super) const fn len(&self) -> usize {
        self.plain.len()
    }

    /// The text between two places without what parts it from its neighbours.
    pub(super) fn value(&self, start: usize, end: usize) -> String {
        let text: String = self.given[start..end.max(start)].iter().collect();
        text.trim_matches(|c: char| c.is_whitespace() || "|｜【】[]()（）,，;；、".contains(c)).to_owned()
    }

    /// The labels and times of the line, in order.
    pub(super) fn marks(&self) -> Vec<Mark> {
        let (mut marks, mut at, mut from) = (Vec::new(), 0, 0);
        while at < self.plain.len() {
            let mark = self.time(at).or_else(|| if self.plain[at] == ':' { self.label(from, at) } else { None });
            if let Some(mark) = mark {
                (at, from) = (mark.end, mark.end);
                marks.push(mark);
            } else {
                at += 1;
            }
        }
        marks
    }

    /// The label before the colon at `colon`, no earlier than `from`. Old pages space labels out: 来　源.
    fn label(&self, from: usize, colon: usize) -> Option<Mark> {
        for (name, label) in LABELS {
            if let Some(start) = self.ends_with(name, from, colon) {
                return Some(Mark { start, end: colon + 1, kind: Kind::Label(label), known: true });
            }
        }
        let timed =
            (colon + 1..self.plain.len()).find(|at| self.plain[*at] != ' ').is_some_and(|at| self.time(at).is_some());
        for name in TIME_LABELS.iter().filter(|_| timed) {
            if let Some(start) = self.ends_with(name, from, colon) {
                return Some(Mark { start, end: colon + 1, kind: Kind::Label(Label::Published), known: true });
            }
        }
        // A short word before a colon, parted from what stands before it, ends the value before it.
        let word = self.plain[from..colon].iter().rev().take_while(|c| is_ideograph(**c)).count();
        let parted = from > 0 && colon - word > from && !is_ideograph(self.plain[colon - word - 1]);
        ((2..=5).contains(&word) && parted).then(|| Mark {
            start: colon - word,
            end: colon + 1,
            kind: Kind::Label(Label::Other),
            known: false,
        })
    }

    /// Where the label begins that ends before `colon`; it must not be the end of a longer word.
    fn ends_with(&self, name: &str, from: usize, colon: usize) -> Option<usize> {
        let mut at = colon;
        for wanted in name.chars().rev() {
            while at > from && self.plain[at - 1] == ' ' {
                at -= 1;
            }
            if at == from || self.plain[at - 1] != wanted {
                return None;
            }
            at -= 1;
        }
        (at == from || !is_ideograph(self.plain[at - 1])).then_some(at)
    }

    /// The time that begins at `at`.
    fn time(&self, at: usize) -> Option<Mark> {
        let mut reader = Reader { signs: &self.plain, at };
        if at > 0 && self.plain[at - 1].is_ascii_digit() {
            return None;
        }
        let year = reader.number(4, 4)?;
        let part = reader.one_of(&['-', '/', '.', '年'])?;
        let chinese = part == '年';
        let month = reader.number(1, 2)?;
        reader.one_of(&[if chinese { '月' } else { part }])?;
        let day = reader.number(1, 2)?;
        let ended = chinese && reader.one_of(&['日', '号']).is_some();
        if !ended && reader.peek().is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
        let (day_end, mut text) = (reader.at, format!("{year}-{month}-{day}"));
        let clock = reader.clock();
        match &clock {
            Some(clock) => text.push_str(&format!(" {clock}")),
            None => reader.at = day_end,
        }
        Some(Mark {
            start: at,
            end: reader.at,
            kind: Kind::Time { text, clock: clock.is_some(), chinese },
            known: true,
        })
    }
}

struct Reader<'a> {
    signs: &'a [char],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.signs.get(self.at).copied()
    }

    fn one_of(&mut self, wanted: &[char]) -> Option<char> {
        let found = self.peek().filter(|c| wanted.contains(c))?;
        self.at += 1;
        Some(found)
    }

    fn number(&mut self, least: usize, most: usize) -> Option<String> {
        let digits: String = self.signs[self.at..].iter().take(most).take_while(|c| c.is_ascii_digit()).collect();
        self.at += digits.len();
        (digits.len() >= least).then_some(digits)
    }

    /// The time of day behind a day, with the day of the week between them or not.
    fn clock(&mut self) -> Option<String> {
        while self.one_of(&[' ', 'T']).is_some() {}
        if self.peek() == Some('星') {
            self.at = (self.at + 3).min(self.signs.len());
            while self.one_of(&[' ']).is_some() {}
        }
        let hour = self.number(1, 2)?;
        let chinese = self.one_of(&[':', '时', '点'])? != ':';
        let minute = self.number(if chinese { 1 } else { 2 }, 2)?;
        let parted = if chinese { self.one_of(&['分']).is_some() } else { self.one_of(&[':']).is_some() };
        let second = if parted { self.number(1, 2) } else { None };
        if chinese && second.is_some() {
            self.one_of(&['秒']);
        }
        Some(format!("{hour}:{minute}:{}{}", second.unwrap_or_else(|| "00".to_owned()), self.zone()))
    }

    /// `Z` or an offset, as machines write it.
    fn zone(&mut self) -> String {
        let rest: String = self.signs[self.at..].iter().take(6).collect();
        let offset = rest.len() == 6 && rest.starts_with(['+', '-']) && rest.as_bytes()[3] == b':';
        let zone = if offset { rest } else { rest.chars().take(1).filter(|c| *c == 'Z').collect() };
        self.at += zone.len();
        zone
    }
}

const fn plain(c: char) -> char {
    match c {
        '０'..='９' => (b'0' + (c as u32 - '０' as u32) as u8) as char,
        '：' => ':',
        '／' => '/',
        '－' | '–' => '-',
        '．' => '.',
        '\u{a0}' | '　' | '\u{2002}' | '\u{2003}' => ' ',
        other => other,
    }
}

const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}
