//! The door between what readers download and the admin: all that the public client knows of it.
//!
//! The server renders a page that says what is being opened; the rooms themselves are made in the browser only. In a
//! release they are a file of their own (feature `lazy`), which nobody fetches who does not come here.

use super::admin;
use crate::ui::words;
use leptos::{prelude::*, reactive::spawn_local_scoped};

/// Where the admin begins.
pub const ADMIN: &str = "/admin";

/// The id of the link to the admin's style sheet, whose `data-editor` names the editor's script.
pub const ADMIN_STYLE: &str = "admin-style";

/// Whether the document that is being rendered or hydrated is one of the admin.
#[must_use]
pub fn is_here() -> bool {
    #[cfg(feature = "ssr")]
    let path = use_context::<http::request::Parts>().map(|parts| parts.uri.path().to_owned()).unwrap_or_default();
    #[cfg(not(feature = "ssr"))]
    let path = window().location().pathname().unwrap_or_default();
    path.strip_prefix(ADMIN).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The rooms could not be fetched.
#[derive(Debug)]
pub struct NotLoaded;

#[cfg(feature = "lazy")]
impl From<leptos::wasm_split::SplitLoaderError> for NotLoaded {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// The rooms, fetched when they are asked for.
#[cfg_attr(feature = "lazy", lazy(fallible))]
async fn fetched() -> Result<AnyView, NotLoaded> {
    Ok(admin())
}

/// The document of the admin: a word until the rooms are there.
#[component]
pub fn Entrance() -> impl IntoView {
    let loaded = RwSignal::new_local(None::<Result<AnyView, NotLoaded>>);
    Effect::new(move |_| spawn_local_scoped(async move { loaded.set(Some(fetched().await)) }));
    move || match loaded.with(Option::is_some).then(|| loaded.write_untracked().take()).flatten() {
        Some(Ok(rooms)) => rooms,
        Some(Err(NotLoaded)) => view! { <Waiting said=words::ADMIN_NOT_LOADED/> }.into_any(),
        None => view! { <Waiting said=words::ADMIN_OPENING/> }.into_any(),
    }
}

#[component]
fn Waiting(said: &'static str) -> impl IntoView {
    view! {
        <main class="admin-waiting" aria-live="polite">
            <p>{said}</p>
            <noscript>
                <p>{words::ADMIN_NEEDS_SCRIPT}</p>
            </noscript>
        </main>
    }
    .into_any()
}
