//! The record: who did what, when, and what was before and after. For administrators.

pub mod api;
#[cfg(feature = "ssr")]
pub mod csv;
mod entry;
mod fields;
pub mod filters;
mod page;
mod words;

pub use page::RecordRoom;
