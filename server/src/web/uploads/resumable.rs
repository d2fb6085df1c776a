//! Uploads that can be resumed, as tus 1.0 describes them (<https://tus.io/protocols/resumable-upload>): core, creation,
//! expiration, termination. Beyond it, the answer to the last part, and to whoever asks later, has the file's record in
//! `Fuxian-File`; an empty part at the end finishes an upload whose last answer was lost.

use super::{UPLOADS, refused, sender};
use crate::web::WebState;
use app::{context, error::AppError};
use axum::{
    body::{Body, BodyDataStream},
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use content::{Actor, Refusal, media::File};
use futures::StreamExt;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use std::time::Duration;
use store::media::{LARGEST_PART, LARGEST_PICTURE, Upload};
use tokio::{sync::Semaphore, time::timeout};

const VERSION: &str = "1.0.0";
const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const FILE: HeaderName = HeaderName::from_static("fuxian-file");
const PART: &str = "application/offset+octet-stream";

/// How long a connection may send nothing before what it sent is taken for all there is.
const SILENCE: Duration = Duration::from_secs(30);
/// Connections that send at a time, each with a part in memory.
const AT_A_TIME: usize = 16;

static TURNS: Semaphore = Semaphore::const_new(AT_A_TIME);

/// What is understood here.
pub async fn discover(State(state): State<WebState>) -> Response {
    let largest = state.installation.store.largest_file().max(LARGEST_PICTURE as u64);
    let headers = [
        (HeaderName::from_static("tus-version"), HeaderValue::from_static(VERSION)),
        (HeaderName::from_static("tus-extension"), HeaderValue::from_static("creation,expiration,termination")),
        (HeaderName::from_static("tus-max-size"), HeaderValue::from(largest)),
    ];
    answered((StatusCode::NO_CONTENT, headers).into_response())
}

/// Begins an upload.
pub async fn begin(State(state): State<WebState>, headers: HeaderMap) -> Response {
    answered(match begun(&state, &headers).await {
        Ok(upload) => {
            let mut response = StatusCode::CREATED.into_response();
            put(&mut response, header::LOCATION, &format!("{UPLOADS}/{}", upload.id));
            put(&mut response, EXPIRES, &upload.expires_in_words());
            response
        }
        Err(fault) => fault.into_response(),
    })
}

async fn begun(state: &WebState, headers: &HeaderMap) -> Result<Upload, Fault> {
    understood(headers)?;
    let actor = sender(state, headers).await?;
    let length = number(headers, &LENGTH).ok_or_else(|| bad("Upload-Length: expected the size in bytes\n"))?;
    let name = name_of(headers).ok_or_else(|| bad("Upload-Metadata: expected `filename` and its name in base64\n"))?;
    let upload = state.installation.store.begin_upload(&actor, &name, length).await;
    Ok(context::answer_private(upload)?)
}

/// How far an upload is.
pub async fn look(State(state): State<WebState>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    answered(match found(&state, &id, &headers).await {
        Ok((_, upload)) => {
            let mut response = StatusCode::OK.into_response();
            response.headers_mut().insert(OFFSET, HeaderValue::from(upload.received));
            response.headers_mut().insert(LENGTH, HeaderValue::from(upload.length));
            put(&mut response, EXPIRES, &upload.expires_in_words());
            if let Some(file) = &upload.file {
                name_file(&mut response, file);
            }
            response
        }
        Err(fault) => fault.into_response(),
    })
}

/// Takes the next part, and makes a file of the upload when it was the last one.
pub async fn send(State(state): State<WebState>, Path(id): Path<String>, headers: HeaderMap, body: Body) -> Response {
    let mut body = body.into_data_stream();
    answered(match sent(&state, &id, &headers, &mut body).await {
        Ok((offset, file)) => {
            let mut response = StatusCode::NO_CONTENT.into_response();
            response.headers_mut().insert(OFFSET, HeaderValue::from(offset));
            if let Some(file) = &file {
                name_file(&mut response, file);
            }
            response
        }
        Err(fault) => {
            // A browser that is still sending when the connection is closed does not read the answer.
            pass_over(&mut body).await;
            fault.into_response()
        }
    })
}

async fn sent(
    state: &WebState,
    id: &str,
    headers: &HeaderMap,
    body: &mut BodyDataStream,
) -> Result<(u64, Option<File>), Fault> {
    let (actor, upload) = found(state, id, headers).await?;
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != PART) {
        let words = "Content-Type: expected application/offset+octet-stream\n";
        return Err(Fault::Said(StatusCode::UNSUPPORTED_MEDIA_TYPE, words));
    }
    let offset = number(headers, &OFFSET).ok_or_else(|| bad("Upload-Offset: expected a number\n"))?;
    if offset != upload.received {
        return Err(AppError::from(Refusal::Stale).into());
    }
    if let Some(file) = upload.file {
        return Ok((upload.length, Some(file)));
    }
    let turn = timeout(SILENCE, TURNS.acquire()).await;
    let Ok(Ok(_turn)) = turn else {
        return Err(Fault::Said(StatusCode::SERVICE_UNAVAILABLE, "too many uploads at the moment\n"));
    };
    let received = take(state, &actor, &upload, body).await?;
    if received < upload.length {
        return Ok((received, None));
    }
    let store = &state.installation.store;
    let file = store.finish_upload(&state.installation.files, &actor, id).await;
    Ok((received, Some(context::answer_private(file)?)))
}

