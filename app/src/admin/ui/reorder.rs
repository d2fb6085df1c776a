//! Lists whose order somebody decides: by dragging a row's handle with mouse, pen or finger, by its buttons, or by Alt and
//! an arrow anywhere in the row. Where a row went is said aloud. What an order means is the room's to know: it is told how
//! a row is to move, and changes its own list.

use crate::admin::words;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

/// How a row is to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Before the one before it.
    Up,
    /// Behind the one behind it.
    Down,
    /// Below the one before it.
    In,
    /// Out of the one that it stands below.
    Out,
    /// To before another row.
    Before(i64),
    /// To behind another row.
    After(i64),
}

/// Moves a row of a list without levels; whether anything has changed.
pub fn moved<T>(list: &mut Vec<T>, key_of: impl Fn(&T) -> i64, key: i64, way: Way) -> bool {
    let place = |list: &[T], key| list.iter().position(|item| key_of(item) == key);
    let Some(from) = place(list, key) else { return false };
    let to = match way {
        Way::Up => from.checked_sub(1),
        Way::Down => Some(from + 1).filter(|to| *to < list.len()),
        Way::In | Way::Out => None,
        // Taken out first, so what stood behind it has moved up.
        Way::Before(other) => place(list, other).map(|at| if from < at { at - 1 } else { at }),
        Way::After(other) => place(list, other).map(|at| if from < at { at } else { at + 1 }),
    };
    match to.filter(|to| *to != from) {
        Some(to) => {
            let item = list.remove(from);
            list.insert(to, item);
            true
        }
        None => false,
    }
}

/// A list with its rows.
#[component]
pub fn Reorder(
    /// Its id, unique on the page.
    id: &'static str,
    /// What the list is.
    label: &'static str,
    /// The keys of the rows in their order.
    #[prop(into)]
    keys: Signal<Vec<i64>>,
    /// What a row is called.
    #[prop(into)]
    name: Callback<i64, String>,
    /// What a row holds beside its controls.
    #[prop(into)]
    row: Callback<i64, AnyView>,
    /// How deep a row stands, where the list has levels.
    #[prop(into, optional)]
    depth: Option<Callback<i64, u8>>,
    /// Moves a row; whether anything has changed.
    #[prop(into)]
    go: Callback<(i64, Way), bool>,
) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let drag = RwSignal::new(None::<Drag>);
    let run = move |key: i64, way: Way| {
        let focused = document().active_element();
        if go.run((key, way)) {
            let (at, of) =
                (keys.with_untracked(|keys| keys.iter().position(|k| *k == key)), keys.with_untracked(Vec::len));
            let deep = depth.is_some_and(|depth| depth.run(key) > 0);
            said.set(words::moved_to(&name.run(key), at.map_or(0, |at| at + 1), of, deep));
        } else {
            said.set(words::not_moved(&name.run(key)));
        }
        // A row that is moved in the document loses the focus.
        let _ = request_animation_frame(move || {
            if let Some(element) = focused.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = element.focus();
            }
        });
    };
    // The pointer leaves the handle while it drags, so the window listens.
    let follow = window_event_listener(ev::pointermove, move |event| {
        if drag.with_untracked(Option::is_some) {
            event.prevent_default();
            let over = row_under(id, &event);
            drag.update(|drag| {
                if let Some(drag) = drag {
                    drag.over = over.filter(|(key, _)| *key != drag.key);
                }
            });
        }
    });
    let drop = window_event_listener(ev::pointerup, move |_| {
        let held = drag.try_update(Option::take).flatten();
        if let Some(Drag { key, over: Some((other, behind)) }) = held {
            run(key, if behind { Way::After(other) } else { Way::Before(other) });
        }
    });
    let cancel = window_event_listener(ev::pointercancel, move |_| drag.set(None));
    on_cleanup(move || {
        follow.remove();
        drop.remove();
        cancel.remove();
    });
    let line = move |key: i64| {
        let levels = depth.is_some();
        let deep = move || depth.is_some_and(|depth| depth.run(key) > 0);
        let arrows = move |event: ev::KeyboardEvent| {
            if !event.alt_key() || event.ctrl_key() || event.meta_key() {
                return;
            }
            let way = match event.key().as_str() {
                "ArrowUp" => Way::Up,
                "ArrowDown" => Way::Down,
                "ArrowRight" if levels => Way::In,
                "ArrowLeft" if levels => Way::Out,
                _ => return,
            };
            // Alt and left would leave the page.
            event.prevent_default();
            run(key, way);
        };
        let take = move |event: ev::PointerEvent| {
            if event.button() == 0 {
                event.prevent_default();
                drag.set(Some(Drag { key, over: None }));
            }
        };
        let button = move |way: Way, label: fn(&str) -> String, sign: &'static str| {
            view! {
                <button
                    type="button"
                    class="quiet"
                    aria-label=move || label(&name.run(key))
                    title=move || label(&name.run(key))
                    on:click=move |_| run(key, way)
                >
                    {sign}
                </button>
            }
        };
        let mark = move || {
            let over = drag.with(|drag| drag.as_ref().and_then(|drag| drag.over)).filter(|(over, _)| *over == key);
            over.map(|(_, behind)| if behind { "after" } else { "before" })
        };
        let held = move || drag.with(|drag| drag.as_ref().is_some_and(|drag| drag.key == key));
        view! {
            <li class="reorder-row" class:below=deep class:held=held data-key=key.to_string() data-drop=mark on:keydown=arrows>
                <span class="reorder-handle" aria-hidden="true" title=words::DRAG on:pointerdown=take>
                    "⠿"
                </span>
                <div class="reorder-body">{row.run(key)}</div>
                <div class="reorder-acts" role="group" aria-label=move || words::order_of(&name.run(key))>
                    {button(Way::Up, words::move_up, "↑")} {button(Way::Down, words::move_down, "↓")}
                    {levels.then(|| view! { {button(Way::Out, words::move_out, "←")} {button(Way::In, words::move_in, "→")} })}
                </div>
            </li>
        }
    };
    view! {
        <ol class="reorder" id=id aria-label=label class:dragging=move || drag.with(Option::is_some)>
            <For each=move || keys.get() key=|key| *key children=line/>
        </ol>
        <p class="visually-hidden" role="status">
            {said}
        </p>
    }
    .into_any()
}

