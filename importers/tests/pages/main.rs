//! Saved pages: real ones that nobody on the project made, and such as old systems wrote.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod hostile;
mod layouts;
mod lists;
mod made;
mod real;
mod sites;
