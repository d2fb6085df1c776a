//! Saving: an acknowledged write is on the disk, nobody's words are overwritten in silence, and the same save twice is one.

use super::{
    fragments,
    manuscripts::{self, NewRevision, kind},
    merging,
    reviews::step,
    row::statement,
    tabs::{self, Answer, Tab},
};
use crate::{
    Error, Result, Store,
    entity::{account, article, revision, section},
    records::{self, Subject},
    unix_now,
};
use content::{
    AccountId, Actor, ArticleId, Refusal, RevisionId, SectionId, Timestamp,
    article::{State, Step, limited},
    manuscript::{LONGEST_REVISION_NAME, LONGEST_TAB, Manuscript, Save, SaveKind, Saved},
    merge,
    permission::{self, Action},
};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Saves of one person that follow each other are one revision for so long, in milliseconds.
const BURST: i64 = 10 * 60 * 1000;

impl Store {
    /// Saves what a tab holds, merged with what others saved meanwhile.
    ///
    /// # Errors
    /// An actor who may not, a manuscript that breaks a limit, `InBin`, `Stale` for a save older than the tab's last.
    pub async fn save_article(&self, actor: &Actor, save: &Save) -> Result<Saved> {
        let account = actor.account().ok_or(Refusal::SignedOut)?;
        limited("tab", &save.tab, LONGEST_TAB)?;
        if let SaveKind::Kept(name) = &save.kind {
            limited("revision_name", name, LONGEST_REVISION_NAME)?;
        }
        save.manuscript.check()?;
        let tx = self.write().await?;
        let article = editable(&tx, actor, save.article, Action::Edit).await?;
        let tab = tabs::take(&tx, &save.tab, save.article, account, save.base).await?;
        let answer = match tab.answered(save.serial)? {
            Some(answer) => answer,
            None => {
                let answer = self.store_save(&tx, actor, account, &article, save).await?;
                tabs::answered(&tx, &tab, save.serial, &answer).await?;
                prune(&tx, article.id).await?;
                answer
            }
        };
        let saved = self.saved(&tx, &tab, answer).await?;
        tx.commit().await?;
        Ok(saved)
    }

    async fn store_save(
        &self,
        tx: &DatabaseTransaction,
        actor: &Actor,
        account: AccountId,
        article: &article::Model,
        save: &Save,
    ) -> Result<Answer> {
        let head = working(tx, article).await?;
        let stands = manuscripts::read(tx, article, &head).await?;
        // The tab may not know yet that a section is gone.
        let mut mine = save.manuscript.clone();
        merging::settle(tx, SectionId(article.section_id), &mut mine.placement).await?;
        let (manuscript, clashes) = if save.base.0 == head.id {
            (mine, Vec::new())
        } else {
            let base = base_of(tx, article, save.base).await?;
            let merged = merge::merge(&base, &mine, &stands);
            (merged.manuscript, merged.clashes)
        };
        manuscript.check()?;
        may_place(tx, actor, article, &manuscript).await?;
        let by = name_of(tx, head.account_id.filter(|_| !clashes.is_empty())).await?;
        let fragment = match clashes.is_empty() {
            true => None,
            false => Some(fragments::keep(tx, account, save.article, &by, &clashes).await?),
        };
        let revision = put(tx, actor, account, article, &head, &stands, &manuscript, &save.kind).await?;
        let merged = manuscript != save.manuscript;
        Ok(Answer { revision, merged, clashes, fragment, by })
    }

    /// The answer to a save, with what stands in the revision that it names.
    async fn saved(&self, tx: &DatabaseTransaction, tab: &Tab, answer: Answer) -> Result<Saved> {
        let article = article::Entity::find_by_id(tab.article).one(tx).await?.ok_or(Refusal::NotFound)?;
        let row = revision::Entity::find_by_id(answer.revision.0).one(tx).await?.ok_or(Refusal::NotFound)?;
        let merged = match answer.merged {
            true => Some(manuscripts::read(tx, &article, &row).await?),
            false => None,
        };
        let files = match &merged {
            Some(manuscript) => self.files_of(manuscript).await?,
            None => Vec::new(),
        };
        Ok(Saved {
            revision: answer.revision,
            at: self.zone.shown(Timestamp(unix_now().0)),
            progress: self.progress(tx, &article, &row).await?,
            merged,
            clashes: answer.clashes,
            fragment: answer.fragment,
            by: answer.by,
            files,
            others: tabs::others(tx, ArticleId(article.id), &tab.word).await?,
        })
    }

