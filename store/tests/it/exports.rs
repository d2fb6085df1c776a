//! Out into a folder and back without loss, from each engine into each.

use crate::{
    folder::files_of,
    harness::{MISCOUNTED, Random, TestStore, article, empty_stores, section, stores},
    media::work,
    pictures::png,
    publishing::{HOUR, account, draft, save, set_stages},
};
use content::{Actor, ArticleId, Document, MediaId, Role, Timestamp, article::Step, desk::Batch};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use store::{
    Store,
    articles::ImportedArticle,
    media::{MediaStore, local},
    unix_now,
};

const OPERATOR: Actor = Actor::Operator;

async fn export(store: &Store, files: &MediaStore, folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    store.export(&OPERATOR, files, folder, || {}).await.unwrap();
    files_of(folder)
}

/// The same folder, but for what must differ: when it was written, accounts that are disabled, the entry about coming back.
fn assert_same(mut first: BTreeMap<PathBuf, Vec<u8>>, mut second: BTreeMap<PathBuf, Vec<u8>>, what: &str) {
    let take = |files: &mut BTreeMap<PathBuf, Vec<u8>>, name: &str| {
        String::from_utf8(files.remove(Path::new(name)).unwrap()).unwrap()
    };
    let manifests = [&mut first, &mut second].map(|files| {
        let mut manifest: serde_json::Value = serde_json::from_str(&take(files, "export.json")).unwrap();
        manifest["at"] = "".into();
        // The entry about coming back is one more.
        manifest["numbers"]["audit"] = 0.into();
        manifest
    });
    assert_eq!(manifests[0], manifests[1], "{what}");
    let (before, after) = (take(&mut first, "accounts.jsonl"), take(&mut second, "accounts.jsonl"));
    assert_eq!(before.replace("\"disabled\":false", "\"disabled\":true"), after, "{what}");
    let (before, after) = (take(&mut first, "audit.jsonl"), take(&mut second, "audit.jsonl"));
    let added = after.strip_prefix(&before).expect("the record goes on");
    assert!(added.lines().count() == 1 && added.contains("\"action\":\"take_back\""), "{what}: {added}");
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>(), "{what}");
    for (path, bytes) in &first {
        let (one, two) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&second[path]));
        assert!(bytes == &second[path], "{what}: {}\n{one}\n{two}", path.display());
    }
}

fn media_in(folder: &Path) -> MediaStore {
    local(&folder.join("media")).unwrap()
}

/// A site in which everything stands that can go out.
async fn full_site(test: &TestStore, files: &MediaStore) -> Vec<ArticleId> {
    let store = &test.store;
    let publisher = account(store, "publisher", Role::Publisher).await;
    let reviewer = account(store, "reviewer", Role::Reviewer).await;
    let picture = store.add_picture(files, &publisher, "湖.png", png(600, 4), "抚仙湖").await.unwrap();
    let paper = store.add_file(files, &publisher, "通知.pdf", b"%PDF-1.7\n%%EOF\n".to_vec()).await.unwrap();
    work(store, files).await;
    let (yaowen, wenjian) = (section(store, "yaowen").await, section(store, "wenjian").await);
    let mut ids = Vec::new();
    // Public with a place of its own, corrected since, pinned.
    let (id, base) = draft(store, &publisher, "公开的").await;
    store.publish_article(&publisher, id, base).await.unwrap();
    let base = save(store, &publisher, id, |text| {
        text.placement.further = vec![wenjian];
        text.placement.attachments = vec![paper.id];
        text.placement.pinned_until = Some(Timestamp(unix_now().0 + HOUR));
        text.body = body(&mut Random(7), &[picture], &[paper.id]);
    })
    .await;
    store.publish_article(&publisher, id, base).await.unwrap();
    save(store, &publisher, id, |text| text.fields.title = "将要更正的".to_owned()).await;
    ids.push(id);
    // Scheduled; in the bin; approved once.
    let (id, base) = draft(store, &publisher, "将要公开的").await;
    store.schedule_article(&publisher, id, base, Timestamp(unix_now().0 + HOUR)).await.unwrap();
    ids.push(id);
    let (id, _) = draft(store, &publisher, "丢掉的").await;
    store.change_articles(&publisher, &[id], &Batch::Bin).await.unwrap();
    ids.push(id);
    set_stages(test, "yaowen", 2).await;
    let (id, base) = draft(store, &publisher, "在审的").await;
    store.take_step(&publisher, id, base, Step::Submit).await.unwrap();
    store.take_step(&reviewer, id, base, Step::Approve).await.unwrap();
    ids.push(id);
    // From an old site, with its addresses.
    let old = |n: i64| ImportedArticle {
        old_url: format!("http://old.example/show.asp?id={n}"),
        further: vec![wenjian],
        lead: Some(picture),
        ..article(yaowen, n)
    };
    store.import(&OPERATOR, (1..30).map(old).collect::<Vec<_>>(), true).await.unwrap();
    // A number that is never given again.
    test.run("DELETE FROM articles WHERE id = (SELECT MAX(id) FROM articles)").await;
    test.run("DELETE FROM list_entries WHERE article_id NOT IN (SELECT id FROM articles)").await;
    ids
}

