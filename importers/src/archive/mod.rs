//! Zip archives of others, within bounds.
//!
//! The table at the end is read and nothing else, so what is in an archive is known before anything is unpacked. Names
//! that leave the folder, links, devices, locked parts and parts that unpack to more than their share are refused one
//! by one with a line for the operator; parts that lie on one another are refused with the whole, since only a bomb is
//! made so. A part is unpacked to the length that the table promises and not a byte further.
//!
//! Crates that read zip keep every entry before they can be asked how many there are, and follow what the archive says
//! of itself; here both have to be bounded first, which is most of what such a reader does.
//!
//! - `table`: where the parts are, by the table at the end
//! - `name`: what a part is called, and whether it may be called so

mod name;
mod table;

use crate::Fault;
use flate2::read::DeflateDecoder;
use std::io::{self, Read, Seek, SeekFrom};
use table::Row;

/// What an archive may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most parts.
    pub parts: u64,
    /// The longest part, unpacked, in bytes.
    pub part: u64,
    /// What is unpacked of one archive, in bytes.
    pub whole: u64,
    /// How many times its packed length a part may have, where it is longer than a mebibyte. Text of markup
    /// packs to a two-hundredth at best, and nothing to more than a thousandth.
    pub ratio: u64,
}

impl Limits {
    /// A Word file.
    pub const WORD: Self = Self { parts: 5_000, part: 64 << 20, whole: 256 << 20, ratio: 500 };
    /// An old site, packed: its parts are read one by one, so only the longest of them is held.
    pub const SITE: Self = Self { parts: 200_000, part: 64 << 20, whole: 16 << 30, ratio: 500 };
}

/// A part of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name with `/` between folders.
    pub name: String,
    /// Its length, unpacked, in bytes, as the table says.
    pub size: u64,
    packed: u64,
    offset: u64,
    stored: bool,
    sum: u32,
}

/// An archive that is open.
#[derive(Debug)]
pub struct Archive<R> {
    reader: R,
    limits: Limits,
    parts: Vec<Part>,
    refused: Vec<Fault>,
    unpacked: u64,
}

impl<R: Read + Seek> Archive<R> {
    /// Reads the table of an archive.
    ///
    /// # Errors
    /// Bytes that are no zip archive, one of too many parts, and one whose parts lie on one another.
    pub fn open(mut reader: R, limits: Limits) -> Result<Self, Fault> {
        let rows = table::read(&mut reader, limits.parts)?;
        let (mut parts, mut refused) = (Vec::with_capacity(rows.len()), Vec::new());
        let mut names = std::collections::HashSet::new();
        for row in rows {
            let name = name::of(&row);
            if name.ends_with('/') {
                continue;
            }
            match admitted(&row, &name, &limits) {
                Err(why) => refused.push(Fault::Archive { name, why }),
                Ok(_) if !names.insert(name.clone()) => {
                    refused.push(Fault::Archive { name, why: "is there twice: the first is taken" });
                }
                Ok(stored) => {
                    let Row { size, packed, offset, sum, .. } = row;
                    parts.push(Part { name, size, packed, offset, stored, sum });
                }
            }
        }
        apart(&parts)?;
        Ok(Self { reader, limits, parts, refused, unpacked: 0 })
    }

    /// The parts that may be read, in the order of the table.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The parts that were refused, each with its reason.
    pub fn refused(&self) -> &[Fault] {
        &self.refused
    }

    /// The place of the part with this name among [`Self::parts`].
    pub fn find(&self, name: &str) -> Option<usize> {
        self.parts.iter().position(|part| part.name == name)
    }

    /// Unpacks a part.
    ///
    /// # Errors
    /// A part that is damaged, and one that would be more than may be unpacked of one archive.
    pub fn read(&mut self, at: usize) -> Result<Vec<u8>, Fault> {
        let Some(part) = self.parts.get(at) else {
            return Err(fault("", "has no such part"));
        };
        let bad = |why| fault(&part.name, why);
        self.unpacked = self.unpacked.saturating_add(part.size);
        if self.unpacked > self.limits.whole {
            return Err(bad("is more than is unpacked of one archive"));
        }
        self.reader.seek(SeekFrom::Start(part.offset))?;
        let mut head = [0; 30];
        self.reader.read_exact(&mut head).map_err(|_| bad("is not where the table says"))?;
        let [b'P', b'K', 3, 4, .., name_low, name_high, extra_low, extra_high] = head else {
            return Err(bad("is not where the table says"));
        };
        let behind =
            u16::from_le_bytes([name_low, name_high]) as i64 + u16::from_le_bytes([extra_low, extra_high]) as i64;
        self.reader.seek(SeekFrom::Current(behind))?;
        let packed = (&mut self.reader).take(part.packed);
        // One more than promised, by which a part that goes on is told.
        let most = part.size + 1;
        let read = if part.stored { unpack(packed, most) } else { unpack(DeflateDecoder::new(packed), most) };
        let bytes = read.map_err(|_| bad("is damaged"))?;
        let whole = bytes.len() as u64 == part.size && crc32fast::hash(&bytes) == part.sum;
        if whole { Ok(bytes) } else { Err(bad("is damaged")) }
    }
}

fn unpack(from: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether a part is stored as it is, or why it is not taken at all.
fn admitted(row: &Row, name: &str, limits: &Limits) -> Result<bool, &'static str> {
    const MEBIBYTE: u64 = 1 << 20;
    name::check(name)?;
    if !row.is_plain_file() {
        return Err("is a link or a device: left out");
    }
    if row.is_locked() {
        return Err("is locked with a password: left out");
    }
    if row.size > limits.part {
        return Err("is too long: left out");
    }
    if row.size > MEBIBYTE && row.size / limits.ratio > row.packed {
        return Err("unpacks to far more than files do: left out");
    }
    match row.method {
        0 if row.size == row.packed => Ok(true),
        0 => Err("is damaged: left out"),
        8 => Ok(false),
        _ => Err("is packed in a way that is not read: left out"),
    }
}

/// Parts that share bytes unpack to more than any length of the archive tells.
fn apart(parts: &[Part]) -> Result<(), Fault> {
    let mut places: Vec<(u64, u64)> = parts.iter().map(|part| (part.offset, part.packed)).collect();
    places.sort_unstable();
    let apart = places.windows(2).all(|pair| pair[0].0.saturating_add(30).saturating_add(pair[0].1) <= pair[1].0);
    if apart { Ok(()) } else { Err(fault("", "holds parts that lie on one another")) }
}

fn fault(name: &str, why: &'static str) -> Fault {
    Fault::Archive { name: name.to_owned(), why }
}
