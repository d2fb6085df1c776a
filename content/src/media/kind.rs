//! Of which kind a file is, by its bytes.

use serde::{Deserialize, Serialize};

/// Whether the bytes are a picture in the container of HEIF: HEIC as telephones write it, or AVIF. It is not taken in:
/// nothing here can look into it, and most browsers show no HEIC.
#[must_use]
pub fn is_high_efficiency(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8; 4]; 11] =
        [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1", b"avif", b"avis"];
    matches!(bytes, [_, _, _, _, b'f', b't', b'y', b'p', a, b, c, d, ..] if BRANDS.contains(&&[*a, *b, *c, *d]))
}

/// What somebody looks for in the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// A picture.
    Picture,
    /// PDF, OFD, Office.
    Document,
    /// Sound.
    Sound,
    /// A film.
    Film,
    /// An archive.
    Archive,
}

impl MediaKind {
    /// All kinds, in the order of the filter.
    pub const ALL: [Self; 5] = [Self::Picture, Self::Document, Self::Sound, Self::Film, Self::Archive];

    /// The name under which it is stored and travels.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Document => "document",
            Self::Sound => "sound",
            Self::Film => "film",
            Self::Archive => "archive",
        }
    }
}

/// Kinds of pictures that are taken in, recognised by their content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureKind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
    /// AVIF. What earlier versions took in is still served.
    Avif,
    /// GIF.
    Gif,
}

impl PictureKind {
    /// The kind whose signature the bytes begin with. A name or a declared type is never asked.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => Some(Self::Avif),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            _ => None,
        }
    }

    /// The kind that a key's extension names.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        [Self::Jpeg, Self::Png, Self::Webp, Self::Avif, Self::Gif]
            .into_iter()
            .find(|kind| key.rsplit_once('.').is_some_and(|(_, extension)| extension == kind.extension()))
    }

    /// The extension of the key.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Avif => "avif",
            Self::Gif => "gif",
        }
    }

    /// The type under which it is served.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Avif => "image/avif",
            Self::Gif => "image/gif",
        }
    }
}

/// Kinds of files that are taken in, recognised by their content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A picture.
    Picture(PictureKind),
    /// PDF.
    Pdf,
    /// OFD, the Chinese standard for fixed layouts (GB/T 33190).
    Ofd,
    /// A package of Office Open XML: Word, Excel, PowerPoint.
    Office(&'static str),
    /// A document of Office or WPS in the format before that (OLE).
    OldOffice(&'static str),
    /// An archive.
    Zip,
    /// Sound.
    Mp3,
    /// A film.
    Mp4,
    /// A film.
    Webm,
}

/// Extensions within one container, which only the name tells apart; the first is taken where it tells nothing.
const OFFICE: [&str; 3] = ["docx", "xlsx", "pptx"];
const OLD_OFFICE: [&str; 6] = ["doc", "xls", "ppt", "wps", "et", "dps"];

impl FileKind {
    /// The kind that the bytes are of. The name only chooses between kinds of the same container.
    #[must_use]
    pub fn of(bytes: &[u8], name: &str) -> Option<Self> {
        if is_high_efficiency(bytes) {
            return None;
        }
        if let Some(picture) = PictureKind::of(bytes) {
            return Some(Self::Picture(picture));
        }
        let named = |known: &'static [&'static str]| {
            let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
            known.iter().copied().find(|known| *known == extension).unwrap_or(known[0])
        };
        match bytes {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => Some(Self::OldOffice(named(&OLD_OFFICE))),
            [b'P', b'K', 3, 4, ..] if holds(bytes, b"[Content_Types].xml") => Some(Self::Office(named(&OFFICE))),
            [b'P', b'K', 3, 4, ..] if holds(bytes, b"OFD.xml") => Some(Self::Ofd),
            [b'P', b'K', 3 | 5, 4 | 6, ..] => Some(Self::Zip),
            [b'I', b'D', b'3', ..] | [0xff, 0xfb | 0xf3 | 0xf2, ..] => Some(Self::Mp3),
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some(Self::Mp4),
            [0x1a, 0x45, 0xdf, 0xa3, ..] => Some(Self::Webm),
            _ => None,
        }
    }

    /// The kind that a key's extension names.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        let (_, extension) = key.rsplit_once('.')?;
        let known = |all: &'static [&'static str]| all.iter().copied().find(|known| *known == extension);
        match extension {
            "pdf" => Some(Self::Pdf),
            "ofd" => Some(Self::Ofd),
            "zip" => Some(Self::Zip),
            "mp3" => Some(Self::Mp3),
            "mp4" => Some(Self::Mp4),
            "webm" => Some(Self::Webm),
            _ => PictureKind::of_key(key)
                .map(Self::Picture)
                .or_else(|| known(&OFFICE).map(Self::Office))
                .or_else(|| known(&OLD_OFFICE).map(Self::OldOffice)),
        }
    }

    /// The extension of the key.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Picture(kind) => kind.extension(),
            Self::Pdf => "pdf",
            Self::Ofd => "ofd",
            Self::Office(extension) | Self::OldOffice(extension) => extension,
            Self::Zip => "zip",
            Self::Mp3 => "mp3",
            Self::Mp4 => "mp4",
            Self::Webm => "webm",
        }
    }

    /// The type under which it is served.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Picture(kind) => kind.content_type(),
            Self::Pdf => "application/pdf",
            Self::Mp3 => "audio/mpeg",
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
            // Nothing that a browser would open by itself.
            Self::Ofd | Self::Office(_) | Self::OldOffice(_) | Self::Zip => "application/octet-stream",
        }
    }

    /// What it is in the library.
    #[must_use]
    pub const fn media_kind(self) -> MediaKind {
        match self {
            Self::Picture(_) => MediaKind::Picture,
            Self::Pdf | Self::Ofd | Self::Office(_) | Self::OldOffice(_) => MediaKind::Document,
            Self::Mp3 => MediaKind::Sound,
            Self::Mp4 | Self::Webm => MediaKind::Film,
            Self::Zip => MediaKind::Archive,
        }
    }

    /// Whether pages show it; everything else is taken home.
    #[must_use]
    pub const fn is_shown(self) -> bool {
        matches!(self, Self::Picture(_) | Self::Mp3 | Self::Mp4 | Self::Webm)
    }
}

