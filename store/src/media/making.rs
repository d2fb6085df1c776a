//! The widths of a picture on their way: begun by the intake in its own transaction, made by a job, told to readers'
//! pages when they are there. Until then, and where they cannot be made, the picture is shown as it came.

use super::{
    MediaStore,
    cleaning::{self, Cleaned},
    intake::key_of,
    renditions, uses,
};
use crate::{
    Error, Result, Store,
    articles::statement,
    entity::media,
    jobs::{self, Kind},
    records::{self, Subject},
    unix_now,
};
use content::{
    Actor, MediaId, Refusal,
    media::{FileKind, Making, width_key},
    permission::{self, Action},
};
use object_store::{ObjectStoreExt, path::Path};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Value};

/// What the widths of a picture are made of and what came of it.
struct Made {
    cleaned: Cleaned,
    widths: Vec<(u32, Vec<u8>)>,
}

/// How far a row says its widths are.
pub(super) fn making(row: &media::Model) -> Making {
    match row.making.as_str() {
        "" => Making::Done,
        "waiting" => Making::Waiting,
        fault => Making::Failed(fault.to_owned()),
    }
}

impl Store {
    /// Makes the widths of a picture: the work of a job. What is not waiting for it any more is left alone, so it may be
    /// begun twice.
    ///
    /// # Errors
    /// A media store or a database that does not answer: to be tried again. Data that cannot be decoded is no error but
    /// is noted in the picture's record.
    pub async fn make_widths(&self, files: &MediaStore, media: MediaId) -> Result<()> {
        let waiting = media::Column::Making.eq("waiting");
        let Some(row) = media::Entity::find_by_id(media.0).filter(waiting).one(&self.db).await? else { return Ok(()) };
        let found = match files.get(&Path::from(row.key.as_str())).await {
            // It will not come by waiting.
            Err(object_store::Error::NotFound { .. }) => return self.note_unmade(media, "store").await,
            other => other?.bytes().await?,
        };
        // A decoder that panics has met data that it does not understand.
        let made = tokio::task::spawn_blocking(move || make(&found)).await.ok().flatten();
        let Some(Made { cleaned, widths }) = made else { return self.note_unmade(media, "unreadable").await };
        let Some(kind) = FileKind::of_key(&row.key) else { return self.note_unmade(media, "other").await };
        let key = key_of(&cleaned.bytes, kind);
        let length = cleaned.bytes.len();
        if key != row.key {
            // It came before pictures were cleaned.
            files.put(&Path::from(key.as_str()), cleaned.bytes.into()).await?;
        }
        let list: Vec<u32> = widths.iter().map(|(width, _)| *width).collect();
        for (width, bytes) in widths {
            files.put(&Path::from(width_key(&key, width)), bytes.into()).await?;
        }
        let side = |pixels: u32| i32::try_from(pixels).unwrap_or(i32::MAX);
        let change = media::ActiveModel {
            key: Set(key.clone()),
            bytes: Set(i64::try_from(length).unwrap_or(i64::MAX)),
            width: Set(side(cleaned.width)),
            height: Set(side(cleaned.height)),
            widths: Set(serde_json::to_string(&list).map_err(|error| Error::Corrupt(error.to_string()))?),
            making: Set(String::new()),
            ..Default::default()
        };
        let tx = self.write().await?;
        if key != row.key && media::Entity::find().filter(media::Column::Key.eq(&key)).one(&tx).await?.is_some() {
            // Its clean form is there as a record of its own: this one stays as it is, with the widths of none.
            unmade(&tx, media, "other").await?;
            return Ok(tx.commit().await?);
        }
        // What was replaced meanwhile has bytes, and a job, of its own.
        let same = media::Entity::update_many().set(change).filter(media::Column::Id.eq(media.0));
        let changed = same.filter(media::Column::Key.eq(&row.key)).exec(&tx).await?;
        if changed.rows_affected > 0 {
            if key != row.key {
                leave_behind(&tx, &row.key).await?;
            }
            uses::note_change(&tx, media).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Notes that the widths of a picture could not be made, in one word.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn note_unmade(&self, media: MediaId, reason: &str) -> Result<()> {
        unmade(&self.db, media, reason).await
    }

    /// Makes the widths of a picture once more.
    ///
    /// # Errors
    /// An actor who may not; a picture that is not there, or whose widths are there.
    pub async fn retry_media(&self, actor: &Actor, media: MediaId) -> Result<()> {
        let tx = self.write().await?;
        let row = media::Entity::find_by_id(media.0).one(&tx).await?.ok_or(Refusal::NotFound)?;
        may_change(actor, &row)?;
        let Making::Failed(fault) = making(&row) else { return Ok(()) };
        let change = media::ActiveModel { id: Set(row.id), making: Set("waiting".to_owned()), ..Default::default() };
        media::Entity::update(change).exec(&tx).await?;
        jobs::begin(&tx, actor, Kind::Renditions, &media.0).await?;
        records::audit(&tx, actor, "retry", (Subject::Media, Some(row.id)), &fault, "").await?;
        Ok(tx.commit().await?)
    }

    /// Begins the jobs of pictures that wait for their widths without one: those that were there before widths were
    /// made. Answers how many.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn begin_missing_widths(&self) -> Result<u64> {
        let sql = "INSERT INTO jobs (kind, state, run_at, payload, created_at) \
             SELECT 'renditions', 'waiting', $1, CAST(m.id AS TEXT), $1 FROM media m WHERE m.making = 'waiting' \
             AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.kind = 'renditions' AND j.state IN ('waiting', 'running') \
             AND j.payload = CAST(m.id AS TEXT))";
        let now: Value = unix_now().0.into();
        Ok(self.db.execute_raw(statement(&self.db, sql, [now])).await?.rows_affected())
    }
}

async fn unmade(db: &impl ConnectionTrait, media: MediaId, reason: &str) -> Result<()> {
    let sql = "UPDATE media SET making = $1 WHERE id = $2 AND making = 'waiting'";
    db.execute_raw(statement(db, sql, [reason.into(), media.0.into()])).await?;
    Ok(())
}

/// The actor may describe, replace and delete the file.
pub(super) fn may_change(actor: &Actor, row: &media::Model) -> Result<()> {
    let by = row.account_id.map(content::AccountId);
    let may = permission::can(actor, Action::ChangeMedia, permission::Subject::Media { by });
    if may { Ok(()) } else { Err(Error::not_allowed(Action::ChangeMedia)) }
}

/// Notes that bytes have lost their record. Pages that readers have open still name them: they are swept up a day later.
pub(super) async fn leave_behind(tx: &impl ConnectionTrait, key: &str) -> Result<()> {
    let sql = "INSERT INTO media_left (key, at) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET at = excluded.at";
    tx.execute_raw(statement(tx, sql, [key.into(), unix_now().0.into()])).await?;
    Ok(())
}

fn make(bytes: &[u8]) -> Option<Made> {
    let cleaned = cleaning::clean(bytes).ok()?;
    let widths = renditions::make(&cleaned).ok()?;
    Some(Made { cleaned, widths })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Zone, media::local};
    use sha2::{Digest, Sha256};

