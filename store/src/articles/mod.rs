//! Articles: what readers see of them, how they come in, the counted lists in which they stand; and the desk, where they
//! are opened, saved, compared, listed and found.

mod batch;
mod desk;
mod fragments;
mod history;
mod import;
mod listing;
mod manuscripts;
mod opening;
#[cfg(test)]
mod plans;
mod preview;
mod query;
mod row;
mod saving;
pub(crate) mod search;
mod tabs;

pub(crate) use desk::{Mark, may_see};
pub use import::{ImportedArticle, Outcome};
pub use listing::rebuild as rebuild_lists;
pub(crate) use preview::may_share;
pub use query::PublishedArticle;
pub(crate) use row::statement;
