//! `fuxian import site DIR|ZIP`: saved pages of an old site, and `fuxian import undo NUMBER`.

use super::report::Tally;
use crate::{
    config::Config,
    demo,
    failure::Failure,
    installation::Installation,
    moving::{Bringing, Links, Media, Pages, Places, Source, bring_page},
};
use content::{
    Actor, ImportId,
    moving::{Options, Parity},
};
use importers::pages::{Found, Kind, Profile};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};
use store::articles::Outcome;

/// What is asked for.
pub struct Asked {
    /// The folder or the archive.
    pub source: PathBuf,
    /// Where the report goes.
    pub report: Option<PathBuf>,
    /// What an operator knows of the site.
    pub profile: Option<PathBuf>,
    /// For readers to see.
    pub publish: bool,
    /// Where articles go whose section is not found.
    pub section: Option<String>,
}

/// Reads the pages and writes what was found; nothing comes in.
///
/// # Errors
/// A source, a profile or a report that cannot be.
pub async fn look(asked: Asked) -> Result<(), Failure> {
    let looked = tokio::task::spawn_blocking(move || {
        let (source, profile) = opened(&asked)?;
        let mut report = Report::create(asked.report.as_deref())?;
        let mut parity = Parity::default();
        let pages = learned(&source, profile)?;
        let media = Media::new(None, &Actor::Operator, Some(&source));
        let bar = bar(pages.len());
        pages.each(&|_, picture| media.picture(picture), |file, found| {
            bar.inc(1);
            match &found {
                Ok(found) if found.kind == Kind::List => parity.lists += 1,
                Ok(found) => match found.draft(&|file| media.file(file)) {
                    Ok(_) => parity.pages.came += 1,
                    Err(fault) => {
                        parity.pages.missing += 1;
                        eprintln!("{file}: {fault}");
                    }
                },
                Err(why) => {
                    parity.pages.missing += 1;
                    eprintln!("{file}: {why}");
                }
            }
            report.page(file, found.as_ref())
        })?;
        bar.finish_and_clear();
        report.end()?;
        let Parity { pages, lists, .. } = &parity;
        println!(
            "{} articles, {lists} lists, {} pages without an article; nothing was imported",
            pages.came, pages.missing
        );
        Ok(())
    });
    looked.await.map_err(|error| Failure::Run(error.to_string()))?
}

/// Brings the articles of all pages in.
///
/// # Errors
/// A source, a profile or a report that cannot be; a database that does not take what was found.
pub async fn bring(config: &Config, asked: Asked) -> Result<(), Failure> {
    let installation = Installation::open(config).await?;
    demo::found(&installation).await?;
    let store = installation.store.clone();
    let places = Places::of(&store).await?;
    let fallback = asked.section.as_deref().map(|name| places.find(name)).transpose();
    let fallback = fallback.map_err(|refusal| Failure::Run(refusal.to_string()))?;
    let (source, profile) = opened(&asked)?;
    let said = asked.profile.as_deref().map(std::fs::read_to_string).transpose().unwrap_or_default();
    let options = Options { section: fallback, publish: asked.publish, profile: said.unwrap_or_default() };
    let name = asked.source.file_name().unwrap_or(asked.source.as_os_str()).to_string_lossy().into_owned();
    let import = store.begin_import(&Actor::Operator, &name, &options).await?;
    let work = tokio::task::spawn_blocking(move || {
        let mut report = Report::create(asked.report.as_deref())?;
        let (mut parity, mut tally, mut links) = (Parity::default(), Tally::default(), Links::default());
        let pages = learned(&source, profile)?;
        let media = Media::new(Some(&installation), &Actor::Operator, Some(&source));
        let bar = bar(pages.len());
        let mut tell = |file: &str, outcome: Result<Outcome, String>| match outcome {
            Ok(outcome) => tally.count(outcome),
            Err(why) => {
                tally.bad += 1;
                bar.suspend(|| eprintln!("{file}: {why}"));
            }
        };
        let to = (import, asked.publish, fallback);
        let mut bringing = Bringing::new(&installation.store, &Actor::Operator, to, places, &mut tell);
        pages.each(&|_, picture| media.picture(picture), |file, found| {
            bar.inc(1);
            report.page(file, found.as_ref())?;
            match found {
                Ok(found) => bring_page(found, &media, &mut links, &mut bringing, &mut parity),
                Err(why) => bringing.missing(file, &why, &mut parity),
            }
            Ok::<_, Failure>(())
        })?;
        bringing.finish(&mut parity);
        links.count(&mut parity);
        for (name, why) in media.count(&mut parity) {
            bar.suspend(|| eprintln!("{name}: picture or file left out: {why}"));
        }
        bar.finish_and_clear();
        report.end()?;
        Ok::<_, Failure>((parity, tally))
    });
    let (parity, tally) = work.await.map_err(|error| Failure::Run(error.to_string()))??;
    store.end_import(&Actor::Operator, import, &parity).await?;
    store.close().await?;
    println!("import {import}: {tally}");
    println!(
        "{} lists of others; {} pictures and files came, {} did not",
        parity.lists, parity.pictures.came, parity.pictures.missing
    );
    if tally.read() == 0 {
        return Err(Failure::Run("nothing was imported: no page held an article".to_owned()));
    }
    Ok(())
}

