//! The door between what readers download and the admin: all that the public client knows of it.
//!
//! The server renders a page that says what is being opened; the rooms themselves are made in the browser only. In a
//! release they are files of their own, which nobody fetches who does not come here.

use super::{
    admin,
    fetched::{Fetched, NotLoaded, Room},
    shell::rooms,
};
use crate::ui::words;
use leptos::{prelude::*, task::spawn_local};

/// Where the admin begins.
pub const ADMIN: &str = "/admin";

/// The id of the link to the admin's style sheet, whose `data-editor` names the editor's script.
pub const ADMIN_STYLE: &str = "admin-style";

/// Whether the document that is being rendered or hydrated is one of the admin.
#[must_use]
pub fn is_here() -> bool {
    path().strip_prefix(ADMIN).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether it is an article that is opened to be written: what that needs is worth fetching before it is asked for.
#[must_use]
pub fn is_writing() -> bool {
    is_article(&path())
}

fn is_article(path: &str) -> bool {
    let id = path.strip_prefix(ADMIN).and_then(|rest| rest.strip_prefix("/articles/"));
    id.is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()))
}

fn path() -> String {
    #[cfg(feature = "ssr")]
    let path = use_context::<http::request::Parts>().map(|parts| parts.uri.path().to_owned()).unwrap_or_default();
    #[cfg(not(feature = "ssr"))]
    let path = window().location().pathname().unwrap_or_default();
    path
}

/// What stands around the rooms, fetched when it is asked for.
#[cfg_attr(feature = "lazy", lazy(fallible))]
async fn shell() -> Result<Room, NotLoaded> {
    Ok(Room(admin))
}

/// The document of the admin: a word until it is there.
#[component]
pub fn Entrance() -> impl IntoView {
    Effect::new(|_| {
        if is_writing() {
            // What comes of it is asked for again by the shell, and is there by then or on its way.
            spawn_local(async {
                let _ = rooms::writing().await;
            });
        }
    });
    view! { <Fetched fetch=|| Box::pin(shell()) opening failed=words::ADMIN_NOT_LOADED/> }
}

fn opening() -> AnyView {
    view! {
        <main class="admin-waiting" aria-live="polite">
            <p>{words::ADMIN_OPENING}</p>
            <noscript>
                <p>{words::ADMIN_NEEDS_SCRIPT}</p>
            </noscript>
        </main>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::is_article;

    #[test]
    fn only_an_article_is_written_in() {
        assert!(is_article("/admin/articles/12"));
        for other in ["/admin/articles", "/admin/articles/", "/admin/articles/12/history", "/admin/me", "/articles/12"]
        {
            assert!(!is_article(other), "{other}");
        }
    }
}
