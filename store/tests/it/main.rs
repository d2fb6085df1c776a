//! The store on both engines: SQLite always, PostgreSQL where `FUXIAN_TEST_POSTGRES` names a server.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(missing_docs, reason = "tests are sentences")]

mod accounts;
mod articles;
mod audited;
mod backup;
mod exports;
mod folder;
mod harness;
mod imports;
mod intruders;
mod media;
mod pictures;
mod previews;
mod publishing;
mod record;
mod sections;
mod site;
mod tokens;
mod uploads;
mod writing;
