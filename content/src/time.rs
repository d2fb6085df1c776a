//! Times as the site has them: instants in UTC for storage, civil times as people write them, local times as readers
//! are shown them. Zone rules are the server's; here is only arithmetic of the Gregorian calendar.

use crate::{Refusal, refusal::quoted};
use serde::{Deserialize, Serialize};
use std::fmt;

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// A day of the Gregorian calendar that exists. It travels as `2012-07-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CivilDate {
    year: i16,
    month: u8,
    day: u8,
}

impl CivilDate {
    /// The day, if it exists.
    ///
    /// # Errors
    /// `BadTime` for a day that is not in the calendar or not within the years 1000 to 9999.
    pub fn new(year: i16, month: u8, day: u8) -> Result<Self, Refusal> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => 0,
        };
        if (1000..=9999).contains(&year) && (1..=days).contains(&day) {
            Ok(Self { year, month, day })
        } else {
            Err(Refusal::BadTime { given: format!("{year:04}-{month:02}-{day:02}") })
        }
    }

    /// The first day that a page can bear: 1 January 1000.
    #[must_use]
    pub const fn first() -> Self {
        Self { year: 1000, month: 1, day: 1 }
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// `2012年7月31日`.
    #[must_use]
    pub fn chinese(self) -> String {
        format!("{}年{}月{}日", self.year, self.month, self.day)
    }

    /// The day of the week in Chinese, `星期二` (Zeller's congruence).
    #[must_use]
    pub fn weekday(self) -> &'static str {
        let (y, m) = if self.month < 3 {
            (i32::from(self.year) - 1, i32::from(self.month) + 12)
        } else {
            (i32::from(self.year), i32::from(self.month))
        };
        let h = (i32::from(self.day) + 13 * (m + 1) / 5 + y + y / 4 - y / 100 + y / 400).rem_euclid(7);
        match h {
            0 => "星期六",
            1 => "星期日",
            2 => "星期一",
            3 => "星期二",
            4 => "星期三",
            5 => "星期四",
            _ => "星期五",
        }
    }
}

impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl From<CivilDate> for String {
    fn from(date: CivilDate) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for CivilDate {
    type Error = Refusal;

    /// Reads the one spelling in which it is written.
    fn try_from(text: String) -> Result<Self, Refusal> {
        let bad = || Refusal::BadTime { given: quoted(&text) };
        let mut parts = text.splitn(3, '-');
        let mut next = || parts.next().ok_or_else(bad);
        let (year, month, day) = (next()?, next()?, next()?);
        let date = match (year.parse(), month.parse(), day.parse()) {
            (Ok(year), Ok(month), Ok(day)) => Self::new(year, month, day)?,
            _ => return Err(bad()),
        };
        if date.to_string() == text { Ok(date) } else { Err(bad()) }
    }
}

/// A date and time as written on a page, in no zone yet, to the second. It travels as `2012-07-31T10:28:49`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CivilDateTime {
    /// The day.
    pub date: CivilDate,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
}

impl fmt::Display for CivilDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{:02}:{:02}:{:02}", self.date, self.hour, self.minute, self.second)
    }
}

impl From<CivilDateTime> for String {
    fn from(time: CivilDateTime) -> Self {
        time.to_string()
    }
}

impl TryFrom<String> for CivilDateTime {
    type Error = Refusal;

    /// Reads what [`WrittenTime::parse`] does, as long as it names no zone.
    fn try_from(text: String) -> Result<Self, Refusal> {
        match WrittenTime::parse(&text)? {
            WrittenTime::Civil(time) => Ok(time),
            WrittenTime::Offset(..) => Err(Refusal::BadTime { given: quoted(&text) }),
        }
    }
}

/// A time as somebody wrote it: with a zone it is an instant, without one it is civil time of the site's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenTime {
    /// Without a zone.
    Civil(CivilDateTime),
    /// With a zone: civil time and its offset from UTC in minutes.
    Offset(CivilDateTime, i16),
}

