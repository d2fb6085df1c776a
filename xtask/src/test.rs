//! `cargo xtask test`: every check and every test, step by step, up to the first one that fails.

use std::time::{Duration, Instant};

use crate::command::{cargo, run_and_look};
use crate::counts::Counts;
use crate::failure::{Failure, Outcome};
use crate::place::Place;
use crate::postgres::Postgres;
use crate::s3::S3;
use crate::tools::Tools;
use crate::{browser_test, build, editor, guard, lint, setup};

/// A step: its name for `--only`, what it does for the person who watches, and the work.
struct Step {
    name: &'static str,
    what: &'static str,
    quick: bool,
    work: fn(&mut Run) -> Outcome,
}

/// In the order in which a mistake is cheapest to find.
const STEPS: [Step; 9] = [
    Step { name: "fmt", what: "formatting", quick: true, work: |run| lint::fmt(&run.place) },
    Step { name: "guard", what: "walls between the crates", quick: true, work: |run| guard::check(&run.place) },
    Step { name: "clippy", what: "clippy on the host", quick: true, work: |run| lint::clippy_host(&run.place) },
    Step {
        name: "clippy-wasm",
        what: "clippy for the browser",
        quick: true,
        work: |run| lint::clippy_wasm(&run.place),
    },
    Step { name: "editor", what: "types and tests of the editor", quick: false, work: |run| editor::test(&run.place) },
    Step { name: "unit", what: "unit, store and server tests", quick: false, work: cargo_tests },
    Step { name: "build", what: "debug build of server and client", quick: false, work: debug_build },
    Step { name: "release", what: "release build of the client", quick: false, work: release_client },
    Step { name: "browser", what: "Playwright in Chromium", quick: false, work: browser_tests },
];

/// What the steps share.
struct Run {
    place: Place,
    tools: Option<Tools>,
    counts: Counts,
    playwright_args: Vec<String>,
}

/// The subcommand.
pub fn command(args: &[String]) -> Outcome {
    let (only, playwright_args) = parse(args)?;
    let chosen: Vec<&Step> = STEPS.iter().filter(|step| only.is_empty() || only.contains(&step.name)).collect();
    let mut run = Run { place: Place::find()?, tools: None, counts: Counts::default(), playwright_args };
    let failure = set_up(&mut run, &chosen).and_then(|()| run_steps(&mut run, &chosen)).err();
    if let Some(failure) = &failure {
        println!("\nFAILED: {failure}");
    }
    // Who runs this for us reads the last line, so nothing may follow it.
    println!("{}", run.counts);
    match failure {
        None if run.counts.failed == 0 => Ok(()),
        _ => Err(Failure::told()),
    }
}

/// The steps that `check` runs.
pub fn quick_steps() -> Outcome {
    let mut run = Run { place: Place::find()?, tools: None, counts: Counts::default(), playwright_args: Vec::new() };
    let chosen: Vec<&Step> = STEPS.iter().filter(|step| step.quick).collect();
    set_up(&mut run, &chosen)?;
    run_steps(&mut run, &chosen)
}

fn parse(args: &[String]) -> Outcome<(Vec<&'static str>, Vec<String>)> {
    let mut only = Vec::new();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--" => return Ok((only, args.cloned().collect())),
            "--only" => {
                let wanted = args.next().map(String::as_str).unwrap_or_default();
                only.push(step_called(wanted)?);
            }
            other => return Err(Failure::usage(format!("`test` takes --only STEP, but got `{other}`"))),
        }
    }
    Ok((only, Vec::new()))
}

fn step_called(wanted: &str) -> Outcome<&'static str> {
    let names = STEPS.map(|step| step.name);
    let found = names.into_iter().find(|name| *name == wanted);
    found.ok_or_else(|| Failure::usage(format!("there is no step `{wanted}`, only {}", names.join(", "))))
}

fn set_up(run: &mut Run, chosen: &[&Step]) -> Outcome {
    setup::for_checks(&run.place)?;
    if chosen.iter().any(|step| ["build", "release", "browser"].contains(&step.name)) {
        run.tools = Some(setup::for_tests(&run.place)?);
    }
    Ok(())
}

fn run_steps(run: &mut Run, chosen: &[&Step]) -> Outcome {
    let mut times: Vec<(&str, Duration)> = Vec::new();
    let mut outcome = Ok(());
    for step in chosen {
        println!("\n── {}: {} ──", step.name, step.what);
        let start = Instant::now();
        outcome = (step.work)(run);
        times.push((step.name, start.elapsed()));
        if outcome.is_err() {
            break;
        }
    }
    println!();
    for (name, time) in &times {
        println!("{name:<12}{:>8.1} s", time.as_secs_f64());
    }
    let total: Duration = times.iter().map(|(_, time)| *time).sum();
    println!("{:<12}{:>8.1} s", "all", total.as_secs_f64());
    outcome
}

fn cargo_tests(run: &mut Run) -> Outcome {
    let postgres = Postgres::start(&run.place)?;
    let s3 = S3::start(&run.place);
    let mut sum = Counts::default();
    let mut count = |line: &str| {
        if let Some(counts) = Counts::of_cargo_line(line) {
            sum += counts;
        }
    };
    let mut tests = cargo(&run.place);
    tests.arg("test").args(lint::SERVER_SIDE).arg("--no-fail-fast").env("FUXIAN_TEST_POSTGRES", &postgres.url);
    if let Some(s3) = &s3 {
        tests.env("FUXIAN_TEST_S3", &s3.url);
    }
    let ours = run_and_look(&mut tests, &mut count);
    // This crate goes alone, as it is compiled alone.
    let own = run_and_look(cargo(&run.place).args(["test", "-p", "xtask"]), &mut count);
    run.counts += sum;
    ours.and(own)
}

fn debug_build(run: &mut Run) -> Outcome {
    build::debug_build_for_tests(&run.place, run.tools()?).map(|_| ())
}

fn release_client(run: &mut Run) -> Outcome {
    build::release_client(&run.place, run.tools()?).map(|_| ())
}

fn browser_tests(run: &mut Run) -> Outcome {
    let (counts, outcome) = browser_test::run_all(&run.place, &run.playwright_args);
    run.counts += counts;
    outcome
}

impl Run {
    fn tools(&self) -> Outcome<&Tools> {
        self.tools.as_ref().ok_or_else(|| "the tools were not set up for this step".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn steps_are_chosen_by_name() {
        assert_eq!(parse(&args("--only fmt --only unit")).unwrap().0, ["fmt", "unit"]);
        assert!(parse(&[]).unwrap().0.is_empty());
    }

    #[test]
    fn what_stands_behind_two_dashes_is_for_playwright() {
        let (only, rest) = parse(&args("--only browser -- --project phone")).unwrap();
        assert_eq!((only, rest), (vec!["browser"], args("--project phone")));
    }

    #[test]
    fn an_unknown_step_or_argument_is_a_mistake_of_usage() {
        assert_eq!(parse(&args("--only lint")).unwrap_err().exit_code(), 2);
        assert_eq!(parse(&args("--fast")).unwrap_err().exit_code(), 2);
    }
}
