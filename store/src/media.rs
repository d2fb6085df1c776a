//! Pictures in and out: bytes in the media store under the name of their hash, what is known of them in the database.
//! A first, small path; sizes, re-encoding and the library's forms come on top of it.

use crate::{
    Error, Result, Store,
    entity::media,
    records::{self, Subject},
    unix_now,
};
use content::{
    Actor, MediaId, Refusal,
    media::{File, FileKind, Focus, Picture, PictureKind},
    permission::{self, Action},
};
pub use object_store::{Error as FileError, GetOptions, ObjectStore};
use object_store::{ObjectStoreExt, path::Path};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict};
use sha2::{Digest, Sha256};
use std::{collections::HashMap, sync::Arc};

/// Where the bytes of media are.
pub type MediaStore = Arc<dyn ObjectStore>;

/// The largest picture that is taken in, in bytes.
pub const LARGEST_PICTURE: usize = 32 * 1024 * 1024;

/// The largest file of another kind, in bytes.
pub const LARGEST_FILE: usize = 64 * 1024 * 1024;

/// What is known of bytes before they are stored.
#[derive(Default)]
struct Described<'a> {
    key: String,
    content_type: &'static str,
    width: i32,
    height: i32,
    alt: &'a str,
}

/// Whether the actor may add to the media library.
///
/// # Errors
/// `NotAllowed`.
pub fn allowed(actor: &Actor) -> Result<()> {
    // Whoever may write in one section brings pictures for it.
    let somewhere = |grant: &content::account::Grant| {
        let subject = grant.section.map_or(permission::Subject::Site, permission::Subject::Section);
        permission::can(actor, Action::AddMedia, subject)
    };
    let may = match actor {
        Actor::Account { grants, .. } => grants.iter().any(somewhere),
        other => permission::can(other, Action::AddMedia, permission::Subject::Site),
    };
    if may { Ok(()) } else { Err(Error::not_allowed(Action::AddMedia)) }
}

