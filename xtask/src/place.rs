//! Where things are: the project, cargo's target folder and the user's cache folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::output;
use crate::failure::{Outcome, Told};

/// The three folders that everything else is found from.
pub struct Place {
    /// The checkout.
    pub root: PathBuf,
    /// Cargo's target folder, wherever CARGO_TARGET_DIR or a configuration puts it.
    pub target: PathBuf,
    /// What outlives a checkout: the tools, and what the tests need of other programs.
    pub cache: PathBuf,
}

impl Place {
    /// Asks cargo, which knows about every way to configure it.
    pub fn find() -> Outcome<Self> {
        // `cargo run` names the folder when it starts us, which stays right when the checkout has been moved.
        let manifest_dir = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").into());
        let manifest = Path::new(&manifest_dir).join("Cargo.toml");
        let mut cargo = Command::new("cargo");
        cargo.args(["metadata", "--no-deps", "--format-version=1", "--manifest-path"]).arg(manifest);
        let metadata: serde_json::Value =
            serde_json::from_str(&output(&mut cargo)?).told("`cargo metadata` printed what is not JSON")?;
        let folder = |key: &str| match metadata[key].as_str() {
            Some(path) => Ok(PathBuf::from(path)),
            None => Err(format!("`cargo metadata` does not say `{key}`")),
        };
        Ok(Self { root: folder("workspace_root")?, target: folder("target_directory")?, cache: cache_folder()? })
    }

    /// Where the release build's assets are collected.
    pub fn release_site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// Where the debug build's are.
    pub fn debug_site(&self) -> PathBuf {
        self.target.join("site-debug")
    }

    /// The server with its assets inside.
    pub fn packaged(&self) -> PathBuf {
        self.target.join("dist/fuxian")
    }

    /// The path as seen from the project's folder, for messages.
    pub fn near<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}

fn cache_folder() -> Outcome<PathBuf> {
    if let Some(cache) = std::env::var_os("XDG_CACHE_HOME").filter(|value| !value.is_empty()) {
        return Ok(PathBuf::from(cache).join("fuxian"));
    }
    let home = std::env::var_os("HOME").ok_or("HOME is not set, so there is no cache folder to keep the tools in")?;
    let below = if cfg!(target_os = "macos") { "Library/Caches/fuxian" } else { ".cache/fuxian" };
    Ok(PathBuf::from(home).join(below))
}
