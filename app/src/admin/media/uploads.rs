//! Files on their way, as the script tells of them.

use super::words;
use crate::{
    admin::{
        session::Session,
        words as admin_words,
        writing::bridge::{self, Sending},
    },
    error::AppError,
    wire,
};
use content::media::File;
use leptos::{callback::Callable, ev, prelude::*, task::spawn_local};
use serde::Deserialize;
use wasm_bindgen::{JsCast, prelude::Closure};

/// How far an upload is; the script's words for it.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Stage {
    Waiting,
    Sending,
    Broken,
    Offline,
    Paused,
    Failed,
    Unreadable,
    Done,
}

/// What the script tells of an upload.
#[derive(Deserialize)]
struct Report {
    state: Stage,
    sent: u64,
    #[serde(default)]
    file: Option<File>,
    #[serde(default)]
    error: Option<AppError>,
}

#[derive(Clone, PartialEq)]
pub(super) struct Progress {
    pub(super) stage: Stage,
    pub(super) sent: u64,
    /// Why it failed.
    pub(super) said: String,
    pub(super) file: Option<File>,
}

/// One file. What belongs to the script lives as long as the document: a file is sent a few times a day.
#[derive(Clone, Copy)]
pub(super) struct Line {
    pub(super) n: u32,
    pub(super) file: StoredValue<web_sys::File, LocalStorage>,
    pub(super) sending: StoredValue<Option<Sending>, LocalStorage>,
    pub(super) progress: RwSignal<Progress>,
}

impl Line {
    pub(super) fn size(self) -> u64 {
        self.file.with_value(|file| file.size()) as u64
    }

    pub(super) fn ask(self, ask: impl FnOnce(&Sending)) {
        self.sending.with_value(|sending| sending.as_ref().map(ask));
    }

    fn fail(self, stage: Stage, said: String) {
        self.progress.try_update(|progress| {
            progress.stage = stage;
            progress.said = said;
        });
    }
}

/// The uploads of one place: of the library, of a picker, of a form.
#[derive(Clone, Copy)]
pub struct Uploads {
    session: Session,
    pub(super) lines: RwSignal<Vec<Line>>,
    begun: StoredValue<u32>,
    /// What is done with a file that has come.
    taken: StoredValue<Option<Callback<File>>>,
}

impl Uploads {
    /// None yet.
    #[must_use]
    pub fn begin(session: Session, taken: Option<Callback<File>>) -> Self {
        let uploads = Self {
            session,
            lines: RwSignal::new(Vec::new()),
            begun: StoredValue::new(0),
            taken: StoredValue::new(taken),
        };
        // What stopped because the session had ended goes on.
        Effect::new(move |before: Option<u32>| {
            let renewed = session.renewed.get();
            if before.is_some_and(|before| before != renewed) {
                let failed = |line: &Line| line.progress.with_untracked(|progress| progress.stage == Stage::Failed);
                uploads.lines.get_untracked().into_iter().filter(failed).for_each(|line| line.ask(Sending::resume));
            }
            renewed
        });
        uploads
    }

    /// Does something else with what comes from now on.
    pub fn give_to(self, taken: Option<Callback<File>>) {
        self.taken.set_value(taken);
    }

    /// Sends files.
    pub fn add(self, files: Vec<web_sys::File>) {
        let fresh: Vec<Line> = files
            .into_iter()
            .map(|file| {
                self.begun.update_value(|n| *n += 1);
                let progress = Progress { stage: Stage::Waiting, sent: 0, said: String::new(), file: None };
                Line {
                    n: self.begun.get_value(),
                    file: StoredValue::new_local(file),
                    sending: StoredValue::new_local(None),
                    progress: RwSignal::new(progress),
                }
            })
            .collect();
        self.lines.update(|lines| lines.extend(&fresh));
        spawn_local(async move {
            for line in fresh {
                self.start(line).await;
            }
        });
    }

    /// Whether there is anything to be shown.
    #[must_use]
    pub fn has_some(self) -> bool {
        self.lines.with(|lines| !lines.is_empty())
    }

    /// Whether something is on its way.
    #[must_use]
    pub fn busy(self) -> bool {
        let busy = |line: &Line| {
            !matches!(line.progress.with(|progress| progress.stage), Stage::Done | Stage::Failed | Stage::Unreadable)
        };
        self.lines.with(|lines| lines.iter().any(busy))
    }

    pub(super) async fn start(self, line: Line) {
        let Some(bundle) = bridge::bundle().await else {
            line.fail(Stage::Failed, words::NO_SCRIPT.to_owned());
            return;
        };
        let report = Closure::<dyn Fn(String)>::new(move |json: String| self.hear(line, &json)).into_js_value();
        let Some(file) = line.file.try_get_value() else { return };
        let sending = bundle.send_file(&file, report.unchecked_ref());
        line.sending.try_set_value(Some(sending));
    }

    fn hear(self, line: Line, json: &str) {
        let Ok(Report { state, sent, file, error }) = wire::read(json.as_bytes()) else {
            line.fail(Stage::Failed, words::NO_ANSWER.to_owned());
            return;
        };
        if let Some(error) = &error {
            self.session.guard(error);
        }
        let said = match (state, error) {
            (Stage::Unreadable, _) => words::UNREADABLE.to_owned(),
            (Stage::Failed, Some(error)) => admin_words::error(&error),
            (Stage::Failed, None) => words::NO_ANSWER.to_owned(),
            _ => String::new(),
        };
        let came = file.clone();
        let gone = line.progress.try_set(Progress { stage: state, sent, said, file });
        if let (None, Some(file)) = (gone, came)
            && let Some(Some(taken)) = self.taken.try_get_value()
        {
            taken.try_run(file);
        }
    }

    pub(super) fn drop_line(self, n: u32) {
        self.lines.update(|lines| lines.retain(|line| line.n != n));
    }
}

/// What somebody has chosen in an input, which is ready for the same choice again.
#[must_use]
pub fn files_of(event: &ev::Event) -> Vec<web_sys::File> {
    let input = event_target::<web_sys::HtmlInputElement>(event);
    let chosen = listed(input.files());
    input.set_value("");
    chosen
}

/// The files of a list.
#[must_use]
pub fn listed(files: Option<web_sys::FileList>) -> Vec<web_sys::File> {
    files.map(|files| (0..files.length()).filter_map(|n| files.get(n)).collect()).unwrap_or_default()
}

/// Uploads that were cut off by closing the page: how many the browser still knows of.
#[must_use]
pub fn left_over() -> u32 {
    // As `frontend/editor/src/uploads/memory.ts` writes them.
    const PREFIX: &str = "fuxian-upload-";
    let Some(storage) = window().local_storage().ok().flatten() else { return 0 };
    let count = storage.length().unwrap_or_default();
    let ours = |at: &u32| storage.key(*at).ok().flatten().is_some_and(|key| key.starts_with(PREFIX));
    u32::try_from((0..count).filter(ours).count()).unwrap_or_default()
}
