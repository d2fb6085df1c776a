//! The journal of this browser: what was written and is not on the server yet, encrypted with the key of the account.

use super::{
    api,
    bridge::{Bundle, Journal},
    ledger::Ledger,
    unfinished,
};
use crate::{
    admin::{fetched::NotLoaded, shell::rooms},
    error::AppError,
    wire,
};
use content::{
    AccountId, ArticleId,
    desk::Me,
    manuscript::{SaveKind, Saved},
    merge::Merge,
};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};

/// What is kept of one tab.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Its books.
    pub ledger: Ledger,
    /// The text of the editor as it was, where it cannot be a document.
    #[serde(default)]
    pub unreadable: Option<String>,
}

/// An entry with where it comes from.
#[derive(Clone, Debug, Deserialize)]
pub struct Found {
    /// Whether its tab is still open.
    pub alive: bool,
    /// The entry as JSON text.
    entry: String,
}

impl Found {
    /// What a page of this window was left with.
    fn here(entry: &Entry) -> Option<Self> {
        Some(Self { alive: false, entry: serde_json::to_string(entry).ok()? })
    }

    /// What was kept.
    #[must_use]
    pub fn entry(&self) -> Option<Entry> {
        wire::read(self.entry.as_bytes()).ok()
    }
}

/// The journal of the account that is signed in; without one where the browser has none to give.
#[derive(Clone)]
pub struct Keeper {
    account: AccountId,
    journal: Option<Journal>,
}

impl Keeper {
    /// Opens the journal.
    pub async fn open(bundle: &Bundle, me: &Me) -> Self {
        let opened = bundle.open_journal(&me.id.to_string(), &me.journal_key).await;
        Self { account: me.id, journal: opened.ok().map(JsCast::unchecked_into) }
    }

    /// Whose it is.
    #[must_use]
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// Whether there is one.
    #[must_use]
    pub const fn works(&self) -> bool {
        self.journal.is_some()
    }

    /// Keeps what a tab holds; `works` learns whether that went well.
    pub fn put(&self, ledger: &Ledger, unreadable: Option<&str>, works: RwSignal<bool>) {
        let Some(journal) = self.journal.clone() else { return };
        let entry = Entry { ledger: ledger.clone(), unreadable: unreadable.map(str::to_owned) };
        let Ok(json) = serde_json::to_string(&entry) else { return };
        let (article, tab) = (ledger.article().to_string(), ledger.tab().to_owned());
        spawn_local(async move {
            works.try_set(journal.put(&article, &tab, &json).await.is_ok());
        });
    }

    /// Forgets what a tab held.
    pub fn drop(&self, article: ArticleId, tab: &str) {
        unfinished::forget(tab);
        let Some(journal) = self.journal.clone() else { return };
        let (article, tab) = (article.to_string(), tab.to_owned());
        spawn_local(async move {
            let _ = journal.drop(&article, &tab).await;
        });
    }

    /// What tabs left behind, of one article or of all: those that are gone, and the pages of this window that were left.
    pub async fn left_behind(&self, article: Option<ArticleId>) -> Vec<Found> {
        let here = unfinished::entries(self.account, article);
        let mut found: Vec<Found> = here.iter().filter_map(Found::here).collect();
        let Some(journal) = &self.journal else { return found };
        let kept = match article {
            Some(article) => journal.get(&article.to_string()).await,
            None => journal.all().await,
        };
        let json = kept.ok().as_ref().and_then(JsValue::as_string).unwrap_or_default();
        let kept: Vec<Found> = wire::read(json.as_bytes()).unwrap_or_default();
        found.extend(kept.into_iter().filter(|found| !found.alive));
        found
    }
}

/// Merging, where an answer needs it.
///
/// # Errors
/// `Transport` where it cannot be fetched.
pub async fn merging(saved: &Saved) -> Result<Option<Merge>, AppError> {
    match &saved.merged {
        None => Ok(None),
        Some(_) => rooms::merging().await.map(Some).map_err(|NotLoaded| AppError::Transport),
    }
}

/// Brings to the server what a tab left behind: the save that was on its way first, as it was, then what came after it.
/// Where it clashes, the server keeps it as a fragment, and the answer says so.
///
/// # Errors
/// What the server said; the entry stays then.
pub async fn recover(keeper: &Keeper, entry: Entry) -> Result<Option<Saved>, AppError> {
    if let Some(engine) = unfinished::engine(entry.ledger.tab()) {
        // It sends its words itself: two that send the same would be answered twice.
        engine.finish().await?;
        return Ok(None);
    }
    let mut ledger = entry.ledger;
    let mut last = None;
    while let Some(save) = ledger.next_save(SaveKind::Auto) {
        let saved = api::save_article(save).await?;
        let merge = merging(&saved).await?;
        ledger.answered(&saved, merge);
        let clashed = !saved.clashes.is_empty();
        // A clash is told even where what came after it went through.
        if clashed || last.is_none() {
            last = Some(saved);
        }
    }
    if entry.unreadable.is_none() {
        keeper.drop(ledger.article(), ledger.tab());
    }
    Ok(last)
}