/// Takes what comes until nothing more does, in parts. What a broken connection has sent is kept like the rest.
async fn take(state: &WebState, actor: &Actor, upload: &Upload, body: &mut BodyDataStream) -> Result<u64, AppError> {
    let (store, files) = (&state.installation.store, &state.installation.files);
    let mut received = upload.received;
    loop {
        let (pieces, more) = next_part(body).await;
        if !pieces.is_empty() {
            received = context::answer_private(store.add_part(files, actor, upload, received, pieces).await)?;
        }
        if !more {
            return Ok(received);
        }
    }
}

/// The next part of a body, and whether more may come behind it.
async fn next_part(body: &mut BodyDataStream) -> (Vec<Bytes>, bool) {
    let (mut pieces, mut bytes) = (Vec::new(), 0);
    while bytes < LARGEST_PART {
        match timeout(SILENCE, body.next()).await {
            Ok(Some(Ok(piece))) if piece.is_empty() => {}
            Ok(Some(Ok(piece))) => {
                bytes += piece.len();
                pieces.push(piece);
            }
            Ok(Some(Err(_)) | None) | Err(_) => return (pieces, false),
        }
    }
    (pieces, true)
}

/// Reads what is not wanted any more, so much of it as a picture may have.
pub async fn pass_over(body: &mut BodyDataStream) {
    let mut passed = 0;
    while passed <= LARGEST_PICTURE {
        match timeout(SILENCE, body.next()).await {
            Ok(Some(Ok(piece))) => passed += piece.len(),
            Ok(Some(Err(_)) | None) | Err(_) => return,
        }
    }
}

/// Deletes an upload with what came of it.
pub async fn cancel(State(state): State<WebState>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let cancelled = async {
        let (actor, _) = found(&state, &id, &headers).await?;
        let store = &state.installation.store;
        let cancelled = store.cancel_upload(&state.installation.files, &actor, &id).await;
        Ok::<_, Fault>(context::answer_private(cancelled)?)
    };
    answered(match cancelled.await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(fault) => fault.into_response(),
    })
}

/// The sender's own upload with this word; somebody else's is not there.
async fn found(state: &WebState, id: &str, headers: &HeaderMap) -> Result<(Actor, Upload), Fault> {
    understood(headers)?;
    let actor = sender(state, headers).await?;
    let upload = context::answer_private(state.installation.store.find_upload(&actor, id).await)?;
    Ok((actor, upload))
}

fn understood(headers: &HeaderMap) -> Result<(), Fault> {
    if headers.get(RESUMABLE).is_some_and(|version| version == VERSION) {
        return Ok(());
    }
    Err(Fault::Said(StatusCode::PRECONDITION_FAILED, "Tus-Resumable: expected 1.0.0\n"))
}

/// Why a request is not answered with what it asked for.
enum Fault {
    /// For the person who sends.
    Refused(AppError),
    /// For the program that sends: it does not speak the protocol, or is to come again.
    Said(StatusCode, &'static str),
}

impl From<AppError> for Fault {
    fn from(error: AppError) -> Self {
        Self::Refused(error)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let (status, words) = match self {
            Self::Refused(error) => return refused(error),
            Self::Said(status, words) => (status, words),
        };
        let mut response = (status, words).into_response();
        match status {
            StatusCode::PRECONDITION_FAILED => put(&mut response, HeaderName::from_static("tus-version"), VERSION),
            StatusCode::SERVICE_UNAVAILABLE => put(&mut response, header::RETRY_AFTER, "5"),
            _ => {}
        }
        response
    }
}

fn answered(mut response: Response) -> Response {
    response.headers_mut().insert(RESUMABLE, HeaderValue::from_static(VERSION));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

const fn bad(words: &'static str) -> Fault {
    Fault::Said(StatusCode::BAD_REQUEST, words)
}

fn put(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

fn name_file(response: &mut Response, file: &File) {
    match serde_json::to_vec(file) {
        Ok(json) => put(response, FILE, &STANDARD.encode(json)),
        Err(error) => tracing::error!(%error, "a file's record"),
    }
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    // The one spelling of a number: no sign, no space.
    let text = headers.get(name)?.to_str().ok()?;
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// `filename 5ZCN5a2XLmpwZw==,filetype aW1hZ2UvanBlZw==`: pairs with commas between.
fn name_of(headers: &HeaderMap) -> Option<String> {
    let pairs = headers.get(METADATA)?.to_str().ok()?.split(',');
    let given = pairs.filter_map(|pair| pair.trim().split_once(' ')).find(|(key, _)| *key == "filename")?.1;
    String::from_utf8(STANDARD.decode(given).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn the_name_stands_among_the_metadata() {
        let name = |value| name_of(&headers(METADATA, value));
        assert_eq!(name("filetype aQ==, filename 5ZCN5a2XLmpwZw=="), Some("名字.jpg".to_owned()));
        for other in ["filename", "filename ???", "filename /////w==", "name YQ=="] {
            assert_eq!(name(other), None, "{other}");
        }
    }

    #[test]
    fn a_number_has_digits_only() {
        assert_eq!(number(&headers(OFFSET, "70"), &OFFSET), Some(70));
        for other in ["", "-1", "+1", " 1", "1e3", "99999999999999999999"] {
            assert_eq!(number(&headers(OFFSET, other), &OFFSET), None, "{other}");
        }
    }
}
