//! What goes out: JSON with a tag, so that what has not changed is not sent again and what has changed is not overwritten.

use super::problem::Problem;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// JSON that was asked for. The tag is the number of the version, on which a change can be based, and the hash of what is
/// said: of one text the words around it may change, as the name of its section.
pub fn json(headers: &HeaderMap, version: i64, said: &impl Serialize) -> Result<Response, Problem> {
    let json = serde_json::to_string(said).map_err(|error| store::Error::Corrupt(error.to_string()))?;
    Ok(tagged(headers, version, json))
}

/// JSON that is there already.
pub fn text(headers: &HeaderMap, json: &str) -> Response {
    tagged(headers, 0, json.to_owned())
}

/// What was made or changed, with its tag.
pub fn done(status: StatusCode, version: i64, said: &impl Serialize, at: Option<String>) -> Result<Response, Problem> {
    let mut response = json(&HeaderMap::new(), version, said)?;
    *response.status_mut() = status;
    if let Some(at) = at.and_then(|at| HeaderValue::from_str(&at).ok()) {
        response.headers_mut().insert(header::LOCATION, at);
    }
    Ok(response)
}

/// Says where the next page is (RFC 8288).
pub fn with_next(mut response: Response, next: Option<String>) -> Response {
    if let Some(link) = next.and_then(|next| HeaderValue::from_str(&format!("<{next}>; rel=\"next\"")).ok()) {
        response.headers_mut().insert(header::LINK, link);
    }
    response
}

fn tagged(headers: &HeaderMap, version: i64, json: String) -> Response {
    let hash = Sha256::digest(json.as_bytes());
    let hash: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{version}-{hash}\"");
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|tags| tags.to_str().ok());
    // The weak comparison: a proxy that packed the answer may have marked the tag.
    let known = known.flat_map(|tags| tags.split(',')).map(|known| known.trim().trim_start_matches("W/"));
    let mut response = match { known }.any(|known| known == "*" || known == tag) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => ([(header::CONTENT_TYPE, "application/json")], json).into_response(),
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    let private = headers.contains_key(header::AUTHORIZATION);
    let kept = if private { "no-cache, private" } else { "no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    response
}
