//! A section's list.

mod api;
mod page;
mod parts;

pub use api::{GetSectionPage, get_section_page};
pub use page::SectionView;
