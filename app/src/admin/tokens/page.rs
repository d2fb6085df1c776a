//! The room: what there is, and the way to one more.

use super::{api, form::TokenForm, words};
use crate::{
    admin::{
        session::Session,
        ui::{Answer, Failed, RoomTitle, Toasts, ask},
        words as admin_words,
    },
    error::AppError,
};
use content::{
    TokenId,
    token::{MadeToken, TokenRow, TokenState},
};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

/// What the parts of the room share.
#[derive(Clone, Copy)]
pub(super) struct Room {
    pub(super) session: Session,
    pub(super) toasts: Toasts,
    rows: Answer<Vec<TokenRow>>,
    /// The one that was just made, with its name.
    pub(super) made: RwSignal<Option<(String, MadeToken)>>,
}

impl Room {
    pub(super) fn load(self) {
        ask(self.session, self.rows, api::list_tokens());
    }

    fn fail(self, error: &AppError) {
        self.session.guard(error);
        self.toasts.show(admin_words::error(error), None);
    }

    fn revoke(self, id: TokenId) {
        spawn_local(async move {
            match api::revoke_token(id).await {
                Ok(()) => {
                    // It may be the one that is shown.
                    self.made.try_update(|made| made.take_if(|(_, made)| made.id == id));
                    self.toasts.show(words::REVOKED.to_owned(), None);
                    self.load();
                }
                Err(error) => self.fail(&error),
            }
        });
    }
}

/// `/admin/tokens`
#[component]
pub fn TokensRoom() -> impl IntoView {
    let room = Room {
        session: expect_context::<Session>(),
        toasts: expect_context::<Toasts>(),
        rows: RwSignal::new(None),
        made: RwSignal::new(None),
    };
    room.load();
    let rows = move || match room.rows.get() {
        None => view! { <p role="status">{admin_words::LOADING}</p> }.into_any(),
        Some(Err(error)) => view! { <Failed error again=move |()| room.load()/> }.into_any(),
        Some(Ok(rows)) if rows.is_empty() => view! { <p class="room-empty">{words::NONE}</p> }.into_any(),
        Some(Ok(rows)) => {
            let rows = rows.into_iter().map(|row| view! { <Token room row/> }).collect_view();
            view! { <ul class="lines tokens-list">{rows}</ul> }.into_any()
        }
    };
    view! {
        <div class="room tokens">
            <RoomTitle title=admin_words::ROOM_TOKENS/>
            <p class="record-note">
                {words::HELP} " "
                <a href="/api/v1/openapi.json" target="_blank" rel="external noopener">
                    {words::DOCUMENT}
                </a>
            </p>
            {move || room.made.get().map(|(name, made)| view! { <Made name made/> })}
            <details class="room-part">
                <summary>{words::MAKE}</summary>
                <TokenForm room/>
            </details>
            {rows}
        </div>
    }
    .into_any()
}

/// A secret that is shown once.
#[component]
fn Made(name: String, made: MadeToken) -> impl IntoView {
    let copied = RwSignal::new(None::<bool>);
    let copy = {
        let secret = made.secret.clone();
        move |_| {
            let written = window().navigator().clipboard().write_text(&secret);
            spawn_local(async move {
                copied.try_set(Some(JsFuture::from(written).await.is_ok()));
            });
        }
    };
    view! {
        <div class="room-note" role="status">
            <p>{words::made(&name, &made.until)} {words::ONCE}</p>
            <p>
                <code class="tokens-secret">{made.secret}</code>
            </p>
            <button type="button" on:click=copy>
                {move || if copied.get() == Some(true) { words::COPIED } else { words::COPY }}
            </button>
            {move || (copied.get() == Some(false)).then(|| view! { <span class="field-fault">{words::NOT_COPIED}</span> })}
        </div>
    }
    .into_any()
}

#[component]
fn Token(room: Room, row: TokenRow) -> impl IntoView {
    let (id, asking) = (row.id, RwSignal::new(false));
    let revocable = matches!(row.state, TokenState::Works | TokenState::Suspended);
    let scopes = row.scopes.iter().map(|scope| view! { <code>{scope.key()}</code> " " }).collect_view();
    view! {
        <li class:tokens-ended=row.state != TokenState::Works>
            <div class="tokens-what">
                <strong>{row.name}</strong>
                " "
                {words::acts_for(&row.account)}
                " "
                {words::state(row.state).map(|state| view! { <span class="chip">{state}</span> })}
                <div class="tokens-scopes">{scopes}</div>
                <div class="field-hint">{words::times(&row.made, &row.by, &row.until)} " · " {words::used(row.used.as_ref())}</div>
            </div>
            {move || match (revocable, asking.get()) {
                (false, _) => ().into_any(),
                (true, false) => {
                    view! {
                        <button type="button" class="quiet" on:click=move |_| asking.set(true)>
                            {words::REVOKE}
                        </button>
                    }
                        .into_any()
                }
                (true, true) => view! { <Asking room id asking/> }.into_any(),
            }}
        </li>
    }
    .into_any()
}

/// Asks once more.
#[component]
fn Asking(room: Room, id: TokenId, asking: RwSignal<bool>) -> impl IntoView {
    let leave = NodeRef::<leptos::html::Button>::new();
    leave.on_load(|leave| {
        let _ = leave.focus();
    });
    view! {
        <div class="tokens-asking" role="alert">
            <p>{words::REVOKE_HELP}</p>
            <button type="button" on:click=move |_| room.revoke(id)>
                {words::REVOKE_NOW}
            </button>
            <button type="button" class="quiet" node_ref=leave on:click=move |_| asking.set(false)>
                {admin_words::CANCEL}
            </button>
        </div>
    }
    .into_any()
}
