//! Archives of others: names, links, bombs, damage.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod packed;

use importers::{
    Fault,
    archive::{Archive, Limits},
};
use packed::{Part, zip};
use std::{
    fs,
    io::Cursor,
    path::Path,
    time::{Duration, Instant},
};

fn open(bytes: &[u8]) -> Result<Archive<Cursor<&[u8]>>, Fault> {
    Archive::open(Cursor::new(bytes), Limits::WORD)
}

fn names(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let archive = open(bytes).unwrap();
    let names = archive.parts().iter().map(|part| part.name.clone()).collect();
    (names, archive.refused().iter().map(ToString::to_string).collect())
}

#[test]
fn parts_are_read_packed_and_stored() {
    let stored = Part { method: 0, ..Part::new("b/c.txt", "二") };
    let bytes = zip(&[Part::new("a.txt", "一".repeat(5_000)), stored, Part::new("b/", "")]);
    let mut archive = open(&bytes).unwrap();
    assert_eq!(archive.parts().iter().map(|part| part.name.as_str()).collect::<Vec<_>>(), ["a.txt", "b/c.txt"]);
    assert_eq!(archive.read(0).unwrap(), "一".repeat(5_000).as_bytes());
    assert_eq!(archive.read(archive.find("b/c.txt").unwrap()).unwrap(), "二".as_bytes());
    assert!(archive.read(2).is_err());
    // What stands before an archive that unpacks itself moves all places.
    let moved = [b"MZ program".as_slice(), &bytes].concat();
    assert_eq!(open(&moved).unwrap().read(1).unwrap(), "二".as_bytes());
}

#[test]
fn names_from_a_chinese_windows_are_read() {
    let (gbk, _, _) = encoding_rs::GB18030.encode("新闻\\通知.html");
    let windows = Part { name: gbk.into_owned(), flags: 0, made_by: 0, attributes: 0, ..Part::new("", "x") };
    let macos = Part { flags: 0, ..Part::new("图片.jpg", "y") };
    assert_eq!(names(&zip(&[windows, macos])).0, ["新闻/通知.html", "图片.jpg"]);
}

#[test]
fn names_that_lead_out_and_links_are_refused_and_the_rest_goes_on() {
    let evil = ["../a", "a/../../b", "/etc/passwd", "C:\\a", "\\\\server\\a", "..\\a", "a\nb", ""];
    let mut parts: Vec<Part> = evil.iter().map(|name| Part::new(name, "x")).collect();
    parts.push(Part { attributes: 0o120_777 << 16, ..Part::new("link", "/etc/passwd") });
    parts.push(Part { attributes: 0o060_600 << 16, ..Part::new("device", "") });
    parts.push(Part { flags: 1, ..Part::new("locked", "x") });
    parts.push(Part { method: 14, ..Part::new("lzma", "x") });
    parts.push(Part::new("good.txt", "好"));
    parts.push(Part::new("good.txt", "坏"));
    parts.push(Part::new(&"long".repeat(500), "x"));
    let bytes = zip(&parts);
    let (names, refused) = names(&bytes);
    assert_eq!(names, ["good.txt"]);
    assert_eq!(refused.len(), parts.len() - 1, "{refused:?}");
    assert!(refused.iter().all(|line| !line.contains('\n')), "{refused:?}");
    assert_eq!(open(&bytes).unwrap().read(0).unwrap(), "好".as_bytes());
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    let start = Instant::now();
    let zeros = vec![0; 60 << 20];
    let bomb = zip(&[Part::new("bomb", zeros.clone()), Part::new("a.txt", "一")]);
    let (parts, refused) = names(&bomb);
    assert_eq!(parts, ["a.txt"]);
    assert!(refused[0].contains("far more"), "{refused:?}");
    // One that lies about its length is unpacked to the promised length and not further.
    let liar = zip(&[Part { claimed: Some(1_000), ..Part::new("liar", zeros.clone()) }]);
    assert!(matches!(open(&liar).unwrap().read(0), Err(Fault::Archive { why: "is damaged", .. })));
    // Random bytes do not pack, so only their sum is too much.
    let noise: Vec<u8> = (0..30_u32 << 20).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let many: Vec<Part> = (0..10).map(|n| Part { method: 0, ..Part::new(&format!("{n}"), noise.clone()) }).collect();
    let many = zip(&many);
    let mut archive = open(&many).unwrap();
    let read = (0..10).take_while(|n| archive.read(*n).is_ok()).count();
    assert_eq!(read, 8);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn parts_that_lie_on_one_another_are_refused_with_the_whole() {
    let bytes = zip(&[Part::new("a", "一"), Part { offset: Some(0), ..Part::new("b", "一") }]);
    assert!(matches!(open(&bytes), Err(Fault::Archive { name, .. }) if name.is_empty()));
}

#[test]
fn too_many_parts_are_refused() {
    let parts: Vec<Part> = (0..Limits::WORD.parts + 1).map(|n| Part::new(&n.to_string(), "")).collect();
    assert_eq!(open(&zip(&parts)).unwrap_err().to_string(), "the archive holds too many parts");
}

#[test]
fn what_is_no_archive_says_so() {
    for bytes in [
        &b""[..],
        b"PK",
        b"PK\x03\x04",
        b"PK\x05\x06",
        &[0; 100],
        b"PK\x05\x06\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
    ] {
        assert!(open(bytes).is_err(), "{bytes:?}");
    }
}

#[test]
fn archives_that_are_cut_or_damaged_are_read_or_refused() {
    let own = zip(&[Part::new("a.txt", "一".repeat(3_000)), Part { method: 0, ..Part::new("b/图.jpg", vec![7; 900]) }]);
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/docx/footnotes.docx");
    for bytes in [own, fs::read(corpus).unwrap_or_default()] {
        for at in 0..bytes.len().min(3_000) {
            let at = bytes.len() - 1 - at;
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (at % 8);
            for damaged in [&bytes[..at], &flipped] {
                if let Ok(mut archive) = open(damaged) {
                    (0..archive.parts().len()).for_each(|part| drop(archive.read(part)));
                }
            }
        }
    }
}
