//! A folder or a zip archive with what an old site left: read by name, within bounds, and never outside of it.

use flate2::read::GzDecoder;
use importers::archive::{Archive, Limits};
use std::{
    collections::HashMap,
    fs::File,
    io::{self, BufReader, Read, Seek},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// The most files of a folder.
const MOST_FILES: usize = 500_000;

/// How deep folders lie within one another.
const DEEPEST: usize = 64;

/// What an archive is read from.
pub trait Bytes: Read + Seek + Send {}

impl<T: Read + Seek + Send> Bytes for T {}

/// Files by their names below the folder, with `/` between folders.
pub struct Source {
    place: Place,
    /// In order.
    names: Vec<String>,
    /// By the name in small letters: old servers did not tell `A.jpg` from `a.jpg`.
    by_small: HashMap<String, usize>,
    /// By the last part of the name in small letters.
    by_last: HashMap<String, Vec<usize>>,
    /// What was not taken, with why.
    pub refused: Vec<String>,
}

enum Place {
    Folder(PathBuf),
    /// With the place of each name in the archive.
    Archive(Box<Mutex<Archive<Box<dyn Bytes>>>>, Vec<usize>),
}

impl Source {
    /// Looks at what is in a folder or an archive.
    ///
    /// # Errors
    /// One line: what is neither, or cannot be read.
    pub fn open(path: &Path) -> Result<Self, String> {
        let said = |error: io::Error| error.to_string();
        if std::fs::metadata(path).map_err(said)?.is_dir() {
            let (mut names, mut refused) = (Vec::new(), Vec::new());
            walk(path, "", 0, &mut names, &mut refused).map_err(said)?;
            names.sort_unstable();
            return Ok(Self::of(Place::Folder(path.to_owned()), names, refused));
        }
        Self::archive(Box::new(BufReader::new(File::open(path).map_err(said)?)))
    }

    /// Looks at what is in an archive.
    ///
    /// # Errors
    /// One line: bytes that are no archive, or one that is not safe to read.
    pub fn archive(bytes: Box<dyn Bytes>) -> Result<Self, String> {
        let archive = Archive::open(bytes, Limits::SITE);
        let archive = archive.map_err(|fault| format!("{fault}; expected a folder or a zip archive of saved pages"))?;
        let mut order: Vec<usize> = (0..archive.parts().len()).collect();
        order.sort_unstable_by(|a, b| archive.parts()[*a].name.cmp(&archive.parts()[*b].name));
        let names = order.iter().map(|at| archive.parts()[*at].name.clone()).collect();
        let refused = archive.refused().iter().map(ToString::to_string).collect();
        Ok(Self::of(Place::Archive(Box::new(Mutex::new(archive)), order), names, refused))
    }

    fn of(place: Place, names: Vec<String>, refused: Vec<String>) -> Self {
        let small = |name: &String| name.to_lowercase();
        let by_small = names.iter().enumerate().rev().map(|(at, name)| (small(name), at)).collect();
        let mut by_last: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, name) in names.iter().enumerate() {
            by_last.entry(last(&small(name)).to_owned()).or_default().push(at);
        }
        Self { place, names, by_small, by_last, refused }
    }

    /// The names of all files, in order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The file that has one of these names, the first that is there; large and small letters are the same.
    pub fn find<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Option<&str> {
        let at = names.into_iter().find_map(|name| self.by_small.get(&name.trim_start_matches('/').to_lowercase()))?;
        self.names.get(*at).map(String::as_str)
    }

    /// The file that lies where this address says, however much of its path the folder has: the one with most of it, and
    /// with no other beside it.
    pub fn find_address(&self, address: &str) -> Option<&str> {
        let path = address.split_once("://").map_or(address, |(_, rest)| rest).split(['?', '#']).next()?.to_lowercase();
        let shared =
            |name: &str| name.rsplit('/').zip(path.rsplit('/')).take_while(|(one, other)| one == other).count();
        let mut found: Vec<(usize, usize)> = Vec::new();
        for at in self.by_last.get(last(&path))? {
            found.push((shared(&self.names[*at].to_lowercase()), *at));
        }
        found.sort_unstable_by(|a, b| b.cmp(a));
        let alone = found.get(1).is_none_or(|second| second.0 < found[0].0);
        found.first().filter(|_| alone).map(|(_, at)| self.names[*at].as_str())
    }

    /// The bytes of a file, unpacked where its name ends in `.gz`.
    ///
    /// # Errors
    /// One line: a file that is not there, cannot be read, or is longer than this.
    pub fn read(&self, name: &str, limit: u64) -> Result<Vec<u8>, String> {
        let bytes = match &self.place {
            Place::Folder(root) => {
                let path = name.split('/').fold(root.clone(), |path, step| path.join(step));
                let file = File::open(path).map_err(|error| error.to_string())?;
                whole(file, limit)?
            }
            Place::Archive(archive, order) => {
                let at = self.names.binary_search_by(|other| other.as_str().cmp(name));
                let at = order[at.map_err(|_| "not in the archive".to_owned())?];
                let mut archive = archive.lock().unwrap_or_else(PoisonError::into_inner);
                if archive.parts()[at].size > limit {
                    return Err(too_long(limit));
                }
                archive.read(at).map_err(|fault| fault.to_string())?
            }
        };
        if bytes.starts_with(&[0x1f, 0x8b]) && name.to_lowercase().ends_with(".gz") {
            return whole(GzDecoder::new(bytes.as_slice()), limit);
        }
        Ok(bytes)
    }
}

