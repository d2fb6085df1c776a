//! RSS and Atom.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(feed) = importers::feed(bytes, &|_| None) {
        for arrival in feed.entries.into_iter().flatten() {
            assert_eq!(arrival.draft.body.check(), Ok(()));
        }
    }
});
