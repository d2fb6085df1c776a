//! The jobs of the moving room: an uploaded site is read, comes in, goes again.

use super::{Bringing, Links, Media, Pages, Places, Source, stored::Stored};
use crate::installation::Installation;
use content::{
    Actor, ArticleId, Document, ImportId,
    moving::{Corrections, FIELDS, Options, Parity, Stage},
};
use importers::pages::{Field, Found, Kind, Profile, Referred};
use std::collections::HashMap;
use store::{
    articles::Outcome,
    imports::{Kept, PageRow},
    jobs::{self, Job},
};
use tokio::runtime::Handle;

/// Pages after which it is said how far the work is.
const SAY_AFTER: usize = 100;

/// Does a job of the moving room. A fault of what was uploaded ends the import, not the job: it would be the same again.
///
/// # Errors
/// A database or a media store that does not answer.
pub async fn carry_out(installation: &Installation, worker: &str, job: &Job) -> store::Result<()> {
    let import: ImportId = job.payload()?;
    let store = &installation.store;
    let actor = store.actor_of(job).await?;
    let asked = store.one_import(&actor, import).await?;
    if asked.stage != stage_of(job.kind) {
        // It was done, and only that was not noted any more.
        return Ok(());
    }
    if job.kind == jobs::Kind::UndoImport {
        return store.undo_import(&actor, import).await.map(|_| ());
    }
    let archive = store.import_archive(&actor, import).await?;
    let work = Work {
        installation: installation.clone(),
        actor,
        import,
        options: asked.options,
        places: Places::of(store).await?,
        worker: worker.to_owned(),
        job: job.clone(),
        runtime: Handle::current(),
    };
    let stored = Stored::new(&installation.files, &archive.key, archive.bytes);
    let reads = job.kind == jobs::Kind::ReadSite;
    let done = tokio::task::spawn_blocking(move || {
        let source = Source::archive(Box::new(stored))?;
        if reads { work.read(&source) } else { work.bring(&source) }
    });
    let done = done.await.map_err(|error| store::Error::Corrupt(error.to_string()))?;
    match done {
        Err(why) if store.note_progress(worker, job, 0, 0).await? => {
            store.note_stage(import, Stage::Failed, &why).await
        }
        // Done; or another worker has taken it over, and it goes on there.
        _ => Ok(()),
    }
}

/// The stage of an import for which a job was written.
const fn stage_of(kind: jobs::Kind) -> Stage {
    match kind {
        jobs::Kind::UndoImport => Stage::Undoing,
        jobs::Kind::BringSite => Stage::Bringing,
        jobs::Kind::ReadSite | jobs::Kind::Renditions => Stage::Reading,
    }
}

struct Work {
    installation: Installation,
    actor: Actor,
    import: ImportId,
    options: Options,
    places: Places,
    worker: String,
    job: Job,
    runtime: Handle,
}

