//! The list of articles, and the bin, which is the same list of other articles.

mod rows;

use super::{api, batch::BatchBar, filters};
use crate::{
    admin::{
        session::Session,
        ui::{Answer, RoomTitle, Toasts, ask},
        words,
    },
    error::AppError,
};
use content::{
    AccountId, ArticleId, CivilDate, SectionId,
    article::State,
    desk::{AuthorChoice, Batch, BatchDone, DeskPage as Page, DeskRow, Filter, SectionChoice, Sort},
};
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use rows::Rows;
pub(super) use rows::title_of;
use std::{collections::BTreeSet, time::Duration};

/// From the last letter of the text filter to its search.
const PAUSE: Duration = Duration::from_millis(250);

/// The sorts that are offered, in their order.
const SORTS: [Sort; 5] = [Sort::Updated, Sort::UpdatedOldest, Sort::Shown, Sort::Created, Sort::Scheduled];

/// `/admin/articles`
#[component]
pub fn ArticlesPage() -> impl IntoView {
    view! { <List bin=false/> }
}

/// `/admin/bin`
#[component]
pub fn BinPage() -> impl IntoView {
    view! { <List bin=true/> }
}

/// What the parts of the list share.
#[derive(Clone, Copy)]
pub(super) struct Listed {
    pub(super) bin: bool,
    pub(super) session: Session,
    toasts: Toasts,
    filter: Memo<(Filter, Option<String>)>,
    page: Answer<Page>,
    pub(super) chosen: RwSignal<BTreeSet<i64>>,
    /// The row that the keyboard is on.
    at: RwSignal<usize>,
    go: StoredValue<Callback<String>>,
}

impl Listed {
    fn base(self) -> &'static str {
        if self.bin { "/admin/bin" } else { "/admin/articles" }
    }

    fn load(self) {
        let (filter, mark) = self.filter.get_untracked();
        ask(self.session, self.page, api::list_articles(filter, mark));
    }

    /// Shows another choice of articles; any page but the first has lost its meaning then.
    fn narrow(self, change: impl FnOnce(&mut Filter)) {
        let (mut filter, _) = self.filter.get_untracked();
        change(&mut filter);
        self.go.get_value().run(filters::write(self.base(), &filter, None));
    }

    fn rows(self) -> Vec<DeskRow> {
        self.page.with_untracked(|page| match page {
            Some(Ok(page)) => page.rows.clone(),
            _ => Vec::new(),
        })
    }

    /// Does something to the chosen ones and says what was done.
    pub(super) fn apply(self, batch: Batch, said: fn(u32) -> String) {
        let ids: Vec<ArticleId> = self.chosen.get_untracked().into_iter().map(ArticleId).collect();
        spawn_local(async move {
            match api::change_articles(ids, batch).await {
                Ok(done) => self.done(done, said),
                Err(error) => self.fail(&error),
            }
        });
    }

    fn done(self, done: BatchDone, said: fn(u32) -> String) {
        self.chosen.try_set(BTreeSet::new());
        let BatchDone { undo, changed, refused } = done;
        let mut text = said(changed);
        if let Some((_, reason)) = refused.first() {
            text = format!("{text} {}", words::not_changed(refused.len(), reason));
        }
        let undo = undo.map(|undo| {
            Callback::new(move |()| {
                spawn_local(async move {
                    match api::undo_batch(undo).await {
                        Ok(count) => {
                            self.toasts.show(words::undone(count), None);
                            self.load();
                        }
                        Err(error) => self.fail(&error),
                    }
                });
            })
        });
        self.toasts.show(text, undo);
        self.load();
    }

    fn fail(self, error: &AppError) {
        self.session.guard(error);
        self.toasts.show(words::error(error), None);
    }
}

#[component]
fn List(bin: bool) -> impl IntoView {
    let query = use_query_map();
    let navigate = use_navigate();
    let go = move |address: String| navigate(&address, NavigateOptions { scroll: false, ..Default::default() });
    let listed = Listed {
        bin,
        session: expect_context::<Session>(),
        toasts: expect_context::<Toasts>(),
        filter: Memo::new(move |_| query.with(|query| filters::read(query, bin))),
        page: RwSignal::new(None),
        chosen: RwSignal::new(BTreeSet::new()),
        at: RwSignal::new(0),
        go: StoredValue::new(Callback::new(go)),
    };
    Effect::new(move |_| {
        listed.filter.track();
        listed.chosen.set(BTreeSet::new());
        listed.at.set(0);
        listed.load();
    });
    view! {
        <div class="room">
            <RoomTitle title=if bin { words::ROOM_BIN } else { words::ROOM_ARTICLES }/>
            <Filters listed/>
            <BatchBar listed/>
            <Rows listed/>
        </div>
    }
    .into_any()
}

