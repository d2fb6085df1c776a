//! `cargo xtask bench`: everything that is promised of speed and size, measured in one run, beside another server where
//! one is named. Each file below measures one thing; `rows` is the table that comes of it.

mod browser;
mod corpus;
mod cpu;
mod desk;
mod figures;
mod http;
mod load;
mod memory;
mod nginx;
mod options;
mod pages;
mod photographs;
mod publishing;
mod rows;
mod running;
mod scale;
mod searching;
mod server;
mod side;
mod uploads;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::command::program;
use crate::failure::{Outcome, Told};
use crate::place::Place;
use crate::scratch::Scratch;
use crate::{build, setup};
use desk::Desk;
use figures::percentile;
use load::{Asked, Load};
use options::{Against, Options, Part};
use pages::{Other, Pages};
use rows::{Aim, Report, Row};
use server::{CACHE, Serve};

/// Articles of the small site.
const SMALL: usize = 2_000;
/// Saves of an article whose round trips are measured.
const SAVES: usize = 500;
/// How often a start is measured a round: it is short.
const STARTS: usize = 3;

/// The subcommand.
pub fn command(args: &[String]) -> Outcome {
    let options = options::parse(args)?;
    let place = Place::find()?;
    let fuxian = match &options.fuxian {
        Some(fuxian) => fuxian.canonicalize().told(format!("{} is not there", fuxian.display()))?,
        None => build::release_build(&place, &setup::for_build(&place)?)?,
    };
    let scratch = Scratch::new("bench")?;
    let serve = Serve { place: &place, fuxian: &fuxian };
    let mut report = Report::default();
    let (machine, beside) = (cpu::machine(), beside(&options));
    println!("bench: {machine}");
    let done = everything(&options, &serve, &scratch.folder, &mut report);
    // What was measured before something failed is worth its time.
    println!("\n{machine}\n\n{}", report.markdown(&beside));
    if let Some(path) = &options.json {
        std::fs::write(path, report.json(&beside, &machine)).told(format!("{} cannot be written", path.display()))?;
        println!("bench: written to {}", path.display());
    }
    done
}

fn beside(options: &Options) -> String {
    match &options.against {
        _ if options.scale => format!("{SMALL} articles"),
        None => "beside it".into(),
        Some(Against::Nginx) => "nginx".into(),
        Some(Against::Url(host, path)) => format!("http://{host}{path}"),
    }
}

fn everything(options: &Options, serve: &Serve, folder: &Path, report: &mut Report) -> Outcome {
    let small = site(serve, folder, SMALL, report)?;
    let large = site(serve, folder, options.articles, report)?;
    if options.scale {
        return scale::measure(serve, options.rounds, (SMALL, &small), (options.articles, &large), report);
    }
    if options.wants(Part::Start) {
        starts(options, serve, &[(SMALL, &small, 0.2), (options.articles, &large, 0.5)], report)?;
    }
    if options.wants(Part::Memory) {
        memory_of(options, serve, folder, &small, &large, report)?;
    }
    if options.wants(Part::Pages) {
        let load = Load::find(serve.place, folder)?;
        let server = serve.start(&large, CACHE)?;
        let pages = Pages::of(&server, corpus::in_main_section(options.articles))?;
        let other = Other::open(options, folder, &server, &pages)?;
        pages::measure(options, &load, &server, &pages, other.as_ref(), report)?;
        drop((other, server));
        pages::without_cache(options, &load, serve, &large, report)?;
    }
    if options.wants(Part::Desk) || options.wants(Part::Browser) {
        editors(options, serve, &large, report)?;
    }
    if options.wants(Part::Photographs) {
        uploads::measure(serve, &folder.join("uploads"), options.photographs, report)?;
    }
    Ok(())
}

