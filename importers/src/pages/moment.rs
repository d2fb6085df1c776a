//! A day with as much of the time of day as was found, and the days that addresses hold.

use content::time::CivilDate;
use std::fmt;

/// A day, and as much of the time of day as was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment {
    pub(super) date: CivilDate,
    pub(super) clock: Option<(u8, u8, Option<u8>)>,
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date.fmt(f)?;
        if let Some((hour, minute, second)) = self.clock {
            write!(f, " {hour:02}:{minute:02}")?;
            if let Some(second) = second {
                write!(f, ":{second:02}")?;
            }
        }
        Ok(())
    }
}

impl Moment {
    /// Whether the other says the same and more.
    pub(super) fn is_refined_by(self, other: Self) -> bool {
        let same = match (self.clock, other.clock) {
            (None, Some(_)) => true,
            (Some((hour, minute, None)), Some((h, m, Some(_)))) => (hour, minute) == (h, m),
            _ => false,
        };
        same && self.date == other.date
    }

    /// The civil time of China at so many seconds after 1970.
    pub(super) fn of_epoch(seconds: i64) -> Option<Self> {
        let local = seconds.checked_add(8 * 3600)?;
        let (day, rest) = (local.div_euclid(86_400), local.rem_euclid(86_400));
        // Days to a date of the Gregorian calendar, counted from 1 March 0000.
        let shifted = day + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let date = date(year, month, of_year - (153 * shifted_month + 2) / 5 + 1)?;
        let small = |n: i64| u8::try_from(n).unwrap_or_default();
        Some(Self { date, clock: Some((small(rest / 3600), small(rest / 60 % 60), Some(small(rest % 60)))) })
    }

    /// The seconds after 1970 of a civil time of UTC.
    pub(super) fn utc_seconds(self) -> i64 {
        let (y, m, d) = (i64::from(self.date.year()), i64::from(self.date.month()), i64::from(self.date.day()));
        let year = if m <= 2 { y - 1 } else { y };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + d - 1;
        let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
        let (hour, minute, second) = self.clock.unwrap_or_default();
        days * 86_400 + i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second.unwrap_or_default())
    }
}

/// The day in an address: `/2016/11/22/`, `/201909/t20190918_1.html`, `2019-09-18`.
pub(super) fn in_address(address: &str) -> Option<Moment> {
    let signs: Vec<char> = address.chars().collect();
    let mut at = 0;
    while at < signs.len() {
        let run = signs[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        if run == 0 {
            at += 1;
            continue;
        }
        let digits: String = signs[at..at + run].iter().collect();
        let number = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<i64>().ok());
        let found = match run {
            8 | 12 | 14 | 17 => number(0, 4).zip(number(4, 6)).zip(number(6, 8)),
            _ => None,
        };
        let compact = found.and_then(|((year, month), day)| date(year, month, day));
        if let Some(date) = compact {
            return Some(Moment { date, clock: None });
        }
        let mut parts =
            signs[at..].split(|c| matches!(c, '/' | '-' | '_')).take(3).map(|part| part.iter().collect::<String>());
        let mut next =
            |most: usize| parts.next().filter(|part| part.len() <= most).and_then(|part| part.parse::<i64>().ok());
        // Four digits are a year, six are a year and a month, and then a day follows.
        let split = match run {
            4 => next(4).zip(next(4)).and_then(|(year, second)| {
                if second > 99 {
                    Some((year, second / 100, second % 100))
                } else {
                    next(2).map(|day| (year, second, day))
                }
            }),
            6 => next(6).zip(next(2)).map(|(both, day)| (both / 100, both % 100, day)),
            _ => None,
        };
        if let Some(date) = split.and_then(|(year, month, day)| date(year, month, day)) {
            return Some(Moment { date, clock: None });
        }
        at += run;
    }
    None
}

/// The day, if it is one on which pages were published.
pub(super) fn date(year: i64, month: i64, day: i64) -> Option<CivilDate> {
    let year = i16::try_from(year).ok().filter(|year| (1990..=2099).contains(year))?;
    CivilDate::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_after_1970_are_chinese_time() {
        assert_eq!(
            Moment::of_epoch(1_581_517_074).map(|moment| moment.to_string()).as_deref(),
            Some("2020-02-12 22:17:54")
        );
        assert_eq!(Moment::of_epoch(i64::MAX), None);
    }

    #[test]
    fn addresses_hold_days() {
        for (address, day) in [
            ("/art/2016/11/22/art_1_2.html", "2016-11-22"),
            ("./201909/t20190918_693227.shtml", "2019-09-18"),
            ("/c/2019-11-25/doc-iih.shtml", "2019-11-25"),
            ("/n1/2019/0615/c1013-31153719.html", "2019-06-15"),
            ("/politics/2019-12/10/c_1125327450.htm", "2019-12-10"),
            ("/201912/10/c.htm", "2019-12-10"),
        ] {
            assert_eq!(in_address(address).map(|moment| moment.to_string()).as_deref(), Some(day), "{address}");
        }
        for none in ["/show.asp?id=31153719", "/c/7rtKNyg6PU9", "/2019/", ""] {
            assert_eq!(in_address(none), None, "{none}");
        }
    }
}
