//! What is not published yet, shown as readers will see it to whoever has a link.

mod api;
mod page;

pub use api::{GetPreview, Preview, get_preview};
pub use page::PreviewView;
