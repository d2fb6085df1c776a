//! The history of an article: every revision, what differs between any two, and the way back.

use super::{api, words};
use crate::{
    admin::{session::Session, shell::Place, words as admin_words},
    error::AppError,
};
use content::{
    ArticleId, RevisionId,
    document::{
        Block,
        diff::{BlockChange, Piece},
        text,
    },
    manuscript::{Comparison, FieldChange, LONGEST_REVISION_NAME, RevisionRow},
};
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;

/// What the page holds.
#[derive(Clone, Copy)]
struct Books {
    article: ArticleId,
    session: Session,
    rows: RwSignal<Vec<RevisionRow>>,
    /// There is more behind the last row.
    more: RwSignal<bool>,
    older: RwSignal<Option<RevisionId>>,
    newer: RwSignal<Option<RevisionId>>,
    comparison: RwSignal<Option<Comparison>>,
    said: RwSignal<String>,
    /// The older and the newer revision that the address names.
    named: Option<(RevisionId, RevisionId)>,
}

/// Revisions that one answer brings.
const PAGE: usize = 50;

impl Books {
    fn fail(self, error: &AppError) {
        self.session.guard(error);
        self.said.try_set(admin_words::error(error));
    }

    fn load(self, before: Option<RevisionId>) {
        spawn_local(async move {
            match api::list_revisions(self.article, before).await {
                Ok(rows) => {
                    self.more.try_set(rows.len() == PAGE);
                    if before.is_none() {
                        let (older, newer) = chosen(&rows, self.named);
                        self.newer.try_set(newer);
                        self.older.try_set(older);
                        self.rows.try_set(rows);
                        self.compare();
                    } else {
                        self.rows.try_update(|known| known.extend(rows));
                    }
                }
                Err(error) => self.fail(&error),
            }
        });
    }

    fn compare(self) {
        let (Some(older), Some(newer)) = (self.older.get_untracked(), self.newer.get_untracked()) else { return };
        let (older, newer) = if older < newer { (older, newer) } else { (newer, older) };
        spawn_local(async move {
            match api::compare_revisions(self.article, older, newer).await {
                Ok(comparison) => {
                    self.comparison.try_set(Some(comparison));
                }
                Err(error) => self.fail(&error),
            }
        });
    }

    fn restore(self, revision: RevisionId) {
        let working = self.rows.with_untracked(|rows| rows.iter().find(|row| row.working).map(|row| row.id));
        let Some(base) = working else { return };
        spawn_local(async move {
            match api::restore_revision(self.article, revision, base).await {
                Ok(_) => {
                    self.load(None);
                    self.said.try_set(words::RESTORED.to_owned());
                }
                Err(error) => self.fail(&error),
            }
        });
    }
}

/// `/admin/articles/:id/history`
#[component]
pub fn HistoryPage() -> impl IntoView {
    let session = expect_context::<Session>();
    expect_context::<Place>().article().map(|article| view! { <History article session/> })
}

#[component]
fn History(article: ArticleId, session: Session) -> impl IntoView {
    let books = Books {
        article,
        session,
        rows: RwSignal::new(Vec::new()),
        more: RwSignal::new(false),
        older: RwSignal::new(None),
        newer: RwSignal::new(None),
        comparison: RwSignal::new(None),
        said: RwSignal::new(String::new()),
        named: use_query_map().with_untracked(|query| {
            let named = |name| query.get(name).and_then(|id| id.parse().ok());
            named("older").zip(named("newer"))
        }),
    };
    document().set_title(&admin_words::title(words::HISTORY));
    books.load(None);
    let rows = move || books.rows.get().into_iter().map(|row| view! { <Row books row/> }).collect_view();
    let older = move |_| books.load(books.rows.with_untracked(|rows| rows.last().map(|row| row.id)));
    view! {
        <div class="history">
            <h1 tabindex="-1">{words::HISTORY}</h1>
            <p>
                <a href=format!("/admin/articles/{article}")>{words::BACK_TO_TEXT}</a>
            </p>
            <p role="status">{move || books.said.get()}</p>
            <div class="history-columns">
                <section aria-label=words::HISTORY>
                    <p class="write-hint">{words::COMPARE_HELP}</p>
                    <ol class="history-list">{rows}</ol>
                    {move || books.rows.with(Vec::is_empty).then(|| view! { <p>{words::NO_HISTORY}</p> })}
                    {move || books.more.get().then(|| view! { <button type="button" class="quiet" on:click=older>{words::OLDER}</button> })}
                </section>
                <section class="history-diff" aria-label=words::COMPARE aria-live="polite">
                    {move || books.comparison.get().map(|comparison| view! { <Differences comparison/> })}
                </section>
            </div>
        </div>
    }
    .into_any()
}

