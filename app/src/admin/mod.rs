//! What editors see, behind one lazy boundary: readers download nothing of it.
//!
//! The rooms are made in the browser only. A folder is a room with its page, its parts and its server functions (`api.rs`);
//! `shell/` is what stands around them, `ui/` what they share. Words stand in `words.rs`, those of writing in its room.

pub mod accounts;
pub mod articles;
pub mod entrance;
pub mod media;
pub mod preview;
pub mod record;
pub mod session;
mod shell;
pub mod site;
mod ui;
pub mod words;
pub mod writing;

pub use shell::admin;
