//! Links to what is not published yet, on both engines.

use crate::{
    accounts::{fields, refusal},
    harness::{article, section, stores},
};
use content::{
    Actor, ArticleId, Document, Refusal, Role,
    account::Grant,
    desk::{Batch, Filter},
    manuscript::{Save, SaveKind},
    preview::{LIFE, MOST_LINKS, PreviewOf, ReadersHave},
    record::{RecordFilter, RecordSubject},
};
use sea_orm::{ConnectionTrait, Database};
use store::{Store, articles::PublishedArticle, previews::Previewed};

async fn account(store: &Store, name: &str, role: Role) -> Actor {
    let (id, _) = store.add_account(&Actor::Operator, &fields(name, role)).await.unwrap();
    Actor::Account { id, grants: vec![Grant { role, section: None }] }
}

/// Saves a title and a text in a tab of its own.
async fn write(store: &Store, actor: &Actor, id: ArticleId, tab: &str, title: &str) {
    let opened = store.open_article(actor, id, tab).await.unwrap();
    let mut manuscript = opened.manuscript;
    manuscript.fields.title = title.to_owned();
    manuscript.body = Document::from_plain_text(&format!("{title}的正文。"));
    let save =
        Save { article: id, tab: tab.to_owned(), serial: 1, base: opened.revision, manuscript, kind: SaveKind::Auto };
    store.save_article(actor, &save).await.unwrap();
}

async fn link(store: &Store, actor: &Actor, id: ArticleId) -> String {
    let link = store.make_preview(actor, &PreviewOf::Article(id)).await.unwrap();
    link.path.strip_prefix("/preview/").unwrap().to_owned()
}

async fn seen(store: &Store, token: &str) -> (PublishedArticle, ReadersHave) {
    match store.preview(token).await.unwrap() {
        Previewed::Article { article, readers, until } => {
            assert!(until.is_some());
            (*article, readers)
        }
        Previewed::Site { .. } => panic!("an article was expected"),
    }
}

#[tokio::test]
async fn a_link_shows_the_newest_text_and_readers_see_nothing_of_it() {
    for test in stores().await {
        let store = &test.store;
        let home = section(store, "yaowen").await;
        store.import(&Actor::Operator, [article(home, 1), article(home, 2)], true).await.unwrap();
        let writer = account(store, "li", Role::Publisher).await;
        let id = store.begin_article(&writer, home).await.unwrap();
        write(store, &writer, id, "one", "第一稿").await;
        let token = link(store, &writer, id).await;
        assert!(token.len() == 64 && content::preview::is_word(&token));
        let (page, readers) = seen(store, &token).await;
        assert_eq!((page.page.link.title.as_str(), readers), ("第一稿", ReadersHave::Nothing), "{}", test.engine);
        assert_eq!(page.body, Document::from_plain_text("第一稿的正文。"));
        assert_eq!(page.page.older.unwrap().title, "第2篇", "its neighbours are those it will have");
        assert_eq!(page.page.link.address(), format!("/yaowen/{id}"));
        write(store, &writer, id, "two", "第二稿").await;
        assert_eq!(seen(store, &token).await.0.page.link.title, "第二稿");
        assert_eq!(refusal(store.article_page(&Actor::Anonymous, id).await), Refusal::NotFound);
        assert!(store.sitemap(&Actor::Anonymous, id.0..=id.0).await.unwrap().is_empty());

        let published = store.desk_page(&writer, &Filter::default(), None).await.unwrap().rows;
        let published = published.iter().find(|row| row.title == "第1篇").unwrap().id;
        let before = store.article_page(&Actor::Anonymous, published).await.unwrap().page;
        let token = link(store, &writer, published).await;
        let (page, readers) = seen(store, &token).await;
        assert_eq!((page.page, readers), (before.clone(), ReadersHave::This), "{}", test.engine);
        write(store, &writer, published, "three", "改过的标题").await;
        let (page, readers) = seen(store, &token).await;
        assert_eq!((page.page.link.title.as_str(), readers), ("改过的标题", ReadersHave::Earlier));
        assert_eq!((page.page.link.shown, page.page.newer), (before.link.shown, before.newer), "it keeps its place");
    }
}