/// What is compared first: the two newest, or what the address names. A revision within a burst is folded into the one at
/// its end, so the next one that was kept stands for it.
fn chosen(rows: &[RevisionRow], named: Option<(RevisionId, RevisionId)>) -> (Option<RevisionId>, Option<RevisionId>) {
    let Some((older, newer)) = named else {
        return (rows.get(1).map(|row| row.id), rows.first().map(|row| row.id));
    };
    let mut ids = rows.iter().map(|row| row.id);
    let newer = ids.clone().rfind(|id| *id >= newer).unwrap_or(newer);
    let older = ids.find(|id| *id <= older).unwrap_or(older);
    (Some(older), Some(newer))
}

#[component]
fn Row(books: Books, row: RevisionRow) -> impl IntoView {
    let id = row.id;
    let choose = move |side: RwSignal<Option<RevisionId>>| {
        books.said.set(String::new());
        side.set(Some(id));
        books.compare();
    };
    let radio = move |side: RwSignal<Option<RevisionId>>, name: &'static str, label: &'static str| {
        view! {
            <label>
                <input type="radio" name=name prop:checked=move || side.get() == Some(id) on:change=move |_| choose(side)/>
                {label}
            </label>
        }
    };
    let by = if row.by.is_empty() { words::SYSTEM.to_owned() } else { row.by.clone() };
    let kind = words::revision(row.kind);
    let title = if row.title.is_empty() { words::UNTITLED.to_owned() } else { row.title.clone() };
    view! {
        <li class="history-row">
            <div>
                <time datetime=row.at.rfc3339().to_owned()>{row.at.date_time()}</time>
                " "
                {by}
                " "
                <span class="chip">{kind}</span>
                {row.working.then(|| view! { <span class="chip">{words::IS_WORKING}</span> })}
                {row.published.then(|| view! { <span class="chip">{words::IS_PUBLIC}</span> })}
            </div>
            <div class="history-title">
                {(!row.name.is_empty()).then(|| view! { <strong>{row.name.clone()}" "</strong> })}
                {title}
            </div>
            <div class="history-acts">
                {radio(books.older, "older", words::FROM)}
                {radio(books.newer, "newer", words::TO)}
                {(!row.working)
                    .then(|| {
                        view! {
                            <button type="button" class="quiet" on:click=move |_| books.restore(id)>
                                {words::RESTORE}
                            </button>
                        }
                    })}
                <NameIt books id name=row.name/>
            </div>
        </li>
    }
    .into_any()
}

/// Gives a revision a name.
#[component]
fn NameIt(books: Books, id: RevisionId, name: String) -> impl IntoView {
    let text = RwSignal::new(name);
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let name = text.get_untracked().trim().to_owned();
        spawn_local(async move {
            match api::name_revision(books.article, id, name).await {
                Ok(()) => books.load(None),
                Err(error) => books.fail(&error),
            }
        });
    };
    view! {
        <details class="history-name">
            <summary>{words::NAME_IT}</summary>
            <form on:submit=send>
                <label class="visually-hidden" for=format!("name-{id}")>
                    {words::KEEP_NAME}
                </label>
                <input
                    id=format!("name-{id}")
                    type="text"
                    maxlength=LONGEST_REVISION_NAME.to_string()
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                />
                <button type="submit">{words::KEEP_NOW}</button>
            </form>
        </details>
    }
    .into_any()
}

