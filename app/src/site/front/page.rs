//! One headline across, pictures beside the latest list, then all sections.

use super::parts::{Headline, Latest, Pictures, SectionBlocks};
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
    let Front { headline, pictures, latest, blocks } = front;
    let name = frame.identity.name.clone();
    let mut head = Head::of_page(&frame, &[&name], &frame.identity.description, "/", "website");
    if let Some(picture) = pictures.iter().find_map(|teaser| teaser.picture.as_ref()) {
        head.add_picture(&frame, picture);
    }
    view! {
        <PageHead head/>
        <main id="main" tabindex="-1" class="front">
            <h1 class="visually-hidden">{name}</h1>
            {headline.map(|teaser| view! { <Headline teaser/> })}
            <div class="front-top">
                <Pictures teasers=pictures/>
                <Latest articles=latest/>
            </div>
            <SectionBlocks blocks/>
        </main>
    }
}
