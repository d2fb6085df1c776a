//! Exports of WordPress.
#![no_main]

use importers::wordpress::{Export, Item, Library};
use libfuzzer_sys::fuzz_target;
use std::collections::HashMap;

fuzz_target!(|bytes: &[u8]| {
    // Small buffers, so that what is looked for lies across their edges.
    let Ok(export) = Export::open(std::io::BufReader::with_capacity(13, bytes)) else { return };
    let head = export.head().clone();
    let attachments = HashMap::new();
    let library = Library { pictures: &|_| None, attachments: &attachments };
    for (_, item) in export {
        if let Ok(Item::Post(post) | Item::Page(post)) = item {
            let _ = post.pictures(&attachments);
            if let Ok(arrival) = post.arrival(&head, &library) {
                assert_eq!(arrival.draft.body.check(), Ok(()));
            }
        }
    }
});
