//! What nobody needs any more: files that were in the bin for a month, uploads that nobody finished, bytes without a
//! record.

use super::{MediaStore, making::leave_behind};
use crate::{
    Result, Store,
    articles::statement,
    records::{self, Subject},
};
use content::{Actor, Timestamp};
use futures::TryStreamExt;
use object_store::{ObjectMeta, ObjectStoreExt};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::HashSet;

/// How long a file stays in the bin, in milliseconds: 30 days.
const IN_BIN: i64 = 30 * 24 * 3_600_000;
/// How long bytes without a record are left alone, in milliseconds: a day. Bytes come before their record, and pages that
/// readers have open name those that were replaced.
const LEFT: i64 = 24 * 3_600_000;

impl Store {
    /// Deletes the records of files that were in the bin for 30 days and that no revision names, old ones included.
    /// Answers how many. Their bytes follow with [`Store::sweep_objects`].
    ///
    /// # Errors
    /// A database that does not answer; what was deleted before stays deleted.
    pub async fn purge_media(&self, now: Timestamp) -> Result<u64> {
        #[derive(FromQueryResult)]
        struct Row {
            id: i64,
            key: String,
            file_name: String,
        }
        let unnamed = "deleted_at < $1 AND NOT EXISTS (SELECT 1 FROM media_uses u WHERE u.media_id = media.id) \
             AND NOT EXISTS (SELECT 1 FROM site WHERE emblem_media_id = media.id)";
        let sql = format!("SELECT id, key, file_name FROM media WHERE {unnamed} ORDER BY id");
        let before = now.0 - IN_BIN;
        let mut purged = 0;
        for row in Row::find_by_statement(statement(&self.db, &sql, [before.into()])).all(&self.db).await? {
            let tx = self.write().await?;
            // Somebody may have taken it out, or used it, since it was looked for.
            let sql = format!("DELETE FROM media WHERE id = $2 AND {unnamed}");
            let deleted = tx.execute_raw(statement(&tx, &sql, [before.into(), row.id.into()])).await?;
            if deleted.rows_affected() > 0 {
                leave_behind(&tx, &row.key).await?;
                let subject = (Subject::Media, Some(row.id));
                records::audit(&tx, &Actor::Operator, "purge", subject, &row.file_name, "").await?;
                purged += 1;
            }
            tx.commit().await?;
        }
        Ok(purged)
    }

    /// Deletes uploads that have expired. Answers how many.
    ///
    /// # Errors
    /// A database or a media store that does not answer.
    pub async fn sweep_uploads(&self, files: &MediaStore, now: Timestamp) -> Result<u64> {
        let sql = "SELECT id FROM uploads WHERE expires_at < $1";
        let rows = self.db.query_all_raw(statement(&self.db, sql, [now.0.into()])).await?;
        for row in &rows {
            self.forget_upload(files, &row.try_get::<String>("", "id")?).await?;
        }
        Ok(rows.len() as u64)
    }

    /// Deletes bytes of the media store that no record and no upload has named for a day: of an intake that was cut off
    /// between the two, of files that were replaced or purged. What is not named as media are is not touched. Answers
    /// how many.
    ///
    /// # Errors
    /// A database or a media store that does not answer.
    pub async fn sweep_objects(&self, files: &MediaStore, now: Timestamp) -> Result<u64> {
        let forgotten = "DELETE FROM media_left WHERE at < $1";
        self.db.execute_raw(statement(&self.db, forgotten, [(now.0 - LEFT).into()])).await?;
        let kept = self.words("SELECT key AS word FROM media UNION ALL SELECT key AS word FROM media_left").await?;
        let kept: HashSet<String> = kept.into_iter().map(|key| hash_of(&key).to_owned()).collect();
        let uploads: HashSet<String> = self.words("SELECT id AS word FROM uploads").await?.into_iter().collect();
        let old = |object: &ObjectMeta| object.last_modified.timestamp_millis() < now.0 - LEFT;
        let needless = |object: &ObjectMeta| {
            let name = object.location.as_ref();
            match name.strip_prefix("incoming/") {
                Some(part) => !uploads.contains(part.split('/').next().unwrap_or_default()),
                None => is_ours(name) && !kept.contains(hash_of(name)),
            }
        };
        let listed = files.list(None).try_filter(|object| std::future::ready(old(object) && needless(object)));
        let found: Vec<ObjectMeta> = listed.try_collect().await?;
        let mut deleted = 0;
        for object in found {
            // Whoever brought the same bytes again meanwhile has written them anew.
            match files.head(&object.location).await {
                Ok(still) if old(&still) => {}
                Ok(_) | Err(object_store::Error::NotFound { .. }) => continue,
                Err(error) => return Err(error.into()),
            }
            files.delete(&object.location).await?;
            deleted += 1;
        }
        Ok(deleted)
    }

    async fn words(&self, sql: &str) -> Result<Vec<String>> {
        let rows = self.db.query_all_raw(statement(&self.db, sql, [])).await?;
        Ok(rows.iter().map(|row| row.try_get("", "word")).collect::<std::result::Result<_, _>>()?)
    }
}

/// The hash that a name of the media store begins with.
fn hash_of(name: &str) -> &str {
    name.split(['.', '-']).next().unwrap_or_default()
}

/// Whether it is named as media and their widths are.
fn is_ours(name: &str) -> bool {
    let hash = hash_of(name);
    hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
