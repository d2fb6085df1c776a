//! A section is removed: where its articles go is asked, nothing of them is deleted.

use super::{Room, api, words};
use crate::{
    admin::{ui::open_while, words as admin_words},
    error::AppError,
};
use content::{Refusal, SectionId, section::SectionRow};
use leptos::{ev, prelude::*, task::spawn_local};

/// Open while a section is about to be removed.
#[component]
pub fn RemoveDialog(room: Room) -> impl IntoView {
    let dialog = open_while(move || room.removing.with(Option::is_some));
    let row = move || room.removing.get().and_then(|id| untrack(|| room.row(id)));
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="remove-title" on:close=move |_| room.removing.set(None)>
            {move || row().map(|row| view! { <Question room row/> })}
        </dialog>
    }
    .into_any()
}

#[component]
fn Question(room: Room, row: SectionRow) -> impl IntoView {
    let into = RwSignal::new(String::new());
    let said = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let (id, articles) = (row.id, row.articles);
    let name = StoredValue::new(row.fields.name.clone());
    let rows = untrack(|| room.rows());
    let children = rows.iter().any(|other| other.parent == Some(id));
    let others: Vec<_> = rows.into_iter().filter(|other| other.id != id).collect();
    let option = |other: SectionRow| view! { <option value=other.id.to_string()>{other.fields.name}</option> };
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let into = into.get_untracked().parse::<SectionId>().ok();
        if into.is_none() && articles > 0 {
            said.set(admin_words::refusal(&Refusal::SectionInUse { articles }));
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let version = room.version();
        spawn_local(async move {
            let answer = api::remove_section(id, into, version).await;
            busy.try_set(false);
            match answer {
                Ok(moved) => {
                    let text = name.try_with_value(|name| words::removed(name, moved)).unwrap_or_default();
                    room.toasts.show(text, None);
                    room.said.try_set(String::new());
                    room.removing.try_set(None);
                    room.load();
                }
                Err(error @ AppError::Refused(Refusal::Stale)) => {
                    room.removing.try_set(None);
                    room.fail(&error);
                }
                Err(error) => {
                    room.session.guard(&error);
                    said.try_set(admin_words::error(&error));
                }
            }
        });
    };
    view! {
        <form class="form" on:submit=send>
            <h2 id="remove-title">{name.with_value(|name| words::remove_title(name))}</h2>
            <p>{words::remove_help(articles, children, !row.writers.is_empty())}</p>
            <div class="field">
                <label for="remove-into">{if articles > 0 { words::INTO } else { words::INTO_EMPTY }}</label>
                <select id="remove-into" on:change=move |event| into.set(event_target_value(&event))>
                    <option value="">{if articles > 0 { words::CHOOSE } else { words::NOWHERE }}</option>
                    {others.into_iter().map(option).collect_view()}
                </select>
            </div>
            <p class="form-said" role="alert">
                {move || said.get()}
            </p>
            <div class="dialog-buttons">
                <button type="button" on:click=move |_| room.removing.set(None)>
                    {words::CANCEL}
                </button>
                <button type="submit" disabled=move || busy.get()>
                    {words::REMOVE_NOW}
                </button>
            </div>
        </form>
    }
    .into_any()
}
