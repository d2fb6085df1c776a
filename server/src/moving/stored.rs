//! A file of the media store, read like one of the disk: an archive of gigabytes is never held.

use std::io::{self, Read, Seek, SeekFrom};
use store::media::{MediaStore, ObjectStoreExt};
use tokio::runtime::Handle;

/// Bytes that are asked for at a time.
const AT_ONCE: u64 = 1 << 20;

/// A file of the media store. Called from threads that may wait.
pub struct Stored {
    files: MediaStore,
    key: String,
    length: u64,
    at: u64,
    /// Where what is held begins, and what it is.
    held: (u64, Vec<u8>),
    runtime: Handle,
}

impl Stored {
    /// The file with this key and length.
    ///
    /// # Panics
    /// Outside of a runtime.
    pub fn new(files: &MediaStore, key: &str, length: u64) -> Self {
        let runtime = Handle::current();
        Self { files: MediaStore::clone(files), key: key.to_owned(), length, at: 0, held: (0, Vec::new()), runtime }
    }
}

impl Read for Stored {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.length {
            return Ok(0);
        }
        let (from, bytes) = &self.held;
        if self.at < *from || self.at >= from + bytes.len() as u64 {
            let range = self.at..(self.at + AT_ONCE).min(self.length);
            let place = self.key.as_str().into();
            let got = self.runtime.block_on(self.files.get_range(&place, range));
            self.held = (self.at, got.map_err(io::Error::other)?.to_vec());
        }
        let (from, bytes) = &self.held;
        let skip = usize::try_from(self.at - from).unwrap_or(usize::MAX);
        let rest = bytes.get(skip..).unwrap_or_default();
        let taken = rest.len().min(into.len());
        into[..taken].copy_from_slice(&rest[..taken]);
        self.at += taken as u64;
        Ok(taken)
    }
}

impl Seek for Stored {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let before = || io::Error::new(io::ErrorKind::InvalidInput, "before the beginning of the file");
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(by) => self.length.checked_add_signed(by).ok_or_else(before)?,
            SeekFrom::Current(by) => self.at.checked_add_signed(by).ok_or_else(before)?,
        };
        Ok(self.at)
    }
}
