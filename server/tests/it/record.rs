//! The record as a file.

use crate::harness::{Answer, Editor, Server, add_account};
use serde_json::json;

fn file(server: &Server, editor: &Editor, query: &str, headers: &str) -> Answer {
    server.request("GET", &format!("/admin/record.csv{query}"), &format!("Cookie: {}\r\n{headers}", editor.cookie))
}

fn lines(answer: &Answer) -> Vec<&str> {
    answer.body.trim_start_matches('\u{feff}').split_terminator("\r\n").collect()
}

#[test]
fn an_administrator_takes_the_record_out_as_a_file_that_excel_opens() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--empty"]);
    add_account(folder.path(), "zhang", "administrator");
    let zhang = Editor::sign_in(&server.addr, "zhang");
    let fields = json!({ "name": "li", "display_name": "=1+1", "grants": [] });
    zhang.call("add_account", &json!({ "fields": fields }));
    let answer = file(&server, &zhang, "", "");
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let name = answer.header("content-disposition").unwrap();
    let named =
        name.starts_with("attachment; filename=\"record-20") && name.contains(".csv\"; filename*=utf-8''%e6%93%8d");
    assert!(named, "{name}");
    assert!(answer.body.starts_with("\u{feff}编号,时间,操作人,操作,操作代码,"), "{}", answer.body);
    let lines = lines(&answer);
    assert!(lines.len() > 5 && lines.last().unwrap().contains(",系统,建站,found,网站,1,"), "{lines:#?}");
    let added = lines.iter().find(|line| line.contains(",添加,add,账号,") && line.contains("\"\"li\"\"")).unwrap();
    // The name of the account begins like a formula, the JSON of it does not.
    assert!(added.contains(",\"'=1+1\",") && added.contains(",\"{\"\"name\"\":\"\"li\"\""), "{added}");
    let signed_in = lines.iter().find(|line| line.contains(",登录,sign_in,")).unwrap();
    assert!(signed_in.contains(",zhang,") && signed_in.ends_with(",127.0.0.1"), "{signed_in}");
    assert!(!answer.body.contains(",export,"), "the entry of the export itself comes after what it holds");

    let filtered = file(&server, &zhang, "?action=export", "");
    let found = self::lines(&filtered);
    assert!(found.len() == 2 && found[1].contains(",导出记录,export,网站,1,"), "{found:?}");
    assert!(found[1].ends_with(",127.0.0.1"));
    let none = file(&server, &zhang, "?action=fly&from=2026-01-01", "");
    assert_eq!((none.status, self::lines(&none).len()), (200, 1), "headings only");
    let long = file(&server, &zhang, &format!("?action={}", "x".repeat(50)), "");
    assert_eq!((long.status, long.body.trim()), (422, "操作太长：最多 40 个字。"));
    let packed = file(&server, &zhang, "", "Accept-Encoding: gzip\r\n");
    assert_eq!((packed.status, packed.header("content-encoding")), (200, Some("gzip")));
}

#[test]
fn nobody_else_gets_the_file_and_each_is_told_why() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--empty"]);
    let nobody = server.get("/admin/record.csv");
    assert_eq!((nobody.status, nobody.body.trim()), (401, "您还没有登录，或者登录已经过期。"));
    assert_eq!(nobody.header("content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(nobody.header("cache-control"), Some("no-store"));
    for (name, role) in [("li", "reporter"), ("wang", "reviewer"), ("zhao", "publisher")] {
        add_account(folder.path(), name, role);
        let editor = Editor::sign_in(&server.addr, name);
        let answer = file(&server, &editor, "", "");
        assert_eq!((answer.status, answer.body.trim()), (403, "您没有做这件事的权限。"), "{role}");
        let page = editor.post("list_record", &json!({ "filter": {}, "mark": null })).unwrap();
        assert_eq!(page.status, 403, "{role}");
    }
    add_account(folder.path(), "zhang", "administrator");
    let zhang = Editor::sign_in(&server.addr, "zhang");
    for site in ["cross-site", "same-site"] {
        let answer = file(&server, &zhang, "", &format!("Sec-Fetch-Site: {site}\r\n"));
        assert_eq!(answer.status, 403, "a link on another site makes no file: {site}");
    }
    assert_eq!(file(&server, &zhang, "", "Sec-Fetch-Site: same-origin\r\n").status, 200);
    let exports = zhang.call("list_record", &json!({ "filter": { "action": "export" }, "mark": null }));
    assert_eq!(exports["rows"].as_array().unwrap().len(), 1, "what was refused is none: {exports}");
    assert_eq!(server.request("POST", "/admin/record.csv", "Content-Length: 0\r\n").status, 405);
}

#[test]
fn a_page_of_the_record_says_what_was_done_to_what() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--empty"]);
    add_account(folder.path(), "zhang", "administrator");
    let zhang = Editor::sign_in(&server.addr, "zhang");
    let article = zhang.begin();
    let base = zhang.open(article, "tab");
    zhang.try_save(article, "tab", 1, base, "正文").unwrap();
    let filter = json!({ "subject": { "kind": "article", "id": article } });
    let page = zhang.call("list_record", &json!({ "filter": filter, "mark": null }));
    let row = &page["rows"][0];
    assert_eq!((row["action"].as_str(), row["title"].as_str()), (Some("begin"), Some("杀不死的文章")), "{page}");
    assert_eq!((row["name"].as_str(), &page["next"]), (Some("zhang"), &serde_json::Value::Null));
    let odd = zhang.post("list_record", &json!({ "filter": {}, "mark": "x" })).unwrap();
    assert_eq!(odd.status, 404, "{}", odd.body);
}
