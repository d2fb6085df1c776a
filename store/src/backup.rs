//! A backup is one file: an SQLite database with everything in it, the media as well, taken beside a running server.
//!
//! `VACUUM INTO` reads one consistent state while others go on writing. The media follow in a table of their own: bytes
//! are never changed under their name, so those that the copied records name are there. Put in place of the database,
//! the file is unpacked at the next start.

use crate::{
    Error, Result, Store,
    media::{self, MediaStore},
};
use content::media::width_key;
use futures::TryStreamExt;
use object_store::{ObjectStore, ObjectStoreExt, path::Path};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, FromQueryResult, Statement};
use std::path::Path as FilePath;

const TABLE: &str = "backup_media";

/// Whether the file was written by [`Store::backup`].
pub async fn is_backup(file: &FilePath) -> bool {
    let Ok(db) = alone(file).await else { return false };
    let table = format!("SELECT COUNT(*) AS n FROM {TABLE}");
    let found = db.query_one_raw(Statement::from_string(db.get_database_backend(), table)).await;
    let _ = db.close().await;
    matches!(found, Ok(Some(_)))
}

/// Folds the log of an SQLite file into it, which then stands alone. Nobody else may have it open.
///
/// # Errors
/// Somebody else has it open.
pub async fn settle(file: &FilePath) -> Result<()> {
    let db = alone(file).await?;
    let pragma = Statement::from_string(db.get_database_backend(), "PRAGMA journal_mode = DELETE");
    let mode = db.query_one_raw(pragma).await;
    db.close().await?;
    match mode?.map(|row| row.try_get::<String>("", "journal_mode")).transpose()?.as_deref() {
        Some("delete") => Ok(()),
        _ => Err(Error::Corrupt("the database is open elsewhere".to_owned())),
    }
}

/// One connection to an SQLite file that is there, as the file is: without a pool and without switching on the log.
async fn alone(file: &FilePath) -> Result<DatabaseConnection> {
    let path = file.to_str().filter(|_| file.is_file());
    let path = path.ok_or_else(|| Error::Corrupt(format!("{}: there is no such file", file.display())))?;
    let mut options = ConnectOptions::new(crate::connect::sqlite_url(path));
    options.max_connections(1).sqlx_logging(false);
    Ok(Database::connect(options).await?)
}

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Pictures and files.
    pub media: u64,
    /// The size of the file, in bytes.
    pub bytes: u64,
    /// Media that the database names and the media store does not have.
    pub missing: Vec<String>,
}

impl Store {
    /// Writes a backup to a file that is not there yet. The file appears under its name when it is whole.
    ///
    /// # Errors
    /// An engine other than SQLite, a file that is there, a disk that is full.
    pub async fn backup(&self, files: &MediaStore, target: &FilePath) -> Result<Backup> {
        let said = |text: String| Error::Corrupt(text);
        if !self.is_sqlite() {
            let text = "the database is PostgreSQL: use pg_dump for it and copy the media store";
            return Err(said(text.to_owned()));
        }
        if target.exists() {
            return Err(said(format!("{} is there already: name a file that is not", target.display())));
        }
        let mut partial = target.as_os_str().to_owned();
        partial.push(".partial");
        let partial = std::path::PathBuf::from(partial);
        let _ = std::fs::remove_file(&partial);
        let written = self.write_backup(files, &partial).await;
        let moved = written.and_then(|(media, missing)| {
            let bytes = std::fs::metadata(&partial).map(|meta| meta.len());
            let bytes = bytes.map_err(|error| said(format!("{}: {error}", partial.display())))?;
            std::fs::rename(&partial, target).map_err(|error| said(format!("{}: {error}", target.display())))?;
            Ok(Backup { media, bytes, missing })
        });
        if moved.is_err() {
            for ending in ["", "-wal", "-shm", "-journal"] {
                let mut litter = partial.as_os_str().to_owned();
                litter.push(ending);
                let _ = std::fs::remove_file(litter);
            }
        }
        moved
    }

