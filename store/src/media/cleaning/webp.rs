//! WebP (RFC 9649): chunks in a RIFF container.

use super::{Cleaned, Fault, be32, bounded, bounded_frames, exif, is_profile, le16, le32, upright};

/// Flags of the header `VP8X`.
const PROFILE: u8 = 0x20;
const EXIF: u8 = 0x08;
const XMP: u8 = 0x04;
const MOVES: u8 = 0x02;

pub(super) fn clean(bytes: &[u8]) -> Result<Cleaned, Fault> {
    let size = usize::try_from(le32(bytes, 4).ok_or(Fault::Broken)?).map_err(|_| Fault::Broken)?;
    let inside = bytes.get(12..8 + size).ok_or(Fault::Broken)?;
    let mut walk = Walk { orientation: 1, ..Walk::default() };
    let mut rest = inside;
    while !rest.is_empty() {
        let chunk = Chunk::of(&mut rest)?;
        walk.chunk(&chunk)?;
    }
    walk.end()
}

/// A picture that stands still, as an encoder wrote it, with a profile of its colours.
pub(super) fn with_profile(encoded: &[u8], profile: &[u8]) -> Option<Vec<u8>> {
    let mut rest = encoded.get(12..)?;
    let (mut flags, mut canvas, mut drawn) = (PROFILE, None, Vec::new());
    while !rest.is_empty() {
        let chunk = Chunk::of(&mut rest).ok()?;
        if chunk.name == b"VP8X" {
            flags |= chunk.body.first()?;
            continue;
        }
        if matches!(chunk.name, b"VP8 " | b"VP8L") {
            canvas = Some(size(&chunk).ok()?);
        }
        chunk.write(&mut drawn);
    }
    let (width, height) = canvas?;
    let (width, height) = ((width - 1).to_le_bytes(), (height - 1).to_le_bytes());
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    write(&mut out, b"VP8X", &[&[flags, 0, 0, 0], &width[..3], &height[..3]]);
    write(&mut out, b"ICCP", &[profile]);
    out.extend_from_slice(&drawn);
    let size = u32::try_from(out.len() - 8).ok()?;
    out[4..8].copy_from_slice(&size.to_le_bytes());
    Some(out)
}

struct Chunk<'a> {
    name: &'a [u8],
    body: &'a [u8],
}

impl<'a> Chunk<'a> {
    /// Takes the chunk that `rest` begins with. Chunks have an even length; the last one's filling may be missing.
    fn of(rest: &mut &'a [u8]) -> Result<Self, Fault> {
        let (name, length) = (rest.get(..4).ok_or(Fault::Broken)?, le32(rest, 4).ok_or(Fault::Broken)?);
        let length = usize::try_from(length).map_err(|_| Fault::Broken)?;
        let body = length.checked_add(8).and_then(|end| rest.get(8..end)).ok_or(Fault::Broken)?;
        *rest = rest.get(8 + length + length % 2..).unwrap_or_default();
        Ok(Self { name, body })
    }

    fn write(&self, out: &mut Vec<u8>) {
        write(out, self.name, &[self.body]);
    }
}

fn write(out: &mut Vec<u8>, name: &[u8], parts: &[&[u8]]) {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    out.extend_from_slice(name);
    out.extend(u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
    parts.iter().for_each(|part| out.extend_from_slice(part));
    if length % 2 == 1 {
        out.push(0);
    }
}

#[derive(Default)]
struct Walk<'a> {
    header: Option<&'a [u8]>,
    profile: Option<&'a [u8]>,
    orientation: u8,
    /// What is drawn, in its order.
    drawn: Vec<u8>,
    /// The size of a picture that stands still.
    still: Option<(u32, u32)>,
    lossless: bool,
    frames: u64,
}

impl<'a> Walk<'a> {
    fn chunk(&mut self, chunk: &Chunk<'a>) -> Result<(), Fault> {
        match chunk.name {
            b"VP8X" if self.header.is_none() && chunk.body.len() == 10 => self.header = Some(chunk.body),
            b"ICCP" => self.profile = Some(chunk.body).filter(|profile| is_profile(profile)),
            b"ANIM" | b"ALPH" => chunk.write(&mut self.drawn),
            b"VP8 " | b"VP8L" => {
                if self.still.replace(size(chunk)?).is_some() {
                    return Err(Fault::Broken);
                }
                self.lossless |= chunk.name == b"VP8L";
                chunk.write(&mut self.drawn);
            }
            b"ANMF" => {
                self.frames += 1;
                bounded_frames(1, 1, self.frames)?;
                self.frame(chunk.body)?;
            }
            b"EXIF" => {
                let tiff = chunk.body.strip_prefix(b"Exif\0\0").unwrap_or(chunk.body);
                self.orientation = exif::orientation(tiff);
            }
            _ => {}
        }
        Ok(())
    }

