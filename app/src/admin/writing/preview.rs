//! The way to the preview: what is on the screen is on the server before it is looked at.

use super::{form::Held, words};
use crate::admin::ui::Toasts;
use content::ArticleId;
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

/// The link in the bar.
#[component]
pub fn PreviewWay(engine: Held, id: ArticleId) -> impl IntoView {
    let navigate = use_navigate();
    let toasts = expect_context::<Toasts>();
    let address = format!("/admin/articles/{id}/preview");
    let to = address.clone();
    let go = move |event: ev::MouseEvent| {
        // Whoever asks for another tab gets one; this one goes on saving by itself.
        if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        event.prevent_default();
        let (engine, navigate, to) = (engine.get_value(), navigate.clone(), to.clone());
        spawn_local(async move {
            if engine.settle().await {
                navigate(&to, Default::default());
            } else {
                toasts.show(words::PREVIEW_UNSAVED.to_owned(), None);
            }
        });
    };
    view! {
        <a class="quiet" href=address on:click=go>
            {words::PREVIEW}
        </a>
    }
    .into_any()
}
