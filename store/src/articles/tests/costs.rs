//! What pages cost in statements: as many for twelve sections as for two hundred, whatever was chosen.

use crate::{Store, Zone, articles::ImportedArticle};
use content::{
    Actor, ArticleId, Document, SectionId,
    article::Fields,
    section::SectionFields,
    site::{Founding, FrontForm, FrontPlan, Identity, SectionSlot},
};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// An article of the section with its own number.
fn imported(n: i64) -> ImportedArticle {
    ImportedArticle {
        identity: format!("test:{n}"),
        digest: String::new(),
        section: SectionId(n),
        fields: Fields { title: format!("第{n}篇"), ..Fields::default() },
        shown: None,
        body: Document::from_plain_text("正文。"),
        old_url: String::new(),
        further: Vec::new(),
        lead: None,
        import: None,
    }
}

/// A site with so many sections, all of them news, and an article in each.
async fn site(sections: usize) -> (tempfile::TempDir, Store, Arc<AtomicUsize>) {
    let folder = tempfile::tempdir().unwrap();
    let zone = Zone::named("Asia/Shanghai").unwrap();
    let mut store = Store::open_file(&folder.path().join("costs.db"), zone).await.unwrap();
    store.migrate().await.unwrap();
    let fields = |n: usize| -> SectionFields {
        serde_json::from_str(&format!(r#"{{"slug":"s{n}","name":"第{n}栏","column_type":"工作动态"}}"#)).unwrap()
    };
    let identity = Identity { name: "某市总工会".to_owned(), ..Identity::default() };
    let founding = Founding { identity, sections: (1..=sections).map(fields).collect() };
    store.found(&Actor::Operator, &founding).await.unwrap();
    let articles: Vec<_> = (1..=i64::try_from(sections).unwrap()).map(imported).collect();
    store.import(&Actor::Operator, articles, true).await.unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    store.db.set_metric_callback(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
    });
    (folder, store, count)
}

#[tokio::test]
async fn every_page_of_readers_costs_so_many_statements() {
    let (_folder, store, count) = site(3).await;
    let home = store.sections().await.unwrap().remove(0);
    let article = |n: i64| ImportedArticle { identity: format!("more:{n}"), section: home.id, ..imported(n) };
    let more: Vec<_> = (1..=1_000).map(article).collect();
    store.import(&Actor::Operator, more, true).await.unwrap();
    let (nobody, newest) = (&Actor::Anonymous, store.newest_article(&Actor::Anonymous).await.unwrap());
    let statements = || count.swap(0, Ordering::Relaxed);
    statements();
    store.frame("http://x").await.unwrap();
    assert_eq!(statements(), 1, "the frame, which is around each of the others");
    let mut follower = store.follow().await.unwrap();
    store.frame("http://x").await.unwrap();
    statements();
    store.frame("http://x").await.unwrap();
    assert_eq!(statements(), 0, "the frame while the changes are followed");
    store.front(nobody).await.unwrap();
    assert_eq!(statements(), 2, "the front page");
    for page in [1, 50] {
        assert_eq!(store.section_page(nobody, &home.link.slug, page).await.unwrap().articles.len(), 20);
        assert_eq!(statements(), 3, "page {page} of a section");
    }
    let page = store.article_page(nobody, ArticleId(newest)).await.unwrap().page;
    assert!(page.newer.is_some() || page.older.is_some());
    assert_eq!(statements(), 1, "an article");
    store.newest_article(nobody).await.unwrap();
    assert_eq!(statements(), 1, "the sitemap");
    assert_eq!(store.sitemap(nobody, 1..=500).await.unwrap().len(), 500);
    assert_eq!(statements(), 1, "a part of the sitemap");
    assert!(store.article_page(nobody, ArticleId(newest + 1)).await.is_err());
    assert_eq!(statements(), 2, "an article that is not there");
    assert!(store.section_page(nobody, &"nowhere".parse().unwrap(), 1).await.is_err());
    assert_eq!(statements(), 2, "a section that is not there");
    let mut form = store.identity(&Actor::Operator).await.unwrap();
    form.identity.name.push('会');
    store.change_identity(&Actor::Operator, &form.identity, form.version).await.unwrap();
    assert!(store.changes(&mut follower).await.unwrap().contains(&content::Shown::Site));
    statements();
    store.frame("http://x").await.unwrap();
    assert_eq!(statements(), 1, "the frame after a change of the site");
}

#[tokio::test]
async fn the_front_page_and_the_frame_cost_the_same_whatever_the_site_has() {
    for sections in [2, 12, 200] {
        let (_folder, store, count) = site(sections).await;
        store.front(&Actor::Anonymous).await.unwrap();
        assert_eq!(count.swap(0, Ordering::Relaxed), 2, "{sections} sections, nothing chosen");
        store.frame("http://x").await.unwrap();
        assert_eq!(count.swap(0, Ordering::Relaxed), 1, "{sections} sections");
        let slots = (1..=i64::try_from(sections).unwrap()).map(|n| SectionSlot { section: SectionId(n), titles: 10 });
        let plan = FrontPlan {
            headline: Some(ArticleId(1)),
            pictures: vec![ArticleId(2), ArticleId(1)],
            sections: Some(slots.collect()),
        };
        store.change_front(&Actor::Operator, &FrontForm { plan, ..FrontForm::default() }, 1).await.unwrap();
        count.store(0, Ordering::Relaxed);
        let front = store.front(&Actor::Anonymous).await.unwrap();
        assert_eq!(count.swap(0, Ordering::Relaxed), 2, "{sections} sections, chosen articles");
        assert_eq!((front.headline.unwrap().link.id, front.blocks.len()), (ArticleId(1), sections));
    }
}
