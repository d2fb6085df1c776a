//! Zip archives.
#![no_main]

use importers::archive::{Archive, Limits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { parts: 100, part: 1 << 20, whole: 4 << 20, ratio: 500 };
    if let Ok(mut archive) = Archive::open(std::io::Cursor::new(bytes), limits) {
        for at in 0..archive.parts().len() {
            let promised = archive.parts()[at].size;
            if let Ok(bytes) = archive.read(at) {
                assert_eq!(bytes.len() as u64, promised);
            }
        }
    }
});
