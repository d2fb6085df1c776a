//! The dashboard: what waits for me.

use super::{api, list::title_of};
use crate::admin::{
    session::Session,
    ui::{Answer, Failed, RoomTitle, ask},
    words,
};
use content::desk::{Desk, DeskRow};
use leptos::prelude::*;
use leptos_router::components::A;

/// `/admin`
#[component]
pub fn DeskPage() -> impl IntoView {
    let session = expect_context::<Session>();
    let desk: Answer<Desk> = RwSignal::new(None);
    let load = move || ask(session, desk, api::get_desk());
    load();
    let shown = move || match desk.get() {
        None => view! { <p role="status">{words::LOADING}</p> }.into_any(),
        Some(Err(error)) => view! { <Failed error again=move |()| load()/> }.into_any(),
        Some(Ok(desk)) => view! { <Waiting desk/> }.into_any(),
    };
    view! {
        <div class="room">
            <RoomTitle title=words::ROOM_DESK/>
            {shown}
        </div>
    }
    .into_any()
}

#[component]
fn Waiting(desk: Desk) -> impl IntoView {
    let Desk { drafts, review, publish, waiting, scheduled, fragments } = desk;
    let rows = [&drafts, &review, &publish, &waiting, &scheduled];
    let nothing = fragments == 0 && rows.iter().all(|rows| rows.is_empty());
    view! {
        {(fragments > 0)
            .then(|| {
                view! {
                    <p class="room-note">
                        <A href="/admin/fragments">{words::fragments_wait(fragments)}</A>
                    </p>
                }
            })}
        {nothing
            .then(|| {
                view! {
                    <div class="room-empty">
                        <p>{words::NOTHING_WAITS}</p>
                        <p>{words::NOTHING_WAITS_HELP}</p>
                    </div>
                }
            })}
        <div class="desk-parts">
            {part(words::TO_REVIEW, review)} {part(words::TO_PUBLISH, publish)} {part(words::SCHEDULED_NEXT, scheduled)}
            {part(words::MY_DRAFTS, drafts)} {part(words::MY_WAITING, waiting)}
        </div>
    }
    .into_any()
}

fn part(heading: &'static str, rows: Vec<DeskRow>) -> Option<impl IntoView> {
    let line = |row: DeskRow| {
        let title = title_of(&row);
        let DeskRow { id, section, updated, scheduled, .. } = row;
        // What will become public has a time that matters more than that of its last change.
        let time = scheduled.unwrap_or(updated);
        view! {
            <li>
                <A href=format!("/admin/articles/{id}")>{title}</A>
                <span class="desk-meta">{section.name} " " <time datetime=time.rfc3339().to_owned()>{time.to_the_minute()}</time></span>
            </li>
        }
    };
    (!rows.is_empty()).then(|| {
        view! {
            <section class="room-part">
                <h2>{heading}</h2>
                <ul class="lines">{rows.into_iter().map(line).collect_view()}</ul>
            </section>
        }
    })
}
