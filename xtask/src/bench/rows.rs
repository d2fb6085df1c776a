//! What the bench found: one row a figure, the same table for people, for the documents and for machines.

use std::fmt;

use serde_json::{Value, json};

use crate::bench::figures::median;

/// What a figure has to be. Values are of the row's unit; a ratio is to what is measured beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Aim {
    /// Not more than this.
    AtMost(f64),
    /// At least so many times what the other one has.
    TimesAtLeast(f64),
    /// Not more than so many times what the other one has.
    TimesAtMost(f64),
}

/// A figure: the medians over the rounds.
#[derive(Debug)]
pub struct Row {
    /// What was measured, as a person says it.
    pub what: String,
    /// Requests a second, milliseconds, kilobytes …
    pub unit: &'static str,
    /// Ours.
    pub value: f64,
    /// The same of what was measured in turns with it.
    pub beside: Option<f64>,
    /// The median of the rounds' ratios: what disturbs both at once is not in it.
    pub ratio: Option<f64>,
    /// What it has to be.
    pub aim: Option<Aim>,
}

impl Row {
    /// From the values of all rounds.
    pub fn new(what: impl Into<String>, unit: &'static str, rounds: &[f64]) -> Self {
        Self { what: what.into(), unit, value: median(rounds.to_vec()), beside: None, ratio: None, aim: None }
    }

    /// From a value that was measured once.
    pub fn one(what: impl Into<String>, unit: &'static str, value: f64) -> Self {
        Self::new(what, unit, &[value])
    }

    /// Beside what was measured in turns with it, round by round.
    pub fn beside(mut self, ours: &[f64], others: &[f64]) -> Self {
        if !others.is_empty() {
            self.beside = Some(median(others.to_vec()));
            self.ratio = Some(median(ours.iter().zip(others).map(|(ours, other)| ours / other).collect()));
        }
        self
    }

    /// With what it has to be.
    pub fn aim(mut self, aim: Aim) -> Self {
        self.aim = Some(aim);
        self
    }

    /// Whether it is what it has to be; none where nothing is asked of it, or nothing was beside it.
    pub fn held(&self) -> Option<bool> {
        Some(match self.aim? {
            Aim::AtMost(most) => self.value <= most,
            Aim::TimesAtLeast(least) => self.ratio? >= least,
            Aim::TimesAtMost(most) => self.ratio? <= most,
        })
    }

    fn json(&self) -> Value {
        json!({ "what": self.what, "unit": self.unit, "value": self.value, "beside": self.beside, "ratio": self.ratio,
            "aim": self.aim.map(|aim| self.aimed(aim)), "held": self.held() })
    }

    fn aimed(&self, aim: Aim) -> String {
        match aim {
            Aim::AtMost(most) => format!("≤ {} {}", number(most), self.unit),
            Aim::TimesAtLeast(least) => format!("≥ {least} ×"),
            Aim::TimesAtMost(most) => format!("≤ {most} ×"),
        }
    }

    /// The row as a line of a table in Markdown.
    fn markdown(&self) -> String {
        let known = |value: Option<f64>| value.map_or_else(String::new, number);
        let ratio = self.ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"));
        let aim = self.aim.map_or_else(String::new, |aim| self.aimed(aim));
        let held = self.held().map_or("", |held| if held { "yes" } else { "**no**" });
        let (value, beside) = (number(self.value), known(self.beside));
        format!("| {} | {value} | {} | {beside} | {ratio} | {aim} | {held} |", self.what, self.unit)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}", self.what, number(self.value), self.unit)?;
        if let (Some(beside), Some(ratio)) = (self.beside, self.ratio) {
            write!(f, " beside {}, {ratio:.2} ×", number(beside))?;
        }
        match (self.aim, self.held()) {
            (Some(aim), Some(true)) => write!(f, " ({}: held)", self.aimed(aim)),
            (Some(aim), Some(false)) => write!(f, " ({}: MISSED)", self.aimed(aim)),
            (Some(aim), None) => write!(f, " ({})", self.aimed(aim)),
            (None, _) => Ok(()),
        }
    }
}

/// All rows, said as they come.
#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
}

impl Report {
    /// Says a row and keeps it.
    pub fn add(&mut self, row: Row) {
        println!("bench: {row}");
        self.rows.push(row);
    }

    /// A row of memory, where the system tells it; the aim is in megabytes.
    pub fn memory(&mut self, what: &str, kilobytes: Option<u64>, most: Option<f64>) {
        match kilobytes {
            Some(kilobytes) => {
                let row = Row::one(what, "MB", kilobytes as f64 / 1024.0);
                self.add(most.map(Aim::AtMost).into_iter().fold(row, Row::aim));
            }
            None => println!("bench: {what}: this system does not say"),
        }
    }

    /// The same for machines, with what was measured beside it and where.
    pub fn json(&self, beside: &str, machine: &str) -> String {
        let rows: Vec<Value> = self.rows.iter().map(Row::json).collect();
        format!("{:#}\n", json!({ "machine": machine, "beside": beside, "rows": rows }))
    }

    /// The table of the documents.
    pub fn markdown(&self, beside: &str) -> String {
        let mut table = format!("| what | Fuxian | unit | {beside} | ratio | aim | held |\n");
        table += "| --- | ---: | --- | ---: | ---: | --- | --- |\n";
        for row in &self.rows {
            table += &row.markdown();
            table.push('\n');
        }
        table
    }
}

/// Three figures that tell something, and none behind the point where the number is large.
fn number(value: f64) -> String {
    let decimals = match value.abs() {
        large if large >= 100.0 => 0,
        middle if middle >= 10.0 => 1,
        _ => 2,
    };
    let text = format!("{value:.decimals$}");
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), ""), |(whole, rest)| (whole, rest));
    let digits = whole.len();
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (digits - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() { grouped } else { format!("{grouped}.{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_the_median_of_the_rounds_ratios() {
        // The second round was disturbed, for both at once.
        let (ours, others) = ([100.0, 10.0, 120.0], [50.0, 5.0, 60.0]);
        let row = Row::new("home", "requests/s", &ours).beside(&ours, &others).aim(Aim::TimesAtLeast(1.0));
        assert_eq!((row.value, row.beside, row.ratio, row.held()), (100.0, Some(50.0), Some(2.0), Some(true)));
    }

    #[test]
    fn an_aim_that_is_missed_is_said_to_be() {
        let row = Row::one("idle", "MB", 41.0).aim(Aim::AtMost(40.0));
        assert_eq!(row.held(), Some(false));
        assert_eq!(row.to_string(), "idle: 41 MB (≤ 40 MB: MISSED)");
        assert_eq!(row.markdown(), "| idle | 41 | MB |  |  | ≤ 40 MB | **no** |");
    }

    #[test]
    fn a_ratio_without_another_server_is_neither_held_nor_missed() {
        let row = Row::one("home", "requests/s", 12_345.6).aim(Aim::TimesAtLeast(0.9));
        assert_eq!(row.to_string(), "home: 12,346 requests/s (≥ 0.9 ×)");
        assert_eq!((row.held(), row.json()["held"].clone()), (None, Value::Null));
    }

    #[test]
    fn numbers_have_three_figures_and_their_thousands() {
        let numbers = [0.123, 1.5, 14.26, 999.5, 1_234_567.0].map(number);
        assert_eq!(numbers, ["0.12", "1.5", "14.3", "1,000", "1,234,567"]);
    }
}
