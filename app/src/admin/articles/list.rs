//! The list of articles, and the bin, which is the same list of other articles.

use super::{api, batch::BatchBar, filters};
use crate::{
    admin::{
        session::Session,
        shell::is_written_in,
        ui::{Answer, Failed, RoomTitle, Toasts, ask},
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
    components::A,
    hooks::{use_navigate, use_query_map},
};
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

#[component]
fn Rows(listed: Listed) -> impl IntoView {
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

/// The title, or that there is none.
pub fn title_of(row: &DeskRow) -> String {
    if row.title.trim().is_empty() { words::UNTITLED.to_owned() } else { row.title.clone() }
}
