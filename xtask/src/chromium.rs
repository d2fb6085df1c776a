//! Chromium for the tests: the one that CHROMIUM names, the system's, or npm's.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::command::{is_program, on_path, output, program};
use crate::failure::{Outcome, Told};
use crate::place::Place;
use crate::{npm, setup, system};

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// Unpacks the browser of the npm package into the folder that TMPDIR names, and its libraries with it.
const UNPACK: &str = "import('@sparticuz/chromium').then(chromium => chromium.default.executablePath())";

/// The browser's path, installed if need be.
pub fn find(place: &Place) -> Outcome<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM").filter(|value| !value.is_empty()).map(PathBuf::from) {
        return match is_program(&named) {
            true => Ok(named),
            false => Err(format!("CHROMIUM names {}, which is no program", named.display()).into()),
        };
    }
    let why = "the browser tests drive it";
    if let Some(found) = installed() {
        return Ok(found);
    }
    if system::apt_install(place, &["chromium", "fonts-noto-cjk"], why)
        && let Some(found) = installed()
    {
        return Ok(found);
    }
    from_npm(place, why)
}

fn installed() -> Option<PathBuf> {
    NAMES.iter().find_map(|name| on_path(name)).or_else(|| Some(PathBuf::from(MAC)).filter(|mac| is_program(mac)))
}

fn from_npm(place: &Place, why: &str) -> Outcome<PathBuf> {
    if (std::env::consts::OS, std::env::consts::ARCH) != ("linux", "x86_64") {
        return Err("no Chromium was found: install Chromium or Chrome, or name one by CHROMIUM".into());
    }
    let folder = place.cache.join("chromium");
    let (unpacked, wrapper) = (folder.join("unpacked"), folder.join("chromium"));
    if !is_program(&wrapper) {
        setup::install("Chromium (npm @sparticuz/chromium)", why, "about half a minute", || {
            npm::into_cache(place, &folder, &["@sparticuz/chromium@153.0.0"])?;
            unpack(place, &folder, &unpacked)?;
            wrap(&unpacked, &wrapper)
        })?;
    }
    Ok(wrapper)
}

fn unpack(place: &Place, folder: &Path, unpacked: &Path) -> Outcome {
    // What an interrupted run has left half unpacked would be taken for the whole.
    let _ = fs::remove_dir_all(unpacked);
    fs::create_dir_all(unpacked).told(format!("{} cannot be made", unpacked.display()))?;
    let mut node = program(place, "node");
    // The package unpacks its libraries only where it believes itself in the service it is made for.
    node.current_dir(folder).env("TMPDIR", unpacked).env("AWS_EXECUTION_ENV", "AWS_Lambda_nodejs22.x");
    output(node.args(["-e", UNPACK])).map(|_| ())
}

/// A script that starts the browser with its own libraries, where the system lacks some, and with its own fonts.
fn wrap(unpacked: &Path, wrapper: &Path) -> Outcome {
    let browser = unpacked.join("chromium");
    let lacks = output(std::process::Command::new("ldd").arg(&browser)).map_or(true, |text| text.contains("not found"));
    let mut script = String::from("#!/bin/sh\n");
    if lacks {
        script += &format!("export LD_LIBRARY_PATH='{}'\n", unpacked.join("al2023/lib").display());
    }
    if !Path::new("/etc/fonts/fonts.conf").exists() {
        script += &format!("export FONTCONFIG_PATH='{}'\n", unpacked.join("fonts").display());
    }
    script += &format!("exec '{}' \"$@\"\n", browser.display());
    fs::write(wrapper, script).told(format!("{} cannot be written", wrapper.display()))?;
    fs::set_permissions(wrapper, fs::Permissions::from_mode(0o755))
        .told(format!("{} cannot be made a program", wrapper.display()))
}
