//! The page of a one-time link: the first administrator, or somebody who chooses a new password.

use super::{
    Session, api,
    forms::{CodeField, SmallForm},
};
use crate::{
    admin::{
        shell::Place,
        ui::{Answer, Failed, Field, ask},
        words,
    },
    error::AppError,
};
use content::{
    Refusal,
    account::{check_name, check_password},
    desk::LinkPurpose,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

/// `/admin/link/:token`
#[component]
pub fn LinkPage() -> impl IntoView {
    let session = expect_context::<Session>();
    let token = match expect_context() {
        Place::Link(token) => token,
        _ => String::new(),
    };
    let purpose: Answer<LinkPurpose> = RwSignal::new(None);
    document().set_title(&words::title(words::WELCOME));
    let load = {
        let token = token.clone();
        move || ask(session, purpose, api::get_link(token.clone()))
    };
    load();
    let shown = move || match purpose.get() {
        None => view! { <p role="status">{words::LOADING}</p> }.into_any(),
        Some(Err(error)) => {
            let load = load.clone();
            view! { <Failed error again=move |()| load()/> }.into_any()
        }
        Some(Ok(purpose)) => view! { <LinkForm token=token.clone() purpose/> }.into_any(),
    };
    view! {
        <main class="door">
            <h1>{words::WELCOME}</h1>
            {shown}
        </main>
    }
    .into_any()
}

#[component]
fn LinkForm(token: String, purpose: LinkPurpose) -> impl IntoView {
    let session = expect_context::<Session>();
    let (first, known) = match purpose {
        LinkPurpose::SetUp => (true, String::new()),
        LinkPurpose::Password { name } => (false, name),
    };
    let (name, display_name) = (RwSignal::new(known), RwSignal::new(String::new()));
    let (password, code) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let needs_code = RwSignal::new(false);
    let name_fault = Signal::derive(move || check_name(name.read().trim()).err());
    let password_fault = Signal::derive(move || check_password(&password.read(), name.read().trim()).err());
    let navigate = use_navigate();
    let send = move |(busy, said): (RwSignal<bool>, RwSignal<String>)| {
        let (token, navigate) = (token.clone(), navigate.clone());
        spawn_local(async move {
            let name = name.get_untracked().trim().to_owned();
            let code = Some(code.get_untracked()).filter(|code| !code.trim().is_empty());
            let answer = api::use_link(token, name, display_name.get_untracked(), password.get_untracked(), code).await;
            busy.try_set(false);
            match answer {
                Ok(me) => {
                    session.me.set(Some(me));
                    navigate("/admin", Default::default());
                }
                Err(error) => {
                    said.try_set(words::error(&error));
                    let asks = error == AppError::Refused(Refusal::NeedsCode);
                    needs_code.try_update(|needs| *needs |= asks);
                }
            }
        });
    };
    view! {
        <p>{if first { words::SET_UP_HELP } else { words::NEW_PASSWORD_HELP }}</p>
        <SmallForm button=words::BEGIN send>
            <Field id="link-name" label=words::NAME value=name complete="username" fixed=!first fault=name_fault/>
            {first
                .then(|| {
                    view! {
                        <Field
                            id="link-display-name"
                            label=words::DISPLAY_NAME
                            value=display_name
                            hint=words::DISPLAY_NAME_HELP
                        />
                    }
                })}
            <Field
                id="link-password"
                label=words::NEW_PASSWORD
                value=password
                kind="password"
                complete="new-password"
                hint=words::PASSWORD_HELP
                fault=password_fault
            />
            <CodeField id="link-code" code shown=needs_code/>
        </SmallForm>
    }
    .into_any()
}
