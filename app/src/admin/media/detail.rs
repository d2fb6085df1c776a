//! One file: what it looks like, what is said of it, what is known of it, where it is used, and what can be done with it.

use super::{
    api,
    fields::{FieldsForm, bring_back, put_into_bin},
    grid::{extension, person},
    page::{Library, MAKING_TAKES},
    replace::Replace,
    words,
};
use crate::admin::{
    ui::{Answer, Failed, ask, open_while},
    words as admin_words,
};
use content::{
    MediaId,
    media::{Making, MediaDetail, MediaKind, MediaRow, MediaUse},
};
use leptos::{callback::Callable, prelude::*, task::spawn_local};
use std::time::Duration;
use wasm_bindgen_futures::JsFuture;

/// The panel, open while the address names a file.
#[component]
pub fn Detail(library: Library) -> impl IntoView {
    let dialog = open_while(move || library.open.get().is_some());
    Effect::new(move |_| {
        library.open.track();
        library.told.set(String::new());
    });
    let closed = move |_| {
        if library.open.get_untracked().is_some() {
            library.close();
        }
    };
    view! {
        <dialog class="dialog media-detail" node_ref=dialog aria-labelledby="media-title" on:close=closed>
            <header>
                <h2 id="media-title">{words::DETAIL}</h2>
                <p role="status">{move || library.told.get()}</p>
                <button type="button" class="quiet" on:click=move |_| library.close()>
                    {admin_words::CLOSE}
                </button>
            </header>
            {move || library.open.get().map(|id| view! { <One library id/> })}
        </dialog>
    }
    .into_any()
}

#[component]
fn One(library: Library, id: MediaId) -> impl IntoView {
    let detail: Answer<MediaDetail> = RwSignal::new(None);
    let load = move || ask(library.session, detail, api::get_media(id));
    load();
    let reload = Callback::new(move |()| load());
    move || match detail.get() {
        None => view! { <p role="status">{admin_words::LOADING}</p> }.into_any(),
        Some(Err(error)) => view! { <Failed error again=reload/> }.into_any(),
        Some(Ok(detail)) => view! { <Known library detail reload/> }.into_any(),
    }
}

#[component]
fn Known(library: Library, detail: MediaDetail, reload: Callback<()>) -> impl IntoView {
    let MediaDetail { row, uses, may_change } = detail;
    let (id, file) = (row.file.id, row.file.clone());
    let in_bin = row.deleted.is_some();
    let fixed = !may_change || in_bin;
    let said = RwSignal::new(String::new());
    let look = (row.kind != MediaKind::Picture).then(|| view! { <Played row=row.clone()/> });
    let address = file.address();
    let bin = may_change.then(|| {
        let (word, run): (_, Callback<()>) = if in_bin {
            (
                admin_words::RESTORE,
                Callback::new(move |()| {
                    library.close();
                    bring_back(library, id);
                }),
            )
        } else {
            (words::TO_BIN, Callback::new(move |()| put_into_bin(library, id, said)))
        };
        view! {
            <button type="button" on:click=move |_| run.run(())>
                {word}
            </button>
        }
    });
    let counted = row.uses;
    let replace = (!fixed).then(|| view! { <Replace library row=row.clone() uses=uses.clone() reload/> });
    view! {
        {(!may_change).then(|| view! { <p class="room-note">{words::MAY_NOT}</p> })}
        <div class="media-columns">
            <div>
                {look}
                <FieldsForm library file fixed/>
            </div>
            <div>
                <Facts library row reload may_change/>
                <p class="media-acts">
                    <CopyAddress address=address.clone()/>
                    <a class="button quiet" href=address target="_blank" rel="noopener external">
                        {words::OPEN}
                    </a>
                    {bin}
                </p>
                <p class="form-said" role="alert">
                    {move || said.get()}
                </p>
                <section class="room-part">
                    <h3>{words::USES}</h3>
                    <Uses uses counted/>
                </section>
                {replace}
            </div>
        </div>
    }
    .into_any()
}

/// A film or a sound that can be played, or what kind of file it is.
#[component]
fn Played(row: MediaRow) -> impl IntoView {
    let (address, name) = (row.file.address(), row.file.name);
    match row.kind {
        MediaKind::Film => {
            view! { <video class="media-played" src=address controls preload="metadata" aria-label=name></video> }
                .into_any()
        }
        MediaKind::Sound => {
            view! { <audio class="media-played" src=address controls preload="metadata" aria-label=name></audio> }
                .into_any()
        }
        _ => view! { <p class="media-sign">{extension(&row.file.key)}</p> }.into_any(),
    }
}

