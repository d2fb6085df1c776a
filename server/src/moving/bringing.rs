//! Drafts into the store, many at once, and what became of each.

use super::Places;
use content::{
    Actor, ImportId, MediaId, SectionId, document,
    moving::{Counts, Parity},
};
use importers::{Arrival, Draft, There};
use store::{
    Store, Zone,
    articles::{ImportedArticle, Outcome},
};
use tokio::runtime::Handle;

/// The most articles of one transaction.
const BATCH: usize = 500;

/// The most text of one transaction, in characters: what an import holds in memory is a few times this.
const HEAVIEST: usize = 4 * 1024 * 1024;

/// A draft of the importers as the store takes it.
///
/// # Errors
/// One line: a time that cannot be.
pub fn to_store(draft: Draft, section: SectionId, zone: &Zone) -> Result<ImportedArticle, String> {
    let shown = draft.published.map(|time| zone.instant(time)).transpose().map_err(|refusal| refusal.to_string())?;
    Ok(ImportedArticle {
        identity: draft.identity,
        digest: draft.digest,
        section,
        fields: draft.fields,
        shown,
        body: draft.body,
        old_url: draft.url.unwrap_or_default(),
        further: Vec::new(),
        lead: None,
        import: None,
    })
}

/// What is told of every article: the name under which it was read, and what became of it or why it did not come.
pub type Tell<'a> = &'a mut dyn FnMut(&str, Result<Outcome, String>);

/// Articles on their way into the store. Called from threads that may wait; what is pushed is in the store once
/// [`Bringing::finish`] has answered.
pub struct Bringing<'a> {
    store: &'a Store,
    actor: &'a Actor,
    runtime: Handle,
    import: ImportId,
    publish: bool,
    /// Where articles go whose section is not found.
    fallback: Option<SectionId>,
    places: Places,
    /// What waits for its transaction: those that readers will see and those that they will not.
    waiting: [Batch; 2],
    tell: Tell<'a>,
}

#[derive(Default)]
struct Batch {
    names: Vec<String>,
    articles: Vec<ImportedArticle>,
    weight: usize,
    /// Whether something was left out of each.
    changed: Vec<bool>,
}

impl Batch {
    fn is_full(&self) -> bool {
        self.articles.len() >= BATCH || self.weight >= HEAVIEST
    }
}

impl<'a> Bringing<'a> {
    /// A way into the store.
    ///
    /// # Panics
    /// Outside of a runtime.
    pub fn new(
        store: &'a Store,
        actor: &'a Actor,
        (import, publish, fallback): (ImportId, bool, Option<SectionId>),
        places: Places,
        tell: Tell<'a>,
    ) -> Self {
        let (runtime, waiting) = (Handle::current(), [Batch::default(), Batch::default()]);
        Self { store, actor, runtime, import, publish, fallback, places, waiting, tell }
    }

    /// The sections.
    pub fn places(&mut self) -> &mut Places {
        &mut self.places
    }

    /// Brings a draft of which readers are to see what they saw.
    pub fn push(&mut self, name: &str, draft: Draft, left_out: Vec<String>, parity: &mut Parity) {
        self.bring(name, draft, (true, Vec::new(), None), left_out, parity);
    }

    /// Brings what comes from another system: what readers did not see there is a draft here, and what was thrown away
    /// does not come.
    pub fn push_arrival(&mut self, name: &str, arrival: Arrival, parity: &mut Parity) {
        let Arrival { draft, there, further, lead, files, mut left_out } = arrival;
        let public = match there {
            There::Thrown => return self.missing(name, "it was thrown away there", parity),
            There::Published => true,
            There::Scheduled => {
                left_out.push("its schedule: it comes as a draft".to_owned());
                false
            }
            There::Private => {
                left_out.push("that only some readers saw it: it comes as a draft".to_owned());
                false
            }
            There::Pending | There::Draft => false,
        };
        left_out.extend(files.iter().map(|file| format!("file {}: it is only named there", file.url)));
        self.bring(name, draft, (public, further, lead.map(|lead| lead.id)), left_out, parity);
    }

