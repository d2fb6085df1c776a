//! The binary `fuxian`: the command line, the web server and everything that stands at its edges. No SQL, no markup.

mod assets;
mod cache;
mod cli;
mod commands;
mod config;
mod demo;
mod failure;
mod installation;
mod listener;
mod moving;
mod network;
mod still;
mod web;
mod work;

use clap::Parser;
use std::process::ExitCode;

/// Leptos renders deep trees of futures: a debug build of them does not fit the usual stack of a thread.
const STACK: usize = 8 * 1024 * 1024;

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("FUXIAN_LOG")
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx=warn,sea_orm_migration=warn")),
        )
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(commands::run(arguments)),
        Err(error) => Err(failure::Failure::Run(format!("the runtime does not start: {error}"))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("fuxian: {failure}");
            failure.exit_code()
        }
    }
}
