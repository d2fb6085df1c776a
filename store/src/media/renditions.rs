//! The widths of a picture: decoded once, turned upright, made smaller, written as WebP. The same picture gives the same
//! bytes, so a width that is made twice is one object.

use super::{LARGEST_DECODED, cleaning::Cleaned};
use content::media::PictureKind;
use fast_image_resize::{FilterType, MulDiv, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, ImageReader, Limits, metadata::Orientation};
use std::io::Cursor;

/// The widths that are made, in pixels: telephones, telephones with fine screens, the measure of a text with those.
const WIDTHS: [u32; 4] = [480, 960, 1440, LARGEST_WIDTH];
/// The largest width that is made.
pub const LARGEST_WIDTH: u32 = 1920;
/// The largest side that WebP can have.
const LARGEST_SIDE: u32 = 16_383;
/// The quality of what is written, of 100. Above it, files grow faster than anybody sees.
const QUALITY: f32 = 80.0;
/// How much is tried to make files small, of 6.
const EFFORT: i32 = 4;

/// The picture's data cannot be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unreadable;

/// The widths to be made of a picture, ascending: those of the list that are smaller than it, and its own where that is
/// no larger than the largest. What moves has none.
pub(super) fn widths_of(picture: &Cleaned) -> Vec<u32> {
    if picture.moves {
        return Vec::new();
    }
    let mut widths: Vec<u32> = WIDTHS.into_iter().filter(|width| *width < picture.width).collect();
    if picture.width <= LARGEST_WIDTH {
        widths.push(picture.width);
    }
    widths.retain(|width| height_at(picture, *width) <= LARGEST_SIDE);
    widths
}

fn height_at(picture: &Cleaned, width: u32) -> u32 {
    let height = (u64::from(picture.height) * u64::from(width)).div_ceil(u64::from(picture.width));
    u32::try_from(height).unwrap_or(u32::MAX).max(1)
}

/// How many times smaller a JPEG of this width can be decoded and still have the wanted width: 1, 2, 4 or 8.
pub(super) fn shrunk(width: u32, wanted: u32) -> u32 {
    [8, 4, 2].into_iter().find(|smaller| width / smaller >= wanted).unwrap_or(1)
}

/// Makes the widths of a picture. It takes its time: not for the threads that answer requests.
///
/// # Errors
/// Data that cannot be decoded.
pub(super) fn make(picture: &Cleaned) -> Result<Vec<(u32, Vec<u8>)>, Unreadable> {
    let widths = widths_of(picture);
    let Some(largest) = widths.last() else { return Ok(Vec::new()) };
    // First to the largest width, as it lies: the rest is made of that, and turning a small picture costs little.
    let base = turned_to(decoded(picture)?, picture, *largest)?;
    let mut made = Vec::with_capacity(widths.len());
    for width in widths {
        let bytes = if width == base.width() {
            encoded(&base, picture)?
        } else {
            encoded(&resized(&base, width, height_at(picture, width))?, picture)?
        };
        made.push((width, bytes));
    }
    Ok(made)
}

/// Upright and of this width, in eight bits of red, green, blue and, where there is any, transparency.
fn turned_to(mut decoded: DynamicImage, picture: &Cleaned, width: u32) -> Result<DynamicImage, Unreadable> {
    let height = height_at(picture, width);
    let (across, down) = if picture.orientation >= 5 { (height, width) } else { (width, height) };
    // In place: a copy of a large picture with transparency would be as large again.
    let alpha = decoded.color().has_alpha();
    if alpha {
        MulDiv::new().multiply_alpha_inplace(&mut decoded).map_err(|_| Unreadable)?;
    }
    let mut base = scaled(&decoded, across, down)?;
    drop(decoded);
    if alpha {
        MulDiv::new().divide_alpha_inplace(&mut base).map_err(|_| Unreadable)?;
    }
    let mut base =
        if alpha { DynamicImage::ImageRgba8(base.into_rgba8()) } else { DynamicImage::ImageRgb8(base.into_rgb8()) };
    if let Some(orientation) = Orientation::from_exif(picture.orientation) {
        base.apply_orientation(orientation);
    }
    Ok(base)
}

fn resized(base: &DynamicImage, width: u32, height: u32) -> Result<DynamicImage, Unreadable> {
    let mut smaller = DynamicImage::new(width, height, base.color());
    Resizer::new().resize(base, &mut smaller, &options().use_alpha(true)).map_err(|_| Unreadable)?;
    Ok(smaller)
}

