//! A small file in one request, as the editor sends what was pasted: the body is the file, its name stands in the query.

use super::{refused, sender};
use crate::web::WebState;
use app::{context, error::AppError};
use axum::{
    Json,
    body::{Body, to_bytes},
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use content::{Refusal, media::File};
use http::HeaderMap;
use serde::Deserialize;
use std::{sync::LazyLock, time::Duration};
use store::media::LARGEST_PICTURE;
use tokio::{sync::Semaphore, time::timeout};

/// Files that are held in memory at a time.
const AT_A_TIME: usize = 2;
/// How long one may take to come. What takes longer is sent in parts.
const LONGEST: Duration = Duration::from_secs(120);

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
        Err(error) => refused(error),
    }
}

async fn take(state: &WebState, name: &str, headers: &HeaderMap, body: Body) -> Result<File, AppError> {
    let actor = sender(state, headers).await?;
    let _turn = TURNS.acquire().await.map_err(|_| AppError::Transport)?;
    let too_long = || AppError::Refused(Refusal::TooLong { field: "file".to_owned(), limit: LARGEST_PICTURE as u64 });
    let bytes = timeout(LONGEST, to_bytes(body, LARGEST_PICTURE)).await.map_err(|_| AppError::Transport)?;
    let bytes = bytes.map_err(|_| too_long())?;
    let store = &state.installation.store;
    context::answer_private(store.add_file(&state.installation.files, &actor, name, bytes.into()).await)
}
