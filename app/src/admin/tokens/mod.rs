//! Tokens for programs: made, shown once, taken back.

pub mod api;
mod form;
mod page;
mod words;

pub use page::TokensRoom;