/// A text of the kinds of blocks and marks, with signs that mean something elsewhere.
fn body(random: &mut Random, pictures: &[MediaId], papers: &[MediaId]) -> Document {
    const WORDS: [&str; 12] =
        ["工会", "\u{3000}", "<b>&amp;", "\"引\"", "\\", "'", "😀", "\u{2028}", "\u{fffd}", "1. ", "`*_[", "劳动竞赛"];
    fn text(random: &mut Random) -> String {
        (0..=random.below(4)).map(|_| WORDS[random.below(12) as usize]).collect()
    }
    fn inline(random: &mut Random) -> serde_json::Value {
        match random.below(8) {
            0 => serde_json::json!({ "type": "hardBreak" }),
            1 => serde_json::json!({ "type": "footnote", "attrs": { "text": format!("注{}", text(random)) } }),
            2 => {
                let marks = serde_json::json!([{ "type": "link", "attrs": { "href": "/yaowen?a=1&b=\"" } }, { "type": "bold" }]);
                serde_json::json!({ "type": "text", "text": text(random), "marks": marks })
            }
            3 => serde_json::json!({ "type": "text", "text": text(random), "marks": [{ "type": "superscript" }] }),
            _ => serde_json::json!({ "type": "text", "text": text(random) }),
        }
    }
    fn inlines(random: &mut Random) -> serde_json::Value {
        (0..random.below(4)).map(|_| inline(random)).collect()
    }
    fn block(random: &mut Random, depth: u32, pictures: &[MediaId], papers: &[MediaId]) -> serde_json::Value {
        let inner = |random: &mut Random| -> serde_json::Value {
            (0..=random.below(2)).map(|_| block(random, depth + 1, pictures, papers)).collect()
        };
        match random.below(if depth > 3 { 4 } else { 9 }) {
            0 => serde_json::json!({ "type": "horizontalRule" }),
            1 if !pictures.is_empty() => {
                let media = pictures[random.below(pictures.len() as u64) as usize];
                serde_json::json!({ "type": "figure", "attrs": { "media": media, "alt": text(random) }, "content": inlines(random) })
            }
            2 if !papers.is_empty() => {
                serde_json::json!({ "type": "attachment", "attrs": { "media": papers[0], "name": "" } })
            }
            4 => {
                serde_json::json!({ "type": "heading", "attrs": { "level": 2 + random.below(3) }, "content": inlines(random) })
            }
            5 => {
                serde_json::json!({ "type": "bulletList", "content": [{ "type": "listItem", "content": inner(random) }] })
            }
            6 => {
                let item = serde_json::json!({ "type": "listItem", "content": inner(random) });
                serde_json::json!({ "type": "orderedList", "attrs": { "start": random.below(9) }, "content": [item] })
            }
            7 => serde_json::json!({ "type": "blockquote", "content": inner(random) }),
            8 => {
                let cells = [inner(random), inner(random)]
                    .map(|content| serde_json::json!({ "type": "tableCell", "content": content }));
                serde_json::json!({ "type": "table", "content": [{ "type": "tableRow", "content": cells }] })
            }
            _ => serde_json::json!({ "type": "paragraph", "content": inlines(random) }),
        }
    }
    let blocks: Vec<serde_json::Value> = (0..=random.below(6)).map(|_| block(random, 0, pictures, papers)).collect();
    Document::new(serde_json::from_value(blocks.into()).unwrap())
}