    #[tokio::test]
    async fn a_picture_that_was_there_before_is_cleaned_and_gets_its_widths() {
        let folder = tempfile::tempdir().unwrap();
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let store = Store::open_file(&folder.path().join("old.db"), zone).await.unwrap();
        store.migrate().await.unwrap();
        let files = local(&folder.path().join("media")).unwrap();
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::DynamicImage::new_rgb8(600, 4).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        let clean = bytes.into_inner();
        let talking = [&clean[..], b"<script>"].concat();
        let old = format!("{:x}.png", Sha256::digest(&talking));
        files.put(&Path::from(old.as_str()), talking.into()).await.unwrap();
        // As the migration leaves the rows of earlier versions: waiting, and nobody at work.
        let row = media::ActiveModel {
            key: Set(old.clone()),
            file_name: Set("旧.png".to_owned()),
            content_type: Set("image/png".to_owned()),
            kind: Set("picture".to_owned()),
            making: Set("waiting".to_owned()),
            bytes: Set(1),
            created_at: Set(0),
            ..Default::default()
        };
        let media = MediaId(media::Entity::insert(row).exec(&store.db).await.unwrap().last_insert_id);
        assert_eq!(store.begin_missing_widths().await.unwrap(), 1);
        let job = store.take_job("one", unix_now()).await.unwrap().unwrap();
        store.make_widths(&files, job.payload().unwrap()).await.unwrap();
        let file = store.files(&[media]).await.unwrap().remove(0);
        assert_eq!(file.key, format!("{:x}.png", Sha256::digest(&clean)));
        assert_eq!((file.width, file.height, file.widths.as_slice()), (600, 4, &[480, 600][..]));
        // What pages have open is there until the next day, and gone then.
        let later = |hours: i64| content::Timestamp(unix_now().0 + hours * 3_600_000);
        assert_eq!(store.sweep_objects(&files, later(20)).await.unwrap(), 0);
        assert_eq!(store.sweep_objects(&files, later(50)).await.unwrap(), 1);
        assert!(files.head(&Path::from(old)).await.is_err());
        // Begun twice, it comes to the same end.
        store.make_widths(&files, media).await.unwrap();
        assert_eq!(store.files(&[media]).await.unwrap(), [file]);
    }
}
