//! How many tests ran, summed over cargo's and Playwright's.

use std::fmt;
use std::ops::AddAssign;

/// The sum, whose text is the last line of a test run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Tests that held.
    pub passed: u64,
    /// Tests that did not.
    pub failed: u64,
    /// Tests that were left out.
    pub skipped: u64,
}

impl Counts {
    /// Reads a line such as `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; …`.
    pub fn of_cargo_line(line: &str) -> Option<Self> {
        let (_, rest) = line.strip_prefix("test result: ")?.split_once(". ")?;
        let mut counts = Self::default();
        for part in rest.split("; ") {
            let Some((number, word)) = part.split_once(' ') else { continue };
            let Ok(number) = number.parse::<u64>() else { continue };
            match word {
                "passed" => counts.passed = number,
                "failed" => counts.failed = number,
                "ignored" => counts.skipped = number,
                _ => {}
            }
        }
        Some(counts)
    }

    /// Reads the statistics of Playwright's JSON report. A test that held at the second try has held.
    pub fn of_playwright_report(report: &str) -> Option<Self> {
        let report: serde_json::Value = serde_json::from_str(report).ok()?;
        let number = |key: &str| report["stats"][key].as_u64();
        Some(Self {
            passed: number("expected")? + number("flaky")?,
            failed: number("unexpected")?,
            skipped: number("skipped")?,
        })
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
        self.skipped += more.skipped;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_result_lines_of_cargo_are_summed() {
        let lines = [
            "running 4 tests",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 5 filtered out; finished in 0.01s",
        ];
        let mut sum = Counts::default();
        lines.iter().filter_map(|line| Counts::of_cargo_line(line)).for_each(|counts| sum += counts);
        assert_eq!(sum.to_string(), "4 passed, 2 failed, 1 skipped");
    }

    #[test]
    fn the_report_of_playwright_is_read() {
        let report = r#"{"stats":{"expected":7,"skipped":2,"unexpected":1,"flaky":1,"duration":3.5}}"#;
        assert_eq!(Counts::of_playwright_report(report), Some(Counts { passed: 8, failed: 1, skipped: 2 }));
    }

    #[test]
    fn what_is_no_report_counts_nothing() {
        assert_eq!(Counts::of_playwright_report("{}"), None);
        assert_eq!(Counts::of_playwright_report("<html>"), None);
        assert_eq!(Counts::of_cargo_line("test pages::front ... ok"), None);
    }
}
