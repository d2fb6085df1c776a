//! What came: the query of an address, JSON of a limited size, and the tag on which a change is based.

use super::problem::Problem;
use crate::web::WebState;
pub(super) use crate::web::uploads::pass_over;
use axum::{
    body::{BodyDataStream, to_bytes},
    extract::{FromRequest, FromRequestParts, Query, Request},
};
use content::{Refusal, Timestamp, time::WrittenTime};
use futures::StreamExt;
use http::{HeaderMap, StatusCode, header, request::Parts};
use serde::de::DeserializeOwned;

/// The largest JSON, in bytes: a manuscript of the largest size and room for what surrounds it.
pub const LARGEST: usize = 8 * 1024 * 1024;

/// What the query of an address asks for.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        match Query::try_from_uri(&parts.uri) {
            Ok(Query(asked)) => Ok(Self(asked)),
            Err(error) => {
                let said = format!("网址里的参数有误：{}", error.body_text());
                Err(Problem::new(StatusCode::BAD_REQUEST, "bad_query", said))
            }
        }
    }
}

/// JSON. What is not known is refused: a field that was misspelt would be lost without a word.
pub struct Given<T>(pub T);

impl<T: DeserializeOwned> FromRequest<WebState> for Given<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &WebState) -> Result<Self, Problem> {
        let kind = kind(request.headers());
        if kind != "application/json" && !kind.ends_with("+json") {
            let said = "请求的内容要是 JSON：Content-Type: application/json。";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_json", said));
        }
        let bytes = to_bytes(request.into_body(), LARGEST).await.map_err(|_| too_large(LARGEST))?;
        read(&bytes).map(Self)
    }
}

/// The kind of a body, without its parameters.
pub fn kind(headers: &HeaderMap) -> String {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A body of so many bytes at most. What is left of a larger one has to be read away (`pass_over`): who is still sending when
/// the connection closes does not read the answer.
pub async fn whole(body: &mut BodyDataStream, limit: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    while let Some(piece) = body.next().await {
        let broken = "请求没有传完。";
        let piece = piece.map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "broken_body", broken))?;
        if bytes.len() + piece.len() > limit {
            return Err(too_large(limit));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// A body that is larger than is taken.
pub fn too_large(limit: usize) -> Problem {
    let said = format!("请求的内容太大：最多 {} MB。", limit / (1024 * 1024));
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", said)
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = pointer(error.path());
        let inner = error.into_inner();
        if inner.is_data() {
            let said = format!("内容有误：{inner}");
            return Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_field", said).at(&path);
        }
        not_json(&inner)
    })?;
    reader.end().map_err(|error| not_json(&error))?;
    Ok(read)
}

fn not_json(error: &serde_json::Error) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad_json", format!("不是有效的 JSON：{error}"))
}

/// A place in JSON as a pointer without the slash at its beginning (RFC 6901).
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let parts = path.iter().map(|part| match part {
        Segment::Seq { index } => index.to_string(),
        Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
        Segment::Enum { variant } => variant.clone(),
        Segment::Unknown => String::new(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The version on which a change is based.
pub enum Base {
    /// Whatever stands.
    Any,
    /// This one.
    Version(i64),
}

impl Base {
    /// The number; none for whatever stands.
    pub const fn number(&self) -> Option<i64> {
        match self {
            Self::Any => None,
            Self::Version(number) => Some(*number),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Base {
    type Rejection = Problem;

    /// `If-Match`: one tag that we gave, or `*`. Without it two programs would overwrite each other and not know.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(given) = parts.headers.get(header::IF_MATCH) else {
            let said = "修改前请先读取，把读到的 ETag 放进 If-Match；不论现状都要覆盖时写 If-Match: *。";
            return Err(Problem::new(StatusCode::PRECONDITION_REQUIRED, "needs_if_match", said));
        };
        let given = given.to_str().unwrap_or_default().trim();
        if given == "*" {
            return Ok(Self::Any);
        }
        // The number of a version, and behind it what the answer was: see `answer`.
        let tag = given.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).and_then(|tag| tag.split_once('-'));
        let number = tag.and_then(|(number, _)| number.parse().ok());
        number.map(Self::Version).ok_or_else(|| Refusal::Stale.into())
    }
}

/// A time as it was written: without a zone it is of the site's.
pub fn time(state: &WebState, field: &str, text: &str) -> Result<Timestamp, Problem> {
    let written = WrittenTime::parse(text).and_then(|written| state.installation.store.zone().instant(written));
    written.map_err(|refusal| Problem::of_field(field, refusal))
}

/// Tells a field that is `null` from one that is not there.
pub fn nullable<'de, T: serde::Deserialize<'de>, D: serde::Deserializer<'de>>(
    from: D,
) -> Result<Option<Option<T>>, D::Error> {
    <Option<T> as serde::Deserialize>::deserialize(from).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Body {
        #[serde(default)]
        list: Vec<i64>,
        #[serde(default, deserialize_with = "nullable")]
        lead: Option<Option<i64>>,
    }

    fn said(json: &str) -> String {
        serde_json::to_string(&read::<Body>(json.as_bytes()).unwrap_err()).unwrap()
    }

    #[test]
    fn what_is_wrong_in_json_is_pointed_at() {
        assert!(said(r#"{"list":[1,"x"]}"#).contains("\"pointer\":\"#/list/1\""), "{}", said(r#"{"list":[1,"x"]}"#));
        assert!(said(r#"{"lsit":[]}"#).contains("unknown field `lsit`"));
        for broken in ["", "{", "{}}", "\u{feff}{}", "{\"list\":"] {
            assert!(said(broken).contains("bad_json"), "{broken:?}");
        }
    }

    #[test]
    fn null_is_not_nothing() {
        let lead = |json: &str| read::<Body>(json.as_bytes()).unwrap().lead;
        assert_eq!(read::<Body>(br#"{"list":[1]}"#).unwrap().list, [1]);
        assert_eq!((lead("{}"), lead(r#"{"lead":null}"#), lead(r#"{"lead":3}"#)), (None, Some(None), Some(Some(3))));
    }
}
