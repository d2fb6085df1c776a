//! Reading the record on both engines: pages, filters, the export, and that it stays.

use crate::{
    accounts::{fields, refusal},
    harness::{TestStore, article, section, stores},
};
use content::{
    AccountId, Actor, CivilDate, Refusal, Role,
    account::Grant,
    permission::Action,
    record::{RecordFilter, RecordPage, RecordRow, RecordSubject, Who},
};
use sea_orm::{ConnectionTrait, Database};
use store::Store;

async fn account(store: &Store, name: &str, role: Role) -> Actor {
    let (id, _) = store.add_account(&Actor::Operator, &fields(name, role)).await.unwrap();
    Actor::Account { id, grants: vec![Grant { role, section: None }] }
}

async fn page(store: &Store, actor: &Actor, filter: &RecordFilter) -> RecordPage {
    store.record_page(actor, filter, None).await.unwrap()
}

/// Entries as they might have come about over a year, one every six hours from 2025-01-01 00:00 here.
async fn a_year(test: &TestStore) {
    let db = Database::connect(&test.url).await.unwrap();
    db.execute_unprepared("DELETE FROM audit").await.unwrap();
    let start = crate::harness::zone().start_of(2025).unwrap().0;
    let rows: Vec<String> = (0..1_460_i64)
        .map(|n| {
            let (actor, account) = if n % 7 == 0 { ("operator", "NULL") } else { ("account", "1") };
            let action = if n % 10 == 0 { "publish" } else { "save" };
            let address = if n % 100 == 3 { "10.0.0.9" } else { "" };
            let at = start + n * 6 * 3_600_000;
            format!("({at}, '{actor}', {account}, '{action}', 'article', {}, '{n}', '{}', '{address}')", n % 3, n + 1)
        })
        .collect();
    for some in rows.chunks(500) {
        let sql =
            "INSERT INTO audit (at, actor, account_id, action, subject, subject_id, before, after, address) VALUES";
        db.execute_unprepared(&format!("{sql} {}", some.join(","))).await.unwrap();
    }
    db.close().await.unwrap();
}

#[tokio::test]
async fn only_administrators_and_the_operator_read_the_record() {
    for test in stores().await {
        let store = &test.store;
        let home = section(store, "yaowen").await;
        for role in Role::ALL {
            let id = account(store, role.key(), Role::Reporter).await.account().unwrap();
            let section = role.needs_section().then_some(home);
            let actor = Actor::Account { id, grants: vec![Grant { role, section }] };
            let read = store.record_page(&actor, &RecordFilter::default(), None).await;
            let export = store.export_record(&actor, &RecordFilter::default(), "").await;
            if role == Role::Administrator {
                assert!(read.is_ok() && export.is_ok(), "{}", test.engine);
            } else {
                let not = Refusal::NotAllowed { action: Action::ReadRecord };
                assert_eq!((refusal(read), refusal(export.map(drop))), (not.clone(), not), "{role:?}");
            }
        }
        let nobody = store.record_page(&Actor::Anonymous, &RecordFilter::default(), None).await;
        assert!(matches!(refusal(nobody), Refusal::NotAllowed { .. }));
        assert!(store.record_page(&Actor::Operator, &RecordFilter::default(), None).await.is_ok());
        let long = RecordFilter { address: "1".repeat(65), ..RecordFilter::default() };
        assert!(matches!(refusal(store.record_page(&Actor::Operator, &long, None).await), Refusal::TooLong { .. }));
        let odd = store.record_page(&Actor::Operator, &RecordFilter::default(), Some("x.1.2")).await;
        assert_eq!(refusal(odd), Refusal::NotFound);
    }
}

#[tokio::test]
async fn an_entry_says_who_did_what_to_what_and_from_where() {
    for test in stores().await {
        let store = &test.store;
        let admin = account(store, "zhang", Role::Administrator).await;
        let home = section(store, "yaowen").await;
        store.import(&admin, [article(home, 1)], true).await.unwrap();
        let id = store.begin_article(&admin, home).await.unwrap();
        let found: Vec<RecordRow> = page(store, &admin, &RecordFilter::default()).await.rows;
        let [begin, import, .., first] = &found[..] else { panic!("{found:?}") };
        assert_eq!((begin.action.as_str(), begin.subject.as_str(), begin.subject_id), ("begin", "article", Some(id.0)));
        assert_eq!((begin.name.as_str(), begin.title.as_deref()), ("zhang", None), "{}: no title yet", test.engine);
        assert_eq!((import.action.as_str(), import.subject_id), ("import", None));
        assert!(import.after.contains("\"articles\":1"), "{}", import.after);
        assert_eq!((first.action.as_str(), first.who, first.name.as_str()), ("found", Who::System, ""));
        let of_person = RecordSubject { kind: "account".to_owned(), id: admin.account().map(|id| id.0) };
        let added = page(store, &admin, &RecordFilter { subject: Some(of_person), ..RecordFilter::default() }).await;
        assert_eq!(added.rows.len(), 2, "added, and a link: {:?}", added.rows);
        assert!(added.rows.iter().all(|row| row.title.as_deref() == Some("zhang")));
    }
}

