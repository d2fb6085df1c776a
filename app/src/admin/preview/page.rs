//! `/admin/articles/:id/preview`

use super::{frames::Frames, links::Links, words};
use crate::{
    admin::{ui::RoomTitle, words as admin_words},
    error::AppError,
};
use content::ArticleId;
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};

/// The pages at two widths, and the links.
#[component]
pub fn PreviewRoom() -> impl IntoView {
    let params = use_params_map();
    move || {
        let id = params.with(|params| params.get("id")).and_then(|id| id.parse::<ArticleId>().ok());
        match id {
            Some(article) => view! { <Room article/> }.into_any(),
            None => view! { <p role="alert">{admin_words::error(&AppError::NOT_FOUND)}</p> }.into_any(),
        }
    }
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
