//! What stands around the rooms: who is in, the rail of rooms, the bar, the palette of commands.

mod frame;
mod palette;
pub(super) mod rooms;
mod shortcuts;

use super::{
    fetched::{Coming, Fetched},
    media::Uploads,
    session::{Session, SignInAgain, SignInPage, api::get_me},
    ui::Toasts,
    words,
};
use frame::Frame;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    components::{Redirect, Route, Router, Routes},
    path,
};
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
        session.me.set(get_me().await.ok());
        session.known.set(true);
    });
    view! {
        <Router>
            <Routes fallback=|| view! { <Within><Nothing/></Within> }>
                <Route path=path!("/admin/sign-in") view=SignInPage/>
                <Route path=path!("/admin/link/:token") view=|| room(|| Box::pin(rooms::other(Other::Link)))/>
                <Route path=path!("/admin") view=|| within(|| Box::pin(rooms::desk(Desk::Overview)))/>
                <Route path=path!("/admin/articles") view=|| within(|| Box::pin(rooms::desk(Desk::Articles)))/>
                <Route path=path!("/admin/articles/:id") view=|| within(|| Box::pin(rooms::writing()))/>
                <Route path=path!("/admin/articles/:id/history") view=|| within(|| Box::pin(rooms::other(Other::History)))/>
                <Route path=path!("/admin/articles/:id/preview") view=|| within(|| Box::pin(rooms::other(Other::Preview)))/>
                <Route path=path!("/admin/media") view=|| within(|| Box::pin(rooms::other(Other::Media)))/>
                <Route path=path!("/admin/bin") view=|| within(|| Box::pin(rooms::desk(Desk::Bin)))/>
                <Route path=path!("/admin/fragments") view=|| within(|| Box::pin(rooms::other(Other::Fragments)))/>
                <Route path=path!("/admin/front") view=|| within(|| Box::pin(rooms::other(Other::Front)))/>
                <Route path=path!("/admin/sections") view=|| within(|| Box::pin(rooms::other(Other::Sections)))/>
                <Route path=path!("/admin/site") view=|| within(|| Box::pin(rooms::other(Other::Identity)))/>
                <Route path=path!("/admin/accounts") view=|| within(|| Box::pin(rooms::other(Other::Accounts)))/>
                <Route path=path!("/admin/tokens") view=|| within(|| Box::pin(rooms::other(Other::Tokens)))/>
                <Route path=path!("/admin/record") view=|| within(|| Box::pin(rooms::other(Other::Record)))/>
                <Route path=path!("/admin/moving") view=|| within(|| Box::pin(rooms::other(Other::Moving)))/>
                <Route path=path!("/admin/moving/:import") view=|| within(|| Box::pin(rooms::other(Other::Import)))/>
                <Route path=path!("/admin/moving/:import/:page") view=|| within(|| Box::pin(rooms::other(Other::Found)))/>
                <Route path=path!("/admin/me") view=|| within(|| Box::pin(rooms::other(Other::Me)))/>
            </Routes>
            <SignInAgain/>
            {toasts.view()}
        </Router>
    }
    .into_any()
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
