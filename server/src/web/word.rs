//! A Word file that was dropped on the editor: its text as a tree, its pictures in the library. Nothing of an article is
//! changed: the editor puts the text where it was dropped, and saves it like anything that is typed.

use super::{
    WebState,
    uploads::{refused, sender},
};
use crate::moving::take_pictures;
use app::{context, error::AppError};
use axum::{
    Json,
    body::{Body, to_bytes},
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use content::{Document, Refusal, media::File, refusal::quoted};
use http::{HeaderMap, StatusCode};
use importers::{Fault, PictureRef};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tokio::{sync::Semaphore, time::timeout};

/// Where it is sent to.
pub const READ_WORD: &str = "/api/read_word";
/// The largest Word file that is read here, in bytes. A larger one comes in by the command.
const LARGEST: usize = 64 * 1024 * 1024;
/// How long one may take to come.
const LONGEST: Duration = Duration::from_secs(120);

/// One is read at a time: it is held in memory, unpacked.
static TURN: Semaphore = Semaphore::const_new(1);

/// How the file is called.
#[derive(Deserialize)]
pub struct Named {
    name: String,
}

/// What was read.
#[derive(Serialize)]
struct Read {
    /// Empty where the file has none.
    title: String,
    subtitle: String,
    body: Document,
    /// The pictures that the text names.
    files: Vec<File>,
    left_out: Vec<LeftOut>,
}

/// A kind of thing that was left out or changed, and how often.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct LeftOut {
    what: String,
    count: u64,
}

/// Reads a file; answers with its text as JSON. 415 says that it has to be saved as another kind first.
pub async fn read(
    State(state): State<WebState>,
    Query(Named { name }): Query<Named>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    match take(&state, &name, &headers, body).await {
        Ok(Ok(read)) => Json(read).into_response(),
        Ok(Err(fault)) => {
            let named = Refusal::NotAFile { name: quoted(&name) };
            let mut response = refused(AppError::Refused(named));
            if matches!(fault, Fault::OtherFormat { .. }) {
                *response.status_mut() = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            }
            tracing::debug!(%fault, name, "a Word file was not read");
            response
        }
        Err(error) => refused(error),
    }
}

async fn take(state: &WebState, name: &str, headers: &HeaderMap, body: Body) -> Result<Result<Read, Fault>, AppError> {
    let actor = sender(state, headers).await?;
    let _turn = TURN.acquire().await.map_err(|_| AppError::Transport)?;
    let too_long = || AppError::Refused(Refusal::TooLong { field: "file".to_owned(), limit: LARGEST as u64 });
    let bytes = timeout(LONGEST, to_bytes(body, LARGEST)).await.map_err(|_| AppError::Transport)?;
    let bytes = bytes.map_err(|_| too_long())?;
    let (installation, name) = (state.installation.clone(), name.to_owned());
    let reading = tokio::task::spawn_blocking(move || {
        let word = importers::docx(&bytes)?;
        tracing::debug!(name, pictures = word.pictures().len(), "a Word file was read");
        let taken = take_pictures(&installation, &actor, &word);
        let find = |at: usize| Some(PictureRef { id: (*taken.get(at)?)?, alt: String::new() });
        word.into_body(&find)
    });
    let read = match reading.await {
        Ok(Ok(read)) => read,
        Ok(Err(fault)) => return Ok(Err(fault)),
        Err(error) => return context::answer_private(Err(store::Error::Corrupt(error.to_string()))),
    };
    let (fields, body, report) = read;
    let store = &state.installation.store;
    let files = context::answer_private(store.files(&body.media()).await)?;
    let left_out = report.left_out.iter().map(|line| left_out(line)).collect();
    Ok(Ok(Read { title: fields.title, subtitle: fields.subtitle, body, files, left_out }))
}

/// `comment ×3: left out` of the importer's report.
fn left_out(line: &str) -> LeftOut {
    let counted = line.split_once(" ×").and_then(|(what, rest)| {
        let count = rest.split_once(':')?.0.parse().ok()?;
        Some(LeftOut { what: what.to_owned(), count })
    });
    counted.unwrap_or_else(|| LeftOut { what: "part".to_owned(), count: 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_out_is_counted_by_kind() {
        let of = |what: &str, count| LeftOut { what: what.to_owned(), count };
        assert_eq!(left_out("comment ×3: left out"), of("comment", 3));
        assert_eq!(left_out("link ×1: not safe (\"javascript:1\")"), of("link", 1));
        assert_eq!(left_out("styles left out: broken"), of("part", 1));
    }
}
