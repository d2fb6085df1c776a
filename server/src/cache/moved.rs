//! Addresses of the site that was here before: what nobody finds is looked up among them, and leads on for ever.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, Uri, header};
use store::Store;

/// Whether this is the front page with a query, which on the old site may have been any page (`/?p=12`).
pub fn is_old_front(uri: &Uri) -> bool {
    uri.path() == "/" && uri.query().is_some_and(|query| !query.is_empty())
}

/// Where the front page with this query leads now; queries that mean nothing are known without asking the database.
pub async fn from_front(store: &Store, uri: &Uri) -> Option<Response> {
    match store.moved_from_front(uri.query()?).await {
        Ok(true) => from(store, uri).await,
        Ok(false) => None,
        Err(error) => {
            tracing::warn!(%error, "the old addresses of the front page cannot be read");
            None
        }
    }
}

/// Where an address leads that no page has.
pub async fn from(store: &Store, uri: &Uri) -> Option<Response> {
    // The client's own calls and files were never pages of another site.
    if ["/api/", "/pkg", "/media/", "/admin"].iter().any(|prefix| uri.path().starts_with(prefix)) {
        return None;
    }
    let address = uri.path_and_query()?.as_str();
    match store.moved(address).await {
        Ok(place) => {
            let location = HeaderValue::from_str(&place?).ok()?;
            let fresh = HeaderValue::from_static("no-cache");
            let headers = [(header::LOCATION, location), (header::CACHE_CONTROL, fresh)];
            Some((StatusCode::MOVED_PERMANENTLY, headers).into_response())
        }
        Err(error) => {
            tracing::warn!(%error, "an old address cannot be looked up");
            None
        }
    }
}
