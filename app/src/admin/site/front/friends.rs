//! Links of friends (友情链接).

use super::{
    held::{FriendRow, Held},
    words,
};
use crate::admin::ui::{Field, Reorder, Way, moved};
use content::{
    Refusal,
    site::{Friend, MOST_FRIENDS},
};
use leptos::prelude::*;

/// The links in their order.
#[component]
pub fn Friends(held: Held) -> impl IntoView {
    let find = move |key: i64| held.friends.with(|rows| rows.iter().find(|row| row.key == key).copied());
    let keys = Signal::derive(move || held.friends.with(|rows| rows.iter().map(|row| row.key).collect::<Vec<_>>()));
    let name = move |key: i64| {
        let name = find(key).map(|row| row.name.get()).unwrap_or_default();
        if name.trim().is_empty() { words::UNNAMED.to_owned() } else { name }
    };
    let go = move |(key, way): (i64, Way)| {
        held.friends.try_update(|rows| moved(rows, |row| row.key, key, way)).unwrap_or_default()
    };
    let row = move |key: i64| untrack(|| find(key)).map(|row| view! { <FriendFields held row/> }).into_any();
    let add = move |_| {
        let row = held.friend_row(Friend::default());
        held.friends.update(|rows| rows.push(row));
    };
    view! {
        <fieldset class="room-part">
            <legend>{words::FRIENDS}</legend>
            <Reorder id="friends-order" label=words::FRIENDS keys name row go/>
            <p class="field-hint">{move || held.friends.with(Vec::is_empty).then_some(words::NONE_YET)}</p>
            <button type="button" disabled=move || held.friends.with(|rows| rows.len() >= MOST_FRIENDS) on:click=add>
                {words::ADD_FRIEND}
            </button>
        </fieldset>
    }
    .into_any()
}

#[component]
fn FriendFields(held: Held, row: FriendRow) -> impl IntoView {
    let fault = move |of_address: bool| {
        Signal::derive(move || {
            let refusal = row.friend().check().err()?;
            let address = match &refusal {
                Refusal::BadAddress { .. } => true,
                Refusal::Missing { field } => field == "address",
                _ => false,
            };
            (address == of_address).then_some(refusal)
        })
    };
    let key = row.key;
    let remove = move |_| held.friends.update(|rows| rows.retain(|other| other.key != key));
    let label = move || words::of(words::TAKE_OUT, row.name.get().trim());
    view! {
        <div class="row-fields">
            <Field id=format!("friend-{key}-name") label=words::FRIEND_NAME value=row.name fault=fault(false)/>
            <Field id=format!("friend-{key}-address") label=words::ADDRESS value=row.address fault=fault(true) kind="url"/>
            <button type="button" class="quiet" aria-label=label on:click=remove>
                {words::TAKE_OUT}
            </button>
        </div>
    }
    .into_any()
}