    async fn write_backup(&self, files: &MediaStore, partial: &FilePath) -> Result<(u64, Vec<String>)> {
        let name = partial.to_str().ok_or_else(|| Error::Corrupt("the file's name is not UTF-8".to_owned()))?;
        let into = Statement::from_sql_and_values(self.db.get_database_backend(), "VACUUM INTO $1", [name.into()]);
        self.db.execute_raw(into).await?;
        let copy = alone(partial).await?;
        let added = add_media(&copy, files).await;
        copy.close().await?;
        added
    }

    /// Puts the media of a backup that stands in place of the database into the media store. Answers how many came.
    ///
    /// # Errors
    /// A media store that does not take them; nothing is lost, the next start tries again.
    pub async fn unpack_backup(&self, files: &MediaStore) -> Result<u64> {
        #[derive(FromQueryResult)]
        struct Row {
            key: String,
            bytes: Vec<u8>,
        }
        if !self.is_sqlite() {
            return Ok(0);
        }
        let backend = self.db.get_database_backend();
        let there = "SELECT name AS key, x'' AS bytes FROM sqlite_master WHERE type = 'table' AND name = $1";
        let there = Statement::from_sql_and_values(backend, there, [TABLE.into()]);
        if Row::find_by_statement(there).one(&self.db).await?.is_none() {
            return Ok(0);
        }
        let mut came = 0;
        let kept: std::collections::HashSet<String> =
            files.list(None).map_ok(|object| object.location.to_string()).try_collect().await?;
        let keys = Statement::from_string(backend, format!("SELECT key, x'' AS bytes FROM {TABLE}"));
        for key in Row::find_by_statement(keys).all(&self.db).await?.into_iter().map(|row| row.key) {
            if kept.contains(&key) {
                continue;
            }
            let one = format!("SELECT key, bytes FROM {TABLE} WHERE key = $1");
            let one = Statement::from_sql_and_values(backend, &one, [key.as_str().into()]);
            if let Some(row) = Row::find_by_statement(one).one(&self.db).await? {
                files.put(&Path::from(key.as_str()), row.bytes.into()).await?;
                came += 1;
            }
        }
        self.db.execute_unprepared(&format!("DROP TABLE {TABLE}")).await?;
        Ok(came)
    }
}

/// Everything that the records name: each file, and the widths of each picture.
async fn keys(copy: &DatabaseConnection) -> Result<Vec<String>> {
    #[derive(FromQueryResult)]
    struct Row {
        key: String,
        widths: String,
    }
    let sql = Statement::from_string(copy.get_database_backend(), "SELECT key, widths FROM media");
    let mut keys = Vec::new();
    for row in Row::find_by_statement(sql).all(copy).await? {
        keys.extend(media::widths(&row.widths).into_iter().map(|width| width_key(&row.key, width)));
        keys.push(row.key);
    }
    Ok(keys)
}

/// Puts the bytes of all media into a table of the copy. Answers how many, and which the media store does not have.
async fn add_media(copy: &DatabaseConnection, files: &MediaStore) -> Result<(u64, Vec<String>)> {
    copy.execute_unprepared(&format!("CREATE TABLE {TABLE} (key TEXT PRIMARY KEY, bytes BLOB NOT NULL)")).await?;
    let (mut media, mut missing) = (0, Vec::new());
    for key in keys(copy).await? {
        let bytes = match files.get(&Path::from(key.as_str())).await {
            Ok(found) => found.bytes().await?,
            // One lost picture must not keep everything else from being saved.
            Err(object_store::Error::NotFound { .. }) => {
                missing.push(key);
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let insert = format!("INSERT INTO {TABLE} (key, bytes) VALUES ($1, $2)");
        let values = [key.into(), bytes.to_vec().into()];
        let insert = Statement::from_sql_and_values(copy.get_database_backend(), &insert, values);
        copy.execute_raw(insert).await?;
        media += 1;
    }
    Ok((media, missing))
}
