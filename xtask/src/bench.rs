//! `cargo xtask bench`: a site of 50,000 articles, what importing it costs, how fast its pages are,
//! what they take, what a save costs, and how long photographs take until they are in the library.

mod corpus;
mod desk;
mod editor;
mod load;
mod memory;
mod photographs;
mod report;
mod server;
mod uploads;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::command::program;
use crate::failure::{Failure, Outcome, Told};
use crate::place::Place;
use crate::scratch::Scratch;
use crate::{build, setup};
use load::Sample;
use memory::Memory;
use report::{Import, Measured, Report};
use server::Server;

const CONNECTIONS: [usize; 2] = [1, 32];
const WARM_UP: Duration = Duration::from_secs(1);
/// Saves of an article whose round trips are measured.
const SAVES: usize = 500;
/// Corrections whose way to readers is measured.
const CORRECTIONS: usize = 50;
/// Articles on a page of a section's list.
const PAGE: usize = 20;

struct Options {
    articles: usize,
    photographs: u64,
    rounds: usize,
    seconds: u64,
    json: Option<PathBuf>,
}

/// The subcommand.
pub fn command(args: &[String]) -> Outcome {
    let options = parse(args)?;
    let place = Place::find()?;
    let tools = setup::for_build(&place)?;
    let fuxian = build::release_build(&place, &tools)?;
    let scratch = Scratch::new("bench")?;
    let (file, data) = (scratch.folder.join("articles.jsonl"), scratch.folder.join("data"));

    let start = Instant::now();
    let bytes = corpus::write(&file, options.articles).told(format!("{} cannot be written", file.display()))?;
    let megabytes = bytes as f64 / 1e6;
    println!("bench: {} articles, {megabytes:.0} MB, made in {:.1} s", options.articles, start.elapsed().as_secs_f64());

    let mut import = program(&place, &fuxian);
    import.arg("import").arg(&file).arg("--publish").arg("--data").arg(&data);
    let (time, peak) = memory::run_and_watch(&mut import)?;
    let import = Import { articles: options.articles, bytes, time, peak };
    println!("{import}");

    let uploads = uploads::measure(&place, &fuxian, &scratch.folder.join("uploads"), options.photographs)?;
    println!("{uploads}");

    let server = Server::start(&place, &fuxian, &data)?;
    let mut desk = desk::Desk::open(&fuxian, &data, server.address)?;
    let saves = desk.save(SAVES)?;
    let publishing = desk.publish(CORRECTIONS)?;
    let mut searches = desk.search()?;
    searches.sort_by_key(|search| std::cmp::Reverse(search.micros));
    let (cookie, article) = desk.open_article();
    let first_key = editor::first_key(&place, server.address, cookie, article)?;
    let report = measure(&options, &server, Report::new(import, uploads, saves, publishing, searches, first_key))?;
    println!("\n{report}");
    if let Some(path) = &options.json {
        std::fs::write(path, report.json()).told(format!("{} cannot be written", path.display()))?;
        println!("bench: written to {}", path.display());
    }
    Ok(())
}

fn measure(options: &Options, server: &Server, mut report: Report) -> Outcome<Report> {
    std::thread::sleep(Duration::from_secs(2));
    report.idle = Memory::of(server.pid());
    let last_page = (corpus::in_main_section(options.articles) / PAGE).clamp(1, 500);
    let article = server.first_article("/yaowen")?;
    let paths = ["/".into(), "/yaowen".into(), format!("/yaowen?page={last_page}"), article];
    report.last_page = last_page;
    for path in &paths {
        for connections in CONNECTIONS {
            load::run(server.address, path, connections, WARM_UP)?;
            let seconds = Duration::from_secs(options.seconds);
            let rounds = (0..options.rounds).map(|_| load::run(server.address, path, connections, seconds));
            let rounds = rounds.collect::<Outcome<Vec<Sample>>>()?;
            let row = Measured::medians(path, connections, &rounds);
            println!("{row}");
            report.rows.push(row);
        }
    }
    report.loaded = Memory::of(server.pid());
    Ok(report)
}

fn parse(args: &[String]) -> Outcome<Options> {
    let mut options = Options { articles: 50_000, photographs: 200, rounds: 3, seconds: 5, json: None };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let value = args.next().ok_or_else(|| Failure::usage(format!("`bench {arg}` wants a value")))?;
        let number = || match value.parse::<u64>() {
            Ok(number) if number > 0 => Ok(number),
            _ => Err(Failure::usage(format!("`bench {arg}` wants a whole number above 0, but got `{value}`"))),
        };
        match arg.as_str() {
            "--articles" => options.articles = number()? as usize,
            "--photographs" => options.photographs = number()?,
            "--rounds" => options.rounds = number()? as usize,
            "--seconds" => options.seconds = number()?,
            "--json" => options.json = Some(PathBuf::from(value)),
            _ => {
                let known = "--articles N, --photographs N, --rounds N, --seconds N and --json FILE";
                return Err(Failure::usage(format!("`bench` takes {known}, but got `{arg}`")));
            }
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Outcome<Options> {
        parse(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn what_is_not_said_is_the_bench_of_the_documents() {
        let options = parsed("").unwrap();
        assert_eq!((options.articles, options.rounds, options.json), (50_000, 3, None));
    }

    #[test]
    fn numbers_are_read_and_nonsense_is_refused() {
        assert_eq!(parsed("--articles 100 --rounds 1").unwrap().articles, 100);
        assert!(parsed("--articles none").is_err() && parsed("--rounds 0").is_err() && parsed("--articles").is_err());
        assert!(parsed("--fast 1").is_err());
    }
}
