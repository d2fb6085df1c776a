//! Links to previews: made, listed, taken back, forgotten.

use super::kind;
use crate::{
    Error, Result, Store,
    accounts::secrets,
    articles::{may_see, may_share, statement},
    records::{self, Subject},
    unix_now,
};
use content::{
    Actor, ArticleId, Refusal, Timestamp,
    permission::{self, Action},
    preview::{LIFE, MOST_LINKS, PATH, PreviewLink, PreviewOf, PreviewRow},
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult};

/// Random bytes of a token.
const TOKEN: usize = 32;

impl Store {
    /// Makes a link that works for a week. Its token is in the answer and nowhere else.
    ///
    /// # Errors
    /// An actor who may not edit the article (or, for a draft of the site, not manage it), `InBin`, `TooManyLinks`.
    pub async fn make_preview(&self, actor: &Actor, of: &PreviewOf) -> Result<PreviewLink> {
        let tx = self.write().await?;
        let (kind, subject, id, payload) = match of {
            PreviewOf::Article(id) => {
                may_share(&tx, actor, *id).await?;
                (kind::ARTICLE, Subject::Article, Some(id.0), String::new())
            }
            PreviewOf::Site(draft) => {
                if !permission::can(actor, Action::ManageSite, permission::Subject::Site) {
                    return Err(Error::not_allowed(Action::ManageSite));
                }
                let draft = serde_json::to_string(draft).map_err(|error| Error::Corrupt(error.to_string()))?;
                (kind::SITE, Subject::Site, Some(1), draft)
            }
        };
        let now = unix_now().0;
        room_for_one_more(&tx, kind, id, now).await?;
        let (token, until) = (secrets::random_hex(TOKEN)?, now + LIFE);
        let sql = "INSERT INTO previews (token_hash, kind, subject_id, payload, account_id, created_at, expires_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let account = actor.account().map(|account| account.0);
        let hash = secrets::hash(&token);
        let values = [hash.into(), kind.into(), id.into(), payload.into(), account.into(), now.into(), until.into()];
        tx.execute_raw(statement(&tx, sql, values)).await?;
        let until = self.zone.shown(Timestamp(until));
        records::audit(&tx, actor, "preview", (subject, id), "", &until.date_time()).await?;
        tx.commit().await?;
        Ok(PreviewLink { path: [PATH, &token].concat(), until })
    }

    /// The links to an article that work, the newest first.
    ///
    /// # Errors
    /// An actor who may see nothing.
    pub async fn list_previews(&self, actor: &Actor, article: ArticleId) -> Result<Vec<PreviewRow>> {
        #[derive(FromQueryResult)]
        struct Row {
            id: i64,
            account_id: Option<i64>,
            created_at: i64,
            expires_at: i64,
            display_name: Option<String>,
        }
        may_see(actor)?;
        let sql = "SELECT p.id, p.account_id, p.created_at, p.expires_at, c.display_name FROM previews p \
                   LEFT JOIN accounts c ON c.id = p.account_id \
                   WHERE p.kind = $1 AND p.subject_id = $2 AND p.expires_at > $3 ORDER BY p.id DESC";
        let values = [kind::ARTICLE.into(), article.0.into(), unix_now().0.into()];
        let rows = Row::find_by_statement(statement(&self.db, sql, values)).all(&self.db).await?;
        let row = |row: Row| PreviewRow {
            id: row.id,
            by: row.display_name.unwrap_or_default(),
            made: self.zone.shown(Timestamp(row.created_at)),
            until: self.zone.shown(Timestamp(row.expires_at)),
            may_end: may_end(actor, row.account_id),
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// Takes a link back: whoever made it may, and an administrator.
    ///
    /// # Errors
    /// `NotFound` where there is none, or it is somebody else's.
    pub async fn end_preview(&self, actor: &Actor, id: i64) -> Result<()> {
        may_see(actor)?;
        let tx = self.write().await?;
        let sql = "DELETE FROM previews WHERE id = $1 RETURNING kind, subject_id, account_id, expires_at";
        let row = tx.query_one_raw(statement(&tx, sql, [id.into()])).await?.ok_or(Refusal::NotFound)?;
        if !may_end(actor, row.try_get("", "account_id")?) {
            return Err(Refusal::NotFound.into());
        }
        let kind: String = row.try_get("", "kind")?;
        let subject = if kind == kind::ARTICLE { Subject::Article } else { Subject::Site };
        let until = self.zone.shown(Timestamp(row.try_get("", "expires_at")?)).date_time();
        records::audit(&tx, actor, "end_preview", (subject, row.try_get("", "subject_id")?), &until, "").await?;
        Ok(tx.commit().await?)
    }
}

fn may_end(actor: &Actor, maker: Option<i64>) -> bool {
    let own = maker.is_some() && actor.account().map(|account| account.0) == maker;
    own || permission::can(actor, Action::ManageSite, permission::Subject::Site)
}

async fn room_for_one_more(tx: &DatabaseTransaction, kind: &str, id: Option<i64>, now: i64) -> Result<()> {
    let sql = "SELECT COUNT(*) AS n FROM previews WHERE kind = $1 AND subject_id = $2 AND expires_at > $3";
    let row = tx.query_one_raw(statement(tx, sql, [kind.into(), id.into(), now.into()])).await?;
    let links: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
    if links < MOST_LINKS as i64 { Ok(()) } else { Err(Refusal::TooManyLinks { limit: MOST_LINKS as u64 }.into()) }
}

/// Forgets the links that have ended.
pub(crate) async fn sweep(db: &impl ConnectionTrait, now: i64) -> Result<()> {
    db.execute_raw(statement(db, "DELETE FROM previews WHERE expires_at < $1", [now.into()])).await?;
    Ok(())
}
