//! Components and behaviour that pages share. No server functions here, and no page.

pub mod footer;
pub mod fresh;
pub mod head;
pub mod listen;
pub mod masthead;
pub mod navigation;
pub mod notices;
pub mod pager;
pub mod picture;
pub mod prefetch;
pub mod scroll;
pub mod titles;
pub mod words;