fn whole(from: impl Read, limit: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    from.take(limit + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > limit { Err(too_long(limit)) } else { Ok(bytes) }
}

fn too_long(limit: u64) -> String {
    format!("longer than is read: at most {limit} bytes")
}

fn last(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or_default()
}

/// Collects names. Links are not followed: they may lead anywhere.
fn walk(
    folder: &Path,
    below: &str,
    depth: usize,
    names: &mut Vec<String>,
    refused: &mut Vec<String>,
) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            refused.push(format!("{below}{}: its name is no text: left out", entry.file_name().to_string_lossy()));
            continue;
        };
        let name = format!("{below}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() && depth < DEEPEST {
            walk(&entry.path(), &format!("{name}/"), depth + 1, names, refused)?;
        } else if kind.is_dir() {
            refused.push(format!("{name}: more than {DEEPEST} folders within one another: left out"));
        } else if !kind.is_file() {
            refused.push(format!("{name}: a link or a device: left out"));
        } else if names.len() == MOST_FILES {
            refused.push(format!("{name}: more than {MOST_FILES} files: this one and others left out"));
            return Ok(());
        } else {
            names.push(name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> (tempfile::TempDir, Source) {
        let folder = tempfile::tempdir().unwrap();
        for name in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, name.as_bytes()).unwrap();
        }
        let source = Source::open(folder.path()).unwrap();
        (folder, source)
    }

    #[test]
    fn files_are_found_by_their_names_and_by_their_old_addresses() {
        let (_folder, source) =
            folder(&["a/Pic.JPG", "uploads/2015/01/lake.jpg", "uploads/2016/01/lake.jpg", "x.html"]);
        assert_eq!(source.names().len(), 4);
        assert_eq!(source.find(["b/pic.jpg", "/a/pic.jpg"]), Some("a/Pic.JPG"));
        let at = |address| source.find_address(address);
        assert_eq!(at("http://old.example/wp-content/uploads/2015/01/lake.jpg?w=1"), Some("uploads/2015/01/lake.jpg"));
        assert_eq!(at("http://old.example/lake.jpg"), None, "which of the two is meant nobody knows");
        assert_eq!(at("http://old.example/pic.jpg"), Some("a/Pic.JPG"));
        assert_eq!(at("http://old.example/"), None);
        assert_eq!(source.read("x.html", 100).unwrap(), b"x.html");
        assert!(source.read("x.html", 3).unwrap_err().contains("at most 3 bytes"));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let (folder, _) = folder(&["x.html"]);
        std::os::unix::fs::symlink("/etc/passwd", folder.path().join("passwd.html")).unwrap();
        std::os::unix::fs::symlink("/etc", folder.path().join("etc")).unwrap();
        let source = Source::open(folder.path()).unwrap();
        assert_eq!(source.names(), ["x.html"]);
        assert_eq!(source.refused.len(), 2, "{:?}", source.refused);
    }

    #[test]
    fn what_is_neither_a_folder_nor_an_archive_is_said_to_be() {
        let (folder, _) = folder(&["x.html"]);
        let said = Source::open(&folder.path().join("x.html")).err().unwrap();
        assert!(said.contains("expected a folder or a zip archive"), "{said}");
    }
}
