//! Pictures and files: how they come in, their widths, the library.

use crate::{
    harness::{article, section, stores},
    pictures::{encoded, photograph, places, png},
};
use content::{
    Actor, ArticleId, Document, MediaId, Refusal, Role,
    account::Grant,
    article::State,
    desk::AccountFields,
    document::{Block, FigureAttrs},
    media::{Focus, Making, MediaFields, MediaFilter, MediaKind, UseRole},
};
use image::{DynamicImage, ImageFormat};
use store::{
    Error, Store,
    articles::Outcome,
    media::{LARGEST_PICTURE, MediaStore},
    unix_now,
};

pub async fn account(store: &Store, name: &str, role: Role) -> Actor {
    let grants = vec![Grant { role, section: None }];
    let fields = AccountFields { name: name.to_owned(), display_name: name.to_owned(), grants: grants.clone() };
    let (id, _) = store.add_account(&Actor::Operator, &fields).await.unwrap();
    Actor::Account { id, grants }
}

async fn editor_of(store: &Store, slug: &str) -> Actor {
    let grants = vec![Grant { role: Role::SectionEditor, section: Some(section(store, slug).await) }];
    let fields = AccountFields { name: "editor".into(), display_name: "editor".into(), grants: grants.clone() };
    let (id, _) = store.add_account(&Actor::Operator, &fields).await.unwrap();
    Actor::Account { id, grants }
}

pub fn refusal<T: std::fmt::Debug>(result: store::Result<T>) -> Refusal {
    match result.unwrap_err() {
        Error::Refused(refusal) => refusal,
        other => panic!("{other}"),
    }
}

/// Does the jobs that wait.
pub async fn work(store: &Store, files: &MediaStore) {
    while let Some(job) = store.take_job("test", unix_now()).await.unwrap() {
        store.make_widths(files, job.payload().unwrap()).await.unwrap();
        store.end_job("test", &job, None).await.unwrap();
    }
}

async fn publish_with(store: &Store, slug: &str, n: i64, media: MediaId) -> ArticleId {
    let attrs = FigureAttrs { id: String::new(), media, alt: String::new() };
    let mut with_picture = article(section(store, slug).await, n);
    with_picture.body = Document::new(vec![Block::paragraph("文"), Block::Figure { attrs, content: vec![] }]);
    match store.import(&Actor::Operator, vec![with_picture], true).await.unwrap()[0] {
        Outcome::Added(id) => id,
        other => panic!("{other:?}"),
    }
}

async fn row(store: &Store, media: MediaId) -> content::media::MediaRow {
    store.media_detail(&Actor::Operator, media).await.unwrap().row
}

#[tokio::test]
async fn the_same_picture_twice_is_one() {
    for test in stores().await {
        for place in places() {
            let add = |name| test.store.add_picture(&place.files, &Actor::Operator, name, png(3, 2), "点");
            let first = add("一.png").await.unwrap();
            assert_eq!(add("二.gif").await.unwrap(), first, "{} {}", test.engine, place.kind);
            let picture = test.store.pictures(&[first]).await.unwrap().remove(&first).unwrap();
            assert_eq!((picture.width, picture.height, picture.alt.as_str()), (3, 2, "点"));
            assert!(picture.key.ends_with(".png"), "the kind is that of the bytes, not of the name");
            assert_eq!(place.read(&picture.key).await, png(3, 2));
            assert_eq!(test.store.files(&[first]).await.unwrap()[0].name, "二.gif.png", "under its last name");
            // With other words in it, it is still the same picture.
            let mut talking = png(3, 2);
            talking.extend(b"<script>");
            assert_eq!(test.store.add_picture(&place.files, &Actor::Operator, "c", talking, "").await.unwrap(), first);
        }
    }
}

