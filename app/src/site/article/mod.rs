//! An article, to be read and to be printed.

mod api;
mod page;
mod parts;
mod print;
mod tools;

pub use api::{GetArticle, Reading, get_article};
pub use page::ArticleView;
pub use parts::Text;
pub use print::PrintView;
pub use tools::{SizeInputs, SizeLabels, TEXT_SIZE_STORE};
