//! The files of the folder: written new, and read only where they are regular files of a size that can be.

use super::{FORMAT, MANIFEST, Manifest, VERSION};
use crate::{Error, Result};
use std::{
    fs::{self, File},
    io::{BufRead, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

/// The longest line of a table's file, and the largest file of an article, in bytes.
pub(super) const LONGEST: u64 = 256 * 1024 * 1024;

/// What went wrong with a file, with its name.
pub(super) fn said(path: &Path, why: impl std::fmt::Display) -> Error {
    Error::Corrupt(format!("{}: {why}", path.display()))
}

/// Whether a folder says of itself that it is an export.
#[must_use]
pub fn is_export(folder: &Path) -> bool {
    folder.join(MANIFEST).is_file()
}

pub(super) fn make_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|error| said(folder, error))
}

/// A folder that is not there or holds nothing.
pub(super) fn empty_folder(folder: &Path) -> Result<()> {
    make_folder(folder)?;
    let mut entries = fs::read_dir(folder).map_err(|error| said(folder, error))?;
    if entries.next().is_some() {
        return Err(said(folder, "holds something already: name a folder that is empty or not there"));
    }
    Ok(())
}

pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).map_err(|error| said(path, error))
}

/// A file that is written line by line.
pub(super) struct Lines {
    path: PathBuf,
    out: BufWriter<File>,
}

impl Lines {
    pub(super) fn create(path: PathBuf) -> Result<Self> {
        let file = File::create(&path).map_err(|error| said(&path, error))?;
        Ok(Self { path, out: BufWriter::new(file) })
    }

    pub(super) fn line(&mut self, line: &str) -> Result<()> {
        writeln!(self.out, "{line}").map_err(|error| said(&self.path, error))
    }

    pub(super) fn end(mut self) -> Result<()> {
        self.out.flush().map_err(|error| said(&self.path, error))
    }
}

/// The manifest of a folder that is to be taken back.
pub(super) fn manifest(folder: &Path) -> Result<Manifest> {
    let path = folder.join(MANIFEST);
    let text = text(&path)?;
    let manifest: Manifest = serde_json::from_str(&text).map_err(|error| said(&path, error))?;
    if manifest.format != FORMAT || manifest.version > VERSION {
        let why = format!(
            "format \"{}\" {}: expected \"{FORMAT}\" {VERSION} or earlier, which this version of the program reads",
            manifest.format, manifest.version
        );
        return Err(said(&path, why));
    }
    Ok(manifest)
}

/// A file to be read: a regular one, never what a link leads to.
pub(super) fn open(path: &Path) -> Result<File> {
    let meta = fs::symlink_metadata(path).map_err(|error| said(path, error))?;
    if !meta.is_file() {
        return Err(said(path, "is no regular file"));
    }
    File::open(path).map_err(|error| said(path, error))
}

/// A whole file of text.
pub(super) fn text(path: &Path) -> Result<String> {
    let mut text = String::new();
    open(path)?.take(LONGEST + 1).read_to_string(&mut text).map_err(|error| said(path, error))?;
    if text.len() as u64 > LONGEST { Err(said(path, too_long())) } else { Ok(text) }
}

fn too_long() -> String {
    format!("too long: at most {LONGEST} bytes")
}

/// The lines of a file, one at a time, with their numbers from 1.
pub(super) struct LinesOf {
    path: PathBuf,
    input: BufReader<File>,
    number: u64,
}

impl LinesOf {
    pub(super) fn open(path: PathBuf) -> Result<Self> {
        let input = BufReader::new(open(&path)?);
        Ok(Self { path, input, number: 0 })
    }

    /// The next line that is not empty.
    pub(super) fn next(&mut self) -> Result<Option<String>> {
        loop {
            let mut line = String::new();
            let read =
                self.input.by_ref().take(LONGEST + 1).read_line(&mut line).map_err(|error| said(&self.path, error))?;
            self.number += 1;
            if line.len() as u64 > LONGEST {
                return Err(self.said(too_long()));
            }
            if read == 0 {
                return Ok(None);
            }
            if !line.trim().is_empty() {
                return Ok(Some(line));
            }
        }
    }

    /// What is wrong with the line that was read last.
    pub(super) fn said(&self, why: impl std::fmt::Display) -> Error {
        said(&self.path, format!("line {}: {why}", self.number))
    }
}

/// The files of articles, by number.
pub(super) fn articles(folder: &Path) -> Result<Vec<(i64, PathBuf)>> {
    let root = folder.join("articles");
    let mut found = Vec::new();
    for part in entries(&root)? {
        if !part.is_dir() {
            continue;
        }
        for path in entries(&part)? {
            let id = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse().ok());
            match id {
                Some(id) if path.extension().is_some_and(|extension| extension == "json") => found.push((id, path)),
                _ => {}
            }
        }
    }
    found.sort();
    Ok(found)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(said(folder, error)),
    };
    let paths: std::io::Result<Vec<PathBuf>> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
    paths.map_err(|error| said(folder, error))
}
