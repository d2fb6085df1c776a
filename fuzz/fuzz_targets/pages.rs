//! Saved pages of an old site, learned from and read; between two pages stands a zero.
#![no_main]

use importers::{PictureRef, pages::Site};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let pages: Vec<&[u8]> = bytes.split(|byte| *byte == 0).collect();
    let mut site = Site::default();
    pages.iter().for_each(|page| site.learn(page));
    let picture = PictureRef { id: content::MediaId(1), alt: String::new() };
    for page in pages {
        let Ok(found) = site.read("a/b.html", page, &|_| Some(picture.clone())) else { continue };
        let Some(body) = &found.body else { continue };
        assert_eq!(body.value.check(), Ok(()));
        let written = content::document::html::of(&body.value, &|_| None).to_ascii_lowercase();
        assert!(!written.contains("<script") && !written.contains("href=\"javascript"));
    }
});
