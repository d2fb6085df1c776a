//! `cargo xtask dev`: `cargo leptos watch` with everything set up.

use std::os::unix::process::CommandExt;

use crate::command::shown;
use crate::failure::{Outcome, Told};
use crate::place::Place;
use crate::setup;

/// The subcommand.
pub fn command(args: &[String]) -> Outcome {
    let place = Place::find()?;
    let mut leptos = setup::for_build(&place)?.leptos(&place)?;
    leptos.env("LEPTOS_SITE_ROOT", place.debug_site()).arg("watch").args(args);
    Err(leptos.exec()).told(format!("`{}` cannot be started", shown(&leptos)))
}
