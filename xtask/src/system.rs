//! Debian's packages, for what the tests need of other programs. Used only where it works without a question.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::sync::OnceLock;

use crate::command::{on_path, output, program, run};
use crate::failure::Outcome;
use crate::place::Place;
use crate::setup;

/// Whether we are root, which initdb and Chromium's sandbox refuse and apt-get wants.
pub fn is_root() -> bool {
    // The owner of our own entry in /proc is who we are; std has no other way to ask. Without /proc `id` knows.
    match fs::metadata("/proc/self") {
        Ok(own) => own.uid() == 0,
        Err(_) => output(std::process::Command::new("id").arg("-u")).is_ok_and(|uid| uid.trim() == "0"),
    }
}

/// Tries to install packages with apt-get and says whether that was possible at all.
pub fn apt_install(place: &Place, packages: &[&str], why: &str) -> bool {
    if !is_root() || on_path("apt-get").is_none() {
        return false;
    }
    let what = format!("Debian's packages {}", packages.join(" "));
    let done = setup::install(&what, why, "a minute or two", || {
        apt_update(place)?;
        let mut install = program(place, "apt-get");
        install.env("DEBIAN_FRONTEND", "noninteractive").args(["install", "-y", "-qq", "--no-install-recommends"]);
        run(install.args(packages).stdout(std::process::Stdio::null()))
    });
    if let Err(failure) = &done {
        println!("setup: that did not work, another way is tried. {failure}");
    }
    done.is_ok()
}

/// Once a run is enough.
fn apt_update(place: &Place) -> Outcome {
    static DONE: OnceLock<()> = OnceLock::new();
    if DONE.get().is_none() {
        run(program(place, "apt-get").args(["update", "-qq"]))?;
        let _ = DONE.set(());
    }
    Ok(())
}
