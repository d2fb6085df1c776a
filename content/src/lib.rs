//! What the newsroom talks about: articles, sections, the site, media, accounts, the document tree, who may do what and
//! every reason why we say no. Shared by the server and the browser.
//!
//! Pure and safe for wasm: no I/O, no clock, no randomness, no leptos, no database, no feature flags. Dependencies are
//! `serde` and `serde_json` (the document tree is JSON by definition; neither adds to the readers' wasm what leptos
//! does not bring already).

pub mod account;
pub mod article;
pub mod desk;
pub mod document;
pub mod id;
pub mod manuscript;
pub mod media;
pub mod merge;
pub mod moving;
pub mod old_address;
pub mod permission;
pub mod preview;
pub mod reading;
pub mod record;
pub mod refusal;
pub mod section;
pub mod shown;
pub mod site;
pub mod slug;
pub mod time;
pub mod token;

pub use account::{Actor, Role};
pub use document::Document;
pub use id::{AccountId, ArticleId, ImportId, MediaId, RevisionId, SectionId, TokenId};
pub use refusal::Refusal;
pub use shown::{Shown, Shows};
pub use slug::Slug;
pub use time::{CivilDate, CivilDateTime, LocalTime, Timestamp};
