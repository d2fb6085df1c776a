//! The client's build: wasm, glue, CSS. A packaged binary carries it behind its own bytes; a binary in a build folder
//! finds it beside that folder; `cargo leptos watch` says where it is.
//!
//! A packaged binary is: the program, a tar of the site folder, the length of the tar as eight little-endian bytes, and
//! the eight bytes [`MAGIC`]. The folder holds `build.json` and the package folder named after the build, so that its
//! files never change under their names.

use crate::failure::Failure;
use app::AdminClient;
use bytes::Bytes;
use serde::Deserialize;
use std::{
    collections::HashMap,
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

/// Ends a packaged binary.
const MAGIC: &[u8; 8] = b"FUXIANv1";

/// The file that says which package folder belongs to this binary.
const BUILD: &str = "build.json";

/// More than any file of a build has, in bytes: what a header says is not reserved unseen.
const LARGEST: usize = 64 * 1024 * 1024;

/// From this length on, in bytes, a file that is there packed as well is left on the disk: browsers ask for the packed one.
const LEFT_ON_DISK: usize = 64 * 1024;

/// The files of the client's build.
#[derive(Debug)]
pub struct Assets {
    /// The folder of the package in addresses, such as `pkg-0123456789`.
    pub pkg_dir: String,
    /// The build's name; `None` in a watched build, whose files change under their names.
    pub build: Option<String>,
    source: Source,
    /// Where the files of the build before this one are.
    kept: Option<PathBuf>,
}

#[derive(Debug)]
enum Source {
    Memory(HashMap<String, Bytes>),
    Folder(PathBuf),
}

#[derive(Deserialize)]
struct Build {
    build: String,
    pkg_dir: String,
}

impl Assets {
    /// Finds the build that belongs to this binary, wherever it was started.
    ///
    /// # Errors
    /// A package that does not read as one. A missing build is no error: pages are complete without it.
    pub fn find() -> Result<Self, Failure> {
        let exe = std::env::current_exe().map_err(|error| Failure::Run(format!("this program's file: {error}")))?;
        if let Some(files) = packaged(&exe).map_err(|error| Failure::Run(format!("{}: {error}", exe.display())))? {
            return Self::in_memory(files);
        }
        if let Some(root) = std::env::var_os("LEPTOS_SITE_ROOT").map(PathBuf::from).filter(|root| root.is_dir()) {
            return Self::in_folder(root);
        }
        let beside = exe.parent().and_then(Path::parent).map(|target| target.join("site"));
        match beside.filter(|site| site.is_dir()) {
            Some(site) => Self::in_folder(site),
            None => {
                tracing::warn!("no build of the client was found: pages are served without it");
                Ok(Self { pkg_dir: "pkg".to_owned(), build: None, source: Source::Memory(HashMap::new()), kept: None })
            }
        }
    }

    fn in_memory(files: HashMap<String, Bytes>) -> Result<Self, Failure> {
        let build = files.get(BUILD).ok_or_else(|| Failure::Run(format!("the package holds no {BUILD}")))?;
        let build: Build = serde_json::from_slice(build).map_err(|error| Failure::Run(format!("{BUILD}: {error}")))?;
        Ok(Self { pkg_dir: build.pkg_dir, build: Some(build.build), source: Source::Memory(files), kept: None })
    }

    /// A folder with a `build.json` is read once; one without is being watched and is read at each request.
    fn in_folder(root: PathBuf) -> Result<Self, Failure> {
        let said = |error: std::io::Error| Failure::Run(format!("{}: {error}", root.display()));
        if !root.join(BUILD).is_file() {
            let pkg_dir = std::env::var("LEPTOS_SITE_PKG_DIR").unwrap_or_else(|_| "pkg".to_owned());
            return Ok(Self { pkg_dir, build: None, source: Source::Folder(root), kept: None });
        }
        let mut files = HashMap::new();
        read_folder(&root, &root, &mut files).map_err(said)?;
        Self::in_memory(files)
    }

    /// Puts this build into the data folder, beside the one before it: a page that was opened before the server was renewed
    /// goes on finding its files. Older ones are removed.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn keep(&mut self, data: &Path) -> std::io::Result<()> {
        let (Source::Memory(files), Some(_)) = (&self.source, &self.build) else { return Ok(()) };
        let folder = data.join("assets");
        let own = folder.join(&self.pkg_dir);
        if !own.is_dir() {
            let fresh = folder.join(format!(".{}", self.pkg_dir));
            std::fs::create_dir_all(&fresh)?;
            for (path, bytes) in files.iter().filter_map(|(path, bytes)| Some((below(path, &self.pkg_dir)?, bytes))) {
                let path = fresh.join(path);
                path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
                std::fs::write(path, bytes)?;
            }
            std::fs::rename(&fresh, &own)?;
        }
        let mut others = Vec::new();
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            if entry.path() != own {
                others.push((entry.metadata()?.modified()?, entry.path()));
            }
        }
        others.sort();
        others.pop();
        for (_, old) in others {
            std::fs::remove_dir_all(old)?;
        }
        if let Source::Memory(files) = &mut self.source {
            let packed: Vec<String> =
                files.keys().filter_map(|path| Some(path.strip_suffix(".br")?.to_owned())).collect();
            for path in packed.iter().filter(|path| below(path, &self.pkg_dir).is_some()) {
                if files.get(path).is_some_and(|bytes| bytes.len() >= LEFT_ON_DISK) {
                    files.remove(path);
                }
            }
        }
        self.kept = Some(folder);
        Ok(())
    }

    /// Where the admin finds its client: in a folder of its own where the build has two, one for readers and one for editors.
    #[must_use]
    pub fn admin(&self) -> AdminClient {
        let own = [&self.pkg_dir, "/admin"].concat();
        let Source::Memory(files) = &self.source else { return AdminClient::shared(&self.pkg_dir) };
        let Some(manifest) = files.get(&[&own, "/__wasm_split_manifest.json"].concat()) else {
            return AdminClient::shared(&self.pkg_dir);
        };
        // The splitter's: the files that each lazy function needs, by the function's name and a number.
        let manifest: HashMap<String, Vec<String>> = serde_json::from_slice(manifest).unwrap_or_default();
        let is_writing = |name: &str| name.rsplit_once('_').is_some_and(|(own, _)| own == "writing");
        let writing = manifest.into_iter().find(|(name, _)| is_writing(name)).map(|(_, files)| files);
        AdminClient { folder: own, writing: writing.unwrap_or_default() }
    }

    /// The file at this path below the site folder, such as `pkg-0123456789/fuxian.js`.
    pub async fn get(&self, path: &str) -> Option<Bytes> {
        let plain = !path.split('/').any(|part| part.is_empty() || part.starts_with('.')) && !path.contains('\\');
        match &self.source {
            _ if !plain => None,
            Source::Memory(files) => match (files.get(path), &self.kept) {
                (Some(bytes), _) => Some(bytes.clone()),
                // Of this build what is large and hardly asked for, and all of the build before it.
                (None, Some(kept)) => tokio::fs::read(kept.join(path)).await.ok().map(Bytes::from),
                (None, None) => None,
            },
            Source::Folder(root) => match tokio::fs::read(root.join(path)).await {
                Ok(bytes) => Some(bytes.into()),
                Err(_) => bundled(path).await,
            },
        }
    }
}

