//! Links to what is not published yet: the page itself, its headers, and that it dies.

use crate::harness::{Answer, Editor, Server, add_account};
use serde_json::json;

struct Newsroom {
    folder: tempfile::TempDir,
    server: Server,
    writer: Editor,
    article: i64,
}

/// An article that somebody has begun and nobody has published.
fn newsroom() -> Newsroom {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    add_account(folder.path(), "writer", "publisher");
    let writer = Editor::sign_in(&server.addr, "writer");
    let article = writer.begin();
    let base = writer.open(article, "tab");
    writer.try_save(article, "tab", 1, base, "第一稿的一句话").unwrap();
    Newsroom { folder, server, writer, article }
}

impl Newsroom {
    fn link(&self) -> String {
        let link = self.writer.call("make_preview", &json!({ "article": self.article }));
        assert!(link["until"].as_str().unwrap().starts_with("20"), "{link}");
        link["path"].as_str().unwrap().to_owned()
    }

    fn first_link(&self) -> serde_json::Value {
        self.writer.call("list_previews", &json!({ "article": self.article }))[0]["id"].clone()
    }
}

fn is_dead(answer: &Answer) {
    assert_eq!(answer.status, 404, "{}", answer.body);
    assert!(answer.body.contains("这个预览链接已过期或被收回"), "{}", answer.body);
    assert!(!answer.body.contains("杀不死的文章"), "nothing of it is told");
}

fn is_kept_by_nobody(answer: &Answer) {
    assert_eq!(answer.header("cache-control"), Some("no-store, private"), "{}", answer.headers);
    assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    assert!(answer.header("x-robots-tag").unwrap().starts_with("noindex"));
}

#[test]
fn a_link_shows_a_stranger_the_page_that_readers_will_see() {
    let newsroom = newsroom();
    let Newsroom { server, writer, article, .. } = &newsroom;
    let link = newsroom.link();
    let page = server.get(&link);
    assert_eq!(page.status, 200, "{}", page.body);
    is_kept_by_nobody(&page);
    for part in [
        "<h1>杀不死的文章</h1>",
        "第一稿的一句话",
        "预览，尚未发布 · 有效至 20",
        "class=\"masthead\"",
        "class=\"footer\"",
        "class=\"article-body\"",
        "name=\"robots\" content=\"noindex\"",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    // Beside the text it is only the description.
    assert_eq!(page.body.matches(">第一稿的一句话</p>").count(), 1, "the text travels once");
    for part in ["rel=\"canonical\"", "og:url", &format!("/{article}/print\"")] {
        assert!(!page.body.contains(part), "{part} leads to nothing yet");
    }
    let token = link.rsplit('/').next().unwrap();
    let function = server.get(&format!("/api/get_preview?token={token}"));
    assert_eq!(function.status, 200, "{}", function.body);
    is_kept_by_nobody(&function);
    // Whoever goes on writing is seen at once.
    let base = writer.open(*article, "tab");
    writer.try_save(*article, "tab", 2, base, "第二稿的一句话").unwrap();
    let page = server.get(&link);
    assert!(page.body.contains("第二稿的一句话") && !page.body.contains("第一稿的一句话"));
    // And readers have nothing of it.
    for path in ["/", "/sitemap.xml", "/yuxigonghui"] {
        let public = server.get(path);
        assert!(!public.body.contains("杀不死的文章") && !public.body.contains("/preview/"), "{path}");
    }
    assert_eq!(server.get(&format!("/yuxigonghui/{article}")).status, 404);
}

#[test]
fn a_link_dies_when_it_is_taken_back_and_after_its_time() {
    let newsroom = newsroom();
    let Newsroom { folder, server, writer, .. } = &newsroom;
    let link = newsroom.link();
    writer.call("end_preview", &json!({ "id": newsroom.first_link() }));
    let dead = server.get(&link);
    is_dead(&dead);
    is_kept_by_nobody(&dead);
    let link = newsroom.link();
    assert_eq!(server.get(&link).status, 200);
    expire(&folder.path().join("data"));
    is_dead(&server.get(&link));
    for made_up in ["/preview/0", &format!("/preview/{}", "0".repeat(64))] {
        is_dead(&server.get(made_up));
    }
    for nothing in ["/preview", "/preview/x/y", "/preview/ABC"] {
        let answer = server.get(nothing);
        assert!(answer.status == 404 && answer.body.contains("没有找到这个页面"), "{nothing}");
    }
}

#[test]
fn an_editor_needs_no_link_and_nobody_else_uses_the_word() {
    let newsroom = newsroom();
    let Newsroom { folder, server, writer, article } = &newsroom;
    let own = format!("/preview/article-{article}");
    let page = server.request("GET", &own, &format!("Cookie: {}\r\n", writer.cookie));
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("第一稿的一句话") && page.body.contains("预览，尚未发布<"), "{}", page.body);
    is_kept_by_nobody(&page);
    let stranger = server.get(&own);
    assert_eq!(stranger.status, 404);
    assert!(stranger.body.contains("请先登录编辑部") && !stranger.body.contains("第一稿"), "{}", stranger.body);
    add_account(folder.path(), "reader", "reviewer");
    let reader = Editor::sign_in(&server.addr, "reader");
    let page = server.request("GET", &own, &format!("Cookie: {}\r\n", reader.cookie));
    assert_eq!(page.status, 200, "whoever has a role sees the desk");
    let refused = reader.post("make_preview", &json!({ "article": article })).unwrap();
    assert_eq!(refused.status, 403, "and lets no stranger see it: {}", refused.body);
}

#[test]
fn pages_stand_in_frames_of_the_site_itself_and_of_nobody_else() {
    let newsroom = newsroom();
    for path in [newsroom.link(), "/admin".to_owned(), "/".to_owned()] {
        let answer = newsroom.server.get(&path);
        assert_eq!(answer.header("x-frame-options"), Some("sameorigin"), "{path}");
        assert!(answer.header("content-security-policy").unwrap().contains("frame-ancestors 'self'"), "{path}");
    }
    let file = newsroom.server.get("/robots.txt");
    assert!(file.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"));
}

/// A week goes by for every link of an installation.
fn expire(data: &std::path::Path) {
    use sea_orm::ConnectionTrait;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let url = format!("sqlite:{}", data.join("fuxian.db").display());
        let db = sea_orm::Database::connect(url).await.unwrap();
        let life = content::preview::LIFE;
        let sql = format!("UPDATE previews SET created_at = created_at - {life}, expires_at = expires_at - {life}");
        db.execute_unprepared(&sql).await.unwrap();
        db.close().await.unwrap();
    });
}
