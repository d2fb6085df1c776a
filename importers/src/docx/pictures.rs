//! The pictures of a Word file: taken out of it, and put into the text again once the library has numbers for them.

use super::package::Package;
use crate::{PictureRef, left_out::LeftOut};
use content::{
    MediaId,
    document::{Block, Cell, FigureAttrs, Item, Row, TextAttrs},
    media::PictureKind,
};

/// A picture that stands in a file.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its name in the file, without folders.
    pub name: String,
    /// Its bytes. They begin as a picture does; whether they are one to the end is for the library to say.
    pub bytes: Vec<u8>,
    /// What is said in its place, where the text says something.
    pub alt: String,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({:?}, {} bytes, {:?})", self.name, self.bytes.len(), self.alt)
    }
}

/// Takes the pictures with these names out of the package. Where one is left out there is none at its place.
pub(super) fn take(package: &mut Package<'_>, names: &[String], left_out: &mut LeftOut) -> Vec<Option<Picture>> {
    names.iter().map(|name| one(package, name, left_out)).collect()
}

fn one(package: &mut Package<'_>, name: &str, left_out: &mut LeftOut) -> Option<Picture> {
    let short = name.rsplit('/').next().unwrap_or_default();
    let bytes = match package.part(name) {
        None => {
            left_out.example("picture", "not in the file: left out", short);
            return None;
        }
        Some(Err(fault)) => {
            left_out.lines(vec![format!("picture left out: {fault}")]);
            return None;
        }
        Some(Ok(bytes)) => bytes,
    };
    if PictureKind::of(&bytes).is_none() {
        let why = "of a kind that browsers do not show (such as EMF or WMF), or no picture at all: left out";
        left_out.example("picture", why, short);
        return None;
    }
    Some(Picture { name: short.to_owned(), bytes, alt: String::new() })
}

/// Gives each figure, which so far bears the place of its picture, what `find` knows for it. Where there is none the
/// caption stays as a paragraph.
pub(super) fn put(blocks: Vec<Block>, find: &dyn Fn(usize) -> Option<PictureRef>) -> Vec<Block> {
    // The depth of a tree is bounded when it is made, so this goes a dozen calls deep at most.
    let each = |block: Block| match block {
        Block::Figure { attrs, content } => {
            let found = usize::try_from(attrs.media.0).ok().and_then(find);
            match found {
                Some(PictureRef { id, alt }) => {
                    let alt = if attrs.alt.is_empty() {
                        alt.chars().take(FigureAttrs::LONGEST_ALT).collect()
                    } else {
                        attrs.alt
                    };
                    Some(Block::Figure { attrs: FigureAttrs { id: attrs.id, media: id, alt }, content })
                }
                None if content.is_empty() => None,
                None => Some(Block::Paragraph { attrs: TextAttrs::default(), content }),
            }
        }
        Block::BulletList { attrs, content } => Some(Block::BulletList { attrs, content: items(content, find) }),
        Block::OrderedList { attrs, content } => Some(Block::OrderedList { attrs, content: items(content, find) }),
        Block::Blockquote { attrs, content } => Some(Block::Blockquote { attrs, content: put(content, find) }),
        Block::Table { attrs, content } => {
            Some(Block::Table { attrs, content: content.into_iter().map(|row| rowed(row, find)).collect() })
        }
        other => Some(other),
    };
    blocks.into_iter().filter_map(each).collect()
}

fn items(items: Vec<Item>, find: &dyn Fn(usize) -> Option<PictureRef>) -> Vec<Item> {
    items.into_iter().map(|item| Item::new(put(item.content, find))).collect()
}

fn rowed(row: Row, find: &dyn Fn(usize) -> Option<PictureRef>) -> Row {
    let cell = |cell| match cell {
        Cell::TableHeader { attrs, content } => Cell::TableHeader { attrs, content: put(content, find) },
        Cell::TableCell { attrs, content } => Cell::TableCell { attrs, content: put(content, find) },
    };
    Row::new(row.content.into_iter().map(cell).collect())
}

/// The place of a picture as the number that stands for it in the text.
pub(super) fn numbered(at: usize) -> PictureRef {
    PictureRef { id: MediaId(i64::try_from(at).unwrap_or(i64::MAX)), alt: String::new() }
}
