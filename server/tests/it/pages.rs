use crate::harness::{Server, run, write};

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
