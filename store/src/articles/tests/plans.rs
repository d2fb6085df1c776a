//! What a list costs, as SQLite plans it: every list of readers finds its rows through an index of its own, in its order.

use crate::articles::{
    front,
    listing::CONTENTS,
    query::{NEWEST, SITEMAP, listed, lists, pinned},
    row::{entries, joined, public},
};
use crate::{Store, Zone};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// A step of a plan: its number, the step that it is a part of, what it does.
pub(in crate::articles) type Step = (i32, i32, String);

pub(in crate::articles) async fn plan(store: &Store, sql: &str) -> Vec<Step> {
    let explain = Statement::from_string(DbBackend::Sqlite, format!("EXPLAIN QUERY PLAN {sql}"));
    let rows = store.db.query_all_raw(explain).await.unwrap();
    let step = |row: &sea_orm::QueryResult| {
        (row.try_get("", "id").unwrap(), row.try_get("", "parent").unwrap(), row.try_get("", "detail").unwrap())
    };
    rows.iter().map(step).collect()
}

#[tokio::test]
async fn no_list_of_readers_scans_or_sorts_the_articles() {
    let folder = tempfile::tempdir().unwrap();
    let zone = Zone::named("Asia/Shanghai").unwrap();
    let store = Store::open_file(&folder.path().join("plans.db"), zone).await.unwrap();
    store.migrate().await.unwrap();
    // The table's own key is the list; it is named where the plan tells of a search.
    let of_list = "list_entries USING PRIMARY KEY (section_id=?";
    let in_section = "articles USING INDEX articles_public_in_section (section_id=? AND shown_at";
    for (list, found) in [
        (front::with_picture(5), "articles USING INDEX articles_public_with_picture"),
        (front::latest(), "articles USING INDEX articles_public"),
        (pinned(), "articles USING INDEX articles_pinned_in_section (section_id=?)"),
        (entries(listed::FIRST_PAGES), of_list),
        (entries(listed::PAGES_BELOW), of_list),
        (public(0, lists::ARTICLE), "articles USING INTEGER PRIMARY KEY"),
        (public(0, lists::NEWER), in_section),
        (public(0, lists::OLDER), in_section),
        (public(0, lists::NEWER_THAN), in_section),
        (public(0, lists::OLDER_THAN), in_section),
    ] {
        // Beside another list, as pages ask for them.
        let sql = joined(&[list, public(9, lists::ARTICLE)]);
        let plan = plan(&store, &sql).await;
        let first = plan.iter().find(|(.., step)| step.contains("articles") || step.contains("list_entries"));
        let (_, whole, step) = first.unwrap();
        let right = step.split_once(found).is_some_and(|(_, rest)| !rest.starts_with('_'));
        assert!(right, "{sql}\nis not found by {found}: {plan:#?}");
        let sorted = plan.iter().any(|(_, parent, step)| parent == whole && step.contains("TEMP B-TREE"));
        assert!(!sorted || *whole == 0, "{sql}\nis sorted before it is cut: {plan:#?}");
        for table in ["a", "r", "s", "m"] {
            let scanned = |(.., step): &Step| step.split(' ').take(2).eq(["SCAN", table]);
            assert!(!plan.iter().any(scanned), "{sql}\nscans {table}: {plan:#?}");
        }
    }
}

#[tokio::test]
async fn the_contents_of_a_section_and_the_sitemap_are_read_by_their_keys() {
    let folder = tempfile::tempdir().unwrap();
    let zone = Zone::named("Asia/Shanghai").unwrap();
    let store = Store::open_file(&folder.path().join("plans.db"), zone).await.unwrap();
    store.migrate().await.unwrap();
    for (sql, found) in [
        (CONTENTS, "SEARCH list_segments USING INDEX list_segments_in_order (section_id=?)"),
        (SITEMAP, "SEARCH a USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"),
        (NEWEST, "SCAN articles"),
    ] {
        let plan = plan(&store, sql).await;
        assert!(plan.iter().any(|(.., step)| step == found), "{sql}\nis not found by {found}: {plan:#?}");
        let sorted = plan.iter().filter(|(.., step)| step.contains("TEMP B-TREE")).count();
        // What a section's contents answer is a row a year.
        assert_eq!(sorted, usize::from(sql == CONTENTS), "{plan:#?}");
    }
}
