//! Markdown.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(arrival) = importers::markdown(bytes, &|_| None) {
        assert_eq!(arrival.draft.body.check(), Ok(()));
    }
});
