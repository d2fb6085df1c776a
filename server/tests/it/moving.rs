//! Old sites move in through the command: saved pages, exports of other systems, their pictures and their addresses.

use crate::harness::{Server, run, text, write};
use std::{fmt::Write, path::Path};

/// A page of a site that was made in 2009: tables, GBK that is declared as gb2312, a menu and a footer on every page.
pub fn old_page(n: u32) -> Vec<u8> {
    let topic = TOPICS[n as usize - 1];
    let page = format!(
        "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=gb2312\"><title>{topic}会议召开-某市总工会</title></head>\
         <body><table><tr><td><a href=index.asp>首页</a> <a href=list.asp?id=1>工会动态</a> <a href=list.asp?id=2>通知公告</a></td></tr></table>\
         <div>当前位置：<a href=index.asp>首页</a> &gt; <a href=list.asp?id=1>工会要闻</a> &gt; 正文</div>\
         <h1>{topic}会议召开</h1><p>发布时间：2009-05-{n:02} 10:20:30　来源：市总工会办公室　作者：王小明</p>\
         <div class=content><p>　　本报讯 五月{n}日上午，{topic}会议在市工人文化宫召开，来自全市各条战线的一百二十名代表出席了会议。</p>\
         <p>　　会议听取并审议了{topic}工作报告，讨论通过了{topic}实施方案，并对今后一年的{topic}工作作出了部署。</p>\
         <p><img src=\"pic/{n}.png\"></p><p>　　{topic}工作起步较早，<a href=\"show.asp?id=1\">上一次会议</a>的{topic}提案已经全部办结。</p></div>\
         <p>责任编辑：李华</p><div>版权所有：某市总工会　地址：人民路1号　电话：0877-1234567　滇ICP备05000001号</div></body></html>"
    );
    encoding_rs::GBK.encode(&page).0.into_owned()
}

const TOPICS: [&str; 6] = ["安全生产", "劳动竞赛", "困难职工帮扶", "女职工维权", "技能比武", "职工书屋建设"];

pub fn list_page() -> Vec<u8> {
    let mut page = "<html><head><title>工会动态-某市总工会</title></head><body><ul>".to_owned();
    for (n, topic) in (1..).zip(TOPICS.iter().cycle().take(29)) {
        let _ = write!(page, "<li><a href=\"show.asp?id={n}\">{topic}会议召开</a> 2009-05-{n:02}</li>");
    }
    encoding_rs::GBK.encode(&(page + "</ul></body></html>")).0.into_owned()
}

/// The smallest picture that is one.
pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

fn old_site(folder: &Path) -> std::path::PathBuf {
    let site = folder.join("site");
    std::fs::create_dir_all(site.join("www.old.example/pic")).unwrap();
    for n in 1..=6 {
        write(&site, &format!("www.old.example/show.asp@id={n}.html"), old_page(n));
        write(&site, &format!("www.old.example/pic/{n}.png"), PNG);
    }
    std::fs::remove_file(site.join("www.old.example/pic/2.png")).unwrap();
    write(&site, "www.old.example/list.asp@id=1.html", list_page());
    write(&site, "www.old.example/empty.html", "<html><body></body></html>");
    write(&site, "www.old.example/style.css", "body{}");
    site
}

fn data_of(folder: &Path) -> std::path::PathBuf {
    let data = folder.join("data");
    std::fs::create_dir(&data).unwrap();
    data
}

