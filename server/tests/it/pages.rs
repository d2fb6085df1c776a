use crate::harness::{Editor, Server, add_account, run, write};
use serde_json::{Value, json};

fn demo() -> (tempfile::TempDir, Server) {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    (folder, server)
}

#[test]
fn what_is_not_there_is_a_404_page_that_helps() {
    let (_folder, server) = demo();
    for path in [
        "/nowhere",
        "/yaowen/0",
        "/yaowen/999999",
        "/yaowen/abc",
        "/yaowen/-1",
        "/yaowen/01",
        "/yaowen/99999999999999999999",
        "/yaowen?page=0",
        "/yaowen?page=abc",
        "/yaowen?page=999",
        "/yaowen?page=-1",
        "/yaowen?page=",
        "/a/b/c/d",
        "/%FF",
        "/yaowen/1%00",
        "/Yaowen",
        "/.env",
        "/yaowen/1/print/x",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.body.contains("没有找到这个页面") && answer.body.contains("首页"), "{path}: {}", answer.body);
    }
}

#[test]
fn an_article_under_another_section_redirects_for_ever() {
    let (_folder, server) = demo();
    let answer = server.get("/yaowen/1");
    assert_eq!((answer.status, answer.header("location")), (301, Some("/jianghua/1")));
    assert_eq!(server.get("/nowhere/1").header("location"), Some("/jianghua/1"));
    let print = server.get("/yaowen/1/print");
    assert_eq!((print.status, print.header("location")), (301, Some("/jianghua/1/print")));
    let slash = server.get("/jianghua/?page=1");
    assert_eq!((slash.status, slash.header("location")), (301, Some("/jianghua?page=1")));
    assert_eq!(server.get("//evil.example/").status, 404, "an address of another site is none of ours");
}

#[test]
fn an_article_travels_once_and_says_what_it_is() {
    let (_folder, server) = demo();
    let article = server.get("/jianghua/1");
    assert_eq!(article.status, 200);
    let sentence = "预祝玉溪市职工技术协会二届一次理事会议圆满成功";
    assert_eq!(article.body.matches(sentence).count(), 1, "the text is not sent a second time for hydration");
    let head = article.body.split("</head>").next().unwrap();
    for part in [
        "<title>金毅在玉溪市职工技术协会二届一次理事会上的讲话",
        "rel=\"canonical\"",
        "/jianghua/1\"",
        "name=\"description\"",
        "name=\"ArticleTitle\"",
        "content=\"2012-07-31 10:28\"",
        "name=\"SiteName\"",
    ] {
        assert!(head.contains(part), "{part}: {head}");
    }
    assert!(!head.contains("SiteIDCode"), "a number that the union has not is not made up");
    assert_eq!(server.request("HEAD", "/jianghua/1", "").status, 200);
}

#[test]
fn a_page_is_the_same_for_every_reader_and_asks_for_no_client() {
    let (_folder, server) = demo();
    let head = |body: &str| body.split("<link rel=\"stylesheet\"").next().unwrap().to_owned();
    let front = server.get("/");
    for path in ["/", "/jianghua", "/jianghua/1", "/jianghua/1/print", "/nowhere"] {
        let page = server.get(path);
        assert_eq!(head(&page.body), head(&front.body), "{path}: every page begins alike");
        assert!(!page.body.contains("rel=\"preload\"") && !page.body.contains("modulepreload"), "{path}");
        // The data for the client stands after it, in the order in which the database answered.
        let markup = |body: &str| body.split("</html>").next().unwrap().to_owned();
        let reader = "Cookie: a=b; fuxian_session=0123\r\nUser-Agent: x\r\nAccept-Language: en\r\nSave-Data: on\r\n";
        let other = server.request("GET", path, reader);
        assert_eq!((other.status, markup(&other.body)), (page.status, markup(&page.body)), "{path}");
        let counted = server.get(&format!("{path}?from=elsewhere"));
        assert_eq!(markup(&counted.body), markup(&page.body), "{path}: a counter's query");
    }
    assert!(server.get("/admin").body.contains("rel=\"modulepreload\""), "editors wait for it");
}

