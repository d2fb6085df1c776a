//! Articles: what readers see of them, how they come in, the counted lists in which they stand; and the desk, where they
//! are opened, saved, compared, listed and found.

mod appearing;
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
mod publishing;
mod query;
mod reviews;
mod row;
mod saving;
pub(crate) mod search;
mod tabs;
mod timely;

pub(crate) use desk::{Mark, may_see};
pub use import::{ImportedArticle, Outcome};
pub use listing::rebuild as rebuild_lists;
#[allow(unused_imports, reason = "for rooms that place many articles at once")]
pub(crate) use listing::recount as recount_list;
pub(crate) use preview::may_share;
pub use query::PublishedArticle;
pub(crate) use row::statement;
