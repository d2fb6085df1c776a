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
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Version, header};
use std::ops::Range;
use store::media::{FileError, GetOptions, GetRange, MediaStore, ObjectStoreExt};

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

/// What marks an answer with bytes of the media store.
#[derive(Clone, Copy)]
struct OfMedia;

/// Whether an answer may be compressed on its way: what the media store keeps is compact already, and whoever asks for a
/// part of it, or wants to know how much is still to come, counts its bytes.
pub fn is_no_media(_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions) -> bool {
    extensions.get::<OfMedia>().is_none()
}

/// A file of the media store. Its type is that of its kind, whatever anybody said; a page is never made of it.
pub async fn media(
    State(state): State<WebState>,
    method: Method,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(kind) = FileKind::of_key(&key).filter(|_| is_key(&key)) else { return missing() };
    let etag = format!("\"{key}\"");
    let mut response = if names(&headers, &header::IF_NONE_MATCH, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let range = wanted(&headers, &etag);
        match read(&state.installation.files, &key, method == Method::HEAD, range).await {
            Ok(response) => response,
            Err(FileError::NotFound { .. }) => return missing(),
            Err(error) => {
                tracing::error!(%error, key, "media");
                let headers = [(header::RETRY_AFTER, "10"), (header::CONTENT_TYPE, "text/plain; charset=utf-8")];
                let words = "the media store does not answer\n";
                return (StatusCode::SERVICE_UNAVAILABLE, headers, words).into_response();
            }
        }
    };
    response.extensions_mut().insert(OfMedia);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind.content_type()));
    headers.insert(header::CACHE_CONTROL, FOR_EVER);
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, etag);
    }
    if !kind.is_shown() {
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    response
}

/// A part of a file that somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// From one byte to another, or to the end.
    From(u64, Option<u64>),
    /// So many bytes at the end.
    Last(u64),
}

impl Wanted {
    /// The bytes of a file of this size; none where it has none of them.
    fn of(self, size: u64) -> Option<Range<u64>> {
        let range = match self {
            Self::From(first, last) => first..last.map_or(size, |last| size.min(last.saturating_add(1))),
            Self::Last(bytes) => size.saturating_sub(bytes)..size,
        };
        (range.start < range.end).then_some(range)
    }
}

/// The one range that is asked for, where it is still asked of the same bytes. Several at once, and what is not
/// understood, are answered with the whole.
fn wanted(headers: &HeaderMap, etag: &str) -> Option<Wanted> {
    if headers.contains_key(header::IF_RANGE) && !names(headers, &header::IF_RANGE, etag) {
        return None;
    }
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    let text = headers.get(header::RANGE)?.to_str().ok()?.strip_prefix("bytes=")?.trim();
    match text.split_once('-')? {
        ("", last) => Some(Wanted::Last(number(last)?)),
        (first, "") => Some(Wanted::From(number(first)?, None)),
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            (first <= last).then_some(Wanted::From(first, Some(last)))
        }
    }
}

async fn read(files: &MediaStore, key: &str, head: bool, wanted: Option<Wanted>) -> Result<Response, FileError> {
    let place = key.into();
    let range = match wanted {
        None => None,
        Some(wanted) => {
            let size = files.head(&place).await?.size;
            let Some(range) = wanted.of(size) else {
                let all = [(header::CONTENT_RANGE, format!("bytes */{size}"))];
                return Ok((StatusCode::RANGE_NOT_SATISFIABLE, all).into_response());
            };
            Some(range)
        }
    };
    let options = GetOptions { head, range: range.clone().map(GetRange::Bounded), ..GetOptions::default() };
    let found = files.get_opts(&place, options).await?;
    let size = found.meta.size;
    let body = if head { Body::empty() } else { Body::from_stream(found.into_stream().map_err(std::io::Error::other)) };
    let mut response = Response::new(body);
    let length = range.as_ref().map_or(size, |range| range.end - range.start);
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    if let Some(range) = range {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let part = format!("bytes {}-{}/{size}", range.start, range.end - 1);
        if let Ok(part) = HeaderValue::from_str(&part) {
            response.headers_mut().insert(header::CONTENT_RANGE, part);
        }
    }
    Ok(response)
}

/// Whether a header names this tag, alone or among others.
fn names(headers: &HeaderMap, header: &HeaderName, etag: &str) -> bool {
    let values = headers.get_all(header).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|tag| {
        let tag = tag.trim();
        tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag
    })
}

/// The hexadecimal SHA-256 and an extension, and between them the width where it is one of a picture: nothing that could
/// name another file.
fn is_key(key: &str) -> bool {
    let Some((name, extension)) = key.split_once('.') else { return false };
    let (hash, width) = name.split_once('-').map_or((name, None), |(hash, width)| (hash, Some(width)));
    let is_width = |width: &str| {
        let digits = (1..=5).contains(&width.len()) && width.bytes().all(|b| b.is_ascii_digit());
        digits && !width.starts_with('0') && extension == "webp"
    };
    hash.len() == 64
        && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        && width.is_none_or(is_width)
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
    fn a_range_is_understood_or_the_whole_is_sent() {
        let asked = |range: &'static str| {
            wanted(&HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static(range))]), "\"e\"")
        };
        for (range, of) in [
            ("bytes=0-0", Some(0..1)),
            ("bytes=5-", Some(5..10)),
            ("bytes=5-99", Some(5..10)),
            ("bytes=-3", Some(7..10)),
            ("bytes=-99", Some(0..10)),
            ("bytes=10-", None),
            ("bytes=-0", None),
            ("bytes=0-18446744073709551615", Some(0..10)),
        ] {
            assert_eq!(asked(range).unwrap().of(10), of, "{range}");
        }
        for other in ["bytes=3-1", "bytes=0-1,3-4", "bytes=a-b", "items=0-1", "bytes=", "bytes=-", "bytes=+1-2"] {
            assert_eq!(asked(other), None, "{other}");
        }
        let mut headers = HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static("bytes=0-0"))]);
        headers.insert(header::IF_RANGE, HeaderValue::from_static("\"other\""));
        assert_eq!(wanted(&headers, "\"e\""), None);
        headers.insert(header::IF_RANGE, HeaderValue::from_static("\"e\""));
        assert_eq!(wanted(&headers, "\"e\""), Some(Wanted::From(0, Some(0))));
    }

    #[test]
    fn only_a_hash_with_an_extension_is_a_key() {
        assert!(is_key(&format!("{}.jpg", "a".repeat(64))));
        assert!(is_key(&format!("{}-480.webp", "a".repeat(64))));
        for other in [
            "a.jpg",
            &"a".repeat(64),
            "../x.jpg",
            &format!("{}.jpg", "A".repeat(64)),
            &format!("{}/.jpg", "a".repeat(63)),
            &format!("{}-480.jpg", "a".repeat(64)),
            &format!("{}-0480.webp", "a".repeat(64)),
            &format!("{}-.webp", "a".repeat(64)),
            &format!("{}-1-2.webp", "a".repeat(64)),
        ] {
            assert!(!is_key(other), "{other}");
        }
    }
}
