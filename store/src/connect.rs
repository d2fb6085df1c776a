//! Opening the database, and the handle through which everything here is asked.

use crate::{Error, Result, Zone, accounts::SessionLife, media::LARGEST_FILE, site};
use content::Timestamp;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};
use std::{
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// The database of one installation, with the zone in which it writes its times. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) db: DatabaseConnection,
    pub(crate) zone: Zone,
    pub(crate) life: SessionLife,
    pub(crate) largest_file: u64,
    pub(crate) around: site::Kept,
}

/// How long a statement waits for another process's write before it gives up.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long ago a connection was used that is taken to work still.
const RECENT: Duration = Duration::from_secs(1);

impl Store {
    /// Opens `sqlite:<path>` (made when it is not there) or `postgres://…`.
    ///
    /// # Errors
    /// A database that cannot be reached or opened.
    pub async fn open(url: &str, zone: Zone) -> Result<Self> {
        let mut options = ConnectOptions::new(url);
        options.sqlx_logging(false).acquire_timeout(PATIENCE).connect_timeout(PATIENCE);
        if url.starts_with("sqlite:") {
            // Readers do not wait for the writer in WAL, and each connection has a thread of its own.
            // A file does not hang up: to ask a connection whether it still works would cost as much as what it is for.
            options.test_before_acquire(false).max_connections(8).min_connections(1).map_sqlx_sqlite_opts(|sqlite| {
                sqlite
                    .create_if_missing(true)
                    .foreign_keys(true)
                    .busy_timeout(PATIENCE)
                    .journal_mode(SqliteJournalMode::Wal)
                    // Acknowledged means on the disk, also when the power goes.
                    .synchronous(SqliteSynchronous::Full)
                    .pragma("cache_size", "-16000")
                    .pragma("mmap_size", "268435456")
                    .pragma("temp_store", "memory")
                    .pragma("journal_size_limit", "67108864")
                    .statement_cache_capacity(256)
                    .optimize_on_close(true, 400)
            });
        } else {
            // One that was used a moment ago is not asked first whether it still works: a round trip of its own.
            options.test_before_acquire_if_idle_for(RECENT).max_connections(16).min_connections(1);
        }
        let db = Database::connect(options).await?;
        Ok(Self { db, zone, life: SessionLife::default(), largest_file: LARGEST_FILE, around: site::Kept::default() })
    }

    /// Opens the SQLite file at this path.
    ///
    /// # Errors
    /// See [`Store::open`].
    pub async fn open_file(path: &Path, zone: Zone) -> Result<Self> {
        let path = path.to_str().ok_or_else(|| Error::Corrupt(format!("{} is not a UTF-8 path", path.display())))?;
        Self::open(&sqlite_url(path), zone).await
    }

    /// The same store with other lives of sessions.
    #[must_use]
    pub const fn with_session_life(mut self, life: SessionLife) -> Self {
        self.life = life;
        self
    }

    /// The zone of the site.
    #[must_use]
    pub const fn zone(&self) -> &Zone {
        &self.zone
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.db.ping().await?)
    }

    /// Closes the connections. SQLite's log is folded into the database file first, where nobody is using it at this moment:
    /// connections that close together each leave that to the other, and whoever copies the file would miss what stands in
    /// the log only.
    ///
    /// # Errors
    /// A connection that cannot be closed.
    pub async fn close(self) -> Result<()> {
        if self.is_sqlite() {
            // Without patience, since writers would wait for as long; a log that is not folded stands whole beside the file.
            let _ = self.db.execute_unprepared("PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)").await;
        }
        Ok(self.db.close().await?)
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.db.get_database_backend() == DbBackend::Sqlite
    }

    /// A transaction that writes. SQLite takes the write lock at its start: a transaction that begins with a read could
    /// not get it later if somebody else wrote in between.
    pub(crate) async fn write(&self) -> Result<DatabaseTransaction> {
        let sqlite_transaction_mode = self.is_sqlite().then_some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() };
        Ok(self.db.begin_with_options(options).await?)
    }
}

/// The URL of an SQLite file: the characters that end a path in a URL are escaped.
pub(crate) fn sqlite_url(path: &str) -> String {
    format!("sqlite:{}", path.replace('%', "%25").replace('?', "%3f").replace('#', "%23"))
}

/// The instant on the machine's clock.
#[must_use]
pub fn unix_now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_closed_database_stands_in_its_file_alone_even_while_somebody_else_has_it_open() {
        let folder = tempfile::tempdir().unwrap();
        let (file, copy) = (folder.path().join("one.db"), folder.path().join("copy.db"));
        let zone = || Zone::named("Asia/Shanghai").unwrap();
        let store = Store::open_file(&file, zone()).await.unwrap();
        store.migrate().await.unwrap();
        let other = Store::open_file(&file, zone()).await.unwrap();
        other.ping().await.unwrap();
        store.db.execute_unprepared("CREATE TABLE written_last (n INTEGER)").await.unwrap();
        store.close().await.unwrap();
        std::fs::copy(&file, &copy).unwrap();
        let copied = Store::open_file(&copy, zone()).await.unwrap();
        copied.db.execute_unprepared("SELECT n FROM written_last").await.unwrap();
        for store in [other, copied] {
            store.close().await.unwrap();
        }
    }
}
