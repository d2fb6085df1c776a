//! Who may write in a section, within its form: roles for this section are given and taken away at once, each with an
//! answer. An account's other roles are changed in the room of accounts.

use super::{Room, words};
use crate::{
    admin::{
        accounts::api,
        ui::{Answer, Choice, Failed, ask},
        words as admin_words,
    },
    error::AppError,
};
use content::{
    AccountId, Refusal, Role, SectionId,
    account::Grant,
    desk::{AccountFields, AccountRow},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::components::A;

/// The roles that are given for one section here.
const ROLES: [Role; 2] = [Role::SectionEditor, Role::Reporter];

/// What is chosen, what was answered.
#[derive(Clone, Copy)]
struct Writers {
    room: Room,
    section: SectionId,
    accounts: Answer<Vec<AccountRow>>,
    busy: RwSignal<bool>,
    /// What was done, and what went wrong.
    said: RwSignal<String>,
    fault: RwSignal<String>,
}

impl Writers {
    fn load(self) {
        ask(self.room.session, self.accounts, api::list_accounts());
    }

    const fn grant(self, role: Role) -> Grant {
        Grant { role, section: Some(self.section) }
    }

    /// The accounts with a role for this section, a line for each.
    fn given(self) -> Vec<(AccountRow, Role)> {
        let roles = |row: &AccountRow| {
            row.grants.iter().filter(|grant| grant.section == Some(self.section)).map(|g| g.role).collect()
        };
        let lines = |row: &AccountRow| {
            let roles: Vec<Role> = if row.disabled { Vec::new() } else { roles(row) };
            roles.into_iter().map(|role| (row.clone(), role)).collect::<Vec<_>>()
        };
        self.accounts.with(|accounts| match accounts {
            Some(Ok(rows)) => rows.iter().flat_map(lines).collect(),
            _ => Vec::new(),
        })
    }

    /// Gives or takes one role. The account is read first: what somebody else has changed of it meanwhile stays.
    fn change(self, id: AccountId, role: Role, given: bool) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.said.set(String::new());
        self.fault.set(String::new());
        spawn_local(async move {
            let answer = change(id, self.grant(role), given).await;
            self.busy.try_set(false);
            match answer {
                Ok(name) => {
                    self.said.try_set(words::writer_saved(&name, admin_words::role(role), given));
                    self.load();
                    self.room.load();
                }
                Err(error) => {
                    self.room.session.guard(&error);
                    self.fault.try_set(admin_words::error(&error));
                }
            }
        });
    }
}

async fn change(id: AccountId, grant: Grant, given: bool) -> Result<String, AppError> {
    let rows = api::list_accounts().await?;
    let row = rows.into_iter().find(|row| row.id == id).ok_or(AppError::Refused(Refusal::NotFound))?;
    let mut grants = row.grants;
    grants.retain(|other| *other != grant);
    if given {
        grants.push(grant);
    }
    let fields = AccountFields { name: row.name, display_name: row.display_name.clone(), grants };
    api::change_account(id, fields, row.disabled).await.map(|()| row.display_name)
}

/// Those who have a role for this section, and the way to give one.
#[component]
pub fn SectionWriters(room: Room, section: SectionId) -> impl IntoView {
    let writers = Writers {
        room,
        section,
        accounts: RwSignal::new(None),
        busy: RwSignal::new(false),
        said: RwSignal::new(String::new()),
        fault: RwSignal::new(String::new()),
    };
    writers.load();
    // The lines stay while they are read anew.
    let state = Memo::new(move |_| {
        writers.accounts.with(|answer| answer.as_ref().map(|answer| answer.as_ref().err().cloned()))
    });
    let lines = move || match state.get() {
        None => view! { <p role="status">{admin_words::LOADING}</p> }.into_any(),
        Some(Some(error)) => view! { <Failed error again=move |()| writers.load()/> }.into_any(),
        Some(None) => view! { <Given writers/> <Give writers/> }.into_any(),
    };
    view! {
        <fieldset class="section-writers">
            <legend>{words::WRITERS}</legend>
            {lines}
            <p class="field-hint" role="status">
                {move || writers.said.get()}
            </p>
            <p class="form-said" role="alert">
                {move || writers.fault.get()}
            </p>
            <A href="/admin/accounts">{words::TO_ACCOUNTS}</A>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Given(writers: Writers) -> impl IntoView {
    let line = move |(row, role): (AccountRow, Role)| {
        let id = row.id;
        let label = words::of(words::TAKE_ROLE, &[&row.display_name, "，", admin_words::role(role)].concat());
        view! {
            <li>
                {row.display_name.clone()}
                " "
                <span class="field-hint">{admin_words::role(role)}</span>
                <button
                    type="button"
                    class="quiet"
                    aria-label=label
                    disabled=move || writers.busy.get()
                    on:click=move |_| writers.change(id, role, false)
                >
                    {words::TAKE_ROLE}
                </button>
            </li>
        }
    };
    move || {
        let given = writers.given();
        if given.is_empty() {
            view! { <p class="field-hint">{words::NO_WRITERS}</p> }.into_any()
        } else {
            view! { <ul class="lines">{given.into_iter().map(line).collect_view()}</ul> }.into_any()
        }
    }
}

/// Chooses an account and a role; it is given by a button of its own, not with the form around it.
#[component]
fn Give(writers: Writers) -> impl IntoView {
    let (account, role) = (RwSignal::new(String::new()), RwSignal::new(ROLES[0].key().to_owned()));
    let chosen_role = move || Role::of_key(&role.get()).unwrap_or(ROLES[0]);
    let roles = Signal::stored(
        ROLES.map(|role| (role.key().to_owned(), admin_words::role(role).to_owned())).into_iter().collect::<Vec<_>>(),
    );
    // Those who have the role already are not offered.
    let people = Signal::derive(move || {
        let grant = writers.grant(chosen_role());
        let name = |row: &AccountRow| (row.id.to_string(), words::person(&row.display_name, &row.name));
        let first = (String::new(), words::CHOOSE_ACCOUNT.to_owned());
        let offered = writers.accounts.with(|accounts| match accounts {
            Some(Ok(rows)) => {
                rows.iter().filter(|row| !row.disabled && !row.grants.contains(&grant)).map(name).collect()
            }
            _ => Vec::new(),
        });
        [first].into_iter().chain(offered).collect::<Vec<_>>()
    });
    let give = move |_| {
        let chosen = account.get_untracked().parse::<AccountId>();
        if let Ok(id) = chosen {
            account.set(String::new());
            writers.change(id, untrack(chosen_role), true);
        } else {
            writers.fault.set(words::CHOOSE_ACCOUNT_FIRST.to_owned());
        }
    };
    let id = move |field: &str| ["section-", &writers.section.to_string(), "-", field].concat();
    view! {
        <div class="section-give">
            <Choice id=id("writer") label=words::WRITER value=account options=people/>
            <Choice id=id("role") label=words::ROLE value=role options=roles/>
            <button type="button" disabled=move || writers.busy.get() on:click=give>
                {words::GIVE_ROLE}
            </button>
        </div>
    }
}
