//! What happens to every request before a route sees it, and to every answer after.

use super::{WebState, files};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};

/// Addresses that no route may see: the client's build is answered from memory, never by a page (a missing chunk would
/// come back as HTML); a slash at the end is another spelling of the address without it.
pub async fn addresses(State(state): State<WebState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path.starts_with("/pkg/") || path.starts_with("/pkg-") {
        return files::asset(&state.assets, &request).await;
    }
    // `//host/` would become an address of another site.
    if path.len() > 1 && path.ends_with('/') && !path.starts_with("//") {
        let plain = path.trim_end_matches('/');
        let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
        let plain = if plain.is_empty() { "/" } else { plain };
        if let Ok(location) = HeaderValue::from_str(&format!("{plain}{query}")) {
            return (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, location)]).into_response();
        }
    }
    next.run(request).await
}

/// Headers that keep a page from being used against its readers. Pages load nothing from elsewhere; the inline scripts
/// of hydration are why scripts are not restricted further yet.
pub async fn headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(
                "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; img-src 'self' data:; \
                 style-src 'self' 'unsafe-inline'; connect-src 'self' ws:; object-src 'none'; base-uri 'self'; \
                 form-action 'self'; frame-ancestors 'self'",
            ),
        );
    }
    response
}
