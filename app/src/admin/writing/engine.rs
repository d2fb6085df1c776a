//! What keeps the ledger, the journal, the server and the screen together while somebody writes.
//!
//! Every change is in the journal at once, and on the server after [`PAUSE`]. One save is on its way at a time; what it
//! was answered is put in place when no input method is in the middle of a word.

mod company;
mod leaving;
mod sending;

use super::{
    api,
    bridge::{Bundle, Editor},
    journal::{Entry, Keeper, merging},
    ledger::{Answered, Ledger},
    unfinished,
};
use crate::{admin::session::Session, error::AppError, wire};
use content::{
    AccountId, ArticleId, Document, LocalTime, Refusal, RevisionId,
    article::Fields,
    manuscript::{Clash, Manuscript, Opened, Placement, Presence, Progress, SaveKind, Saved},
    media::File,
    merge::Merge,
};
use leptos::{prelude::*, task::spawn_local};
use std::{
    cell::{Cell, RefCell},
    collections::HashSet,
    rc::Rc,
    time::Duration,
};

/// From a change to its save.
const PAUSE: Duration = Duration::from_millis(1_500);
/// The longest wait between two attempts to reach the server.
const LONGEST_WAIT: u64 = 20_000;
/// How often others are looked for.
const LOOK_AROUND: Duration = Duration::from_secs(12);
/// While a word is being composed, an answer waits so long before it looks again.
const COMPOSING: Duration = Duration::from_millis(120);

/// Where what was written is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// On the server, since then.
    Saved(LocalTime),
    /// In this browser, and soon on the server.
    Kept,
    /// On its way.
    Saving,
    /// In this browser; the server is not reached.
    Offline,
    /// In this browser; nobody is signed in.
    SignedOut,
    /// In this browser; the server does not take it.
    Refused(Refusal),
}

/// A clash as it is put before the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownClash {
    /// The two texts.
    pub clash: Clash,
    /// Who wrote what stands.
    pub by: String,
    /// Where the person's own words are kept until they have chosen.
    pub fragment: Option<i64>,
}

/// What the page shows; the engine writes it.
#[derive(Clone, Copy)]
pub struct Screen {
    /// Where what was written is.
    pub status: RwSignal<Status>,
    /// Whether the journal of this browser takes what is written.
    pub journal: RwSignal<bool>,
    /// The fields as the form holds them.
    pub fields: RwSignal<Fields>,
    /// The place as the form holds it.
    pub placement: RwSignal<Placement>,
    /// How far the article is on its way, and what readers see of it.
    pub progress: RwSignal<Progress>,
    /// Who else has it open.
    pub others: RwSignal<Vec<Presence>>,
    /// What waits for a choice.
    pub clashes: RwSignal<Vec<ShownClash>>,
    /// The files that the article names.
    pub files: RwSignal<Vec<File>>,
    /// The body, read when the form asks for something of it (a summary, its pictures).
    pub body: RwSignal<Document>,
    /// Counts what was put into the form by the engine, so that inputs take it over.
    pub rewritten: RwSignal<u32>,
}

impl Screen {
    /// A screen of an article that was just opened.
    #[must_use]
    pub fn of(opened: &Opened) -> Self {
        Self {
            status: RwSignal::new(Status::Saved(opened.saved.clone())),
            journal: RwSignal::new(true),
            fields: RwSignal::new(opened.manuscript.fields.clone()),
            placement: RwSignal::new(opened.manuscript.placement.clone()),
            progress: RwSignal::new(opened.progress.clone()),
            others: RwSignal::new(opened.others.clone()),
            clashes: RwSignal::new(Vec::new()),
            files: RwSignal::new(opened.files.clone()),
            body: RwSignal::new(opened.manuscript.body.clone()),
            rewritten: RwSignal::new(0),
        }
    }
}

/// The engine of one open article.
pub struct Engine {
    /// What it writes.
    pub screen: Screen,
    /// The script.
    pub bundle: Bundle,
    /// The site's zone.
    pub zone: String,
    session: Session,
    keeper: Keeper,
    ledger: RefCell<Ledger>,
    editor: RefCell<Option<Editor>>,
    /// An input of the form is in the middle of a word.
    composing: Cell<bool>,
    scheduled: Cell<bool>,
    sending: Cell<bool>,
    failures: Cell<u32>,
    /// Text that cannot be a document: it is kept as it is.
    unreadable: RefCell<Option<String>>,
    closed: Cell<bool>,
    /// Why the last save did not get there.
    fault: RefCell<Option<AppError>>,
    /// When the server last had everything.
    saved_at: RefCell<LocalTime>,
}

