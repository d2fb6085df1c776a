//! Writing: the form, the text, saving, merging, history.

pub mod api;
pub(super) mod bridge;
mod clashes;
mod engine;
mod form;
mod fragments;
mod history;
mod journal;
mod ledger;
mod page;
mod times;
pub(super) mod upload;
mod words;

pub use fragments::FragmentsPage;
pub use history::HistoryPage;
pub use page::WritingPage;
