//! Fetching ahead what a reader is about to open: the server function of the page behind the link under the pointer or
//! the focus is called, and its answer waits for the click. Before the client is there, the browser
//! does the same with whole pages (`shell/reader.rs`).

use super::listen::listen;
use crate::{
    routes::Address,
    site::{FRESH, Kept},
};
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use std::time::Duration;
use web_sys::{
    Element, Event, HtmlAnchorElement,
    js_sys::{Date, Reflect},
};

/// How long a pointer rests on a link that is meant.
const INTENT: Duration = Duration::from_millis(65);

/// The links of the site, watched.
#[derive(Clone, Copy)]
pub struct Links {
    kept: Kept,
    waiting: StoredValue<Option<TimeoutHandle>>,
    fetched: StoredValue<Vec<(Address, f64)>>,
}

impl Links {
    /// None is watched yet. What is fetched ahead is kept there.
    #[must_use]
    pub fn new(kept: Kept) -> Self {
        Self { kept, waiting: StoredValue::default(), fetched: StoredValue::default() }
    }

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
        // What the browser had fetched for the link under the pointer is no longer of use.
        if let Ok(Some(link)) = document().query_selector("a[href]:hover") {
            behind(&link).filter(other).into_iter().for_each(|address| self.fetch(address));
        }
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
            spawn_local(self.kept.fetch_ahead(address));
        }
    }
}

/// The page behind the link under the event.
fn address_under(event: &Event) -> Option<Address> {
    let element: Element = event.target()?.dyn_into().ok()?;
    behind(&element.closest("a[href]").ok()??)
}

/// The public page of this site to which a link leads.
fn behind(link: &Element) -> Option<Address> {
    let link: &HtmlAnchorElement = link.dyn_ref()?;
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
