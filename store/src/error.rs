//! The store's errors: a refusal is somebody's business, a database error is the operator's.

use content::{Refusal, permission::Action};
use sea_orm::{DbErr, RuntimeErr};

/// What a query or an action answers with.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a query or an action did not happen. In either case nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// We said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database did not do what it was asked.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// The media store did not do what it was asked.
    #[error("media store: {0}")]
    Media(#[source] object_store::Error),
    /// What is stored, or a file that was named, is not what it should be.
    #[error("{0}")]
    Corrupt(String),
}

/// A full disk is something to be said in words; whatever else the media store does not do is not for who asked.
impl From<object_store::Error> for Error {
    fn from(error: object_store::Error) -> Self {
        use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
        while let Some(one) = cause {
            let io = one.downcast_ref::<std::io::Error>();
            if io.is_some_and(|io| matches!(io.kind(), StorageFull | QuotaExceeded | FileTooLarge)) {
                return Self::Refused(Refusal::NoRoom);
            }
            cause = one.source();
        }
        Self::Media(error)
    }
}

impl Error {
    /// The refusal of an action that the actor may not do.
    #[must_use]
    pub const fn not_allowed(action: Action) -> Self {
        Self::Refused(Refusal::NotAllowed { action })
    }

    /// Whether trying again later may help: the database is locked, full, out of reach or out of connections. A page
    /// says 503 then, anything else is a defect and says 500.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Refused(_) | Self::Corrupt(_) => false,
            Self::Media(error) => !matches!(error, object_store::Error::NotFound { .. }),
            Self::Database(error) => match error {
                DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
                DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => {
                    cause.as_database_error().is_none_or(|error| error.code().is_some_and(|code| passes(&code)))
                }
                _ => false,
            },
        }
    }
}

/// Result codes that pass: SQLite's primary codes BUSY 5, LOCKED 6, READONLY 8, IOERR 10, FULL 13, CANTOPEN 14,
/// PROTOCOL 15 (<https://www.sqlite.org/rescode.html>; the low byte of an extended code is its primary code) and
/// PostgreSQL's classes 08 connection, 53 resources, 55 not in prerequisite state, 57 operator intervention, 58 system
/// (<https://www.postgresql.org/docs/current/errcodes-appendix.html>).
fn passes(code: &str) -> bool {
    match code.parse::<u32>() {
        Ok(sqlite) if code.len() < 5 => matches!(sqlite & 0xff, 5 | 6 | 8 | 10 | 13 | 14 | 15),
        _ => ["08", "53", "55", "57", "58"].iter().any(|class| code.starts_with(class)),
    }
}

#[cfg(test)]
mod tests {
    use super::passes;

    #[test]
    fn a_full_disk_and_a_locked_database_pass_and_a_broken_query_does_not() {
        for temporary in ["5", "6", "13", "261", "517", "778", "53100", "57P01", "08006"] {
            assert!(passes(temporary), "{temporary}");
        }
        for defect in ["1", "11", "19", "2067", "42601", "23505", "26"] {
            assert!(!passes(defect), "{defect}");
        }
    }
}
