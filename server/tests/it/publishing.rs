//! From the desk to the page over HTTP: what is acknowledged is what readers get next, also after the server was killed.

use crate::harness::{Editor, Server, add_account, run};
use serde_json::{Value, json};
use std::{
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), &["migrate"]).status.success());
    // The first start founds the site.
    assert_eq!(Server::start(folder.path(), &["--empty"]).stop(), Some(0));
    add_account(folder.path(), "publisher", "publisher");
    folder
}

fn start(folder: &Path) -> (Server, Editor) {
    let server = Server::start(folder, &["--empty"]);
    let editor = Editor::sign_in(&server.addr, "publisher");
    (server, editor)
}

/// Saves a complete text over what stands; the revision that stands then.
fn save(editor: &Editor, article: i64, title: &str) -> i64 {
    let tab = format!("tab-{title}");
    let opened = editor.call("open_article", &json!({ "id": article, "tab": tab }));
    let mut manuscript = opened["manuscript"].clone();
    manuscript["fields"]["title"] = json!(title);
    manuscript["fields"]["source"] = json!("本站");
    manuscript["body"] = json!({ "type": "doc", "attrs": { "version": 1 }, "content": [
        { "type": "paragraph", "attrs": { "id": "b1" }, "content": [{ "type": "text", "text": format!("{title}的正文。") }] }
    ] });
    let save = json!({ "article": article, "tab": tab, "serial": 1, "base": opened["revision"], "kind": "auto",
        "manuscript": manuscript });
    editor.call("save_article", &json!({ "save": save }))["revision"].as_i64().unwrap()
}

fn now() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}

#[test]
fn readers_get_what_was_published_corrected_and_withdrawn_in_the_next_answer() {
    let folder = site();
    let (server, editor) = start(folder.path());
    let article = editor.begin();
    let base = save(&editor, article, "初稿");
    let publish = |base: i64| editor.call("publish_article", &json!({ "article": article, "base": base }));
    let progress = publish(base);
    let address = progress["address"].as_str().unwrap().to_owned();
    let list = address.rsplit_once('/').unwrap().0.to_owned();
    let page = server.get(&address);
    assert!(page.status == 200 && page.body.contains("初稿的正文。") && !page.body.contains("更正于"), "{}", page.body);
    assert!(server.get(&list).body.contains("初稿") && server.get("/").body.contains("初稿"));
    assert!(server.get("/sitemap.xml").body.contains(&address));

    let twice = editor.post("publish_article", &json!({ "article": article, "base": base })).unwrap();
    assert!(twice.status == 409 && twice.body.contains("bad_step"), "{} {}", twice.status, twice.body);
    thread::sleep(Duration::from_millis(20));
    let newer = save(&editor, article, "更正稿");
    assert!(server.get(&address).body.contains("初稿的正文。"), "a save changes nothing for readers");
    let stale = editor.post("publish_article", &json!({ "article": article, "base": base })).unwrap();
    assert!(stale.status == 409 && stale.body.contains("stale"), "{} {}", stale.status, stale.body);
    publish(newer);
    let page = server.get(&address);
    assert!(page.body.contains("更正稿的正文。") && page.body.contains("更正于"), "{}", page.body);
    let listed = server.get(&list).body;
    assert!(listed.contains("更正稿") && !listed.contains("初稿"));

    let no_reason = editor.post("withdraw_article", &json!({ "article": article, "reason": "" })).unwrap();
    assert!(no_reason.status == 422 && no_reason.body.contains("missing"), "{}", no_reason.body);
    editor.call("withdraw_article", &json!({ "article": article, "reason": "数字有误" }));
    for gone in [address.clone(), format!("{address}/print")] {
        let page = server.get(&gone);
        assert!(page.status == 410 && page.body.contains("这篇文章已撤回"), "{gone}: {} {}", page.status, page.body);
        assert!(!page.body.contains("更正稿") && !page.body.contains("数字有误"), "nothing of it is left");
    }
    assert!(!server.get(&list).body.contains("更正稿") && !server.get("/sitemap.xml").body.contains(&address));
    let unheard = editor.post("publish_article", &json!({ "article": article, "base": newer })).unwrap();
    assert!(unheard.status == 409 && unheard.body.contains("stale"), "{}", unheard.body);
}

#[test]
fn a_schedule_survives_a_kill_and_is_kept_once_after_the_restart() {
    let folder = site();
    let (mut server, editor) = start(folder.path());
    let (soon, missed) = (editor.begin(), editor.begin());
    let at = now() + 6_000;
    let schedule = |article: i64, title: &str, at: i64| {
        let base = save(&editor, article, title);
        editor.call("schedule_article", &json!({ "article": article, "base": base, "at": at }))
    };
    assert_eq!(schedule(soon, "定时稿", at)["state"], "scheduled");
    // This one comes due while no server runs.
    schedule(missed, "错过的", now() + 1_500);
    save(&editor, soon, "后来改的");
    for (at, what) in [(now() - 1, "the past"), (253_402_300_799_000, "the year 9999")] {
        let refused = editor.post("schedule_article", &json!({ "article": soon, "base": 1, "at": at })).unwrap();
        assert!(refused.status == 422 && refused.body.contains("bad_schedule"), "{what}: {}", refused.body);
    }
    let pid = server.child.id().to_string();
    assert!(Command::new("kill").args(["-KILL", &pid]).status().unwrap().success());
    server.child.wait().unwrap();
    thread::sleep(Duration::from_millis(2_000));

    let (server, editor) = start(folder.path());
    let waited = |article: i64, until: i64| loop {
        let opened = editor.call("open_article", &json!({ "id": article, "tab": format!("look{article}") }));
        if opened["progress"]["address"].is_string() {
            return opened["progress"].clone();
        }
        assert!(now() < until, "{article} is not public yet: {opened}");
        thread::sleep(Duration::from_millis(100));
    };
    let began = Instant::now();
    let progress: Value = waited(missed, now() + 10_000);
    println!("what was missed is public {:?} after the restart", began.elapsed());
    assert_eq!(progress["state"], "published");
    let progress = waited(soon, at + 10_000);
    let late = now() - at;
    println!("what was scheduled is public {late} ms after its time");
    assert!(late >= 0, "never before its time");
    assert_eq!((progress["state"].as_str(), progress["changed"].as_bool()), (Some("draft"), Some(true)));
    let page = server.get(progress["address"].as_str().unwrap());
    assert!(
        page.status == 200 && page.body.contains("定时稿的正文。") && !page.body.contains("后来改的"),
        "{}",
        page.body
    );
}
