//! Notices with their times.

use super::{
    held::{Held, NoticeRow},
    words,
};
use crate::admin::{
    ui::{Field, Flag, Reorder, Way, moved},
    words as admin_words,
};
use content::{
    CivilDateTime, Refusal,
    site::{MOST_NOTICES, NoticeDraft},
};
use leptos::{ev, prelude::*};

/// The notices in their order.
#[component]
pub fn Notices(held: Held) -> impl IntoView {
    let find = move |key: i64| held.notices.with(|rows| rows.iter().find(|row| row.key == key).copied());
    let keys = Signal::derive(move || held.notices.with(|rows| rows.iter().map(|row| row.key).collect::<Vec<_>>()));
    let name = move |key: i64| {
        let text = find(key).map(|row| row.text.get()).unwrap_or_default();
        if text.trim().is_empty() { words::UNNAMED.to_owned() } else { text.chars().take(20).collect() }
    };
    let go = move |(key, way): (i64, Way)| {
        held.notices.try_update(|rows| moved(rows, |row| row.key, key, way)).unwrap_or_default()
    };
    let row = move |key: i64| untrack(|| find(key)).map(|row| view! { <NoticeFields held row/> }).into_any();
    let add = move |_| {
        let row = held.notice_row(NoticeDraft::default());
        held.notices.update(|rows| rows.push(row));
    };
    view! {
        <fieldset class="room-part">
            <legend>{words::NOTICES}</legend>
            <p class="field-hint">{words::NOTICES_HELP}</p>
            <Reorder id="notices-order" label=words::NOTICES keys name row go/>
            <p class="field-hint">{move || held.notices.with(Vec::is_empty).then_some(words::NONE_YET)}</p>
            <button type="button" disabled=move || held.notices.with(|rows| rows.len() >= MOST_NOTICES) on:click=add>
                {words::ADD_NOTICE}
            </button>
        </fieldset>
    }
    .into_any()
}

#[component]
fn NoticeFields(held: Held, row: NoticeRow) -> impl IntoView {
    let refusal = Memo::new(move |_| match row.notice() {
        Ok(notice) => notice.check().err(),
        Err(refusal) => Some(refusal),
    });
    let of_link = |refusal: &Refusal| matches!(refusal, Refusal::BadAddress { .. });
    let of_time = |refusal: &Refusal| matches!(refusal, Refusal::BadPeriod | Refusal::BadTime { .. });
    let text_fault = Signal::derive(move || refusal.get().filter(|refusal| !of_link(refusal) && !of_time(refusal)));
    let link_fault = Signal::derive(move || refusal.get().filter(of_link));
    let time_fault = move || refusal.get().filter(of_time).map(|refusal| admin_words::refusal(&refusal));
    let key = row.key;
    let remove = move |_| held.notices.update(|rows| rows.retain(|other| other.key != key));
    let label = move || words::of(words::TAKE_OUT, row.text.get().trim());
    view! {
        <div class="row-fields notice-fields">
            <Field id=format!("notice-{key}-text") label=words::NOTICE_TEXT value=row.text fault=text_fault/>
            <Field id=format!("notice-{key}-link") label=words::NOTICE_LINK value=row.link fault=link_fault/>
            <div class="row-times">
                <Time id=format!("notice-{key}-begins") label=words::BEGINS value=row.begins/>
                <Time id=format!("notice-{key}-ends") label=words::ENDS value=row.ends/>
                <Flag label=words::URGENT value=row.urgent/>
                <button type="button" class="quiet" aria-label=label on:click=remove>
                    {words::TAKE_OUT}
                </button>
            </div>
            <p class="field-fault" role="status">
                {time_fault}
            </p>
        </div>
    }
    .into_any()
}

/// A time of the site's zone; none where it is empty.
#[component]
fn Time(id: String, label: &'static str, value: RwSignal<String>) -> impl IntoView {
    let change = move |event: ev::Event| {
        let text = event_target_value(&event);
        // A browser that is given half a time says nothing, and what it says else is a time.
        value.set(CivilDateTime::try_from(text.clone()).map_or(text, |time| time.to_string()));
    };
    // The field itself wants no seconds.
    let shown = move || value.with(|value| value.get(..16).unwrap_or_default().to_owned());
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input id=id type="datetime-local" max="9999-12-31T23:59" prop:value=shown on:change=change/>
        </div>
    }
    .into_any()
}
