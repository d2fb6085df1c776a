//! Where the reader was on each page. A browser puts a page back by itself when it loads one; here the old page stays
//! until the next one has come, so the browser's moment is too early and the place is kept by us.
//!
//! Each entry of the history is given a number, which stands in its state. Places are kept by these numbers, beyond
//! the life of the document in the session's storage.

use super::listen::listen;
use leptos::{prelude::*, wasm_bindgen::JsValue};
use web_sys::{ScrollRestoration, js_sys};

/// Where places are kept while another site is read.
const STORE: &str = "fuxian.places";
/// As many pages back as somebody may remember.
const KEPT: usize = 100;

/// The places of this visit.
#[derive(Clone, Copy, Default)]
pub struct Trail(StoredValue<Places>);

#[derive(Default)]
struct Places {
    /// The entry whose page is on the screen.
    entry: i64,
    /// The reader goes back or forward and the page of the entry has not its place yet: what is on the screen meanwhile says
    /// nothing of where they were.
    away: bool,
    /// Entries and how far down they were.
    places: Vec<(i64, i32)>,
}

impl Trail {
    /// Begins to look where the reader is when they go back or forward.
    #[must_use]
    pub fn begin() -> Self {
        let trail = Self::default();
        if !cfg!(feature = "ssr") {
            listen(&window(), "popstate", move |_| {
                trail.leave();
                trail.0.update_value(|places| places.away = true);
            });
        }
        trail
    }

    /// Takes over from the browser. It gets its duty back when the document is left, so that it puts the page back
    /// itself when the reader reloads or returns.
    pub fn start(self) {
        let trail = self;
        trail.0.set_value(Places { entry: mark_entry(), away: false, places: kept() });
        restore_by(ScrollRestoration::Manual);
        let window = window();
        listen(&document(), "click", move |_| trail.leave());
        listen(&window, "pageshow", |_| restore_by(ScrollRestoration::Manual));
        listen(&window, "pagehide", move |_| {
            trail.leave();
            trail.keep();
            restore_by(ScrollRestoration::Auto);
        });
    }

    /// Goes where the reader belongs: to the place that the entry had, or to the top of a page that is new.
    /// `arrived` tells whether the page is another one than before.
    pub fn settle(self, arrived: bool) {
        let known = current_entry();
        let stays = self.0.with_value(|places| !places.away && known == Some(places.entry));
        if stays {
            return;
        }
        let entry = known.unwrap_or_else(mark_entry);
        let place = self.0.with_value(|places| places.places.iter().find(|(of, _)| *of == entry).map(|(_, at)| *at));
        self.0.update_value(|places| (places.entry, places.away) = (entry, false));
        match (known, place) {
            (Some(_), place) => scroll_to(place.unwrap_or(0)),
            (None, _) if arrived && !show_anchor() => scroll_to(0),
            _ => {}
        }
    }

    fn leave(self) {
        if self.0.with_value(|places| places.away) {
            return;
        }
        #[expect(clippy::cast_possible_truncation, reason = "a page is not that long")]
        let at = window().scroll_y().unwrap_or_default() as i32;
        self.0.update_value(|places| {
            let entry = places.entry;
            places.places.retain(|(of, _)| *of != entry);
            places.places.push((entry, at));
            let surplus = places.places.len().saturating_sub(KEPT);
            places.places.drain(..surplus);
        });
    }

    fn keep(self) {
        let mut text = String::new();
        self.0.with_value(|places| {
            for (entry, at) in &places.places {
                text.push_str(&entry.to_string());
                text.push(' ');
                text.push_str(&at.to_string());
                text.push('\n');
            }
        });
        if let Ok(Some(storage)) = window().session_storage() {
            let _ = storage.set_item(STORE, &text);
        }
    }
}

fn kept() -> Vec<(i64, i32)> {
    let text = window().session_storage().ok().flatten().and_then(|storage| storage.get_item(STORE).ok().flatten());
    let place = |line: &str| {
        let (entry, at) = line.split_once(' ')?;
        Some((entry.parse().ok()?, at.parse().ok()?))
    };
    text.unwrap_or_default().lines().filter_map(place).collect()
}

/// The number in the state of the current entry of the history.
fn current_entry() -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "it is a number of milliseconds that we wrote")]
    window().history().ok()?.state().ok()?.as_f64().map(|number| number as i64)
}

/// Numbers the current entry of the history, unless it has its number already.
fn mark_entry() -> i64 {
    current_entry().unwrap_or_else(|| {
        let now = js_sys::Date::now();
        if let Ok(history) = window().history() {
            let _ = history.replace_state(&JsValue::from_f64(now), "");
        }
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970")]
        let entry = now as i64;
        entry
    })
}

fn restore_by(whom: ScrollRestoration) {
    if let Ok(history) = window().history() {
        let _ = history.set_scroll_restoration(whom);
    }
}

fn scroll_to(at: i32) {
    window().scroll_to_with_x_and_y(0.0, f64::from(at));
}

/// Shows the part of the page that the address names, if it names one that is there.
fn show_anchor() -> bool {
    let hash = window().location().hash().unwrap_or_default();
    let part = hash.strip_prefix('#').and_then(|id| document().get_element_by_id(id));
    part.inspect(web_sys::Element::scroll_into_view).is_some()
}
