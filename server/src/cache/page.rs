//! A finished page: its bytes in every encoding that somebody asked for, and the answers made of them.

use axum::{body::Body, response::Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use sha2::{Digest, Sha256};
use std::{
    io::Write,
    ops::Range,
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

/// Below this many bytes a packed answer is not worth the reader's unpacking; it goes in one packet anyway.
const WORTH_PACKING: usize = 512;

/// What is counted for a page beside its bytes: headers, keys, indices.
const OVERHEAD: usize = 2048;

/// An encoding of an answer (RFC 9110, 8.4.1), the smallest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// RFC 7932.
    Brotli,
    /// RFC 8878.
    Zstd,
    /// RFC 1952.
    Gzip,
    /// As it is.
    Identity,
}

impl Encoding {
    /// The best of what a client takes.
    #[must_use]
    pub fn accepted(headers: &HeaderMap) -> Self {
        let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        let (mut best, mut refused) = (Self::Identity, [false; 3]);
        for part in values.flat_map(|value| value.split(',')) {
            let (name, weight) = part.split_once(';').unwrap_or((part, ""));
            let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
            // Zero is "not this one": `0`, `0.`, `0.000`.
            let taken = weight.bytes().any(|b| matches!(b, b'1'..=b'9'));
            let encoding = match name.trim() {
                "br" => Self::Brotli,
                "zstd" => Self::Zstd,
                "gzip" | "x-gzip" => Self::Gzip,
                _ => continue,
            };
            if !taken {
                refused[encoding as usize] = true;
            } else if (encoding as usize) < best as usize && !refused[encoding as usize] {
                best = encoding;
            }
        }
        best
    }

    const fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Zstd => Some("zstd"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }

    /// Packs for the first who asks: levels at which a page of 20 kB takes well under a millisecond.
    fn pack(self, bytes: &Bytes) -> std::io::Result<Bytes> {
        let room = Vec::with_capacity(bytes.len() / 3);
        Ok(match self {
            Self::Brotli => {
                let mut packer = brotli::CompressorWriter::new(room, 4096, 6, 22);
                packer.write_all(bytes)?;
                packer.into_inner().into()
            }
            Self::Zstd => zstd::bulk::compress(bytes, 9)?.into(),
            Self::Gzip => {
                let mut packer = flate2::write::GzEncoder::new(room, flate2::Compression::new(6));
                packer.write_all(bytes)?;
                packer.finish()?.into()
            }
            Self::Identity => bytes.clone(),
        })
    }
}

/// A finished answer of any status. It is the same for whoever asks.
#[derive(Debug)]
pub struct Page {
    status: StatusCode,
    headers: HeaderMap,
    etag: HeaderValue,
    bytes: Bytes,
    packed: [OnceLock<Bytes>; 3],
    /// The milliseconds of UTC during which it is right: the day that it names.
    day: Range<i64>,
    /// Somebody asked for it since room was last made.
    asked_for: AtomicBool,
}

impl Page {
    /// A page of an answer whose body has come.
    #[must_use]
    pub fn new(status: StatusCode, mut headers: HeaderMap, bytes: Bytes, day: Range<i64>) -> Self {
        let digest = Sha256::digest(&bytes);
        let hex: String = digest.iter().take(10).map(|byte| format!("{byte:02x}")).collect();
        // Weak: the same page in another encoding bears it as well (RFC 9110, 8.8.1).
        let etag = HeaderValue::try_from(format!("W/\"{hex}\"")).unwrap_or(HeaderValue::from_static("W/\"\""));
        for name in [header::CONTENT_LENGTH, header::TRANSFER_ENCODING, header::DATE] {
            headers.remove(name);
        }
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if status == StatusCode::OK {
            headers.insert(header::ETAG, etag.clone());
        }
        Self { status, headers, etag, bytes, packed: Default::default(), day, asked_for: AtomicBool::new(false) }
    }

    /// Whether it may be kept: only what is there, and nothing that is meant for one browser or for nobody to keep.
    #[must_use]
    pub fn may_be_kept(&self) -> bool {
        let private = |value: &HeaderValue| value.as_bytes().windows(8).any(|word| word == b"no-store");
        self.status == StatusCode::OK
            && !self.headers.contains_key(header::SET_COOKIE)
            && !self.headers.get(header::CACHE_CONTROL).is_some_and(private)
    }

    /// Whether the page names today.
    #[must_use]
    pub const fn is_of(&self, now: i64) -> bool {
        self.day.start <= now && now < self.day.end
    }

    /// Bytes of memory that it takes now.
    #[must_use]
    pub fn weight(&self) -> usize {
        let packed = self.packed.iter().filter_map(OnceLock::get).map(Bytes::len);
        OVERHEAD + self.bytes.len() + packed.sum::<usize>()
    }

    /// Notes that somebody asks for it.
    pub fn touch(&self) {
        if !self.asked_for.load(Ordering::Relaxed) {
            self.asked_for.store(true, Ordering::Relaxed);
        }
    }

    /// Whether somebody asked for it since this was asked last.
    #[must_use]
    pub fn was_asked_for(&self) -> bool {
        self.asked_for.swap(false, Ordering::Relaxed)
    }

    /// The answer to a GET or HEAD with these headers, and how many bytes it made the page heavier.
    #[must_use]
    pub fn answer(&self, method: &Method, request: &HeaderMap) -> (Response, usize) {
        if self.status == StatusCode::OK && self.is_known(request) {
            return (self.not_modified(), 0);
        }
        let (bytes, encoding, grown) = self.encoded(Encoding::accepted(request));
        let length = HeaderValue::from(bytes.len());
        let body = if *method == Method::HEAD { Body::empty() } else { Body::from(bytes) };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers.clone();
        response.headers_mut().insert(header::CONTENT_LENGTH, length);
        if let Some(name) = encoding.name() {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        (response, grown)
    }

    fn encoded(&self, encoding: Encoding) -> (Bytes, Encoding, usize) {
        let Some(packed) = self.packed.get(encoding as usize).filter(|_| self.bytes.len() >= WORTH_PACKING) else {
            return (self.bytes.clone(), Encoding::Identity, 0);
        };
        let mut grown = 0;
        let bytes = packed.get_or_init(|| {
            // Memory is all that writing into it could lack; the page as it is always serves.
            let bytes = encoding.pack(&self.bytes).unwrap_or_default();
            grown = bytes.len();
            bytes
        });
        if bytes.is_empty() { (self.bytes.clone(), Encoding::Identity, 0) } else { (bytes.clone(), encoding, grown) }
    }

    /// Whether the client has this page (RFC 9110, 13.1.2: the weak comparison).
    fn is_known(&self, request: &HeaderMap) -> bool {
        let own = self.etag.to_str().unwrap_or_default().trim_start_matches("W/");
        let given = request.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        given
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .any(|tag| tag == "*" || tag.trim_start_matches("W/") == own)
    }

    fn not_modified(&self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        for name in [header::ETAG, header::CACHE_CONTROL, header::VARY, header::CONTENT_SECURITY_POLICY] {
            if let Some(value) = self.headers.get(&name) {
                response.headers_mut().insert(name, value.clone());
            }
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Page {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("1"));
        Page::new(StatusCode::OK, headers, Bytes::from(text.to_owned()), 0..10)
    }

    fn asking(name: http::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn the_smallest_encoding_that_is_taken_is_sent() {
        for (accepted, expected) in [
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("gzip;q=1.0, br;q=0.5", Encoding::Brotli),
            ("br;q=0, zstd, gzip", Encoding::Zstd),
            ("br;q=0.000,gzip", Encoding::Gzip),
            ("x-gzip", Encoding::Gzip),
            ("identity, *;q=0", Encoding::Identity),
            ("", Encoding::Identity),
        ] {
            assert_eq!(Encoding::accepted(&asking(header::ACCEPT_ENCODING, accepted)), expected, "{accepted}");
        }
        assert_eq!(Encoding::accepted(&HeaderMap::new()), Encoding::Identity);
    }

    #[test]
    fn every_encoding_unpacks_to_the_page_and_is_made_once() {
        let text = "玉溪市总工会".repeat(400);
        let page = page(&text);
        for (encoding, unpack) in [
            (
                Encoding::Brotli,
                (|bytes| {
                    let mut out = Vec::new();
                    brotli::BrotliDecompress(&mut &bytes[..], &mut out).unwrap();
                    out
                }) as fn(&[u8]) -> Vec<u8>,
            ),
            (Encoding::Zstd, |bytes| zstd::decode_all(bytes).unwrap()),
            (Encoding::Gzip, |bytes| {
                let mut out = Vec::new();
                std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(bytes), &mut out).unwrap();
                out
            }),
        ] {
            let before = page.weight();
            let (bytes, named, grown) = page.encoded(encoding);
            assert!(named == encoding && bytes.len() == grown && grown < 400 && unpack(&bytes) == text.as_bytes());
            assert_eq!(page.weight(), before + grown);
            assert_eq!(page.encoded(encoding).2, 0);
        }
        assert_eq!(super::tests::page("short").encoded(Encoding::Brotli).1, Encoding::Identity);
    }

    #[test]
    fn who_has_the_page_is_told_so_and_nothing_else() {
        let page = page("text");
        let etag = page.etag.to_str().unwrap().to_owned();
        let strong = etag.trim_start_matches("W/").to_owned();
        for known in [etag.clone(), strong, format!("\"x\", {etag}"), "*".to_owned()] {
            let (answer, _) = page.answer(&Method::GET, &asking(header::IF_NONE_MATCH, &known));
            assert_eq!((answer.status(), answer.headers().get(header::CONTENT_TYPE)), (StatusCode::NOT_MODIFIED, None));
        }
        let (answer, _) = page.answer(&Method::GET, &asking(header::IF_NONE_MATCH, "\"x\""));
        assert_eq!((answer.status(), &answer.headers()[header::ETAG]), (StatusCode::OK, &page.etag));
        let (head, _) = page.answer(&Method::HEAD, &HeaderMap::new());
        assert_eq!(&head.headers()[header::CONTENT_LENGTH], "4");
    }

    #[test]
    fn errors_moves_and_what_is_for_one_browser_are_not_kept() {
        let with = |status, name, value: &'static str| {
            Page::new(status, HeaderMap::from_iter([(name, HeaderValue::from_static(value))]), Bytes::new(), 0..1)
        };
        assert!(with(StatusCode::OK, header::CACHE_CONTROL, "no-cache").may_be_kept());
        for page in [
            with(StatusCode::NOT_FOUND, header::CACHE_CONTROL, "no-cache"),
            with(StatusCode::MOVED_PERMANENTLY, header::LOCATION, "/"),
            with(StatusCode::SERVICE_UNAVAILABLE, header::RETRY_AFTER, "10"),
            with(StatusCode::OK, header::SET_COOKIE, "a=b"),
            with(StatusCode::OK, header::CACHE_CONTROL, "no-store, private"),
        ] {
            assert!(!page.may_be_kept() && page.is_of(0) && !page.is_of(1), "{page:?}");
        }
    }
}
