//! How uploads are shown: a line a file with how far it is, and what can be done about it.

use super::{
    filters,
    uploads::{Line, Stage, Uploads},
    words,
};
use crate::admin::{words as admin_words, writing::bridge::Sending};
use leptos::{prelude::*, task::spawn_local};

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
