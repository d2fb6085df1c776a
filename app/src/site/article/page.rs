//! An article on the screen.

use super::{
    Reading,
    parts::{Neighbours, Text, Way, head},
    tools::{SizeInputs, SizeLabels, Tools},
};
use crate::ui::head::PageHead;
use content::reading::Frame;
use leptos::prelude::*;

/// An article with its way, its tools and its neighbours.
#[component]
pub fn ArticleView(
    /// Who publishes.
    frame: Frame,
    /// The article.
    reading: Reading,
) -> impl IntoView {
    let head = head(&frame, &reading);
    let link = reading.page.link.clone();
    let (newer, older) = (reading.page.newer.clone(), reading.page.older.clone());
    view! {
        <PageHead head/>
        <main id="main" tabindex="-1">
            <Way section=link.section.clone()/>
            <article class="article">
                <SizeInputs/>
                <Text reading public_url=frame.public_url sizes=Some(view! { <SizeLabels/> }.into_any())/>
                <Tools link/>
            </article>
            <Neighbours newer older/>
        </main>
    }
}
