//! One entity a table, as `migrations` makes them. What a table is for stands there; queries and actions stand in the
//! folder of their noun.

pub mod account;
pub mod article;
pub mod audit;
pub mod change;
pub mod grant;
pub mod job;
pub mod media;
pub mod revision;
pub mod section;
pub mod segment;
pub mod session;
pub mod site;
