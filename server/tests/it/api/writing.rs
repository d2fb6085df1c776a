//! Writing: the rules are those of the desk.

use super::{Site, article, is_problem, read, with};
use crate::harness::add_account;
use serde_json::{Value, json};

#[test]
fn an_article_is_written_published_corrected_withdrawn_and_put_into_the_bin() {
    let site = Site::with_sections();
    let (program, nobody) = (site.everything(), site.nobody());
    let made = program.post("/api/v1/articles", &with(article("第一稿"), json!({ "state": "published" })));
    assert_eq!(made.status, 201, "{}", made.body);
    let (tag, view) = (made.header("etag").unwrap().to_owned(), read(&made));
    let path = format!("/api/v1/articles/{}", view["id"]);
    assert_eq!(made.header("location"), Some(path.as_str()));
    assert_eq!((&view["state"], &view["public"], &view["changed"]), (&json!("published"), &json!(true), &json!(false)));
    let page = site.server.get(view["url"].as_str().unwrap());
    assert!(page.body.contains("<h1>第一稿</h1>") && page.body.contains("正文第一段。"), "readers see it at once");

    is_problem(&program.json("PATCH", &path, "", &json!({ "title": "第二稿" })), 428, "needs_if_match");
    for stale in ["\"999-0\"", "W/\"1-0\"", "nothing", "\"\""] {
        let answer = program.json("PATCH", &path, &format!("If-Match: {stale}\r\n"), &json!({ "title": "第二稿" }));
        is_problem(&answer, 412, "stale");
    }
    let changed = program.json("PATCH", &path, &format!("If-Match: {tag}\r\n"), &json!({ "title": "第二稿" }));
    assert_eq!(changed.status, 200, "{}", changed.body);
    let view = read(&changed);
    assert_eq!((&view["title"], &view["source"], &view["changed"]), (&json!("第二稿"), &json!("本站"), &json!(true)));
    assert_eq!(read(&nobody.get(&path))["title"], "第一稿", "saving changes nothing for readers");
    is_problem(
        &program.json("PATCH", &path, &format!("If-Match: {tag}\r\n"), &json!({ "title": "晚了" })),
        412,
        "stale",
    );
    let tag = changed.header("etag").unwrap().to_owned();
    let corrected = program.json("PATCH", &path, &format!("If-Match: {tag}\r\n"), &json!({ "state": "published" }));
    assert_eq!(corrected.status, 200, "{}", corrected.body);
    assert_eq!(read(&nobody.get(&path))["title"], "第二稿");

    let whole =
        json!({ "section": "wenjian", "title": "整篇重写", "markdown": "## 小标题\n\n一段。", "state": "published" });
    let incomplete = program.json("PUT", &path, "If-Match: *\r\n", &whole);
    let problem = is_problem(&incomplete, 422, "incomplete");
    assert_eq!(problem["errors"][0]["pointer"], "#/source", "{problem}");
    let put = program.json("PUT", &path, "If-Match: *\r\n", &with(whole, json!({ "source": "新华社" })));
    assert_eq!(put.status, 200, "{}", put.body);
    let view = read(&put);
    assert!(view["html"].as_str().unwrap().contains("小标题") && view["section"]["slug"] == "wenjian", "{view}");

    is_problem(&program.send("DELETE", &path, "If-Match: *\r\n", b""), 409, "still_public");
    let no_reason = program.json("PATCH", &path, "If-Match: *\r\n", &json!({ "state": "withdrawn" }));
    assert_eq!(is_problem(&no_reason, 422, "missing")["errors"][0]["pointer"], "#/reason");
    let away = json!({ "state": "withdrawn", "reason": "来源有误" });
    assert_eq!(program.json("PATCH", &path, "If-Match: *\r\n", &away).status, 200);
    is_problem(&nobody.get(&path), 410, "gone");
    is_problem(&program.send("DELETE", &path, "", b""), 428, "needs_if_match");
    is_problem(&program.send("DELETE", &path, &format!("If-Match: {tag}\r\n"), b""), 412, "stale");
    assert_eq!(program.send("DELETE", &path, "If-Match: *\r\n", b"").status, 204);
    is_problem(&program.get(&path), 404, "not_found");
    is_problem(&program.json("PATCH", &path, "If-Match: *\r\n", &json!({})), 404, "not_found");
}

