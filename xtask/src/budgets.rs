//! What readers may be asked to download, and whether the build keeps to it.

use std::fs;
use std::path::Path;

use crate::failure::{Outcome, Told};

/// The most bytes, compressed by brotli, of each part of a reader's first load, and of the admin's.
#[derive(Debug, PartialEq)]
pub struct Budgets {
    /// The main wasm.
    pub wasm: u64,
    /// The JavaScript that starts it.
    pub glue: u64,
    /// The style sheet.
    pub css: u64,
    /// The editor's script.
    pub editor: u64,
    /// The admin's style sheet.
    pub admin_css: u64,
    /// Everything that an article which is opened to be written downloads with an empty cache.
    pub edit_screen: u64,
}

/// The parts that have a budget.
const PARTS: [&str; 6] = ["wasm", "glue", "css", "editor", "admin_css", "edit_screen"];

impl Budgets {
    /// Reads budgets.toml.
    pub fn read(path: &Path) -> Outcome<Self> {
        let text = fs::read_to_string(path).told(format!("{} cannot be read", path.display()))?;
        Self::parse(&text).map_err(|reason| format!("{}: {reason}", path.display()).into())
    }

    fn parse(text: &str) -> Result<Self, String> {
        let table: toml::Table = text.parse().map_err(|error| format!("{error}"))?;
        if let Some(unknown) = table.keys().find(|key| !PARTS.contains(&key.as_str())) {
            return Err(format!("there is no budget called `{unknown}`, only {}", PARTS.join(", ")));
        }
        let bytes = |key: &str| match table.get(key).and_then(|value| value.as_integer()) {
            Some(bytes) => u64::try_from(bytes).map_err(|_| format!("`{key}` is below zero")),
            None => Err(format!("`{key}` is missing: a whole number of bytes is expected")),
        };
        Ok(Self {
            wasm: bytes("wasm")?,
            glue: bytes("glue")?,
            css: bytes("css")?,
            editor: bytes("editor")?,
            admin_css: bytes("admin_css")?,
            edit_screen: bytes("edit_screen")?,
        })
    }
}

/// A part of a first load: its name, its budget and its size.
pub struct Weighed {
    /// The part's name in budgets.toml.
    pub part: String,
    /// Its bytes as they are.
    pub raw: u64,
    /// Its bytes compressed by brotli.
    pub brotli: u64,
    /// The most that the latter may be.
    pub budget: u64,
}

/// Names every part that is too large, or nothing when each one fits.
pub fn judge(parts: &[Weighed]) -> Outcome {
    let over: Vec<String> = parts
        .iter()
        .filter(|part| part.brotli > part.budget)
        .map(|Weighed { part, brotli, budget, .. }| {
            format!(
                "{part} is {brotli} bytes (brotli), {} over its budget of {budget} in budgets.toml",
                brotli - budget
            )
        })
        .collect();
    match over.is_empty() {
        true => Ok(()),
        false => Err(over.join("\n").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weighed(brotli: u64, budget: u64) -> Weighed {
        Weighed { part: "wasm".into(), raw: 0, brotli, budget }
    }

    #[test]
    fn budgets_are_read() {
        let text = "wasm = 200_000\nglue = 7000\ncss = 9000\neditor = 1\nadmin_css = 2\nedit_screen = 3";
        let wanted = Budgets { wasm: 200_000, glue: 7000, css: 9000, editor: 1, admin_css: 2, edit_screen: 3 };
        assert_eq!(Budgets::parse(text).unwrap(), wanted);
    }

    #[test]
    fn an_unknown_missing_or_negative_budget_is_named() {
        assert!(Budgets::parse("wasn = 1").unwrap_err().contains("`wasn`"));
        assert!(Budgets::parse("wasm = 1\nglue = 1").unwrap_err().contains("`css`"));
        assert!(Budgets::parse("wasm = -1\nglue = 1\ncss = 1").unwrap_err().contains("`wasm`"));
    }

    #[test]
    fn a_part_at_its_budget_fits() {
        assert!(judge(&[weighed(100, 100)]).is_ok());
    }

    #[test]
    fn a_part_over_its_budget_is_named_with_size_and_budget() {
        let text = judge(&[weighed(101, 100)]).unwrap_err().to_string();
        assert!(text.contains("wasm is") && text.contains("101") && text.contains("100"), "{text}");
    }
}