#[tokio::test]
async fn every_filter_leaves_what_it_says_and_pages_go_both_ways() {
    for test in stores().await {
        let store = &test.store;
        account(store, "zhang", Role::Administrator).await;
        a_year(&test).await;
        let all = |change: fn(&mut RecordFilter)| {
            let mut filter = RecordFilter::default();
            change(&mut filter);
            filter
        };
        for (filter, count) in [
            (all(|_| ()), 1_460),
            (all(|f| f.who = Some(Who::System)), 209),
            (all(|f| f.who = Some(Who::Account(AccountId(1)))), 1_251),
            (all(|f| f.who = Some(Who::Visitor)), 0),
            (all(|f| f.action = Some("publish".to_owned())), 146),
            (all(|f| f.action = Some("fly".to_owned())), 0),
            (all(|f| f.subject = Some(RecordSubject { kind: "article".to_owned(), id: Some(2) })), 486),
            (all(|f| f.subject = Some(RecordSubject { kind: "section".to_owned(), id: None })), 0),
            (all(|f| f.address = " 10.0.0.9 ".to_owned()), 15),
            (all(|f| f.address = "10.0.0".to_owned()), 0),
            (all(|f| (f.from, f.to) = (CivilDate::new(2025, 2, 28).ok(), CivilDate::new(2025, 3, 1).ok())), 8),
            (all(|f| f.from = CivilDate::new(2025, 12, 31).ok()), 4),
            (all(|f| f.to = CivilDate::new(2025, 1, 1).ok()), 4),
        ] {
            let (mut seen, mut mark) = (Vec::new(), None);
            loop {
                let page = store.record_page(&Actor::Operator, &filter, mark.as_deref()).await.unwrap();
                seen.extend(page.rows.iter().map(|row| row.id));
                match page.next {
                    Some(next) => mark = Some(next),
                    None => {
                        if let Some(previous) = page.previous {
                            let back = store.record_page(&Actor::Operator, &filter, Some(&previous)).await.unwrap();
                            let end = seen.len() - page.rows.len();
                            let ids: Vec<i64> = back.rows.iter().map(|row| row.id).collect();
                            assert_eq!(ids, seen[end - 50..end], "{}", test.engine);
                        }
                        break;
                    }
                }
            }
            assert_eq!(seen.len(), count, "{}: {filter:?}", test.engine);
            assert!(seen.is_sorted_by(|newer, older| newer > older), "{}: {filter:?}", test.engine);
        }
    }
}

#[tokio::test]
async fn the_export_is_whole_in_pieces_and_is_recorded_itself() {
    for test in stores().await {
        let store = &test.store;
        let admin = account(store, "zhang", Role::Administrator).await;
        a_year(&test).await;
        let filter = RecordFilter { who: Some(Who::Account(AccountId(1))), ..RecordFilter::default() };
        let mut pieces = store.export_record(&admin, &filter, "192.0.2.7").await.unwrap();
        // What comes meanwhile is not in it.
        store.begin_article(&admin, section(store, "yaowen").await).await.unwrap();
        let mut rows = Vec::new();
        while let Some(piece) = pieces.next().await.unwrap() {
            assert!(piece.len() <= 500);
            rows.extend(piece);
        }
        assert_eq!(rows.len(), 1_251, "{}", test.engine);
        assert!(rows.iter().all(|row| row.action == "save" || row.action == "publish"));
        let newest = page(store, &admin, &RecordFilter::default()).await.rows;
        assert_eq!((newest[1].action.as_str(), newest[1].address.as_str()), ("export", "192.0.2.7"));
        assert!(newest[1].after.contains("\"account\":1"), "{}", newest[1].after);
        let none = RecordFilter { action: Some("fly".to_owned()), ..RecordFilter::default() };
        assert_eq!(store.export_record(&admin, &none, "").await.unwrap().next().await.unwrap(), None);
    }
}

#[tokio::test]
async fn what_is_recorded_stays_whatever_is_swept() {
    for test in stores().await {
        let store = &test.store;
        let db = Database::connect(&test.url).await.unwrap();
        let old = "INSERT INTO audit (at, actor, action, subject) VALUES (1, 'operator', 'old', 'site')";
        db.execute_unprepared(old).await.unwrap();
        store.sweep_sessions().await.unwrap();
        store.sweep_jobs().await.unwrap();
        store.settle_due(store::unix_now()).await.unwrap();
        let filter = RecordFilter { action: Some("old".to_owned()), ..RecordFilter::default() };
        let kept = page(store, &Actor::Operator, &filter).await.rows;
        assert_eq!(kept.len(), 1, "{}", test.engine);
        assert_eq!(kept[0].at.date_time(), "1970-01-01 08:00:00");
    }
}

#[tokio::test]
async fn a_burst_of_saves_is_one_entry() {
    use content::{
        Document,
        manuscript::{Save, SaveKind},
    };
    for test in stores().await {
        let store = &test.store;
        let writer = account(store, "li", Role::Reporter).await;
        let id = store.begin_article(&writer, section(store, "yaowen").await).await.unwrap();
        let opened = store.open_article(&writer, id, "tab").await.unwrap();
        let mut save = Save {
            article: id,
            tab: "tab".to_owned(),
            serial: 0,
            base: opened.revision,
            manuscript: opened.manuscript,
            kind: SaveKind::Auto,
        };
        for n in 1..=5 {
            save.serial = n;
            save.manuscript.body = Document::from_plain_text(&format!("第{n}稿。"));
            save.base = store.save_article(&writer, &save).await.unwrap().revision;
        }
        save.kind = SaveKind::Kept("初稿".to_owned());
        (save.serial, save.manuscript.body) = (6, Document::from_plain_text("完。"));
        store.save_article(&writer, &save).await.unwrap();
        let subject = Some(RecordSubject { kind: "article".to_owned(), id: Some(id.0) });
        let rows = page(store, &Actor::Operator, &RecordFilter { subject, ..RecordFilter::default() }).await.rows;
        let actions: Vec<&str> = rows.iter().map(|row| row.action.as_str()).collect();
        // The article began with the burst: what it holds at last is what was kept.
        assert_eq!(actions, ["save", "begin"], "{}", test.engine);
    }
}
