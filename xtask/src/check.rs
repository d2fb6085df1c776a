//! `cargo xtask check`: what is quick, for before a commit.

use crate::failure::{Failure, Outcome};
use crate::test;

/// The subcommand.
pub fn command(args: &[String]) -> Outcome {
    if let Some(arg) = args.first() {
        return Err(Failure::usage(format!("`check` takes no argument, but got `{arg}`")));
    }
    test::quick_steps()
}
