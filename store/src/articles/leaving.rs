//! Articles that an import brought go again, as far as they are still what it brought.

use super::{batch, publishing, row::statement, saving::locked};
use crate::{Error, Result, Store};
use content::{Actor, ImportId};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

/// Articles of one transaction.
const AT_ONCE: i64 = 100;

/// Why they go, in the record.
const WHY: &str = "撤销导入";

/// What one step of taking them out did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// How many went into the bin.
    pub gone: u64,
    /// The last one that was looked at; none where there are no more.
    pub last: Option<i64>,
}

/// Takes the next articles of an import out, behind `after`: they leave readers' pages and lie in the bin, their old
/// addresses lead nowhere any more, and the same import brings them anew. What somebody has changed since stays as it is.
pub(crate) async fn step(
    store: &Store,
    tx: &DatabaseTransaction,
    actor: &Actor,
    import: ImportId,
    after: i64,
) -> Result<Left> {
    let sql = "SELECT a.id, r.kind FROM articles a JOIN revisions r ON r.id = a.working_revision_id \
               WHERE a.import_id = $1 AND a.id > $2 ORDER BY a.id LIMIT $3";
    let rows = tx.query_all_raw(statement(tx, sql, [import.0.into(), after.into(), AT_ONCE.into()])).await?;
    let mut left = Left::default();
    for row in rows {
        let (id, kind): (i64, String) = (row.try_get("", "id")?, row.try_get("", "kind")?);
        left.last = Some(id);
        // Its text is the one that was brought as long as nobody has saved another one.
        let Some(article) = locked(tx, id).await?.filter(|_| kind == super::import::KIND) else { continue };
        if article.deleted_at.is_some() || article.scheduled_at.is_some() {
            continue;
        }
        if article.published_revision_id.is_some() {
            publishing::withdraw(store, tx, actor, &article, WHY).await?;
        }
        let article = locked(tx, id).await?.ok_or_else(|| Error::Corrupt(format!("article {id} is gone")))?;
        batch::bin(tx, actor, &article, Some(crate::unix_now().0)).await?;
        let forget = "UPDATE articles SET identity = NULL WHERE id = $1";
        tx.execute_raw(statement(tx, forget, [id.into()])).await?;
        let unlead = "DELETE FROM redirects WHERE subject = 'article' AND subject_id = $1";
        tx.execute_raw(statement(tx, unlead, [id.into()])).await?;
        left.gone += 1;
    }
    Ok(left)
}
