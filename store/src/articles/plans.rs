//! What a list costs, as SQLite plans it: every list of readers finds its rows through an index of its own.

use super::{query::lists, row::list_of};
use crate::{Store, Zone};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

#[tokio::test]
async fn no_list_of_readers_scans_or_sorts_the_articles() {
    let folder = tempfile::tempdir().unwrap();
    let zone = Zone::named("Asia/Shanghai").unwrap();
    let store = Store::open_file(&folder.path().join("plans.db"), zone).await.unwrap();
    store.migrate().await.unwrap();
    for (picked, index) in [
        (lists::WITH_PICTURE, "articles_public_with_picture"),
        (lists::LATEST, "articles_public"),
        (lists::FIRST_PAGES, "articles_public_in_section"),
        (lists::PAGES_BELOW, "articles_public_in_section"),
        (lists::ARTICLE, "INTEGER PRIMARY KEY"),
        (lists::NEWER, "articles_public_in_section"),
        (lists::OLDER, "articles_public_in_section"),
    ] {
        let explain = Statement::from_string(DbBackend::Sqlite, format!("EXPLAIN QUERY PLAN {}", list_of(picked)));
        let rows = store.db.query_all_raw(explain).await.unwrap();
        let plan: Vec<String> = rows.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
        let first = plan.iter().find(|step| step.contains(" articles ")).unwrap();
        let right = first.ends_with(index) || first.contains(&format!("{index} "));
        assert!(right, "{picked}\nis not found by {index}: {plan:#?}");
        for table in ["r", "s", "m"] {
            assert!(!plan.iter().any(|step| step.starts_with(&format!("SCAN {table}"))), "{picked}\nscans: {plan:#?}");
        }
    }
}
