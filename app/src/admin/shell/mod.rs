//! What stands around the rooms: who is in, the rail of rooms, the bar, the palette of commands.

mod frame;
mod palette;
mod shortcuts;

use super::{
    accounts::AccountsPage,
    articles::{ArticlesPage, BinPage, DeskPage},
    media::{MediaRoom, Uploads},
    preview::PreviewRoom,
    record::RecordRoom,
    session::{LinkPage, MePage, Session, SignInAgain, SignInPage, api::get_me},
    site::{FrontPage, IdentityPage, SectionsPage},
    ui::Toasts,
    words,
    writing::{FragmentsPage, HistoryPage, WritingPage},
};
use frame::Frame;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    components::{Redirect, Route, Router, Routes},
    path,
};
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
                <Route path=path!("/admin/link/:token") view=LinkPage/>
                <Route path=path!("/admin") view=|| view! { <Within><DeskPage/></Within> }/>
                <Route path=path!("/admin/articles") view=|| view! { <Within><ArticlesPage/></Within> }/>
                <Route path=path!("/admin/articles/:id") view=|| view! { <Within><WritingPage/></Within> }/>
                <Route path=path!("/admin/articles/:id/history") view=|| view! { <Within><HistoryPage/></Within> }/>
                <Route path=path!("/admin/articles/:id/preview") view=|| view! { <Within><PreviewRoom/></Within> }/>
                <Route path=path!("/admin/media") view=|| view! { <Within><MediaRoom/></Within> }/>
                <Route path=path!("/admin/bin") view=|| view! { <Within><BinPage/></Within> }/>
                <Route path=path!("/admin/fragments") view=|| view! { <Within><FragmentsPage/></Within> }/>
                <Route path=path!("/admin/front") view=|| view! { <Within><FrontPage/></Within> }/>
                <Route path=path!("/admin/sections") view=|| view! { <Within><SectionsPage/></Within> }/>
                <Route path=path!("/admin/site") view=|| view! { <Within><IdentityPage/></Within> }/>
                <Route path=path!("/admin/accounts") view=|| view! { <Within><AccountsPage/></Within> }/>
                <Route path=path!("/admin/record") view=|| view! { <Within><RecordRoom/></Within> }/>
                <Route path=path!("/admin/me") view=|| view! { <Within><MePage/></Within> }/>
            </Routes>
            <SignInAgain/>
            {toasts.view()}
        </Router>
    }
    .into_any()
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