    /// Makes an earlier revision the one that editors see. `base` is the one that they see now.
    ///
    /// # Errors
    /// `Stale` where somebody saved meanwhile.
    pub async fn restore_revision(
        &self,
        actor: &Actor,
        id: ArticleId,
        revision: RevisionId,
        base: RevisionId,
    ) -> Result<Saved> {
        let account = actor.account().ok_or(Refusal::SignedOut)?;
        let tx = self.write().await?;
        let article = editable(&tx, actor, id, Action::Edit).await?;
        if article.working_revision_id != Some(base.0) {
            return Err(Refusal::Stale.into());
        }
        let row = revision_of(&tx, &article, revision).await?;
        let manuscript = manuscripts::read(&tx, &article, &row).await?;
        may_place(&tx, actor, &article, &manuscript).await?;
        let now = unix_now().0;
        let new =
            NewRevision { base: Some(row.id), kind: kind::RESTORED, name: "", account: Some(account), began: now };
        let written = manuscripts::write(&tx, &article, &manuscript, new).await?;
        step(&tx, actor, &article, &manuscript, Step::Save).await?;
        let (before, after) = (base.to_string(), revision.to_string());
        records::audit(&tx, actor, "restore", (Subject::Article, Some(id.0)), &before, &after).await?;
        let tab = Tab { word: String::new(), article: id.0, serial: 0, answer: String::new() };
        let answer = Answer { revision: written, merged: true, ..Answer::default() };
        let saved = self.saved(&tx, &tab, answer).await?;
        tx.commit().await?;
        Ok(saved)
    }
}

/// Writes the revision of a save, or none where nothing is new.
#[allow(clippy::too_many_arguments)]
pub(super) async fn put(
    tx: &DatabaseTransaction,
    actor: &Actor,
    account: AccountId,
    article: &article::Model,
    head: &revision::Model,
    stands: &Manuscript,
    manuscript: &Manuscript,
    save: &SaveKind,
) -> Result<RevisionId> {
    let now = unix_now().0;
    let subject = (Subject::Article, Some(article.id));
    if manuscript == stands {
        if let SaveKind::Kept(name) = save {
            name_it(tx, head.id, name).await?;
            records::audit(tx, actor, "keep", subject, "", name).await?;
        }
        return Ok(RevisionId(head.id));
    }
    let is_burst = head.kind == kind::AUTOSAVE
        && head.account_id == Some(account.0)
        && now - head.began_at < BURST
        && article.published_revision_id != Some(head.id)
        && article.scheduled_revision_id != Some(head.id);
    let (new_kind, name) = match save {
        SaveKind::Auto => (kind::AUTOSAVE, ""),
        SaveKind::Kept(name) => (kind::KEPT, name.as_str()),
    };
    let began = if is_burst { head.began_at } else { now };
    let new = NewRevision { base: Some(head.id), kind: new_kind, name, account: Some(account), began };
    let revision = manuscripts::write(tx, article, manuscript, new).await?;
    if is_burst {
        let sql = "UPDATE revisions SET kind = $2 WHERE id = $1";
        tx.execute_raw(statement(tx, sql, [head.id.into(), kind::FOLDED.into()])).await?;
    }
    if !is_burst || *save != SaveKind::Auto {
        let (before, after) = (head.id.to_string(), revision.to_string());
        records::audit(tx, actor, "save", subject, &before, &after).await?;
    }
    step(tx, actor, article, manuscript, Step::Save).await?;
    Ok(revision)
}

pub(super) async fn name_it(tx: &impl ConnectionTrait, revision: i64, name: &str) -> Result<()> {
    let sql = "UPDATE revisions SET kind = $2, name = $3 WHERE id = $1";
    tx.execute_raw(statement(tx, sql, [revision.into(), kind::KEPT.into(), name.into()])).await?;
    Ok(())
}

pub(super) fn state_of(article: &article::Model) -> Result<State> {
    State::of_key(&article.state).ok_or_else(|| Error::Corrupt(format!("article {} is {}", article.id, article.state)))
}

/// The article's row, which nobody else changes until the transaction ends.
pub(super) async fn locked(tx: &DatabaseTransaction, id: i64) -> Result<Option<article::Model>> {
    // SQLite has one writer at a time and no such clause.
    Ok(article::Entity::find_by_id(id).lock_exclusive().one(tx).await?)
}

