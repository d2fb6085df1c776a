//! Temporary folders that do not outlive the run.

use std::fs;
use std::path::PathBuf;

use crate::failure::{Outcome, Told};

/// A folder that is removed with everything in it.
pub struct Scratch {
    /// The folder.
    pub folder: PathBuf,
}

impl Scratch {
    /// An empty one, named after what it is for.
    pub fn new(purpose: &str) -> Outcome<Self> {
        let folder = std::env::temp_dir().join(format!("fuxian-{purpose}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).told(format!("{} cannot be made", folder.display()))?;
        Ok(Self { folder })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
