//! The record: who did what, when, from where, and what was before and after. Views that store answers with and the
//! record room shows.

use crate::{AccountId, CivilDate, LocalTime, Refusal, article::limited};
use serde::{Deserialize, Serialize};

/// Longest key of an action or a kind, in characters.
pub const LONGEST_KEY: usize = 40;
/// Longest address to filter by: one of IPv6 with its zone, in characters.
pub const LONGEST_ADDRESS: usize = 64;

/// Who acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// Somebody who was signed in.
    Account(AccountId),
    /// Whoever has the machine: the command line and the system's own work.
    System,
    /// Nobody that we know: a reader, or somebody at the door.
    Visitor,
}

/// What something was done to: a kind, or one of its records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordSubject {
    /// The kind's key, as `article`.
    pub kind: String,
    /// Only this one.
    #[serde(default)]
    pub id: Option<i64>,
}

/// Which entries are shown. What is `None` or empty does not filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordFilter {
    /// By whom.
    pub who: Option<Who>,
    /// The key of the action, as `publish`.
    pub action: Option<String>,
    /// What it was done to.
    pub subject: Option<RecordSubject>,
    /// On this day or later.
    pub from: Option<CivilDate>,
    /// On this day or earlier.
    pub to: Option<CivilDate>,
    /// From exactly this address.
    pub address: String,
}

impl RecordFilter {
    /// Checks what an address or a form gave.
    ///
    /// # Errors
    /// `TooLong` or `BadText`.
    pub fn check(&self) -> Result<(), Refusal> {
        limited("action", self.action.as_deref().unwrap_or_default(), LONGEST_KEY)?;
        limited("subject", self.subject.as_ref().map_or("", |subject| &subject.kind), LONGEST_KEY)?;
        limited("address", &self.address, LONGEST_ADDRESS)
    }
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordRow {
    /// Its number.
    pub id: i64,
    /// When, to the second.
    pub at: LocalTime,
    /// Who acted.
    pub who: Who,
    /// The name of the account as it is now; empty where it was none.
    pub name: String,
    /// The name of the token with which it acted; empty where it acted by itself.
    #[serde(default)]
    pub token: String,
    /// The key of what was done.
    pub action: String,
    /// The key of the kind that it was done to.
    pub subject: String,
    /// The record; none for a batch.
    pub subject_id: Option<i64>,
    /// What the record is called now, where it is still there and is called something.
    pub title: Option<String>,
    /// What was: a short text, or JSON of the fields that changed. Empty where nothing was.
    pub before: String,
    /// What is.
    pub after: String,
    /// From where, where that is kept.
    pub address: String,
}

/// A page of the record. The marks are opaque words that name the place after or before which the next page begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordPage {
    /// The newest first.
    pub rows: Vec<RecordRow>,
    /// The mark of the page after this one.
    pub next: Option<String>,
    /// The mark of the page before this one.
    pub previous: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_that_no_key_could_be_is_refused() {
        let key = |action: &str| RecordFilter { action: Some(action.to_owned()), ..RecordFilter::default() };
        assert_eq!(key("publish").check(), Ok(()));
        assert_eq!(key(&"x".repeat(41)).check(), Err(Refusal::TooLong { field: "action".into(), limit: 40 }));
        assert_eq!(key("a\u{0}").check(), Err(Refusal::BadText { field: "action".into() }));
    }

    #[test]
    fn an_empty_filter_travels_as_an_empty_object() {
        assert_eq!(serde_json::from_str::<RecordFilter>("{}").unwrap(), RecordFilter::default());
        let who: RecordFilter = serde_json::from_str(r#"{"who":{"account":3},"subject":{"kind":"article"}}"#).unwrap();
        assert_eq!(who.who, Some(Who::Account(AccountId(3))));
        assert_eq!(who.subject, Some(RecordSubject { kind: "article".to_owned(), id: None }));
    }
}
