//! What a link shows.

use super::kind;
use crate::{
    Error, Result, Store,
    accounts::secrets,
    articles::{PublishedArticle, may_see, statement},
    unix_now,
};
use content::{Actor, ArticleId, LocalTime, Refusal, Timestamp, preview::ReadersHave, site::SiteDraft};
use sea_orm::FromQueryResult;

/// What somebody looks at before it is published.
#[derive(Clone, Debug)]
pub enum Previewed {
    /// An article.
    Article {
        /// With its newest text.
        article: Box<PublishedArticle>,
        /// What readers have of it.
        readers: ReadersHave,
        /// Until when the link works; none for an editor who needs no link.
        until: Option<LocalTime>,
    },
    /// The site as a form would make it.
    Site {
        /// What is different.
        draft: Box<SiteDraft>,
        /// Until when the link works.
        until: LocalTime,
    },
}

impl Store {
    /// What a link shows, to whoever has it.
    ///
    /// # Errors
    /// `DeadLink` for one that has expired, was taken back, never was, was made by an account that is disabled by now, or
    /// leads to what is in the bin.
    pub async fn preview(&self, token: &str) -> Result<Previewed> {
        #[derive(FromQueryResult)]
        struct Row {
            kind: String,
            subject_id: Option<i64>,
            payload: String,
            expires_at: i64,
        }
        let sql = "SELECT p.kind, p.subject_id, p.payload, p.expires_at FROM previews p \
                   LEFT JOIN accounts c ON c.id = p.account_id \
                   WHERE p.token_hash = $1 AND p.expires_at > $2 AND (c.id IS NULL OR NOT c.disabled)";
        let values = [secrets::hash(token).into(), unix_now().0.into()];
        let row = Row::find_by_statement(statement(&self.db, sql, values)).one(&self.db).await?;
        let row = row.ok_or(Refusal::DeadLink)?;
        let until = self.zone.shown(Timestamp(row.expires_at));
        match (row.kind.as_str(), row.subject_id) {
            (kind::ARTICLE, Some(id)) => match self.working_page(ArticleId(id)).await {
                Ok((article, readers)) => {
                    Ok(Previewed::Article { article: Box::new(article), readers, until: Some(until) })
                }
                // A stranger is not told which of it is so.
                Err(Error::Refused(_)) => Err(Refusal::DeadLink.into()),
                Err(error) => Err(error),
            },
            (kind::SITE, _) => {
                let draft = serde_json::from_str(&row.payload);
                let draft = draft.map_err(|error| Error::Corrupt(format!("the draft of a preview: {error}")))?;
                Ok(Previewed::Site { draft, until })
            }
            _ => Err(Error::Corrupt(format!("a preview is of a {}, which is not known", row.kind))),
        }
    }

    /// An article as readers will see it, for an editor.
    ///
    /// # Errors
    /// An actor who may see nothing, an article that is not there, `InBin`.
    pub async fn preview_article(&self, actor: &Actor, id: ArticleId) -> Result<Previewed> {
        may_see(actor)?;
        let (article, readers) = self.working_page(id).await?;
        Ok(Previewed::Article { article: Box::new(article), readers, until: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Zone;
    use sea_orm::ConnectionTrait;

    #[tokio::test]
    async fn a_preview_of_a_kind_that_this_version_does_not_know_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let store = Store::open_file(&folder.path().join("previews.db"), zone).await.unwrap();
        store.migrate().await.unwrap();
        let sql = "INSERT INTO previews (token_hash, kind, created_at, expires_at) VALUES ($1, 'poster', 0, $2)";
        let values = [secrets::hash("t").into(), i64::MAX.into()];
        store.db.execute_raw(statement(&store.db, sql, values)).await.unwrap();
        assert!(matches!(store.preview("t").await, Err(Error::Corrupt(_))));
        assert!(matches!(store.preview("u").await, Err(Error::Refused(Refusal::DeadLink))));
    }
}
