//! Saved or crawled pages of an old site: bytes in, proposals for each field out, each with how sure it is and where it
//! was found.
//!
//! Pure functions. Nothing here knows a host by its name: what holds for one site alone stands in its [`Profile`].
//! Pages are read twice: [`Site::learn`] sees what they have in common, [`Site::read`] reads one.
//!
//! - `encoding`: bytes to text
//! - `dom`: text to a tree, and selectors
//! - `page`, `lines`: what a page's head says, and the lines that readers see
//! - `classes`: what places of a page are called
//! - `words`, `labels`, `dates`, `english`, `moment`: what lines say
//! - `title`, `time`, `people`, `section`, `address`: the fields
//! - `weigh`, `body`, `markup`: which lines are the body, and the body as markup for [`crate::html`]
//! - `learned`: what is furniture because many pages have it
//! - `kind`: article or list
//! - `profile`: what an operator knows
//! - `found`, `draft`: what was found, and the draft that is made of it

mod address;
mod body;
mod classes;
mod dates;
mod dom;
mod draft;
mod encoding;
mod english;
mod found;
mod kind;
mod labels;
mod learned;
mod lines;
mod links;
mod markup;
mod moment;
mod page;
mod people;
mod profile;
mod reading;
mod section;
mod time;
mod title;
mod weigh;
mod words;

pub use encoding::Decoding;
pub use found::{Field, Found, Referred};
pub use kind::Kind;
pub use profile::{Profile, ProfileFault};

use crate::{Fault, PictureRef};
use learned::Learned;

/// The largest page that is read, in bytes. Real ones are below a megabyte; what is larger is no page.
pub const LARGEST_PAGE: usize = 8 * 1024 * 1024;

/// A site whose pages are read.
#[derive(Debug, Default)]
pub struct Site {
    profile: Profile,
    learned: Learned,
}

impl Site {
    /// A site of which nothing is known but what an operator says.
    #[must_use]
    pub fn new(profile: Profile) -> Self {
        Self { profile, learned: Learned::default() }
    }

    /// Takes a page into account, for telling what pages have in common. One that is too large is passed over.
    pub fn learn(&mut self, bytes: &[u8]) {
        if bytes.len() <= LARGEST_PAGE {
            let (text, _) = encoding::decode(bytes, self.profile.encoding);
            self.learned.see(&page::Page::parse(&text, &self.profile.remove));
        }
    }

    /// Reads a page. `file` is its path below the folder that was saved, `pictures` finds the picture of the media
    /// library for one that the page refers to.
    ///
    /// # Errors
    /// A page that is larger than [`LARGEST_PAGE`]. Everything else is read, whatever it is.
    pub fn read(
        &self,
        file: &str,
        bytes: &[u8],
        pictures: &dyn Fn(&Referred) -> Option<PictureRef>,
    ) -> Result<Found, Fault> {
        if bytes.len() > LARGEST_PAGE {
            return Err(Fault::TooLong { limit: LARGEST_PAGE as u64 });
        }
        Ok(reading::read(&self.profile, &self.learned, file, bytes, pictures))
    }
}
