//! The binary as its users have it: started as a process, asked over HTTP, told to stop.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(missing_docs, reason = "tests are sentences")]

mod api;
mod cache;
mod commands;
mod connections;
mod durability;
mod endpoints;
mod export;
#[path = "../../../store/tests/it/folder.rs"]
mod folder;
mod harness;
mod import;
mod media;
mod moving;
mod moving_room;
#[path = "../../../importers/tests/packed/mod.rs"]
mod packed;
mod pages;
mod preview;
mod publishing;
mod record;
mod trouble;
mod word;
