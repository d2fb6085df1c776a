//! What editors see, behind one lazy boundary: readers download nothing of it.
//!
//! A folder is a room with its page, its parts and its server functions (`api.rs`). Words stand in `words.rs`.

pub mod accounts;
pub mod articles;
pub mod session;
pub mod words;
pub mod writing;
