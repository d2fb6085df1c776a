//! Fragments: words that lost a clash, kept until their author does not need them any more.

use super::row::statement;
use crate::{
    Error, Result, Store,
    records::{self, Subject},
    unix_now,
};
use content::{
    AccountId, Actor, ArticleId, Refusal, Timestamp,
    manuscript::{Clash, Fragment},
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult};

/// Most fragments in one answer.
const MOST: i64 = 200;

/// Keeps what lost a clash.
pub async fn keep(
    tx: &DatabaseTransaction,
    account: AccountId,
    article: ArticleId,
    by: &str,
    clashes: &[Clash],
) -> Result<i64> {
    let json = serde_json::to_string(clashes).map_err(|error| Error::Corrupt(error.to_string()))?;
    let sql =
        "INSERT INTO fragments (account_id, article_id, by_name, clashes, at) VALUES ($1, $2, $3, $4, $5) RETURNING id";
    let values = [account.0.into(), article.0.into(), by.into(), json.into(), unix_now().0.into()];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    Ok(row.ok_or_else(|| Error::Corrupt("a fragment was not stored".to_owned()))?.try_get("", "id")?)
}

impl Store {
    /// The actor's fragments, the newest first.
    ///
    /// # Errors
    /// An actor that is no account.
    pub async fn fragments(&self, actor: &Actor) -> Result<Vec<Fragment>> {
        let account = actor.account().ok_or(Refusal::SignedOut)?;
        let sql = "SELECT f.id, f.article_id, f.by_name, f.clashes, f.at, r.title FROM fragments f \
             JOIN articles a ON a.id = f.article_id JOIN revisions r ON r.id = a.working_revision_id \
             WHERE f.account_id = $1 ORDER BY f.id DESC LIMIT $2";
        let rows = self.db.query_all_raw(statement(&self.db, sql, [account.0.into(), MOST.into()])).await?;
        rows.iter().map(|row| self.fragment(row)).collect()
    }

    fn fragment(&self, row: &QueryResult) -> Result<Fragment> {
        let id: i64 = row.try_get("", "id")?;
        let clashes: String = row.try_get("", "clashes")?;
        Ok(Fragment {
            id,
            article: ArticleId(row.try_get("", "article_id")?),
            title: row.try_get("", "title")?,
            at: self.zone.shown(Timestamp(row.try_get("", "at")?)),
            by: row.try_get("", "by_name")?,
            clashes: serde_json::from_str(&clashes).map_err(|e| Error::Corrupt(format!("fragment {id}: {e}")))?,
        })
    }

    /// Drops a fragment of the actor's own.
    ///
    /// # Errors
    /// `NotFound` where it is not theirs.
    pub async fn drop_fragment(&self, actor: &Actor, id: i64) -> Result<()> {
        let account = actor.account().ok_or(Refusal::SignedOut)?;
        let tx = self.write().await?;
        let sql = "DELETE FROM fragments WHERE id = $1 AND account_id = $2 RETURNING article_id";
        let gone = tx.query_one_raw(statement(&tx, sql, [id.into(), account.0.into()])).await?;
        let article: i64 = gone.ok_or(Refusal::NotFound)?.try_get("", "article_id")?;
        records::audit(&tx, actor, "drop_fragment", (Subject::Article, Some(article)), "", "").await?;
        Ok(tx.commit().await?)
    }
}
