//! What is done to several articles at once, and undone.

use super::{
    desk::may_see,
    manuscripts::{self, NewRevision, kind},
    opening::{action_of, go, touch},
    publishing, reviews,
    row::statement,
    saving::{locked, subject_of, working},
};
use crate::{
    Error, Result, Store,
    entity::{article, section},
    records::{self, Subject},
    unix_now,
};
use content::{
    Actor, ArticleId, Refusal, SectionId,
    article::{self as way, State, Step},
    desk::{Batch, BatchDone, LARGEST_BATCH},
    permission::{self, Action},
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait};
use serde::{Deserialize, Serialize};

/// How long a batch can be undone, in milliseconds.
const UNDOABLE: i64 = 24 * 3_600_000;

/// An article as it was before a batch, and its version after it.
#[derive(Serialize, Deserialize)]
struct Before {
    id: i64,
    version: i32,
    state: String,
    deleted_at: Option<i64>,
    section: i64,
    /// When it was changed; 0 in what an earlier version wrote.
    #[serde(default)]
    began: i64,
}

impl Store {
    /// Does the same to several articles; what cannot be done to one does not keep the others.
    ///
    /// # Errors
    /// An actor who may see nothing, too many articles.
    pub async fn change_articles(&self, actor: &Actor, ids: &[ArticleId], batch: &Batch) -> Result<BatchDone> {
        may_see(actor)?;
        let account = actor.account().ok_or(Refusal::SignedOut)?;
        if ids.len() > LARGEST_BATCH {
            return Err(Refusal::TooLong { field: "ids".to_owned(), limit: LARGEST_BATCH as u64 }.into());
        }
        if let Batch::Withdraw(reason) = batch {
            way::check_reason(reason)?;
        }
        let tx = self.write().await?;
        self.stand_in_line(&tx, ids, batch).await?;
        let (mut before, mut refused) = (Vec::new(), Vec::new());
        for id in ids {
            match change(self, &tx, actor, *id, batch).await {
                Ok(was) => before.push(was),
                Err(Error::Refused(refusal)) => refused.push((*id, refusal)),
                Err(error) => return Err(error),
            }
        }
        let mut undo = None;
        if !before.is_empty() && !changes_what_readers_see(batch) {
            let json = serde_json::to_string(&before).map_err(|error| Error::Corrupt(error.to_string()))?;
            let sql = "INSERT INTO undos (account_id, at, before) VALUES ($1, $2, $3) RETURNING id";
            let values = [account.0.into(), unix_now().0.into(), json.into()];
            let row = tx.query_one_raw(statement(&tx, sql, values)).await?;
            undo = row.map(|row| row.try_get("", "id")).transpose()?;
        }
        tx.commit().await?;
        Ok(BatchDone { undo, changed: u32::try_from(before.len()).unwrap_or(u32::MAX), refused })
    }

    /// Locks what a batch can touch, in the order in which everybody takes rows: articles, then the sections whose lists
    /// change, by their numbers. SQLite has one writer at a time.
    async fn stand_in_line(&self, tx: &DatabaseTransaction, ids: &[ArticleId], batch: &Batch) -> Result<()> {
        if self.is_sqlite() || ids.is_empty() {
            return Ok(());
        }
        let ids = ids.iter().map(|id| id.0.to_string()).collect::<Vec<_>>().join(",");
        let articles = format!("SELECT id FROM articles WHERE id IN ({ids}) ORDER BY id FOR UPDATE");
        tx.query_all_raw(statement(tx, &articles, [])).await?;
        if changes_what_readers_see(batch) {
            self.lock_sections(tx).await?;
        }
        Ok(())
    }

    /// Locks all sections, whose lists change in an order that nobody knows yet.
    pub(super) async fn lock_sections(&self, tx: &DatabaseTransaction) -> Result<()> {
        if !self.is_sqlite() {
            tx.query_all_raw(statement(tx, "SELECT id FROM sections ORDER BY id FOR UPDATE", [])).await?;
        }
        Ok(())
    }

    /// Brings everything back that a batch of the actor's changed and nobody has touched since; answers how many.
    ///
    /// # Errors
    /// `NotFound` where there is nothing to undo, or not any more.
    pub async fn undo_batch(&self, actor: &Actor, undo: i64) -> Result<u32> {
        let account = actor.account().ok_or(Refusal::SignedOut)?;
        let tx = self.write().await?;
        let sql = "DELETE FROM undos WHERE id = $1 AND account_id = $2 AND at > $3 RETURNING before";
        let values = [undo.into(), account.0.into(), (unix_now().0 - UNDOABLE).into()];
        let row = tx.query_one_raw(statement(&tx, sql, values)).await?.ok_or(Refusal::NotFound)?;
        let before: Vec<Before> = serde_json::from_str(&row.try_get::<String>("", "before")?)
            .map_err(|error| Error::Corrupt(format!("undo {undo}: {error}")))?;
        let mut brought = 0;
        for was in before {
            let Some(article) = locked(&tx, was.id).await? else { continue };
            if article.version != was.version {
                continue;
            }
            if article.section_id != was.section {
                move_to(&tx, actor, &article, SectionId(was.section)).await?;
            }
            let sql = "UPDATE articles SET state = $2, deleted_at = $3 WHERE id = $1";
            let values = [was.id.into(), was.state.as_str().into(), was.deleted_at.into()];
            tx.execute_raw(statement(&tx, sql, values)).await?;
            // Nobody has touched it since, so these are the batch's own.
            if was.began > 0 {
                reviews::void(&tx, was.id, Some(account), was.began).await?;
            }
            if article.state == State::Draft.key() && was.state != article.state {
                reviews::revive(&tx, was.id, was.began).await?;
            }
            touch(&tx, was.id).await?;
            records::audit(&tx, actor, "undo", (Subject::Article, Some(was.id)), &article.state, &was.state).await?;
            brought += 1;
        }
        tx.commit().await?;
        Ok(brought)
    }
}

