//! The front page.

mod api;
mod page;
mod parts;

pub use api::{GetFront, get_front};
pub use page::FrontView;
pub use parts::FrontParts;
