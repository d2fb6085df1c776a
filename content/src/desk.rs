//! What the rooms of the admin are made of: lists of articles, batches, the dashboard, accounts. Views that store answers
//! with and the app shows.

use crate::{
    AccountId, ArticleId, CivilDate, LocalTime, Refusal, SectionId,
    account::Grant,
    article::{State, Step},
    permission::Action,
    section::SectionLink,
};
use serde::{Deserialize, Serialize};

/// Rows on one page of a list.
pub const PAGE_SIZE: u32 = 50;
/// Most articles in one batch.
pub const LARGEST_BATCH: usize = 500;
/// Longest text to filter by, in characters.
pub const LONGEST_QUERY: usize = 100;

/// The order of a list of articles. The newest stands first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// By the last change.
    #[default]
    Updated,
    /// By the last change, the oldest first.
    UpdatedOldest,
    /// By the time that readers are shown; what has none stands last.
    Shown,
    /// By the moment in which it was begun.
    Created,
    /// By the time for which it is scheduled, the soonest first; what is not scheduled is left out.
    Scheduled,
}

/// Which articles a list shows. What is `None` or empty does not filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// In this section.
    pub section: Option<SectionId>,
    /// In this state.
    pub state: Option<State>,
    /// Begun by this account.
    pub author: Option<AccountId>,
    /// On this day or later, by the time by which the list is ordered.
    pub from: Option<CivilDate>,
    /// On this day or earlier.
    pub to: Option<CivilDate>,
    /// Holds this text in title, subtitle, byline, source, author, editor, keywords or summary.
    pub text: String,
    /// What is in the bin, instead of what is not.
    pub bin: bool,
    /// The order.
    pub sort: Sort,
}

/// An article in a list of the admin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskRow {
    /// Its number.
    pub id: ArticleId,
    /// The title of its working revision; may be empty.
    pub title: String,
    /// Its section's number.
    pub section_id: SectionId,
    /// Its section.
    pub section: SectionLink,
    /// Where it is on its way.
    pub state: State,
    /// Whether readers see it (or an earlier text of it).
    pub public: bool,
    /// Who began it; empty is the system.
    pub author: String,
    /// Its last change.
    pub updated: LocalTime,
    /// The time that readers are shown.
    pub shown: Option<LocalTime>,
    /// When it will become public.
    pub scheduled: Option<LocalTime>,
    /// When it was put into the bin.
    pub binned: Option<LocalTime>,
    /// What the account may do to it.
    pub may: Vec<Action>,
}

/// A page of a list. The marks are opaque words that name the place after or before which the next page begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskPage {
    /// The rows in their order.
    pub rows: Vec<DeskRow>,
    /// The mark of the page after this one.
    pub next: Option<String>,
    /// The mark of the page before this one.
    pub previous: Option<String>,
}

/// What is done to several articles at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Batch {
    /// Put into the bin. What readers see is not taken from them that way: it is refused until it is withdrawn.
    Bin,
    /// Take out of the bin.
    Restore,
    /// Move to this section.
    Move(SectionId),
    /// A step on their way. What readers see is published with the text that stands.
    Step(Step),
    /// Take from readers, for this reason.
    Withdraw(String),
}

/// What a batch did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchDone {
    /// What `undo` takes to bring everything back; none where nothing changed, and where readers saw it change: what they
    /// see is changed by actions of its own only.
    pub undo: Option<i64>,
    /// How many changed.
    pub changed: u32,
    /// Which did not, with the reason.
    pub refused: Vec<(ArticleId, Refusal)>,
}

/// What waits for the account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    /// Drafts of theirs, the last changed first.
    pub drafts: Vec<DeskRow>,
    /// Handed in, and they may review it.
    pub review: Vec<DeskRow>,
    /// Approved, or handed in where there is no review, and they may publish it.
    pub publish: Vec<DeskRow>,
    /// Theirs, handed in and waiting for somebody else.
    pub waiting: Vec<DeskRow>,
    /// What becomes public next, the soonest first.
    pub scheduled: Vec<DeskRow>,
    /// How many fragments of theirs are kept.
    pub fragments: u32,
}

/// A section to choose in the admin, with what the account may do in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionChoice {
    /// Its number.
    pub id: SectionId,
    /// Its slug and name.
    pub link: SectionLink,
    /// Whether the account may begin an article in it.
    pub may_draft: bool,
}

/// The account that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Its number.
    pub id: AccountId,
    /// The name to sign in with.
    pub name: String,
    /// The name that others see.
    pub display_name: String,
    /// Its roles.
    pub grants: Vec<Grant>,
    /// Whether signing in asks for a second factor.
    pub second_factor: bool,
    /// Recovery codes that were not used yet.
    pub recovery_codes: u32,
    /// The key of the local journal, 32 bytes in hexadecimal digits: another account of the same browser has another
    /// one, and nobody has it without signing in. Kept in memory only.
    pub journal_key: String,
}

/// A session of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Its number.
    pub id: i64,
    /// Whether it is this one.
    pub current: bool,
    /// Since when.
    pub created: LocalTime,
    /// When it was last used.
    pub seen: LocalTime,
    /// From where.
    pub address: String,
    /// With which browser, as it says itself.
    pub agent: String,
}

/// An account in the list of accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    /// Its number.
    pub id: AccountId,
    /// The name to sign in with.
    pub name: String,
    /// The name that others see.
    pub display_name: String,
    /// Its roles.
    pub grants: Vec<Grant>,
    /// Whether it may not sign in.
    pub disabled: bool,
    /// Whether it has a password yet.
    pub has_password: bool,
    /// Whether it has a second factor.
    pub second_factor: bool,
}

/// A one-time link, shown once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OneTimeLink {
    /// Path with its token: `/admin/link/…`.
    pub path: String,
    /// Until when it works.
    pub until: LocalTime,
}

/// Whom a one-time link is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkPurpose {
    /// The first administrator: chooses name and password.
    SetUp,
    /// The account with this name chooses a new password.
    Password {
        /// The name to sign in with.
        name: String,
    },
}

/// What an authenticator app is given, shown once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactorOffer {
    /// The secret in base 32, to be typed.
    pub secret: String,
    /// The address that the picture holds: `otpauth://totp/…`.
    pub address: String,
    /// The picture: the path of an SVG's dark squares, and the side of its view box.
    pub picture: (String, u32),
}

/// An account that somebody may choose to filter by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorChoice {
    /// Its number.
    pub id: AccountId,
    /// The name that others see.
    pub name: String,
}

/// An account as a form gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountFields {
    /// The name to sign in with.
    pub name: String,
    /// The name that others see.
    pub display_name: String,
    /// Its roles.
    pub grants: Vec<Grant>,
}
