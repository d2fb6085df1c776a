//! Reviews: who approved which text, and what an article's next steps depend on. An approval names the hash of what was
//! reviewed, so no text gets the leave that was given to another one.

use super::row::statement;
use crate::{
    Result, Store,
    entity::{article, revision, section},
    unix_now,
};
use content::{
    AccountId, Actor, ArticleId, Refusal, RevisionId, SectionId, Timestamp,
    article::{MOST_STAGES, Standing, State, Step},
    manuscript::{Manuscript, Progress, Scheduled},
};
use sea_orm::{ConnectionTrait, EntityTrait};
use sha2::{Digest, Sha256};

/// What the steps of an article depend on, with this text.
pub async fn standing(db: &impl ConnectionTrait, article: &article::Model, text: &Manuscript) -> Result<Standing> {
    let public = article.published_revision_id.is_some();
    let stages = stages(db, text.placement.section).await?;
    let passed = if stages == 0 { 0 } else { approvals(db, article.id, &hash(text)?).await?.len() };
    Ok(Standing { public, stages, passed: u8::try_from(passed).unwrap_or(u8::MAX) })
}

async fn stages(db: &impl ConnectionTrait, section: SectionId) -> Result<u8> {
    let section = section::Entity::find_by_id(section.0).one(db).await?;
    Ok(section.map_or(0, |section| u8::try_from(section.stages).unwrap_or(0).min(MOST_STAGES)))
}

fn hash(text: &Manuscript) -> Result<String> {
    let digest = Sha256::digest(text.reviewed()?.as_bytes());
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Who approved this text, a row for each stage that it passed.
async fn approvals(db: &impl ConnectionTrait, article: i64, hash: &str) -> Result<Vec<AccountId>> {
    let sql = "SELECT account_id FROM approvals WHERE article_id = $1 AND content_hash = $2 AND voided_at IS NULL";
    let rows = db.query_all_raw(statement(db, sql, [article.into(), hash.into()])).await?;
    rows.iter().map(|row| Ok(AccountId(row.try_get("", "account_id")?))).collect()
}

/// Takes a step of the article's way with this text, where the table has one. Where it leaves the schedule, the schedule
/// is gone; where it is an approval, that is noted; where the text is given back, its approvals are void.
pub async fn step(
    tx: &impl ConnectionTrait,
    actor: &Actor,
    article: &article::Model,
    text: &Manuscript,
    to: Step,
) -> Result<State> {
    let before = super::saving::state_of(article)?;
    // A save needs to know of reviews only where there is something to lose.
    let standing = match (before, to) {
        (State::Approved, _) => standing(tx, article, text).await?,
        (_, Step::Save) => Standing::default(),
        _ => standing(tx, article, text).await?,
    };
    let after = before.after(to, standing)?;
    match to {
        Step::Approve => approve(tx, actor, article, text, standing).await?,
        Step::Return => void(tx, article.id, None, 0).await?,
        _ => {}
    }
    let sql = "UPDATE articles SET state = $2 WHERE id = $1";
    tx.execute_raw(statement(tx, sql, [article.id.into(), after.key().into()])).await?;
    if before == State::Scheduled && after != State::Scheduled {
        let sql = "UPDATE articles SET scheduled_at = NULL, scheduled_revision_id = NULL WHERE id = $1";
        tx.execute_raw(statement(tx, sql, [article.id.into()])).await?;
    }
    Ok(after)
}

async fn approve(
    tx: &impl ConnectionTrait,
    actor: &Actor,
    article: &article::Model,
    text: &Manuscript,
    standing: Standing,
) -> Result<()> {
    let Some(account) = actor.account() else { return Err(Refusal::SignedOut.into()) };
    let hash = hash(text)?;
    if approvals(tx, article.id, &hash).await?.contains(&account) {
        return Err(Refusal::ApprovedAlready.into());
    }
    let sql = "INSERT INTO approvals (article_id, stage, account_id, content_hash, at) VALUES ($1, $2, $3, $4, $5)";
    let stage = i64::from(standing.passed) + 1;
    let values = [article.id.into(), stage.into(), account.0.into(), hash.into(), unix_now().0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Voids approvals of an article that were given since then, those of one account where one is named.
pub async fn void(tx: &impl ConnectionTrait, article: i64, of: Option<AccountId>, since: i64) -> Result<()> {
    let sql = "UPDATE approvals SET voided_at = $2 WHERE article_id = $1 AND voided_at IS NULL AND at >= $3 \
         AND ($4 = 0 OR account_id = $4)";
    let of = of.map_or(0, |account| account.0);
    let values = [article.into(), unix_now().0.into(), since.into(), of.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Brings approvals back that were voided since then: the step that voided them is undone.
pub async fn revive(tx: &impl ConnectionTrait, article: i64, since: i64) -> Result<()> {
    let sql = "UPDATE approvals SET voided_at = NULL WHERE article_id = $1 AND voided_at >= $2";
    tx.execute_raw(statement(tx, sql, [article.into(), since.into()])).await?;
    Ok(())
}

impl Store {
    /// How far an article is, whose text on the desk is this revision.
    pub(super) async fn progress(
        &self,
        db: &impl ConnectionTrait,
        article: &article::Model,
        head: &revision::Model,
    ) -> Result<Progress> {
        let public = article.published_revision_id;
        let text = super::manuscripts::placement(head)?;
        let place = text.map_or(SectionId(article.section_id), |placement| placement.section);
        let mut standing =
            Standing { public: public.is_some(), stages: stages(db, place).await?, ..Standing::default() };
        if standing.stages > 0 {
            let text = super::manuscripts::read(db, article, head).await?;
            standing = self::standing(db, article, &text).await?;
        }
        let home = match public {
            Some(_) => section::Entity::find_by_id(article.section_id).one(db).await?,
            None => None,
        };
        let behind = |revision: Option<i64>| revision != article.working_revision_id;
        Ok(Progress {
            state: super::saving::state_of(article)?,
            standing,
            address: home.map(|home| format!("/{}/{}", home.slug, article.id)),
            changed: public.is_some() && behind(public),
            scheduled: article.scheduled_at.map(|at| Scheduled {
                at: self.zone.shown(Timestamp(at)),
                instant: Timestamp(at),
                changed: behind(article.scheduled_revision_id),
            }),
        })
    }

    /// How far an article is, after an action.
    pub(super) async fn progress_of(&self, db: &impl ConnectionTrait, id: ArticleId) -> Result<Progress> {
        let article = article::Entity::find_by_id(id.0).one(db).await?.ok_or(Refusal::NotFound)?;
        let head = super::saving::working(db, &article).await?;
        self.progress(db, &article, &head).await
    }
}

/// Whether this is the text that the person saw who asks.
pub fn based_on(article: &article::Model, base: RevisionId) -> Result<()> {
    if article.working_revision_id == Some(base.0) { Ok(()) } else { Err(Refusal::Stale.into()) }
}
