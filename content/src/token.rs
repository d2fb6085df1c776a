//! Tokens by which programs write through the interface for them (`/api/v1`): what one may do, how it is made and listed.

use crate::{
    AccountId, LocalTime, Refusal, TokenId,
    article::{limited, required},
    permission::Action,
};
use serde::{Deserialize, Serialize};

/// How every secret begins, so that it is known for what it is where it should not be.
pub const PREFIX: &str = "fx_";
/// Longest name of a token, in characters.
pub const LONGEST_NAME: usize = 40;
/// Most tokens that work at a time.
pub const MOST_TOKENS: u32 = 50;
/// Longest life of a token, in days: one that nobody renews is one that nobody remembers.
pub const LONGEST_LIFE: u32 = 366;
/// Requests that one token may make in a minute, at one server.
pub const MOST_REQUESTS: u32 = 300;

/// A part of what an account may do that its token may do as well. No scope lets a program review: a review is somebody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Begin, change and hand in articles, and put them into the bin.
    #[serde(rename = "articles:write")]
    ArticlesWrite,
    /// Make articles public, correct and withdraw them.
    #[serde(rename = "articles:publish")]
    ArticlesPublish,
    /// Bring files and describe them.
    #[serde(rename = "media:write")]
    MediaWrite,
    /// Change sections.
    #[serde(rename = "sections:write")]
    SectionsWrite,
    /// See and change where old addresses lead.
    #[serde(rename = "redirects:write")]
    RedirectsWrite,
}

impl Scope {
    /// All scopes, in the order in which forms show them.
    pub const ALL: [Self; 5] =
        [Self::ArticlesWrite, Self::ArticlesPublish, Self::MediaWrite, Self::SectionsWrite, Self::RedirectsWrite];

    /// The name under which the scope is stored and told.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::ArticlesWrite => "articles:write",
            Self::ArticlesPublish => "articles:publish",
            Self::MediaWrite => "media:write",
            Self::SectionsWrite => "sections:write",
            Self::RedirectsWrite => "redirects:write",
        }
    }

    /// The scope with this name.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.key() == key)
    }

    /// The scope that an action asks of a token; none where no token may do it. Seeing asks for none.
    #[must_use]
    pub const fn of(action: Action) -> Option<Self> {
        match action {
            Action::Draft | Action::Edit | Action::Submit | Action::Bin => Some(Self::ArticlesWrite),
            Action::Publish | Action::Withdraw => Some(Self::ArticlesPublish),
            Action::AddMedia | Action::ChangeMedia => Some(Self::MediaWrite),
            Action::ManageSections => Some(Self::SectionsWrite),
            Action::ManageRedirects => Some(Self::RedirectsWrite),
            Action::See
            | Action::Review
            | Action::ManageSite
            | Action::ManageAccounts
            | Action::Import
            | Action::ReadRecord => None,
        }
    }
}

/// Whether a token with these scopes may ask its account's leave for this action at all.
#[must_use]
pub fn covers(scopes: &[Scope], action: Action) -> bool {
    action == Action::See || Scope::of(action).is_some_and(|scope| scopes.contains(&scope))
}

/// A token as a form makes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenFields {
    /// What it is for, as the record tells it.
    pub name: String,
    /// The account that it acts for.
    pub account: AccountId,
    /// What of the account's it may do.
    pub scopes: Vec<Scope>,
    /// How long it works, in days.
    pub days: u32,
}

impl TokenFields {
    /// Checks what a form gave.
    ///
    /// # Errors
    /// `Missing`, `TooLong`, `BadText`, `Twice`, `OutOfRange`.
    pub fn check(&self) -> Result<(), Refusal> {
        required("name", &self.name)?;
        limited("name", &self.name, LONGEST_NAME)?;
        if self.scopes.is_empty() {
            return Err(Refusal::Missing { field: "scopes".to_owned() });
        }
        if self.scopes.iter().enumerate().any(|(at, scope)| self.scopes[..at].contains(scope)) {
            return Err(Refusal::Twice { field: "scopes".to_owned() });
        }
        if !(1..=LONGEST_LIFE).contains(&self.days) {
            return Err(Refusal::OutOfRange { field: "days".to_owned(), least: 1, most: LONGEST_LIFE });
        }
        Ok(())
    }
}

/// A token that was just made; its secret is shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeToken {
    /// Its number.
    pub id: TokenId,
    /// What a program sends as `Authorization: Bearer`.
    pub secret: String,
    /// Until when it works.
    pub until: LocalTime,
}

/// Whether a token works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenState {
    /// It does.
    Works,
    /// Somebody took it back.
    Revoked,
    /// Its time is over.
    Expired,
    /// Its account may not sign in.
    Suspended,
}

/// A token in its room: its secret is not known any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRow {
    /// Its number.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// The name of the account that it acts for.
    pub account: String,
    /// What of the account's it may do.
    pub scopes: Vec<Scope>,
    /// Who made it; empty is the system.
    pub by: String,
    /// When.
    pub made: LocalTime,
    /// When it was last used, to the minute.
    pub used: Option<LocalTime>,
    /// Until when it works.
    pub until: LocalTime,
    /// Whether it works.
    pub state: TokenState,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_read_as_it_is_written_and_each_is_asked_for_by_some_action() {
        for scope in Scope::ALL {
            assert_eq!(Scope::of_key(scope.key()), Some(scope));
            assert_eq!(serde_json::to_string(&scope).unwrap(), format!("\"{}\"", scope.key()));
            assert!(Action::ALL.into_iter().any(|action| Scope::of(action) == Some(scope)), "{scope:?}");
        }
        assert_eq!(Scope::of_key("articles"), None);
    }

    #[test]
    fn a_token_has_a_name_a_scope_and_an_end() {
        let fields = |name: &str, scopes: &[Scope], days| {
            TokenFields { name: name.to_owned(), account: AccountId(1), scopes: scopes.to_vec(), days }.check()
        };
        assert_eq!(fields("采集", &[Scope::MediaWrite], 90), Ok(()));
        assert!(matches!(fields(" ", &[Scope::MediaWrite], 90), Err(Refusal::Missing { .. })));
        assert!(matches!(fields("采集", &[], 90), Err(Refusal::Missing { .. })));
        assert!(matches!(fields("采集", &[Scope::MediaWrite; 2], 90), Err(Refusal::Twice { .. })));
        for days in [0, 367] {
            assert!(matches!(fields("采集", &[Scope::MediaWrite], days), Err(Refusal::OutOfRange { .. })));
        }
    }
}
