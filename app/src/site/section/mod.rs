//! A section's list.

mod api;
mod page;
mod parts;
mod single;

pub use api::{GetSectionPage, get_section_page};
pub use page::SectionView;
pub use single::SingleView;
