//! Uploads in parts: what is cut off goes on, what is refused leaves nothing, nobody has another's.

use crate::{
    harness::stores,
    media::{account, refusal},
    pictures::{TestPlace, places, png},
};
use bytes::Bytes;
use content::{Actor, Refusal, Role, Timestamp};
use store::{
    Store,
    media::{LARGEST_FILE, LARGEST_PICTURE, MOST_UPLOADS, Upload},
    unix_now,
};

async fn send(
    store: &Store,
    place: &TestPlace,
    actor: &Actor,
    id: &str,
    start: usize,
    bytes: &[u8],
) -> store::Result<u64> {
    let upload = store.find_upload(actor, id).await?;
    // As it comes from the network: in pieces.
    let pieces = bytes.chunks(1000).map(Bytes::copy_from_slice).collect();
    store.add_part(&place.files, actor, &upload, start as u64, pieces).await
}

async fn begin(store: &Store, actor: &Actor, name: &str, length: usize) -> Upload {
    store.begin_upload(actor, name, length as u64).await.unwrap()
}

#[tokio::test]
async fn a_file_comes_in_parts_and_goes_on_where_it_was_cut() {
    let bytes = png(200, 90);
    let (first, second) = (bytes.len() / 3, bytes.len() / 2);
    for test in stores().await {
        let writer = account(&test.store, "writer", Role::Reporter).await;
        for place in places() {
            let store = &test.store;
            let upload = begin(store, &writer, "湖.png", bytes.len()).await;
            assert_eq!(send(store, &place, &writer, &upload.id, 0, &bytes[..first]).await.unwrap(), first as u64);
            // The same again, something before, something behind: one upload has one end.
            for wrong in [0, first - 1, first + 1] {
                let part = &bytes[wrong..wrong + 10];
                assert_eq!(refusal(send(store, &place, &writer, &upload.id, wrong, part).await), Refusal::Stale);
            }
            let more = [&bytes[first..], &[0]].concat();
            assert!(matches!(
                refusal(send(store, &place, &writer, &upload.id, first, &more).await),
                Refusal::TooLong { .. }
            ));
            assert_eq!(store.find_upload(&writer, &upload.id).await.unwrap().received, first as u64);
            assert_eq!(refusal(store.finish_upload(&place.files, &writer, &upload.id).await), Refusal::Stale);
            assert_eq!(place.names().await.len(), 1, "nothing is counted that did not stay: {}", place.kind);
            send(store, &place, &writer, &upload.id, first, &bytes[first..second]).await.unwrap();
            send(store, &place, &writer, &upload.id, second, &bytes[second..]).await.unwrap();
            let file = store.finish_upload(&place.files, &writer, &upload.id).await.unwrap();
            assert_eq!((file.name.as_str(), file.width, file.bytes), ("湖.png", 200, bytes.len() as u64));
            assert_eq!(place.names().await, std::slice::from_ref(&file.key), "{} {}", test.engine, place.kind);
            assert_eq!(place.read(&file.key).await, bytes);
            // Whoever did not hear the answer hears it again.
            assert_eq!(store.finish_upload(&place.files, &writer, &upload.id).await.unwrap(), file);
            assert_eq!(store.find_upload(&writer, &upload.id).await.unwrap().file, Some(file));
        }
    }
}

#[tokio::test]
async fn a_large_file_is_put_together_without_being_held_and_known_by_its_ends() {
    let mut bytes = b"PK\x03\x04\x14\0".to_vec();
    bytes.resize(LARGEST_PICTURE + 300_000, 7);
    bytes.extend(b"PK\x01\x02 OFD.xml");
    for test in stores().await.into_iter().take(1) {
        let writer = account(&test.store, "writer", Role::Reporter).await;
        for place in places() {
            let upload = begin(&test.store, &writer, "公报.zip", bytes.len()).await;
            let mut at = 0;
            for part in bytes.chunks(8 * 1024 * 1024) {
                send(&test.store, &place, &writer, &upload.id, at, part).await.unwrap();
                at += part.len();
            }
            let file = test.store.finish_upload(&place.files, &writer, &upload.id).await.unwrap();
            assert!(file.key.ends_with(".ofd") && file.name == "公报.zip.ofd", "{file:?}");
            assert!(place.read(&file.key).await == bytes, "{}", place.kind);
            assert_eq!(place.names().await, [file.key]);
        }
    }
}

