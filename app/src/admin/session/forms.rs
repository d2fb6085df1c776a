//! The form by which somebody signs in, on its page and in the dialog.

use super::api;
use crate::{
    admin::{ui::Field, words},
    error::AppError,
};
use content::{Refusal, desk::Me};
use leptos::{ev, html, prelude::*, task::spawn_local};

/// Name, password and, where it is asked for, a code.
#[component]
pub fn SignInForm(
    /// The name, where it is known who is meant.
    #[prop(optional, into)]
    name: Option<String>,
    /// Who came in.
    #[prop(into)]
    done: Callback<Me>,
) -> impl IntoView {
    let fixed = name.is_some();
    let name = RwSignal::new(name.unwrap_or_default());
    let (password, code) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let needs_code = RwSignal::new(false);
    let (busy, said) = (RwSignal::new(false), RwSignal::new(String::new()));
    let form = NodeRef::<html::Form>::new();
    let focus = move |id: &'static str| {
        if let Some(input) = document().get_element_by_id(id) {
            use wasm_bindgen::JsCast;
            let _ = input.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    };
    form.on_load(move |_| focus(if fixed { "sign-in-password" } else { "sign-in-name" }));
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let given = Some(code.get_untracked()).filter(|code| !code.trim().is_empty());
        spawn_local(async move {
            let answer = api::sign_in(name.get_untracked(), password.get_untracked(), given).await;
            busy.try_set(false);
            match answer {
                Ok(me) => {
                    said.try_set(String::new());
                    done.run(me);
                }
                Err(error) => {
                    let asks = error == AppError::Refused(Refusal::NeedsCode);
                    said.try_set(words::error(&error));
                    needs_code.try_update(|needs| *needs |= asks);
                    let _ =
                        request_animation_frame(move || focus(if asks { "sign-in-code" } else { "sign-in-password" }));
                }
            }
        });
    };
    view! {
        <form class="form" on:submit=send node_ref=form>
            <Field id="sign-in-name" label=words::NAME value=name complete="username" fixed/>
            <Field
                id="sign-in-password"
                label=words::PASSWORD
                value=password
                kind="password"
                complete="current-password"
            />
            <CodeField id="sign-in-code" code shown=needs_code/>
            <p class="form-said" role="alert">
                {move || said.get()}
            </p>
            <button type="submit" disabled=move || busy.get()>
                {move || if busy.get() { words::BUSY } else { words::SIGN_IN }}
            </button>
        </form>
    }
    .into_any()
}

/// The field for a code of the second factor, from when it is asked for.
#[component]
pub fn CodeField(
    /// Its id, unique on the page.
    id: &'static str,
    /// What it holds.
    code: RwSignal<String>,
    /// Whether it was asked for.
    #[prop(into)]
    shown: Signal<bool>,
) -> impl IntoView {
    // Asked for once more it is the same field: what somebody has begun to write in it stays.
    let shown = Memo::new(move |_| shown.get());
    move || {
        shown.get().then(|| {
            view! { <Field id label=words::CODE value=code complete="one-time-code" hint=words::CODE_HELP/> }
        })
    }
}

/// A form that sends something and says how that went; `fields` stand in it.
#[component]
pub fn SmallForm(
    /// What the button says.
    button: &'static str,
    /// Sends.
    #[prop(into)]
    send: Callback<(RwSignal<bool>, RwSignal<String>)>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let (busy, said) = (RwSignal::new(false), RwSignal::new(String::new()));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            busy.set(true);
            send.run((busy, said));
        }
    };
    view! {
        <form class="form" on:submit=submit>
            {children()}
            <p class="form-said" role="alert">
                {move || said.get()}
            </p>
            <button type="submit" disabled=move || busy.get()>
                {move || if busy.get() { words::BUSY } else { button }}
            </button>
        </form>
    }
    .into_any()
}
