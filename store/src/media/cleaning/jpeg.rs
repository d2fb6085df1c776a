//! JPEG (ITU-T T.81): a row of segments, then scans.

use super::{Cleaned, Fault, be16, bounded, exif, is_profile, upright};
use crate::media::LARGEST_WIDTH;

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;

/// The most scans of a picture. A progressive one has about ten; each more costs a walk over all of its pixels.
const MOST_SCANS: usize = 50;

pub(super) fn clean(bytes: &[u8]) -> Result<Cleaned, Fault> {
    let mut walk = Walk { orientation: 1, ..Walk::default() };
    let mut at = 2;
    while let Some(marker) = next_marker(bytes, &mut at)? {
        at = walk.segment(bytes, marker, at)?;
    }
    walk.end()
}

/// The marker at or behind this place; none at the picture's end. What stands between segments is passed over.
fn next_marker(bytes: &[u8], at: &mut usize) -> Result<Option<u8>, Fault> {
    loop {
        let ahead =
            bytes.get(*at..).and_then(|rest| rest.iter().position(|byte| *byte == 0xff)).ok_or(Fault::Broken)?;
        *at += ahead + 1;
        match *bytes.get(*at).ok_or(Fault::Broken)? {
            EOI => return Ok(None),
            SOI => return Err(Fault::Broken),
            // Filling, and markers that stand alone.
            0xff | 0x00 | 0x01 | 0xd0..=0xd7 => {}
            marker => {
                *at += 1;
                return Ok(Some(marker));
            }
        }
    }
}

#[derive(Default)]
struct Walk<'a> {
    jfif: Option<&'a [u8]>,
    orientation: u8,
    profile: Vec<(u8, &'a [u8])>,
    adobe: Option<&'a [u8]>,
    /// Tables, frame and scans as they stand.
    kept: Vec<&'a [u8]>,
    frame: Option<Frame>,
    scans: usize,
}

impl<'a> Walk<'a> {
    /// Looks at the segment whose length stands at `at`; answers where it ends.
    fn segment(&mut self, bytes: &'a [u8], marker: u8, at: usize) -> Result<usize, Fault> {
        let length = usize::from(be16(bytes, at).ok_or(Fault::Broken)?);
        let end = at + length;
        let body = bytes.get(at + 2..end).ok_or(Fault::Broken)?;
        let whole = &bytes[at - 2..end];
        match marker {
            0xe0 if body.starts_with(b"JFIF\0") => self.jfif = body.get(5..12),
            0xe1 => {
                if let Some(tiff) = body.strip_prefix(b"Exif\0\0") {
                    self.orientation = exif::orientation(tiff);
                }
            }
            0xe2 => {
                if let Some([number, _, part @ ..]) = body.strip_prefix(b"ICC_PROFILE\0") {
                    self.profile.push((*number, part));
                }
            }
            // It says how colours were turned into what is stored.
            0xee if body.starts_with(b"Adobe") => self.adobe = body.get(..12),
            // Tables of quantisation and of codes, and after how much a restart comes.
            0xdb | 0xc4 | 0xdd => self.kept.push(whole),
            0xc0..=0xc2 => {
                if self.frame.replace(Frame::of(body, marker == 0xc2)?).is_some() {
                    return Err(Fault::Broken);
                }
                self.kept.push(whole);
            }
            SOS => {
                self.scans += 1;
                if self.scans > MOST_SCANS || self.frame.is_none() {
                    return Err(Fault::Broken);
                }
                let end = end_of_scan(bytes, end)?;
                self.kept.push(&bytes[at - 2..end]);
                return Ok(end);
            }
            // Applications' own, comments.
            0xe0..=0xfe => {}
            // Arithmetic codes, layers, lossless: no browser shows them.
            _ => return Err(Fault::NotAPicture),
        }
        Ok(end)
    }

