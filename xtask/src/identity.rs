//! The name of a build: a hash over everything that the browser's half is made of.
//!
//! Its folder is served as immutable, so two builds that differ must not share a name, and the same sources must
//! give the same name on every machine.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::command::{output, program};
use crate::failure::{Outcome, Told};
use crate::place::Place;

/// What the client is compiled and processed from: the crates, the styles, and the pinned versions of every tool.
const SOURCES: [&str; 9] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "app",
    "content",
    "frontend",
    "package-lock.json",
    "style",
    "xtask/tools/Cargo.lock",
];

/// The first ten hex digits, which are plenty to tell the builds of one site apart.
pub fn build_id(place: &Place) -> Outcome<String> {
    let mut hash = Sha256::new();
    for source in SOURCES {
        add_tree(&mut hash, &place.root, Path::new(source))?;
    }
    // The compiler is not pinned to a patch release, and another one gives other bytes.
    hash.update(output(program(place, "rustc").arg("-V"))?);
    Ok(hex(&hash.finalize())[..10].to_owned())
}

/// Adds a file, or each file below a folder in the order of their paths, by path and content.
pub fn add_tree(hash: &mut Sha256, root: &Path, below: &Path) -> Outcome {
    let path = root.join(below);
    if path.is_dir() {
        for child in children(&path)? {
            add_tree(hash, root, &below.join(child))?;
        }
        return Ok(());
    }
    if !path.exists() {
        return Ok(());
    }
    let content = fs::read(&path).told(format!("{} cannot be read", path.display()))?;
    // Lengths keep apart what would run together: a name's end and the content's beginning.
    let name = below.to_string_lossy();
    hash.update((name.len() as u64).to_le_bytes());
    hash.update(name.as_bytes());
    hash.update((content.len() as u64).to_le_bytes());
    hash.update(content);
    Ok(())
}

fn children(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).told(format!("{} cannot be read", folder.display()))? {
        let name = entry.told(format!("{} cannot be read", folder.display()))?.file_name();
        // Installed packages and outputs are made from what is hashed already.
        let made = ["node_modules", "target", "dist"].iter().any(|made| name == *made);
        let hidden = name.to_string_lossy().starts_with('.');
        if !made && !hidden {
            names.push(PathBuf::from(name));
        }
    }
    names.sort();
    Ok(names)
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    fn hash_of(files: &[(&str, &str)]) -> String {
        // Tests run side by side, some with the same files.
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("fuxian-identity-{}-{number}", std::process::id()));
        for (name, content) in files {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        let mut hash = Sha256::new();
        add_tree(&mut hash, &root, Path::new("")).unwrap();
        fs::remove_dir_all(&root).unwrap();
        hex(&hash.finalize())
    }

    #[test]
    fn the_same_files_have_the_same_name_in_any_folder() {
        let one = hash_of(&[("src/a.rs", "1"), ("b.rs", "2")]);
        assert_eq!(one, hash_of(&[("b.rs", "2"), ("src/a.rs", "1")]));
    }

    #[test]
    fn a_changed_or_renamed_file_changes_the_name() {
        let one = hash_of(&[("a.rs", "1")]);
        assert_ne!(one, hash_of(&[("a.rs", "2")]));
        assert_ne!(one, hash_of(&[("b.rs", "1")]));
    }

    #[test]
    fn installed_packages_and_hidden_files_do_not_count() {
        let one = hash_of(&[("a.rs", "1")]);
        assert_eq!(one, hash_of(&[("a.rs", "1"), ("node_modules/x.js", "1"), (".swp", "1"), ("dist/y.js", "2")]));
    }
}