#[tokio::test]
async fn what_is_no_file_is_refused_when_it_begins_to_come_or_when_it_is_whole_and_is_gone_then() {
    for test in stores().await {
        let writer = account(&test.store, "writer", Role::Reporter).await;
        for place in places() {
            let store = &test.store;
            let html = b"<html><script>".repeat(10_000);
            let upload = begin(store, &writer, "a.pdf", 50_000_000).await;
            let refused = refusal(send(store, &place, &writer, &upload.id, 0, &html).await);
            assert_eq!(refused, Refusal::NotAFile { name: "a.pdf".to_owned() });
            assert_eq!(refusal(store.find_upload(&writer, &upload.id).await), Refusal::NotFound);
            // So little at a time that nothing is seen before the end.
            let cut = &png(30, 30)[..80];
            let upload = begin(store, &writer, "a.png", cut.len()).await;
            for (at, byte) in cut.iter().enumerate() {
                send(store, &place, &writer, &upload.id, at, &[*byte]).await.unwrap();
            }
            let refused = refusal(store.finish_upload(&place.files, &writer, &upload.id).await);
            assert_eq!(refused, Refusal::BrokenPicture { name: "a.png".to_owned() });
            assert_eq!(refusal(store.find_upload(&writer, &upload.id).await), Refusal::NotFound);
            let upload = begin(store, &writer, "a.png", LARGEST_PICTURE + 1).await;
            let head = [&png(30, 30)[..], &[0; 70_000]].concat();
            let refused = refusal(send(store, &place, &writer, &upload.id, 0, &head).await);
            assert_eq!(refused, Refusal::TooLong { field: "picture".to_owned(), limit: LARGEST_PICTURE as u64 });
            assert_eq!(place.names().await, [""; 0], "{} {}", test.engine, place.kind);
        }
    }
}

#[tokio::test]
async fn uploads_are_their_owners_few_and_forgotten_after_a_day() {
    for test in stores().await {
        let (one, two) =
            (account(&test.store, "one", Role::Reporter).await, account(&test.store, "two", Role::Reporter).await);
        let reviewer = account(&test.store, "reviewer", Role::Reviewer).await;
        for place in places().into_iter().take(1) {
            let store = &test.store;
            let upload = begin(store, &one, "a.png", 100).await;
            send(store, &place, &one, &upload.id, 0, &[0x89; 50]).await.unwrap();
            assert_eq!(refusal(store.find_upload(&two, &upload.id).await), Refusal::NotFound);
            assert_eq!(refusal(store.cancel_upload(&place.files, &two, &upload.id).await), Refusal::NotFound);
            assert!(matches!(refusal(store.begin_upload(&reviewer, "a", 1).await), Refusal::NotAllowed { .. }));
            assert!(matches!(refusal(store.begin_upload(&Actor::Anonymous, "a", 1).await), Refusal::NotAllowed { .. }));
            assert!(matches!(refusal(store.begin_upload(&one, "a", 0).await), Refusal::NotAFile { .. }));
            let too_large = refusal(store.begin_upload(&one, "a", LARGEST_FILE + 1).await);
            assert_eq!(too_large, Refusal::TooLong { field: "file".to_owned(), limit: LARGEST_FILE });
            let small = store.clone().with_largest_file(1000);
            let limit = LARGEST_PICTURE as u64;
            assert_eq!(
                refusal(small.begin_upload(&one, "a", limit + 1).await),
                Refusal::TooLong { field: "file".to_owned(), limit }
            );
            for _ in 1..MOST_UPLOADS {
                begin(store, &one, "b.png", 10).await;
            }
            let refused = refusal(store.begin_upload(&one, "c.png", 10).await);
            assert_eq!(refused, Refusal::TooManyUploads { limit: MOST_UPLOADS });
            begin(store, &two, "c.png", 10).await;
            store.cancel_upload(&place.files, &one, &upload.id).await.unwrap();
            assert_eq!(place.names().await, [""; 0]);
            let upload = begin(store, &one, "d.png", 100).await;
            send(store, &place, &one, &upload.id, 0, &[0x89; 50]).await.unwrap();
            assert_eq!(store.sweep_uploads(&place.files, unix_now()).await.unwrap(), 0);
            let tomorrow = Timestamp(unix_now().0 + 25 * 3_600_000);
            assert_eq!(store.sweep_uploads(&place.files, tomorrow).await.unwrap(), MOST_UPLOADS + 1, "{}", test.engine);
            assert_eq!(place.names().await, [""; 0]);
        }
    }
}
