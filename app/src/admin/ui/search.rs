//! A field by which a list is searched: a moment after the last letter, and never in the middle of a word that is being
//! composed.

use leptos::{ev, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsCast;

/// From the last letter to the search.
const PAUSE: Duration = Duration::from_millis(250);

/// The field.
#[component]
pub fn SearchField(
    /// Its id, unique on the page; `filter-text` is the one that `/` leads to.
    id: &'static str,
    /// Its label.
    label: &'static str,
    /// What it looks in.
    hint: &'static str,
    /// What is looked for now.
    #[prop(into)]
    text: Signal<String>,
    /// Looks for something else.
    search: Callback<String>,
) -> impl IntoView {
    let waiting = StoredValue::new(0_u32);
    // What stands in the field: the list follows it a moment later, and must not take back what was typed since.
    let typed = RwSignal::new(text.get_untracked());
    Effect::new(move |before: Option<String>| {
        let text = text.get();
        if before.is_some_and(|before| before != text) && typed.get_untracked().trim() != text {
            typed.set(text.clone());
        }
        text
    });
    let write = move |text: String| {
        typed.set(text.clone());
        waiting.update_value(|count| *count += 1);
        let mine = waiting.get_value();
        let run = move || {
            // Only what was typed last is looked for.
            if waiting.try_get_value() == Some(mine) {
                search.run(text.trim().to_owned());
            }
        };
        let _ = set_timeout(run, PAUSE);
    };
    let on_text = move |event: ev::Event| {
        let composing = event.dyn_ref::<web_sys::InputEvent>().is_some_and(web_sys::InputEvent::is_composing);
        if !composing {
            write(event_target_value(&event));
        }
    };
    view! {
        <label>
            <span>{label}</span>
            <input
                id=id
                type="search"
                maxlength="100"
                placeholder=hint
                prop:value=move || typed.get()
                on:input=on_text
                on:compositionend=move |event: ev::CompositionEvent| write(event_target_value(&event))
            />
        </label>
    }
    .into_any()
}
