//! The list of accounts, and the forms by which administrators change it.

use super::api;
use crate::{
    admin::{
        articles::api::list_section_choices,
        session::Session,
        ui::{Answer, Failed, Field, RoomTitle, Toasts, ask},
        words,
    },
    error::AppError,
};
use content::{
    Role,
    account::{Grant, check_name},
    desk::{AccountFields, AccountRow, OneTimeLink, SectionChoice},
};
use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

#[derive(Clone, Copy)]
struct People {
    session: Session,
    toasts: Toasts,
    rows: Answer<Vec<AccountRow>>,
    sections: Answer<Vec<SectionChoice>>,
    /// A link that was just made: whose, and the link.
    link: RwSignal<Option<(String, OneTimeLink)>>,
}

impl People {
    fn load(self) {
        ask(self.session, self.rows, api::list_accounts());
    }

    fn fail(self, error: &AppError) {
        self.session.guard(error);
        self.toasts.show(words::error(error), None);
    }
}

/// `/admin/accounts`
#[component]
pub fn AccountsPage() -> impl IntoView {
    let people = People {
        session: expect_context::<Session>(),
        toasts: expect_context::<Toasts>(),
        rows: RwSignal::new(None),
        sections: RwSignal::new(None),
        link: RwSignal::new(None),
    };
    people.load();
    ask(people.session, people.sections, list_section_choices());
    let rows = move || match people.rows.get() {
        None => view! { <p role="status">{words::LOADING}</p> }.into_any(),
        Some(Err(error)) => view! { <Failed error again=move |()| people.load()/> }.into_any(),
        Some(Ok(rows)) => {
            let rows = rows.into_iter().map(|row| view! { <Person people row/> }).collect_view();
            view! { <ul class="lines">{rows}</ul> }.into_any()
        }
    };
    view! {
        <div class="room">
            <RoomTitle title=words::ROOM_ACCOUNTS/>
            <ShownLink people/>
            <details class="room-part">
                <summary>{words::ADD_ACCOUNT}</summary>
                <PersonForm people row=None/>
            </details>
            {rows}
        </div>
    }
    .into_any()
}

/// A link that is shown once.
#[component]
fn ShownLink(people: People) -> impl IntoView {
    let copied = RwSignal::new(false);
    move || {
        people.link.get().map(|(name, link)| {
            let address = format!("{}{}", window().location().origin().unwrap_or_default(), link.path);
            let copy = {
                let address = address.clone();
                move |_| {
                    let written = window().navigator().clipboard().write_text(&address);
                    spawn_local(async move {
                        copied.try_set(JsFuture::from(written).await.is_ok());
                    });
                }
            };
            view! {
                <div class="room-note" role="status">
                    <p>{words::link_for(&name, &link.until)}</p>
                    <p>
                        <code>{address}</code>
                    </p>
                    <button type="button" on:click=copy>
                        {move || if copied.get() { words::COPIED } else { words::COPY }}
                    </button>
                </div>
            }
        })
    }
}

#[component]
fn Person(people: People, row: AccountRow) -> impl IntoView {
    let (id, name) = (row.id, row.name.clone());
    let link = {
        let name = name.clone();
        move |_| {
            let name = name.clone();
            spawn_local(async move {
                match api::make_password_link(id).await {
                    Ok(link) => {
                        people.link.try_set(Some((name, link)));
                    }
                    Err(error) => people.fail(&error),
                }
            });
        }
    };
    let remove_factor = move |_| {
        spawn_local(async move {
            match api::remove_second_factor_of(id).await {
                Ok(()) => people.load(),
                Err(error) => people.fail(&error),
            }
        });
    };
    let roles: Vec<&str> = row.grants.iter().map(|grant| words::role(grant.role)).collect();
    // What opens one's own door is changed on one's own page, with the password.
    let own = people.session.me.with_untracked(|me| me.as_ref().is_some_and(|me| me.id == id));
    let (factor, may_link) = (row.second_factor && !own, !row.disabled && !own);
    view! {
        <li class="person">
            <div>
                <strong>{row.display_name.clone()}</strong>
                " "
                <span class="field-hint">{name}</span>
                " "
                {roles.join("、")}
                {row.disabled.then(|| view! { <span class="chip">{words::DISABLED}</span> })}
                {(!row.has_password).then(|| view! { <span class="chip">{words::NO_PASSWORD}</span> })}
            </div>
            <div class="person-acts">
                {may_link
                    .then(|| {
                        view! {
                            <button type="button" class="quiet" on:click=link>
                                {words::PASSWORD_LINK}
                            </button>
                        }
                    })}
                {factor
                    .then(|| {
                        view! {
                            <button type="button" class="quiet" on:click=remove_factor>
                                {words::REMOVE_FACTOR}
                            </button>
                        }
                    })}
            </div>
            <details>
                <summary>{words::CHANGE}</summary>
                <PersonForm people row=Some(row)/>
            </details>
        </li>
    }
    .into_any()
}

