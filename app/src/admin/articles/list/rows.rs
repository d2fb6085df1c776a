//! The rows of a list of articles.

use super::Listed;
use crate::admin::{articles::filters, shell::is_written_in, ui::Failed, words};
use content::{
    article::State,
    desk::{DeskPage as Page, DeskRow, Filter},
};
use leptos::{ev, prelude::*};
use leptos_router::components::A;
use std::collections::BTreeSet;

/// The rows, or that there are none.
#[component]
pub(super) fn Rows(listed: Listed) -> impl IntoView {
    let shown = move || match listed.page.get() {
        None => view! { <p role="status">{words::LOADING}</p> }.into_any(),
        Some(Err(error)) => view! { <Failed error again=move |()| listed.load()/> }.into_any(),
        Some(Ok(page)) if page.rows.is_empty() => {
            let filtered = listed.filter.get_untracked().0 != Filter { bin: listed.bin, ..Filter::default() };
            let said = match (filtered, listed.bin) {
                (true, _) => words::NO_MATCH,
                (false, true) => words::EMPTY_BIN,
                (false, false) => words::NO_ARTICLES,
            };
            view! { <div class="room-empty"><p>{said}</p></div> }.into_any()
        }
        Some(Ok(page)) => view! { <Table listed page/> }.into_any(),
    };
    view! { <div aria-live="polite">{shown}</div> }
}

#[component]
fn Table(listed: Listed, page: Page) -> impl IntoView {
    let ids: Vec<i64> = page.rows.iter().map(|row| row.id.0).collect();
    let all = ids.clone();
    let every = move || listed.chosen.with(|chosen| !all.is_empty() && all.iter().all(|id| chosen.contains(id)));
    let choose_all = move |event: ev::Event| {
        let on = event_target_checked(&event);
        listed.chosen.set(if on { ids.iter().copied().collect() } else { BTreeSet::new() });
    };
    let pager = [(words::PREVIOUS_PAGE, page.previous), (words::NEXT_PAGE, page.next)].map(|(label, mark)| {
        mark.map(|mark| {
            let address = filters::write(listed.base(), &listed.filter.get_untracked().0, Some(&mark));
            view! { <A href=address>{label}</A> }
        })
    });
    let last = StoredValue::new(None::<usize>);
    let rows = page.rows.into_iter().enumerate().map(|(n, row)| view! { <Line listed n row last/> }).collect_view();
    let listener = window_event_listener(ev::keydown, move |event| {
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key() && !event.is_composing();
        if plain && (is_checkbox(&event) || !is_written_in(&event)) {
            keys(listed, &event);
        }
    });
    on_cleanup(move || listener.remove());
    view! {
        <table class="desk-list">
            <thead>
                <tr>
                    <th>
                        <label>
                            <input type="checkbox" prop:checked=every on:change=choose_all/>
                            <span>{words::CHOOSE_ALL}</span>
                        </label>
                    </th>
                    <th scope="col">{words::TITLE}</th>
                    <th scope="col">{words::SECTION}</th>
                    <th scope="col">{words::STATE}</th>
                    <th scope="col">{words::BY}</th>
                    <th scope="col">{if listed.bin { words::BINNED } else { words::UPDATED }}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <nav class="desk-pager" aria-label=words::PAGES>
            {pager}
        </nav>
    }
    .into_any()
}

#[component]
fn Line(listed: Listed, n: usize, row: DeskRow, last: StoredValue<Option<usize>>) -> impl IntoView {
    let id = row.id.0;
    let title = title_of(&row);
    let state = words::row_state(&row);
    let time = if listed.bin { row.binned.clone().unwrap_or(row.updated.clone()) } else { row.updated.clone() };
    let choose = move |event: ev::MouseEvent| {
        let on = !listed.chosen.with_untracked(|chosen| chosen.contains(&id));
        let from = last.get_value().filter(|_| event.shift_key()).unwrap_or(n);
        let range = from.min(n)..=from.max(n);
        let ids: Vec<i64> =
            listed.rows().iter().enumerate().filter(|(at, _)| range.contains(at)).map(|(_, row)| row.id.0).collect();
        listed.chosen.update(|chosen| {
            for id in ids {
                if on {
                    chosen.insert(id);
                } else {
                    chosen.remove(&id);
                }
            }
        });
        last.set_value(Some(n));
    };
    view! {
        <tr id=format!("row-{n}") class:desk-at=move || listed.at.get() == n>
            <td class="desk-check">
                <input
                    type="checkbox"
                    aria-label=title.clone()
                    prop:checked=move || listed.chosen.with(|chosen| chosen.contains(&id))
                    on:click=choose
                />
            </td>
            <td class="desk-title">
                <A href=format!("/admin/articles/{id}") on:focus=move |_| listed.at.set(n)>
                    {title}
                </A>
            </td>
            <td>{row.section.name}</td>
            <td>
                <span class="chip">{state}</span>
                {(row.public && !matches!(row.state, State::Published | State::Draft)).then(|| view! { <span class="chip public">{words::PUBLIC}</span> })}
            </td>
            <td>{row.author}</td>
            <td class="desk-time">
                <time datetime=time.rfc3339().to_owned()>{time.to_the_minute()}</time>
            </td>
        </tr>
    }
    .into_any()
}

/// The title, or that there is none.
pub fn title_of(row: &DeskRow) -> String {
    if row.title.trim().is_empty() { words::UNTITLED.to_owned() } else { row.title.clone() }
}

/// The boxes of the list are no place to write in.
fn is_checkbox(event: &ev::KeyboardEvent) -> bool {
    use wasm_bindgen::JsCast;
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    target.is_some_and(|target| target.type_() == "checkbox")
}

/// `j` and `k` go down and up, `x` chooses.
fn keys(listed: Listed, event: &ev::KeyboardEvent) {
    let rows = listed.rows();
    let at = listed.at.get_untracked();
    let to = match event.key().as_str() {
        "j" => (at + 1).min(rows.len().saturating_sub(1)),
        "k" => at.saturating_sub(1),
        "x" => {
            if let Some(row) = rows.get(at) {
                listed.chosen.update(|chosen| {
                    if !chosen.remove(&row.id.0) {
                        chosen.insert(row.id.0);
                    }
                });
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    listed.at.set(to);
    if let Ok(Some(link)) = document().query_selector(&format!("#row-{to} a")) {
        use wasm_bindgen::JsCast;
        let _ = link.unchecked_into::<web_sys::HtmlElement>().focus();
    }
}