#[test]
fn a_script_in_a_title_does_not_become_one_and_is_not_trusted() {
    let folder = tempfile::tempdir().unwrap();
    let line = r#"{"section":"yaowen","title":"甲</title></head><script>alert(1)</script>","summary":"\"><script>alert(2)</script>","body_html":"<p>文<script>alert(3)</script></p>"}"#;
    let file = write(folder.path(), "x.jsonl", line);
    assert!(run(folder.path(), &["import", "--publish", file.to_str().unwrap()]).status.success());
    let server = Server::start(folder.path(), &[]);
    for path in ["/yaowen/1", "/yaowen/1/print", "/yaowen", "/"] {
        let page = server.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.body.contains("<script>alert"), "{path}: {}", page.body);
        assert!(page.body.contains("甲&lt;/title&gt;"), "{path}: the title is shown as it was written");
        let policy = page.header("content-security-policy").unwrap();
        assert!(
            !policy.split(';').any(|part| part.contains("script-src") && part.contains("unsafe-inline")),
            "{policy}"
        );
        let scripts = page.body.matches("<script").count();
        assert_eq!(policy.matches("sha256-").count(), scripts, "{path}: every script of ours is named, and no other");
        assert!(!page.body.contains("nonce="), "{path}: the same page twice is the same bytes");
    }
}

#[test]
fn a_server_function_sends_nobody_to_another_site() {
    let (_folder, server) = demo();
    let browser = "Accept: text/html\r\nReferer: http://evil.example/x\r\n";
    for (path, status) in [
        ("/api/get_front", 200),
        ("/api/get_article?section=x&id=abc", 404),
        ("/api/get_article?section=jianghua&id=1", 200),
        ("/api/get_section_page?slug=yaowen&page=0", 404),
        ("/api/get_section_page?slug=yaowen&page=4294967295", 404),
        ("/api/none", 404),
    ] {
        let answer = server.request("GET", path, browser);
        assert_eq!((answer.status, answer.header("location")), (status, None), "{path}: {}", answer.body);
    }
    assert_eq!(server.request("HEAD", "/api/get_front", "").status, 405);
    assert_eq!(server.request("POST", "/yaowen", "Content-Length: 0\r\n").status, 405);
}

#[test]
fn every_section_and_its_pages_are_there() {
    let folder = tempfile::tempdir().unwrap();
    let lines: String = (0..45)
        .map(|n| format!("{{\"section\":\"工会要闻\",\"title\":\"第{n}篇\",\"published_at\":\"2020-01-01 00:00:{n:02}\",\"body_text\":\"文\"}}\n"))
        .collect();
    let file = write(folder.path(), "a.jsonl", lines);
    assert!(run(folder.path(), &["import", "--publish", file.to_str().unwrap()]).status.success());
    let server = Server::start(folder.path(), &[]);
    for slug in [
        "yuxigonghui",
        "yaowen",
        "jianghua",
        "wenjian",
        "weiquan",
        "chuangxin",
        "nvgong",
        "caiwu",
        "lilun",
        "fengcai",
        "jiceng",
        "jiaoyu",
    ] {
        assert_eq!(server.get(&format!("/{slug}")).status, 200, "{slug}");
    }
    let third = server.get("/yaowen?page=3");
    assert_eq!(third.status, 200);
    assert!(third.body.contains(">第4篇<") && third.body.contains(">第0篇<") && !third.body.contains(">第5篇<"));
    let canonical = third.body.split("rel=\"canonical\"").next().unwrap().len();
    assert!(third.body[canonical.saturating_sub(200)..canonical + 200].contains("/yaowen?page=3"));
    assert_eq!(server.get("/yaowen?page=4").status, 404);
}

#[test]
fn machines_find_what_they_ask_for() {
    let (_folder, server) = demo();
    assert_eq!(server.get("/healthz").body, "ok\n");
    assert!(server.get("/robots.txt").body.contains(&format!("Sitemap: http://{}/sitemap.xml", server.addr)));
    let sitemap = server.get("/sitemap.xml");
    assert!(sitemap.header("content-type").unwrap().starts_with("application/xml"));
    assert!(sitemap.body.contains(&format!("<loc>http://{}/jianghua/1</loc>", server.addr)));
    assert_eq!(server.get("/sitemap/1.xml").body, sitemap.body);
    for missing in
        ["/sitemap/2.xml", "/sitemap/0.xml", "/sitemap/x", "/pkg/none.js", "/pkg-0/fuxian.wasm", "/media/x.jpg"]
    {
        let answer = server.get(missing);
        assert_eq!(answer.status, 404, "{missing}");
        assert!(!answer.body.contains("<html"), "{missing} is no page");
    }
}

#[test]
fn every_answer_carries_the_headers_that_protect_its_readers() {
    let (_folder, server) = demo();
    for path in ["/", "/nowhere", "/robots.txt", "/pkg/none.js"] {
        let answer = server.get(path);
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert!(answer.header("content-security-policy").is_some(), "{path}");
    }
    let packed = server.request("GET", "/", "Accept-Encoding: gzip\r\n");
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
}

/// The demo site and somebody who runs it.
fn run_site() -> (tempfile::TempDir, Server, Editor) {
    let (folder, server) = demo();
    add_account(folder.path(), "admin", "administrator");
    let editor = Editor::sign_in(&server.addr, "admin");
    (folder, server, editor)
}

