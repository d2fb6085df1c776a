//! `cargo xtask setup`: what is missing is installed, and what is there is left alone without a word.

use std::time::Instant;

use crate::command::{output, program, run};
use crate::failure::{Failure, Outcome};
use crate::place::Place;
use crate::tools::Tools;
use crate::{editor, npm, tools};

/// The subcommand.
pub fn command(args: &[String]) -> Outcome {
    if let Some(arg) = args.first() {
        return Err(Failure::usage(format!("`setup` takes no argument, but got `{arg}`")));
    }
    let place = Place::find()?;
    let tools = for_tests(&place)?;
    // So that plain `cargo leptos watch` has it.
    editor::build(&place)?;
    println!("setup: everything is there (tools in {})", tools.folder.display());
    Ok(())
}

/// What formatting and linting need: no tools of the web at all.
pub fn for_checks(place: &Place) -> Outcome {
    wasm_target(place)?;
    component(place, "clippy", "it finds mistakes that the compiler lets pass")?;
    component(place, "fmt", "the sources are laid out by it")
}

/// What building and serving need.
pub fn for_build(place: &Place) -> Outcome<Tools> {
    wasm_target(place)?;
    npm::ready(place, &place.root, "wasm-opt makes what readers download smaller")?;
    editor::ready(place)?;
    tools::ready(place)
}

/// All of it. Chromium and PostgreSQL are found or fetched by the steps that start them.
pub fn for_tests(place: &Place) -> Outcome<Tools> {
    for_checks(place)?;
    npm::ready(place, &place.root.join("end2end"), "Playwright drives the browser in the tests")?;
    for_build(place)
}

/// Says what is installed, why and how long it takes, and afterwards how long it took.
pub fn install(what: &str, why: &str, how_long: &str, work: impl FnOnce() -> Outcome) -> Outcome {
    println!("setup: installing {what}, because {why} ({how_long})");
    let start = Instant::now();
    work()?;
    println!("setup: done after {:.0} s", start.elapsed().as_secs_f64());
    Ok(())
}

fn wasm_target(place: &Place) -> Outcome {
    const TARGET: &str = "wasm32-unknown-unknown";
    let sysroot = output(program(place, "rustc").args(["--print", "sysroot"]))?;
    let library = std::path::Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).join("lib");
    if library.is_dir() {
        return Ok(());
    }
    install(&format!("Rust's target {TARGET}"), "the browser's half is compiled for it", "about 20 seconds", || {
        run(program(place, "rustup").args(["target", "add", TARGET]))
    })
}

fn component(place: &Place, name: &str, why: &str) -> Outcome {
    if output(program(place, "cargo").args([name, "--version"])).is_ok() {
        return Ok(());
    }
    let component = if name == "fmt" { "rustfmt" } else { name };
    install(&format!("Rust's {component}"), why, "a few seconds", || {
        run(program(place, "rustup").args(["component", "add", component]))
    })
}
