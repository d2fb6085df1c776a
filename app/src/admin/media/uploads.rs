//! Files on their way, and how that is shown: a line a file with how far it is, and what can be done about it.

use super::{filters, words};
use crate::{
    admin::{
        session::Session,
        words as admin_words,
        writing::bridge::{self, Sending},
    },
    error::AppError,
};
use content::media::File;
use leptos::{callback::Callable, ev, prelude::*, task::spawn_local};
use serde::Deserialize;
use wasm_bindgen::{JsCast, prelude::Closure};

/// How far an upload is; the script's words for it.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Stage {
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
struct Progress {
    stage: Stage,
    sent: u64,
    /// Why it failed.
    said: String,
    file: Option<File>,
}

/// One file. What belongs to the script lives as long as the document: a file is sent a few times a day.
#[derive(Clone, Copy)]
struct Line {
    n: u32,
    file: StoredValue<web_sys::File, LocalStorage>,
    sending: StoredValue<Option<Sending>, LocalStorage>,
    progress: RwSignal<Progress>,
}

impl Line {
    fn size(self) -> u64 {
        self.file.with_value(|file| file.size()) as u64
    }

    fn ask(self, ask: impl FnOnce(&Sending)) {
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
    lines: RwSignal<Vec<Line>>,
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

    /// Whether something is on its way.
    #[must_use]
    pub fn busy(self) -> bool {
        let busy = |line: &Line| {
            !matches!(line.progress.with(|progress| progress.stage), Stage::Done | Stage::Failed | Stage::Unreadable)
        };
        self.lines.with(|lines| lines.iter().any(busy))
    }

    async fn start(self, line: Line) {
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
        let Ok(Report { state, sent, file, error }) = serde_json::from_str(json) else {
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

    fn drop_line(self, n: u32) {
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

/// The lines of all uploads; nothing where there are none.
#[component]
pub fn UploadList(
    /// Which ones.
    uploads: Uploads,
    /// Whether there is a way to what has come. Not where it would lead away from what somebody is writing.
    #[prop(optional)]
    look: bool,
) -> impl IntoView {
    let lines = uploads.lines;
    let done = move || {
        let is_done = |line: &&Line| line.progress.with(|progress| progress.stage == Stage::Done);
        lines.with(|lines| lines.iter().filter(is_done).count())
    };
    let tidy = move |_| {
        lines.update(|lines| {
            lines.retain(|line| line.progress.with_untracked(|progress| progress.stage != Stage::Done));
        });
    };
    let head = move || {
        let (done, all) = (done(), lines.with(Vec::len));
        view! {
            <span role="status">{words::progress(done, all)}</span>
            {(done > 0).then(|| view! { <button type="button" class="quiet" on:click=tidy>{words::TIDY}</button> })}
        }
    };
    view! {
        <section class="uploads" aria-label=words::UPLOADS hidden=move || lines.with(Vec::is_empty)>
            <p class="uploads-head">{head}</p>
            <ul>
                <For each=move || lines.get() key=|line| line.n children=move |line| view! { <Shown uploads line look/> }.into_any()/>
            </ul>
        </section>
    }
    .into_any()
}

#[component]
fn Shown(uploads: Uploads, line: Line, look: bool) -> impl IntoView {
    let (name, size) = (line.file.with_value(web_sys::File::name), line.size());
    let stage = Memo::new(move |_| line.progress.with(|progress| progress.stage));
    let sent = move || line.progress.with(|progress| progress.sent.min(size));
    let said = move || match stage.get() {
        Stage::Waiting => words::WAITING.to_owned(),
        Stage::Sending if sent() == size => words::FINISHING.to_owned(),
        Stage::Sending => words::sent(sent(), size),
        Stage::Broken => words::BROKEN.to_owned(),
        Stage::Offline => words::OFFLINE.to_owned(),
        Stage::Paused => [words::PAUSED, "，", &words::sent(sent(), size)].concat(),
        Stage::Done => words::DONE.to_owned(),
        Stage::Failed | Stage::Unreadable => String::new(),
    };
    let fault = move || line.progress.with(|progress| progress.said.clone());
    let again = move || {
        if line.sending.with_value(Option::is_some) {
            line.ask(Sending::resume);
        } else {
            spawn_local(uploads.start(line));
        }
    };
    let cancel = move |_| {
        line.ask(Sending::cancel);
        uploads.drop_line(line.n);
    };
    let label = name.clone();
    let buttons = move || {
        let button = |word: &'static str, run: Callback<()>| {
            let label = [word, "：", &label].concat();
            view! {
                <button type="button" class="quiet" aria-label=label on:click=move |_| run.run(())>
                    {word}
                </button>
            }
        };
        let main = match stage.get() {
            Stage::Waiting | Stage::Sending | Stage::Broken | Stage::Offline => {
                Some(button(words::PAUSE, Callback::new(move |()| line.ask(Sending::pause))))
            }
            Stage::Paused => Some(button(words::GO_ON, Callback::new(move |()| again()))),
            Stage::Failed => Some(button(admin_words::AGAIN, Callback::new(move |()| again()))),
            Stage::Unreadable | Stage::Done => None,
        };
        let file = line.progress.with(|progress| progress.file.clone()).filter(|_| look);
        let look = file.map(|file| {
            let address = filters::write(&Default::default(), None, Some(file.id));
            view! { <a href=address>{words::LOOK}</a> }
        });
        (main, look)
    };
    let over = move || stage.get() == Stage::Done;
    let cancel_label = [words::CANCEL, "：", &name].concat();
    view! {
        <li class="upload" class:upload-done=over>
            <span class="upload-name">{name.clone()}</span>
            <progress max=size.max(1).to_string() prop:value=move || sent() as f64 aria-label=name></progress>
            <span class="upload-said">{said}</span>
            <span class="upload-acts">
                {buttons}
                <button type="button" class="quiet" aria-label=cancel_label hidden=over on:click=cancel>
                    {words::CANCEL}
                </button>
            </span>
            <span class="upload-fault" role="alert">{fault}</span>
        </li>
    }
    .into_any()
}
