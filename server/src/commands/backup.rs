//! `fuxian backup FILE`.

use crate::{
    config::{Config, Database},
    failure::Failure,
    installation::Installation,
};
use std::path::Path;

/// Writes database and media into one file.
///
/// # Errors
/// Nothing to back up, a file that is there, a disk that is full.
pub async fn run(config: &Config, file: &Path) -> Result<(), Failure> {
    // Opening would make an empty one.
    if let Database::Sqlite(database) = config.database()
        && !database.is_file()
    {
        return Err(Failure::Run(format!("{}: there is no database to back up", database.display())));
    }
    let (store, files) = Installation::open_as_it_is(config).await?;
    let backup = store.backup(&files, file).await?;
    println!("{}: {} bytes, with {} media files", file.display(), backup.bytes, backup.media);
    for key in &backup.missing {
        eprintln!("not in the backup, because the media store does not have it: {key}");
    }
    Ok(store.close().await?)
}

/// Puts a backup in place of the database. What was there before is kept beside it.
///
/// # Errors
/// A file that is no backup, a server that is running, an engine that is not SQLite.
pub async fn restore(config: &Config, file: &Path) -> Result<(), Failure> {
    let said = |path: &Path, error: &dyn std::fmt::Display| Failure::Run(format!("{}: {error}", path.display()));
    let Database::Sqlite(database) = config.database() else {
        return Err(Failure::Run("the database is PostgreSQL: restore it with pg_restore or psql".to_owned()));
    };
    if !store::backup::is_backup(file).await {
        return Err(said(file, &"not a backup: expected a file that `fuxian backup` wrote"));
    }
    std::fs::create_dir_all(&config.data).map_err(|error| said(&config.data, &error))?;
    let partial = database.with_extension("restoring");
    std::fs::copy(file, &partial).map_err(|error| said(&partial, &error))?;
    if database.is_file() {
        // One file without a log beside it, which nobody else has open.
        if let Err(error) = store::backup::settle(&database).await {
            let _ = std::fs::remove_file(&partial);
            return Err(said(&database, &format!("in use, stop the server first ({error})")));
        }
        let before = database.with_extension(format!("before-{}", store::unix_now().0 / 1000));
        std::fs::rename(&database, &before).map_err(|error| said(&before, &error))?;
        println!("what was there before: {}", before.display());
    }
    std::fs::rename(&partial, &database).map_err(|error| said(&database, &error))?;
    let installation = Installation::open(config).await?;
    println!("restored: {}", database.display());
    Ok(installation.store.close().await?)
}
