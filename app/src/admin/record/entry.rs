//! One entry: a line that opens to what was before and after.

use super::{
    fields::{Field, Kept},
    filters, words,
};
use content::record::{RecordFilter, RecordRow, RecordSubject, Who};
use leptos::{html, prelude::*};
use leptos_router::components::A;

/// A line of the list.
#[component]
pub fn Entry(row: RecordRow) -> impl IntoView {
    let open = RwSignal::new(false);
    let at = row.at.clone();
    // There is one site, which needs no number.
    let number = row.subject_id.filter(|_| row.subject != "site").map(|id| ["#", &id.to_string()].concat());
    let name = row.title.clone().or(number);
    let summary = view! {
        <time datetime=at.rfc3339().to_owned()>{at.date_time()}</time>
        <span class="record-who">{words::who(&row)}</span>
        <span class="record-what">
            <strong>{words::action(&row.action).to_owned()}</strong>
            " "
            <span class="record-kind">{words::subject(&row.subject).to_owned()}</span>
            " "
            {name.unwrap_or_default()}
        </span>
        <span class="record-address">{row.address.clone()}</span>
    };
    let row = StoredValue::new(row);
    let details = NodeRef::<html::Details>::new();
    let toggled = move |_| open.set(details.get_untracked().is_some_and(|details| details.open()));
    view! {
        <li>
            <details class="record-entry" node_ref=details on:toggle=toggled>
                <summary>{summary}</summary>
                // What is folded away costs nothing until it is opened.
                {move || open.get().then(|| view! { <Opened row=row.get_value()/> })}
            </details>
        </li>
    }
    .into_any()
}

#[component]
fn Opened(row: RecordRow) -> impl IntoView {
    let kept = Kept::of(&row);
    let empty = kept.is_empty();
    let nothing = match (empty, kept.fields.is_empty()) {
        (true, _) => Some(words::NOTHING_KEPT),
        (false, true) => Some(words::NOTHING_CHANGED),
        _ => None,
    };
    let same = (!empty && kept.same > 0).then(|| words::same(kept.same));
    let more = kept.more.then_some(words::MORE_FIELDS);
    let table = (!kept.fields.is_empty()).then(|| view! { <Fields fields=kept.fields/> });
    view! {
        <div class="record-opened">
            {nothing.map(|said| view! { <p>{said}</p> })} {table}
            {same.into_iter().chain(more.map(str::to_owned)).map(|said| view! { <p class="record-note">{said}</p> }).collect_view()}
            <p class="record-ways">
                <span>{words::NUMBER_OF_ENTRY} " " {row.id}</span>
                {ways(&row, kept.revisions)}
            </p>
        </div>
    }
    .into_any()
}

/// Old and new beside each other; only one of them where there is only one.
#[component]
fn Fields(fields: Vec<Field>) -> impl IntoView {
    let old = fields.iter().any(|field| field.before.is_some());
    let new = fields.iter().any(|field| field.after.is_some());
    let both = old && new;
    let cell = |value: Option<String>| match value {
        Some(text) if !text.is_empty() => text.into_any(),
        Some(_) => view! { <span class="record-none">{words::NONE}</span> }.into_any(),
        None => view! { <span class="record-none">"—"</span> }.into_any(),
    };
    let line = move |Field { label, before, after }: Field| {
        view! {
            <tr>
                <th scope="row">{label}</th>
                {old.then(|| view! { <td class="record-old" data-label=words::BEFORE>{cell(before)}</td> })}
                {new.then(|| view! { <td class="record-new" data-label=words::AFTER>{cell(after)}</td> })}
            </tr>
        }
    };
    let head = |shown: bool, both_name: &'static str| {
        shown.then(|| view! { <th scope="col">{if both { both_name } else { words::VALUE }}</th> })
    };
    view! {
        <table class="record-fields" class:record-both=both>
            <thead>
                <tr>
                    <th scope="col">{words::FIELD}</th>
                    {head(old, words::BEFORE)}
                    {head(new, words::AFTER)}
                </tr>
            </thead>
            <tbody>{fields.into_iter().map(line).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// Where one may want to go from an entry.
fn ways(row: &RecordRow, revisions: Option<(content::RevisionId, content::RevisionId)>) -> Vec<AnyView> {
    let mut ways = Vec::new();
    let mut way = |to: String, name: &'static str| ways.push(view! { <A href=to>{name}</A> }.into_any());
    if let Some((id, (older, newer))) = row.subject_id.zip(revisions) {
        way(format!("/admin/articles/{id}/history?older={older}&newer={newer}"), words::COMPARE);
    }
    if let Some(id) = row.subject_id {
        if row.subject == "article" && row.title.is_some() {
            way(format!("/admin/articles/{id}"), words::OPEN);
        }
        let subject = Some(RecordSubject { kind: row.subject.clone(), id: Some(id) });
        let same = RecordFilter { subject, ..RecordFilter::default() };
        way(filters::write(filters::ROOM, &same, None), words::SAME_SUBJECT);
    }
    if let Who::Account(_) = row.who {
        let same = RecordFilter { who: Some(row.who), ..RecordFilter::default() };
        way(filters::write(filters::ROOM, &same, None), words::SAME_WHO);
    }
    ways
}
