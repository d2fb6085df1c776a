//! Old sites move in through the room: what its jobs make of an archive, of one that lies, and of a server that dies.

use crate::{
    harness::{Editor, Server, add_account},
    moving::{PNG, list_page, old_page},
    packed::{self, Part},
};
use serde_json::{Value, json};
use std::{
    path::Path,
    thread::sleep,
    time::{Duration, Instant},
};

/// A zip archive of these files.
fn zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let parts: Vec<Part> = files.iter().map(|(name, bytes)| Part::new(name, bytes.clone())).collect();
    packed::zip(&parts)
}

/// Six articles of 2009 in GBK, a list of them, and all pictures but one.
fn old_site() -> Vec<(String, Vec<u8>)> {
    let mut files = vec![("www.old.example/list.asp@id=1.html".to_owned(), list_page())];
    for n in 1..=6 {
        files.push((format!("www.old.example/show.asp@id={n}.html"), old_page(n)));
        if n != 2 {
            files.push((format!("www.old.example/pic/{n}.png"), PNG.to_vec()));
        }
    }
    files
}

fn upload(editor: &Editor, name: &str, bytes: &[u8]) -> i64 {
    let headers = "Content-Type: application/octet-stream\r\n";
    let answer = editor.ask("POST", &format!("/api/upload?name={name}"), headers, bytes);
    assert_eq!(answer.status, 200, "{}", answer.body);
    serde_json::from_str::<Value>(&answer.body).unwrap()["id"].as_i64().unwrap()
}

fn read(editor: &Editor, files: &[(String, Vec<u8>)], options: &Value) -> i64 {
    let media = upload(editor, "old.zip", &zip(files));
    editor.call("read_site", &json!({ "media": media, "options": options })).as_i64().unwrap()
}

/// The import once nobody works at it any more.
fn settled(editor: &Editor, import: i64) -> Value {
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        let found = editor.call("get_import", &json!({ "id": import }));
        if !["reading", "bringing", "undoing"].contains(&found["stage"].as_str().unwrap()) {
            return found;
        }
        assert!(Instant::now() < end, "it does not end: {found}");
        sleep(Duration::from_millis(50));
    }
}

fn list(editor: &Editor, import: i64, which: &str, text: &str) -> Value {
    editor.call("list_found", &json!({ "id": import, "which": which, "text": text, "after": null }))
}

/// The only page that has this in its name.
fn page_of(editor: &Editor, import: i64, text: &str) -> Value {
    let found = list(editor, import, "articles", text);
    assert_eq!(found["rows"].as_array().unwrap().len(), 1, "{text}: {found}");
    found["rows"][0].clone()
}

fn value<'a>(looked: &'a Value, field: &str) -> &'a Value {
    let fields = looked["page"]["fields"].as_array().unwrap();
    fields.iter().find(|found| found["name"] == field).unwrap()
}

