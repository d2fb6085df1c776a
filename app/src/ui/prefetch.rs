//! Fetching ahead what a reader is about to open: the server function of the page behind the link under the pointer or
//! the focus is called, and its answer waits in the browser's cache for the click. Before the client is there, the browser
//! does the same with whole pages (`shell/reader.rs`).

use super::listen::listen;
use crate::{routes::Address, site::load};
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use std::time::Duration;
use web_sys::{
    Element, Event, HtmlAnchorElement,
    js_sys::{Date, Reflect},
};

/// How long the answer of a server function can be used again, in milliseconds: `max-age` of `response::reusable`.
const FRESH: f64 = 10_000.0;
/// How long a pointer rests on a link that is meant.
const INTENT: Duration = Duration::from_millis(65);

/// The links of the site, watched.
#[derive(Clone, Copy, Default)]
pub struct Links {
    waiting: StoredValue<Option<TimeoutHandle>>,
    fetched: StoredValue<Vec<(Address, f64)>>,
}

impl Links {
    /// Begins to watch, unless the reader's device asks to be spared.
    pub fn watch(self, shown: Signal<Option<Address>>) {
        if saves_data() {
            return;
        }
        let other = move |address: &Address| shown.with_untracked(|shown| shown.as_ref() != Some(address));
        let consider = move |event: Event| {
            if let Some(timer) = self.waiting.get_value() {
                timer.clear();
            }
            let address = address_under(&event).filter(other);
            let timer = address.and_then(|address| set_timeout(move || self.fetch(address), INTENT).ok());
            self.waiting.set_value(timer);
        };
        listen(&document(), "pointerover", consider);
        listen(&document(), "focusin", consider);
        // From the press to the click it takes a finger another tenth of a second.
        listen(&document(), "pointerdown", move |event| {
            address_under(&event).filter(other).into_iter().for_each(|address| self.fetch(address));
        });
    }

    fn fetch(self, address: Address) {
        let now = Date::now();
        let mut known = false;
        self.fetched.update_value(|fetched| {
            fetched.retain(|(_, at)| now - at < FRESH);
            known = fetched.iter().any(|(known, _)| *known == address);
            fetched.push((address.clone(), now));
        });
        if !known {
            // What comes back is not wanted yet; the browser's cache has it.
            spawn_local(async move { drop(load(Some(address)).await) });
        }
    }
}

/// The public page of this site to which the link under the event leads.
fn address_under(event: &Event) -> Option<Address> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = element.closest("a[href]").ok()??.dyn_into().ok()?;
    if link.origin() != window().location().origin().ok()? || link.rel() == "external" {
        return None;
    }
    Address::parse(&link.pathname(), link.search().trim_start_matches('?'))
}

fn saves_data() -> bool {
    let connection = Reflect::get(&window().navigator(), &JsValue::from_str("connection"));
    let saves = connection.and_then(|connection| Reflect::get(&connection, &JsValue::from_str("saveData")));
    saves.is_ok_and(|saves| saves.is_truthy())
}
