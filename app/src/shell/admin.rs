//! The head of the admin's documents: its style sheet, its client, and what a room needs beside, all of it asked for at once.
//! On a slow line each step that waits for the one before it would take half a second.

use super::{AdminClient, lines_of};
use crate::{
    admin::entrance::{ADMIN_STYLE, written_in},
    context::has_session,
    ui::words,
};
use leptos::{nonce::use_nonce, prelude::*};
use std::sync::LazyLock;

/// Asks for the first answers.
static SCRIPT: LazyLock<String> = LazyLock::new(|| lines_of(include_str!("admin.js")));

/// The title until a room has its own, style, client.
#[component]
pub fn AdminHead(
    /// Where the package is.
    options: LeptosOptions,
    /// Where the client is.
    client: AdminClient,
) -> impl IntoView {
    let pkg = options.pkg_url_path().to_string();
    let folder = ["/", &client.folder].concat();
    let article = written_in();
    // Nobody else would get an answer.
    let ahead = has_session().then(|| {
        let script = format!("{}({})", *SCRIPT, article.map(|id| id.to_string()).unwrap_or_default());
        view! { <script nonce=use_nonce()>{script}</script> }
    });
    let writing = article.map(|_| {
        let file = |name: String| {
            view! { <link rel="preload" href=format!("{folder}/{name}.wasm") r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/> }
        };
        view! {
            <link rel="modulepreload" href=format!("/{pkg}/editor.js")/>
            {client.writing.into_iter().map(file).collect_view()}
        }
    });
    let mut options = options;
    options.site_pkg_dir = client.folder.into();
    view! {
        <title>{words::ADMIN}</title>
        <meta name="robots" content="noindex"/>
        {ahead}
        <link id=ADMIN_STYLE rel="stylesheet" href=format!("/{pkg}/admin.css") data-editor=format!("/{pkg}/editor.js")/>
        <HydrationScripts options/>
        {writing}
    }
}

#[cfg(test)]
mod tests {
    use super::SCRIPT;

    #[test]
    fn the_script_travels_without_its_comments() {
        assert!(!SCRIPT.contains("//") && SCRIPT.starts_with("((article") && SCRIPT.ends_with("})"), "{}", *SCRIPT);
    }
}
