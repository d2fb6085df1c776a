//! Old sites move in: folders and archives of pages, exports of other systems, and the media that belong to them. What
//! they hold is read by `importers`, which know no files; here are the files, and the way into the store.
//!
//! - `source`: a folder or an archive, by the names of what is in it
//! - `pages`: saved pages, read twice
//! - `media`: pictures and files into the library, each once
//! - `links`: from one page of the old site to another
//! - `places`: which section an article goes to
//! - `bringing`: drafts into the store, and what became of them
//! - `word`: the pictures of a Word file
//! - `stored`: an archive in the media store; `work`: the jobs of the moving room

mod bringing;
mod links;
mod media;
mod pages;
mod places;
mod source;
mod stored;
mod word;
pub mod work;

pub use bringing::{Bringing, to_store};
pub use links::Links;
pub use media::Media;
pub use pages::{Pages, bring_page};
pub use places::Places;
pub use source::Source;
pub use stored::Stored;
pub use word::take_pictures;
