//! `fuxian backup FILE`.

use crate::{config::Config, failure::Failure, installation::Installation};
use std::path::Path;

/// Writes database and media into one file.
///
/// # Errors
/// Nothing to back up, a file that is there, a disk that is full.
pub async fn run(config: &Config, file: &Path) -> Result<(), Failure> {
    let database = config.data.join("fuxian.db");
    // Opening would make an empty one.
    if config.database.is_none() && !database.is_file() {
        return Err(Failure::Run(format!("{}: there is no database to back up", database.display())));
    }
    let (store, files) = Installation::open_as_it_is(config).await?;
    let backup = store.backup(&files, file).await?;
    println!("{}: {} bytes, with {} media files", file.display(), backup.bytes, backup.media);
    Ok(store.close().await?)
}
