//! Previews: links by which somebody without an account looks at what is not published yet, for a week.
//!
//! A token is random and stored as its hash, so that who reads the database cannot look. Making a link lets strangers read
//! an article, so it asks leave to edit that article; looking as an editor who is signed in takes no link.

mod links;
mod look;

pub(crate) use links::sweep;
pub use look::Previewed;

/// How previews are stored: an article names itself, a draft of the site stands in the payload.
mod kind {
    /// An article's working revision.
    pub const ARTICLE: &str = "article";
    /// The site as a form would make it.
    pub const SITE: &str = "site";
}
