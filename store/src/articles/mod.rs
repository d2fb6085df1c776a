//! Articles: what readers see of them, how they come in, the counted lists in which they stand; and the desk, where they
//! are opened, saved, compared, listed and found, or written whole by programs.

mod appearing;
mod batch;
mod desk;
mod fragments;
mod front;
mod history;
mod import;
pub(crate) mod leaving;
mod listing;
mod manuscripts;
mod merging;
mod opening;
mod preview;
mod public;
mod publishing;
mod query;
mod reviews;
mod row;
mod saving;
pub(crate) mod search;
mod tabs;
#[cfg(test)]
mod tests;
mod timely;
mod whole;

pub(crate) use desk::{Mark, may_see};
pub use import::{ImportedArticle, Outcome};
pub use listing::rebuild as rebuild_lists;
pub(crate) use listing::recount;
pub(crate) use manuscripts::placement_of;
pub(crate) use merging::merge_sections;
pub(crate) use preview::may_share;
pub use public::{PublicFilter, PublicList};
pub use query::PublishedArticle;
pub(crate) use row::statement;
pub use whole::Going;
