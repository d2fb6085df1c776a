//! What stands around the rooms: who is in, the rail of rooms, the bar, the palette of commands.

mod frame;
mod palette;
mod places;
pub(super) mod rooms;
mod shortcuts;

use super::{
    ahead,
    fetched::{Coming, Fetched},
    media::Uploads,
    session::{Session, SignInAgain, api::get_me},
    ui::Toasts,
    words,
};
use crate::routes::arriving;
use frame::Frame;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    components::{Redirect, Router},
    hooks::use_location,
};
pub use places::Place;
use rooms::{Desk, Other};
pub use shortcuts::is_written_in;

/// The rooms of the admin.
pub fn admin() -> AnyView {
    let (session, toasts) = (Session::begin(), Toasts::begin());
    provide_context(session);
    provide_context(toasts);
    // They go on while somebody looks at another room.
    provide_context(Uploads::begin(session, None));
    spawn_local(async move {
        // Whoever is not signed in is asked to; anything else is said by the room that they come to.
        let me = match ahead::take("me").await {
            Some(me) => Some(me),
            None => get_me().await.ok(),
        };
        session.me.set(me);
        session.known.set(true);
    });
    view! {
        <Router>
            <Rooms/>
            <SignInAgain/>
            {toasts.view()}
        </Router>
    }
    .into_any()
}

/// The room that the address names.
#[component]
fn Rooms() -> impl IntoView {
    let location = use_location();
    let place = Memo::new(move |_| location.pathname.with(|path| Place::of(path)));
    arriving();
    move || {
        let place = place.get();
        provide_context(place.clone());
        match place {
            Place::SignIn => room(|| Box::pin(rooms::desk(Desk::SignIn))),
            Place::Link(_) => room(|| Box::pin(rooms::other(Other::Link))),
            Place::Desk => within(|| Box::pin(rooms::desk(Desk::Overview))),
            Place::Articles => within(|| Box::pin(rooms::desk(Desk::Articles))),
            Place::Bin => within(|| Box::pin(rooms::desk(Desk::Bin))),
            Place::Writing(_) => within(|| Box::pin(rooms::writing())),
            Place::History(_) => within(|| Box::pin(rooms::other(Other::History))),
            Place::Preview(_) => within(|| Box::pin(rooms::other(Other::Preview))),
            Place::Media => within(|| Box::pin(rooms::other(Other::Media))),
            Place::Fragments => within(|| Box::pin(rooms::other(Other::Fragments))),
            Place::Front => within(|| Box::pin(rooms::other(Other::Front))),
            Place::Sections => within(|| Box::pin(rooms::other(Other::Sections))),
            Place::Identity => within(|| Box::pin(rooms::other(Other::Identity))),
            Place::Accounts => within(|| Box::pin(rooms::other(Other::Accounts))),
            Place::Tokens => within(|| Box::pin(rooms::other(Other::Tokens))),
            Place::Record => within(|| Box::pin(rooms::other(Other::Record))),
            Place::Moving => within(|| Box::pin(rooms::other(Other::Moving))),
            Place::Import(_) => within(|| Box::pin(rooms::other(Other::Import))),
            Place::Found(..) => within(|| Box::pin(rooms::other(Other::Found))),
            Place::Me => within(|| Box::pin(rooms::other(Other::Me))),
            Place::Nowhere => view! { <Within><Nothing/></Within> }.into_any(),
        }
    }
}

/// A room, or a word on it.
pub fn room(fetch: fn() -> Coming) -> AnyView {
    let opening = || view! { <p class="admin-waiting" role="status">{words::LOADING}</p> }.into_any();
    view! { <Fetched fetch opening failed=words::ROOM_NOT_LOADED/> }.into_any()
}

/// The same within the frame. It is on its way while the account is asked for.
fn within(fetch: fn() -> Coming) -> AnyView {
    spawn_local(async move {
        let _ = fetch().await;
    });
    view! { <Within>{room(fetch)}</Within> }.into_any()
}

/// A room for those who are signed in; others are led to the door and back again.
#[component]
fn Within(children: ChildrenFn) -> impl IntoView {
    let session = expect_context::<Session>();
    let children = StoredValue::new(children);
    let inside = Memo::new(move |_| session.me.with(Option::is_some));
    move || {
        if !session.known.get() {
            return view! { <p class="admin-waiting" role="status">{words::LOADING}</p> }.into_any();
        }
        if !inside.get() {
            let here = window().location();
            let here = format!("{}{}", here.pathname().unwrap_or_default(), here.search().unwrap_or_default());
            let to = String::from(js_sys::encode_uri_component(&here));
            return view! { <Redirect path=format!("/admin/sign-in?to={to}")/> }.into_any();
        }
        view! { <Frame>{children.with_value(|children| children())}</Frame> }.into_any()
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <div class="room">
            <h1>{words::NOTHING_HERE}</h1>
            <p>
                <a href="/admin">{words::ROOM_DESK}</a>
            </p>
        </div>
    }
    .into_any()
}
