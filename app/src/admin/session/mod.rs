//! Signing in, one's own password, second factor and sessions.

pub mod api;
