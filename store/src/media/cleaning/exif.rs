//! The one thing that is kept of what a camera writes about a picture: how it was held.

use super::{be16, be32, le16, le32};

const ORIENTATION: u16 = 0x0112;

/// How the picture has to be turned, 1 to 8; 1 is "not at all". `tiff` is what stands behind `Exif\0\0`.
pub(super) fn orientation(tiff: &[u8]) -> u8 {
    find(tiff).filter(|turned| (1..=8).contains(turned)).map_or(1, |turned| turned.to_le_bytes()[0])
}

fn find(tiff: &[u8]) -> Option<u16> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let read16 = |at| if little { le16(tiff, at) } else { be16(tiff, at) };
    let directory = if little { le32(tiff, 4) } else { be32(tiff, 4) };
    let directory = usize::try_from(directory?).ok()?;
    (0..usize::from(read16(directory)?)).find_map(|n| {
        let entry = directory.checked_add(2 + 12 * n)?;
        (read16(entry)? == ORIENTATION).then(|| read16(entry + 8)).flatten()
    })
}

/// A directory that says nothing else.
pub(super) fn only(orientation: u8) -> [u8; 26] {
    let mut tiff = [0; 26];
    tiff[..10].copy_from_slice(b"MM\0*\0\0\0\x08\0\x01");
    // The tag, a short, one of it, its value.
    tiff[10..20].copy_from_slice(&[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation]);
    tiff
}
