//! Every server function is a public endpoint: each one is called as nobody and as an account without any role.

use crate::harness::{Editor, Server, add_account, fuxian, run, text};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Open to everybody: what readers' pages are made of, and the door.
const PUBLIC: [&str; 8] =
    ["get_article", "get_front", "get_frame", "get_preview", "get_section_page", "sign_in", "get_link", "use_link"];

/// Of one's own account: open to everybody who is signed in, whatever their role.
const OWN: [&str; 13] = [
    "sign_out",
    "get_me",
    "sign_out_everywhere",
    "list_sessions",
    "end_session",
    "change_password",
    "offer_second_factor",
    "confirm_second_factor",
    "remove_second_factor",
    "renew_recovery_codes",
    "list_fragments",
    "drop_fragment",
    "leave_article",
];

/// For those who have a role that allows it, each with arguments that are right in form.
fn with_a_role() -> Vec<(&'static str, Value)> {
    let save = json!({
        "article": 1, "tab": "t", "serial": 1, "base": 1, "kind": "auto",
        "manuscript": { "fields": {}, "placement": { "section": 1 },
            "body": { "type": "doc", "attrs": { "version": 1 }, "content": [] } },
    });
    let fields = json!({ "name": "x", "display_name": "x", "grants": [] });
    let section = json!({ "id": 1, "parent": null, "fields": { "slug": "x", "name": "x" } });
    vec![
        ("list_accounts", json!({})),
        ("add_account", json!({ "fields": fields })),
        ("change_account", json!({ "id": 1, "fields": fields, "disabled": false })),
        ("make_password_link", json!({ "id": 1 })),
        ("remove_second_factor_of", json!({ "id": 1 })),
        ("list_tokens", json!({})),
        ("make_token", json!({ "fields": { "name": "x", "account": 1, "scopes": ["media:write"], "days": 1 } })),
        ("revoke_token", json!({ "id": 1 })),
        ("list_articles", json!({ "filter": {}, "mark": null })),
        ("list_section_choices", json!({})),
        ("list_author_choices", json!({})),
        ("change_articles", json!({ "ids": [1], "batch": "bin" })),
        ("undo_batch", json!({ "undo": 1 })),
        ("get_desk", json!({})),
        ("begin_article", json!({ "section": 1 })),
        ("open_article", json!({ "id": 1, "tab": "t" })),
        ("save_article", json!({ "save": save })),
        ("take_step", json!({ "article": 1, "base": 1, "step": "submit" })),
        ("publish_article", json!({ "article": 1, "base": 1 })),
        ("schedule_article", json!({ "article": 1, "base": 1, "at": 4_102_444_800_000_i64 })),
        ("unschedule_article", json!({ "article": 1 })),
        ("withdraw_article", json!({ "article": 1, "reason": "x" })),
        ("note_presence", json!({ "article": 1, "tab": "t", "base": 1 })),
        ("list_revisions", json!({ "article": 1, "before": null })),
        ("get_revision", json!({ "article": 1, "revision": 1 })),
        ("compare_revisions", json!({ "article": 1, "older": 1, "newer": 1 })),
        ("restore_revision", json!({ "article": 1, "revision": 1, "base": 1 })),
        ("name_revision", json!({ "article": 1, "revision": 1, "name": "" })),
        ("list_files", json!({ "ids": [] })),
        ("list_record", json!({ "filter": {}, "mark": null })),
        ("make_preview", json!({ "article": 1 })),
        ("list_previews", json!({ "article": 1 })),
        ("end_preview", json!({ "id": 1 })),
        ("get_identity", json!({})),
        ("change_identity", json!({ "identity": { "name": "x" }, "version": 1 })),
        ("get_section_tree", json!({})),
        ("add_section", json!({ "draft": section })),
        ("change_section", json!({ "id": 1, "draft": section, "version": 1 })),
        ("order_sections", json!({ "places": [], "version": 1 })),
        ("remove_section", json!({ "id": 1, "into": 2, "version": 1 })),
        ("get_front_room", json!({})),
        ("change_front", json!({ "form": {}, "version": 1 })),
        ("preview_site", json!({ "draft": {} })),
        ("list_media", json!({ "filter": {}, "mark": null })),
        ("get_media", json!({ "id": 1 })),
        ("change_media", json!({ "id": 1, "fields": { "name": "x", "alt": "", "focus": { "x": 50, "y": 50 } } })),
        ("delete_media", json!({ "id": 1 })),
        ("restore_media", json!({ "id": 1 })),
        ("replace_media", json!({ "id": 1, "by": 2 })),
        ("retry_media", json!({ "id": 1 })),
        ("list_imports", json!({})),
        ("get_import", json!({ "id": 1 })),
        ("read_site", json!({ "media": 1, "options": {} })),
        ("change_import", json!({ "id": 1, "options": {} })),
        ("bring_import", json!({ "id": 1 })),
        ("undo_import", json!({ "id": 1 })),
        ("list_found", json!({ "id": 1, "which": "articles", "text": "", "after": null })),
        ("get_found", json!({ "id": 1, "page": 1 })),
        ("correct_found", json!({ "id": 1, "page": 1, "corrections": {}, "chosen": true })),
    ]
}

