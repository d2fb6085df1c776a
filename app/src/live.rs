//! How a served document comes to life in the browser. A release has two clients, one for readers and one for editors, made
//! from the same sources: nobody fetches what the other needs. A debug build has one, which is both.

use crate::admin::{self, entrance};
use leptos::{mount::mount_to_renderer, prelude::document};

/// Makes the document live. What readers were served is taken over as it is; the word that the admin was served for a
/// beginning makes way for the admin, of which nothing is on the page yet.
pub fn begin() {
    #[cfg(feature = "hydrate")]
    if cfg!(feature = "readers-only") || !entrance::is_here() {
        return leptos::mount::hydrate_body(crate::Readers);
    }
    if let Ok(Some(word)) = document().query_selector(entrance::OPENING) {
        word.remove();
    }
    if let Some(body) = document().body() {
        mount_to_renderer(&body, admin::admin).forget();
    }
}
