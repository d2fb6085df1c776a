//! Files from the admin: the body of a request is the file, its name stands in the query.

use super::WebState;
use app::{context, error::AppError};
use axum::{
    Json,
    body::{Body, to_bytes},
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use content::{Refusal, media::File};
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use std::sync::LazyLock;
use store::media::LARGEST_FILE;
use tokio::sync::Semaphore;

/// Files that are held in memory at a time.
const AT_A_TIME: usize = 4;

static TURNS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(AT_A_TIME));

/// How the file is called.
#[derive(Deserialize)]
pub struct Named {
    name: String,
}

/// Takes a file in; answers with its record as JSON.
pub async fn upload(
    State(state): State<WebState>,
    Query(Named { name }): Query<Named>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    match take(&state, &name, &headers, body).await {
        Ok(file) => Json(file).into_response(),
        Err(error) => {
            let too_large = matches!(&error, AppError::Refused(Refusal::TooLong { .. }));
            let status = if too_large { StatusCode::PAYLOAD_TOO_LARGE } else { error.status() };
            (status, Json(error)).into_response()
        }
    }
}

async fn take(state: &WebState, name: &str, headers: &HeaderMap, body: Body) -> Result<File, AppError> {
    let store = &state.installation.store;
    let token = context::token(headers, &state.public_url).ok_or(AppError::Refused(Refusal::SignedOut))?;
    let session = context::answer_private(store.session(&token).await)?;
    let actor = session.ok_or(AppError::Refused(Refusal::SignedOut))?.actor;
    // Before the bytes are read: whoever may not send any costs nothing.
    context::answer_private(store::media::allowed(&actor))?;
    let _turn = TURNS.acquire().await.map_err(|_| AppError::Transport)?;
    let too_long = || AppError::Refused(Refusal::TooLong { field: "file".to_owned(), limit: LARGEST_FILE as u64 });
    let bytes = to_bytes(body, LARGEST_FILE).await.map_err(|_| too_long())?;
    context::answer_private(store.add_file(&state.installation.files, &actor, name, bytes.into()).await)
}
