//! Uploads that can be resumed. What came stands in the media store in parts under `incoming/<upload>/`, and in the
//! database is how far it is: any server can take the next part, and a connection that breaks loses nothing that was
//! acknowledged. A part counts when it is whole and begins where the former ones end, so two connections that send the
//! same bytes are one upload.

use super::{
    LARGEST_PICTURE, MediaStore, allowed,
    intake::{self, Described},
};
use crate::{Error, Result, Store, accounts::secrets, articles::statement, unix_now};
use bytes::{Bytes, BytesMut};
use content::{Actor, MediaId, Refusal, Timestamp, media::File, refusal::quoted};
use futures::StreamExt;
use object_store::{ObjectStoreExt, PutPayload, WriteMultipart, path::Path};
use sea_orm::{ConnectionTrait, FromQueryResult};
use sha2::{Digest, Sha256};

/// The most uploads of an account that are not finished.
pub const MOST_UPLOADS: u64 = 50;
/// The largest part, in bytes. One is held in memory for each connection.
pub const LARGEST_PART: usize = 4 * 1024 * 1024;
/// How long an upload waits for its next part, in milliseconds: a day.
const WAITS: i64 = 24 * 3_600_000;
/// By so many bytes at the beginning or the end it is known what a file is.
const LOOKED_AT: usize = 64 * 1024;
/// The longest name, in characters; it is made shorter when it is shown.
const LONGEST_GIVEN_NAME: usize = 1_000;

/// An upload that was begun.
#[derive(Clone, Debug, PartialEq)]
pub struct Upload {
    /// The word by which it is known.
    pub id: String,
    /// How the file is called.
    pub name: String,
    /// Its size, in bytes.
    pub length: u64,
    /// How many of them are there.
    pub received: u64,
    /// When it is deleted if no more comes.
    pub expires: Timestamp,
    /// What became of it, once it is finished.
    pub file: Option<File>,
}

impl Upload {
    /// When it is deleted if no more comes, as HTTP writes times.
    #[must_use]
    pub fn expires_in_words(&self) -> String {
        let at = jiff::Timestamp::from_millisecond(self.expires.0).unwrap_or_default();
        jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&at).unwrap_or_default()
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    name: String,
    length: i64,
    received: i64,
    expires_at: i64,
    media_id: Option<i64>,
}

#[derive(FromQueryResult)]
struct Part {
    key: String,
}

impl Store {
    /// Begins an upload.
    ///
    /// # Errors
    /// An actor who may not or has too many of them; a file that is empty or too large.
    pub async fn begin_upload(&self, actor: &Actor, name: &str, length: u64) -> Result<Upload> {
        allowed(actor)?;
        let account = actor.account().ok_or(Refusal::SignedOut)?;
        if length == 0 {
            return Err(Refusal::NotAFile { name: quoted(name) }.into());
        }
        // Whether it is a picture is not known before it begins to come.
        let limit = self.largest_file.max(LARGEST_PICTURE as u64);
        if length > limit {
            return Err(Refusal::TooLong { field: "file".to_owned(), limit }.into());
        }
        let name: String = name.chars().take(LONGEST_GIVEN_NAME).collect();
        let (id, now) = (secrets::random_hex(16)?, unix_now().0);
        let tx = self.write().await?;
        let sql = "SELECT COUNT(*) AS n FROM uploads WHERE account_id = $1 AND expires_at > $2 AND media_id IS NULL";
        let begun = tx.query_one_raw(statement(&tx, sql, [account.0.into(), now.into()])).await?;
        let begun: i64 = begun.map_or(Ok(0), |row| row.try_get("", "n"))?;
        if u64::try_from(begun).unwrap_or_default() >= MOST_UPLOADS {
            return Err(Refusal::TooManyUploads { limit: MOST_UPLOADS }.into());
        }
        let sql = "INSERT INTO uploads (id, account_id, name, length, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)";
        let wire = i64::try_from(length).map_err(|_| Refusal::NotFound)?;
        let values =
            [id.as_str().into(), account.0.into(), name.as_str().into(), wire.into(), now.into(), (now + WAITS).into()];
        tx.execute_raw(statement(&tx, sql, values)).await?;
        tx.commit().await?;
        Ok(Upload { id, name, length, received: 0, expires: Timestamp(now + WAITS), file: None })
    }

