//! The form by which a token is made.

use super::{api, page::Room, words};
use crate::admin::{
    accounts::api::list_accounts,
    ui::{Answer, Choice, Field, ask},
    words as admin_words,
};
use content::{
    AccountId, Refusal,
    article::{limited, required},
    desk::AccountRow,
    token::{LONGEST_NAME, Scope, TokenFields},
};
use leptos::{ev, prelude::*, task::spawn_local};

/// How long a token works where nobody says otherwise, in days.
const LIFE: u32 = 90;

#[component]
pub(super) fn TokenForm(room: Room) -> impl IntoView {
    let people: Answer<Vec<AccountRow>> = RwSignal::new(None);
    ask(room.session, people, list_accounts());
    let (name, account) = (RwSignal::new(String::new()), RwSignal::new(own(room)));
    let (scopes, days) = (RwSignal::new(Vec::<Scope>::new()), RwSignal::new(LIFE.to_string()));
    let (busy, said) = (RwSignal::new(false), RwSignal::new(String::new()));
    let accounts = Signal::derive(move || {
        let found = people.get().and_then(Result::ok).unwrap_or_default();
        let open = found.into_iter().filter(|row| !row.disabled);
        open.map(|row| (row.id.to_string(), [&row.display_name, "（", &row.name, "）"].concat())).collect::<Vec<_>>()
    });
    let lives: Vec<(String, String)> =
        words::LIVES.iter().map(|(days, name)| (days.to_string(), (*name).to_owned())).collect();
    let fault = Signal::derive(move || check(name.read().trim()).err());
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(fields) = fields(name, account, scopes, days) else { return };
        if fields.scopes.is_empty() {
            said.set(words::NO_SCOPE.to_owned());
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = api::make_token(fields.clone()).await;
            busy.try_set(false);
            match answer {
                Ok(made) => {
                    said.try_set(String::new());
                    name.try_set(String::new());
                    scopes.try_set(Vec::new());
                    room.made.try_set(Some((fields.name, made)));
                    room.load();
                }
                Err(error) => {
                    room.session.guard(&error);
                    said.try_set(admin_words::error(&error));
                }
            }
        });
    };
    view! {
        <form class="form" on:submit=send>
            <Field id="token-name" label=words::NAME value=name fault hint=words::NAME_HELP/>
            <Choice id="token-account" label=words::ACCOUNT value=account options=accounts hint=words::ACCOUNT_HELP/>
            <fieldset>
                <legend>{words::SCOPES}</legend>
                {Scope::ALL.map(|scope| view! { <ScopeChoice scopes scope/> })}
            </fieldset>
            <Choice id="token-days" label=words::LIFE value=days options=lives/>
            <p class="form-said" role="alert">
                {move || said.get()}
            </p>
            <button type="submit" disabled=move || busy.get()>
                {words::MAKE}
            </button>
        </form>
    }
    .into_any()
}

/// The account of whoever makes it, until another one is chosen.
fn own(room: Room) -> String {
    room.session.me.with_untracked(|me| me.as_ref().map(|me| me.id.to_string())).unwrap_or_default()
}

fn check(name: &str) -> Result<(), Refusal> {
    required("name", name)?;
    limited("name", name, LONGEST_NAME)
}

fn fields(
    name: RwSignal<String>,
    account: RwSignal<String>,
    scopes: RwSignal<Vec<Scope>>,
    days: RwSignal<String>,
) -> Option<TokenFields> {
    Some(TokenFields {
        name: name.get_untracked().trim().to_owned(),
        account: account.get_untracked().parse::<AccountId>().ok()?,
        scopes: scopes.get_untracked(),
        days: days.get_untracked().parse().ok()?,
    })
}

#[component]
fn ScopeChoice(scopes: RwSignal<Vec<Scope>>, scope: Scope) -> impl IntoView {
    let set = move |on: bool| {
        scopes.update(|scopes| {
            scopes.retain(|other| *other != scope);
            if on {
                scopes.push(scope);
            }
        });
    };
    view! {
        <label class="write-check">
            <input
                type="checkbox"
                prop:checked=move || scopes.with(|scopes| scopes.contains(&scope))
                on:change=move |event| set(event_target_checked(&event))
            />
            <span>{words::scope(scope)} " " <code>{scope.key()}</code></span>
        </label>
    }
    .into_any()
}
