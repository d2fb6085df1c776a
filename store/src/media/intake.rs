//! The one way in for bytes, whole ones here and those that came in parts in `uploads`: what they are is told by
//! themselves, what they may not be is refused, pictures are cleaned, and the same bytes are one record whoever brings
//! them under whatever name.

use super::{LARGEST_PICTURE, LONGEST_ALT, MediaStore, allowed, cleaning, making::may_change, renditions, uses};
use crate::{
    Error, Result, Store,
    entity::media,
    jobs::{self, Kind},
    records::{self, Subject},
    unix_now,
};
use content::{
    Actor, MediaId, Refusal,
    article::limited,
    media::{File, FileKind, is_high_efficiency, shown_name},
    refusal::quoted,
};
use object_store::{ObjectStoreExt, PutPayload, path::Path};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, sea_query::OnConflict};
use sha2::{Digest, Sha256};
use tokio::sync::{Semaphore, SemaphorePermit};

/// What is held in memory whole takes turns: so many megabytes at a time.
const MEGABYTES_AT_A_TIME: usize = 96;

static TURNS: Semaphore = Semaphore::const_new(MEGABYTES_AT_A_TIME);

/// What is known of bytes before they are recorded.
pub(super) struct Described {
    pub(super) key: String,
    pub(super) kind: FileKind,
    pub(super) bytes: u64,
    pub(super) width: u32,
    pub(super) height: u32,
    /// Whether widths are to be made of it.
    pub(super) has_widths: bool,
}

impl Store {
    /// Takes a picture in. The same bytes are one picture, whoever brings them under whatever name.
    ///
    /// # Errors
    /// An actor who may not; bytes that are no picture or too many of them.
    pub async fn add_picture(
        &self,
        files: &MediaStore,
        actor: &Actor,
        name: &str,
        bytes: Vec<u8>,
        alt: &str,
    ) -> Result<MediaId> {
        allowed(actor)?;
        limited("alt", alt, LONGEST_ALT)?;
        match kind_of(&bytes, name) {
            Ok(FileKind::Picture(_)) => {}
            Ok(_) => return Err(Refusal::NotAPicture { name: quoted(name) }.into()),
            Err(Refusal::NotAFile { name }) => return Err(Refusal::NotAPicture { name }.into()),
            Err(refusal) => return Err(refusal.into()),
        }
        let _turn = turn(bytes.len() as u64).await?;
        let (described, bytes) = examine(name, bytes).await?;
        self.keep(files, actor, (name, alt), described, Some(bytes.into())).await
    }

    /// Takes a file of any kind in: a picture as [`Store::add_picture`] does, anything else as it is.
    ///
    /// # Errors
    /// An actor who may not; bytes of no kind that is taken, or too many of them.
    pub async fn add_file(&self, files: &MediaStore, actor: &Actor, name: &str, bytes: Vec<u8>) -> Result<File> {
        allowed(actor)?;
        let kind = kind_of(&bytes, name)?;
        self.bounded(kind, bytes.len() as u64)?;
        let _turn = turn(bytes.len() as u64).await?;
        let (described, bytes) = examine(name, bytes).await?;
        let id = self.keep(files, actor, (name, ""), described, Some(bytes.into())).await?;
        self.file_of(id).await
    }

    /// Whether a file of this kind may be so large.
    pub(super) fn bounded(&self, kind: FileKind, bytes: u64) -> Result<()> {
        let (field, limit) = match kind {
            FileKind::Picture(_) => ("picture", LARGEST_PICTURE as u64),
            _ => ("file", self.largest_file),
        };
        if bytes > limit { Err(Refusal::TooLong { field: field.to_owned(), limit }.into()) } else { Ok(()) }
    }

    pub(super) async fn file_of(&self, id: MediaId) -> Result<File> {
        self.files(&[id]).await?.pop().ok_or_else(|| Error::Corrupt(format!("the record of file {id} is missing")))
    }

    /// Puts bytes into the media store and their record into the database. Without bytes they are there already.
    pub(super) async fn keep(
        &self,
        files: &MediaStore,
        actor: &Actor,
        (name, alt): (&str, &str),
        described: Described,
        bytes: Option<PutPayload>,
    ) -> Result<MediaId> {
        let place = Path::from(described.key.as_str());
        // The bytes first: a record without them would be served, bytes without a record are only unused.
        if let Some(bytes) = &bytes {
            files.put(&place, bytes.clone()).await?;
        }
        let id = self.record(actor, (name, alt), &described).await?;
        // Whoever sweeps up may have taken bytes of the same name away before their record was there again.
        if let Some(bytes) = bytes
            && matches!(files.head(&place).await, Err(object_store::Error::NotFound { .. }))
        {
            files.put(&place, bytes).await?;
        }
        Ok(id)
    }

