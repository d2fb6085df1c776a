//! cargo-leptos and wasm-bindgen: found on PATH at the right versions, or compiled from `xtask/tools` into the cache.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::command::{all_on_path, cargo, output, program, run};
use crate::failure::{Outcome, Told};
use crate::lockfile::locked_version;
use crate::place::Place;
use crate::{identity, setup};

const NAMES: [&str; 2] = ["cargo-leptos", "wasm-bindgen"];

/// Where the tools are.
pub struct Tools {
    /// The folder that is put first on PATH.
    pub folder: PathBuf,
    leptos: PathBuf,
}

impl Tools {
    /// `cargo leptos …` with the tools and the npm packages first on PATH.
    ///
    /// The program is started itself, since `cargo leptos` prefers one in cargo's own folder, of whatever version.
    pub fn leptos(&self, place: &Place) -> Outcome<Command> {
        let mut command = program(place, &self.leptos);
        let mut path = vec![self.folder.clone(), place.root.join("node_modules/.bin")];
        path.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
        command.env("PATH", std::env::join_paths(path).told("PATH cannot be extended")?).arg("leptos");
        Ok(command)
    }
}

/// Finds the tools or installs them.
pub fn ready(place: &Place) -> Outcome<Tools> {
    let sources = place.root.join("xtask/tools");
    let folder = place.cache.join("tools");
    let stamp = folder.join("stamp");
    let key = key(&sources)?;
    let bin = folder.join("bin");
    if fs::read_to_string(&stamp).is_ok_and(|found| found == key) && NAMES.iter().all(|name| bin.join(name).is_file()) {
        link(&bin)?;
        return Ok(Tools { leptos: bin.join(NAMES[0]), folder: bin });
    }
    if let Some(tools) = on_path(place, &sources)? {
        return Ok(tools);
    }
    let how_long = "once, about 13 minutes on two cores, and what was compiled is kept if it is interrupted";
    setup::install("cargo-leptos and wasm-bindgen", "they build the browser's half", how_long, || {
        let mut install = cargo(place);
        install.args(["install", "--locked", "--quiet", "--path"]).arg(&sources);
        install.arg("--root").arg(&folder).arg("--target-dir").arg(place.cache.join("tools-target"));
        run(&mut install)?;
        fs::write(&stamp, &key).told(format!("{} cannot be written", stamp.display()))
    })?;
    link(&bin)?;
    Ok(Tools { leptos: bin.join(NAMES[0]), folder: bin })
}

/// The hash of everything that the tools are compiled from.
fn key(sources: &Path) -> Outcome<String> {
    let mut hash = Sha256::new();
    identity::add_tree(&mut hash, sources, Path::new(""))?;
    Ok(identity::hex(&hash.finalize()))
}

/// Tools that somebody installed by other means, when both have exactly the versions that the lock files name.
fn on_path(place: &Place, sources: &Path) -> Outcome<Option<Tools>> {
    let lock = sources.join("Cargo.lock");
    let wanted = [locked_version(&lock, "cargo-leptos")?, locked_version(&lock, "wasm-bindgen-cli")?];
    let mut found = Vec::new();
    for (name, version) in NAMES.iter().zip(&wanted) {
        // What an older checkout has put into our own cache is replaced, not used.
        let usable = all_on_path(name).into_iter().find(|file| {
            let ours = file.canonicalize().is_ok_and(|real| real.starts_with(&place.cache));
            !ours && output(Command::new(file).arg("--version")).is_ok_and(|said| says(&said, version))
        });
        found.extend(usable);
    }
    let [leptos, bindgen] = found.as_slice() else { return Ok(None) };
    let folder = bindgen.parent().unwrap_or(Path::new("/")).to_owned();
    Ok(Some(Tools { folder, leptos: leptos.clone() }))
}

fn says(said: &str, version: &str) -> bool {
    said.split_whitespace().any(|word| word == version)
}

/// Puts the tools where `cargo leptos` and cargo-leptos itself look for them, unless something is there already.
fn link(bin: &Path) -> Outcome {
    let Some(cargo_bin) = cargo_bin() else { return Ok(()) };
    for name in NAMES {
        let (link, target) = (cargo_bin.join(name), bin.join(name));
        if link.exists() {
            continue;
        }
        // A link whose target is gone does not exist for `exists`, but is in the way of a new one.
        if link.symlink_metadata().is_ok() {
            fs::remove_file(&link).told(format!("{} cannot be replaced", link.display()))?;
        }
        fs::create_dir_all(&cargo_bin).told(format!("{} cannot be made", cargo_bin.display()))?;
        std::os::unix::fs::symlink(&target, &link).told(format!("{} cannot be made", link.display()))?;
        println!("setup: linked {} to {}, so that plain `cargo leptos` finds it", link.display(), target.display());
    }
    Ok(())
}

fn cargo_bin() -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    home.or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo")))
        .map(|home| home.join("bin"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_compared_as_a_whole_word() {
        assert!(says("cargo-leptos 0.3.10\n", "0.3.10"));
        assert!(says("wasm-bindgen 0.2.130 (abc)", "0.2.130"));
        assert!(!says("cargo-leptos 0.3.101", "0.3.10"));
    }
}
