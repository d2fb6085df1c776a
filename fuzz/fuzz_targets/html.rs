//! HTML of others: whatever comes in, the tree is sound, and written again it holds no script.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let picture = importers::PictureRef { id: content::MediaId(1), alt: String::new() };
    let (body, _) = importers::html(text, &|_| Some(picture.clone()));
    assert_eq!(body.check(), Ok(()));
    let written = content::document::html::of(&body, &|_| None).to_ascii_lowercase();
    assert!(!written.contains("<script") && !written.contains("href=\"javascript"));
});