/// What differs, in the order in which the newer text is read.
#[component]
fn Differences(comparison: Comparison) -> impl IntoView {
    let same =
        comparison.fields.is_empty() && comparison.blocks.iter().all(|block| matches!(block, BlockChange::Same(_)));
    let fields = comparison.fields.into_iter().map(field_change).collect_view();
    view! {
        <h2>
            {comparison.older.at.date_time()} " → " {comparison.newer.at.date_time()}
        </h2>
        {same.then(|| view! { <p>{words::SAME}</p> })}
        {fields}
        {blocks(&comparison.blocks)}
    }
    .into_any()
}

fn field_change(change: FieldChange) -> impl IntoView {
    view! {
        <div class="history-field">
            <h3>{words::label(&change.field).to_owned()}</h3>
            <p>{pieces(change.text)}</p>
        </div>
    }
    .into_any()
}

/// Blocks that did not change are counted, beside one that did they are shown.
fn blocks(changes: &[BlockChange]) -> Vec<AnyView> {
    let changed = |at: usize| changes.get(at).is_some_and(|change| !matches!(change, BlockChange::Same(_)));
    let mut shown = Vec::new();
    let mut skipped = 0_usize;
    for (at, change) in changes.iter().enumerate() {
        let near = changed(at) || changed(at + 1) || (at > 0 && changed(at - 1));
        if !near {
            skipped += 1;
            continue;
        }
        if skipped > 0 {
            shown.push(
                view! { <p class="history-skipped">{format!("…… {skipped} {}", words::UNCHANGED)}</p> }.into_any(),
            );
            skipped = 0;
        }
        shown.push(block_change(change));
    }
    if skipped > 0 && !shown.is_empty() {
        shown.push(view! { <p class="history-skipped">{format!("…… {skipped} {}", words::UNCHANGED)}</p> }.into_any());
    }
    shown
}

fn block_change(change: &BlockChange) -> AnyView {
    let words_of = |block: &Block| text::of_block(block);
    match change {
        BlockChange::Same(block) => view! { <p class="history-same">{words_of(block)}</p> }.into_any(),
        BlockChange::Added(block) => view! { <p><ins>{words_of(block)}</ins></p> }.into_any(),
        BlockChange::Removed(block) => view! { <p><del>{words_of(block)}</del></p> }.into_any(),
        BlockChange::Changed { newer, text, .. } if text.iter().all(|piece| matches!(piece, Piece::Same(_))) => {
            view! { <p class="history-form">{words_of(newer)} " " <span class="chip">{words::FORM_ONLY}</span></p> }
                .into_any()
        }
        BlockChange::Changed { text, .. } => view! { <p>{pieces(text.clone())}</p> }.into_any(),
    }
}

fn pieces(pieces: Vec<Piece>) -> Vec<AnyView> {
    let piece = |piece| match piece {
        Piece::Same(text) => view! { <span>{text}</span> }.into_any(),
        Piece::Added(text) => view! { <ins>{text}</ins> }.into_any(),
        Piece::Removed(text) => view! { <del>{text}</del> }.into_any(),
    };
    pieces.into_iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use content::manuscript::RevisionKind;

    fn row(id: i64) -> RevisionRow {
        RevisionRow {
            id: RevisionId(id),
            kind: RevisionKind::Autosave,
            name: String::new(),
            by: String::new(),
            at: serde_json::from_str("\"2026-11-24T10:28:49+08:00\"").unwrap(),
            title: String::new(),
            working: false,
            published: false,
        }
    }

    #[test]
    fn the_two_newest_are_compared_or_what_the_address_names_and_a_burst_stands_for_what_is_folded_into_it() {
        let rows = [row(9), row(6), row(2)];
        let named = |older, newer| chosen(&rows, Some((RevisionId(older), RevisionId(newer))));
        let pair = |older, newer| (Some(RevisionId(older)), Some(RevisionId(newer)));
        assert_eq!(chosen(&rows, None), pair(6, 9));
        assert_eq!(named(2, 6), pair(2, 6));
        assert_eq!(named(3, 5), pair(2, 6), "3 and 5 are within bursts");
        assert_eq!(named(1, 12), pair(1, 12), "what is not listed is asked for as it is");
    }
}
