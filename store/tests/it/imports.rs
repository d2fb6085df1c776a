//! Imports: what came in together, its old addresses, and out again as a whole.

use crate::harness::{article, section, stores};
use content::{
    Actor, ArticleId,
    moving::{Options, Parity, Stage},
};
use store::{
    Store,
    articles::{ImportedArticle, Outcome},
    redirects::Target,
};

const OPERATOR: Actor = Actor::Operator;

async fn bring(store: &Store, numbers: std::ops::Range<i64>, publish: bool) -> (content::ImportId, Vec<ArticleId>) {
    let import = store.begin_import(&OPERATOR, "旧站", &Options::default()).await.unwrap();
    let home = section(store, "yaowen").await;
    let batch: Vec<_> = numbers
        .map(|n| ImportedArticle {
            import: Some(import),
            old_url: format!("http://www.old.example/show.asp?id={n}"),
            ..article(home, n)
        })
        .collect();
    let outcomes = store.import(&OPERATOR, &batch, publish).await.unwrap();
    store.end_import(&OPERATOR, import, &Parity::default()).await.unwrap();
    let ids = outcomes.iter().map(|(Outcome::Added(id) | Outcome::Known(id) | Outcome::Differs(id))| *id);
    (import, ids.collect())
}

#[tokio::test]
async fn old_addresses_lead_to_what_readers_see() {
    for test in stores().await {
        let store = &test.store;
        let (_, public) = bring(store, 1..3, true).await;
        let (_, drafts) = bring(store, 3..4, false).await;
        let at = async |address: &str| store.moved(address).await.unwrap();
        assert_eq!(at("/show.asp?id=1").await, Some(format!("/yaowen/{}", public[0])));
        assert_eq!(at("/show.asp?id=2&from=timeline").await, Some(format!("/yaowen/{}", public[1])));
        assert_eq!(at("/show.asp?id=3").await, None, "a draft is nowhere: {drafts:?}");
        assert_eq!(at("/show.asp").await, None);
        assert_eq!(at("/").await, None);
        let wenjian = Target::Section(section(store, "wenjian").await);
        let added = store.add_redirect(&OPERATOR, "http://www.old.example/list.asp?id=7", wenjian).await.unwrap();
        assert_eq!(added.address, "/list.asp?id=7");
        assert_eq!(at("/list.asp?id=7").await.as_deref(), Some("/wenjian"));
        assert_eq!(store.redirects(&OPERATOR, 0, 100).await.unwrap().len(), 4);
        store.remove_redirect(&OPERATOR, "/list.asp?id=7").await.unwrap();
        assert_eq!(at("/list.asp?id=7").await, None);
        assert!(store.redirects(&Actor::Anonymous, 0, 100).await.is_err());
    }
}

#[tokio::test]
async fn queries_of_the_front_page_are_known_without_the_database() {
    for test in stores().await {
        let store = &test.store;
        assert!(!store.moved_from_front("p=12").await.unwrap());
        store.follow().await.unwrap();
        let home = section(store, "yaowen").await;
        let old = ImportedArticle { old_url: "http://old.example/?p=12".to_owned(), ..article(home, 12) };
        store.import(&OPERATOR, [old], true).await.unwrap();
        store.distrust_memory();
        assert!(store.moved_from_front("p=12&utm_source=x").await.unwrap());
        assert!(!store.moved_from_front("p=13").await.unwrap());
    }
}

#[tokio::test]
async fn an_import_is_undone_as_a_whole_and_what_was_changed_since_stays() {
    for test in stores().await {
        let store = &test.store;
        let (import, ids) = bring(store, 1..251, true).await;
        let (other, kept) = bring(store, 300..301, true).await;
        // Somebody withdraws one of them for a reason of their own.
        let sql = store.withdraw_article(&OPERATOR, ids[0], "有错").await;
        assert!(sql.is_ok(), "{sql:?}");
        assert_eq!(store.undo_import(&OPERATOR, import).await.unwrap(), 249);
        let undone = store.one_import(&OPERATOR, import).await.unwrap();
        assert_eq!((undone.stage, undone.articles), (Stage::Undone, 1));
        assert_eq!(store.one_import(&OPERATOR, other).await.unwrap().articles, 1);
        assert!(store.article_page(&Actor::Anonymous, ids[5]).await.is_err());
        assert!(store.article_page(&Actor::Anonymous, kept[0]).await.is_ok());
        assert_eq!(store.moved("/show.asp?id=6").await.unwrap(), None);
        let slug = "yaowen".parse().unwrap();
        assert_eq!(store.section_page(&Actor::Anonymous, &slug, 1).await.unwrap().total, 1);
        // The same pages can come again.
        let (_, again) = bring(store, 1..251, true).await;
        assert!(again[5] > ids[249]);
        assert_eq!(again[0], ids[0], "what somebody has changed is still the same article");
        assert!(store.undo_import(&OPERATOR, import).await.is_err(), "once");
    }
}
