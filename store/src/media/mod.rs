//! Pictures and files: bytes in the media store under the name of their hash, what is known of them in the database.
//!
//! `intake` takes bytes in, whole or in parts (`uploads`); `cleaning` takes off a picture what is not the picture;
//! `renditions` and `making` make its widths, off the way of any request; `library` is what editors see and change;
//! `sweeping` deletes what nobody needs; `place` opens the media store.

mod cleaning;
mod intake;
mod library;
mod making;
mod place;
mod renditions;
mod sweeping;
mod uploads;
mod uses;

pub use object_store::{Error as FileError, GetOptions, GetRange, ObjectStore, ObjectStoreExt};
pub use place::{MediaStore, S3, local};
pub use renditions::LARGEST_WIDTH;
pub use uploads::{LARGEST_PART, MOST_UPLOADS, Upload};

use crate::{Error, Result, Store, entity::media};
use content::{
    Actor, MediaId, Refusal,
    desk::LARGEST_BATCH,
    media::{File, Focus, Picture},
    permission::{self, Action},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;

/// The largest picture that is taken in, in bytes. Pictures are held in memory while they are cleaned.
pub const LARGEST_PICTURE: usize = 32 * 1024 * 1024;
/// The largest file of another kind where the configuration says nothing, in bytes.
pub const LARGEST_FILE: u64 = 512 * 1024 * 1024;
/// The most pixels of a picture: what telephones take at their best, and some more.
pub const MOST_PIXELS: u64 = 60_000_000;
/// The most memory that a picture's pixels may need when it is decoded, in bytes. One is decoded at a time.
pub const LARGEST_DECODED: u64 = 256 * 1024 * 1024;
/// The most frames of a picture that moves.
pub const MOST_FRAMES: u64 = 400;
/// The most pixels of all frames of such a picture: readers' browsers decode them.
pub const MOST_PIXELS_MOVING: u64 = 200_000_000;
/// The longest text that is said in place of a picture, in characters.
pub const LONGEST_ALT: usize = 300;

/// Whether the actor may add to the media library.
///
/// # Errors
/// `NotAllowed`.
pub fn allowed(actor: &Actor) -> Result<()> {
    let may = permission::can(actor, Action::AddMedia, permission::Subject::Site);
    if may { Ok(()) } else { Err(Error::not_allowed(Action::AddMedia)) }
}

impl Store {
    /// The same store with another limit for files that are no pictures, in bytes.
    #[must_use]
    pub const fn with_largest_file(mut self, bytes: u64) -> Self {
        self.largest_file = bytes;
        self
    }

    /// The largest file that is taken in, in bytes.
    #[must_use]
    pub const fn largest_file(&self) -> u64 {
        self.largest_file
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

    /// A file, as far as the actor may see it: readers what they are shown, editors all that is not in the bin.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn visible_file(&self, actor: &Actor, id: MediaId) -> Result<File> {
        let row = media::Entity::find_by_id(id.0).filter(media::Column::DeletedAt.is_null()).one(&self.db).await?;
        let row = row.ok_or(Refusal::NotFound)?;
        let editor = permission::can(actor, Action::See, permission::Subject::Site);
        if editor || !uses::shown_in(&self.db, id).await?.is_empty() || uses::is_emblem(&self.db, id).await? {
            return Ok(file(row));
        }
        Err(Refusal::NotFound.into())
    }

    /// The files with these keys that are not in the bin.
    ///
    /// # Errors
    /// An actor who may see nothing, too many at once.
    pub async fn files_of_keys(&self, actor: &Actor, keys: &[String]) -> Result<Vec<File>> {
        if !permission::can(actor, Action::See, permission::Subject::Site) {
            return Err(Error::not_allowed(Action::See));
        }
        if keys.len() > LARGEST_BATCH {
            return Err(Refusal::TooLong { field: "pictures".to_owned(), limit: LARGEST_BATCH as u64 }.into());
        }
        let found = media::Entity::find().filter(media::Column::Key.is_in(keys));
        let found = found.filter(media::Column::DeletedAt.is_null()).all(&self.db).await?;
        Ok(found.into_iter().map(file).collect())
    }

    /// The pictures with these numbers.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn pictures(&self, ids: &[MediaId]) -> Result<HashMap<MediaId, Picture>> {
        let files = self.files(ids).await?;
        Ok(files.iter().filter_map(|file| Some((file.id, file.picture()?))).collect())
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

pub(crate) fn file(row: media::Model) -> File {
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