/// Takes an import out again.
///
/// # Errors
/// An import that is not there.
pub async fn undo(config: &Config, import: i64) -> Result<(), Failure> {
    let installation = Installation::open(config).await?;
    let gone = installation.store.undo_import(&Actor::Operator, ImportId(import)).await?;
    installation.store.close().await?;
    println!("{gone} articles are in the bin; what somebody has changed since stays");
    Ok(())
}

fn opened(asked: &Asked) -> Result<(Source, Profile), Failure> {
    let fault = |path: &Path, why: &dyn std::fmt::Display| Failure::Run(format!("{}: {why}", path.display()));
    let profile = match &asked.profile {
        None => Profile::default(),
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| fault(path, &error))?;
            Profile::parse(&text).map_err(|error| fault(path, &error))?
        }
    };
    let source = Source::open(&asked.source).map_err(|why| fault(&asked.source, &why))?;
    source.refused.iter().for_each(|why| eprintln!("{why}"));
    Ok((source, profile))
}

fn learned(source: &Source, profile: Profile) -> Result<Pages<'_>, Failure> {
    let looking = bar(0);
    let pages = Pages::learn(source, profile, &mut |seen, of| {
        looking.set_length(of as u64);
        looking.set_position(seen as u64);
        true
    });
    looking.finish_and_clear();
    let pages = pages.map_err(Failure::Run)?;
    if pages.files().is_empty() {
        return Err(Failure::Run("there is no page: expected files that hold HTML".to_owned()));
    }
    Ok(pages)
}

fn bar(pages: usize) -> ProgressBar {
    let bar = ProgressBar::new(pages as u64);
    match ProgressStyle::with_template("{bar:32} {percent:>3}% {pos}/{len} pages {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// The report: a JSON array with an object a page, each on a line of its own.
struct Report {
    file: Option<(PathBuf, BufWriter<File>)>,
    pages: usize,
}

/// A page that could not be read.
#[derive(Serialize)]
struct Unread<'a> {
    file: &'a str,
    kind: Option<&'a str>,
    error: &'a str,
}

impl Report {
    fn create(path: Option<&Path>) -> Result<Self, Failure> {
        let create = |path: &Path| {
            let file = File::create(path).map_err(|error| Failure::Run(format!("{}: {error}", path.display())))?;
            Ok::<_, Failure>((path.to_owned(), BufWriter::new(file)))
        };
        Ok(Self { file: path.map(create).transpose()?, pages: 0 })
    }

    fn page(&mut self, file: &str, found: Result<&Found, &String>) -> Result<(), Failure> {
        let line = match found {
            Ok(found) => serde_json::to_string(found),
            Err(error) => serde_json::to_string(&Unread { file, kind: None, error }),
        };
        let line = line.map_err(|error| Failure::Run(format!("{file}: {error}")))?;
        let before = if self.pages == 0 { "[\n" } else { ",\n" };
        self.pages += 1;
        self.write(&[before, &line])
    }

    fn end(&mut self) -> Result<(), Failure> {
        self.write(&[if self.pages == 0 { "[]\n" } else { "\n]\n" }])?;
        self.file.as_mut().map_or(Ok(()), |(path, file)| {
            file.flush().map_err(|error| Failure::Run(format!("{}: {error}", path.display())))
        })
    }

    fn write(&mut self, parts: &[&str]) -> Result<(), Failure> {
        let Some((path, file)) = &mut self.file else { return Ok(()) };
        let mut all = parts.iter().map(|part| file.write_all(part.as_bytes()));
        all.find_map(Result::err).map_or(Ok(()), |error| Err(Failure::Run(format!("{}: {error}", path.display()))))
    }
}
