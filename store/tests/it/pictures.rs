//! Pictures that the tests make themselves, and the places where media are kept.

use image::{DynamicImage, ImageFormat};
use store::media::{MediaStore, S3, local};

/// A PNG of these sides with a colour that differs from point to point.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let point = |x: u32, y: u32| image::Rgb([(x * 7) as u8, (y * 5) as u8, (x ^ y) as u8]);
    encoded(&DynamicImage::ImageRgb8(image::RgbImage::from_fn(width, height, point)), ImageFormat::Png)
}

pub fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// A grey JPEG of so many squares of eight pixels, each of one shade, as a camera held so (1 to 8) writes it, with the
/// place where it was taken.
pub fn photograph(across: u16, down: u16, orientation: u8, shade: impl Fn(u16, u16) -> u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    tiff.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0, 0, 0, 0]);
    tiff.extend(b"GPS 24.35N 102.54E");
    let mut out = vec![0xff, 0xd8];
    let mut segment = |marker: u8, body: &[u8]| {
        out.extend([0xff, marker]);
        out.extend((body.len() as u16 + 2).to_be_bytes());
        out.extend(body);
    };
    segment(0xe1, &[b"Exif\0\0", &tiff[..]].concat());
    segment(0xfe, b"<script>alert(1)</script>");
    // Eight steps a shade, so that the mean of a square is stored as it is.
    segment(0xdb, &[&[0][..], &[8; 64]].concat());
    let (width, height) = (across * 8, down * 8);
    segment(0xc0, &[&[8][..], &height.to_be_bytes(), &width.to_be_bytes(), &[1, 1, 0x11, 0]].concat());
    // Differences of twelve sizes have codes of four bits; that nothing else follows has the code 0.
    let counts = |length: usize, count: u8| (1..=16).map(move |n| if n == length { count } else { 0 });
    segment(0xc4, &std::iter::once(0).chain(counts(4, 12)).chain(0..12).collect::<Vec<u8>>());
    segment(0xc4, &std::iter::once(0x10).chain(counts(1, 1)).chain([0]).collect::<Vec<u8>>());
    segment(0xda, &[1, 1, 0, 0, 63, 0]);
    let (mut bits, mut before) = (String::new(), 0_i32);
    for (y, x) in (0..down).flat_map(|y| (0..across).map(move |x| (y, x))) {
        let mean = i32::from(shade(x, y)) - 128;
        let (step, size) = (mean - before, 32 - (mean - before).unsigned_abs().leading_zeros());
        let value = if step < 0 { step + (1 << size) - 1 } else { step };
        bits.push_str(&format!("{size:04b}"));
        if size > 0 {
            bits.push_str(&format!("{value:0width$b}", width = size as usize));
        }
        bits.push('0');
        before = mean;
    }
    while bits.len() % 8 != 0 {
        bits.push('1');
    }
    for byte in (0..bits.len()).step_by(8).map(|at| u8::from_str_radix(&bits[at..at + 8], 2).unwrap()) {
        out.push(byte);
        if byte == 0xff {
            out.push(0);
        }
    }
    out.extend([0xff, 0xd9]);
    out
}

/// A media store, gone when the test ends.
pub struct TestPlace {
    pub files: MediaStore,
    pub kind: &'static str,
    _folder: tempfile::TempDir,
}

impl TestPlace {
    /// The names of everything in it.
    pub async fn names(&self) -> Vec<String> {
        use futures::TryStreamExt;
        let names = self.files.list(None).map_ok(|object| object.location.to_string());
        let mut names: Vec<String> = names.try_collect().await.unwrap();
        names.sort();
        names
    }

    pub async fn read(&self, name: &str) -> Vec<u8> {
        use store::media::ObjectStoreExt;
        self.files.get(&name.into()).await.unwrap().bytes().await.unwrap().to_vec()
    }
}

/// A folder always, and a bucket where `FUXIAN_TEST_S3` names one: `http://host:port/bucket`.
pub fn places() -> Vec<TestPlace> {
    let folder = tempfile::tempdir().unwrap();
    let files = local(folder.path()).unwrap();
    let mut all = vec![TestPlace { files, kind: "folder", _folder: folder }];
    match std::env::var("FUXIAN_TEST_S3") {
        Ok(address) => {
            use std::sync::atomic::{AtomicU32, Ordering};
            static NEXT: AtomicU32 = AtomicU32::new(0);
            let (endpoint, bucket) = address.rsplit_once('/').unwrap();
            let prefix = format!("t{}/{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
            let (endpoint, bucket) = (Some(endpoint.to_owned()), bucket.to_owned());
            let [region, access_key, secret_key] = ["us-east-1", "test", "test"].map(str::to_owned);
            let files = S3 { bucket, prefix, endpoint, region, access_key, secret_key }.open().unwrap();
            all.push(TestPlace { files, kind: "S3", _folder: tempfile::tempdir().unwrap() });
        }
        Err(_) => eprintln!("skipped on S3: FUXIAN_TEST_S3 names no server"),
    }
    all
}
