//! One file to deploy: the server with its assets behind it.
//!
//! The layout is: the program as cargo built it, a tar of the site with paths relative to it, the tar's length in
//! eight bytes (little-endian), and eight magic bytes. The server reads it from its own file, from the end.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use crate::build::Site;
use crate::failure::{Outcome, Told};
use crate::place::Place;

const MAGIC: &[u8; 8] = b"FUXIANv1";

/// Writes `dist/fuxian` and returns its path.
pub fn package(place: &Place, site: &Site) -> Outcome<PathBuf> {
    let program = place.target.join("release/fuxian");
    let packaged = place.packaged();
    let folder = packaged.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).told(format!("{} cannot be made", folder.display()))?;
    // A running server keeps its file: the new one is written beside it and takes its name.
    let fresh = packaged.with_extension("new");
    write(&program, site, &fresh).told(format!("{} cannot be written", fresh.display()))?;
    fs::rename(&fresh, &packaged).told(format!("{} cannot be written", packaged.display()))?;
    Ok(packaged)
}

fn write(program: &Path, site: &Site, to: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut file = File::create(to)?;
    io::copy(&mut File::open(program)?, &mut file)?;
    let start = file.stream_position()?;
    let mut file = append_tar(BufWriter::new(file), site)?.into_inner().map_err(io::IntoInnerError::into_error)?;
    let length = file.stream_position()? - start;
    file.write_all(&trailer(length))?;
    file.set_permissions(fs::Permissions::from_mode(0o755))?;
    file.sync_all()
}

fn append_tar<W: Write>(to: W, site: &Site) -> io::Result<W> {
    let mut tar = tar::Builder::new(to);
    for below in files(site)? {
        let mut header = tar::Header::new_gnu();
        let content = fs::read(site.root.join(&below))?;
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        // The same assets make the same bytes, whenever they are packed.
        header.set_mtime(0);
        tar.append_data(&mut header, &below, content.as_slice())?;
    }
    tar.into_inner()
}

/// Every file of the site in the order of their paths, without the package folders of other builds.
fn files(site: &Site) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(site.root.join(&folder))? {
            let entry = entry?;
            let below = folder.join(entry.file_name());
            let foreign = below.to_string_lossy().starts_with("pkg-") && !below.starts_with(&site.pkg_dir);
            match entry.file_type()?.is_dir() {
                true if !foreign => folders.push(below),
                true => {}
                false => found.push(below),
            }
        }
    }
    found.sort();
    Ok(found)
}

fn trailer(length: u64) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&length.to_le_bytes());
    bytes[8..].copy_from_slice(MAGIC);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn the_trailer_is_the_length_and_the_magic_bytes() {
        assert_eq!(&trailer(0x0102), b"\x02\x01\0\0\0\0\0\0FUXIANv1");
    }

    #[test]
    fn the_site_is_read_back_from_the_end_of_the_file() {
        let root = std::env::temp_dir().join(format!("fuxian-package-test-{}", std::process::id()));
        let site = Site { root: root.join("site"), pkg_dir: "pkg-new".into() };
        for (name, content) in [("pkg-new/fuxian.js", "new"), ("pkg-old/fuxian.js", "old"), ("build.json", "{}")] {
            fs::create_dir_all(site.root.join(name).parent().unwrap()).unwrap();
            fs::write(site.root.join(name), content).unwrap();
        }
        fs::write(root.join("program"), "ELF").unwrap();
        write(&root.join("program"), &site, &root.join("packaged")).unwrap();

        let bytes = fs::read(root.join("packaged")).unwrap();
        let (rest, magic) = bytes.split_at(bytes.len() - 8);
        assert_eq!(magic, MAGIC);
        let (rest, length) = rest.split_at(rest.len() - 8);
        let length = u64::from_le_bytes(length.try_into().unwrap()) as usize;
        let (program, tar) = rest.split_at(rest.len() - length);
        assert_eq!(program, b"ELF");
        let mut unpacked = Vec::new();
        for entry in tar::Archive::new(tar).entries().unwrap() {
            let mut entry = entry.unwrap();
            let mut content = String::new();
            entry.read_to_string(&mut content).unwrap();
            unpacked.push((entry.path().unwrap().to_string_lossy().into_owned(), content));
        }
        assert_eq!(unpacked, [("build.json".into(), "{}".into()), ("pkg-new/fuxian.js".into(), "new".to_string())]);
        fs::remove_dir_all(&root).unwrap();
    }
}