#[test]
fn every_server_function_is_in_one_of_these_lists() {
    // The paths that the macro registered in this program.
    let registered: BTreeSet<String> = leptos::server_fn::axum::server_fn_paths()
        .map(|(path, _)| path.trim_start_matches("/api/").to_owned())
        .collect();
    let mut known: BTreeSet<String> = PUBLIC.iter().chain(&OWN).map(|name| (*name).to_owned()).collect();
    known.extend(with_a_role().into_iter().map(|(name, _)| name.to_owned()));
    // A test program links the app only where it is named.
    let _ = app::routes::article;
    assert_eq!(registered, known);
}

#[test]
fn nobody_and_those_without_a_role_are_refused_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let nobody = Editor { addr: server.addr.clone(), cookie: String::new() };
    let arguments =
        json!({ "id": 1, "current": "x", "new": "x", "code": "1", "password": "x", "article": 1, "tab": "t" });
    for (name, arguments) in OWN.iter().map(|name| (*name, arguments.clone())).chain(with_a_role()) {
        let answer = nobody.post(name, &arguments).unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (401, r#"{"refused":"signed_out"}"#), "{name}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{name}");
    }
    add_account(folder.path(), "writer", "administrator");
    let admin = Editor::sign_in(&server.addr, "writer");
    let row = &admin.call("list_accounts", &json!({}))[0];
    let bare = json!({ "name": "writer", "display_name": "writer", "grants": [] });
    let answer = admin.post("change_account", &json!({ "id": row["id"], "fields": bare, "disabled": false })).unwrap();
    assert_eq!((answer.status, answer.body.contains("last_administrator")), (422, true), "{}", answer.body);
    add_account(folder.path(), "second", "administrator");
    admin.call("change_account", &json!({ "id": row["id"], "fields": bare, "disabled": false }));
    for (name, arguments) in with_a_role() {
        let answer = admin.post(name, &arguments).unwrap();
        let refused = answer.status == 403 || (name == "undo_batch" && answer.status == 404);
        assert!(refused, "{name}: {} {}", answer.status, answer.body);
    }
}

