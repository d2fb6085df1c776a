//! The head of readers' documents, above all their script. It is all that they need of scripts until they act: it decides
//! when the client comes, and does what must work before: the size of text, paper, closing a window.
//!
//! A control of readers' pages works by itself (a link, a form), or by this script, or it is made by the client once that is
//! there. So nothing that is pressed before can be lost, and nothing has to be pressed a second time in its place.

use super::lines_of;
use crate::site::article::TEXT_SIZE_STORE;
use leptos::{nonce::use_nonce, prelude::*};
use std::sync::LazyLock;

/// The script without what is there for people only.
static SCRIPT: LazyLock<String> = LazyLock::new(|| lines_of(include_str!("reader.js")));

/// What a browser fetches ahead while it has no client: the page behind a link on which a pointer rests, or which is
/// being pressed. Browsers do not where data is to be saved.
const AHEAD: &str = r#"{"prefetch":[{"where":{"and":[{"href_matches":"/*"},{"not":{"href_matches":["/media/*","/admin*"]}}]},"eagerness":"moderate"}]}"#;

/// That one document may show through the next (`style/ui/passage.css` says how). It stands in the document: what comes
/// with the style sheet can come too late for a page that is being shown, which Chromium reports as an error.
const PASSAGE: &str = "@media (prefers-reduced-motion:no-preference){@view-transition{navigation:auto}}";

/// The script, the same in every document of a build, and what is fetched ahead. It stands before the style sheet:
/// after it, it would wait for it.
#[component]
pub fn ReaderHead(
    /// Where the client is.
    options: LeptosOptions,
) -> impl IntoView {
    let client = ["/", options.pkg_url_path(), "/", &options.output_name].concat();
    let script = format!("{}('{client}.js','{client}.wasm','{TEXT_SIZE_STORE}')", *SCRIPT);
    view! {
        <style>{PASSAGE}</style>
        <script nonce=use_nonce()>{script}</script>
        <script type="speculationrules" nonce=use_nonce()>{AHEAD}</script>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_travels_without_its_comments() {
        assert!(!SCRIPT.contains("//") && SCRIPT.starts_with("((glue") && SCRIPT.ends_with("})"), "{}", *SCRIPT);
    }
}
