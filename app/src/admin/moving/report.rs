//! What came over of an old site, what did not, and why.

use super::{filters::Shown, words};
use content::{
    ImportId,
    moving::{Counts, Parity, Which},
};
use leptos::prelude::*;
use leptos_router::components::A;

/// The report. `stays` is how many articles are still there of an import that was undone.
#[component]
pub fn Report(id: ImportId, parity: Parity, stays: Option<u64>, has_pages: bool) -> impl IntoView {
    let Parity { pages, pictures, links, lists, why } = parity;
    let to = |which: Which| has_pages.then(|| Shown { which, ..Shown::default() }.write(id));
    let line = |name: &'static str, Counts { came, changed, missing }: Counts, to: Option<String>| {
        let missing = match to.filter(|_| missing > 0) {
            Some(to) => view! { <A href=to>{missing.to_string()}</A> }.into_any(),
            None => missing.to_string().into_any(),
        };
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{came.to_string()}</td>
                <td>{changed.to_string()}</td>
                <td>{missing}</td>
            </tr>
        }
    };
    let reason = |(why, times): (String, u64)| {
        view! {
            <li>
                <span>{words::reason(&why)}</span>
                <span class="desk-meta">{words::times(times)}</span>
            </li>
        }
    };
    let mut why = why;
    why.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    let reasons = (!why.is_empty()).then(|| {
        view! {
            <h3>{words::WHY}</h3>
            <ul class="lines moving-why">{why.into_iter().map(reason).collect_view()}</ul>
        }
    });
    let stayed = stays.map(|count| {
        let to = to(Which::Changed).filter(|_| count > 0);
        view! {
            <p class="room-note">
                {words::undone(count)} {to.map(|to| view! { <A href=to>{words::SHOW_STAYED}</A> })}
            </p>
        }
    });
    view! {
        {stayed}
        <section class="room-part moving-report" aria-label=words::REPORT>
            <h2>{words::REPORT}</h2>
            <table>
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col">{words::CAME}</th>
                        <th scope="col">{words::CHANGED}</th>
                        <th scope="col">{words::MISSING}</th>
                    </tr>
                </thead>
                <tbody>
                    {line(words::PAGES, pages, to(Which::Missing))} {line(words::PICTURES, pictures, None)}
                    {line(words::LINKS, links, None)}
                </tbody>
            </table>
            {(lists > 0).then(|| view! { <p class="moving-note">{words::lists(lists)}</p> })}
            {reasons}
        </section>
    }
    .into_any()
}
