//! The bytes of an export, cut where items begin and end. Text in which tags are text, and comments, hide what looks
//! like an end.

use crate::Fault;
use memchr::memmem;
use std::io::BufRead;

/// How an item begins.
const START: &[u8] = b"<item";

/// How many bytes are read a second time in all: a hostile file is broken everywhere.
const MOST_AGAIN: usize = 256 * 1024 * 1024;

/// An item as it was cut out.
pub(super) struct Cut {
    /// Its place in the file.
    pub(super) at: u64,
    pub(super) bytes: Vec<u8>,
    /// Whether it ended before it became too long.
    pub(super) whole: bool,
}

#[derive(Debug)]
pub(super) struct Pieces<R> {
    reader: R,
    /// What was read and not yet taken.
    held: Vec<u8>,
    /// The place of the first held byte in the file.
    base: u64,
    ended: bool,
    again: usize,
}

impl<R: BufRead> Pieces<R> {
    pub(super) const fn new(reader: R) -> Self {
        Self { reader, held: Vec::new(), base: 0, ended: false, again: 0 }
    }

    /// The place up to which everything was taken.
    pub(super) const fn position(&self) -> u64 {
        self.base
    }

    /// What stands before the first item, or `None` where that is more than `most`.
    pub(super) fn head(&mut self, most: usize) -> Result<Option<Vec<u8>>, Fault> {
        let mut from = 0;
        loop {
            if let Some(at) = self.start(from) {
                return Ok(Some(self.take(at)));
            }
            from = self.held.len().saturating_sub(START.len());
            if self.held.len() > most {
                return Ok(None);
            }
            if !self.more()? {
                return Ok(Some(self.take(self.held.len())));
            }
        }
    }

    /// Gives back what was taken last, so that it is cut anew.
    pub(super) fn put_back(&mut self, bytes: &[u8]) {
        self.again += bytes.len();
        if self.again <= MOST_AGAIN {
            self.base -= bytes.len() as u64;
            self.held.splice(..0, bytes.iter().copied());
        }
    }

    /// The next item with its tags; what is taken of one that is too long is a little more than `most`. `None` is the
    /// end.
    pub(super) fn item(&mut self, most: usize) -> Result<Option<Cut>, Fault> {
        loop {
            if let Some(at) = self.start(0) {
                self.drop(at);
                break;
            }
            self.drop(self.held.len().saturating_sub(START.len()));
            if !self.more()? {
                return Ok(None);
            }
        }
        let at = self.base;
        let end = self.end(most)?;
        let bytes = self.take(end.unwrap_or(self.held.len()));
        Ok(Some(Cut { at, bytes, whole: end.is_some() }))
    }

    /// Where the item that begins here ends, or the file; `None` where that is further away than `most`.
    fn end(&mut self, most: usize) -> Result<Option<usize>, Fault> {
        let mut at = START.len();
        loop {
            let Some(tag) = self.find(b"<", at, most)? else {
                return Ok((self.held.len() <= most).then_some(self.held.len()));
            };
            while self.held.len() < tag + 9 && self.more()? {}
            let rest = &self.held[tag..];
            let closes: &[u8] = if rest.starts_with(b"</item>") {
                return Ok((tag + 7 <= most).then_some(tag + 7));
            } else if rest.starts_with(b"<![CDATA[") {
                b"]]>"
            } else if rest.starts_with(b"<!--") {
                b"-->"
            } else {
                b"<"
            };
            // A `<` that begins nothing of the kind is passed by.
            at = match closes {
                b"<" => tag + 1,
                closes => match self.find(closes, tag + 4, most)? {
                    Some(end) => end + closes.len(),
                    None => return Ok((self.held.len() <= most).then_some(self.held.len())),
                },
            };
        }
    }

    /// The place of a text behind `from`, unless it is further away than `most` or not there.
    fn find(&mut self, text: &[u8], from: usize, most: usize) -> Result<Option<usize>, Fault> {
        let mut from = from;
        loop {
            if let Some(at) = self.held.get(from..).and_then(|rest| memmem::find(rest, text)) {
                return Ok(Some(from + at));
            }
            from = from.max(self.held.len().saturating_sub(text.len() - 1));
            if self.held.len() > most || !self.more()? {
                return Ok(None);
            }
        }
    }

    /// The place of the first start of an item behind `from` among what is held.
    fn start(&self, from: usize) -> Option<usize> {
        let mut from = from;
        while let Some(at) = memmem::find(self.held.get(from..)?, START) {
            let behind = self.held.get(from + at + START.len());
            if behind.is_some_and(|byte| matches!(byte, b'>' | b' ' | b'\t' | b'\r' | b'\n')) {
                return Some(from + at);
            }
            from += at + START.len();
        }
        None
    }

    /// Reads on; `false` says that there is no more.
    fn more(&mut self) -> Result<bool, Fault> {
        if self.ended {
            return Ok(false);
        }
        let read = self.reader.fill_buf()?;
        let length = read.len();
        self.held.extend_from_slice(read);
        self.reader.consume(length);
        self.ended = length == 0;
        Ok(length > 0)
    }

    fn take(&mut self, length: usize) -> Vec<u8> {
        let rest = self.held.split_off(length);
        self.base += length as u64;
        std::mem::replace(&mut self.held, rest)
    }

    fn drop(&mut self, length: usize) {
        self.held.drain(..length);
        self.base += length as u64;
    }
}
