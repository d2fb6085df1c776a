//! The editor's bundle: TypeScript and the admin's style sheet, made by esbuild from `frontend/editor`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{program, run};
use crate::failure::{Outcome, Told};
use crate::npm;
use crate::place::Place;

/// What esbuild writes, and the server serves beside the client.
pub const FILES: [&str; 2] = ["editor.js", "admin.css"];

fn folder(place: &Place) -> PathBuf {
    place.root.join("frontend/editor")
}

/// Installs what the bundle is made from.
pub fn ready(place: &Place) -> Outcome {
    npm::ready(place, &folder(place), "the editor of the admin is bundled from them")
}

/// `npm run SCRIPT` in the editor's folder.
pub fn script(place: &Place, name: &str) -> Command {
    let mut npm = program(place, "npm");
    npm.current_dir(folder(place)).args(["run", "--silent", name]);
    npm
}

/// Makes the bundle where a watched build finds it.
pub fn build(place: &Place) -> Outcome {
    ready(place)?;
    run(&mut script(place, "build"))
}

/// Makes the bundle and puts it into the client's package folder.
pub fn build_into(place: &Place, pkg: &Path) -> Outcome {
    build(place)?;
    for file in FILES {
        let (from, to) = (folder(place).join("dist").join(file), pkg.join(file));
        fs::copy(&from, &to).told(format!("{} cannot be copied to {}", from.display(), to.display()))?;
    }
    Ok(())
}

/// Types and tests of the bundle.
pub fn test(place: &Place) -> Outcome {
    ready(place)?;
    run(&mut script(place, "check"))?;
    run(&mut script(place, "test"))
}
