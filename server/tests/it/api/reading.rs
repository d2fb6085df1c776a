//! What is read, with a token and without one.

use super::{Program, Site, article, is_problem, read, with};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[test]
fn readers_read_what_is_public_without_a_key() {
    let site = Site::start(&[]);
    let nobody = site.nobody();
    let sections = nobody.get("/api/v1/sections");
    assert_eq!(
        (sections.status, sections.header("content-type")),
        (200, Some("application/json")),
        "{}",
        sections.body
    );
    assert_eq!(sections.header("access-control-allow-origin"), Some("*"));
    assert_eq!(sections.header("cache-control"), Some("no-cache"));
    let slug = read(&sections)["sections"][0]["slug"].as_str().unwrap().to_owned();
    let section = read(&nobody.get(&format!("/api/v1/sections/{slug}")));
    assert_eq!((section["slug"].as_str(), section.get("stages")), (Some(slug.as_str()), None), "{section}");
    let list = read(&nobody.get("/api/v1/articles?limit=3"));
    let rows = list["articles"].as_array().unwrap();
    assert!(rows.len() == 3 && rows.iter().all(|row| row["public"] == true && row["shown"].is_string()), "{list}");
    let (id, url) = (&rows[0]["id"], rows[0]["url"].as_str().unwrap());
    let one = nobody.get(&format!("/api/v1/articles/{id}"));
    let article = read(&one);
    assert_eq!((&article["id"], article["url"].as_str(), &article["title"]), (id, Some(url), &rows[0]["title"]));
    let html = article["html"].as_str().unwrap();
    assert!(html.starts_with('<') && article["body"]["type"] == "doc" && !article["text"].as_str().unwrap().is_empty());
    let page = site.server.get(url);
    assert!(page.status == 200 && page.body.contains(html), "it is the HTML that readers see");
    let tag = one.header("etag").unwrap();
    assert!(tag.starts_with(&format!("\"{}-", article["revision"])), "{tag} begins with the revision");
    for known in [tag.to_owned(), format!("\"x\", W/{tag}"), "*".to_owned()] {
        let same = nobody.send("GET", &format!("/api/v1/articles/{id}"), &format!("If-None-Match: {known}\r\n"), b"");
        assert_eq!((same.status, same.body.as_str(), same.header("etag")), (304, "", Some(tag)), "{known}");
    }
    let other = nobody.send("GET", &format!("/api/v1/articles/{id}"), "If-None-Match: \"1-0\"\r\n", b"");
    assert_eq!(other.status, 200);
    let head = nobody.send("HEAD", "/api/v1/sections", "", b"");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[test]
fn what_is_not_public_needs_a_token_and_a_cookie_is_none() {
    let site = Site::with_sections();
    let (nobody, program) = (site.nobody(), site.everything());
    let draft = program.write(&article("未公开的草稿"));
    let id = &draft["id"];
    let cookie = format!("Cookie: {}\r\n", site.admin.cookie);
    for path in ["/api/v1/articles?state=any", "/api/v1/media", "/api/v1/redirects"] {
        is_problem(&nobody.get(path), 401, "signed_out");
        let answer = nobody.send("GET", path, &cookie, b"");
        is_problem(&answer, 401, "signed_out");
        assert!(answer.header("www-authenticate").unwrap().starts_with("bearer"), "{}", answer.headers);
        assert_eq!(program.get(path).status, 200, "{path}");
    }
    is_problem(&nobody.send("GET", &format!("/api/v1/articles/{id}"), &cookie, b""), 404, "not_found");
    let said = nobody.send("POST", "/api/v1/articles", &format!("{cookie}Content-Type: application/json\r\n"), b"{}");
    is_problem(&said, 401, "signed_out");
    assert_eq!(
        read(&nobody.get("/api/v1/articles?q=草稿".replace("草稿", "%E8%8D%89").as_str()))["articles"],
        json!([])
    );
    let drafts = program.get("/api/v1/articles?state=draft&section=yaowen");
    assert_eq!(drafts.header("cache-control"), Some("no-cache, private"));
    assert_eq!(read(&drafts)["articles"][0]["title"], "未公开的草稿");
    assert_eq!(read(&program.get("/api/v1/articles?state=published"))["articles"], json!([]));
    assert_eq!(read(&program.get(&format!("/api/v1/articles/{id}")))["state"], "draft");
    assert_eq!(read(&program.get("/api/v1/sections/yaowen"))["stages"], 0);
    // A hidden section is not listed; its address works.
    let hidden = json!({ "slug": "neibu", "name": "内部栏目", "visible": false });
    assert_eq!(program.post("/api/v1/sections", &hidden).status, 201);
    assert!(!nobody.get("/api/v1/sections").body.contains("neibu"));
    assert!(program.get("/api/v1/sections").body.contains("neibu"));
}

/// Every article of a list, page after page.
fn walk(program: &Program, first: &str) -> Vec<i64> {
    let (mut path, mut found) = (first.to_owned(), Vec::new());
    for _ in 0..50 {
        let answer = program.get(&path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        let list = read(&answer);
        found.extend(list["articles"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()));
        let Some(next) = list["next"].as_str() else {
            assert_eq!(answer.header("link"), None);
            return found;
        };
        let link = answer.header("link").unwrap();
        assert!(link.ends_with("; rel=\"next\"") && link.contains(&format!("after={next}")), "{link}");
        path = format!("{first}&after={next}");
    }
    panic!("{first} does not end");
}

#[test]
fn a_list_is_walked_to_its_end_though_many_articles_bear_the_same_time() {
    let site = Site::with_sections();
    let program = site.everything();
    let more = |section: &str, shown: &str| json!({ "state": "published", "section": section, "shown": shown });
    let ids = |values: Vec<Value>| values.iter().map(|one| one["id"].as_i64().unwrap()).collect::<BTreeSet<_>>();
    let write =
        |n: i32, section: &str, shown: &str| program.write(&with(article(&format!("第{n}篇")), more(section, shown)));
    let same = ids((0..7).map(|n| write(n, "yaowen", "2026-05-01T08:00:00+08:00")).collect());
    let other = ids((7..9).map(|n| write(n, "wenjian", "2026-05-01T08:00:00+08:00")).collect());
    let late = ids(vec![write(9, "yaowen", "2026-05-03 00:00:00")]);
    let both: BTreeSet<i64> = same.union(&other).chain(&late).copied().collect();
    let nobody = site.nobody();
    for (path, expected) in [
        ("/api/v1/articles?limit=2", &both),
        ("/api/v1/articles?limit=3&section=wenjian", &other),
        ("/api/v1/articles?limit=2&since=2026-05-02", &late),
        ("/api/v1/articles?limit=2&until=2026-05-01&section=yaowen", &same),
        ("/api/v1/articles?limit=2&since=2026-05-01&until=2026-05-02&section=yaowen", &same),
    ] {
        let found = walk(&nobody, path);
        assert_eq!(found.len(), expected.len(), "{path}: {found:?} shows nothing twice");
        assert_eq!(&found.into_iter().collect::<BTreeSet<_>>(), expected, "{path}");
    }
    assert_eq!(walk(&program, "/api/v1/articles?state=any&limit=3").len(), 10);
    assert_eq!(walk(&program, "/api/v1/articles?state=published&limit=4&section=yaowen").len(), 8);
    // 第3篇
    let found = walk(&nobody, "/api/v1/articles?limit=2&q=%E7%AC%AC3%E7%AF%87");
    assert_eq!(found.len(), 1);
    // A further section lists it as well.
    let id = found[0];
    let further = json!({ "further": ["wenjian"], "state": "published" });
    let answer = program.json("PATCH", &format!("/api/v1/articles/{id}"), "If-Match: *\r\n", &further);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(walk(&nobody, "/api/v1/articles?limit=2&section=wenjian").len(), 3);
}

#[test]
fn the_description_is_served_and_scripts_of_other_sites_may_read_and_not_write() {
    let site = Site::with_sections();
    let nobody = site.nobody();
    let answer = nobody.get("/api/v1/openapi.json");
    let document = read(&answer);
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"), "{}", document["openapi"]);
    for path in
        ["/api/v1/articles", "/api/v1/articles/{id}", "/api/v1/sections/{slug}", "/api/v1/media", "/api/v1/redirects"]
    {
        assert!(document["paths"][path].is_object(), "{path}");
    }
    let asked = "Origin: https://other.example\r\nAccess-Control-Request-Method: POST\r\n\
                 Access-Control-Request-Headers: authorization\r\n";
    let answer = nobody.send("OPTIONS", "/api/v1/articles", asked, b"");
    assert_eq!((answer.status, answer.header("access-control-allow-methods")), (204, Some("get, head")));
    assert_eq!(answer.header("access-control-allow-headers"), Some("if-none-match"), "no token from a browser");
    assert_eq!(answer.header("access-control-allow-credentials"), None);
    let wrong = nobody.send("DELETE", "/api/v1/articles", "", b"");
    is_problem(&wrong, 405, "method_not_allowed");
    assert!(wrong.header("allow").unwrap().contains("get"), "{}", wrong.headers);
    for path in ["/api/v1", "/api/v1/", "/api/v1/articels", "/api/v1/articles/1/print"] {
        is_problem(&nobody.get(path), 404, "no_such_address");
    }
    is_problem(&nobody.get("/api/v1/articles/eins"), 404, "not_found");
    is_problem(&nobody.get("/api/v1/sections/Nicht%20da"), 404, "not_found");
}
