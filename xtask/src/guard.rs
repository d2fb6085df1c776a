//! The walls between the rooms: which crate may see which, and what must never reach a reader's browser.

use std::collections::BTreeSet;

use crate::command::{cargo, output};
use crate::failure::{Outcome, Told};
use crate::lockfile::locked_version;
use crate::place::Place;

/// What each crate of ours may depend on among ours.
const EDGES: [(&str, &[&str]); 7] = [
    ("content", &[]),
    ("store", &["content"]),
    ("importers", &["content"]),
    ("app", &["content", "store"]),
    ("server", &["app", "content", "importers", "store"]),
    ("frontend", &["app"]),
    ("xtask", &[]),
];

/// What must not be anywhere below a crate. A star stands for the rest of a name.
const FORBIDDEN: [(&str, &[&str]); 4] = [
    ("frontend", &["sea-orm*", "sqlx*", "tokio", "axum*", "hyper*", "regex", "chrono", "store", "importers", "server"]),
    ("content", &["leptos*", "sea-orm*", "sqlx*", "tokio", "axum*"]),
    ("store", &["leptos*", "axum*"]),
    ("importers", &["leptos*", "sea-orm*", "sqlx*", "tokio", "axum*"]),
];

/// All of the walls.
pub fn check(place: &Place) -> Outcome {
    let mut breaches = edges(place)?;
    for (package, forbidden) in FORBIDDEN {
        breaches.extend(below(package, forbidden, &tree(place, package)?));
    }
    breaches.extend(tool_versions(place)?);
    match breaches.is_empty() {
        true => Ok(()),
        false => Err(breaches.join("\n").into()),
    }
}

fn edges(place: &Place) -> Outcome<Vec<String>> {
    let text = output(cargo(place).args(["metadata", "--no-deps", "--format-version=1"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&text).told("`cargo metadata` printed what is not JSON")?;
    Ok(wrong_edges(&metadata))
}

fn wrong_edges(metadata: &serde_json::Value) -> Vec<String> {
    let ours: Vec<&str> = EDGES.iter().map(|(name, _)| *name).collect();
    let mut wrong = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, allowed)) = EDGES.iter().find(|(known, _)| *known == name) else {
            wrong.push(format!("the crate `{name}` is new: say in xtask/src/guard.rs what it may depend on"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let target = dependency["name"].as_str().unwrap_or_default();
            // Tests may look at more than what is shipped.
            if dependency["kind"] != "dev" && ours.contains(&target) && !allowed.contains(&target) {
                wrong.push(format!("`{name}` depends on `{target}`, and may only on {allowed:?} among ours"));
            }
        }
    }
    wrong
}

/// The names of all crates that are compiled into the package, itself left out.
fn tree(place: &Place, package: &str) -> Outcome<BTreeSet<String>> {
    let mut tree = cargo(place);
    tree.args(["tree", "-p", package, "-e", "normal", "--prefix", "none", "--format", "{p}"]);
    if package == "frontend" {
        tree.args(["--target", "wasm32-unknown-unknown"]);
    }
    let text = output(&mut tree)?;
    let names = text.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned);
    Ok(names.filter(|name| name != package).collect())
}

fn below(package: &str, forbidden: &[&str], tree: &BTreeSet<String>) -> Vec<String> {
    let matches = |name: &str| {
        forbidden.iter().any(|pattern| match pattern.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => name == *pattern,
        })
    };
    let found = tree.iter().filter(|name| matches(name));
    found
        .map(|name| {
            format!("`{name}` must not be below `{package}`: `cargo tree -p {package} -e normal -i {name}` shows why")
        })
        .collect()
}

/// cargo-leptos would download a wasm-bindgen of its own when ours were not the one in Cargo.lock.
fn tool_versions(place: &Place) -> Outcome<Option<String>> {
    let library = locked_version(&place.root.join("Cargo.lock"), "wasm-bindgen")?;
    let tool = locked_version(&place.root.join("xtask/tools/Cargo.lock"), "wasm-bindgen-cli")?;
    Ok((library != tool).then(|| {
        format!("wasm-bindgen is {library} in Cargo.lock and {tool} in xtask/tools/Cargo.lock: both must be the same")
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn package(name: &str, dependency: &str, kind: serde_json::Value) -> serde_json::Value {
        json!({ "packages": [{ "name": name, "dependencies": [{ "name": dependency, "kind": kind }] }] })
    }

    #[test]
    fn an_edge_that_the_house_has_is_let_through() {
        assert!(wrong_edges(&package("store", "content", json!(null))).is_empty());
        assert!(wrong_edges(&package("store", "serde", json!(null))).is_empty());
    }

    #[test]
    fn an_edge_against_the_direction_is_named() {
        let wrong = wrong_edges(&package("content", "store", json!(null)));
        assert!(wrong[0].contains("`content` depends on `store`"), "{wrong:?}");
    }

    #[test]
    fn tests_may_look_at_more() {
        assert!(wrong_edges(&package("importers", "store", json!("dev"))).is_empty());
    }

    #[test]
    fn a_crate_that_nobody_placed_is_named() {
        assert!(wrong_edges(&package("helpers", "serde", json!(null)))[0].contains("`helpers` is new"));
    }

    #[test]
    fn a_forbidden_crate_is_found_by_name_or_by_the_beginning_of_it() {
        let tree = ["sqlx-core", "tokio-util", "serde"].map(str::to_owned).into();
        let found = below("frontend", &["sqlx*", "tokio"], &tree);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("`sqlx-core`"));
    }
}