#[tokio::test]
async fn a_site_that_went_out_comes_back_on_each_engine_as_the_same_site() {
    for test in stores().await {
        let folder = tempfile::tempdir().unwrap();
        let files = media_in(folder.path());
        let ids = full_site(&test, &files).await;
        let out = folder.path().join("out");
        let first = export(&test.store, &files, &out).await;
        for back in empty_stores().await {
            let what = format!("{} to {}", test.engine, back.engine);
            let place = tempfile::tempdir().unwrap();
            let there = media_in(place.path());
            let taken = back.store.take_back(&OPERATOR, &there, &out, || {}).await.unwrap();
            assert_eq!((taken.accounts, taken.media), (2, 4), "{what}");
            assert_same(first.clone(), export(&back.store, &there, &place.path().join("again")).await, &what);
            for table in ["media_uses", "list_entries", "article_texts", "article_sections"] {
                assert_eq!(back.count(table).await, test.count(table).await, "{what}: {table}");
            }
            assert_eq!(back.count(MISCOUNTED).await, 0, "{what}");
            let unlike =
                "sections s WHERE s.published_count <> (SELECT COUNT(*) FROM list_entries e WHERE e.section_id = s.id)";
            assert_eq!(back.count(unlike).await, 0, "{what}");
            let public = ids[0];
            let page = async |store: &Store| store.article_page(&Actor::Anonymous, public).await.unwrap();
            let (before, after) = (page(&test.store).await, page(&back.store).await);
            assert_eq!(
                (before.page, before.body, before.attachments),
                (after.page, after.body, after.attachments),
                "{what}"
            );
            let moved = back.store.moved("/show.asp?id=3").await.unwrap();
            assert_eq!(moved, test.store.moved("/show.asp?id=3").await.unwrap(), "{what}");
            assert!(moved.is_some(), "{what}");
            // What is new gets a number that nothing had.
            let administrator = account(&back.store, "new", Role::Administrator).await;
            let new = back.store.begin_article(&administrator, section(&back.store, "yaowen").await).await.unwrap();
            assert!(new.0 > ids[3].0 + 29, "{what}: {new} was the number of an article that is gone");
        }
    }
}

#[tokio::test]
async fn texts_of_any_shape_come_back_as_they_were() {
    for (n, test) in stores().await.into_iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let files = media_in(folder.path());
        let picture = test.store.add_picture(&files, &OPERATOR, "a.png", png(3, 3), "").await.unwrap();
        let paper = test.store.add_file(&files, &OPERATOR, "a.pdf", b"%PDF-1.7\n%%EOF\n".to_vec()).await.unwrap();
        let home = section(&test.store, "yaowen").await;
        let random = &mut Random(20_261_130 + n as u64);
        let articles: Vec<_> = (0..120)
            .map(|n| ImportedArticle { body: body(random, &[picture], &[paper.id]), ..article(home, n) })
            .filter(|article| !article.body.is_empty())
            .collect();
        assert!(articles.len() > 60);
        test.store.import(&OPERATOR, articles, true).await.unwrap();
        let out = folder.path().join("out");
        let first = export(&test.store, &files, &out).await;
        for back in empty_stores().await {
            let place = tempfile::tempdir().unwrap();
            let there = media_in(place.path());
            back.store.take_back(&OPERATOR, &there, &out, || {}).await.unwrap();
            let what = format!("{} to {}", test.engine, back.engine);
            assert_same(first.clone(), export(&back.store, &there, &place.path().join("again")).await, &what);
        }
    }
}

#[tokio::test]
async fn an_article_stands_there_as_a_page_and_as_markdown_for_people() {
    let test = stores().await.remove(0);
    let folder = tempfile::tempdir().unwrap();
    let files = media_in(folder.path());
    let ids = full_site(&test, &files).await;
    let first = export(&test.store, &files, &folder.path().join("out")).await;
    let text = |ending: &str| {
        let path = format!("articles/000000/{}.{ending}", ids[0]);
        String::from_utf8(first[Path::new(&path)].clone()).unwrap()
    };
    let html = text("html");
    assert!(html.contains("<h1>公开的</h1>") && !html.contains("将要更正的"), "{html}");
    assert!(html.contains("src=\"../../media/") && !html.contains("\"/media/"), "{html}");
    assert!(html.contains("通知.pdf"));
    let markdown = text("md");
    assert!(
        markdown.starts_with("---\ntitle: \"公开的\"\n") && markdown.contains("section: \"工会要闻\""),
        "{markdown}"
    );
    let secret = String::from_utf8(first[Path::new("accounts.jsonl")].clone()).unwrap();
    assert!(!secret.contains("argon2") && !secret.contains("journal_key"), "{secret}");
}

/// What somebody may have done to the folder, and what is said of it.
type Damage = (&'static str, fn(&Path), &'static str);