impl WrittenTime {
    /// Reads `YYYY-MM-DD`, optionally followed by a space or `T` and `HH:MM` or `HH:MM:SS`, optionally by fractions of
    /// a second (dropped) and by `Z` or `±HH:MM`. `/` and `.` are read as separators of the date as well, since old
    /// systems wrote them.
    ///
    /// # Errors
    /// `BadTime` for anything else, and for days and times that do not exist.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let bad = || Refusal::BadTime { given: quoted(text) };
        let text = text.trim();
        let (date, rest) = match text.find([' ', 'T']) {
            Some(at) => (&text[..at], text[at + 1..].trim_start()),
            None => (text, ""),
        };
        let mut parts = date.split(['-', '/', '.']);
        let mut part =
            |most: usize| parts.next().filter(|p| (1..=most).contains(&p.len())).and_then(digits).ok_or_else(bad);
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        if parts.next().is_some() {
            return Err(bad());
        }
        let date = i16::try_from(year)
            .ok()
            .zip(u8::try_from(month).ok())
            .zip(u8::try_from(day).ok())
            .and_then(|((y, m), d)| CivilDate::new(y, m, d).ok())
            .ok_or_else(bad)?;
        if rest.is_empty() {
            return Ok(Self::Civil(CivilDateTime { date, hour: 0, minute: 0, second: 0 }));
        }
        let (clock, offset) = match rest.find(['Z', 'z', '+', '-']) {
            Some(at) => (rest[..at].trim_end(), Some(offset(&rest[at..]).ok_or_else(bad)?)),
            None => (rest, None),
        };
        let clock = clock.split_once('.').map_or(clock, |(whole, _)| whole);
        let mut parts = clock.split(':');
        let mut part =
            |below: u32| parts.next().filter(|p| (1..=2).contains(&p.len())).and_then(digits).filter(|n| *n < below);
        let hour = part(24).ok_or_else(bad)?;
        let minute = part(60).ok_or_else(bad)?;
        let second = if clock.matches(':').count() >= 2 { part(60).ok_or_else(bad)? } else { 0 };
        if parts.next().is_some() {
            return Err(bad());
        }
        #[expect(clippy::cast_possible_truncation, reason = "each was checked to be below 60")]
        let civil = CivilDateTime { date, hour: hour as u8, minute: minute as u8, second: second as u8 };
        Ok(offset.map_or(Self::Civil(civil), |minutes| Self::Offset(civil, minutes)))
    }
}

fn digits(text: &str) -> Option<u32> {
    if text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn offset(text: &str) -> Option<i16> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, rest) = text.split_at(1);
    let (hours, minutes) = match rest.split_once(':') {
        Some((h, m)) => (digits(h)?, digits(m)?),
        None if rest.len() == 4 => (digits(&rest[..2])?, digits(&rest[2..])?),
        None => (digits(rest)?, 0),
    };
    let minutes = i16::try_from(hours.checked_mul(60)?.checked_add(minutes)?).ok().filter(|m| *m <= 18 * 60)?;
    Some(if sign == "-" { -minutes } else { minutes })
}

/// A time in the zone of the site, as readers are shown it. One string of RFC 3339 to the second on the wire, from
/// which every form is cut, so that the browser needs no rules of zones.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalTime(String);

impl LocalTime {
    /// The civil time at an offset from UTC, in minutes.
    #[must_use]
    pub fn new(civil: CivilDateTime, offset_minutes: i16) -> Self {
        let CivilDateTime { date, hour, minute, second } = civil;
        let sign = if offset_minutes < 0 { '-' } else { '+' };
        let (oh, om) = (offset_minutes.unsigned_abs() / 60, offset_minutes.unsigned_abs() % 60);
        Self(format!(
            "{:04}-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}{sign}{oh:02}:{om:02}",
            date.year(),
            date.month(),
            date.day()
        ))
    }

