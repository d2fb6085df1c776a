//! The binary as its users have it: started as a process, asked over HTTP, told to stop.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(missing_docs, reason = "tests are sentences")]

mod cache;
mod commands;
mod connections;
mod durability;
mod endpoints;
mod export;
mod harness;
mod import;
mod media;
mod moving;
<<<<<<< HEAD
#[path = "../../../importers/tests/packed/mod.rs"]
mod packed;
=======
mod moving_room;
>>>>>>> fe1a81d (The moving room: an archive is read, looked through beside its old pages, corrected, brought in, reported, and taken out again; a job that was taken over says nothing)
mod pages;
mod preview;
mod publishing;
mod record;
mod trouble;
mod word;