#[test]
fn an_archive_is_read_corrected_brought_in_and_taken_out_again() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--empty"]);
    add_account(folder.path(), "zhang", "administrator");
    let editor = Editor::sign_in(&server.addr, "zhang");
    let import = read(&editor, &old_site(), &json!({ "publish": true }));
    let found = settled(&editor, import);
    assert_eq!((found["stage"].as_str(), found["by"].as_str()), (Some("found"), Some("zhang")), "{found}");
    let all = list(&editor, import, "articles", "");
    assert_eq!((&all["counts"][0], &all["counts"][2], &all["chosen"]), (&json!(6), &json!(1), &json!(6)), "{all}");
    let sure: Vec<i64> =
        all["rows"].as_array().unwrap().iter().map(|row| row["confidence"].as_i64().unwrap()).collect();
    assert!(sure.is_sorted(), "least sure first: {sure:?}");

    let third = page_of(&editor, import, "ID=3")["id"].clone();
    let looked = editor.call("get_found", &json!({ "id": import, "page": third }));
    assert_eq!(value(&looked, "title")["value"], "困难职工帮扶会议召开");
    assert!(looked["html"].as_str().unwrap().starts_with("<p") && looked["page"]["pictures"][0] == "pic/3.png");
    let old = editor.ask("GET", &format!("/admin/moving/{import}/{third}/old"), "", b"");
    assert_eq!((old.status, old.header("content-type")), (200, Some("text/html; charset=gb18030")));
    assert!(old.header("content-security-policy").unwrap().starts_with("sandbox; default-src 'none'"));
    assert_eq!(old.bytes, old_page(3), "as it was saved");

    let correct = |page: &Value, corrections: Value, chosen: bool| {
        let arguments = json!({ "id": import, "page": page, "corrections": corrections, "chosen": chosen });
        editor.post("correct_found", &arguments).unwrap()
    };
    let answer = correct(&third, json!({ "publish_time": "昨天" }), true);
    assert!(answer.status == 422 && answer.body.contains("bad_time"), "{}", answer.body);
    let better = json!({ "title": "困难职工帮扶会议圆满召开", "publish_time": "2009-05-03 10:20:30" });
    assert_eq!(correct(&third, better, true).status, 200);
    let sixth = page_of(&editor, import, "id=6")["id"].clone();
    assert_eq!(correct(&sixth, json!({}), false).status, 200);

    let profile = "[fields.source]\npattern = \"来源：(.{4})\"\n";
    editor.call("change_import", &json!({ "id": import, "options": { "publish": true, "profile": profile } }));
    assert_eq!(settled(&editor, import)["stage"], "found");
    let looked = editor.call("get_found", &json!({ "id": import, "page": third }));
    assert_eq!(value(&looked, "source")["value"], "市总工会", "the rule holds for all pages");
    assert_eq!(value(&looked, "title")["corrected"], "困难职工帮扶会议圆满召开", "what was corrected stays");
    assert_eq!(list(&editor, import, "articles", "")["chosen"], 5, "and so does what was left out");

    editor.call("bring_import", &json!({ "id": import }));
    assert_eq!(editor.post("bring_import", &json!({ "id": import })).unwrap().status, 404, "once");
    let done = settled(&editor, import);
    assert_eq!((done["stage"].as_str(), &done["articles"]), (Some("done"), &json!(5)), "{done}");
    let parity = &done["parity"];
    assert_eq!(parity["pages"], json!({ "came": 4, "changed": 1, "missing": 1 }), "{parity}");
    assert_eq!(parity["pictures"], json!({ "came": 4, "changed": 0, "missing": 1 }), "of what is chosen: {parity}");
    assert_eq!(parity["lists"], 1, "{parity}");
    assert_eq!(parity["links"], json!({ "came": 5, "changed": 0, "missing": 0 }), "{parity}");
    let why = parity["why"].to_string();
    assert!(why.contains("not chosen") && why.contains("picture or file: not in the folder"), "{why}");
    assert_eq!(list(&editor, import, "missing", "")["rows"][0]["outcome"], "not chosen");

    let place = server.get("/show.asp?id=3").header("location").unwrap().to_owned();
    let article = server.get(&place).body;
    for seen in ["困难职工帮扶会议圆满召开", "2009-05-03 10:20:30", "来源：市总工会<", "<img"] {
        assert!(article.contains(seen), "{seen} is not in {article}");
    }

    let kept = page_of(&editor, import, "id=4")["became"].as_i64().unwrap();
    let base = editor.open(kept, "tab");
    editor.try_save(kept, "tab", 1, base, "有人改过。").unwrap();
    assert_eq!(editor.call("get_import", &json!({ "id": import }))["changed"], 1);
    editor.call("undo_import", &json!({ "id": import }));
    let undone = settled(&editor, import);
    assert_eq!((undone["stage"].as_str(), &undone["articles"]), (Some("undone"), &json!(1)), "{undone}");
    assert_eq!(server.get("/show.asp?id=3").status, 404);
    let stayed = list(&editor, import, "changed", "");
    assert_eq!((stayed["rows"].as_array().unwrap().len(), &stayed["rows"][0]["became"]), (1, &json!(kept)));
    assert!(page_of(&editor, import, "id=3")["became"].is_null(), "what is in the bin is no result");

    editor.call("bring_import", &json!({ "id": import }));
    assert_eq!(settled(&editor, import)["articles"], 5, "what was undone can come again");
}

