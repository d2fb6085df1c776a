//! What reading the record costs, as SQLite plans it: each filter finds its entries through an index of its own, in order.

use super::query::index_of;
use crate::{Store, Zone, articles::Mark};
use content::{
    AccountId, CivilDate,
    record::{RecordFilter, RecordSubject, Who},
};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

fn filters() -> Vec<(RecordFilter, &'static str)> {
    let none = RecordFilter::default;
    let subject = |id| Some(RecordSubject { kind: "article".to_owned(), id });
    let day = CivilDate::new(2026, 11, 24).ok();
    vec![
        (none(), "audit_in_order"),
        (RecordFilter { from: day, to: day, ..none() }, "audit_in_order"),
        (RecordFilter { who: Some(Who::Account(AccountId(1))), ..none() }, "audit_of_account"),
        (
            RecordFilter { who: Some(Who::Account(AccountId(1))), action: Some("publish".to_owned()), ..none() },
            "audit_of_account_and_action",
        ),
        (RecordFilter { who: Some(Who::System), ..none() }, "audit_of_actor"),
        (RecordFilter { who: Some(Who::Visitor), from: day, ..none() }, "audit_of_actor"),
        (RecordFilter { action: Some("publish".to_owned()), ..none() }, "audit_of_action"),
        (RecordFilter { subject: subject(None), ..none() }, "audit_of_kind"),
        (RecordFilter { subject: subject(Some(3)), action: Some("save".to_owned()), ..none() }, "audit_of_record"),
        (RecordFilter { address: "10.0.0.1".to_owned(), to: day, ..none() }, "audit_from_address"),
    ]
}

#[tokio::test]
async fn no_filter_of_the_record_scans_or_sorts_it() {
    let folder = tempfile::tempdir().unwrap();
    let zone = Zone::named("Asia/Shanghai").unwrap();
    let store = Store::open_file(&folder.path().join("plans.db"), zone).await.unwrap();
    store.migrate().await.unwrap();
    for (filter, index) in filters() {
        assert_eq!(index_of(&filter), index, "{filter:?}");
        for back in [false, true] {
            let mut query = store.narrowed(&filter).unwrap();
            query.beyond(&Mark { back, at: 1, id: 1 });
            let sql = query.sql(&format!("INDEXED BY {index}"), back, 51);
            let explain = Statement::from_string(DbBackend::Sqlite, format!("EXPLAIN QUERY PLAN {sql}"));
            let rows = store.db.query_all_raw(explain).await.unwrap();
            let plan: Vec<String> = rows.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
            let found = plan.iter().any(|step| step.contains(&format!("SEARCH audit USING INDEX {index} (")));
            assert!(found, "{filter:?}: {plan:#?}");
            // The one sort is that of the page after the join.
            let within = plan.iter().take_while(|step| !step.starts_with("SCAN a")).collect::<Vec<_>>();
            assert!(within.iter().all(|step| !step.contains("TEMP B-TREE")), "{filter:?}: {plan:#?}");
        }
    }
}