fn scaled(from: &DynamicImage, width: u32, height: u32) -> Result<DynamicImage, Unreadable> {
    let mut smaller = DynamicImage::new(width, height, from.color());
    Resizer::new().resize(from, &mut smaller, &options().use_alpha(false)).map_err(|_| Unreadable)?;
    Ok(smaller)
}

fn options() -> ResizeOptions {
    ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
}

fn encoded(image: &DynamicImage, picture: &Cleaned) -> Result<Vec<u8>, Unreadable> {
    let (width, height) = (image.width(), image.height());
    let encoder = match image {
        DynamicImage::ImageRgb8(pixels) => webp::Encoder::from_rgb(pixels.as_raw(), width, height),
        DynamicImage::ImageRgba8(pixels) => webp::Encoder::from_rgba(pixels.as_raw(), width, height),
        _ => return Err(Unreadable),
    };
    let mut config = webp::WebPConfig::new().map_err(|()| Unreadable)?;
    config.quality = QUALITY;
    config.method = EFFORT;
    let bytes = encoder.encode_advanced(&config).map_err(|_| Unreadable)?;
    // Colours stay what the camera or the screen meant by them.
    match picture.profile.as_ref().filter(|profile| profile.get(16..20) == Some(b"RGB ")) {
        Some(profile) => super::cleaning::with_profile(&bytes, profile).ok_or(Unreadable),
        None => Ok(bytes.to_vec()),
    }
}

fn decoded(picture: &Cleaned) -> Result<DynamicImage, Unreadable> {
    let format = match PictureKind::of(&picture.bytes) {
        Some(PictureKind::Jpeg) => return decoded_jpeg(picture),
        Some(PictureKind::Png) => image::ImageFormat::Png,
        Some(PictureKind::Gif) => image::ImageFormat::Gif,
        Some(PictureKind::Webp) => image::ImageFormat::WebP,
        Some(PictureKind::Avif) | None => return Err(Unreadable),
    };
    let mut reader = ImageReader::with_format(Cursor::new(&picture.bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(LARGEST_DECODED);
    reader.limits(limits);
    reader.decode().map_err(|_| Unreadable)
}

/// A JPEG, smaller already where it is much larger than the largest width.
fn decoded_jpeg(picture: &Cleaned) -> Result<DynamicImage, Unreadable> {
    let mut decoder = jpeg_decoder::Decoder::new(Cursor::new(&picture.bytes));
    decoder.set_max_decoding_buffer_size(usize::try_from(LARGEST_DECODED).unwrap_or(usize::MAX));
    decoder.read_info().map_err(|_| Unreadable)?;
    let info = decoder.info().ok_or(Unreadable)?;
    let smaller = u16::try_from(shrunk(picture.width, LARGEST_WIDTH)).map_err(|_| Unreadable)?;
    let (width, height) = (info.width / smaller, info.height / smaller);
    let (width, height) = decoder.scale(width.max(1), height.max(1)).map_err(|_| Unreadable)?;
    let pixels = decoder.decode().map_err(|_| Unreadable)?;
    let (width, height) = (u32::from(width), u32::from(height));
    match info.pixel_format {
        jpeg_decoder::PixelFormat::L8 => {
            image::GrayImage::from_raw(width, height, pixels).map(DynamicImage::ImageLuma8)
        }
        jpeg_decoder::PixelFormat::RGB24 => {
            image::RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8)
        }
        jpeg_decoder::PixelFormat::CMYK32 => {
            image::RgbImage::from_raw(width, height, from_ink(&pixels)).map(DynamicImage::ImageRgb8)
        }
        jpeg_decoder::PixelFormat::L16 => None,
    }
    .ok_or(Unreadable)
}

/// Colours of ink as light, as browsers show a picture that says no more of its ink.
fn from_ink(cmyk: &[u8]) -> Vec<u8> {
    let light = |ink: u8, black: u8| {
        let light = u16::from(255 - ink) * u16::from(255 - black) / 255;
        u8::try_from(light).unwrap_or(u8::MAX)
    };
    cmyk.chunks_exact(4).flat_map(|ink| [light(ink[0], ink[3]), light(ink[1], ink[3]), light(ink[2], ink[3])]).collect()
}
