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
    let article = |n: i64| ImportedArticle {
        identity: format!("test:{n}"),
        digest: String::new(),
        section: SectionId(n),
        fields: Fields { title: format!("第{n}篇"), ..Fields::default() },
        shown: None,
        body: Document::from_plain_text("正文。"),
        old_url: String::new(),
    };
    let articles: Vec<_> = (1..=i64::try_from(sections).unwrap()).map(article).collect();
    store.import(&Actor::Operator, articles, true).await.unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    store.db.set_metric_callback(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
    });
    (folder, store, count)
}

#[tokio::test]
async fn the_front_page_and_the_frame_cost_the_same_whatever_the_site_has() {
    for sections in [2, 12, 200] {
        let (_folder, store, count) = site(sections).await;
        store.front(&Actor::Anonymous).await.unwrap();
        assert_eq!(count.swap(0, Ordering::Relaxed), 5, "{sections} sections, nothing chosen");
        store.frame("http://x").await.unwrap();
        assert_eq!(count.swap(0, Ordering::Relaxed), 2, "{sections} sections");
        let slots = (1..=i64::try_from(sections).unwrap()).map(|n| SectionSlot { section: SectionId(n), titles: 10 });
        let plan = FrontPlan {
            headline: Some(ArticleId(1)),
            pictures: vec![ArticleId(2), ArticleId(1)],
            sections: Some(slots.collect()),
        };
        store.change_front(&Actor::Operator, &FrontForm { plan, ..FrontForm::default() }, 1).await.unwrap();
        count.store(0, Ordering::Relaxed);
        let front = store.front(&Actor::Anonymous).await.unwrap();
        assert_eq!(count.swap(0, Ordering::Relaxed), 6, "{sections} sections, chosen articles");
        assert_eq!((front.headline.unwrap().link.id, front.blocks.len()), (ArticleId(1), sections));
    }
}
