//! `/admin/moving/:import/:page`: the page as it was, beside the article that is made of it.

use super::{
    api::{self, Looked},
    fields::{FieldsForm, Written},
    filters::{self, Shown},
    rule::RuleForm,
    words,
};
use crate::admin::{
    session::Session,
    shell::Place,
    ui::{Answer, Failed, RoomTitle, ask},
    words as admin_words,
};
use content::{
    ImportId,
    moving::{FoundList, FoundPage, Import, Which},
};
use leptos::prelude::*;
use leptos_router::components::A;

/// The page that the address names.
#[component]
pub fn FoundRoom() -> impl IntoView {
    match expect_context() {
        Place::Found(import, page) => view! { <Asked import page/> }.into_any(),
        _ => ().into_any(),
    }
}

#[component]
fn Asked(import: ImportId, page: i64) -> impl IntoView {
    let session = expect_context::<Session>();
    let answer: Answer<(Import, Looked)> = RwSignal::new(None);
    let load = move || {
        ask(session, answer, async move { Ok((api::get_import(import).await?, api::get_found(import, page).await?)) });
    };
    load();
    let shown = move || match answer.get() {
        None => view! { <p role="status">{admin_words::LOADING}</p> }.into_any(),
        Some(Err(error)) => view! { <Failed error again=move |()| load()/> }.into_any(),
        Some(Ok((import, looked))) => view! { <Both import looked/> }.into_any(),
    };
    view! {
        <div class="room moving-one">
            <p class="moving-back">
                <A href=filters::import(import)>{words::BACK_TO_IMPORT}</A>
            </p>
            {shown}
        </div>
    }
    .into_any()
}

#[component]
fn Both(import: Import, looked: Looked) -> impl IntoView {
    let Looked { page, html } = looked;
    let FoundPage { row, fields, notes, pictures, files, .. } = page;
    let (id, open) = (import.id, import.stage.is_open());
    let written = Written::new(&fields, row.chosen);
    let old = [&filters::page(id, row.id), "/old"].concat();
    let closed = (!open).then(|| {
        let to = row.became.map(|article| format!("/admin/articles/{article}"));
        view! {
            <p class="room-note">
                {words::CLOSED} " " {to.map(|to| view! { <A href=to>{words::OPEN_ARTICLE}</A> })}
            </p>
        }
    });
    let rule_fields = fields.clone();
    let file = row.file.clone();
    view! {
        <div class="moving-head">
            <RoomTitle title=words::LOOK/>
            <span class="chip" class:warn=words::is_doubtful(&row)>
                {words::sure(row.confidence, row.corrected)}
            </span>
            <Next id after=(row.confidence, row.id)/>
        </div>
        <p class="moving-note moving-file">{file}</p>
        {closed}
        <div class="moving-both">
            <section aria-labelledby="moving-old">
                <h2 id="moving-old">{words::OLD}</h2>
                <iframe class="moving-old" src=old title=words::OLD sandbox=""></iframe>
                <p class="moving-note">{words::OLD_HELP}</p>
            </section>
            <section aria-labelledby="moving-new">
                <h2 id="moving-new">{words::NEW}</h2>
                <Made written html/>
                <Beside name=words::PICTURES_OF list=pictures/>
                <Beside name=words::FILES_OF list=files/>
                <Beside name=words::NOTES list=notes.iter().map(|note| words::reason(note)).collect()/>
            </section>
        </div>
        <section class="room-part" aria-labelledby="moving-fields">
            <h2 id="moving-fields">{words::FIELDS}</h2>
            <FieldsForm id page=row.id fields written open/>
            {open.then(|| view! { <RuleForm id fields=rule_fields/> })}
        </section>
    }
    .into_any()
}

/// The article as readers would see it, with what stands in the form.
#[component]
fn Made(written: Written, html: String) -> impl IntoView {
    let line = move |name: &'static str, class: &'static str| {
        move || {
            let text = written.of(name);
            (!text.is_empty()).then(|| view! { <p class=class>{text}</p> })
        }
    };
    let title = move || {
        let title = written.of("title");
        if title.is_empty() { admin_words::UNTITLED.to_owned() } else { title }
    };
    let meta = move || {
        let labelled = ["source", "author", "editor"].map(|name| (words::field(name), written.of(name)));
        let said = labelled.into_iter().filter(|(_, text)| !text.is_empty());
        said.map(|(name, text)| view! { <span>{[name, "：", &text].concat()}</span> }).collect_view()
    };
    let empty = html.is_empty().then(|| view! { <p class="moving-note">{words::NO_BODY}</p> });
    view! {
        <div class="moving-made" tabindex="0" role="group" aria-label=words::NEW>
            <article class="article">
                <h3 class="moving-title">{title}</h3>
                {line("subtitle", "article-subtitle")}
                {line("byline", "article-byline")}
                <div class="article-meta">
                    <span>{move || written.of("publish_time")}</span>
                    {meta}
                </div>
                {empty}
                <div class="article-body" inner_html=html></div>
            </article>
        </div>
    }
    .into_any()
}

/// What belongs to the page and is not seen in the text; nothing where there is none.
#[component]
fn Beside(name: &'static str, list: Vec<String>) -> impl IntoView {
    (!list.is_empty()).then(|| {
        view! {
            <details class="moving-beside">
                <summary>{words::counted(name, list.len())}</summary>
                <ul>{list.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            </details>
        }
    })
}

/// The way to the next page that nobody has looked through yet.
#[component]
fn Next(id: ImportId, after: (u8, i64)) -> impl IntoView {
    let list: Answer<FoundList> = RwSignal::new(None);
    ask(expect_context::<Session>(), list, api::list_found(id, Which::Doubtful, String::new(), Some(after)));
    move || {
        let next = list.with(|list| list.as_ref()?.as_ref().ok()?.rows.first().map(|row| row.id));
        next.map_or_else(
            || {
                let to = Shown { which: Which::Doubtful, ..Shown::default() }.write(id);
                let done = list.with(|list| matches!(list, Some(Ok(_))));
                done.then(|| view! { <A href=to>{words::NO_NEXT}</A> }.into_any())
            },
            |page| Some(view! { <A href=filters::page(id, page)>{words::NEXT}</A> }.into_any()),
        )
    }
}
