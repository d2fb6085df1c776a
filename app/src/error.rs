//! The error of the wire: what a server function answers with when it does not answer.

use crate::wire::Wire;
use content::Refusal;
use http::StatusCode;
use leptos::{prelude::FromServerFnError, server_fn::error::ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why there is no answer. A cause is written to the log; only the reference under which it stands there travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    /// We said no.
    Refused(Refusal),
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

impl AppError {
    /// There is nothing under this address.
    pub const NOT_FOUND: Self = Self::Refused(Refusal::NotFound);

    /// The status that says the same to programs.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Refused(Refusal::NotFound) => StatusCode::NOT_FOUND,
            Self::Refused(Refusal::Gone) => StatusCode::GONE,
            Self::Refused(Refusal::SignedOut | Refusal::BadCredentials | Refusal::NeedsCode) => {
                StatusCode::UNAUTHORIZED
            }
            Self::Refused(Refusal::TooManyAttempts { .. } | Refusal::TooManyUploads { .. }) => {
                StatusCode::TOO_MANY_REQUESTS
            }
            Self::Refused(Refusal::NotAllowed { .. }) => StatusCode::FORBIDDEN,
            Self::Refused(
                Refusal::Stale
                | Refusal::SlugTaken { .. }
                | Refusal::NameTaken { .. }
                | Refusal::BadStep { .. }
                | Refusal::StillPublic
                | Refusal::StillScheduled
                | Refusal::NeedsReview { .. }
                | Refusal::ApprovedAlready
                | Refusal::InBin
                | Refusal::InUse { .. }
                | Refusal::OldAddress { .. }
                | Refusal::SectionInUse { .. },
            ) => StatusCode::CONFLICT,
            Self::Refused(Refusal::NoRoom) => StatusCode::INSUFFICIENT_STORAGE,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Transport => StatusCode::BAD_GATEWAY,
        }
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Internal { reference } => write!(f, "internal error {reference}"),
            Self::Unavailable { reference } => write!(f, "temporarily unavailable, {reference}"),
            Self::Transport => f.write_str("no connection"),
        }
    }
}

impl std::error::Error for AppError {}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl FromServerFnError for AppError {
    type Encoder = Wire;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            // An argument that cannot be a slug or a number names nothing that exists.
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::NOT_FOUND,
            // On the server it is the call that could not be read, in the browser the answer.
            ServerFnErrorErr::Deserialization(rule) if cfg!(feature = "ssr") => {
                Self::Refused(Refusal::BadDocument { rule: content::refusal::quoted(&rule) })
            }
            _ => Self::Transport,
        }
    }

    fn status_code(&self) -> StatusCode {
        self.status()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_argument_is_not_found_and_a_call_that_cannot_be_read_is_refused() {
        let bad = AppError::from_server_fn_error(ServerFnErrorErr::Args("slug".to_owned()));
        assert_eq!((bad.status(), bad), (StatusCode::NOT_FOUND, AppError::NOT_FOUND));
        let unread = AppError::from_server_fn_error(ServerFnErrorErr::Deserialization("no JSON".to_owned()));
        assert_eq!(unread, AppError::Refused(Refusal::BadDocument { rule: "no JSON".to_owned() }));
    }

    #[test]
    fn an_error_travels_as_it_is() {
        for error in [
            AppError::NOT_FOUND,
            AppError::Refused(Refusal::UnknownSection { given: "要闻".to_owned() }),
            AppError::Internal { reference: "a1".to_owned() },
            AppError::Unavailable { reference: "b2".to_owned() },
        ] {
            assert_eq!(AppError::de(error.ser().body), error);
        }
    }
}