const DAMAGES: &[Damage] = &[
    ("no manifest", |out| fs::remove_file(out.join("export.json")).unwrap(), "export.json"),
    (
        "a later format",
        |out| replace(out, "export.json", "\"version\": 1", "\"version\": 2"),
        "expected \"fuxian-export\" 1",
    ),
    ("a lost table", |out| fs::remove_file(out.join("sections.jsonl")).unwrap(), "sections.jsonl"),
    ("a lost article", |out| fs::remove_file(first(out, "articles/000000", "json")).unwrap(), "are expected"),
    ("a lost picture", |out| fs::remove_file(first(out, "media", "png")).unwrap(), "media"),
    ("another picture", |out| fs::write(first(out, "media", "png"), "GIF89a").unwrap(), "its bytes are others"),
    ("a width that is none", |out| fs::write(first(out, "media", "webp"), "<svg onload=alert(1)>").unwrap(), "no WebP"),
    ("a script in a tree", |out| replace(out, "articles/000000/1.json", "\"paragraph\"", "\"script\""), "\"body\""),
    ("a live address", |out| replace(out, "articles/000000/1.json", "/yaowen?", "javascript:?"), "\"body\""),
    ("another number", |out| replace(out, "articles/000000/1.json", "{\"id\":1,", "{\"id\":9,"), "is not 1"),
    ("an unknown state", |out| replace(out, "articles/000000/1.json", "\"state\":\"", "\"state\":\"x"), "\"state\""),
    (
        "an unknown column",
        |out| replace(out, "sections.jsonl", "{\"id\":1,", "{\"id\":1,\"x\":1,"),
        "line 1: \"x\" is not known",
    ),
    (
        "an address of a section that cannot be",
        |out| replace(out, "sections.jsonl", "\"yaowen\"", "\"../admin\""),
        "\"slug\"",
    ),
    (
        "a section that is not there",
        |out| replace(out, "articles/000000/1.json", "\"section_id\":1", "\"section_id\":99"),
        "1.json",
    ),
    ("a file elsewhere", |out| replace(out, "media.jsonl", "\"key\":\"", "\"key\":\"../"), "is no name of a file"),
    ("a link in the place of a file", link, "is no regular file"),
    ("half a line", |out| replace(out, "redirects.jsonl", "}", ""), "redirects.jsonl: line 1"),
    (
        "no text",
        |out| replace(out, "articles/000000/1.json", "\"working_revision_id\":", "\"working_revision_id\":9"),
        "no revision of it",
    ),
];

fn replace(out: &Path, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(out.join(file)).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    fs::write(out.join(file), text.replacen(from, to, 1)).unwrap();
}

fn first(out: &Path, folder: &str, ending: &str) -> PathBuf {
    let mut all: Vec<PathBuf> = fs::read_dir(out.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all.into_iter().find(|path| path.extension().is_some_and(|own| own == ending)).unwrap()
}

fn link(out: &Path) {
    let file = first(out, "media", "png");
    fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", &file).unwrap();
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files_of(from) {
        fs::create_dir_all(to.join(&path).parent().unwrap()).unwrap();
        fs::write(to.join(&path), bytes).unwrap();
    }
}

#[tokio::test]
async fn a_folder_that_was_damaged_is_refused_by_file_and_nothing_is_taken() {
    let test = stores().await.remove(0);
    let folder = tempfile::tempdir().unwrap();
    let files = media_in(folder.path());
    full_site(&test, &files).await;
    let out = folder.path().join("out");
    export(&test.store, &files, &out).await;
    for back in empty_stores().await {
        for (damage, damaged, expected) in DAMAGES {
            let place = tempfile::tempdir().unwrap();
            let there = place.path().join("out");
            copy(&out, &there);
            damaged(&there);
            let refused = back.store.take_back(&OPERATOR, &media_in(place.path()), &there, || {}).await;
            let said = refused.expect_err(damage).to_string();
            assert!(said.contains(expected), "{damage}: {said}");
            for table in ["site", "accounts", "articles", "audit", "media"] {
                assert_eq!(back.count(table).await, 0, "{damage} on {}: {table}", back.engine);
            }
        }
    }
}

#[tokio::test]
async fn only_an_empty_database_takes_an_export_and_only_an_empty_folder_gets_one() {
    for test in stores().await {
        let folder = tempfile::tempdir().unwrap();
        let files = media_in(folder.path());
        let out = folder.path().join("out");
        export(&test.store, &files, &out).await;
        let again = test.store.export(&OPERATOR, &files, &out, || {}).await.unwrap_err().to_string();
        assert!(again.contains("holds something already"), "{again}");
        let refused = test.store.take_back(&OPERATOR, &files, &out, || {}).await.unwrap_err().to_string();
        assert!(refused.contains("holds a site already"), "{refused}");
        for nobody in [Actor::Anonymous, account(&test.store, "reporter", Role::Reporter).await] {
            assert!(test.store.export(&nobody, &files, &folder.path().join("other"), || {}).await.is_err());
            assert!(test.store.take_back(&nobody, &files, &out, || {}).await.is_err());
        }
        assert!(!folder.path().join("other").exists());
    }
}
