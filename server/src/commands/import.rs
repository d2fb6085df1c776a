//! `fuxian import FILE…`: files are read by the importers in a thread of their own, batches go into the store as they
//! come, so that memory stays the same whatever the size of a file. Captured pages and JSON Lines are read here, files of
//! other systems in `foreign`, saved sites in `site`.

mod foreign;
mod report;
pub mod site;

use crate::{
    config::Config,
    demo,
    failure::Failure,
    installation::Installation,
    moving::{self, Places, Source},
};
use content::{Actor, SectionId};
use importers::{Draft, Format};
use report::{Report, Tally};
use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    sync::Arc,
};
use store::{
    Zone,
    articles::{ImportedArticle, Outcome},
};
use tokio::sync::mpsc;

/// The most articles of one transaction.
const BATCH: usize = 500;

/// The most text of one transaction, in bytes as read: what an import holds in memory is a few times this.
const HEAVIEST: usize = 8 * 1024 * 1024;

/// The largest captured page, in bytes.
const LARGEST_PAGE: u64 = 8 * 1024 * 1024;

/// Brings the articles of all files in.
///
/// # Errors
/// When nothing could be read, or the database does not take what was.
pub async fn run(config: &Config, files: &[PathBuf], asked: Asked<'_>) -> Result<(), Failure> {
    let Asked { publish, section, media } = asked;
    let open = |path: &Path| Source::open(path).map_err(|why| Failure::Run(format!("{}: {why}", path.display())));
    let media = media.map(open).transpose()?.map(Arc::new);
    let installation = Installation::open(config).await?;
    demo::found(&installation).await?;
    let sections = Arc::new(Places::of(&installation.store).await?);
    let fallback = section.map(|name| sections.find(name)).transpose().map_err(|e| Failure::Run(e.to_string()))?;
    let context = Context { installation: installation.clone(), sections, fallback, publish, media };
    let mut total = Tally::default();
    for file in files {
        total += context.file(file).await?;
    }
    installation.store.close().await?;
    if files.len() > 1 {
        println!("all files: {total}");
    }
    if total.read() == 0 {
        return Err(Failure::Run("nothing was imported: no file held an article that could be read".to_owned()));
    }
    Ok(())
}

/// A draft of the importers as the store takes it.
///
/// # Errors
/// One line: the section or the time that cannot be.
pub fn to_store(
    draft: Draft,
    sections: &Places,
    fallback: Option<SectionId>,
    zone: &Zone,
) -> Result<ImportedArticle, String> {
    let section = match (draft.section.as_deref().map(|key| sections.find(key)), fallback) {
        (Some(Ok(section)), _) => section,
        (_, Some(fallback)) => fallback,
        (Some(Err(refusal)), None) => return Err(refusal.to_string()),
        (None, None) => return Err("section is missing: give it in the file or by --section".to_owned()),
    };
    moving::to_store(draft, section, zone)
}

/// How articles are to come in.
pub struct Asked<'a> {
    /// For readers to see.
    pub publish: bool,
    /// Where articles go whose section is not found.
    pub section: Option<&'a str>,
    /// Where the pictures and files of an export are: a folder or an archive.
    pub media: Option<&'a Path>,
}

struct Context {
    installation: Installation,
    sections: Arc<Places>,
    fallback: Option<SectionId>,
    publish: bool,
    media: Option<Arc<Source>>,
}

impl Context {
    /// One file. A file that cannot be opened or read is reported; the others go on.
    async fn file(&self, path: &Path) -> Result<Tally, Failure> {
        let report = Report::new(path);
        match open(path) {
            Ok((Format::JsonLines, reader, size)) => self.lines(reader, size, report).await,
            Ok((Format::Captured, reader, _)) => self.captured(reader, report).await,
            Ok((format, _, size)) => foreign::bring(self, format, path, report.with_bar(size)).await,
            Err(reason) => {
                report.failed(&reason);
                Ok(Tally::failed())
            }
        }
    }

    async fn captured(&self, reader: Reader, report: Report) -> Result<Tally, Failure> {
        let mut bytes = Vec::new();
        let draft = match reader.take(LARGEST_PAGE + 1).read_to_end(&mut bytes) {
            Err(error) => Err(error.to_string()),
            Ok(_) if bytes.len() as u64 > LARGEST_PAGE => {
                Err(format!("larger than a page can be: at most {LARGEST_PAGE} bytes"))
            }
            Ok(_) => importers::captured(&bytes, self.sections.links()).map_err(|fault| fault.to_string()),
        };
        let article = draft.and_then(|(draft, found)| {
            Ok((to_store(draft, &self.sections, self.fallback, self.installation.store.zone())?, found))
        });
        match article {
            Ok((article, found)) => {
                let outcome = self.installation.store.import(&Actor::Operator, vec![article], self.publish).await?;
                let mut tally = Tally::default();
                report.page(&found, outcome.first());
                outcome.iter().for_each(|outcome| tally.count(*outcome));
                Ok(tally)
            }
            Err(reason) => {
                report.failed(&reason);
                Ok(Tally::failed())
            }
        }
    }

