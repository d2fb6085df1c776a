//! Replacing a file in place: the new one is uploaded, both are looked at side by side, and then it takes the other's place
//! wherever that is used.

use super::{
    api,
    detail::Uses,
    grid::face,
    page::Library,
    progress::UploadList,
    uploads::{Uploads, files_of},
    words,
};
use content::media::{File, MediaKind, MediaRow, MediaUse};
use leptos::{callback::Callable, ev, prelude::*, task::spawn_local};
use std::time::Duration;

/// The part of the panel.
#[component]
pub fn Replace(library: Library, row: MediaRow, uses: Vec<MediaUse>, reload: Callback<()>) -> impl IntoView {
    let id = row.file.id;
    let fresh = RwSignal::new(None::<File>);
    let said = RwSignal::new("");
    let come = move |file: File| {
        library.load(Duration::ZERO);
        if file.id == id {
            said.try_set(words::SAME_FILE);
        } else {
            said.try_set("");
            fresh.try_set(Some(file));
        }
    };
    let uploads = Uploads::begin(library.session, Some(Callback::new(come)));
    let choose = move |event: ev::Event| {
        fresh.set(None);
        said.set("");
        uploads.add(files_of(&event));
    };
    let accept = (row.kind == MediaKind::Picture).then_some("image/*");
    let both = move || {
        fresh.get().map(|file| {
            let new = MediaRow { file, uses: 0, ..row.clone() };
            view! { <Both library old=row.clone() new uses=uses.clone() fresh reload/> }
        })
    };
    view! {
        <section class="room-part">
            <h3>{words::REPLACE}</h3>
            <p>{words::REPLACE_HELP}</p>
            <label class="button">
                {words::CHOOSE_NEW}
                <input type="file" accept=accept class="visually-hidden" on:change=choose/>
            </label>
            <UploadList uploads/>
            <p class="form-said" role="status">
                {move || said.get()}
            </p>
            {both}
        </section>
    }
    .into_any()
}

#[component]
fn Both(
    library: Library,
    old: MediaRow,
    new: MediaRow,
    uses: Vec<MediaUse>,
    fresh: RwSignal<Option<File>>,
    reload: Callback<()>,
) -> impl IntoView {
    let (id, by, counted) = (old.file.id, new.file.id, old.uses);
    let replace = move |_| {
        spawn_local(async move {
            match api::replace_media(id, by).await {
                Ok(()) => {
                    library.say(words::REPLACED.to_owned());
                    library.load(Duration::ZERO);
                    reload.try_run(());
                }
                Err(error) => library.fail(&error),
            }
        });
    };
    let leave = move |_| {
        fresh.set(None);
        library.say(words::KEPT_BOTH.to_owned());
    };
    let side = |word: &'static str, row: &MediaRow| {
        let size = words::bytes(row.file.bytes);
        view! {
            <figure class="tile">
                {face(row)}
                <figcaption>{[word, "，", &size].concat()}</figcaption>
            </figure>
        }
        .into_any()
    };
    view! {
        <div class="tiles media-both">{side(words::OLD_ONE, &old)} {side(words::NEW_ONE, &new)}</div>
        <Uses uses counted/>
        <p class="media-acts">
            <button type="button" class="primary" on:click=replace>
                {words::REPLACE_NOW}
            </button>
            <button type="button" class="quiet" on:click=leave>
                {words::REPLACE_NOT}
            </button>
        </p>
    }
    .into_any()
}