#[test]
fn what_wants_to_be_published_obeys_the_rules_of_everybody_and_leaves_nothing_behind() {
    let site = Site::with_sections();
    add_account(site.path(), "reporter", "reporter");
    let (program, reporter) = (site.everything(), site.token("reporter", &super::ALL).0);
    let tag = program.get("/api/v1/sections/yaowen").header("etag").unwrap().to_owned();
    let reviewed = json!({ "stages": 1 });
    let answer = program.json("PATCH", "/api/v1/sections/yaowen", &format!("If-Match: {tag}\r\n"), &reviewed);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let now = with(article("直接发布"), json!({ "state": "published" }));
    is_problem(&program.post("/api/v1/articles", &now), 409, "needs_review");
    let at = json!({ "state": "scheduled", "scheduled_at": "2026-12-31T08:00:00+08:00" });
    is_problem(&program.post("/api/v1/articles", &with(article("定时"), at)), 409, "needs_review");
    let denied = is_problem(&reporter.post("/api/v1/articles", &now), 403, "not_allowed");
    assert!(denied["detail"].as_str().unwrap().contains("articles:publish"), "{denied}");
    assert_eq!(read(&program.get("/api/v1/articles?state=any"))["articles"], json!([]), "nothing was kept");
    let approved = with(article("自己通过"), json!({ "state": "approved" }));
    is_problem(&reporter.post("/api/v1/articles", &approved), 422, "bad_field");

    let handed_in = reporter.write(&with(article("请审核"), json!({ "state": "submitted" })));
    assert_eq!(handed_in["state"], "submitted");
    let path = format!("/api/v1/articles/{}", handed_in["id"]);
    let publish = json!({ "state": "published" });
    is_problem(&program.json("PATCH", &path, "If-Match: *\r\n", &publish), 409, "needs_review");
    let step = json!({ "article": handed_in["id"], "base": handed_in["revision"], "step": "approve" });
    site.admin.call("take_step", &step);
    assert_eq!(program.json("PATCH", &path, "If-Match: *\r\n", &publish).status, 200, "a person has reviewed it");
    assert_eq!(read(&site.nobody().get(&path))["title"], "请审核");
    // What somebody else wrote is not the reporter's to change, with whatever token.
    let other = program.write(&with(article("别人的"), json!({ "section": "wenjian" })));
    let answer = reporter.json(
        "PATCH",
        &format!("/api/v1/articles/{}", other["id"]),
        "If-Match: *\r\n",
        &json!({ "title": "改" }),
    );
    is_problem(&answer, 403, "not_allowed");
}

#[test]
fn a_schedule_is_made_and_a_past_one_is_refused() {
    let site = Site::with_sections();
    let program = site.everything();
    let at = |at: &str| with(article("定时"), json!({ "state": "scheduled", "scheduled_at": at }));
    let past = is_problem(&program.post("/api/v1/articles", &at("2020-01-01T00:00:00Z")), 422, "bad_schedule");
    assert_eq!(past["errors"][0]["pointer"], "#/scheduled_at");
    let tomorrow = site.admin.call("get_desk", &json!({}));
    assert_eq!(tomorrow["scheduled"], json!([]));
    let soon = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() + 86_400;
    let view = program.write(&at(&rfc3339(soon)));
    assert_eq!((&view["state"], &view["public"]), (&json!("scheduled"), &json!(false)));
    assert!(view["scheduled"].as_str().unwrap().ends_with("+08:00"), "{view}");
    let path = format!("/api/v1/articles/{}", view["id"]);
    is_problem(&program.send("DELETE", &path, "If-Match: *\r\n", b""), 409, "still_scheduled");
}

/// Seconds since 1970 as a time of UTC (days to civil, Howard Hinnant's way).
fn rfc3339(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400 + 719_468, seconds % 86_400);
    let (era, doe) = (days / 146_097, days % 146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (day, month) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
    let year = yoe + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
}

#[test]
fn a_text_comes_as_a_tree_as_html_and_as_markdown_and_what_does_not_fit_is_said() {
    let site = Site::with_sections();
    let program = site.everything();
    let html = "<h2>一</h2><script>alert(1)</script><p onclick=\"x()\">正文<b>粗</b></p><iframe src=\"//x\"></iframe>";
    let view = program.write(&json!({ "section": "yaowen", "title": "网页", "html": html }));
    let written = view["html"].as_str().unwrap();
    assert!(written.contains("<strong>粗</strong>") && !written.contains("script") && !written.contains("onclick"));
    assert!(view["left_out"].to_string().contains("script"), "{view}");
    let again = program.write(&json!({ "section": "yaowen", "title": "树", "body": view["body"] }));
    assert_eq!((&again["html"], &again["text"], again.get("left_out")), (&view["html"], &view["text"], None));
    let view = program.write(
        &json!({ "section": "yaowen", "title": "标记", "markdown": "# 一级\n\n- 甲\n- 乙\n\n注[^1]\n\n[^1]: 脚注" }),
    );
    let written = view["html"].as_str().unwrap();
    assert!(written.contains("一级") && written.contains("<li>") && written.contains("脚注"), "{written}");
    let both = json!({ "section": "yaowen", "html": "<p>a</p>", "markdown": "a" });
    is_problem(&program.post("/api/v1/articles", &both), 422, "bad_field");
    let tree = json!({ "section": "yaowen", "body": { "type": "doc", "attrs": { "version": 1 }, "content": [{ "type": "script" }] } });
    let problem = is_problem(&program.post("/api/v1/articles", &tree), 422, "bad_document");
    assert_eq!(problem["errors"][0]["pointer"], "#/body");
    let gone = json!({ "section": "yaowen", "title": "没有的图", "lead": 999 });
    is_problem(&program.post("/api/v1/articles", &gone), 422, "bad_document");
}

