//! An article as readers will see it, on a phone and on a desk, and links to it for those who have no account.

pub mod api;
mod frames;
mod links;
mod page;
mod words;

pub use page::PreviewRoom;
