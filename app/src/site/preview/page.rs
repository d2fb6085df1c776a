//! A preview: the page of an article with a quiet line above it.

use super::Preview;
use crate::{site::article::ArticleView, ui::words};
use content::{preview::ReadersHave, reading::Frame};
use leptos::prelude::*;

/// The very page that readers will see, and what it is.
#[component]
pub fn PreviewView(
    /// Who publishes.
    frame: Frame,
    /// The article.
    preview: Preview,
) -> impl IntoView {
    let Preview { mut reading, readers, until } = preview;
    if reading.page.fields.title.trim().is_empty() {
        words::UNTITLED.clone_into(&mut reading.page.fields.title);
    }
    let what = match readers {
        ReadersHave::Nothing => words::PREVIEW,
        ReadersHave::Earlier => words::PREVIEW_CHANGED,
        ReadersHave::This => words::PREVIEW_SAME,
    };
    let until = until.map(|until| words::valid_until(&until.to_the_minute()));
    let notice = [what].into_iter().chain(until.as_deref()).collect::<Vec<_>>().join(" · ");
    view! { <ArticleView frame reading notice/> }
}
