//! The only rule table: who may do what, to what. Deny by default; store asks it in every action.

use crate::{AccountId, Actor, Role, SectionId, account::Grant, token};
use serde::{Deserialize, Serialize};

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// See what stands on the desk: lists, drafts, histories.
    See,
    /// Start an article in a section.
    Draft,
    /// Change an article's text or fields.
    Edit,
    /// Hand an article in for review.
    Submit,
    /// Approve or return what was handed in.
    Review,
    /// Make an article public, now or at a time, and correct it.
    Publish,
    /// Take a public article away.
    Withdraw,
    /// Put an article into the bin or take it out.
    Bin,
    /// Add to the media library.
    AddMedia,
    /// Describe, replace or delete what the media library keeps.
    ChangeMedia,
    /// Change identity and front page.
    ManageSite,
    /// Add, change, order and remove sections.
    ManageSections,
    /// See and change where old addresses lead.
    ManageRedirects,
    /// Change accounts and roles.
    ManageAccounts,
    /// Bring in articles from outside, with their old times.
    Import,
    /// Read who did what, and when.
    ReadRecord,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 16] = [
        Self::See,
        Self::Draft,
        Self::Edit,
        Self::Submit,
        Self::Review,
        Self::Publish,
        Self::Withdraw,
        Self::Bin,
        Self::AddMedia,
        Self::ChangeMedia,
        Self::ManageSite,
        Self::ManageSections,
        Self::ManageRedirects,
        Self::ManageAccounts,
        Self::Import,
        Self::ReadRecord,
    ];
}

/// What the action is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The site as a whole.
    Site,
    /// A section, or an article in it that has no author yet.
    Section(SectionId),
    /// An article.
    Article {
        /// The section it stands in.
        section: SectionId,
        /// Who wrote it.
        author: Option<AccountId>,
    },
    /// A picture or file of the media library.
    Media {
        /// Who brought it.
        by: Option<AccountId>,
    },
}

impl Subject {
    const fn section(self) -> Option<SectionId> {
        match self {
            Self::Site | Self::Media { .. } => None,
            Self::Section(section) | Self::Article { section, .. } => Some(section),
        }
    }
}

/// Whether `actor` may do `action` to `subject`.
#[must_use]
pub fn can(actor: &Actor, action: Action, subject: Subject) -> bool {
    match actor {
        Actor::Anonymous => false,
        Actor::Operator => true,
        Actor::Account { id, grants } => granted(*id, grants, action, subject),
        Actor::Token { account, grants, scopes, .. } => {
            token::covers(scopes, action) && granted(*account, grants, action, subject)
        }
    }
}

fn granted(account: AccountId, grants: &[Grant], action: Action, subject: Subject) -> bool {
    grants.iter().any(|grant| {
        // A newsroom has no secrets from those who have a role in it, whatever their section.
        // Nor has the media library sections: whoever writes in one brings pictures for it.
        let everywhere = matches!(action, Action::See | Action::AddMedia | Action::ChangeMedia);
        let covers = everywhere || grant.section.is_none() || grant.section == subject.section();
        covers && role_can(grant.role, account, action, subject)
    })
}

