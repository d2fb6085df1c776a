//! Formatting and clippy.
//!
//! One cargo invocation holds either the server's side of `app` or the browser's, never both: features unify within an
//! invocation, and the macros of leptos write other code for each side.

use std::process::Command;

use crate::command::{cargo, run};
use crate::failure::Outcome;
use crate::place::Place;

/// The crates of the server's side, with the features that their tests and the server are built with, so that every
/// step finds the dependencies as another one has left them.
pub const SERVER_SIDE: [&str; 11] =
    ["-p", "content", "-p", "store", "-p", "importers", "-p", "app", "-p", "server", "--features=app/ssr"];

/// `cargo fmt` on everything.
pub fn fmt(place: &Place) -> Outcome {
    run(cargo(place).args(["fmt", "--all", "--check"]))
}

/// Clippy on the host. This crate goes alone, as it is compiled alone.
pub fn clippy_host(place: &Place) -> Outcome {
    run(deny_warnings(cargo(place).arg("clippy").args(SERVER_SIDE).arg("--all-targets")))?;
    run(deny_warnings(cargo(place).args(["clippy", "-p", "xtask", "--all-targets"])))
}

/// Clippy on the browser's side, in the folder where cargo-leptos compiles it: the macros are then compiled once.
pub fn clippy_wasm(place: &Place) -> Outcome {
    let mut clippy = cargo(place);
    clippy.env("CARGO_TARGET_DIR", place.target.join("front"));
    clippy.args(["clippy", "-p", "frontend", "-p", "app", "--features=app/hydrate", "--lib"]);
    run(deny_warnings(clippy.args(["--target", "wasm32-unknown-unknown"])))
}

fn deny_warnings(clippy: &mut Command) -> &mut Command {
    clippy.args(["--", "-D", "warnings"])
}
