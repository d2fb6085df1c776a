//! A picture without what is not the picture: whatever tells where, when and by whom it was taken, thumbnails of what was
//! cut away, comments, and everything that was hung behind its end. Pixels are not touched, so it is as good as it came
//! and usable at once.
//!
//! Only the structure of the file is walked, in one pass and without decoding anything; what would cost too much to decode
//! is refused here. A kind that is not walked to its end (a cut-off file, a wrong checksum) is refused as damaged.

mod exif;
mod gif;
mod jpeg;
mod png;
#[cfg(test)]
mod tests;
mod webp;

use super::{LARGEST_DECODED, MOST_FRAMES, MOST_PIXELS, MOST_PIXELS_MOVING};
use content::{Refusal, media::PictureKind, refusal::quoted};

/// A picture as it is kept.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cleaned {
    /// The file without what was taken off.
    pub(crate) bytes: Vec<u8>,
    /// In pixels, as it stands upright.
    pub(crate) width: u32,
    /// In pixels, as it stands upright.
    pub(crate) height: u32,
    /// How it has to be turned to stand upright: 1 to 8, as EXIF counts.
    pub(crate) orientation: u8,
    /// Its colour profile, where it has a sound one for colours of light.
    pub(crate) profile: Option<Vec<u8>>,
    /// Whether it has more than one frame.
    pub(crate) moves: bool,
}

/// Why a picture is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is of no kind that browsers show.
    NotAPicture,
    /// It ends too early or is damaged.
    Broken,
    /// More pixels than these millions.
    Pixels(u64),
    /// Too many frames.
    Frames,
}

impl Fault {
    /// What is said of the file with this name.
    pub(crate) fn refusal(self, name: &str) -> Refusal {
        let name = quoted(name);
        match self {
            Self::NotAPicture => Refusal::NotAPicture { name },
            Self::Broken => Refusal::BrokenPicture { name },
            Self::Pixels(megapixels) => Refusal::TooManyPixels { name, megapixels },
            Self::Frames => Refusal::TooManyFrames { name, limit: MOST_FRAMES },
        }
    }
}

/// Cleans a picture of the kind that its bytes say.
///
/// # Errors
/// What is no picture, is damaged, or has too many pixels or frames.
pub(crate) fn clean(bytes: &[u8]) -> Result<Cleaned, Fault> {
    match PictureKind::of(bytes) {
        Some(PictureKind::Jpeg) => jpeg::clean(bytes),
        Some(PictureKind::Png) => png::clean(bytes),
        Some(PictureKind::Gif) => gif::clean(bytes),
        Some(PictureKind::Webp) => webp::clean(bytes),
        Some(PictureKind::Avif) | None => Err(Fault::NotAPicture),
    }
}

/// A WebP that stands still, as an encoder wrote it, with a profile of its colours.
pub(crate) fn with_profile(encoded: &[u8], profile: &[u8]) -> Option<Vec<u8>> {
    webp::with_profile(encoded, profile)
}

/// Whether a picture may be decoded that needs so much memory for its pixels then.
fn bounded(width: u32, height: u32, memory: u64) -> Result<(), Fault> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(Fault::Broken);
    }
    if pixels > MOST_PIXELS {
        return Err(Fault::Pixels(MOST_PIXELS / 1_000_000));
    }
    if memory > LARGEST_DECODED {
        // What a picture of the same make could have at most, so that the number is one to go by.
        return Err(Fault::Pixels((pixels * LARGEST_DECODED / memory / 1_000_000).max(1)));
    }
    Ok(())
}

/// Whether readers' browsers can be given so many frames of this size.
fn bounded_frames(width: u32, height: u32, frames: u64) -> Result<(), Fault> {
    if frames > MOST_FRAMES {
        return Err(Fault::Frames);
    }
    let pixels = u64::from(width) * u64::from(height) * frames;
    if pixels > MOST_PIXELS_MOVING { Err(Fault::Pixels(MOST_PIXELS_MOVING / 1_000_000)) } else { Ok(()) }
}

/// Width and height of what is turned so.
fn upright(width: u32, height: u32, orientation: u8) -> (u32, u32) {
    if orientation >= 5 { (height, width) } else { (width, height) }
}

/// The longest colour profile that is kept. Those of cameras, telephones and screens have a few kilobytes.
const LONGEST_PROFILE: usize = 60_000;

/// Whether these bytes are a profile of the International Color Consortium for colours of light. Others (for ink, too
/// large, or not sound) are taken off.
fn is_profile(bytes: &[u8]) -> bool {
    let length = be32(bytes, 0).unwrap_or_default();
    bytes.len() <= LONGEST_PROFILE
        && usize::try_from(length).is_ok_and(|length| length == bytes.len() && length > 132)
        && bytes.get(36..40) == Some(b"acsp")
        && matches!(bytes.get(16..20), Some(b"RGB " | b"GRAY"))
}

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?).and_then(|two| two.try_into().ok()).map(u16::from_be_bytes)
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes)
}

fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?).and_then(|two| two.try_into().ok()).map(u16::from_le_bytes)
}

fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes)
}
