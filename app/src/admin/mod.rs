//! What editors see, behind one lazy boundary: readers download nothing of it.
//!
//! A folder is a room with its page, its parts and its server functions (`api.rs`). Words stand in `words.rs`.

pub mod accounts;
pub mod articles;
pub mod entrance;
pub mod session;
pub mod words;
pub mod writing;

use leptos::prelude::*;

/// The rooms of the admin.
pub fn admin() -> AnyView {
    view! { <main><h1>"编辑部"</h1></main> }.into_any()
}
