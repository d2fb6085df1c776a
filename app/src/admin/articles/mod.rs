//! Lists of articles, batches, the bin, the dashboard.

pub mod api;
mod batch;
mod dashboard;
mod filters;
mod list;

pub use dashboard::DeskPage;
pub use filters::encoded;
pub use list::{ArticlesPage, BinPage};
