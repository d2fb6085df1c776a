//! An import out again as a whole, step by step: a large one takes longer than anybody's transaction may.

use super::allowed;
use crate::{
    Result, Store,
    articles::{leaving, statement},
    records::{self, Change, Subject},
    unix_now,
};
use content::{Actor, ImportId, Refusal, moving::Stage};
use sea_orm::ConnectionTrait;

impl Store {
    /// Takes the articles of an import out again: into the bin, their old addresses leading nowhere. Those that somebody
    /// has changed since stay. Answers how many went. What was interrupted is gone on with by calling it again.
    ///
    /// # Errors
    /// An actor who may not; an import that is not there or is still coming in.
    pub async fn undo_import(&self, actor: &Actor, id: ImportId) -> Result<u64> {
        allowed(actor)?;
        self.enter_undoing(actor, id).await?;
        let (mut after, mut gone) = (0, 0);
        loop {
            let tx = self.write().await?;
            let left = leaving::step(self, &tx, actor, id, after).await?;
            if left.gone > 0 {
                records::changed(&tx, [Change::site()]).await?;
            }
            tx.commit().await?;
            gone += left.gone;
            match left.last {
                Some(last) => after = last,
                None => break,
            }
        }
        let tx = self.write().await?;
        let sql = "UPDATE import_pages SET article_id = NULL, outcome = '' WHERE import_id = $1 AND article_id NOT IN \
                   (SELECT id FROM articles WHERE import_id = $1 AND deleted_at IS NULL)";
        tx.execute_raw(statement(&tx, sql, [id.0.into()])).await?;
        let sql = "UPDATE imports SET stage = $2, updated_at = $3, version = version + 1 WHERE id = $1";
        tx.execute_raw(statement(&tx, sql, [id.0.into(), Stage::Undone.key().into(), unix_now().0.into()])).await?;
        let after = format!("{{\"articles\":{gone}}}");
        records::audit(&tx, actor, "undo_import", (Subject::Import, Some(id.0)), "", &after).await?;
        tx.commit().await?;
        Ok(gone)
    }

    async fn enter_undoing(&self, actor: &Actor, id: ImportId) -> Result<()> {
        if self.one_import(actor, id).await?.stage == Stage::Undoing {
            return Ok(());
        }
        let tx = self.write().await?;
        let sql = "UPDATE imports SET stage = 'undoing', updated_at = $2, version = version + 1 WHERE id = $1 \
                   AND stage IN ('done', 'failed')";
        if tx.execute_raw(statement(&tx, sql, [id.0.into(), unix_now().0.into()])).await?.rows_affected() == 0 {
            return Err(Refusal::NotFound.into());
        }
        records::audit(&tx, actor, "step_import", (Subject::Import, Some(id.0)), "", Stage::Undoing.key()).await?;
        tx.commit().await?;
        Ok(())
    }
}
