//! What is said instead of a page.

mod page;

pub use page::Message;
