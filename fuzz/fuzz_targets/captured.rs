//! A page as plain text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok((draft, _)) = importers::captured(bytes, &[]) {
        assert_eq!(draft.body.check(), Ok(()));
    }
});
