//! Playwright: the journeys of readers and editors in a real browser, against a real server.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use crate::chromium;
use crate::command::{program, run};
use crate::counts::Counts;
use crate::failure::{Outcome, Told};
use crate::place::Place;
use crate::scratch::Scratch;

/// Runs the specs and says how many there were, also when some failed.
pub fn run_all(place: &Place, args: &[String]) -> (Counts, Outcome) {
    let report = place.target.join("playwright.json");
    // An old report must not be counted when Playwright does not get as far as writing one.
    let _ = fs::remove_file(&report);
    let outcome = playwright(place, &report, args);
    let counts = fs::read_to_string(&report).ok().and_then(|text| Counts::of_playwright_report(&text));
    (counts.unwrap_or_default(), outcome)
}

fn playwright(place: &Place, report: &Path, args: &[String]) -> Outcome {
    let server = built(place, place.target.join("debug/fuxian"), "build")?;
    let debug_site = built(place, place.debug_site(), "build")?;
    let release_site = built(place, place.release_site().join("build.json"), "release")?;
    let release_site = release_site.parent().unwrap_or(&release_site).to_owned();
    let chromium = chromium::find(place)?;
    println!("chromium: {}", chromium.display());
    let data = Scratch::new("browser")?;
    let end2end = place.root.join("end2end");
    let mut playwright = program(place, end2end.join("node_modules/.bin/playwright"));
    playwright.current_dir(&end2end).arg("test").args(args);
    playwright.env("CHROMIUM", chromium).env("FUXIAN_BIN", server);
    playwright.env("FUXIAN_SITE", debug_site).env("FUXIAN_RELEASE_SITE", release_site);
    playwright.env("FUXIAN_DATA", &data.folder).env("FUXIAN_REPORT", report);
    // Both are asked for before either is let go, so they differ.
    let (one, other) = (listener()?, listener()?);
    for (name, listener) in [("FUXIAN_PORT", one), ("FUXIAN_RELEASE_PORT", other)] {
        let address = listener.local_addr().told("no free port on 127.0.0.1")?;
        playwright.env(name, address.port().to_string());
    }
    run(&mut playwright)
}

fn built(place: &Place, path: PathBuf, step: &str) -> Outcome<PathBuf> {
    match path.exists() {
        true => Ok(path),
        false => Err(format!("{} is missing: run `cargo xtask test --only {step}` first", place.near(&path)).into()),
    }
}

fn listener() -> Outcome<TcpListener> {
    TcpListener::bind("127.0.0.1:0").told("no free port on 127.0.0.1")
}
