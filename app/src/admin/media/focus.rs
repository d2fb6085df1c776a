//! The focal point of a picture: chosen by a click or by the arrow keys, with what is left of the picture where it is cut.

use super::words;
use content::media::{Focus, Picture};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

/// Per cent that a key moves, and with Shift.
const STEP: i16 = 1;
const LEAP: i16 = 10;

/// The picture to choose on, and two crops that follow.
#[component]
pub fn FocusChoice(picture: Picture, focus: RwSignal<Focus>, fixed: bool) -> impl IntoView {
    let click = move |event: ev::MouseEvent| {
        // Enter and the space bar make clicks without a place.
        let target = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if let Some(target) = target.filter(|_| event.detail() > 0) {
            let frame = target.get_bounding_client_rect();
            let x = (f64::from(event.client_x()) - frame.left()) / frame.width();
            let y = (f64::from(event.client_y()) - frame.top()) / frame.height();
            focus.set(Focus { x: per_cent(x), y: per_cent(y) });
        }
    };
    let keys = move |event: ev::KeyboardEvent| {
        let step = if event.shift_key() { LEAP } else { STEP };
        let (x, y) = match event.key().as_str() {
            "ArrowLeft" => (-step, 0),
            "ArrowRight" => (step, 0),
            "ArrowUp" => (0, -step),
            "ArrowDown" => (0, step),
            _ => return,
        };
        event.prevent_default();
        focus.update(|focus| *focus = moved(*focus, x, y));
    };
    let (source, srcset) = (picture.fallback(), picture.srcset());
    let crop = |word: &'static str, class: &'static str| {
        view! {
            <figure>
                <img
                    class=class
                    src=source.clone()
                    srcset=srcset.clone()
                    sizes="12rem"
                    alt=""
                    style=move || format!("object-position: {}", focus.get().css())
                />
                <figcaption>{word}</figcaption>
            </figure>
        }
        .into_any()
    };
    let crops = [crop(words::CROP_WIDE, "crop-wide"), crop(words::CROP_SQUARE, "crop-square")];
    let mark = move || {
        let Focus { x, y } = focus.get();
        format!("left: {x}%; top: {y}%")
    };
    view! {
        <div class="focus">
            <button
                type="button"
                class="focus-map"
                aria-label=move || words::focus_at(focus.get())
                aria-describedby="focus-help"
                disabled=fixed
                on:click=click
                on:keydown=keys
            >
                <img src=source.clone() srcset=srcset.clone() sizes="(min-width: 64rem) 32rem, 90vw" alt=""/>
                <span class="focus-mark" style=mark></span>
            </button>
            <p class="field-hint" id="focus-help">
                {words::FOCUS_HELP}
            </p>
            <div class="crops">{crops}</div>
            <p class="visually-hidden" role="status">
                {move || words::focus_at(focus.get())}
            </p>
            <button type="button" class="quiet" disabled=fixed on:click=move |_| focus.set(Focus::default())>
                {words::FOCUS_MIDDLE}
            </button>
        </div>
    }
    .into_any()
}

fn per_cent(part: f64) -> u8 {
    (part * 100.0).round().clamp(0.0, 100.0) as u8
}

fn moved(focus: Focus, x: i16, y: i16) -> Focus {
    let to = |from: u8, by: i16| u8::try_from((i16::from(from) + by).clamp(0, 100)).unwrap_or(from);
    Focus { x: to(focus.x, x), y: to(focus.y, y) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_point_stays_within_the_picture() {
        assert_eq!(moved(Focus { x: 95, y: 3 }, 10, -10), Focus { x: 100, y: 0 });
        assert_eq!(moved(Focus::default(), -1, 1), Focus { x: 49, y: 51 });
        assert_eq!([per_cent(-0.2), per_cent(0.333), per_cent(1.7)], [0, 33, 100]);
    }
}