#[tokio::test]
async fn what_is_no_sound_picture_or_file_is_refused_with_the_reason_and_leaves_nothing() {
    let whole = png(40, 40);
    let mut bomb = whole.clone();
    bomb[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    let header = [&b"IHDR"[..], &bomb[16..29]].concat();
    bomb[29..33].copy_from_slice(&crc32fast::hash(&header).to_be_bytes());
    let name = "名.png".to_owned();
    for test in stores().await {
        for place in places() {
            let add = |bytes: Vec<u8>| test.store.add_file(&place.files, &Actor::Operator, "名.png", bytes);
            for (bytes, reason) in [
                (b"<html><script>alert(1)</script>".to_vec(), Refusal::NotAFile { name: name.clone() }),
                (b"<svg xmlns='http://www.w3.org/2000/svg'>".to_vec(), Refusal::NotAFile { name: name.clone() }),
                (b"MZ\x90\0".to_vec(), Refusal::NotAFile { name: name.clone() }),
                (Vec::new(), Refusal::NotAFile { name: name.clone() }),
                (whole[..60].to_vec(), Refusal::BrokenPicture { name: name.clone() }),
                (bomb.clone(), Refusal::TooManyPixels { name: name.clone(), megapixels: 60 }),
                (b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(), Refusal::HighEfficiency { name: name.clone() }),
                (
                    [&whole[..8], &vec![0; LARGEST_PICTURE]].concat(),
                    Refusal::TooLong { field: "picture".to_owned(), limit: LARGEST_PICTURE as u64 },
                ),
            ] {
                assert_eq!(refusal(add(bytes).await), reason, "{}", test.engine);
            }
            let refused = test.store.add_picture(&place.files, &Actor::Operator, "a", b"%PDF-1.7".to_vec(), "").await;
            assert_eq!(refusal(refused), Refusal::NotAPicture { name: "a".to_owned() });
            let refused = test.store.add_picture(&place.files, &Actor::Anonymous, "a.png", png(2, 2), "").await;
            assert!(matches!(refusal(refused), Refusal::NotAllowed { .. }));
            assert_eq!(place.names().await, [""; 0]);
        }
    }
}

#[tokio::test]
async fn a_file_is_shown_under_a_name_that_is_safe_to_save_and_says_what_it_is() {
    for test in stores().await {
        for place in places() {
            for (n, (name, shown)) in [
                ("名字 带空格 和中文（测试）.png", "名字 带空格 和中文（测试）.png"),
                ("../../etc/页面.html", "页面.html.png"),
                ("a\0b\r\n.png", "ab.png"),
                ("..", "未命名.png"),
            ]
            .into_iter()
            .enumerate()
            {
                let bytes = png(10 + n as u32, 1);
                let file = test.store.add_file(&place.files, &Actor::Operator, name, bytes).await.unwrap();
                assert_eq!(file.name, shown);
            }
            let pdf_and_zip = b"%PDF-1.7 PK\x03\x04<script>".to_vec();
            let file = test.store.add_file(&place.files, &Actor::Operator, "表.zip", pdf_and_zip).await.unwrap();
            assert!(file.key.ends_with(".pdf") && file.name == "表.zip.pdf", "{file:?}");
        }
    }
}

#[tokio::test]
async fn a_photograph_comes_out_upright_without_its_place_in_widths_that_readers_are_told_of() {
    // Held upright: what lies on the left in the file is at the top, what lies at the bottom is on the left.
    let held = photograph(100, 50, 6, |x, _| if x < 50 { 40 } else { 220 });
    for place in places() {
        for test in stores().await {
            let store = &test.store;
            let media = store.add_picture(&place.files, &Actor::Operator, "拍.jpg", held.clone(), "湖").await.unwrap();
            let article = publish_with(store, "yaowen", 1, media).await;
            let before = store.files(&[media]).await.unwrap().remove(0);
            assert_eq!(
                (before.width, before.height, before.widths.len()),
                (400, 800, 0),
                "usable at once, and upright"
            );
            assert_eq!(row(store, media).await.making, Making::Waiting);
            store.add_picture(&place.files, &Actor::Operator, "又.jpg", held.clone(), "").await.unwrap();
            assert_eq!(store.files(&[media]).await.unwrap()[0].name, "拍.jpg", "readers know it under this name");
            let cursor = store.cursor().await.unwrap();
            work(store, &place.files).await;
            let after = store.files(&[media]).await.unwrap().remove(0);
            assert_eq!(
                (after.widths.as_slice(), &after.key),
                (&[400][..], &before.key),
                "{} {}",
                test.engine,
                place.kind
            );
            assert!(store.cursor().await.unwrap() > cursor, "pages that show it learn of it");
            let page = store.article_page(&Actor::Anonymous, article).await.unwrap().page;
            assert_eq!(page.picture.as_ref().unwrap().widths, [400]);
            let front = store.front(&Actor::Anonymous).await.unwrap();
            assert_eq!(front.headline.unwrap().picture.unwrap().widths, [400]);
            assert_eq!(row(store, media).await.making, Making::Done);
            for name in place.names().await {
                let bytes = place.read(&name).await;
                for gone in [&b"GPS"[..], b"script"] {
                    assert!(!bytes.windows(gone.len()).any(|window| window == gone), "{name}");
                }
            }
            let picture = page.picture.unwrap();
            let made = place.read(picture.at(400).trim_start_matches("/media/")).await;
            let made = image::load_from_memory_with_format(&made, ImageFormat::WebP).unwrap().into_luma8();
            assert_eq!((made.width(), made.height()), (400, 800));
            let (top, bottom) = (made.get_pixel(200, 100)[0], made.get_pixel(200, 700)[0]);
            assert!(top.abs_diff(40) < 12 && bottom.abs_diff(220) < 12, "{top} above {bottom}");
        }
    }
}

#[tokio::test]
async fn every_kind_of_picture_gets_its_widths_and_what_moves_none() {
    let point = |x: u32, y: u32| image::Rgba([(x / 4) as u8, (y / 4) as u8, 200, if x < 600 { 255 } else { 0 }]);
    let clear = DynamicImage::ImageRgba8(image::RgbaImage::from_fn(1200, 300, point));
    let grey = DynamicImage::ImageLuma16(image::ImageBuffer::from_fn(1000, 10, |x, _| image::Luma([(x * 60) as u16])));
    let small = |frames: usize| {
        let mut out = Vec::new();
        let mut gif = image::codecs::gif::GifEncoder::new(&mut out);
        let frame =
            |n: usize| image::Frame::new(image::RgbaImage::from_pixel(20, 20, image::Rgba([n as u8, 0, 0, 255])));
        gif.encode_frames((0..frames).map(frame)).unwrap();
        drop(gif);
        out
    };
    for test in stores().await {
        let place = places().remove(0);
        for (bytes, widths) in [
            (encoded(&clear, ImageFormat::Png), &[480, 960, 1200][..]),
            (encoded(&clear, ImageFormat::WebP), &[480, 960, 1200]),
            (encoded(&grey, ImageFormat::Png), &[480, 960, 1000]),
            (photograph(300, 40, 1, |x, y| (x + y) as u8), &[480, 960, 1440, 1920]),
            (png(1, 1), &[1]),
            (small(1), &[20]),
            (small(3), &[]),
            // Higher than WebP can be: only the smaller one is.
            (photograph(100, 2_500, 1, |_, y| y as u8), &[480]),
        ] {
            let media = test.store.add_picture(&place.files, &Actor::Operator, "a", bytes, "").await.unwrap();
            work(&test.store, &place.files).await;
            let file = test.store.files(&[media]).await.unwrap().remove(0);
            assert_eq!((file.widths.as_slice(), row(&test.store, media).await.making), (widths, Making::Done));
            let picture = file.picture().unwrap();
            for width in widths {
                let made = place.read(picture.at(*width).trim_start_matches("/media/")).await;
                let made = image::load_from_memory_with_format(&made, ImageFormat::WebP).unwrap();
                assert_eq!(made.width(), *width);
                if *width == 1200 {
                    assert_eq!(
                        (made.to_rgba8().get_pixel(1100, 50)[3], made.to_rgba8().get_pixel(100, 50)[3]),
                        (0, 255)
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn a_picture_whose_data_cannot_be_decoded_says_so_and_can_be_tried_again() {
    // Its chunks are sound, what is packed in them is not.
    let mut bytes = png(50, 50);
    let data = bytes.windows(4).position(|four| four == b"IDAT").unwrap();
    let length = u32::from_be_bytes(bytes[data - 4..data].try_into().unwrap()) as usize;
    bytes[data + 6..data + 4 + length].fill(0x55);
    let sum = crc32fast::hash(&bytes[data..data + 4 + length]).to_be_bytes();
    bytes[data + 4 + length..data + 8 + length].copy_from_slice(&sum);
    for test in stores().await {
        let place = places().remove(0);
        let store = &test.store;
        let reporter = account(store, "reporter", Role::Reporter).await;
        let media = store.add_picture(&place.files, &Actor::Operator, "a.png", bytes.clone(), "").await.unwrap();
        work(store, &place.files).await;
        assert_eq!(row(store, media).await.making, Making::Failed("unreadable".to_owned()));
        assert!(matches!(refusal(store.retry_media(&reporter, media).await), Refusal::NotAllowed { .. }));
        store.retry_media(&Actor::Operator, media).await.unwrap();
        assert_eq!(row(store, media).await.making, Making::Waiting);
        assert_eq!(store.begin_missing_widths().await.unwrap(), 0, "its job is there");
        work(store, &place.files).await;
        store.retry_media(&Actor::Operator, media).await.unwrap();
        let job = store.take_job("killed", unix_now()).await.unwrap().unwrap();
        store.end_job("killed", &job, None).await.unwrap();
        assert_eq!(store.begin_missing_widths().await.unwrap(), 1, "a picture that waits without a job gets one");
        assert_eq!(store.begin_missing_widths().await.unwrap(), 0);
    }
}

#[tokio::test]
async fn the_library_is_paged_and_filtered_and_counts_uses() {
    for test in stores().await {
        let place = places().remove(0);
        let store = &test.store;
        let mut all = Vec::new();
        for n in 0..130 {
            let name = format!("照片{n}.png");
            let alt = if n % 2 == 0 { "抚仙湖" } else { "" };
            all.push(store.add_picture(&place.files, &Actor::Operator, &name, png(n + 1, 1), alt).await.unwrap());
        }
        let zip = store.add_file(&place.files, &Actor::Operator, "包_1.zip", b"PK\x03\x04".to_vec()).await.unwrap();
        publish_with(store, "yaowen", 1, all[0]).await;
        publish_with(store, "jianghua", 2, all[0]).await;
        let page = |filter: MediaFilter, mark: Option<String>| async move {
            store.media_page(&Actor::Operator, &filter, mark.as_deref()).await.unwrap()
        };
        let (mut marks, mut seen) = (None, Vec::new());
        loop {
            let page = page(MediaFilter::default(), marks).await;
            seen.extend(page.rows.iter().map(|row| row.file.id));
            marks = page.next;
            if marks.is_none() {
                let all = MediaFilter::default();
                let back = store.media_page(&Actor::Operator, &all, page.previous.as_deref()).await.unwrap();
                assert_eq!((back.rows.len(), back.previous.is_some(), back.next.is_some()), (60, true, true));
                break;
            }
        }
        let mut newest_first: Vec<MediaId> = all.iter().copied().chain([zip.id]).collect();
        newest_first.reverse();
        assert_eq!(seen, newest_first, "{}", test.engine);
        for (filter, count) in [
            (MediaFilter { text: "照片12".to_owned(), ..MediaFilter::default() }, 11),
            (MediaFilter { text: "包_".to_owned(), ..MediaFilter::default() }, 1),
            (MediaFilter { text: "%".to_owned(), ..MediaFilter::default() }, 0),
            (MediaFilter { text: "ZIP".to_owned(), ..MediaFilter::default() }, 1),
            (MediaFilter { kind: Some(MediaKind::Archive), ..MediaFilter::default() }, 1),
            (MediaFilter { kind: Some(MediaKind::Film), ..MediaFilter::default() }, 0),
            (MediaFilter { bin: true, ..MediaFilter::default() }, 0),
        ] {
            assert_eq!(page(filter.clone(), None).await.rows.len(), count, "{filter:?}");
        }
        let unused =
            page(MediaFilter { unused: true, text: "照片0.".to_owned(), ..MediaFilter::default() }, None).await;
        assert_eq!(unused.rows.len(), 0);
        let without = MediaFilter { without_alt: true, text: "照片1".to_owned(), ..MediaFilter::default() };
        assert!(page(without, None).await.rows.iter().all(|row| row.file.alt.is_empty()));
        let detail = store.media_detail(&Actor::Operator, all[0]).await.unwrap();
        assert_eq!((detail.row.uses, detail.uses.len(), detail.may_change), (2, 2, true));
        assert!(detail.uses.iter().all(|one| one.public && one.role == UseRole::Text && one.state == State::Published));
        let nobody = store.media_page(&Actor::Anonymous, &MediaFilter::default(), None).await;
        assert!(matches!(refusal(nobody), Refusal::NotAllowed { .. }));
        let bad = store.media_page(&Actor::Operator, &MediaFilter::default(), Some("x")).await;
        assert_eq!(refusal(bad), Refusal::NotFound);
    }
}

#[tokio::test]
async fn what_is_said_of_a_file_is_changed_by_those_who_may_and_readers_pages_learn_of_it() {
    for test in stores().await {
        let place = places().remove(0);
        let store = &test.store;
        let (one, two) = (account(store, "one", Role::Reporter).await, account(store, "two", Role::Reporter).await);
        let media = store.add_file(&place.files, &one, "a.png", png(9, 9)).await.unwrap().id;
        publish_with(store, "yaowen", 1, media).await;
        let fields = |name: &str, alt: &str| {
            let focus = Focus { x: 20, y: 200 };
            MediaFields { name: name.to_owned(), alt: alt.to_owned(), focus }
        };
        let refused = store.change_media(&two, media, &fields("b", "湖")).await;
        assert!(matches!(refusal(refused), Refusal::NotAllowed { .. }), "it is not theirs");
        assert!(!store.media_detail(&two, media).await.unwrap().may_change);
        let cursor = store.cursor().await.unwrap();
        store.change_media(&one, media, &fields("../b", " 湖 ")).await.unwrap();
        assert!(store.cursor().await.unwrap() > cursor, "{}", test.engine);
        let file = row(store, media).await.file;
        assert_eq!((file.name.as_str(), file.alt.as_str(), file.focus), ("b.png", "湖", Focus { x: 20, y: 100 }));
        let front = store.front(&Actor::Anonymous).await.unwrap();
        assert_eq!(front.headline.unwrap().picture.unwrap().focus, Focus { x: 20, y: 100 });
        let cursor = store.cursor().await.unwrap();
        store.change_media(&one, media, &fields("b.png", "湖")).await.unwrap();
        assert_eq!(store.cursor().await.unwrap(), cursor, "nothing changed");
        let refused = store.change_media(&one, media, &fields(" ", "")).await;
        assert_eq!(refusal(refused), Refusal::Missing { field: "name".to_owned() });
        let refused = store.change_media(&one, media, &fields("a", &"长".repeat(301))).await;
        assert!(matches!(refusal(refused), Refusal::TooLong { .. }));
        assert_eq!(refusal(store.change_media(&one, MediaId(999), &fields("a", "")).await), Refusal::NotFound);
    }
}

#[tokio::test]
async fn what_an_article_uses_is_not_deleted_and_what_is_in_the_bin_goes_after_a_month() {
    const DAY: i64 = 24 * 3_600_000;
    for place in places() {
        for test in stores().await {
            let store = &test.store;
            let add = |n: u32| store.add_picture(&place.files, &Actor::Operator, "a.png", png(n, 7), "");
            let (used, free, again) = (add(1).await.unwrap(), add(2).await.unwrap(), add(3).await.unwrap());
            work(store, &place.files).await;
            publish_with(store, "yaowen", 1, used).await;
            assert_eq!(refusal(store.delete_media(&Actor::Operator, used).await), Refusal::InUse { uses: 1 });
            for media in [free, again] {
                store.delete_media(&Actor::Operator, media).await.unwrap();
            }
            let bin = MediaFilter { bin: true, ..MediaFilter::default() };
            let binned = store.media_page(&Actor::Operator, &bin, None).await.unwrap().rows;
            assert!(binned.len() == 2 && binned.iter().all(|row| row.deleted.is_some()));
            assert_eq!(add(3).await.unwrap(), again, "what is sent again is taken out of the bin");
            assert!(row(store, again).await.deleted.is_none());
            store.delete_media(&Actor::Operator, again).await.unwrap();
            store.restore_media(&Actor::Operator, again).await.unwrap();
            let later = |days: i64| content::Timestamp(unix_now().0 + days * DAY);
            assert_eq!(store.purge_media(later(29)).await.unwrap(), 0);
            assert_eq!(store.purge_media(later(31)).await.unwrap(), 1, "{} {}", test.engine, place.kind);
            assert_eq!(refusal(store.media_detail(&Actor::Operator, free).await), Refusal::NotFound);
            assert_eq!(place.names().await.len(), 6, "the bytes stay for pages that are open");
            assert_eq!(store.sweep_objects(&place.files, unix_now()).await.unwrap(), 0);
            assert_eq!(store.sweep_objects(&place.files, later(3)).await.unwrap(), 2);
            assert_eq!(place.names().await.len(), 4);
            for media in [used, again] {
                assert!(row(store, media).await.deleted.is_none());
            }
        }
    }
}

#[tokio::test]
async fn bytes_without_a_record_are_swept_up_and_what_is_not_ours_is_left_alone() {
    use store::media::ObjectStoreExt;
    for place in places() {
        for test in stores().await {
            let store = &test.store;
            let media = store.add_picture(&place.files, &Actor::Operator, "a.png", png(4, 4), "").await.unwrap();
            work(store, &place.files).await;
            let ours = |name: &String| !matches!(name.as_str(), "README.txt" | "c.jpg");
            let kept: Vec<String> = place.names().await.into_iter().filter(ours).collect();
            let orphan = format!("{}.jpg", "a".repeat(64));
            for name in
                [orphan.as_str(), &format!("{}-480.webp", "b".repeat(64)), "incoming/0123/0", "README.txt", "c.jpg"]
            {
                place.files.put(&name.into(), "x".into()).await.unwrap();
            }
            let tomorrow = content::Timestamp(unix_now().0 + 25 * 3_600_000);
            assert_eq!(store.sweep_objects(&place.files, unix_now()).await.unwrap(), 0, "it may be about to get one");
            assert_eq!(store.sweep_objects(&place.files, tomorrow).await.unwrap(), 3, "{} {}", test.engine, place.kind);
            let left = place.names().await;
            assert_eq!(left.iter().filter(|name| !ours(name)).count(), 2, "what is not ours");
            assert_eq!(left.into_iter().filter(ours).collect::<Vec<_>>(), kept);
            assert!(store.files(&[media]).await.unwrap().len() == 1);
        }
    }
}

#[tokio::test]
async fn a_picture_is_replaced_in_place_and_every_page_with_it_changes() {
    for test in stores().await {
        let place = places().remove(0);
        let store = &test.store;
        let add = |n: u32| store.add_picture(&place.files, &Actor::Operator, "旧.png", png(n, 5), "说明");
        let (old, new, other) = (add(500).await.unwrap(), add(600).await.unwrap(), add(700).await.unwrap());
        let article = publish_with(store, "yaowen", 1, old).await;
        publish_with(store, "yaowen", 2, other).await;
        let pdf = store.add_file(&place.files, &Actor::Operator, "a.pdf", b"%PDF-1.7".to_vec()).await.unwrap();
        assert_eq!(refusal(store.replace_media(&Actor::Operator, old, pdf.id).await), Refusal::OtherKind);
        assert_eq!(refusal(store.replace_media(&Actor::Operator, old, other).await), Refusal::InUse { uses: 1 });
        let editor = editor_of(store, "yaowen").await;
        let refused = refusal(store.replace_media(&editor, old, new).await);
        assert_eq!(refused, Refusal::NotAllowed { action: content::permission::Action::Publish }, "readers see it");
        let key = row(store, new).await.file.key;
        let cursor = store.cursor().await.unwrap();
        store.replace_media(&Actor::Operator, old, new).await.unwrap();
        assert!(store.cursor().await.unwrap() > cursor, "{}", test.engine);
        assert_eq!(refusal(store.media_detail(&Actor::Operator, new).await), Refusal::NotFound);
        let row = row(store, old).await;
        assert_eq!((&row.file.key, row.file.alt.as_str(), row.making), (&key, "说明", Making::Waiting));
        work(store, &place.files).await;
        let page = store.article_page(&Actor::Anonymous, article).await.unwrap().page;
        assert_eq!((page.picture.as_ref().unwrap().key.clone(), page.picture.unwrap().widths), (key, vec![480, 600]));
    }
}

#[tokio::test]
async fn the_first_picture_of_an_article_stands_for_it_in_lists() {
    for test in stores().await {
        let place = places().remove(0);
        let media = test.store.add_picture(&place.files, &Actor::Operator, "a.png", png(1, 1), "点").await.unwrap();
        let id = section(&test.store, "yaowen").await;
        test.store.import(&Actor::Operator, vec![article(id, 1), article(id, 3)], true).await.unwrap();
        let article = publish_with(&test.store, "yaowen", 2, media).await;
        let front = test.store.front(&Actor::Anonymous).await.unwrap();
        assert_eq!(front.pictures.len(), 1, "{}", test.engine);
        assert_eq!(front.pictures[0].picture.as_ref().unwrap().id, media);
        assert_eq!(test.store.article_page(&Actor::Anonymous, article).await.unwrap().page.picture.unwrap().id, media);
    }
}
