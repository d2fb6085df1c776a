//! An article on the screen.

use super::{
    Reading,
    parts::{Neighbours, Text, Way, head},
    tools::{SizeInputs, SizeLabels, Tools},
};
use crate::ui::{head::PageHead, words};
use content::reading::Frame;
use leptos::prelude::*;

/// An article with its way, its tools and its neighbours.
#[component]
pub fn ArticleView(
    /// Who publishes.
    frame: Frame,
    /// The article.
    reading: Reading,
    /// Said above it where it is not published yet.
    #[prop(optional, into)]
    notice: Option<String>,
) -> impl IntoView {
    let published = notice.is_none();
    let head = head(&frame, &reading);
    let head = if published { head } else { head.of_preview() };
    let link = reading.page.link.clone();
    let (newer, older) = (reading.page.newer.clone(), reading.page.older.clone());
    view! {
        <PageHead head/>
        {notice.map(|notice| view! { <aside class="preview-note" aria-label=words::PREVIEW_NOTE>{notice}</aside> })}
        <main id="main" tabindex="-1">
            <Way section=link.section.clone()/>
            <article class="article">
                <SizeInputs/>
                <Text reading public_url=frame.public_url sizes=Some(view! { <SizeLabels/> }.into_any())/>
                <Tools link published/>
            </article>
            <Neighbours newer older/>
        </main>
    }
}
