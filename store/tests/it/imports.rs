//! Imports: what came in together, its old addresses, and out again as a whole.

use crate::harness::{article, section, stores};
use content::{
    Actor, ArticleId,
    moving::{Corrections, Options, Parity, Stage, Which},
};
use store::{
    Store,
    articles::{ImportedArticle, Outcome},
    imports::{Kept, PageRow},
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

fn page(file: &str, article: bool, confidence: u8) -> PageRow {
    let found = Kept { fields: vec![(file.to_uppercase(), confidence, "h1".to_owned())], ..Kept::default() };
    PageRow { file: file.to_owned(), article, confidence, found, body: content::Document::default() }
}

#[tokio::test]
async fn what_was_found_is_searched_looked_through_and_chosen() {
    for test in stores().await {
        let store = &test.store;
        let import = store.begin_import(&OPERATOR, "旧站", &Options::default()).await.unwrap();
        let pages = [page("甲_1.html", true, 90), page("乙.html", true, 40), page("list.html", false, 80)];
        store.keep_pages(import, &pages, (3, 3)).await.unwrap();
        let list = async |which, text: &str| store.found_pages(&OPERATOR, import, (which, text), None).await.unwrap();
        let all = list(Which::Articles, "").await;
        assert_eq!((all.counts, all.chosen), ([2, 1, 1, 0, 0], 2));
        let files: Vec<_> = all.rows.iter().map(|row| row.file.as_str()).collect();
        assert_eq!(files, ["乙.html", "甲_1.html"], "least sure first");
        for (text, found) in [("_", 1), ("%", 0), ("!", 0), (" .HTML ", 2), ("甲", 1), ("丙", 0)] {
            assert_eq!(list(Which::Articles, text).await.rows.len(), found, "{text}");
        }
        let (second, first) = (all.rows[0].id, all.rows[1].id);
        let title = Corrections::from([("title".to_owned(), "乙的标题".to_owned())]);
        store.correct_page(&OPERATOR, import, second, (&title, true)).await.unwrap();
        assert_eq!(list(Which::Doubtful, "").await.rows.len(), 0, "somebody has looked at it");
        assert_eq!(list(Which::Articles, "乙的标题").await.rows.len(), 1);
        store.correct_page(&OPERATOR, import, first, (&Corrections::new(), false)).await.unwrap();
        // Read again with other rules: what is the same kind as before stays as it was chosen.
        let pages = [page("甲_1.html", true, 95), page("乙.html", false, 40), page("list.html", true, 80)];
        store.keep_pages(import, &pages, (3, 3)).await.unwrap();
        let chosen = async |which| list(which, "").await.rows.iter().map(|row| row.chosen).collect::<Vec<_>>();
        assert_eq!((chosen(Which::Articles).await, chosen(Which::Lists).await), (vec![true, false], vec![false]));
    }
}

#[tokio::test]
async fn what_stays_is_counted_before_it_is_undone_and_an_import_of_the_command_can_be_undone_by_a_job() {
    for test in stores().await {
        let store = &test.store;
        let (import, ids) = bring(store, 1..4, true).await;
        store.withdraw_article(&OPERATOR, ids[0], "有错").await.unwrap();
        let one = store.one_import(&OPERATOR, import).await.unwrap();
        assert_eq!((one.articles, one.changed), (3, 1));
        assert!(store.bring_import(&OPERATOR, import).await.is_err(), "there is no archive to bring");
        store.take_out_import(&OPERATOR, import).await.unwrap();
        assert_eq!(store.one_import(&OPERATOR, import).await.unwrap().stage, Stage::Undoing);
        assert_eq!(store.undo_import(&OPERATOR, import).await.unwrap(), 2);
        let one = store.one_import(&OPERATOR, import).await.unwrap();
        assert_eq!((one.stage, one.articles, one.changed), (Stage::Undone, 1, 1));
    }
}