fn role_can(role: Role, account: AccountId, action: Action, subject: Subject) -> bool {
    use Action::{
        AddMedia, Bin, ChangeMedia, Draft, Edit, Import, ManageAccounts, ManageRedirects, ManageSections, ManageSite,
        Publish, ReadRecord, Review, See, Submit, Withdraw,
    };
    let own = match subject {
        Subject::Article { author, .. } => author == Some(account),
        Subject::Media { by } => by == Some(account),
        Subject::Site | Subject::Section(_) => false,
    };
    match role {
        Role::Reporter => match action {
            See | Draft | AddMedia => true,
            Edit | Submit | Bin | ChangeMedia => own,
            Review | Publish | Withdraw | ManageSite | ManageSections | ManageRedirects | ManageAccounts | Import
            | ReadRecord => false,
        },
        // 三审三校: no person does two of the reviews, so nobody reviews what they wrote.
        Role::SectionEditor => match action {
            See | Draft | Edit | Submit | Bin | AddMedia | ChangeMedia => true,
            Review => !own,
            Publish | Withdraw | ManageSite | ManageSections | ManageRedirects | ManageAccounts | Import
            | ReadRecord => false,
        },
        Role::Reviewer => action == See || (action == Review && !own),
        Role::Publisher => {
            matches!(action, See | Draft | Edit | Submit | Bin | AddMedia | ChangeMedia | Publish | Withdraw)
        }
        Role::Administrator => action != Review || !own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{TokenId, token::Scope};

    const HOME: SectionId = SectionId(1);
    const AWAY: SectionId = SectionId(2);
    const ME: AccountId = AccountId(7);
    const OTHER: AccountId = AccountId(8);

    fn actor(role: Role, section: Option<SectionId>) -> Actor {
        Actor::Account { id: ME, grants: vec![Grant { role, section }] }
    }

    fn article(section: SectionId, author: AccountId) -> Subject {
        Subject::Article { section, author: Some(author) }
    }

    #[test]
    fn nobody_may_do_nothing() {
        for action in Action::ALL {
            for subject in [Subject::Site, Subject::Section(HOME), article(HOME, ME)] {
                assert!(!can(&Actor::Anonymous, action, subject), "{action:?}");
                let no_roles = Actor::Account { id: ME, grants: vec![] };
                assert!(!can(&no_roles, action, subject), "{action:?}");
            }
        }
    }

    #[test]
    fn reporter_edits_what_is_theirs_and_cannot_publish() {
        let reporter = actor(Role::Reporter, None);
        assert!(can(&reporter, Action::Edit, article(HOME, ME)));
        assert!(!can(&reporter, Action::Edit, article(HOME, OTHER)));
        assert!(!can(&reporter, Action::Publish, article(HOME, ME)));
        assert!(!can(&reporter, Action::Import, Subject::Site));
    }

    #[test]
    fn section_editor_stays_in_the_section() {
        let editor = actor(Role::SectionEditor, Some(HOME));
        assert!(can(&editor, Action::Edit, article(HOME, OTHER)));
        assert!(!can(&editor, Action::Edit, article(AWAY, OTHER)));
        assert!(!can(&editor, Action::ManageSite, Subject::Site));
    }

    #[test]
    fn the_media_library_is_everybodys_and_reporters_change_only_what_they_brought() {
        let media = |by| Subject::Media { by: Some(by) };
        for role in [Role::Reporter, Role::SectionEditor, Role::Publisher, Role::Administrator] {
            assert!(can(&actor(role, Some(HOME)), Action::AddMedia, Subject::Site), "{role:?}");
            assert!(can(&actor(role, Some(HOME)), Action::ChangeMedia, media(ME)), "{role:?}");
            assert_eq!(can(&actor(role, None), Action::ChangeMedia, media(OTHER)), role != Role::Reporter, "{role:?}");
        }
        assert!(!can(&actor(Role::Reviewer, None), Action::AddMedia, Subject::Site));
        assert!(!can(&actor(Role::Reviewer, None), Action::ChangeMedia, media(ME)));
    }

    #[test]
    fn whoever_has_a_role_sees_the_desk_also_from_another_section() {
        for role in Role::ALL {
            assert!(can(&actor(role, Some(HOME)), Action::See, article(AWAY, OTHER)), "{role:?}");
            assert!(can(&actor(role, Some(HOME)), Action::See, Subject::Site), "{role:?}");
        }
    }

    #[test]
    fn a_token_does_what_its_account_may_and_its_scopes_allow_and_never_reviews() {
        let token = |role, scopes: &[Scope]| Actor::Token {
            id: TokenId(1),
            name: "采集".to_owned(),
            account: ME,
            grants: vec![Grant { role, section: None }],
            scopes: scopes.to_vec(),
        };
        for role in Role::ALL {
            for action in Action::ALL {
                for subject in [Subject::Site, Subject::Section(HOME), article(HOME, ME), article(HOME, OTHER)] {
                    let account = can(&actor(role, None), action, subject);
                    let all = can(&token(role, &Scope::ALL), action, subject);
                    let covered = action == Action::See || Scope::of(action).is_some();
                    assert_eq!(all, account && covered, "{role:?} {action:?}");
                    for scope in Scope::ALL {
                        let one = can(&token(role, &[scope]), action, subject);
                        let wanted = action == Action::See || Scope::of(action) == Some(scope);
                        assert_eq!(one, account && wanted, "{role:?} {action:?} {scope:?}");
                    }
                }
            }
        }
        assert!(!can(&token(Role::Administrator, &Scope::ALL), Action::Review, article(HOME, OTHER)));
        assert!(!can(&token(Role::Administrator, &Scope::ALL), Action::ManageAccounts, Subject::Site));
    }

    #[test]
    fn nobody_reviews_their_own_article() {
        for role in Role::ALL {
            assert!(!can(&actor(role, None), Action::Review, article(HOME, ME)), "{role:?}");
        }
        assert!(can(&actor(Role::Reviewer, None), Action::Review, article(HOME, OTHER)));
    }
}
