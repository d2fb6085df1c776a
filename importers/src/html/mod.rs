//! Simple HTML into the document tree.
//!
//! What the tree knows is kept, other markup goes and its text stays, and elements whose content is no text (scripts,
//! frames, drawings, form controls) go with what is in them; everything that goes is reported. The tokens are those of
//! the HTML standard. The tree is built in one pass, each token at a cost that does not depend on how deep it stands,
//! so hostile nesting costs neither stack nor time.
//!
//! - `tokens`: the standard's tokenizer, bounded
//! - `element`: what each element means here
//! - `tree`: the open elements and the text in them
//! - `rules`: which elements an element ends and which block it opens
//! - `frames`: blocks that are being filled
//! - `text`: one run of text, its white space and its paragraphs
//! - `marks`: bold, links and the like at a place
//! - `attributes`: alignment, spans, numbers

mod attributes;

mod element;
mod frames;
mod marks;
mod rules;
mod text;
pub(crate) mod tokens;
mod tree;

use crate::PictureRef;
use content::Document;

/// Reads HTML, a whole page or a part of one. `pictures` finds the picture of the media library for an address as it
/// stands in `src`. The second part says what was dropped, each kind once with its count. The document always passes
/// [`Document::check`].
#[must_use]
pub fn html(text: &str, pictures: &dyn Fn(&str) -> Option<PictureRef>) -> (Document, Vec<String>) {
    let (blocks, dropped) = tokens::feed(text, tree::Tree::new(pictures)).finish();
    (Document::new(blocks), dropped.into_lines())
}
