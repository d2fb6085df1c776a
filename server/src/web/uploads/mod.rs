//! Files from the admin: small ones in one request, any in parts that can be resumed.

mod direct;
mod resumable;

pub use direct::upload;
pub(in crate::web) use resumable::pass_over;
pub use resumable::{begin, cancel, discover, look, send};

use super::{WebState, word::READ_WORD};
use app::{context, error::AppError};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use content::{Actor, Refusal};
use http::{HeaderMap, HeaderValue, StatusCode, header};

/// Where small files are sent to.
pub const DIRECT: &str = "/api/upload";
/// Where uploads are begun.
pub const UPLOADS: &str = "/api/uploads";

/// Whether the body of a request to this path is a file, to be read as it comes and for as long as it comes.
pub fn is_upload(path: &str) -> bool {
    path == DIRECT
        || path == READ_WORD
        || path.strip_prefix(UPLOADS).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Who sends, if they may send at all. Asked before any byte is read: whoever may not send costs nothing.
pub(super) async fn sender(state: &WebState, headers: &HeaderMap) -> Result<Actor, AppError> {
    let token = context::token(headers, &state.public_url).ok_or(AppError::Refused(Refusal::SignedOut))?;
    let session = context::answer_private(state.installation.store.session(&token).await)?;
    let actor = session.ok_or(AppError::Refused(Refusal::SignedOut))?.actor;
    context::answer_private(store::media::allowed(&actor))?;
    Ok(actor)
}

pub(super) fn refused(error: AppError) -> Response {
    let too_large = matches!(&error, AppError::Refused(Refusal::TooLong { .. }));
    let status = if too_large { StatusCode::PAYLOAD_TOO_LARGE } else { error.status() };
    let mut response = (status, Json(error)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::is_upload;

    #[test]
    fn only_these_paths_take_files() {
        for path in ["/api/upload", "/api/uploads", "/api/uploads/0123", "/api/read_word"] {
            assert!(is_upload(path), "{path}");
        }
        for path in ["/api/uploads2", "/api/upload/x", "/api/save_article", "/"] {
            assert!(!is_upload(path), "{path}");
        }
    }
}
