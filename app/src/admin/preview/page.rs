//! `/admin/articles/:id/preview`

use super::{frames::Frames, links::Links, words};
use crate::admin::{shell::Place, ui::RoomTitle};
use content::ArticleId;
use leptos::prelude::*;
use leptos_router::components::A;

/// The pages at two widths, and the links.
#[component]
pub fn PreviewRoom() -> impl IntoView {
    expect_context::<Place>().article().map(|article| view! { <Room article/> })
}

#[component]
fn Room(article: ArticleId) -> impl IntoView {
    let round = RwSignal::new(0_u32);
    view! {
        <div class="room preview">
            <div class="preview-bar">
                <RoomTitle title=words::ROOM/>
                <A href=format!("/admin/articles/{article}")>{words::BACK}</A>
                <span class="write-space"></span>
                <button type="button" on:click=move |_| round.update(|round| *round += 1)>
                    {words::REFRESH}
                </button>
            </div>
            <Frames article round=round.into()/>
            <Links article/>
        </div>
    }
    .into_any()
}
