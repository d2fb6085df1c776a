//! What the rooms share: fields, failures, notes, lists that are put in order, forms that somebody else has saved.

mod dialog;
mod field;
mod reorder;
mod search;
mod stale;
mod toast;

pub use dialog::open_while;
pub use field::{Choice, Field, Flag};
pub use reorder::{Reorder, Way, moved};
pub use search::SearchField;
pub use stale::caught_up;
pub use toast::Toasts;

use super::{session::Session, words};
use crate::error::AppError;
use leptos::{prelude::*, task::spawn_local};

/// What a room has asked for and perhaps got.
pub type Answer<T> = RwSignal<Option<Result<T, AppError>>>;

/// Asks; an answer that comes after the room is gone is dropped.
pub fn ask<T: Send + Sync + 'static>(
    session: Session,
    answer: Answer<T>,
    question: impl Future<Output = Result<T, AppError>> + 'static,
) {
    spawn_local(async move {
        let came = question.await;
        if let Err(error) = &came {
            session.guard(error);
        }
        answer.try_set(Some(came));
    });
}

/// A failure in words, with the way to try again.
#[component]
pub fn Failed(error: AppError, #[prop(into)] again: Callback<()>) -> impl IntoView {
    view! {
        <div class="room-failed" role="alert">
            <p>{words::error(&error)}</p>
            <button type="button" on:click=move |_| again.run(())>
                {words::AGAIN}
            </button>
        </div>
    }
    .into_any()
}

/// The title of a room: it is focused after navigation, so that it is read.
#[component]
pub fn RoomTitle(#[prop(into)] title: String) -> impl IntoView {
    let heading = NodeRef::<leptos::html::H1>::new();
    document().set_title(&words::title(&title));
    heading.on_load(|heading| {
        let _ = heading.focus();
    });
    view! {
        <h1 tabindex="-1" node_ref=heading>
            {title}
        </h1>
    }
    .into_any()
}
