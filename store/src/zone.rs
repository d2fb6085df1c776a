//! The zone of the site: between instants, which are stored, and the civil times that people write and read.

use content::{CivilDate, CivilDateTime, LocalTime, Refusal, Timestamp, time::WrittenTime};
use jiff::{civil, tz::TimeZone};
use std::ops::Range;

/// The zone in which the site writes its times.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of this IANA name, such as `Asia/Shanghai`.
    ///
    /// # Errors
    /// One line that says what was expected.
    pub fn named(name: &str) -> Result<Self, String> {
        TimeZone::get(name)
            .map(Self)
            .map_err(|_| format!("no time zone is called \"{name}\": expected an IANA name such as Asia/Shanghai"))
    }

    /// Its IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or_default()
    }

    /// The instant of a time as somebody wrote it. A civil time that a change of the clock left out or repeats is the
    /// one that jiff calls compatible: the later of a gap, the earlier of a fold.
    ///
    /// # Errors
    /// `BadTime` beyond the years that the calendar of the database can have.
    pub fn instant(&self, written: WrittenTime) -> Result<Timestamp, Refusal> {
        let (WrittenTime::Civil(time) | WrittenTime::Offset(time, _)) = written;
        let bad = || Refusal::BadTime { given: LocalTime::new(time, 0).date_time() };
        let civil = to_jiff(time).ok_or_else(bad)?;
        let zone = match written {
            WrittenTime::Civil(_) => self.0.clone(),
            WrittenTime::Offset(_, minutes) => {
                TimeZone::fixed(jiff::tz::Offset::from_seconds(i32::from(minutes) * 60).map_err(|_| bad())?)
            }
        };
        let instant = zone.to_timestamp(civil).map_err(|_| bad())?;
        Ok(Timestamp(instant.as_millisecond()))
    }

    /// The time that readers are shown.
    #[must_use]
    pub fn shown(&self, instant: Timestamp) -> LocalTime {
        let instant = jiff::Timestamp::from_millisecond(instant.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let offset = self.0.to_offset(instant);
        let civil = offset.to_datetime(instant);
        LocalTime::new(from_jiff(civil), i16::try_from(offset.seconds() / 60).unwrap_or_default())
    }

    /// The day that readers are shown, at its beginning.
    #[must_use]
    pub fn day(&self, instant: Timestamp) -> LocalTime {
        let instant = jiff::Timestamp::from_millisecond(instant.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let start = instant.to_zoned(self.0.clone()).start_of_day().map_or(instant, |start| start.timestamp());
        self.shown(Timestamp(start.as_millisecond()))
    }

    /// The day around an instant, from its first millisecond to that of the next one.
    #[must_use]
    pub fn day_around(&self, instant: Timestamp) -> Range<i64> {
        let whole = || {
            let day =
                jiff::Timestamp::from_millisecond(instant.0).ok()?.to_zoned(self.0.clone()).start_of_day().ok()?;
            Some(day.timestamp().as_millisecond()..day.tomorrow().ok()?.timestamp().as_millisecond())
        };
        // Beyond the calendar no day is known, and nothing that names one is right for longer than the moment.
        whole().unwrap_or(instant.0..instant.0 + 1)
    }

    /// The year that readers are shown.
    #[must_use]
    pub fn year(&self, instant: Timestamp) -> i16 {
        jiff::Timestamp::from_millisecond(instant.0).map_or(0, |t| self.0.to_datetime(t).year())
    }

    /// The instant at which a year begins here.
    ///
    /// # Errors
    /// `BadTime` for years that the calendar does not have.
    pub fn start_of(&self, year: i16) -> Result<Timestamp, Refusal> {
        let date = CivilDate::new(year, 1, 1)?;
        self.instant(WrittenTime::Civil(CivilDateTime { date, hour: 0, minute: 0, second: 0 }))
    }
}

fn to_jiff(time: CivilDateTime) -> Option<civil::DateTime> {
    #[expect(clippy::cast_possible_wrap, reason = "months, days and the parts of a clock are below 60")]
    civil::DateTime::new(
        time.date.year(),
        time.date.month() as i8,
        time.date.day() as i8,
        time.hour as i8,
        time.minute as i8,
        time.second as i8,
        0,
    )
    .ok()
}

fn from_jiff(time: civil::DateTime) -> CivilDateTime {
    let small = |n: i8| n.unsigned_abs();
    // A day that jiff has is one that exists; years before 1000 are shown as the year 1000.
    let date = CivilDate::new(time.year(), small(time.month()), small(time.day()))
        .or_else(|_| CivilDate::new(1000, small(time.month()), small(time.day()).min(28)));
    let date = date.unwrap_or_else(|_| CivilDate::first());
    CivilDateTime { date, hour: small(time.hour()), minute: small(time.minute()), second: small(time.second()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_times_of_the_captured_page_come_back_to_the_second() {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let written = WrittenTime::parse("2012-07-31 10:28:49").unwrap();
        let instant = zone.instant(written).unwrap();
        assert_eq!(instant, Timestamp(1_343_701_729_000));
        assert_eq!(zone.shown(instant).rfc3339(), "2012-07-31T10:28:49+08:00");
        let utc = zone.instant(WrittenTime::parse("2012-07-31T02:28:49Z").unwrap()).unwrap();
        assert_eq!(utc, instant);
    }

    #[test]
    fn a_day_reaches_from_midnight_to_midnight_of_the_site() {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let at = zone.instant(WrittenTime::parse("2026-11-25 00:00:00").unwrap()).unwrap();
        let day = at.0..at.0 + 86_400_000;
        for instant in [at.0, at.0 + 1, at.0 + 86_399_999] {
            assert_eq!(zone.day_around(Timestamp(instant)), day);
        }
        assert_eq!(zone.day_around(Timestamp(day.end)).start, day.end);
    }

    #[test]
    fn a_year_begins_at_local_midnight() {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let start = zone.start_of(2026).unwrap();
        assert_eq!(zone.shown(start).date_time(), "2026-01-01 00:00:00");
        assert_eq!(zone.year(start), 2026);
        assert_eq!(zone.year(Timestamp(start.0 - 1)), 2025);
    }

    #[test]
    fn an_unknown_zone_is_said() {
        assert!(Zone::named("Mars/Olympus").unwrap_err().contains("Asia/Shanghai"));
    }
}
