//! One installation, opened: its database brought up to this version and its media store.

use crate::{
    config::{Config, Database, Media},
    failure::Failure,
};
use content::Actor;
use store::{
    Store,
    media::{self, MediaStore},
};

/// The open database and media store of an installation.
#[derive(Clone)]
pub struct Installation {
    /// The database.
    pub store: Store,
    /// The bytes of pictures and files.
    pub files: MediaStore,
}

impl Installation {
    /// Opens what the configuration names, makes the data folder where it is missing, and migrates.
    ///
    /// # Errors
    /// A folder or a database that cannot be opened.
    pub async fn open(config: &Config) -> Result<Self, Failure> {
        let (store, files) = Self::open_as_it_is(config).await?;
        store.migrate().await?;
        store.keep_zone(&Actor::Operator).await?;
        let unpacked = store.unpack_backup(&files).await?;
        if unpacked > 0 {
            tracing::info!(unpacked, "unpacked the media of a backup");
        }
        Ok(Self { store, files })
    }

    /// Opens without migrating.
    ///
    /// # Errors
    /// A folder or a database that cannot be opened.
    pub async fn open_as_it_is(config: &Config) -> Result<(Store, MediaStore), Failure> {
        let data = &config.data;
        let said = |error: &dyn std::fmt::Display| Failure::Run(format!("{}: {error}", data.display()));
        std::fs::create_dir_all(data).map_err(|error| said(&error))?;
        let store = match &config.database() {
            Database::Postgres(url) => Store::open(url, config.zone.clone()).await?,
            Database::Sqlite(file) => Store::open_file(file, config.zone.clone())
                .await
                .map_err(|error| Failure::Run(format!("{}: {error}", file.display())))?,
        };
        let store = store.with_session_life(config.sessions).with_largest_file(config.largest_file);
        let files = match config.media() {
            Media::Folder(folder) => media::local(&folder)?,
            Media::S3(bucket) => bucket.open()?,
        };
        Ok((store, files))
    }
}
