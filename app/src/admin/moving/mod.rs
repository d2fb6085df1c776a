//! Old sites move in: an archive is uploaded, what was found on its pages is looked through and corrected, and comes in as
//! a whole; what came over, what did not and why; and out again as a whole.
//!
//! - `list`, `begin`: all imports, and a new one
//! - `one`: an import with what can be done to it; `report` and `table` are parts of it
//! - `page`: an old page beside the article that is made of it; `fields` corrects it, `rule` all that are like it
//! - `options`: how articles are to come in

pub mod api;
mod begin;
mod confirm;
mod fields;
mod filters;
mod list;
mod one;
mod options;
mod page;
mod report;
mod rule;
mod table;
mod words;

pub use list::MovingRoom;
pub use one::ImportRoom;
pub use page::FoundRoom;
