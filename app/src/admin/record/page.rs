//! The room: a dense list whose filters stand in the address.

use super::{api, entry::Entry, filters, words};
use crate::admin::{
    articles::api::list_author_choices,
    session::Session,
    ui::{Answer, Failed, RoomTitle, ask},
    words as admin_words,
};
use content::{
    CivilDate,
    desk::AuthorChoice,
    record::{LONGEST_ADDRESS, RecordFilter, RecordPage, RecordSubject, Who},
};
use leptos::{ev, prelude::*};
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_navigate, use_query_map},
};

/// What the parts of the room share.
#[derive(Clone, Copy)]
struct Room {
    session: Session,
    filter: Memo<(RecordFilter, Option<String>)>,
    page: Answer<RecordPage>,
    go: StoredValue<Callback<String>>,
}

impl Room {
    fn load(self) {
        let (filter, mark) = self.filter.get_untracked();
        ask(self.session, self.page, api::list_record(filter, mark));
    }

    /// Shows other entries; any page but the first has lost its meaning then.
    fn narrow(self, change: impl FnOnce(&mut RecordFilter)) {
        let (mut filter, _) = self.filter.get_untracked();
        change(&mut filter);
        self.go.get_value().run(filters::write(filters::ROOM, &filter, None));
    }

    fn address(self) -> impl Fn(&str, Option<&str>) -> String + Copy {
        move |base, mark| self.filter.with(|(filter, _)| filters::write(base, filter, mark))
    }
}

/// `/admin/record`
#[component]
pub fn RecordRoom() -> impl IntoView {
    let query = use_query_map();
    let navigate = use_navigate();
    let go = move |address: String| navigate(&address, NavigateOptions { scroll: false, ..Default::default() });
    let filter = Memo::new(move |_| {
        query.with(|query| {
            let mark = query.get("mark").filter(|mark| !mark.is_empty());
            (filters::read(|name| query.get(name)), mark)
        })
    });
    let room = Room {
        session: expect_context::<Session>(),
        filter,
        page: RwSignal::new(None),
        go: StoredValue::new(Callback::new(go)),
    };
    Effect::new(move |_| {
        room.filter.track();
        room.load();
    });
    let file = move || room.address()(FILE, None);
    view! {
        <div class="room record">
            <div class="record-head">
                <RoomTitle title=words::ROOM/>
                // Not a room: the browser fetches it as a file.
                <a class="button" href=file rel="external" download="" title=words::EXPORT_HELP>
                    {words::EXPORT}
                </a>
            </div>
            <p class="record-note">{words::HELP}</p>
            <Filters room/>
            <Rows room/>
        </div>
    }
    .into_any()
}

/// The record as a file.
const FILE: &str = "/admin/record.csv";