/// What readers see is not brought back by writing a state: publishing again or withdrawing is an action that somebody
/// takes, with an entry of its own in the record.
const fn changes_what_readers_see(batch: &Batch) -> bool {
    matches!(batch, Batch::Step(Step::Publish) | Batch::Withdraw(_))
}

async fn change(
    store: &Store,
    tx: &DatabaseTransaction,
    actor: &Actor,
    id: ArticleId,
    batch: &Batch,
) -> Result<Before> {
    let began = unix_now().0;
    let article = locked(tx, id.0).await?.ok_or(Refusal::NotFound)?;
    let action = match batch {
        Batch::Withdraw(_) => Action::Withdraw,
        Batch::Bin | Batch::Restore => Action::Bin,
        Batch::Move(_) => Action::Edit,
        Batch::Step(step) => action_of(*step),
    };
    if !permission::can(actor, action, subject_of(&article)) {
        return Err(Error::not_allowed(action));
    }
    if article.deleted_at.is_some() != matches!(batch, Batch::Restore) {
        return Err(if article.deleted_at.is_some() { Refusal::InBin } else { Refusal::NotFound }.into());
    }
    match batch {
        Batch::Bin | Batch::Move(_) => loose(&article)?,
        Batch::Step(_) | Batch::Withdraw(_) | Batch::Restore => {}
    }
    match batch {
        Batch::Step(Step::Publish) => publishing::publish(store, tx, actor, &article, unix_now()).await?,
        Batch::Withdraw(reason) => publishing::withdraw(store, tx, actor, &article, reason).await?,
        Batch::Bin => bin(tx, actor, &article, Some(unix_now().0)).await?,
        Batch::Restore => bin(tx, actor, &article, None).await?,
        Batch::Move(section) => move_to(tx, actor, &article, *section).await?,
        Batch::Step(step) => go(tx, actor, &article, *step).await?,
    }
    let version = article::Entity::find_by_id(id.0).one(tx).await?.map_or(0, |row| row.version);
    let article::Model { id, state, deleted_at, section_id: section, .. } = article;
    Ok(Before { id, version, state, deleted_at, section, began })
}

/// Whether the article can be moved or put into the bin: nobody sees it, and no schedule waits for it.
pub(super) fn loose(article: &article::Model) -> Result<()> {
    if article.published_revision_id.is_some() {
        return Err(Refusal::StillPublic.into());
    }
    if article.scheduled_at.is_some() {
        return Err(Refusal::StillScheduled.into());
    }
    Ok(())
}

pub(super) async fn bin(
    tx: &DatabaseTransaction,
    actor: &Actor,
    article: &article::Model,
    at: Option<i64>,
) -> Result<()> {
    let sql = "UPDATE articles SET deleted_at = $2 WHERE id = $1";
    tx.execute_raw(statement(tx, sql, [article.id.into(), at.into()])).await?;
    touch(tx, article.id).await?;
    let word = if at.is_some() { "bin" } else { "unbin" };
    records::audit(tx, actor, word, (Subject::Article, Some(article.id)), "", "").await
}

/// A move is a revision like any other change, so that a tab in which the article is open learns of it.
async fn move_to(tx: &DatabaseTransaction, actor: &Actor, article: &article::Model, section: SectionId) -> Result<()> {
    if !permission::can(actor, Action::Draft, permission::Subject::Section(section)) {
        return Err(Error::not_allowed(Action::Draft));
    }
    if section::Entity::find_by_id(section.0).one(tx).await?.is_none() {
        return Err(Refusal::UnknownSection { given: section.to_string() }.into());
    }
    let head = working(tx, article).await?;
    let mut manuscript = manuscripts::read(tx, article, &head).await?;
    manuscript.placement.section = section;
    manuscript.placement.further.retain(|other| *other != section);
    let now = unix_now().0;
    let new = NewRevision { base: Some(head.id), kind: kind::AUTOSAVE, name: "", account: actor.account(), began: now };
    manuscripts::write(tx, article, &manuscript, new).await?;
    let (before, after) = (article.section_id.to_string(), section.to_string());
    records::audit(tx, actor, "move", (Subject::Article, Some(article.id)), &before, &after).await
}
