//! Pictures made here, byte by byte, and those of the shared corpus where it is.

use super::*;
use ::webp::Encoder;
use image::{DynamicImage, ImageFormat, RgbImage};
use std::io::Cursor;

fn png(width: u32, height: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| image::Rgb([(x * 3) as u8, (y * 5) as u8, 90]));
    encode(&DynamicImage::ImageRgb8(image), ImageFormat::Png)
}

fn encode(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// A chunk with its checksum.
fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut out = (body.len() as u32).to_be_bytes().to_vec();
    out.extend([&name[..], body].concat());
    let sum = crc32fast::hash(&out[4..]);
    out.extend(sum.to_be_bytes());
    out
}

/// Puts chunks behind the header of a PNG.
fn with_chunks(png: &[u8], chunks: &[Vec<u8>]) -> Vec<u8> {
    [&png[..33], &chunks.concat(), &png[33..]].concat()
}

/// The smallest baseline JPEG: eight by eight pixels of one grey, with segments put behind its beginning.
fn jpeg(segments: &[Vec<u8>]) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8];
    out.extend(segments.concat());
    out.extend(segment(0xdb, &[&[0][..], &[1; 64]].concat()));
    out.extend(segment(0xc0, &[8, 0, 8, 0, 16, 1, 1, 0x11, 0]));
    for class in [0x00, 0x10] {
        let mut table = vec![class, 1];
        table.extend([0; 15]);
        table.push(0);
        out.extend(segment(0xc4, &table));
    }
    out.extend(segment(0xda, &[1, 1, 0, 0, 63, 0]));
    out.extend([0x0f, 0xff, 0xd9]);
    out
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    [&[0xff, marker][..], &(body.len() as u16 + 2).to_be_bytes(), body].concat()
}

fn exif_with_place(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    tiff.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0, 0, 0, 0]);
    tiff.extend(b"GPS 24.35N 102.54E of somebody's home");
    tiff
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[test]
fn a_jpeg_loses_place_time_comments_and_what_hangs_behind_it_and_keeps_how_it_was_held() {
    let exif = [&b"Exif\0\0"[..], &exif_with_place(6)].concat();
    let segments = [
        segment(0xe0, b"JFIF\0\x01\x02\x00\x00\x48\x00\x48\x01\x01thumbnail"),
        segment(0xe1, &exif),
        segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>"),
        segment(0xed, b"Photoshop 3.0\0caption"),
        segment(0xe2, b"MPF\0another picture"),
        segment(0xfe, b"<script>alert(1)</script>"),
    ];
    let mut bytes = jpeg(&segments);
    bytes.extend(b"<html><script>alert(1)</script>");
    let cleaned = clean(&bytes).unwrap();
    for gone in [&b"GPS"[..], b"xmp", b"script", b"Photoshop", b"MPF", b"thumbnail"] {
        assert!(!holds(&cleaned.bytes, gone), "{}", String::from_utf8_lossy(gone));
    }
    assert_eq!((cleaned.width, cleaned.height, cleaned.orientation), (8, 16, 6), "upright");
    assert!(cleaned.bytes.ends_with(&[0xff, 0xd9]) && cleaned.bytes.starts_with(&[0xff, 0xd8, 0xff, 0xe0]));
    let again = clean(&cleaned.bytes).unwrap();
    assert_eq!(again, cleaned, "what is clean stays as it is");
    assert_eq!(clean(&jpeg(&[])).unwrap().bytes, jpeg(&[]), "and nothing is added to what says nothing");
}

