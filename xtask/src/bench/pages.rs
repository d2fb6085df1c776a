//! Readers' pages under load, each measured in turns with the server beside ours.

use std::path::Path;

use crate::bench::http;
use crate::bench::load::{Asked, Load, Sample};
use crate::bench::nginx::{self, Nginx};
use crate::bench::options::{Against, Options};
use crate::bench::rows::{Aim, Report, Row};
use crate::bench::server::{Serve, Server, page_of};
use crate::bench::side::Side;
use crate::failure::Outcome;

/// The section whose list and articles are asked for.
pub const SECTION: &str = "/yaowen";
/// How many articles are asked for at random.
const AT_RANDOM: usize = 2_000;
const MANY: usize = 32;

/// What is asked for.
pub struct Pages {
    /// At random.
    pub articles: Vec<String>,
    /// A page of the section's list far from its first: 50, or the last of a smaller site.
    pub list: String,
}

impl Pages {
    /// Of this server; the number is that of the section's articles.
    pub fn of(server: &Server, in_section: usize) -> Outcome<Self> {
        let list = page_of(SECTION, in_section.div_ceil(20).clamp(1, 50));
        Ok(Self { articles: server.articles(SECTION, AT_RANDOM)?, list })
    }

    /// The article that everybody reads.
    pub fn hot(&self) -> &str {
        &self.articles[0]
    }

    fn all(&self) -> Vec<String> {
        let lists = ["/".to_owned(), SECTION.to_owned(), self.list.clone()];
        lists.into_iter().chain(self.articles.iter().cloned()).collect()
    }
}

/// What is beside ours.
pub enum Other {
    /// Files with other names than our pages.
    Files(Nginx),
    /// Another site: with a page for the hot article where the address names one, else with our paths.
    Site(Side, Option<String>),
}

impl Other {
    /// Starts or finds what was asked for.
    pub fn open(options: &Options, folder: &Path, server: &Server, pages: &Pages) -> Outcome<Option<Self>> {
        Ok(match &options.against {
            None => None,
            Some(Against::Nginx) => Some(Self::Files(Nginx::start(&folder.join("nginx"), &server.side, &pages.all())?)),
            Some(Against::Url(host, path)) => {
                let side = Side { host: host.clone(), processes: Vec::new() };
                Some(Self::Site(side, Some(path.clone()).filter(|path| path != "/")))
            }
        })
    }

    fn side(&self) -> &Side {
        match self {
            Self::Files(nginx) => &nginx.side,
            Self::Site(side, _) => side,
        }
    }

    /// Its paths for these of ours; none where it has not got them.
    fn paths(&self, paths: &[String], hot: bool) -> Option<Vec<String>> {
        match self {
            Self::Files(_) => Some(paths.iter().map(|path| nginx::path_of(path)).collect()),
            Self::Site(_, Some(page)) => hot.then(|| vec![page.clone()]),
            Self::Site(side, None) => {
                let there = paths.first().is_some_and(|path| http::get(&side.host, path, "identity").is_ok());
                there.then(|| paths.to_vec())
            }
        }
    }
}

/// A load whose figures become rows.
struct Case<'a> {
    name: &'a str,
    asked: Asked<'a>,
    hot: bool,
    /// How many times as many requests as the other one.
    times: Option<f64>,
    /// Microseconds of processor a request.
    cpu: Option<f64>,
    /// The median in milliseconds.
    p50: Option<f64>,
}

/// All pages with a warm cache.
pub fn measure(
    options: &Options,
    load: &Load,
    server: &Server,
    pages: &Pages,
    other: Option<&Other>,
    report: &mut Report,
) -> Outcome {
    for path in pages.all() {
        http::get(&server.side.host, &path, "identity")?;
    }
    let hot = [pages.hot().to_owned()];
    let (home, list) = (["/".to_owned()], [pages.list.clone()]);
    let asked = |paths, encodings| Asked { paths, connections: MANY, encodings, seconds: options.seconds };
    let case = |name, paths, encodings| {
        let asked = asked(paths, encodings);
        Case { name, asked, hot: false, times: Some(0.9), cpu: None, p50: None }
    };
    let hot_case =
        |name, encodings| Case { hot: true, times: Some(1.0), cpu: Some(15.0), ..case(name, &hot, encodings) };
    for case in [
        hot_case("hot article, identity", "identity"),
        hot_case("hot article, gzip accepted", "gzip"),
        case("2,000 articles at random", &pages.articles, "gzip"),
        case("home", &home, "gzip"),
        case("section far back", &list, "gzip"),
    ] {
        run(options, load, &server.side, other, &case, report)?;
    }
    Ok(())
}

/// An article of a server without a cache, one reader at a time.
pub fn without_cache(options: &Options, load: &Load, serve: &Serve, data: &Path, report: &mut Report) -> Outcome {
    let server = serve.start(data, 0)?;
    let paths = server.articles(SECTION, 1)?;
    let asked = Asked { paths: &paths, connections: 1, encodings: "gzip", seconds: options.seconds };
    let (name, times) = ("article, cache off, 1 connection", None);
    let case = Case { name, asked, hot: true, times, cpu: Some(600.0), p50: Some(1.5) };
    run(options, load, &server.side, None, &case, report)
}

fn run(
    options: &Options,
    load: &Load,
    ours: &Side,
    other: Option<&Other>,
    case: &Case,
    report: &mut Report,
) -> Outcome {
    let paths = other.and_then(|other| other.paths(case.asked.paths, case.hot));
    let other = other.zip(paths.as_ref()).map(|(other, paths)| (other.side(), Asked { paths, ..case.asked }));
    load.run(ours, &Asked { seconds: 1, ..case.asked })?;
    if let Some((side, asked)) = &other {
        load.run(side, &Asked { seconds: 1, ..*asked })?;
    }
    let (mut mine, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..options.rounds {
        // Who is first changes, so that neither has always what the other leaves behind.
        for first in [round % 2 == 0, round % 2 != 0] {
            match &other {
                _ if first => mine.push(load.run(ours, &case.asked)?),
                Some((side, asked)) => theirs.push(load.run(side, asked)?),
                None => {}
            }
        }
    }
    add(case, &mine, &theirs, report);
    Ok(())
}

fn add(case: &Case, mine: &[Sample], theirs: &[Sample], report: &mut Report) {
    let row = |figure: &str, unit, of: fn(&Sample) -> Option<f64>| {
        let values = |samples: &[Sample]| samples.iter().filter_map(of).collect::<Vec<_>>();
        let (mine, theirs) = (values(mine), values(theirs));
        let row = Row::new(format!("{}: {figure}", case.name), unit, &mine).beside(&mine, &theirs);
        (!mine.is_empty()).then_some(row)
    };
    let aimed = |row: Option<Row>, aim: Option<Aim>| row.map(|row| aim.into_iter().fold(row, Row::aim));
    let rows = [
        aimed(row("requests", "/s", |sample| Some(sample.rate)), case.times.map(Aim::TimesAtLeast)),
        aimed(row("processor a request", "µs", |sample| sample.cpu), case.cpu.map(Aim::AtMost)),
        aimed(row("p50", "ms", |sample| Some(sample.p50)), case.p50.map(Aim::AtMost)),
        row("p99", "ms", |sample| Some(sample.p99)),
    ];
    rows.into_iter().flatten().for_each(|row| report.add(row));
}
