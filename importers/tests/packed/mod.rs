//! Writes zip archives for tests, among them such as no program would write.
#![allow(clippy::unwrap_used, dead_code, reason = "a test fails by panicking, and not every test packs everything")]

use flate2::{Compression, write::DeflateEncoder};
use std::io::Write;

/// A part to be packed, with what the table says of it.
pub struct Part {
    pub name: Vec<u8>,
    pub bytes: Vec<u8>,
    pub flags: u16,
    pub made_by: u8,
    pub attributes: u32,
    pub method: u16,
    pub claimed: Option<u32>,
    pub offset: Option<u32>,
}

impl Part {
    pub fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let (name, bytes) = (name.as_bytes().to_owned(), bytes.into());
        Self {
            name,
            bytes,
            flags: 0x0800,
            made_by: 3,
            attributes: 0o100_644 << 16,
            method: 8,
            claimed: None,
            offset: None,
        }
    }
}

pub fn zip(parts: &[Part]) -> Vec<u8> {
    let (mut out, mut table) = (Vec::new(), Vec::new());
    for part in parts {
        let packed = if part.method == 8 { deflated(&part.bytes) } else { part.bytes.clone() };
        let offset = part.offset.unwrap_or(out.len() as u32);
        let mut head = Vec::new();
        for number in [20, part.flags, part.method, 0, 0] {
            head.extend(number.to_le_bytes());
        }
        let size = part.claimed.unwrap_or(part.bytes.len() as u32);
        for number in [crc32fast::hash(&part.bytes), packed.len() as u32, size] {
            head.extend(number.to_le_bytes());
        }
        head.extend((part.name.len() as u16).to_le_bytes());
        head.extend(0u16.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(&part.name);
        out.extend(packed);
        table.extend(b"PK\x01\x02");
        table.extend([20, part.made_by]);
        table.extend(&head);
        table.extend([0; 6]);
        table.extend(part.attributes.to_le_bytes());
        table.extend(offset.to_le_bytes());
        table.extend(&part.name);
    }
    let start = out.len() as u32;
    out.extend(&table);
    out.extend(b"PK\x05\x06\0\0\0\0");
    for number in [parts.len() as u16, parts.len() as u16] {
        out.extend(number.to_le_bytes());
    }
    for number in [table.len() as u32, start] {
        out.extend(number.to_le_bytes());
    }
    out.extend([0, 0]);
    out
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