    async fn record(&self, actor: &Actor, (name, alt): (&str, &str), described: &Described) -> Result<MediaId> {
        let side = |pixels: u32| i32::try_from(pixels).unwrap_or(i32::MAX);
        let shown = shown_name(name, described.kind);
        let row = media::ActiveModel {
            key: Set(described.key.clone()),
            file_name: Set(shown.clone()),
            content_type: Set(described.kind.content_type().to_owned()),
            kind: Set(described.kind.media_kind().key().to_owned()),
            bytes: Set(i64::try_from(described.bytes).unwrap_or(i64::MAX)),
            width: Set(side(described.width)),
            height: Set(side(described.height)),
            alt: Set(alt.to_owned()),
            making: Set(if described.has_widths { "waiting" } else { "" }.to_owned()),
            account_id: Set(actor.account().map(|account| account.0)),
            created_at: Set(unix_now().0),
            ..Default::default()
        };
        let tx = self.write().await?;
        let conflict = OnConflict::column(media::Column::Key).do_nothing().to_owned();
        let added = media::Entity::insert(row).on_conflict(conflict).exec_without_returning(&tx).await?;
        let stored = media::Entity::find().filter(media::Column::Key.eq(&described.key)).one(&tx).await?;
        let stored = stored.ok_or_else(|| Error::Corrupt(format!("the record of {} is missing", described.key)))?;
        let subject = (Subject::Media, Some(stored.id));
        if added > 0 {
            if described.has_widths {
                jobs::begin(&tx, actor, Kind::Renditions, &stored.id).await?;
            }
            records::audit(&tx, actor, "add", subject, "", &shown).await?;
        } else {
            came_again(&tx, actor, &stored, &shown).await?;
        }
        tx.commit().await?;
        Ok(MediaId(stored.id))
    }
}

/// The same bytes, sent once more. Whoever sends what is in the bin wants it to be there; and as long as no article has
/// used the file under its name, its name is the one under which it came last.
async fn came_again(tx: &DatabaseTransaction, actor: &Actor, stored: &media::Model, shown: &str) -> Result<()> {
    let subject = (Subject::Media, Some(stored.id));
    if stored.deleted_at.is_some() {
        let change = media::ActiveModel { id: Set(stored.id), deleted_at: Set(None), ..Default::default() };
        media::Entity::update(change).exec(tx).await?;
        records::audit(tx, actor, "undelete", subject, "", &stored.file_name).await?;
    }
    if stored.file_name != shown && may_change(actor, stored).is_ok() && !uses::is_named(tx, MediaId(stored.id)).await?
    {
        let change = media::ActiveModel { id: Set(stored.id), file_name: Set(shown.to_owned()), ..Default::default() };
        media::Entity::update(change).exec(tx).await?;
        records::audit(tx, actor, "describe", subject, &stored.file_name, shown).await?;
    }
    Ok(())
}

/// What the bytes are.
pub(super) fn kind_of(bytes: &[u8], name: &str) -> std::result::Result<FileKind, Refusal> {
    if is_high_efficiency(bytes) {
        return Err(Refusal::HighEfficiency { name: quoted(name) });
    }
    FileKind::of(bytes, name).ok_or_else(|| Refusal::NotAFile { name: quoted(name) })
}

/// Waits until there is room in memory for so many bytes, as they came and as they are kept.
pub(super) async fn turn(bytes: u64) -> Result<SemaphorePermit<'static>> {
    let megabytes = u32::try_from(2 * bytes.div_ceil(1024 * 1024)).unwrap_or(u32::MAX);
    let most = u32::try_from(MEGABYTES_AT_A_TIME).unwrap_or(1);
    TURNS.acquire_many(megabytes.clamp(1, most)).await.map_err(|error| Error::Corrupt(error.to_string()))
}

/// Looks at bytes that are held whole: cleans a picture, and hashes what is to be kept.
pub(super) async fn examine(name: &str, bytes: Vec<u8>) -> Result<(Described, Vec<u8>)> {
    let name = name.to_owned();
    let examined = tokio::task::spawn_blocking(move || examined(&name, bytes)).await;
    Ok(examined.map_err(|error| Error::Corrupt(error.to_string()))??)
}

fn examined(name: &str, bytes: Vec<u8>) -> std::result::Result<(Described, Vec<u8>), Refusal> {
    let kind = kind_of(&bytes, name)?;
    let FileKind::Picture(_) = kind else {
        let (key, length) = (key_of(&bytes, kind), bytes.len() as u64);
        return Ok((Described { key, kind, bytes: length, width: 0, height: 0, has_widths: false }, bytes));
    };
    if bytes.len() > LARGEST_PICTURE {
        return Err(Refusal::TooLong { field: "picture".to_owned(), limit: LARGEST_PICTURE as u64 });
    }
    let cleaned = cleaning::clean(&bytes).map_err(|fault| fault.refusal(name))?;
    let described = Described {
        key: key_of(&cleaned.bytes, kind),
        kind,
        bytes: cleaned.bytes.len() as u64,
        width: cleaned.width,
        height: cleaned.height,
        has_widths: !renditions::widths_of(&cleaned).is_empty(),
    };
    Ok((described, cleaned.bytes))
}

pub(super) fn key_of(bytes: &[u8], kind: FileKind) -> String {
    format!("{:x}.{}", Sha256::digest(bytes), kind.extension())
}
