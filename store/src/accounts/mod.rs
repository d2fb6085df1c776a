//! Accounts: who may sign in and as what, passwords, second factors, sessions, one-time links.
//!
//! What opens a door is never stored as it is: passwords by Argon2id, tokens and codes by SHA-256 (they are long random
//! words, which nobody guesses).

mod attempts;
mod links;
mod passwords;
mod people;
mod second_factor;
pub(crate) mod secrets;
mod sessions;
mod signing_in;

pub use links::LinkUse;
pub use sessions::{Session, SessionLife};
pub use signing_in::Attempt;
pub(crate) use signing_in::grants_of;
