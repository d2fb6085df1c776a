//! Word files as they come, so mostly the archive around them; `document` goes into the text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(word) = importers::docx(bytes) {
        let picture =
            |at: usize| Some(importers::PictureRef { id: content::MediaId(at as i64 + 1), alt: String::new() });
        if let Ok((_, body, _)) = word.into_body(&picture) {
            assert_eq!(body.check(), Ok(()));
        }
    }
});
