//! The media library: what there is, how it comes, what is said of it and where it is used; the picker by which the
//! writing room takes from it.

pub mod api;
mod bring;
mod detail;
mod fields;
mod filters;
mod focus;
mod grid;
mod page;
mod picker;
mod progress;
mod replace;
mod uploads;
mod words;

pub use page::MediaRoom;
pub use picker::{Picker, PickerChoices, Picking};
pub use progress::UploadList;
pub use uploads::{Uploads, files_of};
pub use words::say_something;
