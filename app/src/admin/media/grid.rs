//! What there is: pictures as a grid, other files as a list.

use super::{filters, page::Library, words};
use crate::admin::{ui::Failed, words as admin_words};
use content::media::{Making, MediaFilter, MediaKind, MediaRow};
use leptos::prelude::*;
use leptos_router::components::A;
use std::time::Duration;

#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Loading,
    Failed,
    Empty,
    There,
}

/// The list, or why there is none.
#[component]
pub fn Shelf(library: Library) -> impl IntoView {
    let phase = Memo::new(move |_| {
        if library.fault.with(Option::is_some) {
            Phase::Failed
        } else if library.page.with(Option::is_none) {
            Phase::Loading
        } else if library.rows.with(Vec::is_empty) {
            Phase::Empty
        } else {
            Phase::There
        }
    });
    let shown = move || match phase.get() {
        Phase::Loading => view! { <p role="status">{admin_words::LOADING}</p> }.into_any(),
        Phase::Failed => library
            .fault
            .get()
            .map(|error| view! { <Failed error again=move |()| library.load(Duration::ZERO)/> })
            .into_any(),
        Phase::Empty => view! { <Nothing library/> }.into_any(),
        Phase::There => view! { <Rows library/> }.into_any(),
    };
    let count = move || (phase.get() == Phase::There).then(|| words::on_this_page(library.rows.with(Vec::len)));
    view! {
        <p class="visually-hidden" role="status">
            {count}
        </p>
        {shown}
    }
    .into_any()
}

#[component]
fn Nothing(library: Library) -> impl IntoView {
    move || {
        let filter = library.filter.get().0;
        let plain = MediaFilter { bin: filter.bin, ..MediaFilter::default() };
        let filtered = filter != plain;
        let (said, help) = match (filtered, filter.bin) {
            (true, _) => (words::NO_MATCH, words::NO_MATCH_HELP),
            (false, true) => (words::EMPTY_BIN, ""),
            (false, false) => (words::EMPTY, words::EMPTY_HELP),
        };
        view! {
            <div class="room-empty">
                <p>{said}</p>
                <p>{help}</p>
                {filtered.then(|| view! { <A href=filters::write(&plain, None, None)>{words::SHOW_ALL}</A> })}
            </div>
        }
        .into_any()
    }
}

/// What of a row is seen: where it is the same, its place in the document stays as it is.
fn seen(row: &MediaRow) -> String {
    let MediaRow { file, making, uses, deleted, .. } = row;
    let making = match making {
        Making::Done => 'd',
        Making::Waiting => 'w',
        Making::Failed(_) => 'f',
    };
    let at = deleted.as_ref().map_or("", |at| at.rfc3339());
    format!(
        "{} {} {} {} {making} {uses} {at} {} {}",
        file.id,
        file.key,
        file.widths.len(),
        file.focus.css(),
        file.alt,
        file.name
    )
}

#[component]
fn Rows(library: Library) -> impl IntoView {
    let of = move |pictures: bool| {
        library.rows.with(|rows| {
            let wanted = |row: &&MediaRow| (row.kind == MediaKind::Picture) == pictures;
            rows.iter().filter(wanted).cloned().collect::<Vec<_>>()
        })
    };
    let none = move |pictures: bool| {
        library.rows.with(|rows| !rows.iter().any(|row| (row.kind == MediaKind::Picture) == pictures))
    };
    let tile = move |row: MediaRow| {
        let address = library.address_of(Some(row.file.id));
        view! {
            <li>
                <A href=address scroll=false attr:class="tile">
                    {face(&row)}
                </A>
            </li>
        }
        .into_any()
    };
    let line = move |row: MediaRow| {
        let address = library.address_of(Some(row.file.id));
        let MediaRow { file, by, added, uses, .. } = row;
        view! {
            <li>
                <span class="media-file-name">
                    <span class="chip">{extension(&file.key)}</span>
                    " "
                    <A href=address scroll=false>
                        {file.name.clone()}
                    </A>
                </span>
                <span class="desk-meta">
                    {words::bytes(file.bytes)} " · " {words::used(uses)} " · " {person(&by)} " "
                    <time datetime=added.rfc3339().to_owned()>{added.to_the_minute()}</time>
                </span>
            </li>
        }
        .into_any()
    };
    let pager = move || {
        let (next, previous) = library
            .page
            .with(|page| page.as_ref().map(|page| (page.next.clone(), page.previous.clone())))
            .unwrap_or_default();
        let filter = library.filter.get_untracked().0;
        [(admin_words::PREVIOUS_PAGE, previous), (admin_words::NEXT_PAGE, next)].map(|(label, mark)| {
            mark.map(|mark| view! { <A href=filters::write(&filter, Some(&mark), None)>{label}</A> })
        })
    };
    let total = move || library.page.with(|page| page.as_ref().map(|page| words::total(page.total_bytes)));
    view! {
        <ul class="tiles" aria-label=words::PICTURES hidden=move || none(true)>
            <For each=move || of(true) key=seen children=tile/>
        </ul>
        <ul class="lines media-files" aria-label=words::FILES hidden=move || none(false)>
            <For each=move || of(false) key=seen children=line/>
        </ul>
        <nav class="desk-pager" aria-label=admin_words::PAGES>
            {pager}
        </nav>
        <p class="media-total">{total}</p>
    }
    .into_any()
}

/// A file as a tile shows it: what it looks like, its name, and what it lacks.
pub fn face(row: &MediaRow) -> AnyView {
    let MediaRow { file, kind, making, .. } = row;
    let picture = file.picture();
    let look = match (&picture, making) {
        // The picture as it came may be of many megabytes.
        (Some(picture), Making::Waiting) if picture.widths.is_empty() => {
            view! { <span class="tile-sign">{words::MAKING}</span> }.into_any()
        }
        (Some(picture), _) => {
            let source = picture.widths.first().map_or_else(|| picture.address(), |width| picture.at(*width));
            let position = format!("object-position: {}", picture.focus.css());
            view! { <img src=source alt="" loading="lazy" decoding="async" style=position/> }.into_any()
        }
        (None, _) => view! { <span class="tile-sign">{extension(&file.key)}</span> }.into_any(),
    };
    let lacks_alt = *kind == MediaKind::Picture && file.alt.trim().is_empty();
    let failed = matches!(making, Making::Failed(_));
    view! {
        <span class="tile-look">{look}</span>
        <span class="tile-name">{file.name.clone()}</span>
        <span class="tile-marks">
            {lacks_alt.then(|| view! { <span class="chip warn">{words::WITHOUT_ALT}</span> })}
            {failed.then(|| view! { <span class="chip warn">{words::NOT_MADE}</span> })}
        </span>
    }
    .into_any()
}

/// `PDF`.
pub fn extension(key: &str) -> String {
    key.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_uppercase()
}

/// Who brought it.
pub fn person(by: &str) -> String {
    if by.is_empty() { words::SYSTEM } else { by }.to_owned()
}