    /// Notes what does not come, and why.
    pub fn missing(&mut self, name: &str, why: &str, parity: &mut Parity) {
        parity.pages.missing += 1;
        parity.because(generally(why));
        (self.tell)(name, Err(why.to_owned()));
    }

    fn bring(
        &mut self,
        name: &str,
        draft: Draft,
        (public, further, lead): (bool, Vec<String>, Option<MediaId>),
        left_out: Vec<String>,
        parity: &mut Parity,
    ) {
        let section = match self.section(draft.section.as_deref()) {
            Ok(section) => section,
            Err(why) => return self.missing(name, &why, parity),
        };
        let further = further.iter().filter_map(|key| self.places.find(key).ok()).collect();
        match to_store(draft, section, self.store.zone()) {
            Err(why) => self.missing(name, &why, parity),
            Ok(article) => {
                left_out.iter().for_each(|why| parity.because(generally(why)));
                let batch = &mut self.waiting[usize::from(public && self.publish)];
                batch.names.push(name.to_owned());
                batch.weight += document::text::of(&article.body).len();
                batch.changed.push(!left_out.is_empty());
                batch.articles.push(ImportedArticle { further, lead, import: Some(self.import), ..article });
                if batch.is_full() {
                    self.flush(public && self.publish, parity);
                }
            }
        }
    }

    fn section(&mut self, key: Option<&str>) -> Result<SectionId, String> {
        if let Some(id) = key.and_then(|key| self.places.find(key).ok()).or(self.fallback) {
            return Ok(id);
        }
        let unplaced = self.runtime.block_on(self.places.unplaced(self.store, self.actor));
        let unplaced = unplaced.map_err(|failure| failure.to_string())?;
        self.fallback = Some(unplaced);
        Ok(unplaced)
    }

    /// Writes what waits.
    pub fn finish(&mut self, parity: &mut Parity) {
        for publish in [false, true] {
            self.flush(publish, parity);
        }
    }

    /// A batch goes in whole. Where the store refuses it, its articles go one by one, so that the one at fault is named
    /// and the others are not held back by it.
    fn flush(&mut self, publish: bool, parity: &mut Parity) {
        let Batch { names, articles, changed, .. } = std::mem::take(&mut self.waiting[usize::from(publish)]);
        if articles.is_empty() {
            return;
        }
        let outcomes = match self.runtime.block_on(self.store.import(self.actor, &articles, publish)) {
            Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
            Err(_) => articles
                .chunks(1)
                .map(|one| {
                    let outcome = self.runtime.block_on(self.store.import(self.actor, one, publish));
                    outcome.map_err(|error| error.to_string())?.pop().ok_or_else(|| "it was not stored".to_owned())
                })
                .collect::<Vec<Result<Outcome, String>>>(),
        };
        for ((name, changed), outcome) in names.iter().zip(changed).zip(outcomes) {
            match outcome {
                Ok(outcome) => {
                    count(&mut parity.pages, outcome, changed);
                    (self.tell)(name, Ok(outcome));
                }
                Err(why) => self.missing(name, &why, parity),
            }
        }
    }
}

fn count(pages: &mut Counts, outcome: Outcome, changed: bool) {
    match outcome {
        Outcome::Added(_) | Outcome::Known(_) if !changed => pages.came += 1,
        _ => pages.changed += 1,
    }
}

/// A reason without what is different in each case, so that the same reasons are counted together.
fn generally(why: &str) -> String {
    let mut out = String::new();
    let mut quoted = false;
    for c in why.chars() {
        match c {
            '"' | '“' | '”' => {
                quoted = !quoted;
                if quoted {
                    out.push('…');
                }
            }
            _ if quoted => {}
            _ => out.push(c),
        }
    }
    out.chars().take(160).collect()
}
