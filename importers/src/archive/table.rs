//! The table of an archive: it stands at the end, and behind it the place where it begins.

use super::fault;
use crate::Fault;
use std::io::{Read, Seek, SeekFrom};

/// The end of an archive with the longest remark that it can have.
const LONGEST_END: u64 = 22 + 65_535;

/// The longest table: rows are short, and one of a million bytes a row is no archive of files.
const LONGEST_TABLE: u64 = 64 << 20;

/// A row of the table, as it stands there.
#[derive(Clone, Debug)]
pub(super) struct Row {
    made_by: u8,
    flags: u16,
    pub(super) method: u16,
    pub(super) sum: u32,
    pub(super) packed: u64,
    pub(super) size: u64,
    attributes: u32,
    pub(super) offset: u64,
    pub(super) name: Vec<u8>,
    pub(super) extra: Vec<u8>,
}

impl Row {
    /// Whether the name is said to be UTF-8.
    pub(super) const fn says_utf8(&self) -> bool {
        self.flags & 0x0800 != 0
    }

    pub(super) const fn is_locked(&self) -> bool {
        self.flags & 1 != 0
    }

    /// Whether it is neither a link nor a device: Unix and macOS keep the kind of a file in the upper attributes.
    pub(super) const fn is_plain_file(&self) -> bool {
        let kind = (self.attributes >> 16) & 0xf000;
        !matches!(self.made_by, 3 | 19) || kind == 0 || kind == 0x8000 || kind == 0x4000
    }
}

/// Reads the rows, at most so many.
pub(super) fn read(reader: &mut (impl Read + Seek), most: u64) -> Result<Vec<Row>, Fault> {
    let length = reader.seek(SeekFrom::End(0))?;
    let tail_at = length.saturating_sub(LONGEST_END);
    reader.seek(SeekFrom::Start(tail_at))?;
    let mut tail = Vec::new();
    reader.by_ref().take(LONGEST_END).read_to_end(&mut tail)?;
    let at = tail.windows(4).rposition(|window| window == b"PK\x05\x06");
    let at = at.filter(|at| at + 22 <= tail.len()).ok_or_else(|| fault("", "has no table: it is cut off or no zip"))?;
    let end = Bytes(&tail[at..]);
    let end_at = tail_at + at as u64;
    let (mut count, mut size, mut start) = (u64::from(end.u16(10)), u64::from(end.u32(12)), u64::from(end.u32(16)));
    let mut table_end = end_at;
    let large = count == 0xffff || size == 0xffff_ffff || start == 0xffff_ffff;
    if large && let Some((place, large)) = large_end(reader, end_at)? {
        let large = Bytes(&large);
        (count, size, start, table_end) = (large.u64(32), large.u64(40), large.u64(48), place);
    }
    if count > most {
        return Err(fault("", "holds too many parts"));
    }
    if size > LONGEST_TABLE {
        return Err(fault("", "has a table that is too long"));
    }
    // Where something stands before the archive, as in those that unpack themselves, all places are moved by it.
    let moved = table_end.checked_sub(size).and_then(|begin| begin.checked_sub(start));
    let moved = moved.ok_or_else(|| fault("", "has a table that is not where it says"))?;
    reader.seek(SeekFrom::Start(start + moved))?;
    let mut table = Vec::new();
    reader.by_ref().take(size).read_to_end(&mut table)?;
    rows(&table, count, moved)
}

/// The end of an archive of more than four gigabytes, and where it stands.
fn large_end(reader: &mut (impl Read + Seek), end_at: u64) -> Result<Option<(u64, [u8; 56])>, Fault> {
    let Some(locator_at) = end_at.checked_sub(20) else { return Ok(None) };
    let mut locator = [0; 20];
    reader.seek(SeekFrom::Start(locator_at))?;
    reader.read_exact(&mut locator)?;
    if !locator.starts_with(b"PK\x06\x07") {
        return Ok(None);
    }
    let place = Bytes(&locator).u64(8);
    let mut large = [0; 56];
    reader.seek(SeekFrom::Start(place))?;
    let read = reader.read_exact(&mut large);
    if read.is_err() || !large.starts_with(b"PK\x06\x06") {
        return Err(fault("", "has no table: it is cut off or damaged"));
    }
    Ok(Some((place, large)))
}

fn rows(table: &[u8], count: u64, moved: u64) -> Result<Vec<Row>, Fault> {
    let damaged = || fault("", "has a table that is damaged");
    let mut rows = Vec::new();
    let mut rest = table;
    for _ in 0..count {
        let row = Bytes(rest);
        if !rest.starts_with(b"PK\x01\x02") || rest.len() < 46 {
            return Err(damaged());
        }
        let (name, extra, remark) = (row.u16(28).into(), row.u16(30).into(), usize::from(row.u16(32)));
        let (_, behind) = rest.split_at(46);
        let (name, behind): (&[u8], _) = behind.split_at_checked(name).ok_or_else(damaged)?;
        let (extra, behind): (&[u8], _) = behind.split_at_checked(extra).ok_or_else(damaged)?;
        let mut found = Row {
            made_by: row.0.get(5).copied().unwrap_or_default(),
            flags: row.u16(8),
            method: row.u16(10),
            sum: row.u32(16),
            packed: row.u32(20).into(),
            size: row.u32(24).into(),
            attributes: row.u32(38),
            offset: row.u32(42).into(),
            name: name.to_owned(),
            extra: extra.to_owned(),
        };
        enlarge(&mut found);
        found.offset = found.offset.saturating_add(moved);
        rows.push(found);
        rest = behind.get(remark..).ok_or_else(damaged)?;
    }
    Ok(rows)
}

/// Takes the lengths that do not fit into 32 bits from where they stand then.
fn enlarge(row: &mut Row) {
    let Some(large) = extra(&row.extra, 1) else { return };
    let mut numbers = large.chunks_exact(8).map(|eight| Bytes(eight).u64(0));
    for length in [&mut row.size, &mut row.packed, &mut row.offset] {
        if *length == 0xffff_ffff
            && let Some(number) = numbers.next()
        {
            *length = number;
        }
    }
}

/// A further field of a row, by its number.
pub(super) fn extra(fields: &[u8], wanted: u16) -> Option<&[u8]> {
    let mut rest = fields;
    while rest.len() >= 4 {
        let (id, length) = (Bytes(rest).u16(0), usize::from(Bytes(rest).u16(2)));
        let field = rest.get(4..4 + length)?;
        if id == wanted {
            return Some(field);
        }
        rest = rest.get(4 + length..)?;
    }
    None
}

/// Numbers with their lowest byte first; zero where the bytes end.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn array<const N: usize>(&self, at: usize) -> [u8; N] {
        self.0.get(at..at + N).and_then(|bytes| bytes.try_into().ok()).unwrap_or([0; N])
    }

    fn u16(&self, at: usize) -> u16 {
        u16::from_le_bytes(self.array(at))
    }

    fn u32(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.array(at))
    }

    fn u64(&self, at: usize) -> u64 {
        u64::from_le_bytes(self.array(at))
    }
}
