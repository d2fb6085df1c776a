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
    /// The bytes are not a file of a kind that we take.
    NotAFile {
        /// The name under which it came.
        name: String,
    },
    /// The picture's data ends too early or is damaged.
    BrokenPicture {
        /// The name under which it came.
        name: String,
    },
    /// The picture would take too much memory to be looked at.
    TooManyPixels {
        /// The name under which it came.
        name: String,
        /// The limit, in millions of pixels; those of all frames together where it moves.
        megapixels: u64,
    },
    /// The moving picture has too many frames.
    TooManyFrames {
        /// The name under which it came.
        name: String,
        /// The limit.
        limit: u64,
    },
    /// HEIC or AVIF: to be sent as JPEG.
    HighEfficiency {
        /// The name under which it came.
        name: String,
    },
    /// Articles need the file: it has to be taken out of them first.
    InUse {
        /// How many.
        uses: u32,
    },
    /// A picture can only be replaced by a picture, a film by a film.
    OtherKind,
    /// There is no room left to keep the bytes.
    NoRoom,
    /// The account has begun too many uploads that are not finished.
    TooManyUploads {
        /// The limit.
        limit: u64,
    },
    /// Nobody is signed in, or the session has ended.
    SignedOut,
    /// Name, password or code are not right. Which of them is not told.
    BadCredentials,
    /// The password is right and a code of the second factor is needed.
    NeedsCode,
    /// Too many failures: try again later.
    TooManyAttempts {
        /// After so many seconds.
        seconds: u64,
    },
    /// The one-time link was used, has expired, or never was.
    DeadLink,
    /// The password is too easy to guess.
    WeakPassword {
        /// The least number of characters.
        shortest: u64,
    },
    /// The text cannot be the name of an account.
    BadName {
        /// What was given.
        given: String,
    },
    /// Another account has this name.
    NameTaken {
        /// What was given.
        given: String,
    },
    /// The account may not sign in: let it in again first.
    AccountDisabled,
    /// The site would be left without an administrator who can sign in.
    LastAdministrator,
    /// Required fields are empty, so the article cannot go on.
    Incomplete {
        /// Their names in the wire format.
        fields: Vec<String>,
    },
    /// Readers see the article: it has to be withdrawn before it can go into the bin.
    StillPublic,
    /// The article is in the bin: it has to be restored first.
    InBin,
    /// The article will become public at a time: that has to be cancelled before it can be moved or put into the bin.
    StillScheduled,
    /// The article was public and was taken away.
    Gone,
    /// The text has not passed all reviews that its section asks for.
    NeedsReview {
        /// How many it has passed as it stands.
        passed: u8,
        /// How many there are.
        stages: u8,
    },
    /// The account has approved this text already: each review is somebody else's.
    ApprovedAlready,
    /// The time of a schedule is past or too far ahead.
    BadSchedule {
        /// How far ahead it may be, in days.
        days: i64,
    },
    /// So many links to previews of it work already: one has to be taken back first.
    TooManyLinks {
        /// The most at a time.
        limit: u64,
    },
    /// A number or a count is not within its limits.
    OutOfRange {
        /// Its name in the wire format.
        field: String,
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// A list names something twice.
    Twice {
        /// The list's name in the wire format.
        field: String,
    },
    /// The text is not the address of a page that a link can lead to.
    BadAddress {
        /// What was given.
        given: String,
    },
    /// The text is not a host name.
    BadDomain {
        /// What was given.
        given: String,
    },
    /// The text is not a code of the register of government sites.
    BadCode {
        /// What was given.
        given: String,
    },
    /// Something would end before it begins.
    BadPeriod,
    /// Sections have two levels.
    TooDeep,
    /// The slug leads to another section, which had it before.
    OldAddress {
        /// What was given.
        given: String,
        /// The name of the section to which it leads.
        section: String,
    },
    /// Articles stand in the section: name the one into which they move.
    SectionInUse {
        /// How many.
        articles: u64,
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
            Self::NotAPicture { name } => write!(f, "{name} is not a picture: expected JPEG, PNG, WebP or GIF"),
            Self::NotAFile { name } => {
                write!(
                    f,
                    "{name} is not a file that is taken: expected PDF, Office, OFD, zip, MP3, MP4, WebM or a picture"
                )
            }
            Self::BrokenPicture { name } => write!(f, "{name} is damaged or cut off: send the whole picture"),
            Self::TooManyPixels { name, megapixels } => {
                write!(f, "{name} has too many pixels: expected at most {megapixels} million")
            }
            Self::TooManyFrames { name, limit } => write!(f, "{name} has too many frames: expected at most {limit}"),
            Self::HighEfficiency { name } => write!(f, "{name} is HEIC or AVIF: export it as JPEG and send that"),
            Self::InUse { uses } => write!(f, "{uses} articles use it: take it out of them first"),
            Self::OtherKind => f.write_str("the files are of different kinds: choose one of the same kind"),
            Self::NoRoom => f.write_str("there is no room left in the media store"),
            Self::TooManyUploads { limit } => {
                write!(f, "too many uploads are not finished: at most {limit}, finish or cancel some")
            }
            Self::SignedOut => f.write_str("nobody is signed in"),
            Self::BadCredentials => f.write_str("name, password or code are not right"),
            Self::NeedsCode => f.write_str("a code of the second factor is needed"),
            Self::TooManyAttempts { seconds } => write!(f, "too many attempts: try again after {seconds} seconds"),
            Self::DeadLink => f.write_str("the link was used or has expired"),
            Self::WeakPassword { shortest } => {
                write!(f, "the password is too easy to guess: expected at least {shortest} characters, not the name")
            }
            Self::BadName { given } => write!(
                f,
                "\"{given}\" is not a name to sign in with: expected letters and digits, and between them . _ -"
            ),
            Self::NameTaken { given } => write!(f, "another account has the name \"{given}\""),
            Self::AccountDisabled => f.write_str("the account may not sign in: let it in again first"),
            Self::LastAdministrator => f.write_str("the site would be left without an administrator"),
            Self::Incomplete { fields } => write!(f, "still missing: {}", fields.join(", ")),
            Self::StillPublic => f.write_str("readers see the article: withdraw it first"),
            Self::InBin => f.write_str("the article is in the bin: restore it first"),
            Self::StillScheduled => f.write_str("the article is scheduled: cancel the schedule first"),
            Self::Gone => f.write_str("the article was withdrawn"),
            Self::NeedsReview { passed, stages } => {
                write!(f, "the text has passed {passed} of {stages} reviews: hand it in for the others")
            }
            Self::ApprovedAlready => f.write_str("this text was approved by the same account: somebody else has to"),
            Self::BadSchedule { days } => {
                write!(f, "the time of a schedule must be in the future and at most {days} days ahead")
            }
            Self::TooManyLinks { limit } => {
                write!(f, "{limit} links to previews of it work already: take one back first")
            }
            Self::OutOfRange { field, least, most } => write!(f, "{field} is out of range: expected {least} to {most}"),
            Self::Twice { field } => write!(f, "{field} names something twice"),
            Self::BadAddress { given } => write!(
                f,
                "\"{given}\" is not an address that can be linked: expected http://, https:// or, for a page of this site, /"
            ),
            Self::BadDomain { given } => {
                write!(f, "\"{given}\" is not a host name: expected one such as www.example.cn, without http://")
            }
            Self::BadCode { given } => {
                write!(
                    f,
                    "\"{given}\" is not the code of a government site: expected ten letters and digits, or nothing"
                )
            }
            Self::BadPeriod => f.write_str("it would end before it begins"),
            Self::TooDeep => f.write_str("sections have two levels: choose a section of the first level"),
            Self::OldAddress { given, section } => {
                write!(
                    f,
                    "\"{given}\" is a former address of section \"{section}\" and leads there: choose another slug"
                )
            }
            Self::SectionInUse { articles } => {
                write!(f, "{articles} articles stand in the section: name the section into which they move")
            }
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
