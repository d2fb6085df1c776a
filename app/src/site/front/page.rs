//! The front page with its head. What stands in it is in `parts`, which the preview of its form shows as well.

use super::parts::{FrontParts, first_picture};
use crate::ui::head::{Head, PageHead};
use content::reading::{Frame, Front};
use leptos::prelude::*;

/// The front page.
#[component]
pub fn FrontView(
    /// Who publishes.
    frame: Frame,
    /// What is new.
    front: Front,
) -> impl IntoView {
    let name = frame.identity.name.clone();
    let mut head = Head::of_page(&frame, &[&name], &frame.identity.description, "/", "website");
    if let Some(picture) = first_picture(&front).or(frame.emblem.as_ref()) {
        head.add_picture(&frame, picture);
    }
    view! {
        <PageHead head/>
        <main id="main" tabindex="-1" class="front">
            <h1 class="visually-hidden">{name}</h1>
            <FrontParts front/>
        </main>
    }
}
