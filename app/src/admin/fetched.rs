//! What is fetched when it is asked for: a word until it is there, and where it cannot be had a word and a button.
//!
//! In a release every lazy function is a file of its own with what no other needs (feature `admin-only`); a debug build is one
//! file, and what is asked for is there at once.

use crate::ui::words;
use leptos::{prelude::*, task::spawn_local};
use std::pin::Pin;

/// How a room is made once its file is there. Not the room itself: it is made where it is shown, by whom it is shown,
/// and not at all where somebody has left before the file came.
#[derive(Clone, Copy)]
pub struct Room(pub fn() -> AnyView);

/// A room on its way.
pub type Coming = Pin<Box<dyn Future<Output = Result<Room, NotLoaded>>>>;

/// The file could not be fetched.
#[derive(Clone, Copy, Debug)]
pub struct NotLoaded;

#[cfg(feature = "admin-only")]
impl From<leptos::wasm_split::SplitLoaderError> for NotLoaded {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// A room, or a word on it.
#[component]
pub fn Fetched(
    /// Fetches it. What was fetched before is there at once.
    fetch: fn() -> Coming,
    /// Shown until it is there.
    opening: fn() -> AnyView,
    /// Said where it cannot be had.
    failed: &'static str,
) -> impl IntoView {
    let (came, tries) = (RwSignal::new(None::<Result<Room, NotLoaded>>), RwSignal::new(0_u32));
    Effect::new(move |_| {
        tries.track();
        spawn_local(async move {
            let room = fetch().await;
            came.try_set(Some(room));
        });
    });
    let again = move |_| {
        came.set(None);
        tries.update(|tries| *tries += 1);
    };
    move || match came.get() {
        Some(Ok(Room(make))) => make(),
        Some(Err(NotLoaded)) => view! {
            <div class="admin-waiting" role="alert">
                <p>{failed}</p>
                <button type="button" on:click=again>{words::AGAIN}</button>
            </div>
        }
        .into_any(),
        None => opening(),
    }
}
