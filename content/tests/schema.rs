//! The schema as the editor has it, and trees that both sides write alike.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use content::{Document, document::schema};
use std::{
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// `UPDATE_SCHEMA=1 cargo test -p content --test schema` writes it anew.
#[test]
fn the_editor_is_built_on_this_schema() {
    let file = root().join("frontend/editor/src/document/schema.json");
    let json = serde_json::to_string_pretty(&schema::schema().unwrap()).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&file, &json).unwrap();
    }
    assert!(fs::read_to_string(&file).unwrap() == json, "UPDATE_SCHEMA=1 cargo test -p content --test schema");
}

fn fixtures(folder: &str) -> Vec<(String, String)> {
    let folder = root().join("content/tests/fixtures").join(folder);
    let mut all: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            (path.display().to_string(), fs::read_to_string(&path).unwrap().trim_end().to_owned())
        })
        .collect();
    all.sort();
    assert!(!all.is_empty());
    all
}

/// The editor's tests read the same files.
#[test]
fn trees_are_written_as_they_were_read() {
    for (name, json) in fixtures("trees") {
        assert_eq!(Document::from_json(&json).unwrap().to_json().unwrap(), json, "{name}");
    }
}

#[test]
fn trees_that_break_a_rule_are_refused_with_the_rule() {
    for (name, json) in fixtures("broken") {
        let refusal = Document::from_json(&json).unwrap_err().to_string();
        assert!(refusal.len() > "the document is not valid: ".len(), "{name}: {refusal}");
    }
}
