//! The Leptos app, shared by the server and the browser: the shell of a document, the routes and the pages.
//!
//! `ui/` holds shared components without server functions; `site/` what readers see, `admin/` what editors see (a client
//! of its own in a release, `live.rs`), one folder a page with its page, its parts and its server functions (`api.rs`). No SQL, no HTTP beyond the status of an answer, no clock.

pub mod admin;
#[cfg(feature = "ssr")]
pub mod context;
pub mod error;
#[cfg(any(feature = "hydrate", feature = "admin-only"))]
pub mod live;
pub mod response;
pub mod routes;
#[cfg(feature = "ssr")]
mod shell;
pub mod site;
pub mod ui;
pub mod wire;

#[cfg(feature = "ssr")]
pub use shell::{AdminClient, shell};

use admin::entrance;
use leptos::prelude::*;
use leptos_router::components::Router;
use site::Kept;
use ui::scroll::Trail;

/// The whole app, as it stands in the body of the document: the admin's door, or what readers see. The browser makes only
/// the one live that it was served ([`live`]).
#[component]
pub fn App() -> impl IntoView {
    #[cfg(feature = "ssr")]
    leptos_meta::provide_meta_context();
    if entrance::is_here() {
        return view! { <entrance::Entrance/> }.into_any();
    }
    view! { <Readers/> }.into_any()
}

/// What readers see.
#[component]
fn Readers() -> impl IntoView {
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