/// What is known of the file; how far its widths are is followed while they are made.
#[component]
fn Facts(library: Library, row: MediaRow, reload: Callback<()>, may_change: bool) -> impl IntoView {
    let making = RwSignal::new(row.making.clone());
    let id = row.file.id;
    follow(id, making);
    let retry = move |_| {
        spawn_local(async move {
            match api::retry_media(id).await {
                Ok(()) => {
                    reload.try_run(());
                    library.load(Duration::ZERO);
                }
                Err(error) => library.fail(&error),
            }
        });
    };
    let widths = row.file.widths.iter().map(u32::to_string).collect::<Vec<_>>().join("、");
    let is_picture = row.kind == MediaKind::Picture;
    let sizes = move || match making.get() {
        Making::Waiting => view! { <span role="status">{words::MAKING}</span> }.into_any(),
        Making::Done => view! { <span>{widths.clone()}</span> }.into_any(),
        Making::Failed(reason) => view! {
            <span class="field-fault">{words::not_made(&reason)}</span>
            {may_change
                .then(|| {
                    view! {
                        " "
                        <button type="button" on:click=retry>
                            {admin_words::AGAIN}
                        </button>
                    }
                })}
        }
        .into_any(),
    };
    let fact = |word: &'static str, value: AnyView| {
        view! {
            <dt>{word}</dt>
            <dd>{value}</dd>
        }
        .into_any()
    };
    let MediaRow { file, kind, by, added, deleted, .. } = row;
    let pixels = format!("{} × {}", file.width, file.height);
    let kind = format!("{}（{}）", words::kind(kind), extension(&file.key));
    view! {
        <dl class="facts">
            {fact(words::KIND, kind.into_any())}
            {fact(words::SIZE, words::bytes(file.bytes).into_any())}
            {is_picture.then(|| fact(words::PIXELS, pixels.into_any()))}
            {is_picture.then(|| fact(words::SIZES, sizes.into_any()))}
            {fact(words::WHO, format!("{} {}", person(&by), added.to_the_minute()).into_any())}
            {deleted.map(|at| fact(words::BINNED, at.to_the_minute().into_any()))}
        </dl>
    }
    .into_any()
}

/// Asks again until the widths are there, or could not be made.
fn follow(id: MediaId, making: RwSignal<Making>) {
    if making.try_get_untracked() != Some(Making::Waiting) {
        return;
    }
    let look = move || {
        spawn_local(async move {
            if !making.is_disposed()
                && let Ok(detail) = api::get_media(id).await
            {
                making.try_set(detail.row.making);
            }
            follow(id, making);
        });
    };
    let _ = set_timeout(look, MAKING_TAKES);
}

/// The articles that use it.
#[component]
pub fn Uses(uses: Vec<MediaUse>, counted: u32) -> impl IntoView {
    if uses.is_empty() {
        return view! { <p>{words::NO_USES}</p> }.into_any();
    }
    let more = (uses.len() >= 100).then(|| view! { <p>{words::more_uses(counted)}</p> });
    let line = |MediaUse { article, title, state, public, role }: MediaUse| {
        let title = if title.trim().is_empty() { admin_words::UNTITLED.to_owned() } else { title };
        let mark = if public { words::PUBLIC } else { admin_words::state(state) };
        view! {
            <li>
                <a href=format!("/admin/articles/{article}")>{title}</a>
                <span>
                    <span class="chip">{words::role(role)}</span>
                    " "
                    <span class="chip" class:public=public>
                        {mark}
                    </span>
                </span>
            </li>
        }
    };
    view! {
        <ul class="lines media-uses">{uses.into_iter().map(line).collect_view()}</ul>
        {more}
    }
    .into_any()
}

/// Copies the whole address of a file.
#[component]
fn CopyAddress(address: String) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let whole = [window().location().origin().unwrap_or_default().as_str(), &address].concat();
        let written = window().navigator().clipboard().write_text(&whole);
        spawn_local(async move {
            copied.try_set(JsFuture::from(written).await.is_ok());
        });
    };
    view! {
        <button type="button" on:click=copy>
            {move || if copied.get() { admin_words::COPIED } else { words::COPY }}
        </button>
    }
    .into_any()
}
