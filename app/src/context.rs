//! What a request is answered with on the server, given by it through the context of leptos.

use crate::{error::AppError, response, site::NoPage};
use content::{Actor, Refusal, Shown, Shows};
use http::{HeaderMap, HeaderValue, header, request::Parts};
use leptos::prelude::use_context;
use std::{
    collections::BTreeSet,
    fmt,
    net::IpAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};
use store::{Store, accounts::Session, media::MediaStore};

/// What server functions work with.
#[derive(Clone, Debug)]
pub struct AppContext {
    /// The database.
    pub store: Store,
    /// The bytes of pictures and files.
    pub files: MediaStore,
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

/// Where a request came from, as the server's edge found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// The context of a request with the account that makes it: what every server function of the admin begins with.
///
/// # Errors
/// `SignedOut` where nobody is signed in.
pub async fn signed_in() -> Result<(AppContext, Actor), AppError> {
    let (context, session) = session().await?;
    Ok((context, session.actor))
}

/// The same with the session itself.
///
/// # Errors
/// `SignedOut` where nobody is signed in.
pub async fn session() -> Result<(AppContext, Session), AppError> {
    private();
    let context = AppContext::of_request()?;
    let token = use_context::<Parts>().and_then(|parts| token(&parts.headers, &context.public_url));
    let token = token.ok_or(AppError::Refused(Refusal::SignedOut))?;
    match answer_private(context.store.session(&token).await)? {
        Some(session) => Ok((context, session)),
        None => Err(AppError::Refused(Refusal::SignedOut)),
    }
}

/// Where the request came from, and what its browser says of itself.
#[must_use]
pub fn visitor() -> (String, String) {
    let Some(parts) = use_context::<Parts>() else { return Default::default() };
    let address = parts.extensions.get::<ClientAddress>().map(|ClientAddress(address)| address.to_string());
    let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    (address.unwrap_or_default(), agent.unwrap_or_default().to_owned())
}

/// The session's token, where the request bears one.
#[must_use]
pub fn token(headers: &HeaderMap, public_url: &str) -> Option<String> {
    let name = cookie_name(public_url);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value.to_owned())
}

/// Whether the request bears a session, whether that still holds or not.
#[must_use]
pub fn has_session() -> bool {
    let Ok(context) = AppContext::of_request() else { return false };
    use_context::<Parts>().is_some_and(|parts| token(&parts.headers, &context.public_url).is_some())
}

/// Gives the browser its session, or takes it away. Scripts never see it; a request from another site does not bear it
/// unless somebody followed a link.
pub fn set_session(context: &AppContext, token: Option<&str>) {
    let Some(response) = use_context::<leptos_axum::ResponseOptions>() else { return };
    let age = if token.is_some() { context.store.session_life().longest.as_secs() } else { 0 };
    let secure = if is_secure(&context.public_url) { "; Secure" } else { "" };
    let name = cookie_name(&context.public_url);
    let value = token.unwrap_or_default();
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.append_header(header::SET_COOKIE, cookie);
    }
}

/// The prefix binds the cookie to this very host; browsers take it over TLS only.
fn cookie_name(public_url: &str) -> &'static str {
    if is_secure(public_url) { "__Host-fuxian_session" } else { "fuxian_session" }
}

fn is_secure(public_url: &str) -> bool {
    public_url.starts_with("https://")
}

/// The answer of a server function to an editor: never to be kept by anybody on the way.
///
/// # Errors
/// What the store did not do: a refusal as it is, anything else as a reference to the log.
pub fn answer_private<T>(result: store::Result<T>) -> Result<T, AppError> {
    private();
    on_the_wire(result)
}

fn private() {
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

fn on_the_wire<T>(result: store::Result<T>) -> Result<T, AppError> {
    match result {
        Ok(value) => Ok(value),
        Err(store::Error::Refused(refusal)) => Err(AppError::Refused(refusal)),
        Err(error) if error.is_temporary() => Err(AppError::Unavailable { reference: logged(&error) }),
        Err(error) => Err(internal(&error)),
    }
}

/// The answer of a server function to a reader. What it shows is noted for whoever keeps the page.
///
/// # Errors
/// What the store did not do: a refusal as it is, anything else as a reference to the log.
pub fn answer<T: Shows>(result: store::Result<T>) -> Result<T, NoPage> {
    Ok(on_the_wire(result).inspect(|view| {
        if let Some(noted) = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Noted>().cloned()) {
            noted.add(view.shows());
        }
        response::reusable();
    })?)
}

/// What an answer shows. It travels in the extensions of the request, whose rendering fills it.
#[derive(Clone, Debug, Default)]
pub struct Noted(Arc<Mutex<BTreeSet<Shown>>>);

impl Noted {
    /// Adds what a view shows.
    pub fn add(&self, shown: impl IntoIterator<Item = Shown>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(shown);
    }

    /// All of it, once the answer is there.
    #[must_use]
    pub fn take(&self) -> BTreeSet<Shown> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
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
        let refused = on_the_wire::<()>(Err(content::Refusal::NotFound.into()));
        assert_eq!(refused, Err(AppError::NOT_FOUND));
        let broken = on_the_wire::<()>(Err(store::Error::Corrupt("secret".to_owned())));
        let Err(AppError::Internal { reference }) = broken else { panic!("{broken:?}") };
        assert!(reference.len() <= 9 && !reference.contains("secret"), "{reference}");
    }

    #[test]
    fn references_differ_and_are_plain() {
        assert_eq!((base36(0), base36(35), base36(36)), ("0".to_owned(), "z".to_owned(), "10".to_owned()));
        assert_ne!(logged(&"one"), logged(&"two"));
    }
}
