//! Every reason why we say no. Serialisable: it travels to the browser as it is and is translated there by one
//! exhaustive match. `Display` is the operator's wording, in English, for logs and the command line.

use crate::{account::Role, article, permission::Action};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A request that was understood and is not granted. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// There is nothing here that the actor may see.
    NotFound,
    /// The actor may not do this.
    NotAllowed {
        /// What was asked for.
        action: Action,
    },
    /// The role needs the section it is for, or must not have one.
    BadRole {
        /// The role in question.
        role: Role,
    },
    /// The text cannot be the slug of a section.
    BadSlug {
        /// What was given.
        given: String,
    },
    /// The slug is kept for the system's own addresses.
    ReservedSlug {
        /// What was given.
        given: String,
    },
    /// Another section has this slug.
    SlugTaken {
        /// What was given.
        given: String,
    },
    /// No section has this slug or name.
    UnknownSection {
        /// What was given.
        given: String,
    },
    /// A required field is empty.
    Missing {
        /// Its name in the wire format.
        field: String,
    },
    /// A field is longer than its limit.
    TooLong {
        /// Its name in the wire format.
        field: String,
        /// The limit, in characters (bytes for files).
        limit: u64,
    },
    /// A field holds characters that text cannot have (control characters).
    BadText {
        /// Its name in the wire format.
        field: String,
    },
    /// No such date or time in the calendar.
    BadTime {
        /// What was given.
        given: String,
    },
    /// The document tree breaks a rule of its schema.
    BadDocument {
        /// The rule, in English: a defect of the sender, not something a reader can correct.
        rule: String,
    },
    /// The article's state does not allow this step.
    BadStep {
        /// Where the article is.
        state: article::State,
        /// What was asked for.
        step: article::Step,
    },
    /// The write is based on a revision that is not the newest.
    Stale,
    /// The bytes are not a picture of a kind that we take.
    NotAPicture {
        /// The name under which it came.
        name: String,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("there is nothing here"),
            Self::NotAllowed { action } => write!(f, "not allowed: {action:?}"),
            Self::BadRole { role } => write!(f, "role {role:?}: name a section exactly where the role is for sections"),
            Self::BadSlug { given } => write!(
                f,
                "\"{given}\" is not a slug: expected lower-case letters, digits and single hyphens, starting with a letter"
            ),
            Self::ReservedSlug { given } => write!(f, "\"{given}\" is reserved for the system: choose another slug"),
            Self::SlugTaken { given } => write!(f, "another section has the slug \"{given}\""),
            Self::UnknownSection { given } => {
                write!(f, "section \"{given}\" does not exist: expected the slug or the name of a section")
            }
            Self::Missing { field } => write!(f, "{field} is missing"),
            Self::TooLong { field, limit } => write!(f, "{field} is too long: at most {limit}"),
            Self::BadText { field } => write!(f, "{field} holds control characters"),
            Self::BadTime { given } => {
                write!(f, "\"{given}\" is not a date and time: expected YYYY-MM-DD HH:MM:SS of a day that exists")
            }
            Self::BadDocument { rule } => write!(f, "the document is not valid: {rule}"),
            Self::BadStep { state, step } => write!(f, "an article that is {state:?} cannot be {step:?}"),
            Self::Stale => f.write_str("somebody saved in the meantime"),
            Self::NotAPicture { name } => write!(f, "{name} is not a picture: expected JPEG, PNG, WebP, AVIF or GIF"),
        }
    }
}

impl std::error::Error for Refusal {}

/// What somebody sent, short enough to be shown back to them and free of control characters.
#[must_use]
pub fn quoted(given: &str) -> String {
    const SHOWN: usize = 60;
    let mut shown: String = given.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
    if given.chars().count() > SHOWN {
        shown.push('…');
    }
    shown
}
