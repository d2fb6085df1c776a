//! `cargo-leptos`, as its own binary starts it, at the version this project pins.

use cargo_leptos::{config::Cli, logger, run};
use clap::Parser;

#[tokio::main]
async fn main() -> color_eyre::Result<()> {
    color_eyre::install()?;
    // Cargo passes its subcommand's name as the first argument: `cargo leptos watch` → `cargo-leptos leptos watch`.
    let mut args: Vec<String> = std::env::args().collect();
    if args.get(1).is_some_and(|name| name == "leptos") {
        args.remove(1);
    }
    let args = Cli::parse_from(&args);
    logger::setup(args.opts().map_or(0, |opts| opts.verbose), &args.log);
    run(args).await
}
