//! `cargo xtask build [--release]`, and the same builds for `serve`, `test` and `bench`.
//!
//! cargo-leptos builds; what is added here is a package folder named after the build, which can be served as immutable
//! for ever, the compressed files in it, and the single file that is deployed.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::command::{cargo, run};
use crate::failure::{Failure, Outcome, Told};
use crate::identity::build_id;
use crate::lint::SERVER_SIDE;
use crate::place::Place;
use crate::tools::Tools;
use crate::{assets, editor, package, setup};

/// The assets of a build.
pub struct Site {
    /// The folder that holds them.
    pub root: PathBuf,
    /// The folder in it with wasm, glue and style sheet.
    pub pkg_dir: String,
}

/// The subcommand.
pub fn command(args: &[String]) -> Outcome {
    let release = match args {
        [] => false,
        [arg] if arg == "--release" => true,
        _ => return Err(Failure::usage(format!("`build` takes only --release, but got `{}`", args.join(" ")))),
    };
    let place = Place::find()?;
    let tools = setup::for_build(&place)?;
    match release {
        true => release_build(&place, &tools).map(|packaged| println!("{}", packaged.display())),
        false => debug_build(&place, &tools).map(|site| println!("{}", site.root.display())),
    }
}

/// Server and client, quickly compiled.
pub fn debug_build(place: &Place, tools: &Tools) -> Outcome<Site> {
    build_debug(place, tools, &["build"])
}

/// The same for the browser tests, with the server as `cargo test` has compiled it: what only tests depend on changes
/// features of other dependencies, and a server without them would be compiled from the database up once more.
pub fn debug_build_for_tests(place: &Place, tools: &Tools) -> Outcome<Site> {
    run(cargo(place).arg("build").args(SERVER_SIDE).args(["--bins", "--tests"]))?;
    build_debug(place, tools, &["build", "--frontend-only"])
}

fn build_debug(place: &Place, tools: &Tools, args: &[&str]) -> Outcome<Site> {
    let site = Site { root: place.debug_site(), pkg_dir: "pkg".into() };
    let mut leptos = tools.leptos(place)?;
    leptos.env("LEPTOS_SITE_ROOT", &site.root).env("LEPTOS_SITE_PKG_DIR", &site.pkg_dir);
    run(leptos.args(args))?;
    editor::build_into(place, &site.root.join(&site.pkg_dir))?;
    write_build_json(&site, "debug")?;
    Ok(site)
}

/// Server and client as they are deployed, in one file, whose path is returned.
pub fn release_build(place: &Place, tools: &Tools) -> Outcome<PathBuf> {
    let site = build_release(place, tools, Server::Too)?;
    package::package(place, &site)
}

/// Only what the browser downloads, with its sizes checked: all that the tests need of a release.
pub fn release_client(place: &Place, tools: &Tools) -> Outcome<Site> {
    build_release(place, tools, Server::NotNow)
}

#[derive(Clone, Copy, PartialEq)]
enum Server {
    Too,
    NotNow,
}

fn build_release(place: &Place, tools: &Tools, server: Server) -> Outcome<Site> {
    let id = build_id(place)?;
    let site = Site { root: place.release_site(), pkg_dir: format!("pkg-{id}") };
    // cargo-leptos empties its site folder first, so it gets some of its own, and the folder that may be being served
    // only ever sees complete builds.
    let staged = |name: &str| Site { root: place.target.join(name), pkg_dir: site.pkg_dir.clone() };
    let (readers, admin) = (staged("site-staging"), staged("site-staging-admin"));
    let leptos = |staging: &Site| {
        let mut leptos = tools.leptos(place)?;
        leptos.env("LEPTOS_SITE_ROOT", &staging.root).env("LEPTOS_SITE_PKG_DIR", &staging.pkg_dir);
        leptos.args(["build", "--release"]);
        Outcome::Ok(leptos)
    };
    if is_complete(&site, &id) {
        println!("build: the browser's half is unchanged ({id})");
        if server == Server::Too {
            run(leptos(&readers)?.arg("--server-only"))?;
        }
    } else {
        // The same sources twice: a client for readers, and one for editors, whose rooms are files of their own.
        // What is only ever made in the browser has to match no server: its views may lose their types, which is smaller.
        let mut rooms = leptos(&admin)?;
        rooms.args(["--frontend-only", "--split", "--lib-features", "admin-only"]);
        rooms.arg("--lib-cargo-args=--no-default-features");
        run(rooms.env("RUSTFLAGS", "--cfg erase_components"))?;
        let mut client = leptos(&readers)?;
        if server == Server::NotNow {
            client.arg("--frontend-only");
        }
        run(client.args(["--lib-features", "readers-only"]))?;
        let pkg = readers.root.join(&readers.pkg_dir);
        assets::bring_admin(&admin.root.join(&admin.pkg_dir), &pkg)?;
        editor::build_into(place, &pkg)?;
        assets::precompress(place, &readers.root)?;
        adopt(&readers, &site, &id)?;
    }
    assets::weigh(place, &site.root.join(&site.pkg_dir))?;
    Ok(site)
}