    /// An upload of the actor's own.
    ///
    /// # Errors
    /// `NotFound` for one that is not there, has expired, or is somebody else's.
    pub async fn find_upload(&self, actor: &Actor, id: &str) -> Result<Upload> {
        let account = actor.account().ok_or(Refusal::SignedOut)?;
        let sql = "SELECT id, name, length, received, expires_at, media_id FROM uploads \
             WHERE id = $1 AND account_id = $2 AND expires_at > $3";
        let values = [id.into(), account.0.into(), unix_now().0.into()];
        let row = Row::find_by_statement(statement(&self.db, sql, values)).one(&self.db).await?;
        let row = row.ok_or(Refusal::NotFound)?;
        let file = match row.media_id {
            Some(media) => self.files(&[MediaId(media)]).await?.pop(),
            None => None,
        };
        let number = |n: i64| u64::try_from(n).unwrap_or_default();
        let (length, received) = (number(row.length), number(row.received));
        Ok(Upload { id: row.id, name: row.name, length, received, expires: Timestamp(row.expires_at), file })
    }

    /// Adds a part that begins where the former ones end. Answers how many bytes are there now.
    ///
    /// # Errors
    /// `Stale` where it begins elsewhere; what is of no kind that is taken in, as soon as it is seen.
    pub async fn add_part(
        &self,
        files: &MediaStore,
        actor: &Actor,
        upload: &Upload,
        start: u64,
        pieces: Vec<Bytes>,
    ) -> Result<u64> {
        allowed(actor)?;
        let payload = PutPayload::from_iter(pieces);
        let bytes = payload.content_length() as u64;
        let end = start + bytes;
        if end > upload.length {
            return Err(Refusal::TooLong { field: "file".to_owned(), limit: upload.length }.into());
        }
        if start == 0 && (bytes >= LOOKED_AT as u64 || end == upload.length) {
            let head: Vec<u8> = payload.iter().flatten().take(LOOKED_AT).copied().collect();
            let refused = intake::kind_of(&head, &upload.name).map_err(Error::from);
            if let Err(error) = refused.and_then(|kind| self.bounded(kind, upload.length)) {
                self.forget_upload(files, &upload.id).await?;
                return Err(error);
            }
        }
        // A name of its own: whoever sends the same part at the same time does not write over it.
        let key = format!("incoming/{}/{start:020}-{}", upload.id, secrets::random_hex(4)?);
        files.put(&Path::from(key.as_str()), payload).await?;
        match self.note_part(upload, (start, end), &key).await {
            Ok(true) => Ok(end),
            Ok(false) => {
                files.delete(&Path::from(key.as_str())).await?;
                Err(Refusal::Stale.into())
            }
            Err(error) => {
                // Best effort: what stays is swept up.
                let _ = files.delete(&Path::from(key.as_str())).await;
                Err(error)
            }
        }
    }

