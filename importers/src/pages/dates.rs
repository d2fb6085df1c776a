//! Times in a text, in the spellings that pages have: with dashes, strokes and dots, in Chinese with digits of all
//! kinds, in English, as machines write them. A time of day is kept as far as it is written.

use super::moment::{Moment, date};
use content::time::CivilDate;

/// A time where it stands, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) moment: Moment,
}

/// All times of the text, in order.
pub(super) fn all(text: &str) -> Vec<Found> {
    of(&plain(text))
}

/// The first time of the text.
pub(super) fn first(text: &str) -> Option<Moment> {
    all(text).first().map(|found| found.moment)
}

/// The times in characters that are plain already.
pub(super) fn of(signs: &[char]) -> Vec<Found> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < signs.len() {
        match (starts(signs, at)).then(|| time_at(signs, at)).flatten() {
            Some((end, moment)) => {
                found.push(Found { start: at, end, moment });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The characters, wide digits and signs as narrow ones.
pub(super) fn plain(text: &str) -> Vec<char> {
    text.chars().map(plain_char).collect()
}

fn plain_char(c: char) -> char {
    match c {
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10).unwrap_or(c),
        '：' | '∶' => ':',
        '／' => '/',
        '－' | '–' | '—' | '―' | '‐' => '-',
        '．' => '.',
        '，' => ',',
        '（' => '(',
        '）' => ')',
        '｜' | '丨' | '│' => '|',
        '\u{a0}' | '　' | '\u{2002}' | '\u{2003}' | '\u{2009}' | '\t' => ' ',
        other => other,
    }
}

/// Whether a number or word begins here.
fn starts(signs: &[char], at: usize) -> bool {
    let first = signs[at];
    let before = at.checked_sub(1).map(|before| signs[before]);
    if first.is_ascii_digit() {
        !before.is_some_and(|c| c.is_ascii_digit() || c == '.')
    } else if first.is_ascii_alphabetic() {
        !before.is_some_and(|c| c.is_ascii_alphabetic())
    } else {
        matches!(first, '一' | '二')
    }
}

fn time_at(signs: &[char], at: usize) -> Option<(usize, Moment)> {
    let mut reader = Reader { signs, at };
    let first = signs[at];
    if first.is_ascii_alphabetic() {
        return reader.english();
    }
    let date = if first.is_ascii_digit() {
        let mut other = Reader { signs, at };
        let mut third = Reader { signs, at };
        match reader.year_first() {
            Some(date) => date,
            None => match other.year_last() {
                Some(date) => {
                    reader.at = other.at;
                    date
                }
                None => {
                    let date = third.day_and_english_month()?;
                    reader.at = third.at;
                    date
                }
            },
        }
    } else {
        reader.chinese()?
    };
    Some(reader.with_clock(date))
}

pub(super) struct Reader<'a> {
    pub(super) signs: &'a [char],
    pub(super) at: usize,
}

impl Reader<'_> {
    pub(super) fn peek(&self) -> Option<char> {
        self.signs.get(self.at).copied()
    }

    pub(super) fn take(&mut self, wanted: &str) -> Option<char> {
        let found = self.peek().filter(|c| wanted.contains(*c))?;
        self.at += 1;
        Some(found)
    }

    pub(super) fn spaces(&mut self) -> usize {
        let from = self.at;
        while self.take(" \n").is_some() {}
        self.at - from
    }

    pub(super) fn number(&mut self, least: usize, most: usize) -> Option<i64> {
        let digits: String = self.signs[self.at.min(self.signs.len())..]
            .iter()
            .take(most + 1)
            .take_while(|c| c.is_ascii_digit())
            .collect();
        if digits.len() < least || digits.len() > most {
            return None;
        }
        self.at += digits.len();
        digits.parse().ok()
    }

    fn year_first(&mut self) -> Option<CivilDate> {
        let year = self.number(4, 4)?;
        let spaced = self.spaces() > 0;
        let Some(part) = self.take("-/.年") else {
            // Some lay the year out by itself: 2023 05/26.
            let month = if spaced { self.number(2, 2)? } else { return None };
            self.spaces();
            self.take("/")?;
            self.spaces();
            let day = self.number(2, 2)?;
            return date(year, month, day);
        };
        let chinese = part == '年';
        if chinese {
            self.spaces();
        }
        let month = self.number(1, 2)?;
        if chinese {
            self.spaces();
        }
        self.take(if chinese { "月" } else { "-/." })?;
        if chinese {
            self.spaces();
        }
        let day = self.number(1, 2)?;
        let behind = self.at;
        self.spaces();
        if self.take("日号").is_none() {
            self.at = behind;
        }
        date(year, month, day)
    }

    /// 9/18/2019, as servers write it that were never told where they are.
    fn year_last(&mut self) -> Option<CivilDate> {
        let month = self.number(1, 2)?;
        self.take("/")?;
        let day = self.number(1, 2)?;
        self.take("/")?;
        let year = self.number(4, 4)?;
        date(year, month, day)
    }

    fn chinese(&mut self) -> Option<CivilDate> {
        let digit = |c: char| "〇一二三四五六七八九".chars().position(|known| known == c);
        let mut year = 0;
        for _ in 0..4 {
            let c = match self.peek()? {
                'О' | 'O' | 'Ｏ' | '○' | '零' | '0' | '◯' | 'o' => '〇',
                other => other,
            };
            year = year * 10 + i64::try_from(digit(c)?).ok()?;
            self.at += 1;
        }
        self.take("年")?;
        let month = self.chinese_number()?;
        self.take("月")?;
        let day = self.chinese_number()?;
        self.take("日号")?;
        date(year, month, day)
    }

    /// Up to 99.
    fn chinese_number(&mut self) -> Option<i64> {
        let (mut value, mut any) = (0, false);
        while let Some(c) = self.peek() {
            let digit = "〇一二三四五六七八九".chars().position(|known| known == c);
            match (c, digit) {
                ('十', _) => value = if value == 0 { 10 } else { value * 10 },
                ('廿', _) => value = 20,
                (_, Some(digit)) => {
                    value = if value % 10 == 0 { value + i64::try_from(digit).ok()? } else { return None };
                }
                _ => break,
            }
            any = true;
            self.at += 1;
        }
        any.then_some(value)
    }

    pub(super) fn with_clock(&mut self, date: CivilDate) -> (usize, Moment) {
        let end = self.at;
        self.between_day_and_clock();
        match self.clock() {
            Some((clock, offset)) => {
                let moment = Moment { date, clock: Some(clock) };
                let zoned = offset.filter(|minutes| *minutes != 480);
                let moment =
                    zoned.and_then(|minutes| Moment::of_epoch(moment.utc_seconds() - minutes * 60)).unwrap_or(moment);
                (self.at, moment)
            }
            None => (end, Moment { date, clock: None }),
        }
    }

    /// White space, a `T`, the day of the week.
    fn between_day_and_clock(&mut self) {
        self.spaces();
        if self.take("T").is_some() {
            return;
        }
        let from = self.at;
        self.take("([");
        let week = matches!(self.peek(), Some('星' | '周' | '礼'));
        if week {
            self.at += if self.peek() == Some('周') { 2 } else { 3 };
            self.take(")]");
        } else {
            self.at = from;
        }
        self.spaces();
        self.take(",-|");
        self.spaces();
    }

    /// The time of day, and its offset from UTC in minutes where there is one.
    #[expect(clippy::type_complexity, reason = "it is what a moment is made of")]
    pub(super) fn clock(&mut self) -> Option<((u8, u8, Option<u8>), Option<i64>)> {
        let mut late = None;
        if let Some('上' | '下' | '中' | '早' | '晚' | '凌') = self.peek() {
            late = Some(matches!(self.peek(), Some('下' | '晚')));
            self.at += 1;
            self.take("午上晨")?;
            self.spaces();
        }
        let hour = self.number(1, 2)?;
        let spaced = self.at;
        self.spaces();
        let chinese = match self.take(":时点") {
            Some(sign) => sign != ':',
            None => {
                self.at = spaced;
                return None;
            }
        };
        if !chinese {
            self.spaces();
        }
        let minute = match self.number(1, 2) {
            Some(minute) => minute,
            None if chinese => 0,
            None => return None,
        };
        let mut second = None;
        let before = self.at;
        if self.take(if chinese { "分" } else { ":" }).is_some() {
            second = self.number(1, 2).filter(|second| *second < 60);
            if second.is_none() && !chinese {
                self.at = before;
            }
            if chinese {
                self.take("秒");
            }
        }
        if self.peek() == Some('.') && second.is_some() && self.signs.get(self.at + 1).is_some_and(char::is_ascii_digit)
        {
            self.at += 1;
            while self.peek().is_some_and(|c| c.is_ascii_digit()) {
                self.at += 1;
            }
        }
        let offset = self.zone();
        let letters: String = self.signs[self.at..].iter().skip_while(|c| **c == ' ').take(2).collect();
        if late.is_none() && matches!(letters.to_ascii_uppercase().as_str(), "AM" | "PM") {
            late = Some(letters.eq_ignore_ascii_case("PM"));
            self.spaces();
            self.at += 2;
        }
        let hour = match late {
            Some(true) if hour < 12 => hour + 12,
            Some(false) if hour == 12 && letters.eq_ignore_ascii_case("am") => 0,
            _ => hour,
        };
        let small = |n: i64, below: i64| u8::try_from(n).ok().filter(|n| i64::from(*n) < below);
        Some(((small(hour, 24)?, small(minute, 60)?, second.and_then(|second| small(second, 60))), offset))
    }

    fn zone(&mut self) -> Option<i64> {
        if self.take("Zz").is_some() {
            return Some(0);
        }
        let rest: String = self.signs[self.at..].iter().take(6).collect();
        let sign = if rest.starts_with('+') { 1 } else { -1 };
        let digits: String = rest.strip_prefix(['+', '-'])?.chars().filter(char::is_ascii_digit).take(4).collect();
        let colon = rest.chars().nth(3) == Some(':');
        if digits.len() != 4 || rest.len() != if colon { 6 } else { rest.len().min(6) } {
            return None;
        }
        self.at += if colon { 6 } else { 5 };
        let (hours, minutes) = digits.split_at(2);
        Some(sign * (hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_all_spellings() {
        for (text, read) in [
            ("发布时间：2019-09-18 06:23 来源", "2019-09-18 06:23"),
            ("2019/9/18", "2019-09-18"),
            ("2019.09.18", "2019-09-18"),
            ("2019-9-18 6:23:05", "2019-09-18 06:23:05"),
            ("2019年9月18日 06:23", "2019-09-18 06:23"),
            ("2019年06月15日08:18", "2019-06-15 08:18"),
            ("２０１９年９月１８日", "2019-09-18"),
            ("2019 年 9 月 18 日 星期三 6时5分", "2019-09-18 06:05"),
            ("二〇一九年九月十八日", "2019-09-18"),
            ("二○一二年十二月三十一日", "2012-12-31"),
            ("一九九八年十月二十日", "1998-10-20"),
            ("2019-09-07T13:43:45+08:00", "2019-09-07 13:43:45"),
            ("2019-09-07T05:43:45Z", "2019-09-07 13:43:45"),
            ("2019-12-31T20:00:00.000+0000", "2020-01-01 04:00:00"),
            ("2023 05/26 10:28:31", "2023-05-26 10:28:31"),
            ("9/18/2019 6:23:05 PM", "2019-09-18 18:23:05"),
            ("2019-9-18 下午 6:23", "2019-09-18 18:23"),
            ("Wed Sep 18 06:23:00 CST 2019", "2019-09-18 06:23:00"),
            ("Sep 18, 2019", "2019-09-18"),
            ("Wednesday, September 18, 2019 6:23 AM", "2019-09-18 06:23"),
            ("18 September 2019", "2019-09-18"),
            ("2019-09-18（星期三） 06:23", "2019-09-18 06:23"),
            ("2019-09-18 1664次阅读", "2019-09-18"),
            ("2019-09-18 12345", "2019-09-18"),
            ("2016-11-22\u{a0}09:53:00.0", "2016-11-22 09:53:00"),
        ] {
            assert_eq!(first(text).map(|moment| moment.to_string()).as_deref(), Some(read), "{text}");
        }
        for none in [
            "",
            "2019-13-01",
            "2019年",
            "12019-01-01",
            "1.1:50.3:48.6",
            "0351-3985088",
            "2019-02-30",
            "march on",
            "一二三",
        ] {
            assert_eq!(first(none), None, "{none}");
        }
    }
}
