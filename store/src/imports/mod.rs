//! Imports: what came in together, how far it is, and out again as a whole.
//!
//! - `pages`: what was found on the pages of an uploaded site
//! - `stages`: how it goes from one to the next
//! - `undoing`: out again

mod pages;
mod stages;
mod undoing;

pub use pages::{Kept, PageRow};

use crate::{
    Error, Result, Store,
    articles::statement,
    records::{self, Subject},
    unix_now,
};
use content::{
    Actor, ImportId, Refusal, Timestamp,
    moving::{Import, Options, Parity, Stage},
    permission::{self, Action},
};
use sea_orm::{ConnectionTrait, FromQueryResult};

/// The most imports of one list.
const LISTED: i64 = 200;

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    name: String,
    stage: String,
    options: String,
    parity: String,
    fault: String,
    done: i64,
    total: i64,
    created_at: i64,
    by: Option<String>,
    media_id: Option<i64>,
    articles: i64,
    changed: i64,
}

/// Articles `r` with their working revision `v` that stay when their import is undone.
const CHANGED: &str = "articles r JOIN revisions v ON v.id = r.working_revision_id WHERE r.deleted_at IS NULL \
                       AND (v.kind <> 'import' OR r.scheduled_at IS NOT NULL) AND";

/// Imports with their numbers.
fn rows(which: &str) -> String {
    format!(
        "SELECT i.id, i.name, i.stage, i.options, i.parity, i.fault, i.done, i.total, i.created_at, i.media_id, \
         a.display_name AS by, \
         (SELECT COUNT(*) FROM articles r WHERE r.import_id = i.id AND r.deleted_at IS NULL) AS articles, \
         (SELECT COUNT(*) FROM {CHANGED} r.import_id = i.id) AS changed \
         FROM imports i LEFT JOIN accounts a ON a.id = i.account_id {which}"
    )
}

impl Store {
    /// Imports, the newest first.
    ///
    /// # Errors
    /// An actor who may not bring articles in.
    pub async fn imports(&self, actor: &Actor) -> Result<Vec<Import>> {
        allowed(actor)?;
        let sql = rows("ORDER BY i.id DESC LIMIT $1");
        let found = Row::find_by_statement(statement(&self.db, &sql, [LISTED.into()])).all(&self.db).await?;
        found.into_iter().map(|row| self.import_of(row)).collect()
    }

    /// One import.
    ///
    /// # Errors
    /// An actor who may not bring articles in; `NotFound`.
    pub async fn one_import(&self, actor: &Actor, id: ImportId) -> Result<Import> {
        allowed(actor)?;
        let sql = rows("WHERE i.id = $1");
        let row = Row::find_by_statement(statement(&self.db, &sql, [id.0.into()])).one(&self.db).await?;
        self.import_of(row.ok_or(Refusal::NotFound)?)
    }

    fn import_of(&self, row: Row) -> Result<Import> {
        let corrupt = |error: serde_json::Error| Error::Corrupt(format!("import {}: {error}", row.id));
        let stage = Stage::of_key(&row.stage);
        Ok(Import {
            id: ImportId(row.id),
            name: row.name,
            stage: stage.ok_or_else(|| Error::Corrupt(format!("import {} is {}", row.id, row.stage)))?,
            done: u64::try_from(row.done).unwrap_or_default(),
            total: u64::try_from(row.total).unwrap_or_default(),
            articles: u64::try_from(row.articles).unwrap_or_default(),
            changed: u64::try_from(row.changed).unwrap_or_default(),
            by: row.by.unwrap_or_default(),
            began: self.zone.shown(Timestamp(row.created_at)),
            fault: row.fault,
            options: serde_json::from_str(&row.options).map_err(corrupt)?,
            parity: (!row.parity.is_empty()).then(|| serde_json::from_str(&row.parity)).transpose().map_err(corrupt)?,
            has_pages: row.media_id.is_some(),
        })
    }

    /// Begins an import of which articles come in at once.
    ///
    /// # Errors
    /// An actor who may not.
    pub async fn begin_import(&self, actor: &Actor, name: &str, options: &Options) -> Result<ImportId> {
        allowed(actor)?;
        let tx = self.write().await?;
        let options = serde_json::to_string(options).map_err(|error| Error::Corrupt(error.to_string()))?;
        let sql = "INSERT INTO imports (name, stage, options, account_id, created_at, updated_at) \
                   VALUES ($1, $2, $3, $4, $5, $5) RETURNING id";
        let account = actor.account().map(|account| account.0);
        let values = [name.into(), Stage::Bringing.key().into(), options.into(), account.into(), unix_now().0.into()];
        let row = tx.query_one_raw(statement(&tx, sql, values)).await?;
        let row = row.ok_or_else(|| Error::Corrupt("an import was not written".to_owned()))?;
        let id = ImportId(row.try_get("", "id")?);
        records::audit(&tx, actor, "begin_import", (Subject::Import, Some(id.0)), "", name).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Notes what came over, and that the import is done.
    ///
    /// # Errors
    /// An actor who may not; an import that is not there.
    pub async fn end_import(&self, actor: &Actor, id: ImportId, parity: &Parity) -> Result<()> {
        allowed(actor)?;
        let json = serde_json::to_string(parity).map_err(|error| Error::Corrupt(error.to_string()))?;
        let tx = self.write().await?;
        let sql = "UPDATE imports SET stage = $2, parity = $3, updated_at = $4, version = version + 1 WHERE id = $1";
        let values = [id.0.into(), Stage::Done.key().into(), json.as_str().into(), unix_now().0.into()];
        if tx.execute_raw(statement(&tx, sql, values)).await?.rows_affected() == 0 {
            return Err(Refusal::NotFound.into());
        }
        let counted = serde_json::json!({ "pages": parity.pages, "pictures": parity.pictures, "links": parity.links });
        records::audit(&tx, actor, "end_import", (Subject::Import, Some(id.0)), "", &counted.to_string()).await?;
        tx.commit().await?;
        Ok(())
    }
}

pub(crate) fn allowed(actor: &Actor) -> Result<()> {
    let may = permission::can(actor, Action::Import, permission::Subject::Site);
    if may { Ok(()) } else { Err(Error::not_allowed(Action::Import)) }
}
