//! Who acts: nobody in particular, the operator at the machine, or an account with its roles.

use crate::{AccountId, SectionId};
use serde::{Deserialize, Serialize};

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
}

impl Actor {
    /// The account to name in the audit, if there is one.
    #[must_use]
    pub const fn account(&self) -> Option<AccountId> {
        match self {
            Self::Account { id, .. } => Some(*id),
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
        }
    }
}
