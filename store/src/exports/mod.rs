//! The whole site out into a folder that anybody can read, and back without loss: `docs/export.md` is its description.
//!
//! - `tables`: which rows are the site, and which stay behind
//! - `rows`: a row as JSON and back
//! - `out`: writes the folder
//! - `readable`: an article as a page and as Markdown, for people and other systems
//! - `back`: takes a folder back into an empty database
//! - `checks`: what a row must be before it is taken
//! - `files`: the files of the folder, bounded

mod back;
mod checks;
mod files;
mod out;
mod readable;
mod rows;
mod tables;

pub use files::is_export;
pub use out::Exported;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name of the format.
const FORMAT: &str = "fuxian-export";
/// The version of the format that is written, and the latest that is read.
const VERSION: u32 = 1;
/// The file that says what the folder is. It is written last: a folder without it is no export.
const MANIFEST: &str = "export.json";
/// Articles of one folder, so that no folder becomes too large for those who look into it.
const PER_FOLDER: i64 = 1_000;

/// What the folder is.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: String,
    version: u32,
    /// The version of the program that wrote it.
    program: String,
    /// When, RFC 3339 in the zone of the site.
    at: String,
    articles: u64,
    media: u64,
    /// Media that the records name and the media store did not have.
    missing: Vec<String>,
    /// The last number that each table has given out: numbers of what was deleted are not given again.
    numbers: BTreeMap<String, i64>,
}

/// Where an article's files stand, without their endings.
fn article_path(id: i64) -> String {
    format!("articles/{:06}/{id}", id / PER_FOLDER)
}