/// Adds an account or changes one.
#[component]
fn PersonForm(people: People, row: Option<AccountRow>) -> impl IntoView {
    let id = row.as_ref().map(|row| row.id);
    let name = RwSignal::new(row.as_ref().map(|row| row.name.clone()).unwrap_or_default());
    let shown = RwSignal::new(row.as_ref().map(|row| row.display_name.clone()).unwrap_or_default());
    let disabled = RwSignal::new(row.as_ref().is_some_and(|row| row.disabled));
    let grants = RwSignal::new(row.map(|row| row.grants).unwrap_or_default());
    let (busy, said) = (RwSignal::new(false), RwSignal::new(String::new()));
    let fault = Signal::derive(move || check_name(name.read().trim()).err());
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let fields = AccountFields {
            name: name.get_untracked().trim().to_owned(),
            display_name: shown.get_untracked().trim().to_owned(),
            grants: grants.get_untracked(),
        };
        spawn_local(async move {
            let answer = match id {
                Some(id) => api::change_account(id, fields.clone(), disabled.get_untracked()).await.map(|()| None),
                None => api::add_account(fields.clone()).await.map(Some),
            };
            busy.try_set(false);
            match answer {
                Ok(link) => {
                    said.try_set(String::new());
                    people.link.try_set(link.map(|link| (fields.name, link)));
                    people.toasts.show(words::SAVED.to_owned(), None);
                    people.load();
                }
                Err(error) => {
                    people.session.guard(&error);
                    said.try_set(words::error(&error));
                }
            }
        });
    };
    // Ids of the fields are unique where several forms are open.
    let of = id.map_or_else(|| "new".to_owned(), |id| id.0.to_string());
    let (name_id, shown_id) = (["person-name-", &of].concat(), ["person-shown-", &of].concat());
    view! {
        <form class="form" on:submit=send>
            <Field id=name_id label=words::NAME value=name fault/>
            <Field id=shown_id label=words::DISPLAY_NAME value=shown hint=words::DISPLAY_NAME_HELP/>
            <fieldset>
                <legend>{words::ROLES}</legend>
                {Role::ALL.map(|role| view! { <RoleChoice people grants role/> })}
            </fieldset>
            {id
                .is_some()
                .then(|| {
                    view! {
                        <label class="write-check">
                            <input
                                type="checkbox"
                                prop:checked=move || disabled.get()
                                on:change=move |event| disabled.set(event_target_checked(&event))
                            />
                            {words::DISABLE}
                        </label>
                    }
                })}
            <p class="form-said" role="alert">
                {move || said.get()}
            </p>
            <button type="submit" disabled=move || busy.get()>
                {if id.is_some() { words::SAVE } else { words::ADD_ACCOUNT }}
            </button>
        </form>
    }
    .into_any()
}

/// A role, for the whole site or for sections.
#[component]
fn RoleChoice(people: People, grants: RwSignal<Vec<Grant>>, role: Role) -> impl IntoView {
    let has = move |section| grants.with(|grants| grants.contains(&Grant { role, section }));
    let set = move |section, on: bool| {
        grants.update(|grants| {
            grants.retain(|grant| *grant != Grant { role, section });
            if on {
                grants.push(Grant { role, section });
            }
        });
    };
    let check = move |section, label: String| {
        view! {
            <label class="write-check">
                <input
                    type="checkbox"
                    prop:checked=move || has(section)
                    on:change=move |event| set(section, event_target_checked(&event))
                />
                {label}
            </label>
        }
    };
    let sections = move || {
        let found = people.sections.get().and_then(Result::ok).unwrap_or_default();
        found.into_iter().map(|choice| check(Some(choice.id), choice.link.name)).collect_view()
    };
    // What is given in a section's form for that section alone can be taken away here as well.
    let first = StoredValue::new(grants.get_untracked());
    let narrowed = move || {
        let found = people.sections.get().and_then(Result::ok).unwrap_or_default();
        let had = |section| first.with_value(|first| first.contains(&Grant { role, section }));
        let given = found.into_iter().filter(|choice| had(Some(choice.id)));
        given.map(|choice| check(Some(choice.id), words::role_in(role, &choice.link.name))).collect_view()
    };
    if role.needs_section() {
        view! {
            <div class="role">
                <span>{words::role(role)}</span>
                <div class="write-checks">{sections}</div>
            </div>
        }
        .into_any()
    } else {
        view! { {check(None, words::role(role).to_owned())} {narrowed} }.into_any()
    }
}
