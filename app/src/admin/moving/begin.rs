//! A new import: the archive goes up, then its pages are read.

use super::{
    api, filters,
    options::{Held, OptionsFields},
    words,
};
use crate::admin::{
    media::{UploadList, Uploads, files_of},
    session::Session,
    words as admin_words,
};
use content::{media::File, moving::Options};
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

/// The form.
#[component]
pub fn Begin() -> impl IntoView {
    let session = expect_context::<Session>();
    let navigate = use_navigate();
    let archive = RwSignal::new(None::<File>);
    let uploads = Uploads::begin(
        session,
        Some(Callback::new(move |file| {
            archive.try_set(Some(file));
        })),
    );
    let held = Held::new(&Options::default());
    let (busy, said) = (RwSignal::new(false), RwSignal::new(String::new()));
    let choose = move |event: ev::Event| {
        said.set(String::new());
        // One archive is one import: what is chosen last is meant.
        uploads.add(files_of(&event).into_iter().take(1).collect());
    };
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let Some(File { id, .. }) = archive.get_untracked().filter(|_| !untrack(|| uploads.busy())) else {
            let waits = untrack(|| uploads.busy());
            said.set(if waits { words::STILL_UPLOADING } else { words::NO_ARCHIVE }.to_owned());
            return;
        };
        busy.set(true);
        let (options, navigate) = (untrack(|| held.options()), navigate.clone());
        spawn_local(async move {
            match api::read_site(id, options).await {
                Ok(import) => navigate(&filters::import(import), Default::default()),
                Err(error) => {
                    session.guard(&error);
                    said.try_set(admin_words::error(&error));
                }
            }
            busy.try_set(false);
        });
    };
    let chosen = move || archive.with(|archive| archive.as_ref().map(|file| words::chosen_archive(&file.name)));
    view! {
        <form class="form moving-begin" on:submit=send>
            <p>{words::BEGIN_HELP}</p>
            <div class="field">
                <label class="button">
                    {words::CHOOSE_ARCHIVE}
                    <input type="file" accept=".zip,application/zip" class="visually-hidden" on:change=choose/>
                </label>
                <p class="field-hint" role="status">
                    {chosen}
                </p>
            </div>
            <UploadList uploads/>
            <OptionsFields held/>
            <p class="form-said" role="alert">
                {move || said.get()}
            </p>
            <button type="submit" disabled=move || busy.get()>
                {words::READ}
            </button>
        </form>
    }
    .into_any()
}
