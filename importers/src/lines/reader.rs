//! Lines out of a file of any size, in the memory of one line.

use crate::{BYTE_ORDER_MARK, Fault};
use std::io::{self, BufRead, Read};

/// The longest line that is read, in bytes without its end: more than the largest body, escaped.
pub const LONGEST_LINE: usize = 8 * 1024 * 1024;

/// How much of a line that is too long is passed over at once.
const STRIDE: u64 = 64 * 1024;

/// The lines of a file with their numbers, from 1. Blank lines are passed over; a line that cannot be read is a fault
/// and the next one follows; after a failure of the file itself there is none.
#[derive(Debug)]
pub struct Lines<R> {
    reader: R,
    number: u64,
    bytes: u64,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    /// The lines of a file from its start.
    pub const fn new(reader: R) -> Self {
        Self { reader, number: 0, bytes: 0, ended: false }
    }

    /// How many bytes have been read so far, for a progress bar.
    pub const fn bytes_read(&self) -> u64 {
        self.bytes
    }

    /// The bytes of the next line without its end, or `None` at the end of the file.
    fn next_bytes(&mut self) -> io::Result<Option<Result<Vec<u8>, Fault>>> {
        // Two more than the limit, so that the longest line that is taken has room for its "\r\n".
        let most = LONGEST_LINE + 2;
        let mut bytes = Vec::new();
        let read = (&mut self.reader).take(most as u64).read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(None);
        }
        self.bytes += read as u64;
        self.number += 1;
        let whole = bytes.last() == Some(&b'\n');
        if whole {
            bytes.pop();
            if bytes.last() == Some(&b'\r') {
                bytes.pop();
            }
        } else if read == most {
            drop(bytes);
            self.skip_to_the_end_of_the_line()?;
            return Ok(Some(Err(too_long())));
        }
        Ok(Some(if bytes.len() > LONGEST_LINE { Err(too_long()) } else { Ok(bytes) }))
    }

    fn skip_to_the_end_of_the_line(&mut self) -> io::Result<()> {
        let mut passed = Vec::new();
        loop {
            passed.clear();
            let read = (&mut self.reader).take(STRIDE).read_until(b'\n', &mut passed)?;
            self.bytes += read as u64;
            if read == 0 || passed.last() == Some(&b'\n') {
                return Ok(());
            }
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = (u64, Result<String, Fault>);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let mut bytes = match self.next_bytes() {
                Ok(Some(Ok(bytes))) => bytes,
                Ok(Some(Err(fault))) => return Some((self.number, Err(fault))),
                Ok(None) => break,
                Err(error) => {
                    self.ended = true;
                    return Some((self.number + 1, Err(error.into())));
                }
            };
            if self.number == 1 && bytes.starts_with(BYTE_ORDER_MARK) {
                bytes.drain(..BYTE_ORDER_MARK.len());
            }
            if !bytes.trim_ascii().is_empty() {
                return Some((self.number, utf8(bytes)));
            }
        }
        self.ended = true;
        None
    }
}

fn utf8(bytes: Vec<u8>) -> Result<String, Fault> {
    String::from_utf8(bytes).map_err(|error| Fault::NotUtf8 { offset: error.utf8_error().valid_up_to() as u64 })
}

const fn too_long() -> Fault {
    Fault::TooLong { limit: LONGEST_LINE as u64 }
}