#[test]
fn an_archive_that_lies_and_a_profile_with_a_fault_are_told_and_can_be_mended() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--empty"]);
    add_account(folder.path(), "zhang", "administrator");
    let editor = Editor::sign_in(&server.addr, "zhang");
    let begin = |media: i64, options: Value| {
        let answer = editor.post("read_site", &json!({ "media": media, "options": options })).unwrap();
        (answer.status, answer.body)
    };
    let pdf = upload(&editor, "a.pdf", b"%PDF-1.7\n%");
    let (status, said) = begin(pdf, json!({}));
    assert!(status == 422 && said.contains("not_a_file"), "{said}");
    let long = begin(pdf, json!({ "profile": "#".repeat(20_001) }));
    assert!(long.0 == 422 && long.1.contains("too_long"), "{}", long.1);

    let whole = zip(&old_site());
    let mut twice = whole.clone();
    // The second entry of the table points at the first file.
    let table = whole.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    let second = table + 4 + whole[table + 4..].windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    twice[second + 42..second + 46].fill(0);
    let empty = zip(&[("a.css".to_owned(), b"body{}".to_vec())]);
    for (bytes, why) in
        [(&whole[..whole.len() / 2], "no table"), (&twice, "lie on one another"), (&empty, "there is no page")]
    {
        let media = upload(&editor, "lies.zip", bytes);
        let import = begin(media, json!({})).1.parse().unwrap();
        let failed = settled(&editor, import);
        assert_eq!(failed["stage"], "failed", "{failed}");
        assert!(failed["fault"].as_str().unwrap().contains(why), "{why}: {failed}");
    }

    let import = read(&editor, &old_site(), &json!({ "profile": "base = \"http://a.cn/\"\nselekt = 1" }));
    let failed = settled(&editor, import);
    assert!(failed["fault"].as_str().unwrap().starts_with("line 2: "), "{failed}");
    editor.call("change_import", &json!({ "id": import, "options": { "profile": "" } }));
    let mended = settled(&editor, import);
    assert_eq!((mended["stage"].as_str(), mended["fault"].as_str()), (Some("found"), Some("")), "{mended}");
}

/// The lease of every job that is running is over, and the import stands where it stood before its end was noted.
fn forget_the_end(data: &Path, noted: bool) {
    use sea_orm::ConnectionTrait;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let url = format!("sqlite:{}", data.join("fuxian.db").display());
        let db = sea_orm::Database::connect(url).await.unwrap();
        if !noted {
            let sql = "UPDATE jobs SET state = 'running' WHERE kind = 'bring_site'";
            db.execute_unprepared(sql).await.unwrap();
            db.execute_unprepared("UPDATE imports SET stage = 'bringing', parity = ''").await.unwrap();
        }
        let sql = "UPDATE jobs SET run_at = 0, leased_until = 0 WHERE state = 'running'";
        db.execute_unprepared(sql).await.unwrap();
        db.close().await.unwrap();
    });
}

#[test]
fn a_job_whose_server_was_killed_goes_on_without_doubling_an_article() {
    let folder = tempfile::tempdir().unwrap();
    let pages: Vec<(String, Vec<u8>)> =
        (0..240).map(|n| (format!("www.old.example/{n}/show.html"), old_page(n % 6 + 1))).collect();
    let server = Server::start(folder.path(), &["--empty"]);
    add_account(folder.path(), "zhang", "administrator");
    let editor = Editor::sign_in(&server.addr, "zhang");
    let import = read(&editor, &pages, &json!({}));
    let found = settled(&editor, import);
    assert_eq!(found["stage"], "found", "{found}");
    editor.call("bring_import", &json!({ "id": import }));
    while editor.call("get_import", &json!({ "id": import }))["done"] == 0 {
        sleep(Duration::from_millis(2));
    }
    // Dropping it kills it.
    drop(server);
    let data = folder.path().join("data");
    let mut parity = Value::Null;
    for noted in [true, false] {
        forget_the_end(&data, noted);
        let server = Server::start(folder.path(), &["--empty"]);
        let editor = Editor::sign_in(&server.addr, "zhang");
        let done = settled(&editor, import);
        assert_eq!((done["stage"].as_str(), &done["articles"]), (Some("done"), &json!(240)), "{done}");
        let listed = editor.call("list_articles", &json!({ "filter": {}, "mark": null }));
        assert!(listed["rows"].as_array().unwrap().len() > 10, "{listed}");
        assert!(noted || parity == done["parity"], "the same report: {parity} and {}", done["parity"]);
        parity = done["parity"].clone();
        drop(server);
    }
}
