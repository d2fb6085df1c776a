//! Who acts: nobody in particular, the operator at the machine, or an account with its roles.

use crate::{AccountId, Refusal, SectionId, TokenId, article, token::Scope};
use serde::{Deserialize, Serialize};

/// Longest name of an account and longest name that others see, in characters.
pub const LONGEST_NAME: usize = 40;
/// Shortest password, in characters.
pub const SHORTEST_PASSWORD: usize = 10;
/// Longest password, in characters: hashing costs time by length.
pub const LONGEST_PASSWORD: usize = 200;

/// Checks a name to sign in with: letters and digits of any script, and between them `.`, `_`, `-`,
/// so that it can be said on the telephone.
///
/// # Errors
/// `Missing`, `TooLong` or `BadName`.
pub fn check_name(name: &str) -> Result<(), Refusal> {
    article::required("name", name)?;
    article::limited("name", name, LONGEST_NAME)?;
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
    let plain = plain && [name.chars().next(), name.chars().next_back()].iter().flatten().all(|c| c.is_alphanumeric());
    if plain { Ok(()) } else { Err(Refusal::BadName { given: crate::refusal::quoted(name) }) }
}

/// Most roles of one account: one for each section of a large site.
pub const MOST_GRANTS: usize = 200;

/// Checks the roles of an account: not too many, none twice, and a section exactly where the role may be for one.
///
/// # Errors
/// `BadRole` or `TooLong`.
pub fn check_grants(grants: &[Grant]) -> Result<(), Refusal> {
    if grants.len() > MOST_GRANTS {
        return Err(Refusal::TooLong { field: "grants".to_owned(), limit: MOST_GRANTS as u64 });
    }
    for (index, grant) in grants.iter().enumerate() {
        let wants = grant.role.needs_section() && grant.section.is_none();
        let odd = grant.role == Role::Administrator && grant.section.is_some();
        if wants || odd || grants[..index].contains(grant) {
            return Err(Refusal::BadRole { role: grant.role });
        }
    }
    Ok(())
}

/// Checks a new password: long enough, not the name, not one letter over and over. Length is what counts; rules about
/// kinds of characters are not asked (NIST SP 800-63B, 3.1.1.2).
///
/// # Errors
/// `WeakPassword` or `TooLong`.
pub fn check_password(password: &str, name: &str) -> Result<(), Refusal> {
    if password.len() > LONGEST_PASSWORD * 4 || password.chars().count() > LONGEST_PASSWORD {
        return Err(Refusal::TooLong { field: "password".to_owned(), limit: LONGEST_PASSWORD as u64 });
    }
    let mut kinds: Vec<char> = password.to_lowercase().chars().collect();
    let length = kinds.len();
    kinds.sort_unstable();
    kinds.dedup();
    let named = !name.is_empty() && password.to_lowercase().contains(&name.to_lowercase());
    if length < SHORTEST_PASSWORD || kinds.len() < 5 || (named && length < name.chars().count() + 6) {
        return Err(Refusal::WeakPassword { shortest: SHORTEST_PASSWORD as u64 });
    }
    Ok(())
}

/// What an account may be. What a role may do stands in [`crate::permission`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Writes and submits articles of their own.
    Reporter,
    /// Writes, edits and reviews within named sections.
    SectionEditor,
    /// Reviews, does not write.
    Reviewer,
    /// Publishes and withdraws.
    Publisher,
    /// Runs the site: sections, identity, accounts.
    Administrator,
}

impl Role {
    /// All roles, in the order in which forms show them.
    pub const ALL: [Self; 5] =
        [Self::Reporter, Self::SectionEditor, Self::Reviewer, Self::Publisher, Self::Administrator];

    /// The name under which the role is stored.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Reporter => "reporter",
            Self::SectionEditor => "section_editor",
            Self::Reviewer => "reviewer",
            Self::Publisher => "publisher",
            Self::Administrator => "administrator",
        }
    }
}

impl Role {
    /// The role with this stored name.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    /// Whether the role is always for a named section.
    #[must_use]
    pub const fn needs_section(self) -> bool {
        matches!(self, Self::SectionEditor)
    }
}

/// A role as one account has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The section it is for; `None` is the whole site.
    pub section: Option<SectionId>,
}

/// Who asks. Every action and every query takes one; there is no default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A reader: sees what is published, changes nothing.
    Anonymous,
    /// Whoever has the machine: the command line and the system's own jobs.
    Operator,
    /// Somebody who signed in.
    Account {
        /// Their account.
        id: AccountId,
        /// What they may be.
        grants: Vec<Grant>,
    },
    /// A program with a token: it may do what its account may, as far as the token goes.
    Token {
        /// The token.
        id: TokenId,
        /// What it is called in the record.
        name: String,
        /// The account that it acts for.
        account: AccountId,
        /// What that account may be.
        grants: Vec<Grant>,
        /// How far the token goes.
        scopes: Vec<Scope>,
    },
}

impl Actor {
    /// The account to name in the audit, if there is one.
    #[must_use]
    pub const fn account(&self) -> Option<AccountId> {
        match self {
            Self::Account { id, .. } | Self::Token { account: id, .. } => Some(*id),
            Self::Anonymous | Self::Operator => None,
        }
    }

    /// The word under which the audit records who acted.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Operator => "operator",
            Self::Account { .. } => "account",
            Self::Token { .. } => "token",
        }
    }

    /// The name of the token with which the account acts; empty where it acts by itself.
    #[must_use]
    pub fn token(&self) -> &str {
        match self {
            Self::Token { name, .. } => name,
            Self::Anonymous | Self::Operator | Self::Account { .. } => "",
        }
    }
}
