//! Writing: the form, the text, saving, merging, history.

pub mod api;
mod bar;
pub(super) mod bridge;
mod clashes;
mod dialogs;
mod engine;
mod files;
mod form;
mod fragments;
mod history;
mod journal;
mod ledger;
mod page;
mod preview;
mod publish;
mod steps;
mod times;
mod unfinished;
mod upload;
mod words;

pub use clashes::Clashes;
pub use dialogs::{Keep, Question, Schedule, Withdraw};
pub use files::FormUploads;
pub use fragments::FragmentsPage;
pub use history::HistoryPage;
pub use page::WritingPage;