impl Engine {
    /// Starts.
    #[must_use]
    pub fn start(opened: Opened, tab: String, bundle: Bundle, keeper: Keeper, session: Session) -> Rc<Self> {
        let screen = Screen::of(&opened);
        screen.journal.set(keeper.works());
        let ledger = Ledger::open(opened.id, tab, opened.revision, opened.manuscript);
        let engine = Rc::new(Self {
            screen,
            bundle,
            zone: opened.zone,
            session,
            keeper,
            ledger: RefCell::new(ledger),
            editor: RefCell::new(None),
            composing: Cell::new(false),
            scheduled: Cell::new(false),
            sending: Cell::new(false),
            failures: Cell::new(0),
            unreadable: RefCell::new(None),
            closed: Cell::new(false),
            fault: RefCell::new(None),
            saved_at: RefCell::new(opened.saved),
        });
        engine.look_around();
        engine
    }

    /// The article.
    #[must_use]
    pub fn article(&self) -> ArticleId {
        self.ledger.borrow().article()
    }

    /// The revision that stood when the server was last heard of.
    #[must_use]
    pub fn base(&self) -> RevisionId {
        self.ledger.borrow().base()
    }

    /// Takes the editor of the text over.
    pub fn hold(&self, editor: Editor) {
        self.editor.replace(Some(editor));
    }

    /// Does something with the editor, once there is one.
    pub fn with_editor<T>(&self, work: impl FnOnce(&Editor) -> T) -> Option<T> {
        self.editor.borrow().as_ref().map(work)
    }

    /// An input of the form begins or ends a composition.
    pub fn compose(&self, composing: bool) {
        self.composing.set(composing);
    }

    /// Something is being typed that the editor has not told yet.
    pub fn typing(&self) {
        self.screen.status.try_update(|status| {
            if matches!(status, Status::Saved(_)) {
                *status = Status::Kept;
            }
        });
    }

    /// The text has changed.
    pub fn wrote_text(self: &Rc<Self>, json: &str) {
        match Document::from_json_by(json, |json| wire::read(json.as_bytes())) {
            Ok(body) => {
                self.unreadable.replace(None);
                self.screen.body.try_set(body);
                self.wrote();
            }
            Err(refusal) => {
                self.unreadable.replace(Some(json.to_owned()));
                self.screen.status.try_set(Status::Refused(refusal));
                self.keep();
            }
        }
    }

    /// The form or the text has changed.
    pub fn wrote(self: &Rc<Self>) {
        let Some(now) = self.composed() else { return };
        if self.ledger.borrow_mut().write(now) {
            if !self.sending.get() {
                self.screen.status.try_set(Status::Kept);
            }
            self.keep();
            self.schedule(PAUSE);
        } else if self.ledger.borrow().is_settled() && !self.sending.get() {
            // What was typed was taken back before anybody was told.
            self.screen.status.try_set(Status::Saved(self.saved_at.borrow().clone()));
        }
    }

    /// Saves at once.
    pub fn save(self: &Rc<Self>, kind: SaveKind) {
        self.read_editor();
        let engine = Rc::clone(self);
        spawn_local(async move {
            engine.send(kind).await;
        });
    }

    /// Puts the person's choice in place of what stands.
    pub fn choose(self: &Rc<Self>, clash: &ShownClash, chosen: Option<Manuscript>) {
        if let Some(chosen) = chosen {
            self.show(&chosen);
            self.wrote();
        }
        self.screen.clashes.update(|clashes| clashes.retain(|other| other != clash));
        let done = |other: &ShownClash| other.fragment != clash.fragment;
        if let Some(fragment) =
            clash.fragment.filter(|_| self.screen.clashes.with_untracked(|all| all.iter().all(done)))
        {
            spawn_local(async move {
                // What stays is listed on the page of fragments, where it can be dropped again.
                let _ = api::drop_fragment(fragment).await;
            });
        }
    }

