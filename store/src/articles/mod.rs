//! Articles: what readers see of them, how they come in, and the counted lists in which they stand.

mod import;
mod listing;
#[cfg(test)]
mod plans;
mod query;
mod row;

pub use import::{ImportedArticle, Outcome};
pub use listing::rebuild as rebuild_lists;
pub(crate) use row::statement;