/// The section with this slug as its form has it.
fn section(tree: &Value, slug: &str) -> Value {
    let rows = tree["rows"].as_array().unwrap();
    rows.iter().find(|row| row["fields"]["slug"] == slug).unwrap().clone()
}

fn rename(editor: &Editor, from: &str, to: &str) {
    let row = section(&editor.call("get_section_tree", &json!({})), from);
    let mut fields = row["fields"].clone();
    fields["slug"] = to.into();
    let draft = json!({ "id": row["id"], "parent": row["parent"], "fields": fields });
    editor.call("change_section", &json!({ "id": row["id"], "draft": draft, "version": row["version"] }));
}

#[test]
fn the_old_addresses_of_a_section_and_of_its_articles_redirect_for_ever() {
    let (_folder, server, editor) = run_site();
    rename(&editor, "jianghua", "speeches");
    rename(&editor, "speeches", "yanjiang");
    for old in ["/jianghua", "/speeches"] {
        for (below, place) in [("", "/yanjiang"), ("/1", "/yanjiang/1"), ("/1/print", "/yanjiang/1/print")] {
            let answer = server.get(&format!("{old}{below}"));
            assert_eq!((answer.status, answer.header("location")), (301, Some(place)), "{old}{below}");
        }
        assert_eq!(server.get(&format!("{old}/999999")).status, 404, "what never was is not there");
    }
    assert_eq!(server.get("/yanjiang").status, 200);
    assert_eq!(server.get("/yanjiang/1").status, 200);
    // A client that navigates by itself learns the new address from the answer.
    let called = server.get("/api/get_section_page?slug=jianghua&page=1");
    assert!(called.body.contains("\"slug\":\"yanjiang\""), "{}", called.body);
    let tree = editor.call("get_section_tree", &json!({}));
    let (from, into) = (section(&tree, "yanjiang"), section(&tree, "lilun"));
    assert_eq!(
        editor
            .post("remove_section", &json!({ "id": from["id"], "into": null, "version": tree["version"] }))
            .unwrap()
            .status,
        409
    );
    editor.call("remove_section", &json!({ "id": from["id"], "into": into["id"], "version": tree["version"] }));
    for old in ["/jianghua", "/speeches", "/yanjiang"] {
        let answer = server.get(&format!("{old}?page=1"));
        assert_eq!((answer.status, answer.header("location")), (301, Some("/lilun")), "{old}");
        assert_eq!(server.get(&format!("{old}/1")).header("location"), Some("/lilun/1"), "{old}");
    }
    let sitemap = server.get("/sitemap.xml").body;
    assert!(sitemap.contains("/lilun/1<") && !sitemap.contains("/yanjiang"), "{sitemap}");
}

#[test]
fn the_footer_links_its_numbers_and_friends_and_notices_are_shown() {
    let (_folder, server, editor) = run_site();
    let form = editor.call("get_identity", &json!({}));
    let mut identity = form["identity"].clone();
    identity["police_number"] = "滇公网安备53040202000001号".into();
    let change = json!({ "identity": identity, "version": form["version"] });
    editor.call("change_identity", &change);
    let again = editor.post("change_identity", &change).unwrap();
    assert_eq!(again.status, 200, "the same once more has nothing to overwrite: {}", again.body);
    identity["name"] = "另一个名字".into();
    let stale = editor.post("change_identity", &json!({ "identity": identity, "version": form["version"] })).unwrap();
    assert_eq!((stale.status, stale.body.contains("stale")), (409, true), "{}", stale.body);
    let form = json!({
        "friends": [{ "name": "全国总工会", "address": "https://www.acftu.org/" }],
        "notices": [
            { "text": "只在首页", "link": "/jianghua/1" },
            { "text": "每个页面", "urgent": true },
            { "text": "已经过去", "ends": "2020-01-01T00:00:00" },
        ],
    });
    editor.call("change_front", &json!({ "form": form, "version": 1 }));
    let front = server.get("/").body;
    for part in [
        "友情链接",
        "href=\"https://www.acftu.org/\"",
        "只在首页",
        "每个页面",
        "href=\"https://beian.miit.gov.cn/\"",
        "code=53040202000001\"",
    ] {
        assert!(front.contains(part), "{part}");
    }
    assert!(!front.contains("已经过去"));
    let article = server.get("/jianghua/1").body;
    assert!(article.contains("每个页面") && !article.contains("只在首页"), "{article}");
    assert!(article.contains("滇公网安备53040202000001号"));
    let script = json!({ "form": { "friends": [{ "name": "x", "address": "javascript:alert(1)" }] }, "version": 2 });
    let refused = editor.post("change_front", &script).unwrap();
    assert_eq!((refused.status, refused.body.contains("bad_address")), (422, true), "{}", refused.body);
}

