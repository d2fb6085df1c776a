//! What programs send that is none of what was asked for.

use super::{Site, article, is_problem, with};
use serde_json::json;

#[test]
fn each_kind_of_bad_input_is_told_as_what_it_is() {
    let site = Site::with_sections();
    let program = site.everything();
    let path = "/api/v1/articles";
    let json_kind = "Content-Type: application/json\r\n";
    for (body, status, name) in [
        (&b""[..], 400, "bad_json"),
        (b"{", 400, "bad_json"),
        (b"{} {}", 400, "bad_json"),
        (b"\xff\xfe", 400, "bad_json"),
        (b"[]", 422, "bad_field"),
        (b"null", 422, "bad_field"),
        (b"\"x\"", 422, "bad_field"),
    ] {
        is_problem(&program.send("POST", path, json_kind, body), status, name);
    }
    let deep = [b"{\"body\":".to_vec(), b"[".repeat(100_000)].concat();
    is_problem(&program.send("POST", path, json_kind, &deep), 400, "bad_json");
    is_problem(&program.send("POST", path, "", b"{}"), 415, "not_json");
    is_problem(&program.send("POST", path, "Content-Type: text/plain\r\n", b"{}"), 415, "not_json");
    for (more, name, pointer) in [
        (json!({ "titel": "x" }), "bad_field", "#/titel"),
        (json!({ "title": 7 }), "bad_field", "#/title"),
        (json!({ "attachments": [1, "x"] }), "bad_field", "#/attachments/1"),
        (json!({ "state": "veröffentlicht" }), "bad_field", "#/state"),
        (json!({ "title": "长".repeat(201) }), "too_long", "#/title"),
        (json!({ "title": "a\u{0}b" }), "bad_text", "#/title"),
        (json!({ "section": "nirgends" }), "unknown_section", "#/section"),
        (json!({ "further": ["yaowen", "nirgends"] }), "unknown_section", "#/further/1"),
        (json!({ "shown": "gestern" }), "bad_time", "#/shown"),
        (json!({ "shown": "2026-02-30" }), "bad_time", "#/shown"),
        (json!({ "state": "scheduled" }), "missing", "#/scheduled_at"),
        (json!({ "scheduled_at": "2030-01-01" }), "bad_field", "#/scheduled_at"),
        (json!({ "reason": "x" }), "bad_field", "#/reason"),
    ] {
        let answer = program.post(path, &with(article("一篇"), more.clone()));
        let problem = is_problem(&answer, 422, name);
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{more}: {problem}");
    }
    is_problem(&program.post(path, &json!({ "title": "没有栏目" })), 422, "missing");
    for query in [
        "limit=0",
        "limit=101",
        "limit=x",
        "after=x",
        "after=n.1",
        "since=gestern",
        "state=all",
        "sort=x",
        "limit=1&limit=2",
    ] {
        is_problem(&program.get(&format!("{path}?{query}")), 400, "bad_query");
    }
    is_problem(&program.get(&format!("{path}?section=nirgends")), 404, "not_found");
    is_problem(&program.get(&format!("{path}?q={}", "x".repeat(101))), 422, "too_long");
}

#[test]
fn a_body_that_is_too_large_is_read_away_and_answered() {
    let site = Site::with_sections();
    let (program, nobody) = (site.everything(), site.nobody());
    let large = json!({ "section": "yaowen", "html": "x".repeat(9 * 1024 * 1024) }).to_string();
    let json_kind = "Content-Type: application/json\r\n";
    is_problem(&program.send("POST", "/api/v1/articles", json_kind, large.as_bytes()), 413, "too_large");
    is_problem(&nobody.send("POST", "/api/v1/articles", json_kind, large.as_bytes()), 413, "too_large");
    let text = json!({ "section": "yaowen", "html": "x".repeat(6 * 1024 * 1024) });
    let problem = is_problem(&program.post("/api/v1/articles", &text), 422, "too_long");
    assert_eq!(problem["errors"][0]["pointer"], "#/html");
}

#[test]
fn words_of_others_stay_words() {
    let site = Site::with_sections();
    let program = site.everything();
    let title = "</script><img src=x onerror=alert(1)>{{7*7}}' OR 1=1 --";
    let view = program.write(&with(article(title), json!({ "state": "published" })));
    assert_eq!(view["title"], title);
    let page = site.server.get(view["url"].as_str().unwrap());
    assert!(!page.body.contains("<img src=x"), "it is written as text");
    let quoted = "%27%20OR%201%3D1%20--";
    let found = super::read(&site.nobody().get(&format!("/api/v1/articles?q={quoted}")));
    assert_eq!(found["articles"].as_array().unwrap().len(), 1, "{found}");
    let none = super::read(&site.nobody().get("/api/v1/articles?q=%25"));
    assert_eq!(none["articles"], json!([]), "a sign of a pattern is a sign");
}