    /// `2012-07-31T10:28:49+08:00`, for `datetime` attributes and feeds.
    #[must_use]
    pub fn rfc3339(&self) -> &str {
        &self.0
    }

    /// `2012-07-31`.
    #[must_use]
    pub fn date(&self) -> &str {
        self.0.get(..10).unwrap_or_default()
    }

    /// `07-31`.
    #[must_use]
    pub fn month_day(&self) -> &str {
        self.0.get(5..10).unwrap_or_default()
    }

    /// `2012-07-31 10:28:49`.
    #[must_use]
    pub fn date_time(&self) -> String {
        format!("{} {}", self.date(), self.0.get(11..19).unwrap_or_default())
    }

    /// `2012-07-31 10:28`, the form of `PubDate` in the 网页标签 norm.
    #[must_use]
    pub fn to_the_minute(&self) -> String {
        format!("{} {}", self.date(), self.0.get(11..16).unwrap_or_default())
    }

    /// The day, for its Chinese forms.
    #[must_use]
    pub fn day(&self) -> Option<CivilDate> {
        match WrittenTime::parse(self.date()) {
            Ok(WrittenTime::Civil(civil)) => Some(civil.date),
            _ => None,
        }
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.date_time())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn civil(text: &str) -> CivilDateTime {
        match WrittenTime::parse(text) {
            Ok(WrittenTime::Civil(civil)) => civil,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn reads_the_forms_that_pages_have() {
        let exact = civil("2012-07-31 10:28:49");
        assert_eq!(LocalTime::new(exact, 480).rfc3339(), "2012-07-31T10:28:49+08:00");
        assert_eq!(civil("2012/7/31 10:28").minute, 28);
        assert_eq!(civil("2012-07-31T10:28:49.123").second, 49);
        assert_eq!(civil("2012-02-29").date.day(), 29);
        assert_eq!(WrittenTime::parse("2012-07-31T10:28:49+08:00"), Ok(WrittenTime::Offset(exact, 480)));
        assert_eq!(WrittenTime::parse("2012-07-31T10:28:49Z"), Ok(WrittenTime::Offset(exact, 0)));
        assert_eq!(WrittenTime::parse("2012-07-31 10:28:49 -0330"), Ok(WrittenTime::Offset(exact, -210)));
    }

    #[test]
    fn refuses_days_and_times_that_do_not_exist() {
        for bad in [
            "",
            "2012-02-30",
            "2011-02-29",
            "2012-13-01",
            "2012-00-10",
            "2012-07-31 24:00:00",
            "2012-07-31 10:60",
            "2012-07-31 10",
            "31.07.2012",
            "2012-07-31 10:28:49:1",
            "yesterday",
            "2012-7-31-1",
            "12345-01-01",
            "2012-07-31T10:00+99:00",
            "２０１２-07-31",
        ] {
            assert!(WrittenTime::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn every_shown_form_is_cut_from_one_string() {
        let time = LocalTime::new(civil("2012-07-31 10:28:49"), 480);
        assert_eq!(time.date(), "2012-07-31");
        assert_eq!(time.month_day(), "07-31");
        assert_eq!(time.date_time(), "2012-07-31 10:28:49");
        assert_eq!(time.to_the_minute(), "2012-07-31 10:28");
        assert_eq!(time.day().map(CivilDate::chinese).as_deref(), Some("2012年7月31日"));
        assert_eq!(time.day().map(CivilDate::weekday), Some("星期二"));
    }

    #[test]
    fn a_week_has_seven_days_in_order() {
        let week = ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"];
        for (n, name) in week.iter().enumerate() {
            let day = u8::try_from(22 + n).unwrap();
            assert_eq!(CivilDate::new(2026, 11, day).unwrap().weekday(), *name);
        }
        assert_eq!(CivilDate::new(2024, 2, 29).unwrap().weekday(), "星期四");
        assert_eq!(CivilDate::new(2000, 1, 1).unwrap().weekday(), "星期六");
    }
}
