//! Writing: the form, the text, saving, merging, history.

pub mod api;
pub(super) mod bridge;
mod clashes;
mod engine;
mod files;
mod form;
mod fragments;
mod history;
mod journal;
mod ledger;
mod page;
mod times;
mod upload;
mod words;

pub use fragments::FragmentsPage;
pub use history::HistoryPage;
pub use page::WritingPage;
