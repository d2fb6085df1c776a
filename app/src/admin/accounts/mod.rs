//! Accounts and their roles.

pub mod api;
