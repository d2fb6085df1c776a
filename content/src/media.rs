//! What the media library keeps.

use crate::MediaId;
use serde::{Deserialize, Serialize};

/// A picture as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The media record.
    pub id: MediaId,
    /// The name under which the bytes are kept and served: `<sha-256>.<extension>`.
    pub key: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// What is said in place of the picture.
    pub alt: String,
}

impl Picture {
    /// The address of the picture's bytes. They never change, the name is their hash.
    #[must_use]
    pub fn address(&self) -> String {
        format!("/media/{}", self.key)
    }
}

/// A picture or another file as the text and its form name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// The media record.
    pub id: MediaId,
    /// The name under which the bytes are kept and served: `<sha-256>.<extension>`.
    pub key: String,
    /// The name under which it came, which readers are shown.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Width in pixels; 0 where it is no picture.
    pub width: u32,
    /// Height in pixels; 0 where it is no picture.
    pub height: u32,
    /// What is said in place of a picture.
    #[serde(default)]
    pub alt: String,
}

impl File {
    /// `PDF，1.2 MB`: what somebody wants to know before they download it.
    #[must_use]
    pub fn kind_and_size(&self) -> String {
        let kind = self.key.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_uppercase();
        let kilobytes = self.bytes.div_ceil(1024);
        if kilobytes < 1024 {
            format!("{kind}，{kilobytes} KB")
        } else {
            format!("{kind}，{:.1} MB", kilobytes as f64 / 1024.0)
        }
    }

    /// The address of the bytes. They never change, the name is their hash.
    #[must_use]
    pub fn address(&self) -> String {
        format!("/media/{}", self.key)
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
    /// AVIF.
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