#[test]
fn a_jpeg_that_is_cut_off_or_no_browser_shows_is_refused() {
    let whole = jpeg(&[]);
    for end in 3..whole.len() {
        assert_eq!(clean(&whole[..end]), Err(Fault::Broken), "cut at {end}");
    }
    let arithmetic: Vec<u8> = whole.iter().map(|byte| if *byte == 0xc0 { 0xc9 } else { *byte }).collect();
    assert_eq!(clean(&arithmetic), Err(Fault::NotAPicture));
    let large: Vec<u8> = [&whole[..2], &segment(0xc2, &[8, 0xff, 0xff, 0xff, 0xff, 1, 1, 0x11, 0])].concat();
    let large = [large, whole[2..].to_vec()].concat();
    assert_eq!(clean(&large), Err(Fault::Broken), "two frames");
    let at = whole.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    let mut large = whole;
    large[at + 5..at + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    assert_eq!(clean(&large), Err(Fault::Pixels(60)));
}

#[test]
fn a_jpeg_of_endless_scans_is_refused() {
    let mut bytes = jpeg(&[]);
    bytes.truncate(bytes.len() - 2);
    let scan = [segment(0xda, &[1, 1, 0, 0, 63, 0]), vec![0x0f]].concat();
    for _ in 0..5_000 {
        bytes.extend(&scan);
    }
    bytes.extend([0xff, 0xd9]);
    assert_eq!(clean(&bytes), Err(Fault::Broken));
}

#[test]
fn a_png_loses_words_times_and_what_hangs_behind_it() {
    let chunks = [
        chunk(b"tEXt", b"Comment\0<script>"),
        chunk(b"zTXt", b"Raw\0\0x"),
        chunk(b"tIME", &[7, 0xe0, 1, 1, 1, 1, 1]),
        chunk(b"eXIf", &exif_with_place(8)),
        chunk(b"prVt", b"of an application"),
        chunk(b"gAMA", &[0, 0, 0xb1, 0x8f]),
    ];
    let mut bytes = with_chunks(&png(20, 10), &chunks);
    bytes.extend(b"PK\x03\x04 and <script>");
    let cleaned = clean(&bytes).unwrap();
    for gone in [&b"script"[..], b"tIME", b"zTXt", b"GPS", b"prVt", b"PK"] {
        assert!(!holds(&cleaned.bytes, gone), "{}", String::from_utf8_lossy(gone));
    }
    assert!(holds(&cleaned.bytes, b"gAMA") && cleaned.bytes.ends_with(&chunk(b"IEND", b"")));
    assert_eq!((cleaned.width, cleaned.height, cleaned.orientation), (10, 20, 8));
    assert_eq!(clean(&cleaned.bytes).unwrap(), cleaned);
    assert_eq!(clean(&png(20, 10)).unwrap().bytes, png(20, 10));
}

#[test]
fn a_png_that_is_cut_off_or_damaged_is_refused() {
    let whole = png(20, 10);
    for end in 8..whole.len() {
        assert_eq!(clean(&whole[..end]), Err(Fault::Broken), "cut at {end}");
    }
    let mut damaged = whole;
    damaged[45] ^= 1;
    assert_eq!(clean(&damaged), Err(Fault::Broken));
}

#[test]
fn pictures_of_too_many_pixels_are_refused_by_their_header() {
    let header = |width: u32, height: u32, depth: u8, colours: u8| {
        let body = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, colours, 0, 0, 0]].concat();
        let parts = [chunk(b"IHDR", &body), chunk(b"IDAT", b"x"), chunk(b"IEND", b"")].concat();
        [&png(1, 1)[..8], &parts].concat()
    };
    assert_eq!(clean(&header(30_000, 30_000, 1, 0)), Err(Fault::Pixels(60)));
    assert_eq!(clean(&header(1 << 31, 1, 1, 0)), Err(Fault::Broken));
    // Fewer pixels than that, but sixteen bits of four channels each.
    assert_eq!(clean(&header(7_000, 7_000, 16, 6)), Err(Fault::Pixels(33)));
    assert!(clean(&header(7_000, 7_000, 8, 2)).is_ok());
}

