//! A page of an uploaded site as it was, beside the article that is made of it. Nothing of it lives: it may run no script,
//! fetch nothing and belongs to no site.

use super::WebState;
use crate::moving::{Source, Stored};
use app::{admin::words, context, error::AppError};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use content::{ImportId, Refusal};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use importers::pages::{LARGEST_PAGE, Site};

/// Where such a page is.
pub const OLD_PAGE: &str = "/admin/moving/{import}/{page}/old";

/// What such a page may do.
const POLICY: HeaderValue = HeaderValue::from_static(
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; form-action 'none'; \
     base-uri 'none'",
);

/// The page as it was saved, in its own encoding.
pub async fn old_page(
    State(state): State<WebState>,
    Path((import, page)): Path<(i64, i64)>,
    headers: HeaderMap,
) -> Response {
    match find(&state, &headers, ImportId(import), page).await {
        Ok((bytes, encoding)) => {
            let kind = HeaderValue::from_str(&format!("text/html; charset={encoding}"));
            let kind = kind.unwrap_or(HeaderValue::from_static("text/html"));
            let headers = [
                (header::CONTENT_TYPE, kind),
                (header::CONTENT_SECURITY_POLICY, POLICY),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store, private")),
                (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
                (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
            ];
            (headers, bytes).into_response()
        }
        Err(error) => {
            let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
            (error.status(), headers, [words::error(&error).as_str(), "\n"].concat()).into_response()
        }
    }
}

async fn find(
    state: &WebState,
    headers: &HeaderMap,
    import: ImportId,
    page: i64,
) -> Result<(Vec<u8>, String), AppError> {
    let store = &state.installation.store;
    let token = context::token(headers, &state.public_url).ok_or(AppError::Refused(Refusal::SignedOut))?;
    let session = context::answer_private(store.session(&token).await)?;
    let actor = session.ok_or(AppError::Refused(Refusal::SignedOut))?.actor;
    let file = context::answer_private(store.found_page(&actor, import, page).await)?.row.file;
    let archive = context::answer_private(store.import_archive(&actor, import).await)?;
    let stored = Stored::new(&state.installation.files, &archive.key, archive.bytes);
    let read = tokio::task::spawn_blocking(move || {
        let bytes = Source::archive(Box::new(stored)).ok()?.read(&file, LARGEST_PAGE as u64).ok()?;
        let encoding = Site::default().read(&file, &bytes, &|_| None).ok()?.decoding.encoding;
        Some((bytes, encoding.to_string()))
    });
    read.await.ok().flatten().ok_or(AppError::Refused(Refusal::NotFound))
}
