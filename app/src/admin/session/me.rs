//! One's own account: password, second factor, sessions.

use super::{Session, api, forms::SmallForm};
use crate::{
    admin::{
        ui::{Answer, Failed, Field, RoomTitle, Toasts, ask},
        words,
    },
    error::AppError,
};
use content::{
    account::check_password,
    desk::{SecondFactorOffer, SessionRow},
};
use leptos::{prelude::*, task::spawn_local};

/// `/admin/me`
#[component]
pub fn MePage() -> impl IntoView {
    let session = expect_context::<Session>();
    let roles = move || {
        session.me.with(|me| {
            me.as_ref().map(|me| {
                let roles: Vec<&str> = me.grants.iter().map(|grant| words::role(grant.role)).collect();
                format!("{}（{}） {}", me.display_name, me.name, roles.join("、"))
            })
        })
    };
    view! {
        <div class="room">
            <RoomTitle title=words::ROOM_ME/>
            <p>{roles}</p>
            <section class="room-part">
                <h2>{words::CHANGE_PASSWORD}</h2>
                <ChangePassword/>
            </section>
            <section class="room-part">
                <h2>{words::SECOND_FACTOR}</h2>
                <SecondFactor/>
            </section>
            <section class="room-part">
                <h2>{words::SESSIONS}</h2>
                <Sessions/>
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn ChangePassword() -> impl IntoView {
    let (session, toasts) = (expect_context::<Session>(), expect_context::<Toasts>());
    let (current, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let name = move || session.me.with(|me| me.as_ref().map(|me| me.name.clone())).unwrap_or_default();
    let fault = Signal::derive(move || check_password(&new.read(), &name()).err());
    let send = move |(busy, said): (RwSignal<bool>, RwSignal<String>)| {
        spawn_local(async move {
            let answer = api::change_password(current.get_untracked(), new.get_untracked()).await;
            busy.try_set(false);
            match answer {
                Ok(()) => {
                    current.try_set(String::new());
                    new.try_set(String::new());
                    said.try_set(String::new());
                    toasts.show(words::PASSWORD_CHANGED.to_owned(), None);
                }
                Err(error) => {
                    session.guard(&error);
                    said.try_set(words::error(&error));
                }
            }
        });
    };
    view! {
        <SmallForm button=words::CHANGE_PASSWORD send>
            <Field
                id="me-current"
                label=words::CURRENT_PASSWORD
                value=current
                kind="password"
                complete="current-password"
            />
            <Field
                id="me-new"
                label=words::NEW_PASSWORD
                value=new
                kind="password"
                complete="new-password"
                hint=words::PASSWORD_HELP
                fault
            />
        </SmallForm>
    }
    .into_any()
}

/// Turned on by showing a code of it, turned off by the password.
#[component]
fn SecondFactor() -> impl IntoView {
    let session = expect_context::<Session>();
    let offer = RwSignal::new(None::<SecondFactorOffer>);
    let codes = RwSignal::new(Vec::<String>::new());
    let on = Memo::new(move |_| session.me.with(|me| me.as_ref().is_some_and(|me| me.second_factor)));
    let left = move || session.me.with(|me| me.as_ref().map_or(0, |me| me.recovery_codes));
    let turned = move |second_factor: bool, recovery_codes: u32| {
        session.me.update(|me| {
            if let Some(me) = me {
                (me.second_factor, me.recovery_codes) = (second_factor, recovery_codes);
            }
        });
    };
    let offered = move || match offer.get() {
        None => view! { <Begin offer/> }.into_any(),
        Some(found) => {
            let done = move |fresh: Vec<String>| {
                turned(true, u32::try_from(fresh.len()).unwrap_or(0));
                offer.set(None);
                codes.set(fresh);
            };
            view! { <Confirm offer=found done/> }.into_any()
        }
    };
    let show_codes = move || {
        let codes = codes.get();
        (!codes.is_empty()).then(|| {
            let items = codes.into_iter().map(|code| view! { <li>{code}</li> }).collect_view();
            view! {
                <div class="codes" role="status">
                    <p>{words::RECOVERY_CODES_HELP}</p>
                    <ol>{items}</ol>
                </div>
            }
        })
    };
    view! {
        {move || {
            if on.get() {
                view! {
                    <p>{words::SECOND_FACTOR_IS_ON} {left} {words::CODES_LEFT}</p>
                    <WithPassword codes turned=Callback::new(move |(on, left)| turned(on, left))/>
                }
                    .into_any()
            } else {
                view! {
                    <p>{words::SECOND_FACTOR_HELP}</p>
                    {offered}
                }
                    .into_any()
            }
        }}
        {show_codes}
    }
    .into_any()
}

/// Proves who asks: somebody who finds the session open must not tie their own telephone to it.
#[component]
fn Begin(offer: RwSignal<Option<SecondFactorOffer>>) -> impl IntoView {
    let session = expect_context::<Session>();
    let password = RwSignal::new(String::new());
    let send = move |(busy, said): (RwSignal<bool>, RwSignal<String>)| {
        spawn_local(async move {
            let answer = api::offer_second_factor(password.get_untracked()).await;
            busy.try_set(false);
            match answer {
                Ok(found) => {
                    offer.try_set(Some(found));
                }
                Err(error) => {
                    session.guard(&error);
                    said.try_set(words::error(&error));
                }
            }
        });
    };
    view! {
        <SmallForm button=words::TURN_ON send>
            <Field
                id="me-password"
                label=words::PASSWORD
                value=password
                kind="password"
                complete="current-password"
                hint=words::PROVE
            />
        </SmallForm>
    }
    .into_any()
}

/// The picture for the telephone, and the code that proves that it was read.
#[component]
fn Confirm(offer: SecondFactorOffer, #[prop(into)] done: Callback<Vec<String>>) -> impl IntoView {
    let session = expect_context::<Session>();
    let code = RwSignal::new(String::new());
    let send = move |(busy, said): (RwSignal<bool>, RwSignal<String>)| {
        spawn_local(async move {
            let answer = api::confirm_second_factor(code.get_untracked()).await;
            busy.try_set(false);
            match answer {
                Ok(codes) => done.run(codes),
                Err(error) => {
                    session.guard(&error);
                    said.try_set(words::error(&error));
                }
            }
        });
    };
    let (path, side) = offer.picture;
    view! {
        <p>{words::SCAN}</p>
        <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=words::SCAN>
            <rect width="100%" height="100%" fill="#fff"></rect>
            <path d=path fill="#000"></path>
        </svg>
        <p class="field-hint">{words::TYPE_SECRET} <code>{offer.secret}</code></p>
        <SmallForm button=words::CONFIRM send>
            <Field id="me-code" label=words::CODE value=code complete="one-time-code"/>
        </SmallForm>
    }
    .into_any()
}

/// What needs the password once more: turning it off, new recovery codes.
#[component]
fn WithPassword(codes: RwSignal<Vec<String>>, turned: Callback<(bool, u32)>) -> impl IntoView {
    let session = expect_context::<Session>();
    let password = RwSignal::new(String::new());
    let failed = move |error: AppError, said: RwSignal<String>| {
        session.guard(&error);
        said.try_set(words::error(&error));
    };
    let renew = move |(busy, said): (RwSignal<bool>, RwSignal<String>)| {
        spawn_local(async move {
            let answer = api::renew_recovery_codes(password.get_untracked()).await;
            busy.try_set(false);
            match answer {
                Ok(fresh) => {
                    turned.run((true, u32::try_from(fresh.len()).unwrap_or(0)));
                    codes.try_set(fresh);
                }
                Err(error) => failed(error, said),
            }
        });
    };
    let (said, busy) = (RwSignal::new(String::new()), RwSignal::new(false));
    let remove = move |_| {
        busy.set(true);
        spawn_local(async move {
            let answer = api::remove_second_factor(password.get_untracked()).await;
            busy.try_set(false);
            match answer {
                Ok(()) => turned.run((false, 0)),
                Err(error) => failed(error, said),
            }
        });
    };
    view! {
        <SmallForm button=words::RENEW_CODES send=renew>
            <Field
                id="me-password"
                label=words::PASSWORD
                value=password
                kind="password"
                complete="current-password"
                hint=words::PROVE
            />
        </SmallForm>
        <p class="form-said" role="alert">
            {move || said.get()}
        </p>
        <button type="button" class="quiet" on:click=remove disabled=move || busy.get()>
            {words::TURN_OFF}
        </button>
    }
    .into_any()
}

#[component]
fn Sessions() -> impl IntoView {
    let session = expect_context::<Session>();
    let rows: Answer<Vec<SessionRow>> = RwSignal::new(None);
    let load = move || ask(session, rows, api::list_sessions());
    load();
    let end = move |id: i64| {
        spawn_local(async move {
            if let Err(error) = api::end_session(id).await {
                session.guard(&error);
            }
            load();
        });
    };
    let everywhere = move |_| {
        spawn_local(async move {
            if api::sign_out_everywhere().await.is_ok() {
                session.me.set(None);
            }
        });
    };
    let row = move |row: SessionRow| {
        let id = row.id;
        view! {
            <li>
                <span>
                    {words::browser(&row.agent)} " " {row.address} " " <time datetime=row.seen.rfc3339().to_owned()>{row.seen.to_the_minute()}</time>
                </span>
                {if row.current {
                    view! { <span class="chip">{words::THIS_ONE}</span> }.into_any()
                } else {
                    view! {
                        <button type="button" class="quiet" on:click=move |_| end(id)>
                            {words::END}
                        </button>
                    }
                        .into_any()
                }}
            </li>
        }
    };
    view! {
        {move || match rows.get() {
            None => view! { <p role="status">{words::LOADING}</p> }.into_any(),
            Some(Err(error)) => view! { <Failed error again=move |()| load()/> }.into_any(),
            Some(Ok(found)) => view! { <ul class="lines">{found.into_iter().map(row).collect_view()}</ul> }.into_any(),
        }}
        <button type="button" class="quiet" on:click=everywhere>
            {words::SIGN_OUT_EVERYWHERE}
        </button>
    }
    .into_any()
}