/// A GIF of so many frames of one pixel, on a screen of this side.
fn gif(side: u16, frames: usize) -> Vec<u8> {
    let mut out = b"GIF89a".to_vec();
    out.extend(side.to_le_bytes());
    out.extend(side.to_le_bytes());
    out.extend([0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
    out.extend(b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0");
    out.extend(b"\x21\xfe\x08<script>\0");
    out.extend(b"\x21\xff\x0bXMP DataXMP\x03abc\0");
    for _ in 0..frames {
        out.extend([0x21, 0xf9, 4, 0, 5, 0, 0, 0]);
        out.extend([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
    }
    out.push(0x3b);
    out
}

#[test]
fn a_gif_keeps_what_moves_and_nothing_else() {
    let mut bytes = gif(4, 3);
    bytes.extend(b"*/=1;alert(1)//<script>");
    let cleaned = clean(&bytes).unwrap();
    assert!(
        !holds(&cleaned.bytes, b"script") && !holds(&cleaned.bytes, b"XMP") && holds(&cleaned.bytes, b"NETSCAPE2.0")
    );
    assert_eq!((cleaned.width, cleaned.height, cleaned.moves), (4, 4, true));
    assert_eq!(clean(&cleaned.bytes).unwrap(), cleaned);
    assert!(!clean(&gif(4, 1)).unwrap().moves);
    let whole = gif(4, 2);
    for end in 6..whole.len() {
        assert_eq!(clean(&whole[..end]), Err(Fault::Broken), "cut at {end}");
    }
}

#[test]
fn moving_pictures_are_bounded_in_frames_and_in_pixels() {
    assert_eq!(clean(&gif(1, 100_000)), Err(Fault::Frames));
    assert_eq!(clean(&gif(4_000, 20)), Err(Fault::Pixels(200)));
    assert_eq!(clean(&gif(60_000, 1)), Err(Fault::Pixels(60)));
    let control = |n: u32| chunk(b"fcTL", &[&n.to_be_bytes()[..], &[0; 22]].concat());
    let frames: Vec<Vec<u8>> = (0..500).map(control).collect();
    assert_eq!(clean(&with_chunks(&png(1, 1), &frames)), Err(Fault::Frames));
    let said = chunk(b"acTL", &[0, 1, 0, 0, 0, 0, 0, 0]);
    assert_eq!(clean(&with_chunks(&png(1, 1), &[said])), Err(Fault::Frames));
    let moving = [chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]), control(0), control(1)];
    assert!(clean(&with_chunks(&png(1, 1), &moving)).unwrap().moves);
}

fn webp(width: u32, height: u32) -> Vec<u8> {
    Encoder::from_rgb(&vec![120; (width * height * 3) as usize], width, height).encode(70.0).to_vec()
}

fn riff(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    for (name, body) in chunks {
        out.extend_from_slice(*name);
        out.extend((body.len() as u32).to_le_bytes());
        out.extend(body);
        out.extend(vec![0; body.len() % 2]);
    }
    let size = (out.len() - 8) as u32;
    out[4..8].copy_from_slice(&size.to_le_bytes());
    out
}

#[test]
fn a_webp_loses_what_is_said_about_it() {
    let plain = webp(30, 20);
    assert_eq!(clean(&plain).unwrap().bytes, plain);
    let drawn = plain[20..].to_vec();
    let header = vec![EXIF_AND_XMP, 0, 0, 0, 29, 0, 0, 19, 0, 0];
    let parts = [
        (b"VP8X", header),
        (b"VP8 ", drawn.clone()),
        (b"EXIF", exif_with_place(6)),
        (b"XMP ", b"<x:xmpmeta>".to_vec()),
        (b"ABCD", b"<script>".to_vec()),
    ];
    let mut bytes = riff(&parts);
    bytes.extend(b"<script>");
    let cleaned = clean(&bytes).unwrap();
    assert!(!holds(&cleaned.bytes, b"GPS") && !holds(&cleaned.bytes, b"xmp") && !holds(&cleaned.bytes, b"script"));
    assert_eq!((cleaned.width, cleaned.height, cleaned.orientation), (20, 30, 6));
    assert_eq!(clean(&cleaned.bytes).unwrap(), cleaned);
    for end in 12..plain.len() {
        assert_eq!(clean(&plain[..end]), Err(Fault::Broken), "cut at {end}");
    }
    // A canvas that says another size than what is drawn on it.
    let lying = riff(&[(b"VP8X", vec![0, 0, 0, 0, 1, 0, 0, 1, 0, 0]), (b"VP8 ", drawn)]);
    assert_eq!(clean(&lying), Err(Fault::Broken));
}

const EXIF_AND_XMP: u8 = 0x0c;

#[test]
fn a_profile_of_colours_stays_where_it_is_sound() {
    let mut profile = vec![0; 200];
    profile[..4].copy_from_slice(&200_u32.to_be_bytes());
    profile[16..20].copy_from_slice(b"RGB ");
    profile[36..40].copy_from_slice(b"acsp");
    let carried = jpeg(&[segment(0xe2, &[b"ICC_PROFILE\0\x01\x01", &profile[..]].concat())]);
    assert_eq!(clean(&carried).unwrap().profile, Some(profile.clone()));
    let with = with_profile(&webp(10, 10), &profile).unwrap();
    assert_eq!(clean(&with).unwrap().profile, Some(profile.clone()));
    assert_eq!(image::load_from_memory(&with).unwrap().width(), 10, "and others can read it");
    profile[36..40].copy_from_slice(b"<scr");
    let carried = jpeg(&[segment(0xe2, &[b"ICC_PROFILE\0\x01\x01", &profile[..]].concat())]);
    assert_eq!(clean(&carried).unwrap().bytes, jpeg(&[]));
}

/// No bytes whatever make the walk panic or run on: each of these is cut, and has each byte changed.
#[test]
fn any_damage_is_refused_or_made_into_something_that_is_clean() {
    for whole in
        [jpeg(&[segment(0xe1, &[&b"Exif\0\0"[..], &exif_with_place(3)].concat())]), png(5, 4), gif(4, 2), webp(9, 9)]
    {
        for at in 0..whole.len() {
            for value in [0, 1, 0x7f, 0x80, 0xff] {
                let mut damaged = whole.clone();
                damaged[at] = value;
                if let Ok(cleaned) = clean(&damaged) {
                    assert_eq!(clean(&cleaned.bytes).as_ref(), Ok(&cleaned), "byte {at} as {value}");
                }
            }
        }
    }
}

#[test]
fn photographs_of_the_corpus_come_out_upright_and_without_their_place() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/uploads/exif");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: {} is not here", folder.display());
        return;
    };
    for path in entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "jpg")) {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let cleaned = clean(&bytes).unwrap();
        assert!(
            !holds(&cleaned.bytes, b"GPS") && !holds(&cleaned.bytes, b"Canon") && !holds(&cleaned.bytes, b"NIKON"),
            "{name}"
        );
        assert!(cleaned.bytes.len() < bytes.len(), "{name}");
        assert_eq!(cleaned.width > cleaned.height, !name.starts_with("portrait"), "{name}");
        // What is drawn is what was drawn.
        let decoded = |bytes: &[u8]| jpeg_decoder::Decoder::new(Cursor::new(bytes.to_vec())).decode().unwrap();
        assert!(decoded(&bytes) == decoded(&cleaned.bytes), "{name}");
    }
}
