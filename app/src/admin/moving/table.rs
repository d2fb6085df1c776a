//! What was found on the pages, least sure first.

use super::{
    api,
    filters::{self, Shown},
    one::Room,
    words,
};
use crate::admin::{
    ui::{Answer, Failed, SearchField, ask},
    words as admin_words,
};
use content::moving::{DOUBTFUL, FoundList, FoundRow, Which};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_navigate, use_query_map},
};

/// The table with its filters.
#[component]
pub fn Table(room: Room) -> impl IntoView {
    let query = use_query_map();
    let navigate = use_navigate();
    let shown = Memo::new(move |_| query.with(|query| Shown::read(|name| query.get(name))));
    let list: Answer<FoundList> = RwSignal::new(None);
    let load = move || {
        let Shown { which, text, after } = shown.get_untracked();
        ask(room.session, list, api::list_found(room.id, which, text, after));
    };
    Effect::new(move |_| {
        shown.track();
        load();
    });
    Effect::new(move |_| {
        if let Some(Ok(list)) = &*list.read() {
            room.chosen.set(list.chosen);
        }
    });
    let search = Callback::new(move |text: String| {
        let Shown { which, .. } = shown.get_untracked();
        let to = Shown { which, text, after: None }.write(room.id);
        navigate(&to, NavigateOptions { scroll: false, ..Default::default() });
    });
    // They stay in the document while numbers change, so that the keyboard stays on them.
    let counts = Memo::new(move |before: Option<&[u64; 5]>| {
        let known = list.with(|list| list.as_ref().and_then(|list| list.as_ref().ok()).map(|list| list.counts));
        known.or(before.copied()).unwrap_or_default()
    });
    let tab = move |(n, which): (usize, Which)| {
        let here = Memo::new(move |_| shown.with(|shown| shown.which == which));
        let count = move || counts.with(|counts| counts.get(n).copied().unwrap_or_default());
        // What there is none of is not offered, and the main lists always are.
        let always = matches!(which, Which::Articles | Which::Doubtful | Which::Lists);
        let to = Shown { which, ..Shown::default() }.write(room.id);
        view! {
            <li hidden=move || !always && !here.get() && count() == 0>
                // What differs is the query alone, by which the router would not tell which one is current.
                <a href=to data-noscroll="true" aria-current=move || here.get().then_some("page")>
                    {words::which(which)}
                    " "
                    <span class="moving-count">{move || count().to_string()}</span>
                </a>
            </li>
        }
    };
    let tabs = Which::ALL.into_iter().enumerate().map(tab).collect_view();
    let rows = move || match list.get() {
        None => view! { <p role="status">{admin_words::LOADING}</p> }.into_any(),
        Some(Err(error)) => view! { <Failed error again=move |()| load()/> }.into_any(),
        Some(Ok(list)) if list.rows.is_empty() => {
            let said = if shown.with_untracked(|shown| shown.text.is_empty()) { words::NONE } else { words::NO_MATCH };
            view! { <div class="room-empty"><p>{said}</p></div> }.into_any()
        }
        Some(Ok(list)) => view! { <Rows room list shown=shown.get_untracked()/> }.into_any(),
    };
    view! {
        <section class="room-part" aria-label=words::TABLE>
            <h2>{words::TABLE}</h2>
            <nav class="media-halves moving-tabs" aria-label=words::WHICH>
                <ul>{tabs}</ul>
            </nav>
            <form class="filters" role="search" aria-label=admin_words::FILTERS on:submit=|event| event.prevent_default()>
                <SearchField
                    id="filter-text"
                    label=admin_words::FILTER_TEXT
                    hint=words::SEARCH_HINT
                    text=Signal::derive(move || shown.with(|shown| shown.text.clone()))
                    search
                />
            </form>
            <div aria-live="polite">{rows}</div>
        </section>
    }
    .into_any()
}

#[component]
fn Rows(room: Room, list: FoundList, shown: Shown) -> impl IntoView {
    let first = shown.after.is_some().then(|| Shown { after: None, ..shown.clone() }.write(room.id));
    let next = list.next.map(|after| Shown { after: Some(after), ..shown }.write(room.id));
    let pager = [(words::FIRST, first), (admin_words::NEXT_PAGE, next)]
        .map(|(label, to)| to.map(|to| view! { <A href=to>{label}</A> }));
    view! {
        <table class="moving-list">
            <thead>
                <tr>
                    <th scope="col">{words::SURE}</th>
                    <th scope="col">{words::PAGE}</th>
                    <th scope="col">{words::TIME}</th>
                    <th scope="col">{words::PLACE}</th>
                    <th scope="col">{words::BECAME}</th>
                </tr>
            </thead>
            <tbody>{list.rows.into_iter().map(|row| view! { <Line room row/> }).collect_view()}</tbody>
        </table>
        <nav class="desk-pager" aria-label=admin_words::PAGES>
            {pager}
        </nav>
    }
    .into_any()
}

#[component]
fn Line(room: Room, row: FoundRow) -> impl IntoView {
    let doubtful = row.article && row.confidence < DOUBTFUL && !row.corrected;
    let title = if row.title.is_empty() { admin_words::UNTITLED.to_owned() } else { row.title };
    let became = match (row.became, row.outcome) {
        (Some(article), _) => {
            view! { <A href=format!("/admin/articles/{article}")>{words::OPEN_ARTICLE}</A> }.into_any()
        }
        (None, why) if !why.is_empty() => words::reason(&why).into_any(),
        (None, _) if !row.chosen && row.article => words::NOT_CHOSEN.into_any(),
        (None, _) if row.chosen && !row.article => words::CHOSEN_BY_HAND.into_any(),
        _ => ().into_any(),
    };
    view! {
        <tr>
            <td class="moving-sure">
                <span class="chip" class:warn=doubtful>
                    {words::sure(row.confidence, row.corrected)}
                </span>
            </td>
            <td class="moving-page">
                <A href=filters::page(room.id, row.id)>{title}</A>
                <span class="moving-file">{row.file}</span>
            </td>
            <td class="desk-time">{row.time}</td>
            <td>{row.section}</td>
            <td class="moving-became">{became}</td>
        </tr>
    }
    .into_any()
}