#[component]
fn Filters(room: Room) -> impl IntoView {
    let people: Answer<Vec<AuthorChoice>> = RwSignal::new(None);
    ask(room.session, people, list_author_choices());
    let filter = move || room.filter.get().0;
    let option = |value: String, name: String, selected: bool| {
        view! { <option value=value selected=selected>{name}</option> }
    };
    let who_options = move || {
        let chosen = filter().who;
        let found = people.get().and_then(Result::ok).unwrap_or_default();
        let accounts = found.into_iter().map(|person| (Who::Account(person.id), person.name));
        let others = [(Who::System, words::SYSTEM.to_owned()), (Who::Visitor, words::VISITOR.to_owned())];
        let all = accounts.chain(others);
        all.map(|(who, name)| option(filters::who_key(who), name, chosen == Some(who))).collect_view()
    };
    let action_options = move || known(words::ACTIONS, filter().action.as_deref());
    let subject_options =
        move || known(words::SUBJECTS, filter().subject.as_ref().map(|subject| subject.kind.as_str()));
    let some = |event: &ev::Event| Some(event_target_value(event).trim().to_owned()).filter(|text| !text.is_empty());
    let day = move |event: &ev::Event| CivilDate::try_from(event_target_value(event)).ok();
    let number = move || filter().subject.and_then(|subject| subject.id).map(|id| id.to_string()).unwrap_or_default();
    view! {
        <form class="filters" role="search" aria-label=words::FILTERS on:submit=|event| event.prevent_default()>
            <label>
                <span>{words::WHO}</span>
                <select on:change=move |event| {
                    let who = filters::who_of(&event_target_value(&event));
                    room.narrow(move |filter| filter.who = who);
                }>
                    <option value="">{words::ALL}</option>
                    {who_options}
                </select>
            </label>
            <label>
                <span>{words::ACTION}</span>
                <select on:change=move |event| {
                    let action = some(&event);
                    room.narrow(move |filter| filter.action = action);
                }>
                    <option value="">{words::ALL}</option>
                    {action_options}
                </select>
            </label>
            <label>
                <span>{words::SUBJECT}</span>
                <select on:change=move |event| {
                    let kind = some(&event);
                    room.narrow(move |filter| filter.subject = kind.map(|kind| RecordSubject { kind, id: None }));
                }>
                    <option value="">{words::ALL}</option>
                    {subject_options}
                </select>
            </label>
            <label>
                <span>{words::NUMBER}</span>
                <input
                    type="text"
                    inputmode="numeric"
                    class="record-number"
                    maxlength="18"
                    disabled=move || filter().subject.is_none()
                    prop:value=number
                    on:change=move |event| {
                        let id = some(&event).and_then(|id| id.parse().ok());
                        room.narrow(move |filter| {
                            if let Some(subject) = &mut filter.subject {
                                subject.id = id;
                            }
                        });
                    }
                />
            </label>
            <label>
                <span>{words::FROM}</span>
                <input type="date" prop:value=move || filter().from.map(|day| day.to_string()).unwrap_or_default() on:change=move |event| {
                    let from = day(&event);
                    room.narrow(move |filter| filter.from = from);
                }/>
            </label>
            <label>
                <span>{words::TO}</span>
                <input type="date" prop:value=move || filter().to.map(|day| day.to_string()).unwrap_or_default() on:change=move |event| {
                    let to = day(&event);
                    room.narrow(move |filter| filter.to = to);
                }/>
            </label>
            <label>
                <span>{words::ADDRESS}</span>
                <input
                    type="text"
                    maxlength=LONGEST_ADDRESS.to_string()
                    spellcheck="false"
                    autocapitalize="off"
                    prop:value=move || filter().address
                    on:change=move |event| {
                        let address = some(&event).unwrap_or_default();
                        room.narrow(move |filter| filter.address = address);
                    }
                />
            </label>
            {move || {
                (filter() != RecordFilter::default())
                    .then(|| view! { <A href=filters::ROOM attr:class="record-clear">{words::CLEAR}</A> })
            }}
        </form>
    }
    .into_any()
}

/// The options of keys that are known, and of the one that an address names though it is not.
fn known(all: &'static [(&'static str, &'static str)], chosen: Option<&str>) -> Vec<AnyView> {
    let option = |key: &str, name: &str| {
        let (key, name, selected) = (key.to_owned(), name.to_owned(), chosen == Some(key));
        view! { <option value=key selected=selected>{name}</option> }.into_any()
    };
    let other = chosen.filter(|chosen| all.iter().all(|(key, _)| key != chosen));
    all.iter().map(|(key, name)| option(key, name)).chain(other.map(|key| option(key, key))).collect()
}

#[component]
fn Rows(room: Room) -> impl IntoView {
    let shown = move || match room.page.get() {
        None => view! { <p role="status">{admin_words::LOADING}</p> }.into_any(),
        Some(Err(error)) => view! { <Failed error again=move |()| room.load()/> }.into_any(),
        // The record is never empty: there is an entry of its first reader's account.
        Some(Ok(page)) if page.rows.is_empty() => view! {
            <div class="room-empty">
                <p>{words::NO_MATCH}</p>
                <p>
                    <A href=filters::ROOM>{words::CLEAR}</A>
                </p>
            </div>
        }
        .into_any(),
        Some(Ok(page)) => view! { <List room page/> }.into_any(),
    };
    view! { <div aria-live="polite">{shown}</div> }
}

#[component]
fn List(room: Room, page: RecordPage) -> impl IntoView {
    let address = room.address();
    let pager = [(words::NEWER, page.previous), (words::OLDER, page.next)].map(|(label, mark)| {
        mark.map(|mark| view! { <A href=untrack(|| address(filters::ROOM, Some(&mark)))>{label}</A> })
    });
    view! {
        <ul class="record-list" aria-label=words::LIST>
            {page.rows.into_iter().map(|row| view! { <Entry row/> }).collect_view()}
        </ul>
        <nav class="desk-pager" aria-label=words::PAGES>
            {pager}
        </nav>
    }
    .into_any()
}
