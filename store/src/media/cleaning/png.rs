//! PNG (W3C, third edition, with what moves): a row of chunks, each with its checksum.

use super::{Cleaned, Fault, be32, bounded, bounded_frames, exif, is_profile, upright};

const SIGNATURE: usize = 8;
/// Ancillary chunks that pixels look like; everything else is said about them.
const KEPT: [&[u8; 4]; 9] = [b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs", b"cICP", b"fcTL", b"fdAT"];

pub(super) fn clean(bytes: &[u8]) -> Result<Cleaned, Fault> {
    let mut walk = Walk { orientation: 1, out: bytes[..SIGNATURE].to_vec(), ..Walk::default() };
    let mut at = SIGNATURE;
    loop {
        let chunk = Chunk::at(bytes, at)?;
        at += chunk.whole.len();
        walk.chunk(&chunk)?;
        if chunk.name == b"IEND" {
            return walk.end();
        }
    }
}

struct Chunk<'a> {
    name: &'a [u8],
    body: &'a [u8],
    whole: &'a [u8],
    sound: bool,
}

impl<'a> Chunk<'a> {
    fn at(bytes: &'a [u8], at: usize) -> Result<Self, Fault> {
        let length = usize::try_from(be32(bytes, at).ok_or(Fault::Broken)?).map_err(|_| Fault::Broken)?;
        let end = at.checked_add(length).and_then(|end| end.checked_add(12)).ok_or(Fault::Broken)?;
        let whole = bytes.get(at..end).ok_or(Fault::Broken)?;
        let (name, body) = (&whole[4..8], &whole[8..8 + length]);
        let sound = be32(whole, 8 + length) == Some(crc32fast::hash(&whole[4..8 + length]));
        Ok(Self { name, body, whole, sound })
    }
}

#[derive(Default)]
struct Walk {
    out: Vec<u8>,
    header: Option<Header>,
    orientation: u8,
    profile: Option<Vec<u8>>,
    transparent: bool,
    has_pixels: bool,
    /// As many as it says it has, and as many as it has.
    frames: (u64, u64),
}

impl Walk {
    fn chunk(&mut self, chunk: &Chunk<'_>) -> Result<(), Fault> {
        if self.header.is_none() && chunk.name != b"IHDR" {
            return Err(Fault::Broken);
        }
        // A capital first letter says that the picture cannot be shown without the chunk.
        if !chunk.sound {
            return if chunk.name[0].is_ascii_uppercase() { Err(Fault::Broken) } else { Ok(()) };
        }
        match chunk.name {
            b"IHDR" if self.header.is_some() => return Err(Fault::Broken),
            b"IHDR" => self.header = Some(Header::of(chunk.body)?),
            b"PLTE" => {}
            b"IDAT" => self.has_pixels = true,
            b"acTL" => {
                self.frames.0 = u64::from(be32(chunk.body, 0).ok_or(Fault::Broken)?);
            }
            b"fcTL" => {
                self.frames.1 += 1;
                bounded_frames(1, 1, self.frames.1)?;
            }
            b"iCCP" => {
                self.profile = profile(chunk.body);
                if self.profile.is_none() {
                    return Ok(());
                }
            }
            b"tRNS" => self.transparent = true,
            b"eXIf" => {
                self.orientation = exif::orientation(chunk.body);
                if self.orientation != 1 {
                    write(&mut self.out, b"eXIf", &exif::only(self.orientation));
                }
                return Ok(());
            }
            // The end is written when everything is known to be there.
            b"IEND" => return Ok(()),
            name if KEPT.iter().any(|kept| *kept == name) => {}
            name if name[0].is_ascii_uppercase() => return Err(Fault::NotAPicture),
            _ => return Ok(()),
        }
        self.out.extend_from_slice(chunk.whole);
        Ok(())
    }

    fn end(mut self) -> Result<Cleaned, Fault> {
        let header = self.header.filter(|_| self.has_pixels).ok_or(Fault::Broken)?;
        let frames = self.frames.0.max(self.frames.1).max(1);
        bounded(header.width, header.height, header.memory(self.transparent))?;
        bounded_frames(header.width, header.height, frames)?;
        write(&mut self.out, b"IEND", &[]);
        let (width, height) = upright(header.width, header.height, self.orientation);
        let (orientation, profile) = (self.orientation, self.profile);
        Ok(Cleaned { bytes: self.out, width, height, orientation, profile, moves: frames > 1 })
    }
}

fn write(out: &mut Vec<u8>, name: &[u8; 4], body: &[u8]) {
    out.extend(u32::try_from(body.len()).unwrap_or(u32::MAX).to_be_bytes());
    let from = out.len();
    out.extend_from_slice(name);
    out.extend_from_slice(body);
    let sum = crc32fast::hash(&out[from..]);
    out.extend(sum.to_be_bytes());
}

/// The profile in its packing: a name, a zero, the method, and the deflated bytes.
fn profile(body: &[u8]) -> Option<Vec<u8>> {
    let name = body.iter().take(80).position(|byte| *byte == 0)?;
    let packed = body.get(name + 2..)?;
    let limit = super::LONGEST_PROFILE;
    let profile = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(packed, limit).ok()?;
    is_profile(&profile).then_some(profile)
}

struct Header {
    width: u32,
    height: u32,
    depth: u64,
    colours: u8,
}

impl Header {
    fn of(body: &[u8]) -> Result<Self, Fault> {
        let [.., depth, colours, 0, 0, 0 | 1] = body else { return Err(Fault::NotAPicture) };
        let known = matches!((colours, depth), (0, 1 | 2 | 4 | 8 | 16) | (3, 1 | 2 | 4 | 8) | (2 | 4 | 6, 8 | 16));
        if !known || body.len() != 13 {
            return Err(Fault::NotAPicture);
        }
        let side = |at| be32(body, at).filter(|side| (1..1 << 31).contains(side)).ok_or(Fault::Broken);
        Ok(Self { width: side(0)?, height: side(4)?, depth: (*depth).into(), colours: *colours })
    }

    /// What its pixels take when they are decoded, in bytes.
    fn memory(&self, transparent: bool) -> u64 {
        let channels = match self.colours {
            0 => 1,
            4 => 2,
            2 | 3 => 3,
            _ => 4,
        } + u64::from(transparent && self.colours != 4 && self.colours != 6);
        u64::from(self.width) * u64::from(self.height) * channels * self.depth.div_ceil(8)
    }
}