/// Whether these very sources were built before and nothing of it is missing.
fn is_complete(site: &Site, id: &str) -> bool {
    let pkg = site.root.join(&site.pkg_dir);
    let files =
        ["fuxian.wasm.br", "fuxian.js.br", "fuxian.css.br", "editor.js.br", "admin.css.br", "admin/fuxian.wasm.br"];
    named_build(&site.root).is_some_and(|(build, _)| build == id) && files.iter().all(|file| pkg.join(file).is_file())
}

/// Moves a finished build in, and keeps the one before it for pages that are still open.
fn adopt(staging: &Site, site: &Site, id: &str) -> Outcome {
    let previous = named_build(&site.root).map(|(_, pkg_dir)| pkg_dir);
    fs::create_dir_all(&site.root).told(format!("{} cannot be made", site.root.display()))?;
    for name in names(&staging.root)? {
        replace(&staging.root.join(&name), &site.root.join(&name))?;
    }
    write_build_json(site, id)?;
    for name in names(&site.root)? {
        if is_superseded(&name, &site.pkg_dir, previous.as_deref()) {
            let old = site.root.join(&name);
            fs::remove_dir_all(&old).told(format!("{} cannot be removed", old.display()))?;
        }
    }
    Ok(())
}

fn is_superseded(name: &str, current: &str, previous: Option<&str>) -> bool {
    name.starts_with("pkg-") && name != current && Some(name) != previous
}

fn replace(from: &Path, to: &Path) -> Outcome {
    let removed = if to.is_dir() { fs::remove_dir_all(to) } else { fs::remove_file(to) };
    if to.exists() {
        removed.told(format!("{} cannot be replaced", to.display()))?;
    }
    fs::rename(from, to).told(format!("{} cannot be moved to {}", from.display(), to.display()))
}

fn names(folder: &Path) -> Outcome<Vec<String>> {
    let read = fs::read_dir(folder).told(format!("{} cannot be read", folder.display()))?;
    Ok(read.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
}

/// The id and the package folder that build.json names, if there is one that can be read.
fn named_build(site: &Path) -> Option<(String, String)> {
    let json: serde_json::Value = serde_json::from_slice(&fs::read(site.join("build.json")).ok()?).ok()?;
    Some((json["build"].as_str()?.to_owned(), json["pkg_dir"].as_str()?.to_owned()))
}

/// Tells the server which folder is the current one. Written last and in one go.
fn write_build_json(site: &Site, id: &str) -> Outcome {
    let (path, fresh) = (site.root.join("build.json"), site.root.join("build.json.new"));
    let json = json!({ "build": id, "pkg_dir": site.pkg_dir }).to_string();
    fs::write(&fresh, json).told(format!("{} cannot be written", fresh.display()))?;
    fs::rename(&fresh, &path).told(format!("{} cannot be written", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_before_the_current_one_is_kept() {
        assert!(!is_superseded("pkg-c", "pkg-c", Some("pkg-b")));
        assert!(!is_superseded("pkg-b", "pkg-c", Some("pkg-b")));
        assert!(is_superseded("pkg-a", "pkg-c", Some("pkg-b")));
        assert!(!is_superseded("build.json", "pkg-c", None));
    }

    #[test]
    fn a_new_build_takes_over_the_site_and_the_oldest_goes() {
        let root = std::env::temp_dir().join(format!("fuxian-build-test-{}", std::process::id()));
        let (staging, site) = (root.join("staging"), root.join("site"));
        for id in ["a", "b", "c"] {
            let pkg_dir = format!("pkg-{id}");
            fs::create_dir_all(staging.join(&pkg_dir)).unwrap();
            fs::write(staging.join(&pkg_dir).join("fuxian.js"), id).unwrap();
            let staged = Site { root: staging.clone(), pkg_dir: pkg_dir.clone() };
            adopt(&staged, &Site { root: site.clone(), pkg_dir }, id).unwrap();
        }
        let mut left = names(&site).unwrap();
        left.sort();
        assert_eq!(left, ["build.json", "pkg-b", "pkg-c"]);
        assert_eq!(named_build(&site), Some(("c".into(), "pkg-c".into())));
        fs::remove_dir_all(&root).unwrap();
    }
}
