//! What an article consists of beside its text, its limits, and the states it goes through.

use crate::{Refusal, Timestamp};
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
    /// Pass a stage of the review.
    Approve,
    /// Become public at a time, with the text that stands now.
    Schedule,
    /// Not become public at that time.
    Unschedule,
    /// Become public now; while it is public already: correct what readers see.
    Publish,
    /// Leave the public.
    Withdraw,
}

/// Most stages of review that a section can have.
pub const MOST_STAGES: u8 = 5;

/// What a step depends on beside the state. Who may take it is told by [`crate::permission`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Whether readers see it, or an earlier text of it.
    pub public: bool,
    /// How many reviews its section asks for, 0 to [`MOST_STAGES`].
    pub stages: u8,
    /// How many of them the text has passed as it stands: approvals of another text do not count.
    pub passed: u8,
}

/// When a row of the table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Always.
    Always,
    /// Readers see the article.
    Public,
    /// The section asks for no review.
    NoReview,
    /// The section asks for none, or the text has passed all.
    Cleared,
    /// The section asks for reviews, and the text has passed all.
    Reviewed,
    /// After one more approval there are still others to come.
    MoreToCome,
}

impl When {
    const fn holds(self, standing: Standing) -> bool {
        let Standing { public, stages, passed } = standing;
        match self {
            Self::Always => true,
            Self::Public => public,
            Self::NoReview => stages == 0,
            Self::Cleared => passed >= stages,
            Self::Reviewed => stages > 0 && passed >= stages,
            Self::MoreToCome => passed + 1 < stages,
        }
    }
}

/// A row of the table of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// Where the article is.
    pub from: State,
    /// What is done.
    pub step: Step,
    /// Where it is then.
    pub to: State,
    /// What has to be so.
    pub when: When,
}

const fn way(from: State, step: Step, to: State, when: When) -> Way {
    Way { from, step, to, when }
}

/// The one table of the newsroom's steps. Of the rows of one state and one step the first that holds is taken; where none
/// does, the step is refused.
///
/// A schedule is bound to the text that was scheduled, so a save leaves it alone. Withdrawing is for emergencies: it is
/// open from every state in which readers see something.
pub const WAYS: &[Way] = {
    use State::{Approved, Draft, Published, Scheduled, Submitted, Withdrawn};
    use Step::{Approve, Publish, Return, Save, Schedule, Submit, Unschedule, Withdraw};
    use When::{Always, Cleared, MoreToCome, NoReview, Public, Reviewed};
    &[
        way(Draft, Save, Draft, Always),
        way(Submitted, Save, Draft, Always),
        // Where and when an article stands is no part of what was reviewed.
        way(Approved, Save, Approved, Reviewed),
        way(Approved, Save, Draft, Always),
        way(Scheduled, Save, Scheduled, Always),
        way(Published, Save, Draft, Always),
        way(Withdrawn, Save, Withdrawn, Always),
        // A text that came back to what was approved is approved.
        way(Draft, Submit, Approved, Reviewed),
        way(Draft, Submit, Submitted, Always),
        way(Withdrawn, Submit, Submitted, Always),
        way(Submitted, Return, Draft, Always),
        way(Approved, Return, Draft, Always),
        way(Submitted, Approve, Submitted, MoreToCome),
        way(Submitted, Approve, Approved, Always),
        way(Draft, Schedule, Scheduled, NoReview),
        way(Submitted, Schedule, Scheduled, NoReview),
        way(Approved, Schedule, Scheduled, Cleared),
        way(Scheduled, Schedule, Scheduled, Cleared),
        way(Withdrawn, Schedule, Scheduled, NoReview),
        way(Scheduled, Unschedule, Approved, Reviewed),
        way(Scheduled, Unschedule, Draft, Always),
        way(Draft, Publish, Published, NoReview),
        way(Submitted, Publish, Published, NoReview),
        way(Approved, Publish, Published, Cleared),
        way(Scheduled, Publish, Published, Cleared),
        way(Withdrawn, Publish, Published, NoReview),
        way(Draft, Withdraw, Withdrawn, Public),
        way(Submitted, Withdraw, Withdrawn, Public),
        way(Approved, Withdraw, Withdrawn, Public),
        way(Scheduled, Withdraw, Withdrawn, Public),
        way(Published, Withdraw, Withdrawn, Public),
    ]
};

impl State {
    /// The state after `step`, by the table [`WAYS`].
    ///
    /// # Errors
    /// `NeedsReview` where only reviews are missing, `BadStep` where the table has no such way.
    pub fn after(self, step: Step, standing: Standing) -> Result<Self, Refusal> {
        let ways = || WAYS.iter().filter(|way| way.from == self && way.step == step);
        if let Some(way) = ways().find(|way| way.when.holds(standing)) {
            return Ok(way.to);
        }
        let Standing { stages, passed, .. } = standing;
        let reviews = ways().any(|way| matches!(way.when, When::NoReview | When::Cleared)) && passed < stages;
        Err(if reviews { Refusal::NeedsReview { passed, stages } } else { Refusal::BadStep { state: self, step } })
    }
}

/// How far ahead an article can be scheduled, in days: beyond a year it is a slip of the pen.
pub const FURTHEST_SCHEDULE: i64 = 366;

/// Checks the time of a schedule: in the future, and not beyond [`FURTHEST_SCHEDULE`].
///
/// # Errors
/// `BadSchedule`.
pub const fn check_schedule(at: Timestamp, now: Timestamp) -> Result<(), Refusal> {
    let furthest = now.0.saturating_add(FURTHEST_SCHEDULE * 86_400_000);
    if at.0 > now.0 && at.0 <= furthest { Ok(()) } else { Err(Refusal::BadSchedule { days: FURTHEST_SCHEDULE }) }
}

/// Longest reason for taking an article away, in characters.
pub const LONGEST_REASON: usize = 200;

/// Checks the reason for which an article is taken away: the record needs one.
///
/// # Errors
/// `Missing`, `TooLong` or `BadText`.
pub fn check_reason(reason: &str) -> Result<(), Refusal> {
    required("reason", reason)?;
    limited("reason", reason, LONGEST_REASON)
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
}
