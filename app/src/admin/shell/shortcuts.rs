//! Keys for those who know them: `g` and a letter for rooms, `n` for a new article, `/` for the filter, `?` for help.

use super::frame::{ROOMS, Surroundings};
use crate::admin::words;
use leptos::{ev, html, prelude::*};
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;

/// Listens while the frame is there.
#[component]
pub fn Shortcuts(frame: Surroundings) -> impl IntoView {
    let navigate = use_navigate();
    let dialog = NodeRef::<html::Dialog>::new();
    let going = StoredValue::new(false);
    let listener = window_event_listener(ev::keydown, move |event| {
        // What the editor took for itself, as Ctrl K for a link, is not for us.
        if event.is_composing() || event.default_prevented() {
            return;
        }
        let key = event.key();
        if (event.ctrl_key() || event.meta_key()) && key.eq_ignore_ascii_case("k") {
            event.prevent_default();
            frame.palette.update(|open| *open = !*open);
            return;
        }
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_written_in(&event) {
            return;
        }
        if going.get_value() {
            going.set_value(false);
            if let Some((address, ..)) = ROOMS.iter().find(|(.., letter)| *letter == key) {
                navigate(address, Default::default());
            }
            return;
        }
        match key.as_str() {
            "g" => going.set_value(true),
            "n" => click("begin"),
            "/" => {
                event.prevent_default();
                focus("filter-text");
            }
            "?" => {
                if let Some(dialog) = dialog.get_untracked() {
                    let _ = dialog.show_modal();
                }
            }
            _ => {}
        }
    });
    on_cleanup(move || listener.remove());
    let line = |(keys, meaning): (&'static str, &'static str)| view! { <dt><kbd>{keys}</kbd></dt> <dd>{meaning}</dd> };
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="keys-title">
            <h2 id="keys-title">{words::KEYS}</h2>
            <dl class="keys">{words::KEYS_LIST.map(line)}</dl>
            <form method="dialog">
                <button>{words::CLOSE}</button>
            </form>
        </dialog>
    }
    .into_any()
}

/// Whether the key belongs to something that is written in, or to a dialog.
pub fn is_written_in(event: &ev::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let within = |selector: &str| {
        target.as_ref().is_some_and(|target| target.closest(selector).is_ok_and(|found| found.is_some()))
    };
    within("input, textarea, select, [contenteditable='true'], dialog")
}

fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let _ = element.unchecked_into::<web_sys::HtmlElement>().focus();
    }
}

fn click(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        element.unchecked_into::<web_sys::HtmlElement>().click();
    }
}