    /// A frame of what moves: where it is drawn, and a picture, without what else was put beside it.
    fn frame(&mut self, body: &[u8]) -> Result<(), Fault> {
        let (place, mut rest) = body.split_at_checked(16).ok_or(Fault::Broken)?;
        let said = (1 + le24(place, 6)?, 1 + le24(place, 9)?);
        let (mut drawn, mut there) = (Vec::new(), false);
        while !rest.is_empty() {
            let chunk = Chunk::of(&mut rest)?;
            match chunk.name {
                b"VP8 " | b"VP8L" if there || size(&chunk)? != said => return Err(Fault::Broken),
                b"VP8 " | b"VP8L" => {
                    there = true;
                    self.lossless |= chunk.name == b"VP8L";
                }
                b"ALPH" => {}
                _ => continue,
            }
            chunk.write(&mut drawn);
        }
        if !there {
            return Err(Fault::Broken);
        }
        write(&mut self.drawn, b"ANMF", &[place, &drawn]);
        Ok(())
    }

    fn end(self) -> Result<Cleaned, Fault> {
        let moving = self.header.is_some_and(|header| header[0] & MOVES != 0);
        let canvas = match self.header {
            Some(header) => Some((1 + le24(header, 4)?, 1 + le24(header, 7)?)),
            None => self.still,
        };
        let (width, height) = canvas.ok_or(Fault::Broken)?;
        if moving != (self.frames > 0)
            || moving == self.still.is_some()
            || self.still.is_some_and(|still| still != (width, height))
        {
            return Err(Fault::Broken);
        }
        // Without loss everything is decoded to four channels and copied; with loss colours come at half the size.
        let each = if self.lossless { 8 } else { 6 };
        bounded(width, height, u64::from(width) * u64::from(height) * each)?;
        bounded_frames(width, height, self.frames.max(1))?;
        let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
        if let Some(header) = self.header {
            let said = header[0] & !(PROFILE | EXIF | XMP);
            let profile = if self.profile.is_some() { PROFILE } else { 0 };
            let turned = if self.orientation == 1 { 0 } else { EXIF };
            write(&mut out, b"VP8X", &[&[said | profile | turned], &header[1..]]);
            if let Some(profile) = self.profile {
                write(&mut out, b"ICCP", &[profile]);
            }
        }
        out.extend_from_slice(&self.drawn);
        if self.header.is_some() && self.orientation != 1 {
            write(&mut out, b"EXIF", &[&exif::only(self.orientation)]);
        }
        let size = u32::try_from(out.len() - 8).map_err(|_| Fault::Broken)?;
        out[4..8].copy_from_slice(&size.to_le_bytes());
        let orientation = if self.header.is_some() { self.orientation } else { 1 };
        let (width, height) = upright(width, height, orientation);
        let profile = self.profile.filter(|_| self.header.is_some()).map(<[u8]>::to_vec);
        Ok(Cleaned { bytes: out, width, height, orientation, profile, moves: self.frames > 1 })
    }
}

/// The size that a picture's codes say, lossy or lossless.
fn size(chunk: &Chunk<'_>) -> Result<(u32, u32), Fault> {
    let body = chunk.body;
    if chunk.name == b"VP8L" {
        let packed = body.strip_prefix(b"\x2f").and_then(|rest| le32(rest, 0)).ok_or(Fault::Broken)?;
        return Ok((1 + (packed & 0x3fff), 1 + (packed >> 14 & 0x3fff)));
    }
    let start = be32(body, 2).is_some_and(|start| start & 0xff_ffff == 0x9d_012a);
    let side = |at| le16(body, at).map(|side| u32::from(side & 0x3fff)).filter(|side| *side > 0 && start);
    side(6).zip(side(8)).ok_or(Fault::Broken)
}

fn le24(bytes: &[u8], at: usize) -> Result<u32, Fault> {
    let three = bytes.get(at..at + 3).ok_or(Fault::Broken)?;
    Ok(u32::from_le_bytes([three[0], three[1], three[2], 0]))
}
