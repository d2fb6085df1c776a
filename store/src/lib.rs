//! The database: entities, migrations, queries and actions, on SQLite and PostgreSQL alike. Server only.
//!
//! A query takes the actor and answers with what the actor may see. An action is one mutation together with its
//! permission check, its audit entry and its change record, in one transaction. Only here is SQL known; no axum and no
//! leptos is.

pub mod accounts;
pub mod articles;
pub mod audit;
pub mod backup;
mod connect;
mod due;
pub mod entity;
mod error;
pub mod exports;
pub mod following;
pub mod imports;
pub mod jobs;
pub mod media;
pub mod migrations;
pub mod previews;
pub mod records;
pub mod redirects;
pub mod sections;
pub mod site;
pub mod tokens;
pub mod zone;

pub use connect::{Store, unix_now};
pub use error::{Error, Result};
pub use zone::Zone;