#[test]
fn sections_are_added_changed_and_removed() {
    let site = Site::with_sections();
    let program = site.everything();
    let made = program.post("/api/v1/sections", &json!({ "slug": "dongtai", "name": "工作动态", "parent": "yaowen" }));
    assert_eq!((made.status, made.header("location")), (201, Some("/api/v1/sections/dongtai")), "{}", made.body);
    assert_eq!(read(&made)["parent"], "yaowen");
    is_problem(&program.post("/api/v1/sections", &json!({ "slug": "dongtai", "name": "又一个" })), 409, "slug_taken");
    let deep = json!({ "slug": "shen", "name": "太深", "parent": "dongtai" });
    is_problem(&program.post("/api/v1/sections", &deep), 422, "too_deep");
    for (body, pointer) in [
        (json!({ "slug": "a" }), "#/name"),
        (json!({ "name": "a" }), "#/slug"),
        (json!({ "slug": "A b", "name": "a" }), "#/slug"),
        (json!({ "slug": "admin", "name": "a" }), "#/slug"),
        (json!({ "slug": "a", "name": "长".repeat(21) }), "#/name"),
        (json!({ "slug": "a", "name": "a", "stages": 6 }), "#/stages"),
        (json!({ "slug": "a", "name": "a", "kind": "link" }), "#/link"),
        (json!({ "slug": "a", "name": "a", "kind": "shop" }), "#/kind"),
        (json!({ "slug": "a", "name": "a", "parent": "nirgends" }), "#/parent"),
    ] {
        let answer = program.post("/api/v1/sections", &body);
        assert_eq!(
            (answer.status, read(&answer)["errors"][0]["pointer"].as_str()),
            (422, Some(pointer)),
            "{body}: {}",
            answer.body
        );
    }
    let path = "/api/v1/sections/dongtai";
    is_problem(&program.json("PATCH", path, "", &json!({ "name": "动态" })), 428, "needs_if_match");
    let tag = made.header("etag").unwrap();
    let moved = json!({ "slug": "xinwen", "parent": null });
    let answer = program.json("PATCH", path, &format!("If-Match: {tag}\r\n"), &moved);
    assert_eq!((answer.status, &read(&answer)["parent"]), (200, &Value::Null), "{}", answer.body);
    assert_eq!(read(&program.get(path))["slug"], "xinwen", "the old one leads there");
    is_problem(&program.json("PATCH", path, &format!("If-Match: {tag}\r\n"), &json!({ "name": "晚了" })), 412, "stale");
    program.write(&with(article("在里面"), json!({ "section": "xinwen" })));
    is_problem(&program.send("DELETE", "/api/v1/sections/xinwen", "", b""), 409, "section_in_use");
    assert_eq!(program.send("DELETE", "/api/v1/sections/xinwen?into=wenjian", "", b"").status, 204);
    assert_eq!(read(&program.get("/api/v1/articles?state=any&section=wenjian"))["articles"][0]["title"], "在里面");
}

#[test]
fn old_addresses_lead_where_a_program_says() {
    let site = Site::with_sections();
    let program = site.everything();
    let id = program.write(&with(article("搬来的"), json!({ "state": "published" })))["id"].clone();
    let path = "/api/v1/redirects";
    let put = program.json("PUT", path, "", &json!({ "address": "/show.asp?id=7", "article": id }));
    assert_eq!((put.status, &read(&put)["address"]), (200, &json!("/show.asp?id=7")), "{}", put.body);
    let there = site.server.get("/show.asp?id=7");
    assert_eq!((there.status, there.header("location")), (301, Some(format!("/yaowen/{id}").as_str())));
    let put = program.json("PUT", path, "", &json!({ "address": "/list.asp", "section": "wenjian" }));
    assert_eq!(put.status, 200, "{}", put.body);
    let list = read(&program.get(&format!("{path}?limit=1")));
    assert_eq!((list["redirects"].as_array().unwrap().len(), list["next"].is_string()), (1, true));
    let list = read(&program.get(&format!("{path}?limit=5&after={}", list["next"].as_str().unwrap())));
    assert_eq!((&list["redirects"][0]["section"], &list["next"]), (&json!("wenjian"), &Value::Null), "{list}");
    is_problem(&program.json("PUT", path, "", &json!({ "address": "/a" })), 422, "bad_field");
    is_problem(
        &program.json("PUT", path, "", &json!({ "address": "/a", "section": "x", "article": 1 })),
        422,
        "bad_field",
    );
    is_problem(&program.json("PUT", path, "", &json!({ "address": "/a", "section": "keine" })), 404, "not_found");
    is_problem(&program.json("PUT", path, "", &json!({ "address": "/a", "article": 9999 })), 404, "not_found");
    let odd = is_problem(&program.json("PUT", path, "", &json!({ "address": "", "article": id })), 422, "bad_address");
    assert_eq!(odd["errors"][0]["pointer"], "#/address");
    assert_eq!(program.send("DELETE", &format!("{path}?address=%2Fshow.asp%3Fid%3D7"), "", b"").status, 204);
    is_problem(&program.send("DELETE", &format!("{path}?address=%2Fshow.asp%3Fid%3D7"), "", b""), 404, "not_found");
    assert_eq!(site.server.get("/show.asp?id=7").status, 404);
}
