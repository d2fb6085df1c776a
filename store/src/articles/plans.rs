//! What a list costs, as SQLite plans it: every list of readers finds its rows through an index of its own, in its order.

use super::{
    listing::CONTENTS,
    query::{NEWEST, SITEMAP, entries, lists},
    row::{entries_of, list_of},
};
use crate::{Store, Zone};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// A step of a plan: its number, the step that it is a part of, what it does.
pub(super) type Step = (i32, i32, String);

pub(super) async fn plan(store: &Store, sql: &str) -> Vec<Step> {
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
    for (sql, found) in [
        (list_of(lists::WITH_PICTURE), "articles USING INDEX articles_public_with_picture"),
        (list_of(lists::LATEST), "articles USING INDEX articles_public"),
        (list_of(lists::PINNED), "articles USING INDEX articles_pinned_in_section (section_id=?)"),
        (entries_of(entries::FIRST_PAGES), of_list),
        (entries_of(entries::PAGES_BELOW), of_list),
        (list_of(lists::ARTICLE), "articles USING INTEGER PRIMARY KEY"),
        (list_of(lists::NEWER), "articles USING INDEX articles_public_in_section (section_id=?"),
        (list_of(lists::OLDER), "articles USING INDEX articles_public_in_section (section_id=?"),
    ] {
        let plan = plan(&store, &sql).await;
        let first = plan.iter().find(|(.., step)| step.contains("articles") || step.contains("list_entries"));
        let (_, whole, step) = first.unwrap();
        let right = step.split_once(found).is_some_and(|(_, rest)| !rest.starts_with('_'));
        assert!(right, "{sql}\nis not found by {found}: {plan:#?}");
        let sorted = plan.iter().any(|(_, parent, step)| parent == whole && step.contains("TEMP B-TREE"));
        assert!(!sorted || *whole == 0, "{sql}\nis sorted before it is cut: {plan:#?}");
        let joined: &[&str] = if found == of_list { &["a", "r", "s", "m"] } else { &["r", "s", "m"] };
        for table in joined {
            let scan = format!("SCAN {table}");
            assert!(!plan.iter().any(|(.., step)| step.starts_with(&scan)), "{sql}\nscans: {plan:#?}");
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
