//! Every action of the store writes its audit entry in its own transaction. The actions are found by reading the source:
//! whoever adds one adds a line to `table.rs` or `lists.rs`, or this fails and says which.

mod lists;
mod table;
mod world;

use crate::harness::stores;
use std::{collections::BTreeSet, path::Path};
use world::World;

/// A public function of the store that reaches the database.
struct Found {
    name: String,
    place: String,
    body: String,
}

/// The methods of `impl Store` and the free functions that are given one.
fn found() -> Vec<Found> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                read(&path, &mut found);
            }
        }
    }
    found
}

fn read(path: &Path, found: &mut Vec<Found>) {
    let source = std::fs::read_to_string(path).unwrap();
    let source = source.split("#[cfg(test)]\nmod tests").next().unwrap();
    let mut at = 0;
    let mut of_store = false;
    for line in source.split_inclusive('\n') {
        match line.trim_end() {
            "impl Store {" => of_store = true,
            "}" => of_store = false,
            _ => {}
        }
        let start = line.trim_start();
        if let Some(rest) = start.strip_prefix("pub async fn ") {
            let name = rest.split(['(', '<']).next().unwrap().to_owned();
            let indent = &line[..line.len() - start.len()];
            let end = source[at..].find(&format!("\n{indent}}}\n")).map_or(source.len(), |end| at + end);
            let whole = &source[at..end];
            let signature = &whole[..whole.find(" {\n").unwrap_or(whole.len())];
            let reaches =
                (of_store && signature.contains("self")) || (!of_store && signature.contains("store: &Store"));
            // What is given a transaction is a part of an action, which is found by itself.
            let reachable = of_store || (indent.is_empty() && !signature.contains("tx: &DatabaseTransaction"));
            if reaches && reachable {
                let place = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display().to_string();
                found.push(Found { name, place, body: whole.to_owned() });
            }
        }
        at += line.len();
    }
}

#[test]
fn every_function_of_the_store_is_a_query_an_action_or_has_a_reason() {
    let found = found();
    assert!(found.len() > 60, "the source is not read any more: {} functions", found.len());
    let actions: BTreeSet<&str> = table::actions().into_iter().map(|(name, _)| name).collect();
    let reasons: BTreeSet<&str> = lists::UNRECORDED.iter().map(|(name, _)| *name).collect();
    let queries: BTreeSet<&str> = lists::QUERIES.iter().copied().collect();
    for Found { name, place, .. } in &found {
        let lists = [actions.contains(name.as_str()), reasons.contains(name.as_str()), queries.contains(name.as_str())];
        let said = "add one line in store/tests/it/audited: to `actions` with what it has to write, to `QUERIES` if it changes \
                    nothing, to `UNRECORDED` with the reason why nobody needs to know";
        assert_eq!(lists.iter().filter(|on| **on).count(), 1, "`{name}` of {place}: {said}");
    }
    let names: BTreeSet<&str> = found.iter().map(|found| found.name.as_str()).collect();
    let gone: Vec<_> = actions.union(&reasons).chain(&queries).filter(|name| !names.contains(**name)).collect();
    assert!(gone.is_empty(), "in these lists and not in store/src any more: {gone:?}");
}

#[test]
fn what_is_called_a_query_writes_nothing() {
    for Found { name, place, body } in found() {
        if lists::QUERIES.contains(&name.as_str()) {
            for sign in ["self.write()", ".exec(", "execute_raw", "execute_unprepared", "audit("] {
                assert!(!body.contains(sign), "`{name}` of {place} is called a query and has `{sign}`");
            }
        }
    }
}

#[test]
fn nothing_changes_or_deletes_what_is_recorded() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            for sign in [
                "DELETE FROM audit",
                "UPDATE audit",
                "DROP TABLE audit",
                "audit::Entity::delete",
                "audit::Entity::update",
            ] {
                assert!(!source.contains(sign), "{} has `{sign}`", path.display());
            }
        }
    }
}

#[tokio::test]
async fn every_action_records_what_it_did_or_nothing_happened() {
    for test in stores().await {
        let world = World::new(test).await;
        for (name, check) in table::actions() {
            world.begins(name);
            check(&world).await;
        }
    }
}
