//! Why a reader gets no page. Beside [`AppError`] because readers ask for pages only: the words in which a desk refuses
//! are two dozen, and every reader's browser would have to know how to read them.

use crate::error::AppError;
use crate::wire::Wire;
use content::Refusal;
use http::StatusCode;
use leptos::{prelude::FromServerFnError, server_fn::error::ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why there is no page. A cause is written to the log; only the reference under which it stands there travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoPage {
    /// There is nothing under this address, or nothing for this reader.
    NotFound,
    /// There was, and it was taken away.
    Gone,
    /// The link of a preview that has ended.
    DeadLink,
    /// A preview that only an editor who is signed in sees.
    SignedOut,
    /// Something is broken here.
    Internal {
        /// Where the log tells of it.
        reference: String,
    },
    /// It will pass: the database is locked, full or out of reach.
    Unavailable {
        /// Where the log tells of it.
        reference: String,
    },
    /// The browser did not reach the server, or did not understand what came back.
    Transport,
}

impl NoPage {
    /// The status of the page that stands for it.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::DeadLink | Self::SignedOut => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Transport => StatusCode::BAD_GATEWAY,
        }
    }
}

/// Whatever else is refused is not there for readers.
impl From<AppError> for NoPage {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Refused(Refusal::Gone) => Self::Gone,
            AppError::Refused(Refusal::DeadLink) => Self::DeadLink,
            AppError::Refused(Refusal::SignedOut) => Self::SignedOut,
            AppError::Refused(_) => Self::NotFound,
            AppError::Internal { reference } => Self::Internal { reference },
            AppError::Unavailable { reference } => Self::Unavailable { reference },
            AppError::Transport => Self::Transport,
        }
    }
}

impl fmt::Display for NoPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFound => "not found",
            Self::Gone => "gone",
            Self::DeadLink => "a link that has ended",
            Self::SignedOut => "nobody is signed in",
            Self::Internal { .. } => "internal error",
            Self::Unavailable { .. } => "temporarily unavailable",
            Self::Transport => "no connection",
        })
    }
}

impl std::error::Error for NoPage {}

impl FromServerFnError for NoPage {
    type Encoder = Wire;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            // An argument that cannot be a slug or a number names nothing that exists.
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::NotFound,
            // On the server it is the call that could not be read, in the browser the answer.
            ServerFnErrorErr::Deserialization(_) if cfg!(feature = "ssr") => Self::NotFound,
            _ => Self::Transport,
        }
    }

    fn status_code(&self) -> StatusCode {
        match self {
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            other => other.status(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_an_editor_would_understand_is_not_there() {
        let refused = |refusal| NoPage::from(AppError::Refused(refusal));
        assert_eq!(refused(Refusal::NotFound), NoPage::NotFound);
        assert_eq!(refused(Refusal::Stale), NoPage::NotFound);
        assert_eq!([refused(Refusal::Gone).status(), refused(Refusal::SignedOut).status()], [410, 404].map(code));
        assert_eq!(refused(Refusal::SignedOut).status_code(), code(401));
    }

    #[test]
    fn a_bad_argument_is_not_found() {
        let bad = NoPage::from_server_fn_error(ServerFnErrorErr::Args("slug".to_owned()));
        assert_eq!((bad.status_code(), bad), (code(404), NoPage::NotFound));
    }

    #[test]
    fn it_travels_as_it_is() {
        for error in [NoPage::Gone, NoPage::Transport, NoPage::Unavailable { reference: "b2".to_owned() }] {
            assert_eq!(NoPage::de(error.ser().body), error);
        }
    }

    fn code(code: u16) -> StatusCode {
        StatusCode::from_u16(code).unwrap()
    }
}