    fn end(mut self) -> Result<Cleaned, Fault> {
        let frame = self.frame.filter(|_| self.scans > 0).ok_or(Fault::Broken)?;
        let (width, height) = upright(frame.width, frame.height, self.orientation);
        bounded(width, height, frame.memory(width))?;
        self.profile.sort_by_key(|(number, _)| *number);
        let profile: Vec<u8> = self.profile.iter().flat_map(|(_, part)| *part).copied().collect();
        let profile = (is_profile(&profile) && frame.components < 4).then_some(profile);
        let mut out = vec![0xff, SOI];
        if let Some(jfif) = self.jfif {
            // Version and density, without the thumbnail.
            segment(&mut out, 0xe0, &[b"JFIF\0", jfif, &[0, 0]]);
        }
        if self.orientation != 1 {
            segment(&mut out, 0xe1, &[b"Exif\0\0", &exif::only(self.orientation)]);
        }
        if let Some(profile) = &profile {
            segment(&mut out, 0xe2, &[b"ICC_PROFILE\0\x01\x01", profile]);
        }
        if let Some(adobe) = self.adobe {
            segment(&mut out, 0xee, &[adobe]);
        }
        self.kept.iter().for_each(|kept| out.extend_from_slice(kept));
        out.extend([0xff, EOI]);
        Ok(Cleaned { bytes: out, width, height, orientation: self.orientation, profile, moves: false })
    }
}

fn segment(out: &mut Vec<u8>, marker: u8, parts: &[&[u8]]) {
    let length: usize = 2 + parts.iter().map(|part| part.len()).sum::<usize>();
    out.extend([0xff, marker]);
    out.extend(u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes());
    parts.iter().for_each(|part| out.extend_from_slice(part));
}

/// Where the codes of a scan end: at the first marker that is neither a code of 255 nor a restart.
fn end_of_scan(bytes: &[u8], mut at: usize) -> Result<usize, Fault> {
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        at += rest.iter().position(|byte| *byte == 0xff).ok_or(Fault::Broken)?;
        match bytes.get(at + 1).ok_or(Fault::Broken)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Ok(at),
        }
    }
}

/// What the frame's header says.
struct Frame {
    width: u32,
    height: u32,
    components: u64,
    /// Samples of all components together.
    samples: u64,
    progressive: bool,
}

impl Frame {
    fn of(body: &[u8], progressive: bool) -> Result<Self, Fault> {
        let [8, h1, h0, w1, w0, count, components @ ..] = body else { return Err(Fault::NotAPicture) };
        let (height, width) = (u16::from_be_bytes([*h1, *h0]), u16::from_be_bytes([*w1, *w0]));
        let count = usize::from(*count);
        if !matches!(count, 1 | 3 | 4) || components.len() != 3 * count || width == 0 || height == 0 {
            return Err(Fault::NotAPicture);
        }
        let factors: Vec<(u64, u64)> =
            components.chunks_exact(3).map(|one| (u64::from(one[1] >> 4), u64::from(one[1] & 15))).collect();
        if factors.iter().any(|(h, v)| !(1..=4).contains(h) || !(1..=4).contains(v)) {
            return Err(Fault::Broken);
        }
        let most = factors.iter().fold((1, 1), |most, one| (most.0.max(one.0), most.1.max(one.1)));
        let pixels = u64::from(width) * u64::from(height);
        let samples = factors.iter().map(|(h, v)| pixels * h * v / (most.0 * most.1)).sum();
        let components = factors.len() as u64;
        Ok(Self { width: width.into(), height: height.into(), components, samples, progressive })
    }

    /// What decoding takes, in bytes: a progressive picture's coefficients are held until its last scan; samples and
    /// pixels are made as small as the largest width allows.
    fn memory(&self, upright_width: u32) -> u64 {
        let smaller = u64::from(super::super::renditions::shrunk(upright_width, LARGEST_WIDTH));
        let pixels = u64::from(self.width) * u64::from(self.height) * self.components;
        let coefficients = if self.progressive { 2 * self.samples } else { 0 };
        coefficients + (self.samples + pixels) / (smaller * smaller)
    }
}
