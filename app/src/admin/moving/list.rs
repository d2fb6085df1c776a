//! `/admin/moving`: all imports, and a new one.

use super::{api, begin::Begin, filters, words};
use crate::admin::{
    session::Session,
    ui::{Answer, Failed, RoomTitle, ask},
    words as admin_words,
};
use content::moving::Import;
use leptos::prelude::*;
use leptos_router::components::A;

/// The room.
#[component]
pub fn MovingRoom() -> impl IntoView {
    let session = expect_context::<Session>();
    let imports: Answer<Vec<Import>> = RwSignal::new(None);
    let load = move || ask(session, imports, api::list_imports());
    load();
    let shown = move || match imports.get() {
        None => view! { <p role="status">{admin_words::LOADING}</p> }.into_any(),
        Some(Err(error)) => view! { <Failed error again=move |()| load()/> }.into_any(),
        Some(Ok(imports)) => view! { <Imports imports/> }.into_any(),
    };
    view! {
        <div class="room">
            <RoomTitle title=words::ROOM/>
            <p class="moving-note">{words::HELP}</p>
            {shown}
        </div>
    }
    .into_any()
}

#[component]
fn Imports(imports: Vec<Import>) -> impl IntoView {
    // Whoever comes for the first time comes to begin.
    let first = imports.is_empty();
    let line = |import: Import| {
        let (at, brought, by) = (import.began.clone(), words::brought(&import), words::person(&import.by));
        view! {
            <li>
                <span class="moving-name">
                    <A href=filters::import(import.id)>{import.name}</A>
                    " "
                    <span class="chip" class:warn=words::is_bad(import.stage)>{words::stage(import.stage)}</span>
                </span>
                <span class="desk-meta">
                    {brought} " · " {by} " "
                    <time datetime=at.rfc3339().to_owned()>{at.to_the_minute()}</time>
                </span>
            </li>
        }
    };
    view! {
        <details class="moving-new" open=first>
            <summary>{words::BEGIN}</summary>
            <Begin/>
        </details>
        <section class="room-part" aria-label=words::IMPORTS hidden=first>
            <h2>{words::IMPORTS}</h2>
            <ul class="lines">{imports.into_iter().map(line).collect_view()}</ul>
        </section>
    }
    .into_any()
}
