//! Which articles use a file, and who has to learn that it looks different.

use crate::{
    Result,
    articles::statement,
    records::{self, Change},
};
use content::{MediaId, SectionId};
use sea_orm::{ConnectionTrait, FromQueryResult};

/// From a use to its article, where the revision is the one that editors see, that readers see, or that they will see at a
/// time. Older revisions keep a file from being deleted for ever, but are no use of it.
pub(super) const USES: &str = "media_uses u JOIN revisions r ON r.id = u.revision_id JOIN articles a ON a.id = r.article_id \
     AND r.id IN (a.working_revision_id, a.published_revision_id, a.scheduled_revision_id)";

/// A public article that shows a file, in one of its sections.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub(super) struct Shown {
    pub(super) id: i64,
    pub(super) section_id: i64,
}

/// The public articles that show the file, each with the sections in which it is listed.
pub(super) async fn shown_in(tx: &impl ConnectionTrait, media: MediaId) -> Result<Vec<Shown>> {
    let public = "SELECT a.id, a.section_id FROM media_uses u JOIN articles a ON a.published_revision_id = u.revision_id \
         WHERE u.media_id = $1";
    let sql = format!(
        "{public} UNION SELECT s.article_id AS id, s.section_id FROM article_sections s \
         JOIN articles a ON a.id = s.article_id JOIN media_uses u ON u.revision_id = a.published_revision_id \
         WHERE u.media_id = $1 ORDER BY 1, 2"
    );
    Ok(Shown::find_by_statement(statement(tx, &sql, [media.0.into()])).all(tx).await?)
}

/// Writes the change records of a file that looks different: one for every list that a public article with it stands in,
/// and one for the site where it is its emblem.
pub(super) async fn note_change(tx: &impl ConnectionTrait, media: MediaId) -> Result<()> {
    let shown = shown_in(tx, media).await?;
    // Which articles have pictures is the same.
    let changes = shown.into_iter().map(|shown| Change::article(shown.id, SectionId(shown.section_id), false));
    records::changed(tx, changes).await?;
    if is_emblem(tx, media).await? {
        records::changed(tx, [Change::site()]).await?;
    }
    Ok(())
}

/// Whether the site shows the file on every page.
pub(super) async fn is_emblem(tx: &impl ConnectionTrait, media: MediaId) -> Result<bool> {
    let sql = "SELECT id FROM site WHERE emblem_media_id = $1";
    Ok(tx.query_one_raw(statement(tx, sql, [media.0.into()])).await?.is_some())
}

/// Whether any revision of any article names the file, old ones included.
pub(super) async fn is_named(tx: &impl ConnectionTrait, media: MediaId) -> Result<bool> {
    let sql = "SELECT revision_id FROM media_uses WHERE media_id = $1 LIMIT 1";
    Ok(tx.query_one_raw(statement(tx, sql, [media.0.into()])).await?.is_some())
}

/// How many articles use the file.
pub(super) async fn count(tx: &impl ConnectionTrait, media: MediaId) -> Result<u32> {
    let sql = format!("SELECT COUNT(DISTINCT a.id) AS n FROM {USES} WHERE u.media_id = $1");
    let row = tx.query_one_raw(statement(tx, &sql, [media.0.into()])).await?;
    let uses: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
    Ok(u32::try_from(uses).unwrap_or(u32::MAX))
}
