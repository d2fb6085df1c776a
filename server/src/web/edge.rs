//! What happens to every request before a route sees it, and to every answer after.

use super::{WebState, files, uploads};
use crate::network::client;
use app::{context::ClientAddress, error::AppError};
use axum::{
    Json,
    body::to_bytes,
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use content::{Refusal, preview::PATH};
use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use std::{net::SocketAddr, time::Duration};

/// Addresses that no route may see: the client's build is answered from memory, never by a page (a missing chunk would
/// come back as HTML); a slash at the end is another spelling of the address without it.
pub async fn addresses(State(state): State<WebState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let unpublished = path.starts_with(PATH) || path == "/api/get_preview";
    let response = at_its_address(state, request, next).await;
    if unpublished { kept_by_nobody(response) } else { response }
}

/// What is not published yet: nobody on the way keeps it, no index takes it up, and no other site learns its address.
fn kept_by_nobody(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store, private"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow, noarchive"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn at_its_address(state: WebState, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path.starts_with("/pkg/") || path.starts_with("/pkg-") {
        let (parts, _) = request.into_parts();
        return files::asset(&state.assets, &parts.method, parts.uri.path(), &parts.headers).await;
    }
    if path.starts_with("/api/") {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        if let Some(peer) = peer {
            let client = client(peer, request.headers(), &state.proxies);
            request.extensions_mut().insert(ClientAddress(client));
        }
        return functions(request, next).await;
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

/// The largest call of a server function, in bytes: a manuscript of the largest size and room for what surrounds it.
const LARGEST_CALL: usize = 8 * 1024 * 1024;

/// A call of a server function. To a form of a browser without scripts such a function would answer by sending it back
/// where its `Referer` says it came from, be that another site; ours are called by scripts only, and answer with status
/// and JSON.
async fn functions(request: Request, next: Next) -> Response {
    let sends_file = uploads::is_upload(request.uri().path());
    if request.method() == Method::HEAD && !sends_file {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let (mut parts, body) = request.into_parts();
    parts.headers.remove(header::REFERER);
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    if sends_file {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let Ok(body) = to_bytes(body, LARGEST_CALL).await else {
        let too_long = Refusal::TooLong { field: "body".to_owned(), limit: LARGEST_CALL as u64 };
        return (StatusCode::PAYLOAD_TOO_LARGE, Json(AppError::Refused(too_long))).into_response();
    };
    next.run(Request::from_parts(parts, body.into())).await
}

/// How long an answer may take. Inspections of such sites count 15 seconds as "not reachable".
const LONGEST: Duration = Duration::from_secs(15);

/// Says that the site is busy where an answer takes too long. A file may take as long as it comes: who sends it waits for
/// each part, and how long nothing may come is bounded there.
pub async fn in_time(request: Request, next: Next) -> Response {
    if uploads::is_upload(request.uri().path()) {
        return next.run(request).await;
    }
    match tokio::time::timeout(LONGEST, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// Headers that keep an answer from being used against its readers. Pages get their own policy in `policy`.
pub async fn headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [(header::X_CONTENT_TYPE_OPTIONS, "nosniff"), (header::X_FRAME_OPTIONS, "SAMEORIGIN")] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let referrer = HeaderValue::from_static("strict-origin-when-cross-origin");
    headers.entry(header::REFERRER_POLICY).or_insert(referrer);
    let nothing = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(nothing);
    // What says nothing else is asked for again: a page that is corrected, an article that moves back.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}
