//! What editors see, in a client of their own: readers download nothing of it, and an editor the rooms that are entered.
//!
//! The rooms are made in the browser only, and fetched by `shell/rooms.rs`. A folder is a room with its page, its parts and its server functions (`api.rs`);
//! `shell/` is what stands around them, `ui/` what they share. Words stand in `words.rs`, those of writing in its room.

pub mod accounts;
mod ahead;
pub mod articles;
pub mod entrance;
mod fetched;
pub mod media;
pub mod moving;
pub mod preview;
pub mod record;
pub mod session;
mod shell;
pub mod site;
pub mod tokens;
mod ui;
pub mod words;
pub mod writing;

pub use shell::admin;