/// The path of a file below a package folder.
fn below<'a>(path: &'a str, pkg_dir: &str) -> Option<&'a str> {
    path.strip_prefix(pkg_dir)?.strip_prefix('/')
}

/// In a watched build the editor's bundle is where esbuild writes it: cargo-leptos knows nothing of it.
async fn bundled(path: &str) -> Option<Bytes> {
    let name = path.rsplit('/').next().filter(|name| ["editor.js", "admin.css"].contains(name))?;
    tokio::fs::read(Path::new("frontend/editor/dist").join(name)).await.ok().map(Bytes::from)
}

/// The files behind the program's own bytes, if there are any.
fn packaged(exe: &Path) -> std::io::Result<Option<HashMap<String, Bytes>>> {
    let mut file = File::open(exe)?;
    let end = file.seek(SeekFrom::End(0))?;
    let Some(trailer) = end.checked_sub(16) else { return Ok(None) };
    file.seek(SeekFrom::Start(trailer))?;
    let (mut length, mut magic) = ([0; 8], [0; 8]);
    file.read_exact(&mut length)?;
    file.read_exact(&mut magic)?;
    if &magic != MAGIC {
        return Ok(None);
    }
    let length = u64::from_le_bytes(length);
    let start = trailer.checked_sub(length).ok_or_else(|| std::io::Error::other("the package is cut off"))?;
    file.seek(SeekFrom::Start(start))?;
    let mut files = HashMap::new();
    for entry in tar::Archive::new(file.take(length)).entries()? {
        let mut entry = entry?;
        if entry.header().entry_type().is_file() {
            let path = entry.path()?.to_string_lossy().trim_start_matches("./").to_owned();
            // No more than it takes: these bytes are held as long as the server runs.
            let mut bytes = Vec::with_capacity(usize::try_from(entry.size()).unwrap_or(0).min(LARGEST));
            entry.read_to_end(&mut bytes)?;
            files.insert(path, bytes.into());
        }
    }
    Ok(Some(files))
}

