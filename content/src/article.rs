//! What an article consists of beside its text, its limits, and the states it goes through.

use crate::Refusal;
use serde::{Deserialize, Serialize};

/// Longest title, subtitle, byline, dateline, in characters.
pub const LONGEST_LINE: usize = 200;
/// Longest name of a person or a source, in characters.
pub const LONGEST_NAME: usize = 100;
/// Longest summary, in characters.
pub const LONGEST_SUMMARY: usize = 500;

/// The fields of an article beside its body. Empty text is "none": a form has no other way to say it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fields {
    /// 标题.
    pub title: String,
    /// 副题.
    pub subtitle: String,
    /// The line under the title that names the speaker and the office; not the editor.
    pub byline: String,
    /// The day or place line above the text, as printed: the day of a speech is not the publish time.
    pub dateline: String,
    /// 来源: where the text was taken from.
    pub source: String,
    /// 作者.
    pub author: String,
    /// 责任编辑.
    pub editor: String,
    /// 摘要.
    pub summary: String,
    /// 关键词, separated by spaces or commas as given.
    pub keywords: String,
}

impl Fields {
    /// Checks the fields of an article that is brought in: it has a title and keeps to the limits.
    ///
    /// # Errors
    /// The first field that is missing, too long or holds control characters.
    pub fn check(&self) -> Result<(), Refusal> {
        required("title", &self.title)?;
        self.limits()
    }

    /// Checks every field against its limit. A draft may still lack any of them.
    ///
    /// # Errors
    /// The first field that is too long or holds control characters.
    pub fn limits(&self) -> Result<(), Refusal> {
        for (field, text, limit) in [
            ("title", &self.title, LONGEST_LINE),
            ("subtitle", &self.subtitle, LONGEST_LINE),
            ("byline", &self.byline, LONGEST_LINE),
            ("dateline", &self.dateline, LONGEST_LINE),
            ("source", &self.source, LONGEST_NAME),
            ("author", &self.author, LONGEST_NAME),
            ("editor", &self.editor, LONGEST_NAME),
            ("summary", &self.summary, LONGEST_SUMMARY),
            ("keywords", &self.keywords, LONGEST_LINE),
        ] {
            limited(field, text, limit)?;
        }
        Ok(())
    }
}

/// Refuses an empty field.
///
/// # Errors
/// `Missing` where the text is empty or blank.
pub fn required(field: &str, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() { Err(Refusal::Missing { field: field.to_owned() }) } else { Ok(()) }
}

/// Refuses a field of one line that is too long or holds control characters.
///
/// # Errors
/// `TooLong` or `BadText`.
pub fn limited(field: &str, text: &str, limit: usize) -> Result<(), Refusal> {
    // Bytes first: a text of a megabyte need not be counted.
    if text.len() > limit * 4 || text.chars().count() > limit {
        return Err(Refusal::TooLong { field: field.to_owned(), limit: limit as u64 });
    }
    if text.chars().any(char::is_control) {
        return Err(Refusal::BadText { field: field.to_owned() });
    }
    Ok(())
}

/// Where an article stands on its way. Whether readers see it is told by its published revision, not by this: a
/// published article that is being corrected is a draft again while readers go on seeing the published text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Being written.
    Draft,
    /// Handed in, waiting for review.
    Submitted,
    /// Reviewed, ready to be published.
    Approved,
    /// Will become public at a time.
    Scheduled,
    /// Public as it is.
    Published,
    /// Was public, taken away.
    Withdrawn,
}

impl State {
    /// All states, in the order of an article's way.
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::Submitted, Self::Approved, Self::Scheduled, Self::Published, Self::Withdrawn];

    /// The name under which the state is stored.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Scheduled => "scheduled",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state with this stored name.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

/// A step on the way of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Save the text.
    Save,
    /// Hand in for review.
    Submit,
    /// Give back to the author.
    Return,
    /// Pass the review.
    Approve,
    /// Become public at a time.
    Schedule,
    /// Become public now.
    Publish,
    /// Leave the public.
    Withdraw,
}

impl State {
    /// The state after `step`: the one table of the newsroom's steps.
    ///
    /// # Errors
    /// `BadStep` where the table has no such way.
    pub const fn after(self, step: Step) -> Result<Self, Refusal> {
        use Step::{Approve, Publish, Return, Save, Schedule, Submit, Withdraw};
        match (self, step) {
            (Self::Withdrawn, Save) => Ok(Self::Withdrawn),
            (_, Save) => Ok(Self::Draft),
            (Self::Draft | Self::Withdrawn, Submit) => Ok(Self::Submitted),
            (Self::Submitted | Self::Approved | Self::Scheduled, Return) => Ok(Self::Draft),
            (Self::Submitted, Approve) => Ok(Self::Approved),
            (Self::Draft | Self::Approved | Self::Withdrawn, Schedule) => Ok(Self::Scheduled),
            (Self::Draft | Self::Approved | Self::Scheduled | Self::Withdrawn, Publish) => Ok(Self::Published),
            (Self::Published, Withdraw) => Ok(Self::Withdrawn),
            (state, step) => Err(Refusal::BadStep { state, step }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_required_and_limited() {
        assert_eq!(Fields::default().check(), Err(Refusal::Missing { field: "title".into() }));
        let long = Fields { title: "题".repeat(201), ..Fields::default() };
        assert_eq!(long.check(), Err(Refusal::TooLong { field: "title".into(), limit: 200 }));
        let control = Fields { title: "a\u{0}b".into(), ..Fields::default() };
        assert_eq!(control.check(), Err(Refusal::BadText { field: "title".into() }));
        assert_eq!(Fields { title: "题".repeat(200), ..Fields::default() }.check(), Ok(()));
    }

    #[test]
    fn what_was_withdrawn_cannot_be_withdrawn_again() {
        assert_eq!(State::Published.after(Step::Withdraw), Ok(State::Withdrawn));
        assert!(State::Withdrawn.after(Step::Withdraw).is_err());
        assert!(State::Published.after(Step::Publish).is_err());
        assert_eq!(State::Withdrawn.after(Step::Publish), Ok(State::Published));
    }
}