#[test]
fn a_notice_begins_and_ends_while_the_server_runs() {
    let (_folder, server, editor) = run_site();
    // The zone of the site: the server's clock says the time, so it is asked what day it has.
    let frame: Value = serde_json::from_str(&server.get("/api/get_frame").body).unwrap();
    assert!(frame["today"].as_str().unwrap().ends_with("+08:00"));
    let in_seconds = |seconds: i64| {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        let clock = (i64::try_from(since).unwrap() + 8 * 3600 + seconds) % 86_400;
        let day = frame["today"].as_str().unwrap()[..10].to_owned();
        (clock, format!("{day}T{:02}:{:02}:{:02}", clock / 3600, clock / 60 % 60, clock % 60))
    };
    let ((begins, from), (ends, to)) = (in_seconds(3), in_seconds(8));
    if ends < begins {
        return; // Midnight is in between.
    }
    let form = json!({ "notices": [{ "text": "短短几秒", "urgent": true, "begins": from, "ends": to }] });
    editor.call("change_front", &json!({ "form": form, "version": 1 }));
    let shown = || server.get("/jianghua/1").body.contains("短短几秒");
    let began = std::time::Instant::now();
    // What is due is looked for once a second, and a busy machine may take a few more.
    let by = |seconds: u64, wanted: bool| {
        while began.elapsed() < std::time::Duration::from_secs(seconds) {
            if shown() == wanted {
                return true;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        false
    };
    assert!(!shown(), "it has not begun");
    assert!(by(7, true), "it begins at the third second");
    assert!(by(12, false), "it ends at the eighth");
}

#[test]
fn a_section_is_a_list_a_page_or_another_site() {
    let (_folder, server, editor) = run_site();
    let change = |slug: &str, key: &str, value: Value, more: &[(&str, &str)]| {
        let row = section(&editor.call("get_section_tree", &json!({})), slug);
        let mut draft = json!({ "id": row["id"], "parent": row["parent"], "fields": row["fields"] });
        draft["fields"][key] = value;
        for (key, value) in more {
            draft["fields"][*key] = (*value).into();
        }
        editor.call("change_section", &json!({ "id": row["id"], "draft": draft, "version": row["version"] }));
    };
    change("jianghua", "kind", "page".into(), &[]);
    change("lilun", "kind", "link".into(), &[("link", "https://www.acftu.org/")]);
    let listed: Value = serde_json::from_str(&server.get("/api/get_section_page?slug=jianghua&page=1").body).unwrap();
    let newest = &listed["articles"][0]["link"];
    let page = server.get("/jianghua").body;
    let heading = format!("<h1>{}</h1>", newest["title"].as_str().unwrap());
    assert!(
        page.contains(&heading) && page.contains("class=\"article-body\""),
        "the article stands at the address: {page}"
    );
    let reading = format!("/api/get_article?section=jianghua&id={}", newest["id"]);
    let reading: Value = serde_json::from_str(&server.get(&reading).body).unwrap();
    let text = reading["body"].as_str().unwrap();
    let sentence = text.split(['<', '>']).max_by_key(|part| part.len()).unwrap();
    assert_eq!(page.matches(sentence).count(), 1, "its text travels once: {sentence}");
    assert!(page.contains("name=\"ColumnName\""));
    let outside = server.get("/lilun").body;
    assert!(outside.contains("href=\"https://www.acftu.org/\"") && outside.contains("noindex"));
    let front = server.get("/").body;
    assert!(front.contains("<a href=\"https://www.acftu.org/\" rel=\"external noopener\">"), "navigation leads there");
    assert!(!front.contains("id=\"block-lilun\"") && !front.contains("id=\"block-jianghua\""));
    let sitemap = server.get("/sitemap.xml").body;
    assert!(!sitemap.contains("/lilun<") && !sitemap.contains("/jianghua<") && sitemap.contains("/jianghua/1<"));
    let tree = editor.call("get_section_tree", &json!({}));
    let parent = section(&tree, "yaowen")["id"].clone();
    let child = json!({ "id": null, "parent": parent, "fields": { "slug": "xianqu", "name": "县区动态" } });
    editor.call("add_section", &json!({ "draft": child }));
    let parent = server.get("/yaowen").body;
    assert!(parent.contains("class=\"section-children\"") && parent.contains("href=\"/xianqu\""));
    let below = server.get("/xianqu").body;
    assert!(
        below.contains("上级栏目：工会要闻") && below.contains("href=\"/yaowen\" aria-current=\"true\""),
        "{below}"
    );
}
