//! Accounts and their roles.

pub mod api;
mod page;

pub use page::AccountsPage;
