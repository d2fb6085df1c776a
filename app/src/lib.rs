//! The Leptos app, shared by the server and the browser: the shell of a document, the routes and the pages.
//!
//! `ui/` holds shared components without server functions; `site/` what readers see, `admin/` what editors see (behind one
//! lazy boundary), one folder a page with its page, its parts and its server functions (`api.rs`). No SQL, no HTTP beyond the status of an answer, no clock.

pub mod admin;
#[cfg(feature = "ssr")]
pub mod context;
pub mod error;
pub mod response;
pub mod routes;
mod shell;
pub mod site;
pub mod ui;
pub mod wire;

pub use shell::shell;

use admin::entrance;
use leptos::prelude::*;
use leptos_router::components::Router;
use site::Kept;
use ui::scroll::Trail;

/// The whole app, as it stands in the body of the document.
#[component]
pub fn App() -> impl IntoView {
    #[cfg(feature = "ssr")]
    leptos_meta::provide_meta_context();
    if entrance::is_here() {
        return view! { <entrance::Entrance/> }.into_any();
    }
    // They hear of a way back or forward before the router does, which may put the other page on the screen at once.
    let (trail, kept) = (Trail::begin(), Kept::begin());
    view! {
        <Router>
            <site::Site trail kept/>
            <routes::PublicRoutes/>
        </Router>
    }
    .into_any()
}
