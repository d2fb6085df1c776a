//! npm packages: installed from the lock file when they are missing or when it has changed.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::command::{on_path, program, run};
use crate::failure::{Outcome, Told};
use crate::place::Place;
use crate::{identity, setup};

/// Makes `folder`'s node_modules equal its package-lock.json.
pub fn ready(place: &Place, folder: &Path, why: &str) -> Outcome {
    let lock = folder.join("package-lock.json");
    let key = fs::read(&lock).told(format!("{} cannot be read", lock.display()))?;
    let key = identity::hex(&Sha256::digest(key));
    let stamp = folder.join("node_modules/.fuxian-stamp");
    if fs::read_to_string(&stamp).is_ok_and(|found| found == key) {
        return Ok(());
    }
    node()?;
    let what = format!("the npm packages of {}", place.near(&lock));
    setup::install(&what, why, "a few seconds", || {
        run(npm(place, folder).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
        fs::write(&stamp, &key).told(format!("{} cannot be written", stamp.display()))
    })
}

/// Installs packages that are no part of the project into a folder of the cache.
pub fn into_cache(place: &Place, folder: &Path, packages: &[&str]) -> Outcome {
    node()?;
    fs::create_dir_all(folder).told(format!("{} cannot be made", folder.display()))?;
    let mut install = npm(place, folder);
    install.args(["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]).arg(folder);
    run(install.args(packages))
}

fn npm(place: &Place, folder: &Path) -> std::process::Command {
    let mut command = program(place, "npm");
    // The browser is the system's; Playwright's own is never downloaded.
    command.current_dir(folder).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    command
}

fn node() -> Outcome {
    match on_path("node").and(on_path("npm")) {
        Some(_) => Ok(()),
        None => Err("Node is needed and was not found: install Node 20 or newer with npm (https://nodejs.org)".into()),
    }
}