/// Whether the beginning of an archive names this entry: its directory stands at the end, but entries carry their names.
fn holds(bytes: &[u8], entry: &[u8]) -> bool {
    const LOOKED_AT: usize = 64 * 1024;
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let tail = &bytes[bytes.len().saturating_sub(LOOKED_AT)..];
    [head, tail].iter().any(|part| part.windows(entry.len()).any(|window| window == entry))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_decides_and_the_name_only_within_a_container() {
        assert_eq!(FileKind::of(b"%PDF-1.7", "a.jpg"), Some(FileKind::Pdf));
        assert_eq!(FileKind::of(b"PK\x03\x04..[Content_Types].xml", "a.xlsx"), Some(FileKind::Office("xlsx")));
        assert_eq!(FileKind::of(b"PK\x03\x04..[Content_Types].xml", "a.exe"), Some(FileKind::Office("docx")));
        assert_eq!(FileKind::of(b"PK\x03\x04..OFD.xml", "a.zip"), Some(FileKind::Ofd));
        assert_eq!(FileKind::of(&[0xff, 0xd8, 0xff, 0], "a.pdf"), Some(FileKind::Picture(PictureKind::Jpeg)));
        for bad in [&b"<html>"[..], b"<svg xmlns=", b"MZ\x90", b"#!/bin/sh", b"", b"\xef\xbb\xbf<?xml"] {
            assert_eq!(FileKind::of(bad, "a.pdf"), None, "{bad:?}");
        }
    }

    #[test]
    fn a_picture_of_a_telephone_in_the_container_of_films_is_no_film() {
        for brand in ["heic", "mif1", "avif", "avis"] {
            let bytes = [&[0, 0, 0, 24][..], b"ftyp", brand.as_bytes(), &[0; 8]].concat();
            assert!(is_high_efficiency(&bytes) && FileKind::of(&bytes, "a.mp4").is_none(), "{brand}");
        }
        assert_eq!(FileKind::of(b"\0\0\0\x18ftypisom", "a.heic"), Some(FileKind::Mp4));
    }

    #[test]
    fn every_kind_is_known_by_its_key() {
        for extension in ["jpg", "png", "pdf", "ofd", "docx", "xls", "wps", "zip", "mp3", "mp4", "webm"] {
            assert_eq!(FileKind::of_key(&format!("ab.{extension}")).map(FileKind::extension), Some(extension));
        }
        assert_eq!(FileKind::of_key("ab.html"), None);
    }
}
