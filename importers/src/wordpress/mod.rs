//! Exports of WordPress (WXR 1.0 to 1.2) into drafts.
//!
//! An export may have a gigabyte, so it is read item by item in the memory of one of them, and an item that is broken
//! costs itself and not the rest. Pictures and files stand in an export as items of their own, in any order: whoever
//! wants galleries goes through it twice, first for the attachments and then for the texts.
//!
//! - `items`: the export, item by item; `pieces`: its bytes, cut where items begin and end
//! - `head`: what the export says of the site: sections, people
//! - `item`: one item and its fields
//! - `post`: a post into a draft
//! - `text`: what WordPress makes of a text before it is shown: paragraphs, captions, galleries
//! - `shortcode`: marks in square brackets

mod head;
mod item;
mod items;
mod pieces;
mod post;
mod shortcode;
mod text;

pub use head::{Author, Category, Head};
pub use item::{Attachment, Item, Post, Status};
pub use items::{Export, LONGEST_ITEM};
pub use post::Library;
