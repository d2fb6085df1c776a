//! The site by forms: who publishes it, its sections, its front page; each seen before it is saved.

pub mod api;
mod arranging;
mod front;
mod identity;
mod preview;
mod sections;
mod words;

pub use front::FrontPage;
pub use identity::IdentityPage;
pub use sections::SectionsPage;
