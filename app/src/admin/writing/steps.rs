//! The steps of the way, as the engine takes them: everything that was typed is on the server first, and nobody publishes
//! in ignorance what a colleague has just taken away.

use super::{
    api,
    engine::{Engine, Status},
};
use crate::error::AppError;
use content::{Refusal, RevisionId, Timestamp, article::Step, manuscript::Progress};
use leptos::prelude::*;
use std::rc::Rc;

type Taken = Result<Progress, AppError>;

impl Engine {
    /// Goes a step on that readers do not see.
    ///
    /// # Errors
    /// What the server said, or `Transport` where the text did not get there.
    pub async fn step(self: &Rc<Self>, step: Step) -> Taken {
        let base = self.ready().await?;
        self.took(api::take_step(self.article(), base, step).await).await
    }

    /// Makes the text public, or puts it in place of the one that is.
    ///
    /// # Errors
    /// As [`Engine::step`].
    pub async fn publish(self: &Rc<Self>) -> Taken {
        let base = self.ready().await?;
        self.took(api::publish_article(self.article(), base).await).await
    }

    /// Lets the text become public at a time.
    ///
    /// # Errors
    /// As [`Engine::step`].
    pub async fn schedule_at(self: &Rc<Self>, at: Timestamp) -> Taken {
        let base = self.ready().await?;
        self.took(api::schedule_article(self.article(), base, at).await).await
    }

    /// Cancels the schedule.
    ///
    /// # Errors
    /// As [`Engine::step`].
    pub async fn unschedule(self: &Rc<Self>) -> Taken {
        self.ready().await?;
        self.took(api::unschedule_article(self.article()).await).await
    }

    /// Takes the article from readers. Whatever waits to be saved does not keep it before their eyes.
    ///
    /// # Errors
    /// What the server said.
    pub async fn withdraw(self: &Rc<Self>, reason: String) -> Taken {
        self.settle().await;
        self.took(api::withdraw_article(self.article(), reason).await).await
    }

    /// Saves what is there; the revision that stands then.
    async fn ready(self: &Rc<Self>) -> Result<RevisionId, AppError> {
        let public = || self.screen.progress.with_untracked(|progress| progress.address.is_some());
        let before = public();
        if !self.settle().await {
            return Err(match self.screen.status.get_untracked() {
                Status::Refused(refusal) => AppError::Refused(refusal),
                _ => AppError::Transport,
            });
        }
        // The save brought the news that somebody published or withdrew it: the person has to see that first.
        if before == public() { Ok(self.base()) } else { Err(Refusal::Stale.into()) }
    }

    async fn took(self: &Rc<Self>, taken: Taken) -> Taken {
        match &taken {
            Ok(progress) => {
                self.screen.progress.try_set(progress.clone());
                // An action may have left a revision of its own.
                self.refresh().await;
            }
            Err(AppError::Refused(Refusal::Stale | Refusal::BadStep { .. })) => self.refresh().await,
            Err(_) => {}
        }
        taken
    }
}
