//! The text of a Word file in a sound archive: the parts of the input, between zeros, are its parts.
#![no_main]

use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 5] = [
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/footnotes.xml",
    "word/_rels/document.xml.rels",
];

fuzz_target!(|bytes: &[u8]| {
    let parts: Vec<(&str, &[u8])> = NAMES.into_iter().zip(bytes.split(|byte| *byte == 0)).collect();
    if let Ok(word) = importers::docx(&stored(&parts)) {
        let picture =
            |at: usize| Some(importers::PictureRef { id: content::MediaId(at as i64 + 1), alt: String::new() });
        if let Ok((_, body, _)) = word.into_body(&picture) {
            assert_eq!(body.check(), Ok(()));
        }
    }
});

/// An archive of parts as they are. Checksums are asked for, so they are right.
fn stored(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut table) = (Vec::new(), Vec::new());
    for (name, bytes) in parts {
        let offset = out.len() as u32;
        let mut head = Vec::new();
        for number in [20_u16, 0x0800, 0, 0, 0] {
            head.extend(number.to_le_bytes());
        }
        for number in [sum(bytes), bytes.len() as u32, bytes.len() as u32] {
            head.extend(number.to_le_bytes());
        }
        head.extend((name.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(*bytes);
        table.extend(b"PK\x01\x02\x14\x00");
        table.extend(&head);
        table.extend([0; 10]);
        table.extend(offset.to_le_bytes());
        table.extend(name.as_bytes());
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

/// CRC-32, bit by bit: inputs are short.
fn sum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
    !bytes.iter().fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}
