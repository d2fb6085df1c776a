//! Versions, read from a Cargo.lock.

use std::fs;
use std::path::Path;

use crate::failure::{Outcome, Told};

/// The version of `package` in the lock file, which must hold exactly one.
pub fn locked_version(lock: &Path, package: &str) -> Outcome<String> {
    let text = fs::read_to_string(lock).told(format!("{} cannot be read", lock.display()))?;
    version_in(&text, package).map_err(|reason| format!("{}: {reason}", lock.display()).into())
}

fn version_in(text: &str, package: &str) -> Result<String, String> {
    let lock: toml::Table = text.parse().map_err(|error| format!("not a lock file: {error}"))?;
    let packages = lock.get("package").and_then(|value| value.as_array()).ok_or("it lists no packages")?;
    let mut versions = packages
        .iter()
        .filter(|entry| entry.get("name").and_then(|name| name.as_str()) == Some(package))
        .filter_map(|entry| entry.get("version").and_then(|version| version.as_str()));
    match (versions.next(), versions.next()) {
        (Some(version), None) => Ok(version.to_owned()),
        (None, _) => Err(format!("it does not hold `{package}`")),
        (Some(_), Some(_)) => Err(format!("it holds more than one version of `{package}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
version = 4

[[package]]
name = "syn"
version = "1.0.109"

[[package]]
name = "syn"
version = "2.0.1"

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
dependencies = ["cfg-if"]

[[package]]
name = "wasm-bindgen-macro"
version = "0.2.131"
"#;

    #[test]
    fn the_version_of_a_package_is_found_by_its_whole_name() {
        assert_eq!(version_in(LOCK, "wasm-bindgen").unwrap(), "0.2.130");
    }

    #[test]
    fn a_missing_package_is_named() {
        assert!(version_in(LOCK, "wasm").unwrap_err().contains("`wasm`"));
    }

    #[test]
    fn two_versions_of_a_package_are_refused() {
        assert!(version_in(LOCK, "syn").unwrap_err().contains("more than one"));
    }

    #[test]
    fn what_is_not_a_lock_file_is_refused() {
        assert!(version_in("<html>", "syn").is_err());
        assert!(version_in("version = 4", "syn").is_err());
    }
}