/// A data folder with so many articles.
fn site(serve: &Serve, folder: &Path, articles: usize, report: &mut Report) -> Outcome<PathBuf> {
    let (file, data) = (folder.join("articles.jsonl"), folder.join(format!("site-{articles}")));
    if data.is_dir() {
        return Ok(data);
    }
    let bytes = corpus::write(&file, articles).told(format!("{} cannot be written", file.display()))?;
    let mut import = program(serve.place, serve.fuxian);
    import.arg("import").arg(&file).arg("--publish").arg("--data").arg(&data);
    let (time, peak) = memory::run_and_watch(&mut import)?;
    let rate = articles as f64 / time.as_secs_f64();
    report.add(Row::one(format!("import of {articles} articles, {:.0} MB", bytes as f64 / 1e6), "/s", rate));
    report.memory(&format!("import of {articles} articles, most memory (RSS)"), peak, None);
    Ok(data)
}

fn starts(options: &Options, serve: &Serve, sites: &[(usize, &Path, f64)], report: &mut Report) -> Outcome {
    for (articles, data, most) in sites {
        let starts = (0..options.rounds * STARTS).map(|_| Ok(serve.start(data, CACHE)?.ready.as_secs_f64()));
        let starts = starts.collect::<Outcome<Vec<f64>>>()?;
        let row = Row::new(format!("start until the first 200 with {articles} articles"), "s", &starts);
        report.add(row.aim(Aim::AtMost(*most)));
    }
    Ok(())
}

/// Idle with the small site, and the large one with many readers and a desk that works.
fn memory_of(
    options: &Options,
    serve: &Serve,
    folder: &Path,
    small: &Path,
    large: &Path,
    report: &mut Report,
) -> Outcome {
    let server = serve.start(small, CACHE)?;
    std::thread::sleep(Duration::from_secs(5));
    report.memory(&format!("memory idle with {SMALL} articles (PSS)"), memory::shared(server.pid()), Some(40.0));
    drop(server);
    let load = Load::find(serve.place, folder)?;
    let server = serve.start(large, CACHE)?;
    let mut desk = Desk::open(serve.fuxian, &server)?;
    let pages = Pages::of(&server, corpus::in_main_section(options.articles))?;
    let paths = [pages.articles.as_slice(), &["/".to_owned(), pages.list.clone()]].concat();
    let asked = Asked { paths: &paths, connections: 32, encodings: "gzip", seconds: options.seconds };
    let (loaded, most) = memory::most_meanwhile(server.pid(), || -> Outcome {
        std::thread::scope(|scope| {
            let writes = scope.spawn(|| write_until(&mut desk, Duration::from_secs(options.seconds * 2)));
            for encodings in ["gzip", "br, gzip"] {
                load.run(&server.side, &Asked { encodings, ..asked })?;
            }
            writes.join().map_err(|_| "the desk's thread died")?
        })
    });
    loaded?;
    let cache = CACHE as f64 / 1024.0 / 1024.0;
    let what = format!("memory under load with {} articles, {cache:.0} MB of cache (PSS, most)", options.articles);
    report.memory(&what, most, Some(150.0 + cache));
    Ok(())
}

fn write_until(desk: &mut Desk, time: Duration) -> Outcome {
    let end = Instant::now() + time;
    while Instant::now() < end {
        desk.save_once()?;
        desk.publish()?;
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

fn editors(options: &Options, serve: &Serve, data: &Path, report: &mut Report) -> Outcome {
    let server = serve.start(data, CACHE)?;
    let mut desk = Desk::open(serve.fuxian, &server)?;
    if options.wants(Part::Desk) {
        saves(&mut desk, report)?;
        publishing::measure(&mut desk, &server.side.host, report)?;
        searching::measure(&mut desk, report)?;
    }
    if options.wants(Part::Browser) {
        browser::measure(serve.place, &server, &desk, options.rounds, report)?;
    }
    Ok(())
}

fn saves(desk: &mut Desk, report: &mut Report) -> Outcome {
    let mut micros = (0..SAVES).map(|_| desk.save_once()).collect::<Outcome<Vec<u64>>>()?;
    micros.sort_unstable();
    for percent in [50.0, 99.0] {
        let what = format!("save of 10,000 characters, p{percent}");
        report.add(Row::one(what, "ms", percentile(&micros, percent) as f64 / 1000.0));
    }
    Ok(())
}