    /// Counts a part, if it is the next one.
    async fn note_part(&self, upload: &Upload, (start, end): (u64, u64), key: &str) -> Result<bool> {
        let wire = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let tx = self.write().await?;
        let sql =
            "UPDATE uploads SET received = $1, expires_at = $2 WHERE id = $3 AND received = $4 AND media_id IS NULL";
        let values = [wire(end).into(), (unix_now().0 + WAITS).into(), upload.id.as_str().into(), wire(start).into()];
        if tx.execute_raw(statement(&tx, sql, values)).await?.rows_affected() == 0 {
            return Ok(false);
        }
        let sql = "INSERT INTO upload_parts (upload_id, start, bytes, key) VALUES ($1, $2, $3, $4)";
        let values = [upload.id.as_str().into(), wire(start).into(), wire(end - start).into(), key.into()];
        tx.execute_raw(statement(&tx, sql, values)).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Makes a file of an upload whose bytes are all there. Done twice it answers the same.
    ///
    /// # Errors
    /// Bytes of no kind that is taken in, or damaged ones: the upload is gone then. A media store that is full or does
    /// not answer: it can be finished later.
    pub async fn finish_upload(&self, files: &MediaStore, actor: &Actor, id: &str) -> Result<File> {
        allowed(actor)?;
        let upload = self.find_upload(actor, id).await?;
        if let Some(file) = upload.file {
            return Ok(file);
        }
        if upload.received != upload.length {
            return Err(Refusal::Stale.into());
        }
        let kept = match self.take_together(files, actor, &upload).await {
            // Somebody else finished it meanwhile, and its parts are gone.
            Err(Error::Media(object_store::Error::NotFound { .. })) => {
                return self.find_upload(actor, id).await?.file.ok_or_else(|| Refusal::NotFound.into());
            }
            Err(Error::Refused(refusal)) if refusal != Refusal::NoRoom => {
                self.forget_upload(files, id).await?;
                return Err(refusal.into());
            }
            other => other?,
        };
        let sql = "UPDATE uploads SET media_id = $1 WHERE id = $2";
        self.db.execute_raw(statement(&self.db, sql, [kept.0.into(), id.into()])).await?;
        self.forget_parts(files, id).await?;
        self.file_of(kept).await
    }

    /// Deletes an upload with what came of it. The file that was made of it stays.
    ///
    /// # Errors
    /// `NotFound` for one that is not there or is somebody else's.
    pub async fn cancel_upload(&self, files: &MediaStore, actor: &Actor, id: &str) -> Result<()> {
        self.find_upload(actor, id).await?;
        self.forget_upload(files, id).await
    }

    pub(super) async fn forget_upload(&self, files: &MediaStore, id: &str) -> Result<()> {
        self.forget_parts(files, id).await?;
        let sql = "DELETE FROM uploads WHERE id = $1";
        self.db.execute_raw(statement(&self.db, sql, [id.into()])).await?;
        Ok(())
    }

    async fn forget_parts(&self, files: &MediaStore, id: &str) -> Result<()> {
        for part in self.parts(id).await? {
            match files.delete(&Path::from(part.key)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let sql = "DELETE FROM upload_parts WHERE upload_id = $1";
        self.db.execute_raw(statement(&self.db, sql, [id.into()])).await?;
        Ok(())
    }

    async fn parts(&self, id: &str) -> Result<Vec<Part>> {
        let sql = "SELECT key FROM upload_parts WHERE upload_id = $1 ORDER BY start";
        Ok(Part::find_by_statement(statement(&self.db, sql, [id.into()])).all(&self.db).await?)
    }

    /// The parts as one file of the media library. What can be a picture is held in memory, as pictures are cleaned; what
    /// is larger is read twice, once to know its name and once to be written under it.
    async fn take_together(&self, files: &MediaStore, actor: &Actor, upload: &Upload) -> Result<MediaId> {
        let parts = self.parts(&upload.id).await?;
        let named = (upload.name.as_str(), "");
        if upload.length <= LARGEST_PICTURE as u64 {
            let _turn = intake::turn(upload.length).await?;
            let mut whole = BytesMut::with_capacity(usize::try_from(upload.length).unwrap_or_default());
            each_piece(files, &parts, |piece| whole.extend_from_slice(piece)).await?;
            let (described, bytes) = intake::examine(&upload.name, whole.into()).await?;
            self.bounded(described.kind, upload.length)?;
            return self.keep(files, actor, named, described, Some(bytes.into())).await;
        }
        let (mut ends, mut hash) = (Ends::default(), Sha256::new());
        each_piece(files, &parts, |piece| {
            ends.add(piece);
            hash.update(piece);
        })
        .await?;
        let kind = intake::kind_of(&ends.together(), &upload.name)?;
        self.bounded(kind, upload.length)?;
        let key = format!("{:x}.{}", hash.finalize(), kind.extension());
        copy(files, &parts, &key).await?;
        let described = Described { key, kind, bytes: upload.length, width: 0, height: 0, has_widths: false };
        self.keep(files, actor, named, described, None).await
    }
}

async fn each_piece(files: &MediaStore, parts: &[Part], mut take: impl FnMut(&[u8])) -> Result<()> {
    for part in parts {
        let mut pieces = files.get(&Path::from(part.key.as_str())).await?.into_stream();
        while let Some(piece) = pieces.next().await {
            take(&piece?);
        }
    }
    Ok(())
}

/// Writes the parts one after the other under this name, where they appear when they are whole.
async fn copy(files: &MediaStore, parts: &[Part], key: &str) -> Result<()> {
    let to = files.put_multipart(&Path::from(key)).await?;
    let mut writer = WriteMultipart::new_with_chunk_size(to, 8 * 1024 * 1024);
    let written = async {
        for part in parts {
            let mut pieces = files.get(&Path::from(part.key.as_str())).await?.into_stream();
            while let Some(piece) = pieces.next().await {
                writer.wait_for_capacity(1).await?;
                writer.put(piece?);
            }
        }
        Ok(())
    }
    .await;
    match written {
        Ok(()) => Ok(writer.finish().await.map(|_| ())?),
        Err(error) => {
            let _ = writer.abort().await;
            Err(error)
        }
    }
}

/// The beginning and the end of what comes by, by which it is known what it is.
#[derive(Default)]
struct Ends {
    head: Vec<u8>,
    tail: Vec<u8>,
}

impl Ends {
    fn add(&mut self, piece: &[u8]) {
        let missing = LOOKED_AT - self.head.len();
        let (head, rest) = piece.split_at(missing.min(piece.len()));
        self.head.extend_from_slice(head);
        let rest = &rest[rest.len().saturating_sub(LOOKED_AT)..];
        self.tail.extend_from_slice(rest);
        let too_much = self.tail.len().saturating_sub(LOOKED_AT);
        self.tail.drain(..too_much);
    }

    fn together(&self) -> Vec<u8> {
        [&self.head[..], &self.tail[..]].concat()
    }
}
