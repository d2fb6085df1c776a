//! JSON Lines.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for (_, line) in importers::Lines::new(bytes) {
        if let Ok(Ok((draft, _))) = line.map(|line| importers::line(&line, &|_| None)) {
            assert_eq!(draft.body.check(), Ok(()));
        }
    }
});
