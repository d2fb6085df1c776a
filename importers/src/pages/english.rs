//! Times in English, as systems write them that were never told where they are.

use super::{
    dates::Reader,
    moment::{Moment, date},
};
use content::time::CivilDate;

impl Reader<'_> {
    fn english_month(&mut self) -> Option<i64> {
        const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let word: String = self.signs[self.at.min(self.signs.len())..]
            .iter()
            .take(10)
            .take_while(|c| c.is_ascii_alphabetic())
            .collect::<String>()
            .to_ascii_lowercase();
        let month = MONTHS.iter().position(|month| word.starts_with(month))?;
        self.at += word.len();
        self.take(".");
        i64::try_from(month + 1).ok()
    }

    pub(super) fn day_and_english_month(&mut self) -> Option<CivilDate> {
        let day = self.number(1, 2)?;
        self.spaces();
        let month = self.english_month()?;
        self.take(",");
        self.spaces();
        let year = self.number(4, 4)?;
        date(year, month, day)
    }

    /// Sep 18, 2019 6:23 PM; Wed Sep 18 06:23:00 CST 2019.
    pub(super) fn english(&mut self) -> Option<(usize, Moment)> {
        let from = self.at;
        let month = self.english_month().or_else(|| {
            // The day of the week before it.
            self.at = from + self.signs[from..].iter().take(10).take_while(|c| c.is_ascii_alphabetic()).count();
            self.take(",");
            self.spaces();
            self.english_month()
        })?;
        self.spaces();
        let day = self.number(1, 2)?;
        self.take(",");
        self.spaces();
        if let Some(year) = self.number(4, 4) {
            return Some(self.with_clock(date(year, month, day)?));
        }
        let (clock, _) = self.clock()?;
        self.spaces();
        let zone = self.signs[self.at..].iter().take(5).take_while(|c| c.is_ascii_alphabetic()).count();
        self.at += zone;
        self.spaces();
        let year = self.number(4, 4)?;
        Some((self.at, Moment { date: date(year, month, day)?, clock: Some(clock) }))
    }
}
