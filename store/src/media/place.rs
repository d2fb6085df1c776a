//! Where the bytes of media are: a folder, or a bucket of a server that speaks S3.

use crate::{Error, Result};
use object_store::{ObjectStore, aws::AmazonS3Builder, local::LocalFileSystem, prefix::PrefixStore};
use std::{fmt, path::Path, sync::Arc, time::Duration};

/// Where the bytes of media are.
pub type MediaStore = Arc<dyn ObjectStore>;

/// How old a half-written file of a process that was killed has to be before it is deleted.
const STALE: Duration = Duration::from_secs(24 * 3600);

/// The media store in a local folder, which is made when it is not there. A file appears in it under its name when it
/// is whole; what a killed process left half-written under other names is deleted here.
///
/// # Errors
/// A folder that cannot be made or opened.
pub fn local(folder: &Path) -> Result<MediaStore> {
    std::fs::create_dir_all(folder).map_err(|error| Error::Corrupt(format!("{}: {error}", folder.display())))?;
    forget_half_written(folder, 2);
    // With the last part of an upload its folder goes; what is acknowledged is on the disk, also when the power goes.
    Ok(Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_automatic_cleanup(true).with_fsync(true)))
}

/// What `LocalFileSystem` writes to before it gives it its name: the name, `#` and a number.
fn forget_half_written(folder: &Path, depth: u8) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let half = name.rsplit_once('#').is_some_and(|(_, n)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        let Ok(found) = entry.metadata() else { continue };
        let old = found.modified().is_ok_and(|at| at.elapsed().is_ok_and(|age| age > STALE));
        if found.is_dir() && depth > 0 {
            forget_half_written(&entry.path(), depth - 1);
        } else if found.is_file() && half && old {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// A bucket of a server that speaks S3.
#[derive(Clone, PartialEq, Eq)]
pub struct S3 {
    /// The bucket's name.
    pub bucket: String,
    /// What stands before every key, without slashes around it; may be empty.
    pub prefix: String,
    /// The server's address; `None` is Amazon's of the region.
    pub endpoint: Option<String>,
    /// The region.
    pub region: String,
    /// Who we are there.
    pub access_key: String,
    /// The proof.
    pub secret_key: String,
}

/// Without the keys: this stands in logs.
impl fmt::Debug for S3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s3://{}/{} at {}", self.bucket, self.prefix, self.endpoint.as_deref().unwrap_or(&self.region))
    }
}

impl S3 {
    /// Opens the bucket. Nothing is asked of it yet.
    ///
    /// # Errors
    /// An address or a name that cannot be.
    pub fn open(&self) -> Result<MediaStore> {
        // One implementation of TLS for the process, the one that the database's driver brings. A second call changes
        // nothing, which is no fault.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&self.bucket)
            .with_region(&self.region)
            .with_access_key_id(&self.access_key)
            .with_secret_access_key(&self.secret_key);
        if let Some(endpoint) = &self.endpoint {
            builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        let bucket = builder.build()?;
        if self.prefix.is_empty() {
            return Ok(Arc::new(bucket));
        }
        Ok(Arc::new(PrefixStore::new(bucket, self.prefix.as_str())))
    }
}