fn report(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn a_dry_run_says_what_it_found_and_brings_nothing_in() {
    let folder = tempfile::tempdir().unwrap();
    let site = old_site(folder.path());
    let file = folder.path().join("report.json");
    let data = data_of(folder.path());
    let out = run(&data, &["import", "site", site.to_str().unwrap(), "--dry-run", "--report", file.to_str().unwrap()]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert!(text(&out.stdout).contains("6 articles, 2 lists"), "{}", text(&out.stdout));
    assert!(std::fs::read_dir(&data).unwrap().next().is_none(), "nothing is made");
    let report = report(&file);
    let pages = report.as_array().unwrap();
    assert_eq!(pages.len(), 8, "one object a page, and none for a style sheet");
    let page = pages.iter().find(|page| page["file"].as_str().unwrap().ends_with("id=3.html")).unwrap();
    assert_eq!(page["kind"], "article");
    for (field, value) in [
        ("title", "困难职工帮扶会议召开"),
        ("publish_time", "2009-05-03 10:20:30"),
        ("source", "市总工会办公室"),
        ("author", "王小明"),
        ("editor", "李华"),
        ("section", "工会要闻"),
    ] {
        assert_eq!(page[field]["value"], value, "{page:#}");
        assert!(page[field]["confidence"].as_f64().unwrap() > 0.5 && page[field]["found"].is_string(), "{field}");
    }
    let body = page["body_text"].as_str().unwrap();
    assert_eq!(body.lines().count(), 3, "a line a paragraph: {body}");
    assert!(!body.contains("版权所有") && !body.contains("首页"), "{body}");
}

#[test]
fn an_old_site_moves_in_with_its_pictures_and_its_addresses_and_out_again() {
    let folder = tempfile::tempdir().unwrap();
    let site = old_site(folder.path());
    let data = data_of(folder.path());
    let arguments = ["import", "site", site.to_str().unwrap(), "--publish"];
    let out = run(&data, &arguments);
    let (said, complained) = (text(&out.stdout), text(&out.stderr));
    assert_eq!(out.status.code(), Some(0), "{complained}");
    assert!(said.contains("6 added") && said.contains("2 lists") && said.contains("import 1:"), "{said}");
    assert!(complained.contains("pic/2.png"), "a picture that is missing is named: {complained}");
    let server = Server::start(&data, &[]);
    let old = server.get("/show.asp?id=3&from=timeline");
    assert_eq!(old.status, 301, "{}", old.body);
    let place = old.header("location").unwrap().to_owned();
    assert!(place.starts_with("/yaowen/"), "its section is that of its name: {place}");
    let article = server.get(&place);
    assert_eq!(article.status, 200);
    for seen in ["困难职工帮扶会议召开", "2009-05-03 10:20:30", "李华", "<img", "href=\"/show.asp?id=1\""] {
        assert!(article.body.contains(seen), "{seen} is not in {}", article.body);
    }
    assert!(!article.body.contains("old.example"), "a link within the old site leads within this one");
    assert_eq!(server.get("/show.asp?id=77").status, 404);
    assert_eq!(server.stop(), Some(0));

    let out = run(&data, &arguments);
    assert!(text(&out.stdout).contains("0 added, 6 already there"), "{}", text(&out.stdout));

    let out = run(&data, &["import", "undo", "1"]);
    assert!(text(&out.stdout).starts_with("6 articles"), "{}{}", text(&out.stdout), text(&out.stderr));
    let server = Server::start(&data, &[]);
    assert_eq!(server.get("/show.asp?id=3").status, 404);
    assert_eq!(server.get(&place).status, 410);
    drop(server);
    let out = run(&data, &arguments);
    assert!(text(&out.stdout).contains("6 added"), "what was undone can come again: {}", text(&out.stdout));
}

#[test]
fn an_import_beside_a_running_server_is_seen_by_it() {
    let folder = tempfile::tempdir().unwrap();
    let site = old_site(folder.path());
    let data = data_of(folder.path());
    let server = Server::start(&data, &["--empty"]);
    assert_eq!(server.get("/show.asp?id=1").status, 404);
    let out = run(&data, &["import", "site", site.to_str().unwrap(), "--publish"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert_eq!(server.get("/show.asp?id=1").status, 301);
}

const EXPORT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>旧站</title><link>http://old.example</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:category><wp:category_nicename>dongtai</wp:category_nicename><wp:category_parent></wp:category_parent><wp:cat_name><![CDATA[基层动态]]></wp:cat_name></wp:category>
<item><title>湖</title><wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status><wp:attachment_url>http://old.example/wp-content/uploads/2015/01/lake.png</wp:attachment_url></item>
<item><title>公开的一篇</title><link>http://old.example/?p=12</link><dc:creator>admin</dc:creator><content:encoded><![CDATA[第一段。

第二段<script>alert(1)</script>。<img src="http://old.example/wp-content/uploads/2015/01/lake-300x200.png">]]></content:encoded><wp:post_id>12</wp:post_id><wp:post_date>2015-01-02 03:04:05</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain="category" nicename="dongtai"><![CDATA[基层动态]]></category></item>
<item><title>没写完的一篇</title><link>http://old.example/?p=13</link><content:encoded><![CDATA[草稿的正文。]]></content:encoded><wp:post_id>13</wp:post_id><wp:status>draft</wp:status><wp:post_type>post</wp:post_type><category domain="category" nicename="uncategorized"><![CDATA[Uncategorized]]></category></item>
<item><title>扔掉的一篇</title><content:encoded><![CDATA[扔掉。]]></content:encoded><wp:post_id>14</wp:post_id><wp:status>trash</wp:status><wp:post_type>post</wp:post_type></item>
</channel></rss>"#;

#[test]
fn an_export_of_wordpress_comes_in_with_its_sections_and_its_plain_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let export = write(folder.path(), "export.xml", EXPORT);
    let uploads = folder.path().join("backup/uploads/2015/01");
    std::fs::create_dir_all(&uploads).unwrap();
    write(&uploads, "lake.png", PNG);
    let data = data_of(folder.path());
    let media = folder.path().join("backup");
    let out = run(&data, &["import", export.to_str().unwrap(), "--publish", "--media", media.to_str().unwrap()]);
    let (said, complained) = (text(&out.stdout), text(&out.stderr));
    assert_eq!(out.status.code(), Some(0), "{complained}");
    assert!(said.contains("2 added") && said.contains("1 not readable"), "{said}{complained}");
    let server = Server::start(&data, &[]);
    let old = server.get("/?p=12");
    assert_eq!(old.status, 301);
    let place = old.header("location").unwrap().to_owned();
    assert!(place.starts_with("/dongtai/"), "{place}");
    let article = server.get(&place);
    assert!(article.body.contains("第二段") && article.body.contains("<img"), "{}", article.body);
    assert!(article.body.contains("2015-01-02") && !article.body.contains("alert(1)"));
    assert!(server.get("/dongtai").body.contains("基层动态"), "its section was made");
    for nothing in ["/?p=13", "/?p=99", "/?from=timeline"] {
        assert_eq!(server.get(nothing).status, 200, "the front page: {nothing}");
    }
}

#[test]
fn texts_of_other_kinds_come_in_and_what_is_not_read_names_the_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let data = data_of(folder.path());
    write(folder.path(), "pic.png", PNG);
    let text_of =
        "---\ntitle: 一篇笔记\ndate: 2020-01-02\nsection: yaowen\n---\n\n第一段。\n\n![图](pic.png)\n\n- 甲\n- 乙\n";
    let note = write(folder.path(), "note.md", text_of);
    let feed = write(
        folder.path(),
        "feed.xml",
        "<rss version=\"2.0\"><channel><title>旧站</title><item><title>订阅里的一篇</title><link>http://old.example/a.html</link>\
         <description>&lt;p&gt;正文一段。&lt;/p&gt;</description><pubDate>Thu, 02 Jan 2020 03:04:05 +0800</pubDate></item></channel></rss>",
    );
    for file in [&note, &feed] {
        let out = run(&data, &["import", file.to_str().unwrap(), "--publish"]);
        assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
        assert!(text(&out.stdout).contains("1 added"), "{}", text(&out.stdout));
    }
    let old = write(folder.path(), "报告.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    let out = run(&data, &["import", old.to_str().unwrap()]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("save it as .docx"), "{}", text(&out.stderr));
    let out = run(&data, &["import", folder.path().to_str().unwrap()]);
    assert!(text(&out.stderr).contains("fuxian import site"), "{}", text(&out.stderr));
    let server = Server::start(&data, &[]);
    let old = server.get("/a.html");
    assert_eq!(old.status, 301);
    assert!(
        old.header("location").unwrap().starts_with("/imported/"),
        "what has no section has one that was made for it"
    );
    let list = server.get("/yaowen");
    assert!(list.body.contains("一篇笔记"));
}

#[test]
fn a_profile_that_cannot_be_read_and_a_folder_without_pages_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let site = old_site(folder.path());
    let data = data_of(folder.path());
    let profile = write(folder.path(), "profile.toml", "base = 1\n");
    let arguments = ["import", "site", site.to_str().unwrap(), "--dry-run", "--profile", profile.to_str().unwrap()];
    let out = run(&data, &arguments);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("profile.toml"), "{}", text(&out.stderr));
    let empty = folder.path().join("site/www.old.example/pic");
    let out = run(&data, &["import", "site", empty.to_str().unwrap(), "--dry-run"]);
    assert!(text(&out.stderr).contains("there is no page"), "{}", text(&out.stderr));
}