#[test]
fn wrong_types_stale_and_foreign_things_are_refused_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    add_account(folder.path(), "writer", "administrator");
    let editor = Editor::sign_in(&server.addr, "writer");
    let article = editor.begin();
    let base = editor.open(article, "tab");
    let save = |title: &str, serial: u64, tab: &str| {
        json!({ "save": {
            "article": article, "tab": tab, "serial": serial, "base": base, "kind": "auto",
            "manuscript": { "fields": { "title": title }, "placement": { "section": 1 },
                "body": { "type": "doc", "attrs": { "version": 1 }, "content": [] } },
        }})
    };
    let refused = |answer: crate::harness::Answer, status: u16, reason: &str| {
        assert!(answer.status == status && answer.body.contains(reason), "{} {}", answer.status, answer.body);
    };
    refused(editor.post("save_article", &save(&"长".repeat(400_000), 1, "tab")).unwrap(), 422, "too_long");
    refused(editor.post("save_article", &save("a\u{0}b", 1, "tab")).unwrap(), 422, "bad_text");
    refused(editor.post("open_article", &json!({ "id": 99_999_999, "tab": "x" })).unwrap(), 404, "not_found");
    refused(editor.post("open_article", &json!({ "id": "eins", "tab": "x" })).unwrap(), 422, "bad_document");
    refused(editor.post("save_article", &json!({ "save": { "article": [] } })).unwrap(), 422, "bad_document");
    assert_eq!(editor.post("save_article", &save("一", 5, "tab")).unwrap().status, 200);
    refused(editor.post("save_article", &save("二", 4, "tab")).unwrap(), 409, "stale");
    add_account(folder.path(), "other", "administrator");
    let other = Editor::sign_in(&server.addr, "other");
    refused(other.post("save_article", &save("别人的窗口", 6, "tab")).unwrap(), 404, "not_found");
    let large = json!({ "save": "x".repeat(9 * 1024 * 1024) });
    refused(editor.post("save_article", &large).unwrap(), 413, "too_long");
}

#[test]
fn a_request_of_another_site_is_refused_and_noted() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--empty"]);
    add_account(folder.path(), "writer", "administrator");
    let editor = Editor::sign_in(&server.addr, "writer");
    for headers in
        ["Sec-Fetch-Site: cross-site\r\n", "Origin: https://evil.example\r\n", "Sec-Fetch-Site: same-site\r\n"]
    {
        let headers =
            format!("{headers}Cookie: {}\r\nContent-Type: application/json\r\nContent-Length: 0\r\n", editor.cookie);
        assert_eq!(server.request("POST", "/api/sign_out_everywhere", &headers).status, 403, "{headers}");
    }
    assert_eq!(editor.post("get_me", &json!({})).unwrap().status, 200, "the session is still there");
}

#[test]
fn the_first_start_offers_a_way_in_once_and_no_default_password() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), &["migrate"]).status.success());
    let added = fuxian(folder.path()).args(["account", "add", "--name", "li", "--role", "reporter"]).output().unwrap();
    let said = text(&added.stdout);
    let path = said.lines().last().unwrap().split_once("/admin/link/").unwrap().1.to_owned();
    let server = Server::start(folder.path(), &["--empty"]);
    let nobody = Editor { addr: server.addr.clone(), cookie: String::new() };
    let purpose = nobody.post("get_link", &json!({ "token": path })).unwrap();
    assert_eq!(purpose.body, r#"{"Password":{"name":"li"}}"#);
    let used = json!({ "token": path, "name": "", "display_name": "", "password": "a long enough password" });
    let answer = nobody.post("use_link", &used).unwrap();
    assert_eq!(answer.status, 200, "{}", answer.body);
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(answer.headers.contains(&attribute.to_lowercase()), "{}", answer.headers);
    }
    let again = nobody.post("use_link", &used).unwrap();
    assert!(again.body.contains("dead_link"), "{}", again.body);
    let lost = ["account", "link", "--name", "li", "--remove-second-factor"];
    let said = text(&fuxian(folder.path()).args(lost).output().unwrap().stdout);
    let path = said.lines().last().unwrap().split_once("/admin/link/").unwrap().1.to_owned();
    let answer = nobody
        .post("use_link", &json!({ "token": path, "name": "", "display_name": "", "password": "another long one" }));
    assert_eq!(answer.unwrap().status, 200);
    for (arguments, reason) in [
        (&["account", "link", "--name", "nobody"][..], "there is no account"),
        (&["account", "add", "--name", "li", "--role", "reporter"], "has the name"),
        (&["account", "add", "--name", "x", "--role", "king"], "expected one of reporter"),
        (&["account", "add", "--name", "x", "--role", "section_editor"], "name a section"),
        (&["account", "add", "--name", "a b", "--role", "reporter"], "name"),
    ] {
        let output = fuxian(folder.path()).args(arguments).output().unwrap();
        let said = text(&output.stderr);
        assert!(!output.status.success() && said.contains(reason) && said.trim().lines().count() == 1, "{said}");
    }
}
