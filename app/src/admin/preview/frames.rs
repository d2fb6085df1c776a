//! The reader's own page in frames: as wide as a phone, and as wide as a desk, made smaller until it fits.

use super::words;
use content::{
    ArticleId,
    preview::{self, PATH},
};
use leptos::{ev, html, prelude::*};

/// The width of a page on a desk, in CSS pixels; the style sheet names both widths as well.
const DESK: f64 = 1280.0;

/// Beside each other where there is room, otherwise one of the two.
#[component]
pub fn Frames(
    /// The article.
    article: ArticleId,
    /// Counts how often the pages were asked for again.
    round: Signal<u32>,
) -> impl IntoView {
    let address = [PATH, &preview::own(article)].concat();
    let desk = RwSignal::new(false);
    let scale = RwSignal::new(0.5_f64);
    let holder = NodeRef::<html::Div>::new();
    let measure = move || {
        let width = holder.get_untracked().map_or(0, |holder| holder.offset_width());
        if width > 0 {
            scale.try_set((f64::from(width) / DESK).min(1.0));
        }
    };
    let later = move || {
        let _ = request_animation_frame(measure);
    };
    holder.on_load(move |_| later());
    let resized = window_event_listener(ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    let choose = move |chosen: bool| {
        desk.set(chosen);
        // What was hidden has a width by the next frame.
        later();
    };
    let button = move |chosen: bool, name: &'static str| {
        view! {
            <button type="button" aria-pressed=move || (desk.get() == chosen).to_string() on:click=move |_| choose(chosen)>
                {name}
            </button>
        }
    };
    // Another element each time: a frame whose address stays the same is not loaded again.
    let frame = move |title: &'static str| {
        let address = address.clone();
        move || {
            round.track();
            view! { <iframe src=address.clone() title=title></iframe> }
        }
    };
    let (phone_frame, desk_frame) = (frame.clone()(words::PHONE_FRAME), frame(words::DESK_FRAME));
    view! {
        <div class="preview-widths" role="group" aria-label=words::WIDTHS>
            {button(false, words::PHONE)}
            {button(true, words::DESK)}
        </div>
        <div class="preview-frames" class:preview-is-desk=move || desk.get()>
            <section class="preview-phone" aria-label=words::PHONE>
                <div class="preview-screen">{phone_frame}</div>
            </section>
            <section class="preview-desk" aria-label=words::DESK>
                <div class="preview-screen" node_ref=holder style=move || format!("--scale: {:.4}", scale.get())>
                    {desk_frame}
                </div>
            </section>
        </div>
    }
    .into_any()
}
