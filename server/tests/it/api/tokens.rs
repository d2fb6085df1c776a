//! How far a token goes, and when it ends.

use super::{ALL, Program, Site, article, is_problem, read, with};
use crate::harness::add_account;
use sea_orm::{ConnectionTrait, Database};
use serde_json::{Value, json};

#[test]
fn each_way_to_write_asks_for_its_scope() {
    let site = Site::with_sections();
    let all = site.everything();
    let tokens: Vec<(&str, Program)> = ALL.iter().map(|scope| (*scope, site.token("admin", &[scope]).0)).collect();
    let id = all.write(&with(article("公开的"), json!({ "state": "published" })))["id"].clone();
    let draft = all.write(&article("草稿"))["id"].clone();
    let (public, draft) = (format!("/api/v1/articles/{id}"), format!("/api/v1/articles/{draft}"));
    let away = json!({ "state": "withdrawn", "reason": "x" });
    let tries: Vec<(&str, &str, &str, Value, u16)> = vec![
        ("articles:write", "POST", "/api/v1/articles", article("新的"), 201),
        ("articles:write", "PATCH", &public, json!({ "title": "改了" }), 200),
        ("articles:publish", "PATCH", &public, json!({ "state": "published" }), 200),
        ("articles:publish", "PATCH", &public, away, 200),
        ("articles:write", "DELETE", &draft, json!({}), 204),
        ("sections:write", "POST", "/api/v1/sections", json!({ "slug": "xin", "name": "新栏目" }), 201),
        ("sections:write", "PATCH", "/api/v1/sections/xin", json!({ "name": "改名" }), 200),
        ("sections:write", "DELETE", "/api/v1/sections/xin", json!({}), 204),
        ("redirects:write", "PUT", "/api/v1/redirects", json!({ "address": "/alt", "section": "yaowen" }), 200),
        ("redirects:write", "DELETE", "/api/v1/redirects?address=%2Falt", json!({}), 204),
        ("media:write", "POST", "/api/v1/media?name=a.pdf", json!("%PDF-1.7"), 201),
    ];
    for (scope, method, path, body, status) in tries {
        let send = |program: &Program| {
            let pdf = &b"%PDF-1.7\n%%EOF\n"[..];
            let is_file = path.starts_with("/api/v1/media");
            let bytes = if is_file { pdf.to_vec() } else { body.to_string().into_bytes() };
            program.send(method, path, "If-Match: *\r\nContent-Type: application/json\r\n", &bytes)
        };
        for (_, other) in tokens.iter().filter(|(own, _)| *own != scope) {
            let problem = is_problem(&send(other), 403, "not_allowed");
            assert!(problem["detail"].as_str().unwrap().contains(scope), "{method} {path}: {problem}");
        }
        let own = &tokens.iter().find(|(own, _)| *own == scope).unwrap().1;
        let answer = send(own);
        assert_eq!(answer.status, status, "{scope} {method} {path}: {}", answer.body);
    }
    // One that writes and does not publish.
    let now = with(article("想发布"), json!({ "state": "published" }));
    is_problem(&tokens[0].1.post("/api/v1/articles", &now), 403, "not_allowed");
    is_problem(&tokens[1].1.post("/api/v1/articles", &now), 403, "not_allowed");
}

#[test]
fn a_token_is_dead_once_it_is_revoked_expired_or_its_account_is_out() {
    let site = Site::with_sections();
    add_account(site.path(), "caiji", "publisher");
    let dead = |program: &Program| {
        let answer = program.get("/api/v1/articles?state=any");
        is_problem(&answer, 401, "bad_token");
        is_problem(&program.post("/api/v1/articles", &article("晚了")), 401, "bad_token");
        is_problem(&program.get("/api/v1/sections"), 401, "bad_token");
    };
    let (revoked, id) = site.token("caiji", &ALL);
    assert_eq!(revoked.get("/api/v1/articles?state=any").status, 200);
    site.admin.call("revoke_token", &json!({ "id": id }));
    dead(&revoked);
    let (other, _) = site.token("caiji", &ALL);
    let fields =
        json!({ "name": "caiji", "display_name": "采集", "grants": [{ "role": "reporter", "section": null }] });
    let account = site.account("caiji");
    let change = |disabled: bool| json!({ "id": account, "fields": fields, "disabled": disabled });
    let now = with(article("发布"), json!({ "state": "published" }));
    assert_eq!(other.post("/api/v1/articles", &now).status, 201);
    site.admin.call("change_account", &change(false));
    is_problem(&other.post("/api/v1/articles", &now), 403, "not_allowed");
    site.admin.call("change_account", &change(true));
    dead(&other);
    site.admin.call("change_account", &change(false));
    assert_eq!(other.get("/api/v1/articles?state=any").status, 200, "it may again");
    let url = format!("sqlite:{}", site.path().join("data/fuxian.db").display());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let db = Database::connect(url).await.unwrap();
        db.execute_unprepared("UPDATE tokens SET expires_at = 1").await.unwrap();
        db.close().await.unwrap();
    });
    dead(&other);
    for secret in ["", "fx_", "fx_0000", "session"] {
        dead(&Program { addr: site.server.addr.clone(), secret: Some(secret.to_owned()) });
    }
    let basic = site.nobody().send("GET", "/api/v1/sections", "Authorization: Basic YTpi\r\n", b"");
    is_problem(&basic, 401, "bad_token");
}

#[test]
fn the_record_and_the_room_tell_which_token_acted_and_never_its_secret() {
    let site = Site::with_sections();
    let (program, id) = site.token("admin", &ALL);
    let secret = program.secret.clone().unwrap();
    program.write(&article("程序写的"));
    let filter = json!({ "action": "begin" });
    let page = site.admin.call("list_record", &json!({ "filter": filter, "mark": null }));
    let row = &page["rows"][0];
    assert_eq!((&row["token"], &row["name"]), (&json!("采集程序"), &json!("admin")), "{row}");
    let file = site.server.request("GET", "/admin/record.csv", &format!("Cookie: {}\r\n", site.admin.cookie));
    assert!(file.body.contains(",admin（接口令牌：采集程序）,新建,begin,"), "{}", file.body);
    let rows = site.admin.call("list_tokens", &json!({}));
    let row = &rows[0];
    assert_eq!((&row["id"], &row["state"], row["used"].is_string()), (&json!(id), &json!("works"), true), "{row}");
    assert!(!rows.to_string().contains(&secret) && !file.body.contains(&secret) && !page.to_string().contains(&secret));
    // A token opens no door of the admin's.
    let room = program.send("POST", "/api/list_tokens", "Content-Type: application/json\r\n", b"{}");
    assert_eq!(room.status, 401, "{}", room.body);
}

#[test]
fn a_token_that_asks_too_often_is_told_when_to_come_again() {
    let site = Site::with_sections();
    let (busy, other) = (site.token("admin", &ALL).0, site.token("admin", &ALL).0);
    for n in 0..300 {
        assert_eq!(busy.get("/api/v1/sections").status, 200, "request {n}");
    }
    let answer = busy.get("/api/v1/sections");
    is_problem(&answer, 429, "too_many_requests");
    let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(other.get("/api/v1/sections").status, 200, "another token has its own minute");
    assert!(!read(&site.nobody().get("/api/v1/sections"))["sections"].as_array().unwrap().is_empty());
}
