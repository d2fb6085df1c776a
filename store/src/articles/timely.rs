//! What the clock does to articles: schedules that have come, pins that have ended. Several servers may look at once; the
//! row is locked and looked at again before anything is done, so it is done by one of them.

use super::{
    listing,
    publishing::{publish_text, unschedule},
    row::statement,
};
use crate::{
    Error, Result, Store,
    entity::{article, revision},
    records::{self, Change, Subject},
};
use content::{Actor, Refusal, Timestamp};
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait};

/// Articles that are taken care of at one tick; the next one takes the others.
const AT_ONCE: i64 = 200;

impl Store {
    /// Publishes what is due and ends pins; answers how many articles changed. One that cannot be dealt with keeps no
    /// other from it.
    pub(crate) async fn settle_articles(&self, now: Timestamp) -> Result<u32> {
        let (mut done, mut fault) = (0, None);
        let schedules = "SELECT id FROM articles WHERE scheduled_at IS NOT NULL AND scheduled_at <= $1 \
             ORDER BY scheduled_at, id LIMIT $2";
        let pins = "SELECT id FROM articles WHERE pinned_until IS NOT NULL AND pinned_until <= $1 \
             AND published_revision_id IS NOT NULL ORDER BY pinned_until, id LIMIT $2";
        for id in self.due(schedules, now).await? {
            match self.publish_due(id, now).await {
                Ok(was) => done += u32::from(was),
                Err(error) => fault = Some(error),
            }
        }
        for id in self.due(pins, now).await? {
            match self.unpin_due(id, now).await {
                Ok(was) => done += u32::from(was),
                Err(error) => fault = Some(error),
            }
        }
        fault.map_or(Ok(done), Err)
    }

    async fn due(&self, sql: &str, now: Timestamp) -> Result<Vec<i64>> {
        let rows = self.db.query_all_raw(statement(&self.db, sql, [now.0.into(), AT_ONCE.into()])).await?;
        Ok(rows.iter().map(|row| row.try_get("", "id")).collect::<std::result::Result<_, _>>()?)
    }

    /// Publishes what was scheduled. What cannot be published any more is returned to the desk, and the record says why.
    async fn publish_due(&self, id: i64, now: Timestamp) -> Result<bool> {
        let tx = self.write().await?;
        let Some(article) = still_due(&tx, id, now).await? else { return Ok(false) };
        let why = match self.publish_scheduled(&tx, &article, now).await {
            Ok(()) => {
                tx.commit().await?;
                return Ok(true);
            }
            Err(Error::Refused(refusal)) => refusal.to_string(),
            Err(Error::Corrupt(fault)) => fault,
            Err(error) => return Err(error),
        };
        // Nothing of the attempt may stand.
        tx.rollback().await?;
        let tx = self.write().await?;
        let Some(article) = still_due(&tx, id, now).await? else { return Ok(false) };
        unschedule(self, &tx, &Actor::Operator, &article, &why).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn publish_scheduled(
        &self,
        tx: &DatabaseTransaction,
        article: &article::Model,
        now: Timestamp,
    ) -> Result<()> {
        if article.deleted_at.is_some() {
            return Err(Refusal::InBin.into());
        }
        let revision = article.scheduled_revision_id.unwrap_or_default();
        let head = revision::Entity::find_by_id(revision).one(tx).await?.ok_or(Refusal::NotFound)?;
        publish_text(self, tx, &Actor::Operator, article, &head, now).await
    }

    /// Ends a pin.
    async fn unpin_due(&self, id: i64, now: Timestamp) -> Result<bool> {
        let tx = self.write().await?;
        let sql = "UPDATE articles SET pinned_until = NULL, pinned_at = NULL, version = version + 1 \
             WHERE id = $1 AND pinned_until <= $2 AND published_revision_id IS NOT NULL";
        if tx.execute_raw(statement(&tx, sql, [id.into(), now.0.into()])).await?.rows_affected() == 0 {
            return Ok(false);
        }
        let sections = listing::entries(&tx, id).await?.into_keys();
        records::changed(&tx, sections.map(|section| Change::article(id, section, true))).await?;
        records::audit(&tx, &Actor::Operator, "unpin", (Subject::Article, Some(id)), "", "").await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// The article, locked, if it is still to be published at this time.
async fn still_due(tx: &DatabaseTransaction, id: i64, now: Timestamp) -> Result<Option<article::Model>> {
    let article = super::saving::locked(tx, id).await?;
    Ok(article.filter(|article| article.scheduled_at.is_some_and(|at| at <= now.0)))
}
