//! Signing in, one's own password, second factor and sessions.

pub mod api;
mod forms;
mod link;
mod me;
mod sign_in;

pub use link::LinkPage;
pub use me::MePage;
pub use sign_in::{Again, SignInAgain, SignInPage};

use crate::error::AppError;
use content::{Actor, Refusal, desk::Me, permission};
use leptos::prelude::*;

/// Who is signed in, as every room knows it.
#[derive(Clone, Copy)]
pub struct Session {
    /// Nobody before it is known, and where nobody is.
    pub me: RwSignal<Option<Me>>,
    /// Whether that is known.
    pub known: RwSignal<bool>,
    /// The session has ended while somebody worked: they are asked to sign in again.
    pub ended: RwSignal<bool>,
    /// Counts how often the same person has signed in again: what waited may go on.
    pub renewed: RwSignal<u32>,
}

impl Session {
    /// Nobody yet.
    #[must_use]
    pub fn begin() -> Self {
        let (me, known) = (RwSignal::new(None), RwSignal::new(false));
        Self { me, known, ended: RwSignal::new(false), renewed: RwSignal::new(0) }
    }

    /// Looks at an error: where it says that the session has ended, the person is asked to sign in again.
    pub fn guard(&self, error: &AppError) {
        if *error == AppError::Refused(Refusal::SignedOut) && self.me.with_untracked(Option::is_some) {
            self.ended.try_set(true);
        }
    }

    /// Whether the account may do something somewhere on the site. Only for what is shown: the store decides.
    #[must_use]
    pub fn may(&self, action: permission::Action) -> bool {
        self.me.with(|me| {
            me.as_ref().is_some_and(|me| {
                let actor = Actor::Account { id: me.id, grants: me.grants.clone() };
                permission::can(&actor, action, permission::Subject::Site)
            })
        })
    }
}
