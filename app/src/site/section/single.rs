//! A section that is one page: its newest article stands at its address.

use super::{page::head, parts::Children};
use crate::{
    site::article::{Reading, SizeInputs, SizeLabels, Text},
    ui::head::PageHead,
};
use content::reading::{Frame, SectionPage};
use leptos::prelude::*;

/// The page. It is kept under the article's own address, where feeds and the sitemap have it as well.
#[component]
pub fn SingleView(
    /// Who publishes.
    frame: Frame,
    /// The section.
    page: SectionPage,
    /// Its newest article.
    reading: Reading,
) -> impl IntoView {
    let head = head(&frame, &page, &reading.page.link.address());
    let SectionPage { section, children, .. } = page;
    view! {
        <PageHead head/>
        <main id="main" tabindex="-1">
            <Children name=section.name children/>
            <article class="article">
                <SizeInputs/>
                <Text reading public_url=frame.public_url sizes=Some(view! { <SizeLabels/> }.into_any())/>
            </article>
        </main>
    }
}