/// A row that is held, and the row that it would go before or behind.
#[derive(Clone, Copy)]
struct Drag {
    key: i64,
    over: Option<(i64, bool)>,
}

/// The row of this list under the pointer, and whether the pointer is in its lower half.
fn row_under(list: &str, event: &ev::PointerEvent) -> Option<(i64, bool)> {
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    let row = document().element_from_point(x, y)?.closest(".reorder-row").ok()??;
    if row.parent_element()?.id() != list {
        return None;
    }
    let rect = row.get_bounding_client_rect();
    let key = row.get_attribute("data-key")?.parse().ok()?;
    Some((key, f64::from(y) > rect.top() + rect.height() / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(key: i64, way: Way) -> (Vec<i64>, bool) {
        let mut list = vec![1, 2, 3, 4];
        let changed = moved(&mut list, |item| *item, key, way);
        (list, changed)
    }

    #[test]
    fn a_row_goes_where_it_was_sent_and_the_others_close_ranks() {
        assert_eq!(after(2, Way::Up), (vec![2, 1, 3, 4], true));
        assert_eq!(after(2, Way::Down), (vec![1, 3, 2, 4], true));
        assert_eq!(after(1, Way::After(3)), (vec![2, 3, 1, 4], true));
        assert_eq!(after(1, Way::Before(3)), (vec![2, 1, 3, 4], true));
        assert_eq!(after(4, Way::Before(1)), (vec![4, 1, 2, 3], true));
        assert_eq!(after(4, Way::After(1)), (vec![1, 4, 2, 3], true));
    }

    #[test]
    fn the_ends_and_ones_own_place_change_nothing() {
        for (key, way) in [
            (1, Way::Up),
            (4, Way::Down),
            (2, Way::After(1)),
            (2, Way::Before(3)),
            (9, Way::Up),
            (1, Way::Before(9)),
            (1, Way::In),
        ] {
            assert_eq!(after(key, way), (vec![1, 2, 3, 4], false), "{key} {way:?}");
        }
    }
}
