//! GIF (89a): a screen, then blocks.

use super::{Cleaned, Fault, bounded, bounded_frames, le16};

const EXTENSION: u8 = 0x21;
const FRAME: u8 = 0x2c;
const TRAILER: u8 = 0x3b;

pub(super) fn clean(bytes: &[u8]) -> Result<Cleaned, Fault> {
    let (width, height) = (side(bytes, 6)?, side(bytes, 8)?);
    let mut at = 13 + table(*bytes.get(10).ok_or(Fault::Broken)?);
    let mut out = bytes.get(..at).ok_or(Fault::Broken)?.to_vec();
    // What is said of the frame that follows; it goes with what it is said of.
    let mut control: &[u8] = &[];
    let mut frames = 0;
    loop {
        let from = at;
        match (*bytes.get(at).ok_or(Fault::Broken)?, bytes.get(at + 1)) {
            (TRAILER, _) => break,
            (FRAME, _) => {
                let area = [side(bytes, at + 1)?, side(bytes, at + 3)?, side(bytes, at + 5)?, side(bytes, at + 7)?];
                if area[0] + area[2] > width || area[1] + area[3] > height {
                    return Err(Fault::Broken);
                }
                at += 10 + table(*bytes.get(at + 9).ok_or(Fault::Broken)?);
                // One byte of the code's size, then the codes.
                at = end_of_blocks(bytes, at + 1)?;
                frames += 1;
                bounded_frames(1, 1, frames)?;
                out.extend_from_slice(control);
                out.extend_from_slice(&bytes[from..at]);
                control = &[];
            }
            (EXTENSION, Some(label)) => {
                at = end_of_blocks(bytes, at + 2)?;
                match label {
                    0xf9 => control = &bytes[from..at],
                    // Text that is drawn: no browser does.
                    0x01 => control = &[],
                    0xff => out.extend(repeats(&bytes[from..at]).unwrap_or_default()),
                    _ => {}
                }
            }
            _ => return Err(Fault::Broken),
        }
    }
    if frames == 0 {
        return Err(Fault::Broken);
    }
    out.push(TRAILER);
    // Decoded, a frame is a screen of its own beside the screen.
    bounded(width, height, u64::from(width) * u64::from(height) * 8)?;
    bounded_frames(width, height, frames)?;
    Ok(Cleaned { bytes: out, width, height, orientation: 1, profile: None, moves: frames > 1 })
}

fn side(bytes: &[u8], at: usize) -> Result<u32, Fault> {
    le16(bytes, at).map(u32::from).ok_or(Fault::Broken)
}

/// How long the table of colours is that these flags announce.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Behind the block of length zero that ends a row of blocks.
fn end_of_blocks(bytes: &[u8], mut at: usize) -> Result<usize, Fault> {
    loop {
        match bytes.get(at).ok_or(Fault::Broken)? {
            0 => return Ok(at + 1),
            length => at += 1 + usize::from(*length),
        }
    }
}

/// The one extension of an application that matters: how often the picture begins again.
fn repeats(extension: &[u8]) -> Option<Vec<u8>> {
    let loops =
        [&b"\x0bNETSCAPE2.0"[..], b"\x0bANIMEXTS1.0"].iter().find_map(|name| extension[2..].strip_prefix(*name))?;
    let [3, 1, low, high, ..] = loops else { return None };
    Some([&b"\x21\xff\x0bNETSCAPE2.0\x03\x01"[..], &[*low, *high, 0]].concat())
}
