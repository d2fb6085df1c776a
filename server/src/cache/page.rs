//! A finished page: its bytes in every encoding that somebody asked for, and the answers made of them.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use http_body_util::Full;
use sha2::{Digest, Sha256};
use std::{
    io::Write,
    ops::Range,
    sync::{
        Arc, OnceLock,
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

    fn pack(self, bytes: &Bytes, effort: Effort) -> std::io::Result<Bytes> {
        let room = Vec::with_capacity(bytes.len() / 3);
        let quick = effort == Effort::Quick;
        Ok(match self {
            Self::Brotli => {
                let mut packer = brotli::CompressorWriter::new(room, 4096, if quick { 1 } else { 6 }, 22);
                packer.write_all(bytes)?;
                packer.into_inner().into()
            }
            Self::Zstd => zstd::bulk::compress(bytes, if quick { 1 } else { 9 })?.into(),
            Self::Gzip => {
                let level = flate2::Compression::new(if quick { 1 } else { 6 });
                let mut packer = flate2::write::GzEncoder::new(room, level);
                packer.write_all(bytes)?;
                packer.finish()?.into()
            }
            Self::Identity => bytes.clone(),
        })
    }
}

/// How much work packing is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effort {
    /// For whoever waits while the page is made: it may be the only one.
    Quick,
    /// For a page that is asked for again: a page of 20 kB takes less than a millisecond, once.
    Good,
}

/// What is sent: bytes with the headers that go with them.
#[derive(Clone, Debug)]
struct Form {
    headers: HeaderMap,
    bytes: Bytes,
}

/// A page that has just been made, for all who waited for it. Each encoding is packed once.
#[derive(Debug)]
pub struct Fresh {
    /// The page.
    pub page: Arc<Page>,
    quick: [OnceLock<Form>; 3],
}

impl Fresh {
    /// Of a page.
    #[must_use]
    pub fn of(page: Arc<Page>) -> Self {
        Self { page, quick: Default::default() }
    }

    /// The answer to one of those who waited.
    #[must_use]
    pub fn answer(&self, method: &Method, request: &HeaderMap) -> Response<Full<Bytes>> {
        let form = self.page.packed(&self.quick, Encoding::accepted(request), Effort::Quick).0;
        self.page.sent(method, request, form)
    }
}

/// A finished answer of any status. It is the same for whoever asks.
#[derive(Debug)]
pub struct Page {
    status: StatusCode,
    etag: HeaderValue,
    plain: Form,
    packed: [OnceLock<Form>; 3],
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
        for name in [header::TRANSFER_ENCODING, header::DATE] {
            headers.remove(name);
        }
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if status == StatusCode::OK {
            headers.insert(header::ETAG, etag.clone());
        }
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        let plain = Form { headers, bytes };
        Self { status, etag, plain, packed: Default::default(), day, asked_for: AtomicBool::new(false) }
    }

    /// Whether it may be kept: only what is there, and nothing that is meant for one browser or for nobody to keep.
    #[must_use]
    pub fn may_be_kept(&self) -> bool {
        let private = |value: &HeaderValue| value.as_bytes().windows(8).any(|word| word == b"no-store");
        self.status == StatusCode::OK
            && !self.plain.headers.contains_key(header::SET_COOKIE)
            && !self.plain.headers.get(header::CACHE_CONTROL).is_some_and(private)
    }

    /// Whether the page names today.
    #[must_use]
    pub const fn is_of(&self, now: i64) -> bool {
        self.day.start <= now && now < self.day.end
    }

    /// Bytes of memory that it takes now.
    #[must_use]
    pub fn weight(&self) -> usize {
        let packed = self.packed.iter().filter_map(OnceLock::get).map(|form| form.bytes.len());
        OVERHEAD + self.plain.bytes.len() + packed.sum::<usize>()
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
    pub fn answer(&self, method: &Method, request: &HeaderMap) -> (Response<Full<Bytes>>, usize) {
        let (form, grown) = self.packed(&self.packed, Encoding::accepted(request), Effort::Good);
        (self.sent(method, request, form), grown)
    }

    fn sent(&self, method: &Method, request: &HeaderMap, form: &Form) -> Response<Full<Bytes>> {
        if self.status == StatusCode::OK && self.is_known(request) {
            return self.not_modified();
        }
        let bytes = if *method == Method::HEAD { Bytes::new() } else { form.bytes.clone() };
        let mut response = Response::new(Full::new(bytes));
        *response.status_mut() = self.status;
        *response.headers_mut() = form.headers.clone();
        response
    }

    /// The form of an encoding among those that were packed, and by how many bytes they grew because it was not there.
    fn packed<'a>(&'a self, forms: &'a [OnceLock<Form>; 3], encoding: Encoding, effort: Effort) -> (&'a Form, usize) {
        let worth = self.plain.bytes.len() >= WORTH_PACKING;
        let (Some(form), Some(name)) = (forms.get(encoding as usize).filter(|_| worth), encoding.name()) else {
            return (&self.plain, 0);
        };
        let mut grown = 0;
        let form = form.get_or_init(|| {
            // Memory is all that writing into it could lack; the page as it is always serves.
            let Ok(bytes) = encoding.pack(&self.plain.bytes, effort) else { return self.plain.clone() };
            grown = bytes.len();
            let mut headers = self.plain.headers.clone();
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(grown));
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
            Form { headers, bytes }
        });
        (form, grown)
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

    fn not_modified(&self) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::default());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        for name in [header::ETAG, header::CACHE_CONTROL, header::VARY, header::CONTENT_SECURITY_POLICY] {
            if let Some(value) = self.plain.headers.get(&name) {
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
            let accepted = asking(header::ACCEPT_ENCODING, encoding.name().unwrap());
            let (answer, grown) = page.answer(&Method::GET, &accepted);
            let named = [header::CONTENT_ENCODING, header::CONTENT_LENGTH].map(|name| answer.headers()[name].clone());
            assert_eq!(named, [encoding.name().unwrap().to_owned(), grown.to_string()]);
            assert!(
                grown < 400 && unpack(&page.packed(&page.packed, encoding, Effort::Good).0.bytes) == text.as_bytes()
            );
            assert_eq!(page.weight(), before + grown);
            assert_eq!(page.answer(&Method::GET, &accepted).1, 0);
        }
        let short = super::tests::page("short").answer(&Method::GET, &asking(header::ACCEPT_ENCODING, "br")).0;
        assert!(!short.headers().contains_key(header::CONTENT_ENCODING));
    }

    #[test]
    fn who_waited_for_a_page_gets_it_packed_quickly_and_the_page_is_no_heavier_for_it() {
        let text = "玉溪市总工会".repeat(400);
        let fresh = Fresh::of(Arc::new(page(&text)));
        let before = fresh.page.weight();
        for (accepted, named) in [("br", Some("br")), ("zstd", Some("zstd")), ("gzip", Some("gzip")), ("", None)] {
            let answer = fresh.answer(&Method::GET, &asking(header::ACCEPT_ENCODING, accepted));
            let encoding = answer.headers().get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap());
            assert_eq!((encoding, &answer.headers()[header::ETAG]), (named, &fresh.page.etag));
        }
        assert_eq!(fresh.page.weight(), before);
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
