//! Times as feeds have them: `Thu, 05 Jan 2012 14:30:46 +0000`, or RFC 3339.

use content::time::WrittenTime;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a time. The day of the week is not looked at: many feeds have the wrong one.
pub(super) fn time(text: &str) -> Option<WrittenTime> {
    let text = text.trim();
    WrittenTime::parse(text).ok().or_else(|| of_mail(text))
}

/// A time as in the head of a letter (RFC 822, with years of four digits as well).
fn of_mail(text: &str) -> Option<WrittenTime> {
    let text = text.split_once(',').map_or(text, |(_, behind)| behind);
    let mut words = text.split_ascii_whitespace();
    let day = words.next()?;
    let name = words.next()?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|month| name.starts_with(month))? + 1;
    let year: i32 = words.next()?.parse().ok()?;
    let year = match year {
        0..=49 => year + 2000,
        50..=99 => year + 1900,
        year => year,
    };
    let clock = words.next().unwrap_or("00:00");
    let zone = words.next().map(offset);
    let date = format!("{year:04}-{month:02}-{day:0>2} {clock}");
    match zone {
        None => WrittenTime::parse(&date).ok(),
        Some(zone) => WrittenTime::parse(&format!("{date} {}", zone?)).ok(),
    }
}

/// The offset of a zone that is named or given. China's name is also that of a zone of America, and feeds that are
/// read here mean China.
fn offset(zone: &str) -> Option<String> {
    let hours = match zone.to_ascii_uppercase().as_str() {
        "GMT" | "UT" | "UTC" | "Z" => "Z",
        "CST" => "+08:00",
        "EST" => "-05:00",
        "EDT" => "-04:00",
        "CDT" => "-05:00",
        "MST" => "-07:00",
        "MDT" => "-06:00",
        "PST" => "-08:00",
        "PDT" => "-07:00",
        _ if zone.starts_with(['+', '-']) && zone.is_ascii() => zone,
        _ => return None,
    };
    Some(hours.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_both_forms() {
        let expected = WrittenTime::parse("2012-01-05 14:30:46 +08:00").unwrap();
        for given in [
            "Thu, 05 Jan 2012 14:30:46 +0800",
            "5 January 12 14:30:46 CST",
            " Fri, 5 Jan 2012 14:30:46 +0800 ",
            "2012-01-05T14:30:46+08:00",
        ] {
            assert_eq!(time(given), Some(expected), "{given}");
        }
        for none in
            ["", "yesterday", "Thu, 45 Jan 2012 14:30:46 GMT", "1 Foo 2012 10:00:00 GMT", "1 Jan 2012 10:00 XYZ"]
        {
            assert_eq!(time(none), None, "{none}");
        }
    }
}
