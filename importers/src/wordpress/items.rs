//! An export of any size, item by item.

use super::{
    head::{self, Head},
    item::{self, Item},
    pieces::{Cut, Pieces},
};
use crate::{BYTE_ORDER_MARK, Fault};
use memchr::memmem;
use std::io::BufRead;

/// The longest item that is read, in bytes.
pub const LONGEST_ITEM: usize = 8 * 1024 * 1024;

/// The longest head: a large site has a hundred thousand tags.
const LONGEST_HEAD: usize = 32 * 1024 * 1024;

/// An item with the place in the file at which it begins.
type Placed = (u64, Result<Item, Fault>);

/// The items of an export. The first fault may be that of its head; one that is damaged or too long is a fault and the
/// next one follows; after a failure of the file itself there is none.
#[derive(Debug)]
pub struct Export<R> {
    pieces: Pieces<R>,
    head: Head,
    /// The fault of the head, which comes first.
    damage: Option<Fault>,
    ended: bool,
}

impl<R: BufRead> Export<R> {
    /// Reads the head of an export.
    ///
    /// # Errors
    /// A file that cannot be read, or that is no export.
    pub fn open(reader: R) -> Result<Self, Fault> {
        let mut pieces = Pieces::new(reader);
        let Some(bytes) = pieces.head(LONGEST_HEAD)? else {
            return Err(Fault::TooLong { limit: LONGEST_HEAD as u64 });
        };
        let text = text(&bytes).map_err(|offset| Fault::NotUtf8 { offset })?;
        let (head, damage) = head::read(text)?;
        Ok(Self { pieces, head, damage, ended: false })
    }

    /// What the export says of the site.
    pub const fn head(&self) -> &Head {
        &self.head
    }

    /// How many bytes have been read so far, for a progress bar.
    pub fn bytes_read(&self) -> u64 {
        self.pieces.position()
    }

    /// The next item with the place in the file at which it begins.
    fn step(&mut self) -> Result<Option<Placed>, Fault> {
        let Some(Cut { at, bytes, whole }) = self.pieces.item(LONGEST_ITEM)? else { return Ok(None) };
        let read = match text(&bytes) {
            _ if !whole => Err(Fault::TooLong { limit: LONGEST_ITEM as u64 }),
            Ok(text) => item::read(text),
            Err(offset) => Err(Fault::NotUtf8 { offset }),
        };
        // A text that was never closed runs on into the items behind it, which may be sound.
        if read.is_err()
            && let Some(inner) = next_item(&bytes)
        {
            self.pieces.put_back(&bytes[inner..]);
        }
        Ok(Some((at, read.map_err(|fault| moved(fault, at)))))
    }
}

impl<R: BufRead> Iterator for Export<R> {
    type Item = Placed;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(fault) = self.damage.take() {
            return Some((0, Err(fault)));
        }
        if self.ended {
            return None;
        }
        match self.step() {
            Ok(Some(found)) => Some(found),
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(fault) => {
                self.ended = true;
                Some((self.pieces.position(), Err(fault)))
            }
        }
    }
}

/// The place of the next `<item>` that stands at the beginning of a line behind the first one.
fn next_item(bytes: &[u8]) -> Option<usize> {
    let begins = |at: &usize| {
        let before = bytes[..*at].iter().rev().find(|byte| !matches!(byte, b' ' | b'\t'));
        *at > 0 && before == Some(&b'\n')
    };
    memmem::find_iter(bytes, b"<item>").find(begins)
}

/// A fault with its place counted from the beginning of the file.
fn moved(fault: Fault, by: u64) -> Fault {
    match fault {
        Fault::Xml { offset, message } => Fault::Xml { offset: offset + by, message },
        Fault::NotUtf8 { offset } => Fault::NotUtf8 { offset: offset + by },
        other => other,
    }
}

fn text(bytes: &[u8]) -> Result<&str, u64> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| error.valid_up_to() as u64)
}