#[component]
fn Filters(listed: Listed) -> impl IntoView {
    let sections: Answer<Vec<SectionChoice>> = RwSignal::new(None);
    let authors: Answer<Vec<AuthorChoice>> = RwSignal::new(None);
    ask(listed.session, sections, api::list_section_choices());
    ask(listed.session, authors, api::list_author_choices());
    let filter = move || listed.filter.get().0;
    let waiting = StoredValue::new(0_u32);
    // What stands in the field: the address follows it a moment later, and must not take back what was typed since.
    let typed = RwSignal::new(filter().text);
    Effect::new(move |before: Option<String>| {
        let text = filter().text;
        if before.is_some_and(|before| before != text) && typed.get_untracked().trim() != text {
            typed.set(text.clone());
        }
        text
    });
    let search = move |text: String| {
        typed.set(text.clone());
        waiting.update_value(|count| *count += 1);
        let mine = waiting.get_value();
        let narrow = move || {
            // Only what was typed last is looked for.
            if waiting.try_get_value() == Some(mine) {
                listed.narrow(move |filter| filter.text = text);
            }
        };
        let _ = set_timeout(narrow, PAUSE);
    };
    let on_text = move |event: ev::Event| {
        use wasm_bindgen::JsCast;
        let composing = event.dyn_ref::<web_sys::InputEvent>().is_some_and(web_sys::InputEvent::is_composing);
        if !composing {
            search(event_target_value(&event));
        }
    };
    let on_word = move |event: ev::CompositionEvent| search(event_target_value(&event));
    let section_options = move || {
        let chosen = filter().section;
        let found = sections.get().and_then(Result::ok).unwrap_or_default();
        let option = |choice: SectionChoice| {
            let selected = chosen == Some(choice.id);
            view! { <option value=choice.id.to_string() selected=selected>{choice.link.name}</option> }
        };
        found.into_iter().map(option).collect_view()
    };
    let author_options = move || {
        let chosen = filter().author;
        let found = authors.get().and_then(Result::ok).unwrap_or_default();
        let option = |choice: AuthorChoice| {
            let selected = chosen == Some(choice.id);
            view! { <option value=choice.id.to_string() selected=selected>{choice.name}</option> }
        };
        found.into_iter().map(option).collect_view()
    };
    let state_options = move || {
        let chosen = filter().state;
        let option = |state: State| {
            view! { <option value=state.key() selected=chosen == Some(state)>{words::state(state)}</option> }
        };
        State::ALL.map(option)
    };
    let sort_options = move || {
        let chosen = filter().sort;
        let option = |sort: Sort| {
            view! { <option value=filters::sort_key(sort) selected=chosen == sort>{words::sort(sort)}</option> }
        };
        SORTS.map(option)
    };
    let on_sort = move |event: ev::Event| {
        let key = event_target_value(&event);
        let sort = SORTS.into_iter().find(|sort| filters::sort_key(*sort) == key).unwrap_or_default();
        listed.narrow(move |filter| filter.sort = sort);
    };
    let day = move |event: &ev::Event| CivilDate::try_from(event_target_value(event)).ok();
    view! {
        <form class="filters" role="search" aria-label=words::FILTERS on:submit=|event| event.prevent_default()>
            <label>
                <span>{words::FILTER_TEXT}</span>
                <input
                    id="filter-text"
                    type="search"
                    maxlength="100"
                    placeholder=words::FILTER_TEXT_HINT
                    prop:value=move || typed.get()
                    on:input=on_text
                    on:compositionend=on_word
                />
            </label>
            <label>
                <span>{words::SECTION}</span>
                <select on:change=move |event| {
                    let id = event_target_value(&event).parse::<SectionId>().ok();
                    listed.narrow(move |filter| filter.section = id);
                }>
                    <option value="">{words::ALL}</option>
                    {section_options}
                </select>
            </label>
            <label>
                <span>{words::STATE}</span>
                <select on:change=move |event| {
                    let state = State::of_key(&event_target_value(&event));
                    listed.narrow(move |filter| filter.state = state);
                }>
                    <option value="">{words::ALL}</option>
                    {state_options}
                </select>
            </label>
            <label>
                <span>{words::BY}</span>
                <select on:change=move |event| {
                    let id = event_target_value(&event).parse::<AccountId>().ok();
                    listed.narrow(move |filter| filter.author = id);
                }>
                    <option value="">{words::ALL}</option>
                    {author_options}
                </select>
            </label>
            <label>
                <span>{move || words::days(filter().sort, listed.bin)}</span>
                <input type="date" prop:value=move || filter().from.map(|day| day.to_string()).unwrap_or_default() on:change=move |event| {
                    let from = day(&event);
                    listed.narrow(move |filter| filter.from = from);
                }/>
            </label>
            <label>
                <span>{words::TO}</span>
                <input type="date" prop:value=move || filter().to.map(|day| day.to_string()).unwrap_or_default() on:change=move |event| {
                    let to = day(&event);
                    listed.narrow(move |filter| filter.to = to);
                }/>
            </label>
            {(!listed.bin)
                .then(|| {
                    view! {
                        <label>
                            <span>{words::SORT}</span>
                            <select on:change=on_sort>{sort_options}</select>
                        </label>
                    }
                })}
        </form>
    }
    .into_any()
}
