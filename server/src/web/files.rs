//! Bytes that are served as they are: the client's build and the media.

use super::WebState;
use crate::assets::Assets;
use axum::{
    body::Body,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use content::media::FileKind;
use futures::TryStreamExt;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use store::media::{FileError, GetOptions, ObjectStore};

/// Where files are sent to.
pub const UPLOAD: &str = "/api/upload";

/// Never changes under its name.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// A file of the client's build, precompressed where the browser takes that.
pub async fn asset(assets: &Assets, method: &Method, path: &str, headers: &HeaderMap) -> Response {
    if !matches!(*method, Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = path.trim_start_matches('/');
    let Some(kind) = content_type(path) else { return missing() };
    let mut found = None;
    for (encoding, extension) in [("br", ".br"), ("gzip", ".gz")] {
        if accepts(headers, encoding)
            && let Some(bytes) = assets.get(&format!("{path}{extension}")).await
        {
            found = Some((bytes, Some(encoding)));
            break;
        }
    }
    let found = match found {
        Some(found) => Some(found),
        None => assets.get(path).await.map(|bytes| (bytes, None)),
    };
    let Some((bytes, encoding)) = found else { return missing() };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    // A watched build changes its files under their names.
    let fresh = if assets.build.is_some() { FOR_EVER } else { HeaderValue::from_static("no-cache") };
    headers.insert(header::CACHE_CONTROL, fresh);
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// Whether the client takes this encoding; a quality of 0 is a refusal.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|offer| {
        let (name, quality) = offer.split_once(';').unwrap_or((offer, ""));
        let refused =
            quality.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse::<f32>().is_ok_and(|q| q == 0.0));
        name.trim().eq_ignore_ascii_case(encoding) && !refused
    })
}

fn content_type(path: &str) -> Option<&'static str> {
    match path.rsplit_once('.')?.1 {
        "wasm" => Some("application/wasm"),
        "js" => Some("text/javascript; charset=utf-8"),
        "css" => Some("text/css; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "json" | "map" => Some("application/json"),
        _ => None,
    }
}

/// What is no page and is not there.
pub fn missing() -> Response {
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "not found\n").into_response()
}

/// A file of the media store. Its type is that of its kind, whatever anybody said; a page is never made of it.
pub async fn media(State(state): State<WebState>, Path(key): Path<String>) -> Response {
    let Some(kind) = FileKind::of_key(&key).filter(|_| is_key(&key)) else { return missing() };
    match state.installation.files.get_opts(&key.as_str().into(), GetOptions::default()).await {
        Ok(found) => {
            let size = found.meta.size;
            let mut response = Response::new(Body::from_stream(found.into_stream().map_err(std::io::Error::other)));
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind.content_type()));
            headers.insert(header::CACHE_CONTROL, FOR_EVER);
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size));
            if !kind.is_shown() {
                headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
            }
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
            response
        }
        Err(FileError::NotFound { .. }) => missing(),
        Err(error) => {
            tracing::error!(%error, key, "media");
            let headers = [(header::RETRY_AFTER, "10"), (header::CONTENT_TYPE, "text/plain; charset=utf-8")];
            (StatusCode::SERVICE_UNAVAILABLE, headers, "the media store does not answer\n").into_response()
        }
    }
}

/// The hexadecimal SHA-256 and an extension: nothing that could name another file.
fn is_key(key: &str) -> bool {
    key.split_once('.').is_some_and(|(hash, _)| {
        hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_with_quality_zero_is_refused() {
        let headers =
            |value: &'static str| HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]);
        assert!(accepts(&headers("gzip, deflate, br"), "br"));
        assert!(accepts(&headers("br;q=0.5"), "br"));
        assert!(!accepts(&headers("br;q=0, gzip"), "br"));
        assert!(!accepts(&headers("gzip"), "br"));
        assert!(!accepts(&HeaderMap::new(), "br"));
    }

    #[test]
    fn only_a_hash_with_an_extension_is_a_key() {
        assert!(is_key(&format!("{}.jpg", "a".repeat(64))));
        for other in [
            "a.jpg",
            &"a".repeat(64),
            "../x.jpg",
            &format!("{}.jpg", "A".repeat(64)),
            &format!("{}/.jpg", "a".repeat(63)),
        ] {
            assert!(!is_key(other), "{other}");
        }
    }
}
