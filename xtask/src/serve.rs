//! `cargo xtask serve`: from a fresh checkout to a site in the browser.

use std::os::unix::process::CommandExt;

use crate::command::{program, shown};
use crate::failure::{Outcome, Told};
use crate::place::Place;
use crate::{build, setup};

/// The subcommand.
pub fn command(args: &[String]) -> Outcome {
    let place = Place::find()?;
    let tools = setup::for_build(&place)?;
    let packaged = build::release_build(&place, &tools)?;
    let mut server = program(&place, packaged);
    server.arg("serve").args(args);
    // The server takes our place, so that Ctrl-C, SIGTERM and the exit code are its own.
    Err(server.exec()).told(format!("`{}` cannot be started", shown(&server)))
}
