//! What a page or a server function says about its answer beside the answer itself. In the browser there is nothing to
//! say it to.

use crate::site::NoPage;

/// The status of an error, and when to come again.
pub fn failed(error: &NoPage) {
    #[cfg(feature = "ssr")]
    if let Some(response) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(error.status());
        if matches!(error, NoPage::Unavailable { .. }) {
            response.insert_header(http::header::RETRY_AFTER, http::HeaderValue::from_static("10"));
        }
    }
    #[cfg(not(feature = "ssr"))]
    let _ = error;
}

/// The page has moved for good. (`leptos_axum::redirect` says "for now".)
pub fn moved(to: &str) {
    #[cfg(feature = "ssr")]
    if let (Some(response), Ok(to)) =
        (leptos::prelude::use_context::<leptos_axum::ResponseOptions>(), http::HeaderValue::from_str(to))
    {
        response.set_status(http::StatusCode::MOVED_PERMANENTLY);
        response.insert_header(http::header::LOCATION, to);
    }
    #[cfg(not(feature = "ssr"))]
    let _ = to;
}

/// The answer of a server function may be used again for as long as a hand needs from a link to the click, so that
/// what was fetched ahead serves the navigation. A page that is rendered with the same answer is not meant.
#[cfg(feature = "ssr")]
pub fn reusable() {
    use leptos::prelude::use_context;
    let called = use_context::<leptos_router::location::RequestUrl>().is_none();
    if called && let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.insert_header(http::header::CACHE_CONTROL, http::HeaderValue::from_static("private, max-age=10"));
    }
}
