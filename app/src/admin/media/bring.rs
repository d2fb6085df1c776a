//! How files come in: dropped, pasted, chosen.

use super::{
    uploads::{Uploads, files_of, listed},
    words,
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

/// Files may be dropped and pasted wherever one is in the room.
pub fn take_from_everywhere(uploads: Uploads, held: RwSignal<bool>) {
    let brings =
        |event: &ev::DragEvent| event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0));
    let over = window_event_listener(ev::dragover, move |event| {
        if brings(&event) {
            // Otherwise the browser would leave the room and open the file.
            event.prevent_default();
            held.set(true);
        }
    });
    let away = window_event_listener(ev::dragleave, move |event| {
        // Over the edge of the window, and not from one part of the room to another.
        if event.related_target().is_none() {
            held.set(false);
        }
    });
    let dropped = window_event_listener(ev::drop, move |event| {
        held.set(false);
        take_dropped(uploads, &event);
    });
    let pasted = window_event_listener(ev::paste, move |event| {
        take_pasted(uploads, &event);
    });
    let leaving = window_event_listener(ev::beforeunload, move |event| {
        if untrack(|| uploads.busy()) {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        over.remove();
        away.remove();
        dropped.remove();
        pasted.remove();
        leaving.remove();
    });
}

/// Whether files are dragged, and not words.
pub fn brings(event: &ev::DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0))
}

/// Sends what was dropped.
pub fn take_dropped(uploads: Uploads, event: &ev::DragEvent) {
    if brings(event) {
        event.prevent_default();
        uploads.add(listed(event.data_transfer().and_then(|data| data.files())));
    }
}

/// Sends files that were pasted; what is pasted into a field is for the field.
pub fn take_pasted(uploads: Uploads, event: &ev::ClipboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let field = target.is_some_and(|target| target.closest("input, textarea").is_ok_and(|field| field.is_some()));
    let files = listed(event.clipboard_data().and_then(|data| data.files()));
    if !field && !files.is_empty() {
        event.prevent_default();
        uploads.add(files);
    }
}

/// The button by which files are chosen.
#[component]
pub fn Bring(uploads: Uploads) -> impl IntoView {
    view! {
        <p class="media-bring">
            <label class="button primary">
                {words::UPLOAD}
                <input type="file" multiple class="visually-hidden" on:change=move |event| uploads.add(files_of(&event))/>
            </label>
            <span>{words::UPLOAD_HELP}</span>
        </p>
    }
    .into_any()
}
