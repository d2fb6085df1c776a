//! What a request is answered with on the server, given by it through the context of leptos.

use crate::{error::AppError, response};
use content::Actor;
use leptos::prelude::use_context;
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};
use store::Store;

/// What server functions work with.
#[derive(Clone, Debug)]
pub struct AppContext {
    /// The database.
    pub store: Store,
    /// Where readers know the site, without a slash at the end.
    pub public_url: Arc<str>,
}

impl AppContext {
    /// The context of this request.
    ///
    /// # Errors
    /// `Internal` where the server did not give one.
    pub fn of_request() -> Result<Self, AppError> {
        use_context().ok_or_else(|| internal(&"no AppContext was provided"))
    }
}

/// The context of a request with the account that makes it: what every server function of the admin begins with.
///
/// # Errors
/// `SignedOut` where nobody is signed in.
pub async fn signed_in() -> Result<(AppContext, Actor), AppError> {
    Err(AppError::Refused(content::Refusal::SignedOut))
}

/// The answer of a server function to an editor: never to be kept by anybody on the way.
///
/// # Errors
/// What the store did not do: a refusal as it is, anything else as a reference to the log.
pub fn answer_private<T>(result: store::Result<T>) -> Result<T, AppError> {
    match result {
        Ok(value) => Ok(value),
        Err(store::Error::Refused(refusal)) => Err(AppError::Refused(refusal)),
        Err(error) if error.is_temporary() => Err(AppError::Unavailable { reference: logged(&error) }),
        Err(error) => Err(internal(&error)),
    }
}

/// The answer of a server function to a reader.
///
/// # Errors
/// What the store did not do: a refusal as it is, anything else as a reference to the log.
pub fn answer<T>(result: store::Result<T>) -> Result<T, AppError> {
    answer_private(result).inspect(|_| response::reusable())
}

fn internal(cause: &dyn fmt::Display) -> AppError {
    AppError::Internal { reference: logged(cause) }
}

/// Writes the cause to the log and answers with the reference under which it stands there: the seconds and a counter,
/// short enough to be read out on the telephone.
fn logged(cause: &dyn fmt::Display) -> String {
    static COUNTER: AtomicU32 = AtomicU32::new(0);
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let count = COUNTER.fetch_add(1, Ordering::Relaxed) % (36 * 36);
    let reference = base36(seconds * 36 * 36 + u64::from(count));
    tracing::error!(reference, cause = %cause, "a request was not answered");
    reference
}

fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(number % 36).unwrap_or_default();
        digits.extend(char::from_digit(digit, 36));
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_passes_and_everything_else_is_a_reference() {
        let refused = answer::<()>(Err(content::Refusal::NotFound.into()));
        assert_eq!(refused, Err(AppError::NOT_FOUND));
        let broken = answer::<()>(Err(store::Error::Corrupt("secret".to_owned())));
        let Err(AppError::Internal { reference }) = broken else { panic!("{broken:?}") };
        assert!(reference.len() <= 9 && !reference.contains("secret"), "{reference}");
    }

    #[test]
    fn references_differ_and_are_plain() {
        assert_eq!((base36(0), base36(35), base36(36)), ("0".to_owned(), "z".to_owned(), "10".to_owned()));
        assert_ne!(logged(&"one"), logged(&"two"));
    }
}
