//! An article as paper shows it.

use super::{
    Reading,
    parts::{Text, head},
};
use crate::{
    routes,
    ui::{head::PageHead, words},
};
use content::reading::Frame;
use leptos::prelude::*;

/// The article alone, with a bar that paper does not show. The button is one of the script of readers' documents, and not
/// shown where there are no scripts.
#[component]
pub fn PrintView(
    /// Who publishes.
    frame: Frame,
    /// The article.
    reading: Reading,
) -> impl IntoView {
    let head = head(&frame, &reading).hidden();
    let link = &reading.page.link;
    let back = routes::article(&link.section.slug, link.id);
    view! {
        <PageHead head/>
        <div class="is-print">
            <nav class="print-bar" aria-label=words::PRINT_BAR>
                <a href=back>{words::BACK_TO_ARTICLE}</a>
                <button type="button" data-does="print">{words::PRINT}</button>
            </nav>
            <main id="main" tabindex="-1">
                <article class="article">
                    <Text reading public_url=frame.public_url sizes=None/>
                </article>
            </main>
        </div>
    }
}
