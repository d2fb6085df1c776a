//! The tabs in which articles are open: who is there, what they are based on, and what they were answered.

use super::row::statement;
use crate::{Error, Result, Store, unix_now};
use content::{
    AccountId, Actor, ArticleId, Refusal, RevisionId,
    manuscript::{Clash, Presence},
};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde::{Deserialize, Serialize};

/// A tab that has not said anything for so long is not there, in milliseconds.
const PRESENT: i64 = 45_000;
/// So long its base is kept for it.
pub const REMEMBERED: i64 = 24 * 3_600_000;
/// After so long nothing of it is known any more.
const FORGOTTEN: i64 = 30 * 24 * 3_600_000;

/// What a save was answered, as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answer {
    pub revision: RevisionId,
    pub merged: bool,
    pub clashes: Vec<Clash>,
    pub fragment: Option<i64>,
    pub by: String,
}

impl Default for Answer {
    fn default() -> Self {
        Self { revision: RevisionId(0), merged: false, clashes: Vec::new(), fragment: None, by: String::new() }
    }
}

/// A tab.
pub struct Tab {
    pub word: String,
    pub article: i64,
    pub serial: u32,
    pub answer: String,
}

impl Tab {
    /// The stored answer, where this very save was answered before.
    pub fn answered(&self, serial: u32) -> Result<Option<Answer>> {
        if serial > self.serial {
            return Ok(None);
        }
        if serial < self.serial || self.answer.is_empty() {
            return Err(Refusal::Stale.into());
        }
        let read = serde_json::from_str(&self.answer);
        read.map(Some).map_err(|error| Error::Corrupt(format!("the answer to tab {}: {error}", self.word)))
    }
}

/// The tab with this word, which belongs to who used it first. It is there from now on.
pub async fn take(
    tx: &DatabaseTransaction,
    word: &str,
    article: ArticleId,
    account: AccountId,
    base: RevisionId,
) -> Result<Tab> {
    let now = unix_now().0;
    let sql = "INSERT INTO tabs (word, article_id, account_id, base_id, seen_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (word) DO UPDATE SET seen_at = CASE WHEN tabs.account_id = $3 THEN $5 ELSE tabs.seen_at END \
         RETURNING article_id, account_id, serial, answer";
    let values = [word.into(), article.0.into(), account.0.into(), base.0.into(), now.into()];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?.ok_or(Refusal::NotFound)?;
    let (of, whose): (i64, i64) = (row.try_get("", "article_id")?, row.try_get("", "account_id")?);
    if of != article.0 || whose != account.0 {
        return Err(Refusal::NotFound.into());
    }
    let serial: i64 = row.try_get("", "serial")?;
    let serial = u32::try_from(serial).unwrap_or(u32::MAX);
    Ok(Tab { word: word.to_owned(), article: of, serial, answer: row.try_get("", "answer")? })
}

/// Stores what a save was answered.
pub async fn answered(tx: &DatabaseTransaction, tab: &Tab, serial: u32, answer: &Answer) -> Result<()> {
    let json = serde_json::to_string(answer).map_err(|error| Error::Corrupt(error.to_string()))?;
    let sql = "UPDATE tabs SET serial = $2, answer = $3, base_id = $4 WHERE word = $1";
    let values = [tab.word.as_str().into(), i64::from(serial).into(), json.into(), answer.revision.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Says which revision a tab has on its screen.
pub async fn based(tx: &DatabaseTransaction, word: &str, base: i64) -> Result<()> {
    let sql = "UPDATE tabs SET base_id = $2 WHERE word = $1";
    tx.execute_raw(statement(tx, sql, [word.into(), base.into()])).await?;
    Ok(())
}

/// Who has the article open in another tab.
pub async fn others(db: &impl ConnectionTrait, article: ArticleId, word: &str) -> Result<Vec<Presence>> {
    let sql = "SELECT DISTINCT t.account_id, a.display_name FROM tabs t JOIN accounts a ON a.id = t.account_id \
         WHERE t.article_id = $1 AND t.word <> $2 AND t.seen_at > $3 ORDER BY a.display_name";
    let values = [article.0.into(), word.into(), (unix_now().0 - PRESENT).into()];
    let rows = db.query_all_raw(statement(db, sql, values)).await?;
    let presence = |row: &sea_orm::QueryResult| {
        Ok(Presence { account: AccountId(row.try_get("", "account_id")?), name: row.try_get("", "display_name")? })
    };
    rows.iter().map(presence).collect()
}

impl Store {
    /// Says that an article is open in this tab; answers who else has it open.
    ///
    /// # Errors
    /// An actor who may not see it, a tab of somebody else.
    pub async fn note_presence(
        &self,
        actor: &Actor,
        article: ArticleId,
        word: &str,
        base: RevisionId,
    ) -> Result<Vec<Presence>> {
        let account = actor.account().ok_or(Refusal::SignedOut)?;
        super::desk::may_see(actor)?;
        let tx = self.write().await?;
        let tab = take(&tx, word, article, account, base).await?;
        let others = others(&tx, article, &tab.word).await?;
        tx.commit().await?;
        Ok(others)
    }

    /// Says that a tab is closed. What it was based on is kept for a while: its last save may still be on its way.
    ///
    /// # Errors
    /// An actor that is no account.
    pub async fn leave_article(&self, actor: &Actor, article: ArticleId, word: &str) -> Result<()> {
        let account = actor.account().ok_or(Refusal::SignedOut)?;
        let now = unix_now().0;
        let tx = self.write().await?;
        let sql =
            "UPDATE tabs SET seen_at = $4 WHERE word = $1 AND article_id = $2 AND account_id = $3 AND seen_at > $4";
        let values = [word.into(), article.0.into(), account.0.into(), (now - PRESENT).into()];
        tx.execute_raw(statement(&tx, sql, values)).await?;
        tx.execute_raw(statement(&tx, "DELETE FROM tabs WHERE seen_at < $1", [(now - FORGOTTEN).into()])).await?;
        Ok(tx.commit().await?)
    }
}
