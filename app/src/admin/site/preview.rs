//! What a form would make of the front page, before it is saved: the components that readers see, fed by the function that
//! feeds readers, in a frame of its own, so that the width of a telephone is one.

use super::{api, words};
use crate::{
    admin::{session::Session, ui::Failed, words as admin_words},
    error::AppError,
    routes::Address,
    site::front::FrontParts,
    ui::{footer::Footer, masthead::Masthead},
};
use content::{reading::SitePreview, site::SiteDraft};
use leptos::{html, prelude::*, task::spawn_local};

/// The button, and the dialog that it opens. `draft` is `None` where the form has faults that nothing can be made of.
#[component]
pub fn Preview(
    /// What is not saved yet.
    #[prop(into)]
    draft: Callback<(), Option<SiteDraft>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let dialog = NodeRef::<html::Dialog>::new();
    let shown = RwSignal::new(None::<Result<SitePreview, AppError>>);
    let (open, fault, narrow) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let load = move || {
        let Some(draft) = draft.run(()) else {
            fault.set(true);
            return;
        };
        fault.set(false);
        shown.set(None);
        open.set(true);
        if let Some(dialog) = dialog.get_untracked()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
        spawn_local(async move {
            let answer = api::preview_site(draft).await;
            if let Err(error) = &answer {
                session.guard(error);
            }
            shown.try_set(Some(answer));
        });
    };
    let closed = move |_| {
        open.set(false);
        shown.set(None);
    };
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let width = move |name: &'static str, value: bool| {
        let pressed = move || (narrow.get() == value).to_string();
        view! {
            <button type="button" aria-pressed=pressed on:click=move |_| narrow.set(value)>
                {name}
            </button>
        }
    };
    let page = move || match shown.get() {
        None if !open.get() => ().into_any(),
        None => view! { <p role="status">{words::PREVIEW_LOADING}</p> }.into_any(),
        Some(Err(error)) => view! { <Failed error again=move |()| load()/> }.into_any(),
        Some(Ok(preview)) => view! { <Page preview narrow/> }.into_any(),
    };
    view! {
        <button type="button" on:click=move |_| load()>
            {words::PREVIEW}
        </button>
        <span class="field-fault" role="alert">
            {move || fault.get().then_some(words::PREVIEW_FAULT)}
        </span>
        <dialog class="dialog preview" node_ref=dialog aria-labelledby="preview-title" on:close=closed>
            <header class="preview-bar">
                <h2 id="preview-title">{words::PREVIEW_TITLE}</h2>
                <div role="group" aria-label=words::PREVIEW_WIDTH>
                    {width(words::DESKTOP, false)} {width(words::PHONE, true)}
                </div>
                <button type="button" on:click=close>
                    {admin_words::CLOSE}
                </button>
            </header>
            {page}
        </dialog>
    }
    .into_any()
}

/// The page is made in a part of the document that nobody sees, and its markup is put into a document of its own.
#[component]
fn Page(preview: SitePreview, narrow: RwSignal<bool>) -> impl IntoView {
    let SitePreview { frame, front } = preview;
    let source = NodeRef::<html::Div>::new();
    let inner = NodeRef::<html::Iframe>::new();
    let (title, identity) = (frame.identity.name.clone(), frame.identity.clone());
    Effect::new(move |_| {
        if let (Some(source), Some(inner)) = (source.get(), inner.get()) {
            inner.set_srcdoc(&document_of(&title, &source.inner_html()));
        }
    });
    let shown = Signal::stored(Some(Address::Front));
    let name = frame.identity.name.clone();
    // Without erasing them the types of the page become deeper than the compiler follows.
    let masthead = view! { <Masthead frame shown standing=None/> }.into_any();
    let parts = view! { <FrontParts front/> }.into_any();
    let footer = view! { <Footer identity/> }.into_any();
    view! {
        <div hidden node_ref=source>
            {masthead}
            <main class="front">
                <h1 class="visually-hidden">{name}</h1>
                {parts}
            </main>
            {footer}
        </div>
        <iframe
            class="preview-page"
            class:preview-narrow=move || narrow.get()
            title=words::PREVIEW_PAGE
            sandbox="allow-same-origin"
            node_ref=inner
        ></iframe>
    }
    .into_any()
}

/// A document with the style sheet of readers. It runs no scripts and its links lead nowhere: `inert` takes them out.
fn document_of(title: &str, body: &str) -> String {
    let mut name = String::new();
    content::document::html::escape(title, &mut name);
    let sheet = document().query_selector("link[rel=stylesheet]:not([id])").ok().flatten();
    let sheet = sheet.and_then(|link| link.get_attribute("href")).unwrap_or_default();
    [
        "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>",
        &name,
        "</title><meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
         <link rel=\"stylesheet\" href=\"",
        &sheet,
        "\"></head><body><div inert class=\"preview-inert\">",
        body,
        "</div></body></html>",
    ]
    .concat()
}
