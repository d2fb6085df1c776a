//! Lists of articles, batches, the bin, the dashboard.

pub mod api;
