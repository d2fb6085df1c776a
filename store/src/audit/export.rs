//! The whole of what a filter leaves, in pieces: as much memory for a hundred entries as for a million.

use super::query::allowed;
use crate::{
    Error, Result, Store,
    articles::Mark,
    records::{self, Subject},
};
use content::{
    Actor,
    record::{RecordFilter, RecordRow},
};
use sea_orm::ConnectionTrait;

/// Entries in one piece.
const PIECE: usize = 500;

/// What is taken out of the record, piece by piece.
pub struct Pieces {
    store: Store,
    filter: RecordFilter,
    /// Only entries that were there when it began.
    before: i64,
    mark: Option<Mark>,
    ended: bool,
}

impl Store {
    /// Begins to take the record out, and records that: the entry of it is not in what is taken.
    ///
    /// # Errors
    /// An actor who may not read it, a filter that is too long.
    pub async fn export_record(&self, actor: &Actor, filter: &RecordFilter, address: &str) -> Result<Pieces> {
        allowed(actor)?;
        self.narrowed(filter)?;
        let json = serde_json::to_string(filter).map_err(|error| Error::Corrupt(error.to_string()))?;
        let tx = self.write().await?;
        let newest = tx.query_one_raw(crate::articles::statement(&tx, "SELECT MAX(id) AS id FROM audit", [])).await?;
        let newest: Option<i64> = newest.map_or(Ok(None), |row| row.try_get("", "id"))?;
        records::audit_from(&tx, actor, "export", (Subject::Site, Some(1)), ("", &json), address).await?;
        tx.commit().await?;
        let before = newest.unwrap_or(0) + 1;
        Ok(Pieces { store: self.clone(), filter: filter.clone(), before, mark: None, ended: false })
    }
}

impl Pieces {
    /// The next piece, the newest entries first; none at the end.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn next(&mut self) -> Result<Option<Vec<RecordRow>>> {
        if self.ended {
            return Ok(None);
        }
        let mut query = self.store.narrowed(&self.filter)?;
        query.before(self.before);
        if let Some(mark) = &self.mark {
            query.beyond(mark);
        }
        let entries = self.store.entries(query, false, PIECE).await?;
        self.ended = entries.len() < PIECE;
        self.mark = entries.last().map(|last| Mark { back: false, at: last.at, id: last.id });
        if entries.is_empty() {
            return Ok(None);
        }
        Ok(Some(self.store.shown(entries).await?))
    }
}
