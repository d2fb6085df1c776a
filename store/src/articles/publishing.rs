//! Publishing, correcting, scheduling, withdrawing: what changes what readers see. Each is one action on the text that its
//! person had before them, and each goes through here, whether somebody asks for it, a batch or the clock.
//!
//! A withdrawal leaves a revision behind, so whoever still has the article open is based on an older one: nobody publishes
//! in ignorance what a colleague has just taken away.

use super::{
    appearing,
    manuscripts::{self, NewRevision, kind},
    reviews::{based_on, standing, step},
    row::statement,
    saving::{editable, state_of, working},
};
use crate::{
    Error, Result, Store,
    entity::{article, revision},
    records::{self, Change, Subject},
    unix_now,
};
use content::{
    Actor, ArticleId, Refusal, RevisionId, Timestamp,
    article::{self as way, Step},
    manuscript::{Manuscript, Progress},
    permission::Action,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde_json::json;

impl Store {
    /// Makes the text that stands public now. While an earlier text is public, this one takes its place.
    ///
    /// # Errors
    /// An actor who may not, `Stale`, `Incomplete`, `NeedsReview`, a section that is gone; `BadStep` where readers see
    /// this very text.
    pub async fn publish_article(&self, actor: &Actor, id: ArticleId, base: RevisionId) -> Result<Progress> {
        let tx = self.write().await?;
        let article = editable(&tx, actor, id, Action::Publish).await?;
        based_on(&article, base)?;
        publish(self, &tx, actor, &article, unix_now()).await?;
        let progress = self.progress_of(&tx, id).await?;
        tx.commit().await?;
        Ok(progress)
    }

    /// Lets the text that stands become public at a time. What is saved later is not in it; scheduling again takes the
    /// text that stands then.
    ///
    /// # Errors
    /// As for publishing; `BadSchedule`.
    pub async fn schedule_article(
        &self,
        actor: &Actor,
        id: ArticleId,
        base: RevisionId,
        at: Timestamp,
    ) -> Result<Progress> {
        let tx = self.write().await?;
        let article = editable(&tx, actor, id, Action::Publish).await?;
        way::check_schedule(at, unix_now())?;
        based_on(&article, base)?;
        schedule(self, &tx, actor, article, at).await?;
        let progress = self.progress_of(&tx, id).await?;
        tx.commit().await?;
        Ok(progress)
    }

    /// A schedule as the record has it.
    fn schedule(&self, article: &article::Model, at: i64) -> String {
        let at = self.zone.shown(Timestamp(at));
        json!({ "at": at.rfc3339(), "revision": article.scheduled_revision_id }).to_string()
    }

    /// Cancels a schedule.
    ///
    /// # Errors
    /// An actor who may not, `BadStep` where there is none.
    pub async fn unschedule_article(&self, actor: &Actor, id: ArticleId) -> Result<Progress> {
        let tx = self.write().await?;
        let article = editable(&tx, actor, id, Action::Publish).await?;
        unschedule(self, &tx, actor, &article, "").await?;
        let progress = self.progress_of(&tx, id).await?;
        tx.commit().await?;
        Ok(progress)
    }

    /// Takes an article from readers, for a reason that stands in the record.
    ///
    /// # Errors
    /// An actor who may not, no reason, `BadStep` where readers do not see it.
    pub async fn withdraw_article(&self, actor: &Actor, id: ArticleId, reason: &str) -> Result<Progress> {
        let tx = self.write().await?;
        let article = editable(&tx, actor, id, Action::Withdraw).await?;
        way::check_reason(reason)?;
        withdraw(self, &tx, actor, &article, reason).await?;
        let progress = self.progress_of(&tx, id).await?;
        tx.commit().await?;
        Ok(progress)
    }
}

/// Publishes the text that stands.
pub(super) async fn publish(
    store: &Store,
    tx: &DatabaseTransaction,
    actor: &Actor,
    article: &article::Model,
    now: Timestamp,
) -> Result<()> {
    let head = working(tx, article).await?;
    publish_text(store, tx, actor, article, &head, now).await
}

/// Publishes one revision: the one that stands, or the one that was scheduled.
pub(super) async fn publish_text(
    store: &Store,
    tx: &DatabaseTransaction,
    actor: &Actor,
    article: &article::Model,
    head: &revision::Model,
    now: Timestamp,
) -> Result<()> {
    let before = state_of(article)?;
    if article.published_revision_id == Some(head.id) {
        return Err(Refusal::BadStep { state: before, step: Step::Publish }.into());
    }
    let text = manuscripts::read(tx, article, head).await?;
    appearing::check(tx, actor, article, &text).await?;
    let mut after = before.after(Step::Publish, standing(tx, article, &text).await?)?;
    if article.working_revision_id != Some(head.id) {
        // What was saved after it was scheduled is a change of what is public.
        after = after.after(Step::Save, way::Standing::default())?;
    }
    appearing::appear(store, tx, article, head, &text, after, now).await?;
    let said = |state: way::State, revision: Option<i64>| json!({ "state": state.key(), "revision": revision });
    let action = if article.published_revision_id.is_some() { "correct" } else { "publish" };
    let (before, after) = (said(before, article.published_revision_id), said(after, Some(head.id)));
    let subject = (Subject::Article, Some(article.id));
    records::audit(tx, actor, action, subject, &before.to_string(), &after.to_string()).await
}

/// Lets the text that stands become public at a time, which the caller has checked.
pub(super) async fn schedule(
    store: &Store,
    tx: &DatabaseTransaction,
    actor: &Actor,
    article: article::Model,
    at: Timestamp,
) -> Result<()> {
    let head = working(tx, &article).await?;
    let text = manuscripts::read(tx, &article, &head).await?;
    appearing::check(tx, actor, &article, &text).await?;
    step(tx, actor, &article, &text, Step::Schedule).await?;
    let sql = "UPDATE articles SET scheduled_at = $2, scheduled_revision_id = $3, updated_at = $4, \
               version = version + 1 WHERE id = $1";
    let values = [article.id.into(), at.0.into(), head.id.into(), unix_now().0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    let before = article.scheduled_at.map_or_else(String::new, |at| store.schedule(&article, at));
    let subject = (Subject::Article, Some(article.id));
    let now = article::Model { scheduled_revision_id: Some(head.id), ..article };
    records::audit(tx, actor, "schedule", subject, &before, &store.schedule(&now, at.0)).await
}

/// Cancels a schedule; `why` where nobody asked for it.
pub(super) async fn unschedule(
    store: &Store,
    tx: &DatabaseTransaction,
    actor: &Actor,
    article: &article::Model,
    why: &str,
) -> Result<()> {
    let head = working(tx, article).await?;
    let text = manuscripts::read(tx, article, &head).await?;
    let state = step(tx, actor, article, &text, Step::Unschedule).await?;
    super::opening::touch(tx, article.id).await?;
    let before = article.scheduled_at.map_or_else(String::new, |at| store.schedule(article, at));
    let mut after = json!({ "state": state.key() });
    if !why.is_empty() {
        after["reason"] = why.into();
    }
    records::audit(tx, actor, "unschedule", (Subject::Article, Some(article.id)), &before, &after.to_string()).await
}

/// Takes an article from readers.
pub(super) async fn withdraw(
    store: &Store,
    tx: &DatabaseTransaction,
    actor: &Actor,
    article: &article::Model,
    reason: &str,
) -> Result<()> {
    let before = state_of(article)?;
    let head = working(tx, article).await?;
    let text = manuscripts::read(tx, article, &head).await?;
    let state = step(tx, actor, article, &text, Step::Withdraw).await?;
    let left = appearing::vanish(store, tx, article).await?;
    note_withdrawal(tx, actor, article, head.id, &text).await?;
    records::changed(tx, left.into_iter().map(|section| Change::article(article.id, section, true))).await?;
    let before = json!({ "state": before.key(), "revision": article.published_revision_id });
    let after = json!({ "state": state.key(), "reason": reason.trim() });
    let subject = (Subject::Article, Some(article.id));
    records::audit(tx, actor, "withdraw", subject, &before.to_string(), &after.to_string()).await
}

/// The revision that a withdrawal leaves behind. Readers see nothing any more, so the place on the desk is the article's.
async fn note_withdrawal(
    tx: &DatabaseTransaction,
    actor: &Actor,
    article: &article::Model,
    head: i64,
    text: &Manuscript,
) -> Result<()> {
    let hidden = article::Model { published_revision_id: None, ..article.clone() };
    let began = unix_now().0;
    let new = NewRevision { base: Some(head), kind: kind::WITHDRAWN, name: "", account: actor.account(), began };
    match manuscripts::write(tx, &hidden, text, new).await {
        Ok(_) => Ok(()),
        // A file that the text names may be gone by now. It is not what keeps an article before readers' eyes.
        Err(Error::Refused(_)) => super::opening::touch(tx, article.id).await,
        Err(error) => Err(error),
    }
}