/// The article, if the actor may do this to it and it is not in the bin.
pub(super) async fn editable(
    tx: &DatabaseTransaction,
    actor: &Actor,
    id: ArticleId,
    action: Action,
) -> Result<article::Model> {
    super::desk::may_see(actor)?;
    let article = locked(tx, id.0).await?.ok_or(Refusal::NotFound)?;
    if !permission::can(actor, action, subject_of(&article)) {
        return Err(Error::not_allowed(action));
    }
    if article.deleted_at.is_some() {
        return Err(Refusal::InBin.into());
    }
    Ok(article)
}

pub(super) fn subject_of(article: &article::Model) -> permission::Subject {
    let section = SectionId(article.section_id);
    permission::Subject::Article { section, author: article.author_id.map(AccountId) }
}

/// Whether the actor may put the article where the manuscript says, and whether that place exists.
pub(super) async fn may_place(
    tx: &impl ConnectionTrait,
    actor: &Actor,
    article: &article::Model,
    manuscript: &Manuscript,
) -> Result<()> {
    places_exist(tx, manuscript).await?;
    let place = &manuscript.placement;
    let moved = place.section.0 != article.section_id;
    if moved && !permission::can(actor, Action::Draft, permission::Subject::Section(place.section)) {
        return Err(Error::not_allowed(Action::Draft));
    }
    Ok(())
}

/// Whether the sections are there that a manuscript names.
pub(super) async fn places_exist(tx: &impl ConnectionTrait, manuscript: &Manuscript) -> Result<()> {
    let place = &manuscript.placement;
    for section in place.further.iter().chain([&place.section]) {
        if section::Entity::find_by_id(section.0).one(tx).await?.is_none() {
            return Err(Refusal::UnknownSection { given: section.to_string() }.into());
        }
    }
    Ok(())
}

/// The revision that editors see.
pub(super) async fn working(db: &impl ConnectionTrait, article: &article::Model) -> Result<revision::Model> {
    let missing = || Error::Corrupt(format!("article {} has no working revision", article.id));
    let id = article.working_revision_id.ok_or_else(missing)?;
    revision::Entity::find_by_id(id).one(db).await?.ok_or_else(missing)
}

/// A revision of this very article.
pub(super) async fn revision_of(
    db: &impl ConnectionTrait,
    article: &article::Model,
    revision: RevisionId,
) -> Result<revision::Model> {
    let row = revision::Entity::find_by_id(revision.0).one(db).await?;
    Ok(row.filter(|row| row.article_id == article.id).ok_or(Refusal::NotFound)?)
}

/// What the tab had before it: the revision that it names or, where that was folded away, the one before it that was kept.
/// A base that is older than it need be asks more than it has to, and loses nothing.
async fn base_of(tx: &DatabaseTransaction, article: &article::Model, base: RevisionId) -> Result<Manuscript> {
    let older = revision::Entity::find()
        .filter(revision::Column::ArticleId.eq(article.id))
        .filter(revision::Column::Id.lte(base.0))
        .order_by_desc(revision::Column::Id)
        .one(tx)
        .await?;
    let row = match older {
        Some(row) => Some(row),
        None => {
            let all = revision::Entity::find().filter(revision::Column::ArticleId.eq(article.id));
            all.order_by_asc(revision::Column::Id).one(tx).await?
        }
    };
    manuscripts::read(tx, article, &row.ok_or(Refusal::NotFound)?).await
}

/// Removes what was folded away and is on nobody's screen any more. What readers see or will see is never among it.
pub(super) async fn prune(tx: &DatabaseTransaction, article: i64) -> Result<()> {
    let sql = "DELETE FROM revisions WHERE article_id = $1 AND kind = $2 AND id NOT IN \
         (SELECT base_id FROM tabs WHERE article_id = $1 AND seen_at > $3) AND id NOT IN \
         (SELECT COALESCE(published_revision_id, 0) FROM articles WHERE id = $1 \
          UNION SELECT COALESCE(scheduled_revision_id, 0) FROM articles WHERE id = $1)";
    let values = [article.into(), kind::FOLDED.into(), (unix_now().0 - tabs::REMEMBERED).into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

pub(super) async fn name_of(db: &impl ConnectionTrait, account: Option<i64>) -> Result<String> {
    let Some(account) = account else { return Ok(String::new()) };
    let row = account::Entity::find_by_id(account).one(db).await?;
    Ok(row.map(|row| row.display_name).unwrap_or_default())
}
