//! How other programs are run: always named in full when they fail, never through a shell.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Outcome, Told};
use crate::place::Place;

/// A cargo command in the project's folder that shares its outputs with every other one.
pub fn cargo(place: &Place) -> Command {
    program(place, "cargo")
}

/// A command in the project's folder.
pub fn program(place: &Place, name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(&place.root).env("CARGO_TARGET_DIR", &place.target);
    // `cargo run` describes xtask itself in the environment. A cargo below would hand that on to build scripts and
    // compile again what a plain `cargo` has compiled.
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(describes_xtask) {
            command.env_remove(name);
        }
    }
    command
}

fn describes_xtask(name: &str) -> bool {
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "CARGO_BIN_NAME"
}

/// Runs the command to its end with its output on the terminal.
pub fn run(command: &mut Command) -> Outcome {
    let status = command.status().told(format!("`{}` cannot be started", shown(command)))?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("`{}` failed ({status})", shown(command)).into()),
    }
}

/// Runs the command quietly and returns what it printed; what it says on stderr is part of the failure.
pub fn output(command: &mut Command) -> Outcome<String> {
    let output = command.output().told(format!("`{}` cannot be started", shown(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("`{}` failed ({})\n{}", shown(command), output.status, said.trim_end()).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs the command with its output on the terminal and shows each line of stdout to `look` as well.
pub fn run_and_look(command: &mut Command, mut look: impl FnMut(&str)) -> Outcome {
    let name = shown(command);
    let mut child = command.stdout(Stdio::piped()).spawn().told(format!("`{name}` cannot be started"))?;
    if let Some(stdout) = child.stdout.take() {
        let mut lines = BufReader::new(stdout);
        let mut line = Vec::new();
        // By bytes, because a test may print what is not UTF-8 and its line must not end the reading.
        while lines.read_until(b'\n', &mut line).told(format!("the output of `{name}` cannot be read"))? > 0 {
            let text = String::from_utf8_lossy(&line);
            print!("{text}");
            look(text.trim_end());
            line.clear();
        }
    }
    let status = child.wait().told(format!("`{name}` cannot be waited for"))?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("`{name}` failed ({status})").into()),
    }
}

/// The command as a person would type it, for messages.
pub fn shown(command: &Command) -> String {
    let quote = |part: &OsStr| {
        let part = part.to_string_lossy();
        match part.chars().any(|c| c.is_whitespace() || "'\"$;&|<>*".contains(c)) || part.is_empty() {
            true => format!("'{}'", part.replace('\'', r"'\''")),
            false => part.into_owned(),
        }
    };
    let parts = std::iter::once(command.get_program()).chain(command.get_args());
    parts.map(quote).collect::<Vec<_>>().join(" ")
}

/// Every file called `name` in a folder of PATH, in its order.
pub fn all_on_path(name: &str) -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).map(|folder| folder.join(name)).filter(|file| is_program(file)).collect()
}

/// The first of them.
pub fn on_path(name: &str) -> Option<PathBuf> {
    all_on_path(name).into_iter().next()
}

/// Whether the file is there and may be run.
pub fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_it_would_be_typed() {
        let mut command = Command::new("cargo");
        command.args(["test", "it's one", ""]);
        assert_eq!(shown(&command), r"cargo test 'it'\''s one' ''");
    }

    #[test]
    fn a_failing_command_is_named() {
        let failure = run(&mut Command::new("false")).unwrap_err().to_string();
        assert!(failure.starts_with("`false` failed"), "{failure}");
    }

    #[test]
    fn lines_are_shown_to_whoever_looks() {
        let mut seen = Vec::new();
        let mut command = Command::new("printf");
        run_and_look(command.arg("one\\ntwo\\377\\n"), |line| seen.push(line.to_owned())).unwrap();
        assert_eq!(seen, ["one", "two\u{fffd}"]);
    }

    #[test]
    fn what_describes_xtask_is_not_handed_on() {
        assert!(describes_xtask("CARGO_PKG_NAME") && describes_xtask("CARGO_MANIFEST_DIR"));
        assert!(!describes_xtask("CARGO_HOME") && !describes_xtask("CARGO_TARGET_DIR"));
    }
}
