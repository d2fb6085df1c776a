//! `cargo xtask dev`: `cargo leptos watch` with everything set up, and the editor's bundle watched beside it.

use std::os::unix::process::CommandExt;

use crate::command::shown;
use crate::failure::{Outcome, Told};
use crate::place::Place;
use crate::{editor, setup};

/// The subcommand.
pub fn command(args: &[String]) -> Outcome {
    let place = Place::find()?;
    let tools = setup::for_build(&place)?;
    // It ends with the terminal's process group, as the watch itself does.
    let mut bundle = editor::script(&place, "watch");
    bundle.spawn().told(format!("`{}` cannot be started", shown(&bundle)))?;
    let mut leptos = tools.leptos(&place)?;
    leptos.env("LEPTOS_SITE_ROOT", place.debug_site()).arg("watch").args(args);
    Err(leptos.exec()).told(format!("`{}` cannot be started", shown(&leptos)))
}