impl Work {
    fn pages<'a>(&self, source: &'a Source) -> Result<Pages<'a>, String> {
        let profile = Profile::parse(&self.options.profile).map_err(|fault| fault.to_string())?;
        let pages = Pages::learn(source, profile, &mut |seen, of| {
            !seen.is_multiple_of(SAY_AFTER) || self.goes_on(seen as u64, 2 * of as u64)
        })?;
        if pages.files().is_empty() {
            Err("there is no page: expected files that hold HTML".to_owned())
        } else {
            Ok(pages)
        }
    }

    /// Says how far it is; answers whether the job is still this worker's.
    fn goes_on(&self, done: u64, total: u64) -> bool {
        let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let store = &self.installation.store;
        let noted = async {
            store.keep_pages(self.import, &[], (done, total)).await?;
            store.note_progress(&self.worker, &self.job, number(done), number(total)).await
        };
        self.runtime.block_on(noted).unwrap_or(true)
    }

    fn read(&self, source: &Source) -> Result<(), String> {
        let pages = self.pages(source)?;
        let total = 2 * pages.len() as u64;
        let mut rows = Vec::new();
        let mut done = pages.len() as u64;
        // Pictures have no numbers before they come in, so the text is shown without them.
        pages.each(&|_, _| None, |file, found| {
            rows.push(row_of(file, found));
            done += 1;
            if rows.len() >= SAY_AFTER {
                self.keep(&mut rows, (done, total))?;
            }
            Ok::<_, String>(())
        })?;
        self.keep(&mut rows, (done, total))?;
        let ended = self.installation.store.note_stage(self.import, Stage::Found, "");
        self.runtime.block_on(ended).map_err(|error| error.to_string())
    }

    fn keep(&self, rows: &mut Vec<PageRow>, (done, total): (u64, u64)) -> Result<(), String> {
        let kept = self.installation.store.keep_pages(self.import, rows, (done, total));
        self.runtime.block_on(kept).map_err(|error| error.to_string())?;
        rows.clear();
        if self.goes_on(done, total) { Ok(()) } else { Err("it was stopped".to_owned()) }
    }

    fn bring(self, source: &Source) -> Result<(), String> {
        let pages = self.pages(source)?;
        let (store, total) = (&self.installation.store, 2 * pages.len() as u64);
        let media = Media::new(Some(&self.installation), &self.actor, Some(source));
        let mut chosen = HashMap::new();
        for file in pages.files() {
            let corrections = self.runtime.block_on(store.corrections_of(&self.actor, self.import, file));
            chosen.extend(corrections.map_err(|error| error.to_string())?.map(|(_, it)| (file.clone(), it)));
        }
        let mut outcomes: Vec<(String, Result<ArticleId, String>)> = Vec::new();
        let (mut parity, mut links) = (Parity::default(), Links::default());
        let mut tell = |file: &str, outcome: Result<Outcome, String>| {
            outcomes.push((
                file.to_owned(),
                outcome.map(|(Outcome::Added(id) | Outcome::Known(id) | Outcome::Differs(id))| id),
            ));
        };
        let to = (self.import, self.options.publish, self.options.section);
        let places = Places::clone(&self.places);
        let mut bringing = Bringing::new(store, &self.actor, to, places, &mut tell);
        let mut done = pages.len() as u64;
        // What is left out leaves its pictures out as well.
        let pictures = |file: &str, picture: &Referred| chosen.get(file).and_then(|_| media.picture(picture));
        pages.each(&pictures, |file, found| {
            done += 1;
            match (found, chosen.get(file)) {
                (Ok(found), None) if found.kind == Kind::List => parity.lists += 1,
                (_, None) => bringing.missing(file, "not chosen", &mut parity),
                (Err(why), _) => bringing.missing(file, &why, &mut parity),
                (Ok(found), Some(corrections)) => {
                    let found = corrected(found, corrections);
                    super::bring_page(found, &media, &mut links, &mut bringing, &mut parity);
                }
            }
            if done.is_multiple_of(SAY_AFTER as u64) && !self.goes_on(done, total) {
                return Err("it was stopped".to_owned());
            }
            Ok(())
        })?;
        bringing.finish(&mut parity);
        drop(bringing);
        links.count(&mut parity);
        media.count(&mut parity);
        let ended = async {
            for outcomes in outcomes.chunks(500) {
                store.note_outcomes(self.import, outcomes, (total, total)).await?;
            }
            store.end_import(&self.actor, self.import, &parity).await
        };
        self.runtime.block_on(ended).map_err(|error| error.to_string())
    }
}

/// What was found with what was corrected in its place. A page that was chosen by hand is an article.
fn corrected(mut found: Found, corrections: &Corrections) -> Found {
    found.kind = Kind::Article;
    for (name, value) in corrections {
        let field = (!value.is_empty()).then(|| Field {
            value: value.clone(),
            confidence: 1.0,
            found: "corrected by hand".to_owned(),
        });
        match name.as_str() {
            "title" => found.title = field,
            "subtitle" => found.subtitle = field,
            "byline" => found.byline = field,
            "publish_time" => found.publish_time = field,
            "source" => found.source = field,
            "author" => found.author = field,
            "editor" => found.editor = field,
            "section" => found.section = field,
            "address" => found.address = field.unwrap_or(found.address),
            _ => {}
        }
    }
    found
}

fn row_of(file: &str, found: Result<Found, String>) -> PageRow {
    let per_cent = |confidence: f64| (confidence.clamp(0.0, 1.0) * 100.0).round() as u8;
    match found {
        Err(why) => {
            let found = Kept { notes: vec![why], ..Kept::default() };
            PageRow { file: file.to_owned(), article: true, confidence: 0, found, body: Document::default() }
        }
        Ok(found) => {
            let needed = [
                found.title.as_ref().map_or(0.0, |field| field.confidence),
                found.publish_time.as_ref().map_or(0.0, |field| field.confidence),
                found.body.as_ref().map_or(0.0, |field| field.confidence),
            ];
            let fields = FIELDS.iter().map(|name| {
                let field = match *name {
                    "title" => found.title.as_ref(),
                    "subtitle" => found.subtitle.as_ref(),
                    "byline" => found.byline.as_ref(),
                    "publish_time" => found.publish_time.as_ref(),
                    "source" => found.source.as_ref(),
                    "author" => found.author.as_ref(),
                    "editor" => found.editor.as_ref(),
                    "section" => found.section.as_ref(),
                    _ => Some(&found.address),
                };
                field.map_or_else(Default::default, |field| {
                    (field.value.clone(), per_cent(field.confidence), field.found.clone())
                })
            });
            let given = |field: Option<&Field<Vec<importers::pages::Referred>>>| {
                field.iter().flat_map(|field| &field.value).map(|referred| referred.given.clone()).collect()
            };
            let kept = Kept {
                fields: fields.collect(),
                notes: found.notes.iter().filter(|note| !note.starts_with("picture")).cloned().collect(),
                pictures: given(found.pictures.as_ref()),
                files: given(found.attachments.as_ref()),
            };
            PageRow {
                file: file.to_owned(),
                article: found.kind == Kind::Article,
                confidence: needed.into_iter().map(per_cent).min().unwrap_or_default(),
                found: kept,
                body: found.body.map(|body| body.value).unwrap_or_default(),
            }
        }
    }
}