fn read_folder(root: &Path, folder: &Path, files: &mut HashMap<String, Bytes>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_folder(root, &path, files)?;
        } else if let Ok(below) = path.strip_prefix(root) {
            let name = below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            files.insert(name, std::fs::read(&path)?.into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(files: &[(&str, &str)]) -> Vec<u8> {
        let mut tar = tar::Builder::new(Vec::new());
        for (name, text) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            header.set_cksum();
            tar.append_data(&mut header, name, text.as_bytes()).unwrap();
        }
        let tar = tar.into_inner().unwrap();
        [b"\x7fELF program".to_vec(), tar.clone(), (tar.len() as u64).to_le_bytes().to_vec(), MAGIC.to_vec()].concat()
    }

    #[tokio::test]
    async fn a_packaged_binary_carries_its_files() {
        let folder = tempfile::tempdir().unwrap();
        let exe = folder.path().join("fuxian");
        let build = r#"{"build":"0123","pkg_dir":"pkg-0123"}"#;
        std::fs::write(&exe, package(&[("build.json", build), ("pkg-0123/fuxian.js", "glue")])).unwrap();
        let assets = Assets::in_memory(packaged(&exe).unwrap().unwrap()).unwrap();
        assert_eq!((assets.pkg_dir.as_str(), assets.build.as_deref()), ("pkg-0123", Some("0123")));
        assert_eq!(assets.get("pkg-0123/fuxian.js").await.as_deref(), Some(&b"glue"[..]));
        for outside in ["../fuxian", "pkg-0123/../build.json", "/etc/passwd", "", "pkg-0123/", ".."] {
            assert_eq!(assets.get(outside).await, None, "{outside}");
        }
    }

    #[tokio::test]
    async fn the_admin_has_a_client_of_its_own_where_the_build_has_two() {
        let of = |files: &[(&str, &str)]| {
            let build = ("build.json", r#"{"build":"1","pkg_dir":"pkg-1"}"#);
            let files = [build].into_iter().chain(files.iter().copied());
            Assets::in_memory(files.map(|(path, text)| (path.to_owned(), Bytes::from(text.to_owned()))).collect())
                .unwrap()
        };
        assert_eq!(of(&[("pkg-1/fuxian.js", "both")]).admin(), AdminClient::shared("pkg-1"));
        let manifest = r#"{"desk_1":["chunk_1"],"writing_23":["chunk_1","split_writing_23"]}"#;
        let mut two = of(&[("pkg-1/admin/__wasm_split_manifest.json", manifest), ("pkg-1/admin/fuxian.js", "admin")]);
        let writing = vec!["chunk_1".to_owned(), "split_writing_23".to_owned()];
        assert_eq!(two.admin(), AdminClient { folder: "pkg-1/admin".to_owned(), writing });
        // It outlives the next build as the readers' does.
        let data = tempfile::tempdir().unwrap();
        two.keep(data.path()).unwrap();
        let mut next = of(&[]);
        next.pkg_dir = "pkg-2".to_owned();
        next.keep(data.path()).unwrap();
        assert_eq!(next.get("pkg-1/admin/fuxian.js").await.as_deref(), Some(&b"admin"[..]));
    }

    #[tokio::test]
    async fn the_build_before_this_one_is_kept_for_pages_that_are_open() {
        let data = tempfile::tempdir().unwrap();
        let build = |id: &str| {
            let json = format!("{{\"build\":\"{id}\",\"pkg_dir\":\"pkg-{id}\"}}");
            let files = [("build.json".to_owned(), json), (format!("pkg-{id}/fuxian.js"), id.to_owned())];
            Assets::in_memory(files.into_iter().map(|(path, text)| (path, Bytes::from(text))).collect()).unwrap()
        };
        let mut last = None;
        for id in ["one", "two", "three", "three"] {
            let mut assets = build(id);
            assets.keep(data.path()).unwrap();
            last = Some(assets);
            // The order of the builds is that of their folders' times.
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        let last = last.unwrap();
        assert_eq!(last.get("pkg-three/fuxian.js").await.as_deref(), Some(&b"three"[..]));
        assert_eq!(last.get("pkg-two/fuxian.js").await.as_deref(), Some(&b"two"[..]));
        for gone in ["pkg-one/fuxian.js", "pkg-two/other.js", "pkg-three/other.js"] {
            assert_eq!(last.get(gone).await, None, "{gone}");
        }
    }

    #[tokio::test]
    async fn what_is_large_and_packed_as_well_is_read_from_the_disk() {
        let data = tempfile::tempdir().unwrap();
        let large = Bytes::from(vec![7; LEFT_ON_DISK]);
        let files = [
            ("build.json", Bytes::from(r#"{"build":"1","pkg_dir":"pkg-1"}"#)),
            ("pkg-1/a.js", large.clone()),
            ("pkg-1/a.js.br", Bytes::from("packed")),
            ("pkg-1/b.js", large.clone()),
        ];
        let mut assets = Assets::in_memory(files.map(|(path, bytes)| (path.to_owned(), bytes)).into()).unwrap();
        assets.keep(data.path()).unwrap();
        for path in ["pkg-1/a.js", "pkg-1/b.js"] {
            assert_eq!(assets.get(path).await, Some(large.clone()), "{path}");
        }
        let Source::Memory(files) = &assets.source else { panic!("the build is in memory") };
        assert!(!files.contains_key("pkg-1/a.js") && files.contains_key("pkg-1/b.js"));
    }

    #[test]
    fn a_program_without_a_package_is_none() {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in [("empty", vec![]), ("short", b"ELF".to_vec()), ("plain", vec![7; 4096])] {
            let exe = folder.path().join(name);
            std::fs::write(&exe, bytes).unwrap();
            assert!(packaged(&exe).unwrap().is_none(), "{name}");
        }
        let cut = folder.path().join("cut");
        std::fs::write(&cut, [&u64::MAX.to_le_bytes()[..], MAGIC].concat()).unwrap();
        assert!(packaged(&cut).is_err());
    }
}
