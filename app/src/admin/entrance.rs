//! The door of the admin. The server renders a page that says what is being opened; the rooms are made in the browser only.

use crate::ui::words;
use leptos::prelude::*;

/// Where the admin begins.
pub const ADMIN: &str = "/admin";

/// What selects the word that stands in for the admin.
pub const OPENING: &str = ".admin-opening";

/// The id of the link to the admin's style sheet, whose `data-editor` names the editor's script.
pub const ADMIN_STYLE: &str = "admin-style";

/// Whether the document that is being rendered or hydrated is one of the admin.
#[must_use]
pub fn is_here() -> bool {
    path().strip_prefix(ADMIN).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The article that is opened to be written: what that needs is worth fetching before it is asked for.
#[cfg(feature = "ssr")]
#[must_use]
pub fn written_in() -> Option<content::ArticleId> {
    article_of(&path())
}

#[cfg(feature = "ssr")]
fn article_of(path: &str) -> Option<content::ArticleId> {
    path.strip_prefix(ADMIN)?.strip_prefix("/articles/")?.parse().ok()
}

fn path() -> String {
    #[cfg(feature = "ssr")]
    let path = use_context::<http::request::Parts>().map(|parts| parts.uri.path().to_owned()).unwrap_or_default();
    #[cfg(not(feature = "ssr"))]
    let path = window().location().pathname().unwrap_or_default();
    path
}

/// The document of the admin: a word until it is there.
#[component]
pub fn Entrance() -> impl IntoView {
    view! {
        <main class="admin-waiting admin-opening" aria-live="polite">
            <p>{words::ADMIN_OPENING}</p>
            <noscript>
                <p>{words::ADMIN_NEEDS_SCRIPT}</p>
            </noscript>
        </main>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::article_of;

    #[test]
    fn only_an_article_is_written_in() {
        assert_eq!(article_of("/admin/articles/12"), Some(content::ArticleId(12)));
        for other in ["/admin/articles", "/admin/articles/", "/admin/articles/12/history", "/admin/me", "/articles/12"]
        {
            assert_eq!(article_of(other), None, "{other}");
        }
    }
}