/// The media store in a local folder, which is made when it is not there.
///
/// # Errors
/// A folder that cannot be made or opened.
pub fn local(folder: &std::path::Path) -> Result<MediaStore> {
    std::fs::create_dir_all(folder).map_err(|error| Error::Corrupt(format!("{}: {error}", folder.display())))?;
    Ok(Arc::new(object_store::local::LocalFileSystem::new_with_prefix(folder)?))
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
        let refused = || Refusal::NotAPicture { name: content::refusal::quoted(name) };
        if bytes.len() > LARGEST_PICTURE {
            return Err(Refusal::TooLong { field: "picture".to_owned(), limit: LARGEST_PICTURE as u64 }.into());
        }
        let kind = PictureKind::of(&bytes).ok_or_else(refused)?;
        let size = imagesize::blob_size(&bytes).map_err(|_| refused())?;
        let side = |pixels: usize| i32::try_from(pixels).map_err(|_| refused());
        let (width, height) = (side(size.width)?, side(size.height)?);
        let key = format!("{:x}.{}", Sha256::digest(&bytes), kind.extension());
        let described = Described { key, content_type: kind.content_type(), width, height, alt };
        self.add_bytes(files, actor, name, bytes, described).await
    }

    /// Takes a file of any kind in: a picture as [`Store::add_picture`] does, anything else under the name of its hash.
    ///
    /// # Errors
    /// An actor who may not; bytes of no kind that is taken, or too many of them.
    pub async fn add_file(&self, files: &MediaStore, actor: &Actor, name: &str, bytes: Vec<u8>) -> Result<File> {
        allowed(actor)?;
        if bytes.len() > LARGEST_FILE {
            return Err(Refusal::TooLong { field: "file".to_owned(), limit: LARGEST_FILE as u64 }.into());
        }
        let kind =
            FileKind::of(&bytes, name).ok_or_else(|| Refusal::NotAFile { name: content::refusal::quoted(name) })?;
        let id = if let FileKind::Picture(_) = kind {
            self.add_picture(files, actor, name, bytes, "").await?
        } else {
            let key = format!("{:x}.{}", Sha256::digest(&bytes), kind.extension());
            self.add_bytes(
                files,
                actor,
                name,
                bytes,
                Described { key, content_type: kind.content_type(), ..Described::default() },
            )
            .await?
        };
        self.files(&[id]).await?.pop().ok_or_else(|| Error::Corrupt(format!("the record of file {id} is missing")))
    }

    /// Puts bytes into the media store and their record into the database.
    async fn add_bytes(
        &self,
        files: &MediaStore,
        actor: &Actor,
        name: &str,
        bytes: Vec<u8>,
        described: Described<'_>,
    ) -> Result<MediaId> {
        let Described { key, content_type, width, height, alt } = described;
        let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        // The bytes first: a record without them would be served, bytes without a record are only unused.
        files.put(&Path::from(key.as_str()), bytes.into()).await?;
        let row = media::ActiveModel {
            key: Set(key.clone()),
            file_name: Set(content::refusal::quoted(name)),
            content_type: Set(content_type.to_owned()),
            bytes: Set(length),
            width: Set(width),
            height: Set(height),
            alt: Set(alt.to_owned()),
            account_id: Set(actor.account().map(|account| account.0)),
            created_at: Set(unix_now().0),
            ..Default::default()
        };
        let tx = self.write().await?;
        let conflict = OnConflict::column(media::Column::Key).do_nothing().to_owned();
        let added = media::Entity::insert(row).on_conflict(conflict).exec_without_returning(&tx).await?;
        let stored = media::Entity::find().filter(media::Column::Key.eq(&key)).one(&tx).await?;
        let id = stored.map(|row| row.id).ok_or_else(|| Error::Corrupt(format!("the record of {key} is missing")))?;
        if added > 0 {
            records::audit(&tx, actor, "add", (Subject::Media, Some(id)), "", &key).await?;
        }
        tx.commit().await?;
        Ok(MediaId(id))
    }

    /// The files with these numbers, in the order of their numbers.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn files(&self, ids: &[MediaId]) -> Result<Vec<File>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let found = media::Entity::find().filter(media::Column::Id.is_in(ids.iter().map(|id| id.0)));
        Ok(found.order_by_asc(media::Column::Id).all(&self.db).await?.into_iter().map(file).collect())
    }

    /// The pictures with these numbers.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn pictures(&self, ids: &[MediaId]) -> Result<HashMap<MediaId, Picture>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows =
            media::Entity::find().filter(media::Column::Id.is_in(ids.iter().map(|id| id.0))).all(&self.db).await?;
        Ok(rows.into_iter().map(|row| (MediaId(row.id), picture(row))).collect())
    }
}

/// The widths as a row has them.
pub(crate) fn widths(json: &str) -> Vec<u32> {
    serde_json::from_str(json).unwrap_or_default()
}

/// The focal point as a row has it.
pub(crate) fn focus(x: i32, y: i32) -> Focus {
    let share = |per_cent: i32| u8::try_from(per_cent.clamp(0, 100)).unwrap_or(50);
    Focus { x: share(x), y: share(y) }
}

fn file(row: media::Model) -> File {
    let side = |pixels: i32| u32::try_from(pixels).unwrap_or_default();
    File {
        id: MediaId(row.id),
        key: row.key,
        name: row.file_name,
        bytes: u64::try_from(row.bytes).unwrap_or_default(),
        width: side(row.width),
        height: side(row.height),
        alt: row.alt,
        widths: widths(&row.widths),
        focus: focus(row.focus_x, row.focus_y),
    }
}

fn picture(row: media::Model) -> Picture {
    let side = |pixels: i32| u32::try_from(pixels).unwrap_or_default();
    Picture {
        id: MediaId(row.id),
        key: row.key,
        width: side(row.width),
        height: side(row.height),
        alt: row.alt,
        widths: widths(&row.widths),
        focus: focus(row.focus_x, row.focus_y),
    }
}