    /// Sends until the server has everything; answers whether it has.
    pub async fn settle(self: &Rc<Self>) -> bool {
        self.read_editor();
        loop {
            while self.sending.get() {
                sleep(COMPOSING).await;
            }
            if self.ledger.borrow().is_settled() {
                return true;
            }
            if self.closed.get() && !self.may_go_on() {
                return false;
            }
            if !self.send(SaveKind::Auto).await {
                return false;
            }
        }
    }

    /// What the tab holds.
    #[must_use]
    pub fn current(&self) -> Manuscript {
        self.ledger.borrow().current().clone()
    }

    /// A page that was left sends as long as its words are wanted and the same person is signed in.
    fn may_go_on(&self) -> bool {
        let me = self.session.me.try_with_untracked(|me| me.as_ref().map(|me| me.id)).flatten();
        unfinished::holds(self.ledger.borrow().tab()) && me == Some(self.keeper.account())
    }

    /// What fields, place and text are now; none once the page is gone.
    fn composed(&self) -> Option<Manuscript> {
        Some(Manuscript {
            fields: self.screen.fields.try_get_untracked()?,
            placement: self.screen.placement.try_get_untracked()?,
            body: self.screen.body.try_get_untracked()?,
        })
    }

    /// The editor reports at intervals; this asks it now.
    fn read_editor(self: &Rc<Self>) {
        if let Some(json) = self.with_editor(Editor::json) {
            self.wrote_text(&json);
        }
    }

    fn is_composing(&self) -> bool {
        self.composing.get() || self.with_editor(Editor::composing).unwrap_or(false)
    }

    /// Writes the journal, or clears it where the server has everything.
    fn keep(&self) {
        let ledger = self.ledger.borrow();
        let unreadable = self.unreadable.borrow();
        if self.closed.get() && !unfinished::holds(ledger.tab()) {
            // The person needs it no more.
            return;
        }
        if ledger.is_settled() && unreadable.is_none() {
            self.keeper.drop(ledger.article(), ledger.tab());
        } else {
            self.keeper.put(&ledger, unreadable.as_deref(), self.screen.journal);
        }
    }

    fn schedule(self: &Rc<Self>, pause: Duration) {
        if self.scheduled.replace(true) {
            return;
        }
        let engine = Rc::clone(self);
        spawn_local(async move {
            sleep(pause).await;
            engine.scheduled.set(false);
            if engine.closed.get() {
                let _ = engine.finish().await;
            } else {
                engine.send(SaveKind::Auto).await;
            }
        });
    }

    /// The network or the session is back.
    pub fn try_again(self: &Rc<Self>) {
        self.failures.set(0);
        let engine = Rc::clone(self);
        spawn_local(async move {
            engine.send(SaveKind::Auto).await;
        });
    }

    /// Puts a text on the screen that does not come from it.
    fn show(self: &Rc<Self>, manuscript: &Manuscript) {
        self.screen.fields.try_set(manuscript.fields.clone());
        self.screen.placement.try_set(manuscript.placement.clone());
        self.screen.body.try_set(manuscript.body.clone());
        self.screen.rewritten.try_update(|count| *count += 1);
        if let Ok(json) = manuscript.body.to_json() {
            self.apply(json);
        }
    }

    fn apply(self: &Rc<Self>, json: String) {
        if self.with_editor(|editor| editor.apply(&json)) != Some(false) {
            return;
        }
        // A word has begun since: it goes on top of what came.
        let engine = Rc::clone(self);
        spawn_local(async move {
            sleep(COMPOSING).await;
            engine.apply(json);
        });
    }

    /// Files that the article names from now on.
    pub fn add_files(&self, files: &[File]) {
        let json = serde_json::to_string(files).unwrap_or_default();
        self.with_editor(|editor| editor.add_files(&json));
        self.screen.files.try_update(|known| {
            let ids: HashSet<_> = known.iter().map(|file| file.id).collect();
            known.extend(files.iter().filter(|file| !ids.contains(&file.id)).cloned());
        });
    }
}

/// Waits. A window that has gone wakes nobody.
async fn sleep(duration: Duration) {
    let elapsed = js_sys::Promise::new(&mut |resolve, _| {
        let wake = move || {
            let _ = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
        };
        let _ = set_timeout(wake, duration);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(elapsed).await;
}