#[tokio::test]
async fn a_link_is_made_by_whoever_may_edit_and_taken_back_by_its_maker_or_an_administrator() {
    for test in stores().await {
        let store = &test.store;
        let home = section(store, "yaowen").await;
        let writer = account(store, "li", Role::Reporter).await;
        let other = account(store, "wang", Role::Reporter).await;
        let reviewer = account(store, "zhao", Role::Reviewer).await;
        let admin = account(store, "zhang", Role::Administrator).await;
        let id = store.begin_article(&writer, home).await.unwrap();
        for actor in [&other, &reviewer, &Actor::Anonymous] {
            let refused = refusal(store.make_preview(actor, &PreviewOf::Article(id)).await);
            assert!(matches!(refused, Refusal::NotAllowed { .. }), "{}: {refused}", test.engine);
        }
        let site = PreviewOf::Site(Box::default());
        assert!(matches!(refusal(store.make_preview(&writer, &site).await), Refusal::NotAllowed { .. }));
        assert!(store.make_preview(&admin, &site).await.is_ok());
        let (first, second) = (link(store, &writer, id).await, link(store, &admin, id).await);
        let rows = store.list_previews(&writer, id).await.unwrap();
        let may: Vec<(&str, bool)> = rows.iter().map(|row| (row.by.as_str(), row.may_end)).collect();
        assert_eq!(may, [("zhang", false), ("li", true)], "the newest first");
        assert!(store.list_previews(&other, id).await.unwrap().iter().all(|row| !row.may_end));
        assert_eq!(refusal(store.end_preview(&other, rows[1].id).await), Refusal::NotFound);
        assert!(store.preview(&first).await.is_ok(), "a refusal takes nothing back");
        store.end_preview(&writer, rows[1].id).await.unwrap();
        assert_eq!(refusal(store.preview(&first).await), Refusal::DeadLink);
        assert_eq!(refusal(store.end_preview(&writer, rows[1].id).await), Refusal::NotFound);
        store.end_preview(&admin, rows[0].id).await.unwrap();
        assert_eq!(refusal(store.preview(&second).await), Refusal::DeadLink);
        assert!(matches!(refusal(store.preview_article(&Actor::Anonymous, id).await), Refusal::NotAllowed { .. }));
        assert!(matches!(
            store.preview_article(&reviewer, id).await.unwrap(),
            Previewed::Article { until: None, readers: ReadersHave::Nothing, .. }
        ));
        let subject = Some(RecordSubject { kind: "article".to_owned(), id: Some(id.0) });
        let record =
            store.record_page(&admin, &RecordFilter { subject, ..RecordFilter::default() }, None).await.unwrap();
        let actions: Vec<&str> = record.rows.iter().map(|row| row.action.as_str()).collect();
        assert_eq!(actions, ["end_preview", "end_preview", "preview", "preview", "begin"]);
        assert!(record.rows.iter().all(|row| !row.after.contains(&first) && !row.before.contains(&first)));
    }
}

#[tokio::test]
async fn a_link_dies_after_its_time_with_its_maker_and_in_the_bin() {
    for test in stores().await {
        let store = &test.store;
        let db = Database::connect(&test.url).await.unwrap();
        let home = section(store, "yaowen").await;
        let writer = account(store, "li", Role::Reporter).await;
        let id = store.begin_article(&writer, home).await.unwrap();
        let token = link(store, &writer, id).await;
        db.execute_unprepared(&format!("UPDATE previews SET expires_at = expires_at - {LIFE} - 1")).await.unwrap();
        assert_eq!(refusal(store.preview(&token).await), Refusal::DeadLink, "{}", test.engine);
        assert!(store.list_previews(&writer, id).await.unwrap().is_empty());
        store.sweep_sessions().await.unwrap();
        assert_eq!(count(&db).await, 0, "what has ended is forgotten");

        let token = link(store, &writer, id).await;
        let done = store.change_articles(&writer, &[id], &Batch::Bin).await.unwrap();
        assert_eq!(refusal(store.preview(&token).await), Refusal::DeadLink);
        assert_eq!(refusal(store.make_preview(&writer, &PreviewOf::Article(id)).await), Refusal::InBin);
        store.undo_batch(&writer, done.undo.unwrap()).await.unwrap();
        assert!(store.preview(&token).await.is_ok());
        let (account, gone) = (writer.account().unwrap(), fields("li", Role::Reporter));
        store.change_account(&Actor::Operator, account, &gone, true).await.unwrap();
        assert_eq!(refusal(store.preview(&token).await), Refusal::DeadLink, "its maker may not even sign in");
        store.change_account(&Actor::Operator, account, &gone, false).await.unwrap();
        assert!(store.preview(&token).await.is_ok());
        for made_up in ["", "article-1", &"0".repeat(64), &token[..63]] {
            assert_eq!(refusal(store.preview(made_up).await), Refusal::DeadLink, "{made_up}");
        }
        db.close().await.unwrap();
    }
}

#[tokio::test]
async fn so_many_links_work_at_a_time_and_not_more() {
    for test in stores().await {
        let store = &test.store;
        let writer = account(store, "li", Role::Reporter).await;
        let id = store.begin_article(&writer, section(store, "yaowen").await).await.unwrap();
        for _ in 0..MOST_LINKS {
            link(store, &writer, id).await;
        }
        let one_more = refusal(store.make_preview(&writer, &PreviewOf::Article(id)).await);
        assert_eq!(one_more, Refusal::TooManyLinks { limit: 20 }, "{}", test.engine);
        let rows = store.list_previews(&writer, id).await.unwrap();
        assert_eq!(rows.len(), 20);
        store.end_preview(&writer, rows[7].id).await.unwrap();
        assert!(store.make_preview(&writer, &PreviewOf::Article(id)).await.is_ok());
    }
}

async fn count(db: &sea_orm::DatabaseConnection) -> i64 {
    let sql = sea_orm::Statement::from_string(db.get_database_backend(), "SELECT COUNT(*) FROM previews");
    db.query_one_raw(sql).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}
