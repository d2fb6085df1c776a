//! The project's only scripts: `cargo xtask setup | build | serve | dev | test | check | bench`.
//!
//! One file a subcommand, and beside them what several of them need: where things are (`place`), how a program is run
//! and a failure is told (`command`, `failure`), which tools are installed and from where (`setup`, `tools`, `npm`,
//! `system`). Nothing of the product lives here, and nothing here is linked into the product.

mod assets;
mod bench;
mod browser_test;
mod budgets;
mod build;
mod check;
mod chromium;
mod command;
mod counts;
mod dev;
mod editor;
mod failure;
mod guard;
mod identity;
mod lint;
mod lockfile;
mod npm;
mod package;
mod place;
mod postgres;
mod s3;
mod scratch;
mod serve;
mod setup;
mod system;
mod test;
mod tools;

use std::process::ExitCode;

#[cfg(not(unix))]
compile_error!("cargo xtask runs on Linux and macOS");

const USAGE: &str = "\
cargo xtask COMMAND

  setup                 installs what is missing: wasm target, cargo-leptos, wasm-bindgen, npm packages
  serve [ARGS…]         builds in release and serves on http://127.0.0.1:3000 with the data in data/
                        (ARGS go to `fuxian serve`: --addr A, --data DIR, --config FILE, --empty)
  dev [ARGS…]           `cargo leptos watch`: rebuilds and reloads on every edit
  test [--only STEP]… [-- PLAYWRIGHT ARGS…]
                        every check and every test; STEP is one of
                        fmt guard clippy clippy-wasm editor unit build release browser
  check                 the quick part of it, for before a commit: fmt, guard, clippy
  build [--release]     builds server and client; with --release also compresses, weighs and packs them into one file
  bench [--against nginx | --against URL] [--scale] [--only PART]… [--articles N] [--photographs N]
        [--rounds N] [--seconds N] [--json FILE] [--fuxian FILE]
                        measures what is promised of speed and size (docs/performance.md), in turns with another
                        server; --scale: 200,000 articles against 2,000; PART is one of
                        pages desk browser memory start photographs
  help                  this text
";

fn main() -> ExitCode {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    if args.is_empty() {
        eprint!("{USAGE}");
        return ExitCode::from(2);
    }
    let name = args.remove(0);
    let outcome = match name.as_str() {
        "setup" => setup::command(&args),
        "build" => build::command(&args),
        "serve" => serve::command(&args),
        "dev" => dev::command(&args),
        "test" => test::command(&args),
        "check" => check::command(&args),
        "bench" => bench::command(&args),
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        unknown => {
            eprintln!("cargo xtask: there is no command `{unknown}`\n");
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.is_told() {
                eprintln!("\ncargo xtask {name}: {failure}");
            }
            ExitCode::from(failure.exit_code())
        }
    }
}
