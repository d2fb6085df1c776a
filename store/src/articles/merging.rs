//! All articles of a section move into another one, because theirs goes; and manuscripts that still name a section which
//! is gone find their place.

use super::{listing, row::statement};
use crate::{Result, Store, records::Subject, sections, unix_now};
use content::{Actor, SectionId, manuscript::Placement};
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult};

/// Moves every article, public or not, and every further listing from one section into another, in a constant number of
/// statements: an audit entry an article, a change record for each that readers see. Revisions are not written anew:
/// [`settle`] reads the new place into them.
pub(crate) async fn merge_sections(
    store: &Store,
    tx: &DatabaseTransaction,
    actor: &Actor,
    from: SectionId,
    into: SectionId,
) -> Result<()> {
    let now = unix_now().0;
    let sql = "INSERT INTO audit (at, actor, account_id, action, subject, subject_id, before, after, address, token) \
               SELECT $1, $2, $3, 'move', $4, id, $5, $6, '', $8 FROM articles WHERE section_id = $7 ORDER BY id";
    let account = actor.account().map(|account| account.0);
    let (before, after) = (from.to_string(), into.to_string());
    let article = Subject::Article.key();
    let values = [
        now.into(),
        actor.kind().into(),
        account.into(),
        article.into(),
        before.into(),
        after.into(),
        from.0.into(),
        actor.token().into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    let sql = "INSERT INTO changes (at, subject, subject_id, section_id) SELECT $1, $2, id, $3 FROM articles \
               WHERE section_id = $4 AND published_revision_id IS NOT NULL ORDER BY id";
    tx.execute_raw(statement(tx, sql, [now.into(), article.into(), into.0.into(), from.0.into()])).await?;
    // Another version: an undo of before does not bring an article back into a section that is gone.
    let sql = "UPDATE articles SET section_id = $2, version = version + 1 WHERE section_id = $1";
    let moved = tx.execute_raw(statement(tx, sql, [from.0.into(), into.0.into()])).await?.rows_affected();
    let moved = i64::try_from(moved).unwrap_or(i64::MAX);
    sections::counted(tx, [(from, -moved), (into, moved)]).await?;
    further(tx, from, into).await?;
    listing::recount(store, tx, from).await?;
    listing::recount(store, tx, into).await
}

/// Where an article is listed twice by now, or in its own section, it is listed once.
async fn further(tx: &DatabaseTransaction, from: SectionId, into: SectionId) -> Result<()> {
    let sql = "INSERT INTO article_sections (article_id, section_id) SELECT f.article_id, $2 FROM article_sections f \
               JOIN articles a ON a.id = f.article_id WHERE f.section_id = $1 AND a.section_id <> $2 \
               AND NOT EXISTS (SELECT 1 FROM article_sections o WHERE o.article_id = f.article_id AND o.section_id = $2)";
    tx.execute_raw(statement(tx, sql, [from.0.into(), into.0.into()])).await?;
    let sql = "DELETE FROM article_sections WHERE section_id = $1 OR (section_id = $2 \
               AND article_id IN (SELECT id FROM articles WHERE section_id = $2))";
    tx.execute_raw(statement(tx, sql, [from.0.into(), into.0.into()])).await?;
    Ok(())
}

/// Puts the sections that exist in place of those that are gone. `own` is the section in which the article stands.
pub(super) async fn settle(db: &impl ConnectionTrait, own: SectionId, placement: &mut Placement) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Gone {
        id: i64,
        into_id: Option<i64>,
    }
    let sql = "SELECT id, into_id FROM gone_sections";
    let gone = Gone::find_by_statement(statement(db, sql, [])).all(db).await?;
    let now = |section: SectionId| match gone.iter().find(|gone| gone.id == section.0) {
        Some(gone) => gone.into_id.map(SectionId),
        None => Some(section),
    };
    if gone.is_empty() {
        return Ok(());
    }
    placement.section = now(placement.section).unwrap_or(own);
    let mut kept: Vec<SectionId> = Vec::new();
    for section in std::mem::take(&mut placement.further).into_iter().filter_map(now) {
        if section != placement.section && !kept.contains(&section) {
            kept.push(section);
        }
    }
    placement.further = kept;
    Ok(())
}