    async fn lines(&self, reader: Reader, size: u64, report: Report) -> Result<Tally, Failure> {
        let (sender, mut batches) = mpsc::channel(1);
        let report = Arc::new(report.with_bar(size));
        let reading = {
            let (report, sections, fallback) = (Arc::clone(&report), Arc::clone(&self.sections), self.fallback);
            let zone = self.installation.store.zone().clone();
            tokio::task::spawn_blocking(move || read_lines(reader, &report, &sections, fallback, &zone, &sender))
        };
        let mut tally = Tally::default();
        while let Some(batch) = batches.recv().await {
            self.batch(&batch, &report, &mut tally).await?;
        }
        tally += reading.await.map_err(|error| Failure::Run(error.to_string()))?;
        report.done(&tally);
        Ok(tally)
    }

    /// A batch goes in whole. Where the store refuses it, its articles go one by one, so that the one at fault is named
    /// and the others are not held back by it.
    async fn batch(&self, batch: &Batch, report: &Report, tally: &mut Tally) -> Result<(), Failure> {
        let count = |tally: &mut Tally, number: u64, outcome: Outcome| {
            report.outcome(number, outcome);
            tally.count(outcome);
        };
        match self.installation.store.import(&Actor::Operator, &batch.articles, self.publish).await {
            Ok(outcomes) => {
                batch.numbers.iter().zip(outcomes).for_each(|(number, outcome)| count(tally, *number, outcome))
            }
            Err(store::Error::Refused(_)) => {
                for (number, article) in batch.numbers.iter().zip(batch.articles.chunks(1)) {
                    match self.installation.store.import(&Actor::Operator, article, self.publish).await {
                        Ok(outcomes) => outcomes.into_iter().for_each(|outcome| count(tally, *number, outcome)),
                        Err(store::Error::Refused(refusal)) => {
                            report.bad_line(*number, &refusal.to_string());
                            tally.bad += 1;
                        }
                        Err(error) => return Err(error.into()),
                    }
                }
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }
}

/// Articles with the numbers of their lines.
#[derive(Default)]
struct Batch {
    numbers: Vec<u64>,
    articles: Vec<ImportedArticle>,
    weight: usize,
}

impl Batch {
    fn push(&mut self, number: u64, article: ImportedArticle, weight: usize) {
        self.numbers.push(number);
        self.articles.push(article);
        self.weight += weight;
    }

    fn is_full(&self) -> bool {
        self.articles.len() >= BATCH || self.weight >= HEAVIEST
    }
}

type Reader = BufReader<File>;

fn open(path: &Path) -> Result<(Format, Reader, u64), String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    let meta = file.metadata().map_err(|error| error.to_string())?;
    if meta.is_dir() {
        return Err("a folder, expected a file; saved pages come in with `fuxian import site FOLDER`".to_owned());
    }
    let mut reader = BufReader::with_capacity(256 * 1024, file);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let first = reader.fill_buf().map_err(|error| error.to_string())?;
    match importers::recognise(first, &name) {
        Format::Archive => Err("an archive; saved pages come in with `fuxian import site FILE`".to_owned()),
        Format::Other(other) => Err(other.to_string()),
        format => Ok((format, reader, meta.len())),
    }
}

/// Reads all lines, hands articles over in batches and reports the lines that are none.
fn read_lines(
    reader: Reader,
    report: &Report,
    sections: &Places,
    fallback: Option<SectionId>,
    zone: &Zone,
    sender: &mpsc::Sender<Batch>,
) -> Tally {
    let mut tally = Tally::default();
    let mut batch = Batch::default();
    let mut lines = importers::Lines::new(reader);
    while let Some((number, text)) = lines.next() {
        report.position(lines.bytes_read());
        let weight = text.as_ref().map_or(0, String::len);
        let read = text.and_then(|text| importers::line(&text, &|_| None)).map_err(|fault| fault.to_string());
        let article = read.and_then(|(draft, left_out)| {
            report.left_out(number, &left_out);
            to_store(draft, sections, fallback, zone)
        });
        match article {
            Ok(article) => batch.push(number, article, weight),
            Err(reason) => {
                report.bad_line(number, &reason);
                tally.bad += 1;
            }
        }
        if batch.is_full() && sender.blocking_send(std::mem::take(&mut batch)).is_err() {
            // The store gave up; its error is what the command ends with.
            return tally;
        }
    }
    let _ = sender.blocking_send(batch);
    tally
}

impl Tally {
    fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Added(_) => self.added += 1,
            Outcome::Known(_) => self.known += 1,
            Outcome::Differs(_) => self.differs += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_full_by_number_or_by_weight() {
        let article = ImportedArticle {
            identity: String::new(),
            digest: String::new(),
            section: SectionId(1),
            fields: content::article::Fields::default(),
            shown: None,
            body: content::Document::default(),
            old_url: String::new(),
            further: Vec::new(),
            lead: None,
            import: None,
        };
        let pushes = |weight: usize| {
            let mut batch = Batch::default();
            (1..).find(|number| {
                batch.push(*number, article.clone(), weight);
                batch.is_full()
            })
        };
        assert_eq!(pushes(1), Some(500));
        assert_eq!(pushes(4 * 1024 * 1024), Some(2), "large articles do not pile up in memory");
        assert_eq!(pushes(HEAVIEST + 1), Some(1));
    }
}
