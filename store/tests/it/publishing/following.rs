//! What followers of the change records are told, so that they drop the pages that show it and no others.

use super::*;
use content::{
    Shown,
    site::{FrontForm, FrontPlan},
};
use std::collections::BTreeSet;

fn list_of(slug: &str) -> Shown {
    Shown::List(slug.parse().unwrap())
}

#[tokio::test]
async fn a_follower_is_told_what_changed_and_what_stands_beside_it() {
    for test in stores().await {
        let store = &test.store;
        let one = account(store, "one", Role::Publisher).await;
        let home = section(store, "yaowen").await;
        store.import(&Actor::Operator, (0..3).map(|n| article(home, n)).collect::<Vec<_>>(), true).await.unwrap();
        let ids = list(store, "yaowen").await.1;
        let mut follower = store.follow().await.unwrap();
        assert_eq!(store.changes(&mut follower).await.unwrap(), BTreeSet::new(), "{}", test.engine);

        // It is the newest: beside it stands what was the newest before.
        let (id, base) = draft(store, &one, "新来的").await;
        assert_eq!(store.changes(&mut follower).await.unwrap(), BTreeSet::new(), "a draft is nobody's");
        store.publish_article(&one, id, base).await.unwrap();
        let came = BTreeSet::from([
            Shown::Newest,
            list_of("yaowen"),
            Shown::Article(id),
            Shown::Articles,
            Shown::Place(ids[0]),
        ]);
        assert_eq!(store.changes(&mut follower).await.unwrap(), came);
        assert_eq!(store.changes(&mut follower).await.unwrap(), BTreeSet::new(), "and is told once");

        let base = save(store, &one, id, titled("更正过的")).await;
        store.publish_article(&one, id, base).await.unwrap();
        let corrected = BTreeSet::from([Shown::Article(id), Shown::Articles]);
        assert_eq!(store.changes(&mut follower).await.unwrap(), corrected, "lists that do not show it are the same");

        let further = SectionId(home.0 + 1);
        let base = save(store, &one, id, |text| text.placement.further = vec![further]).await;
        store.publish_article(&one, id, base).await.unwrap();
        let told = store.changes(&mut follower).await.unwrap();
        assert!(told.contains(&list_of("yaowen")) && told.contains(&list_of("jianghua")), "{told:?}");
        let pinned = Timestamp(unix_now().0 + HOUR);
        let base = save(store, &one, id, |text| text.placement.pinned_until = Some(pinned)).await;
        store.publish_article(&one, id, base).await.unwrap();
        assert!(store.changes(&mut follower).await.unwrap().contains(&list_of("yaowen")), "a pin");

        store.withdraw_article(&one, id, "核实").await.unwrap();
        let told = store.changes(&mut follower).await.unwrap();
        let gone = [Shown::Newest, list_of("yaowen"), list_of("jianghua"), Shown::Article(id), Shown::Articles];
        assert_eq!(told, BTreeSet::from(gone), "who showed it beside itself showed it");
    }
}

#[tokio::test]
async fn what_stands_on_every_page_is_told_as_that_and_the_plan_as_the_front_pages_own() {
    for test in stores().await {
        let store = &test.store;
        let mut follower = store.follow().await.unwrap();
        let room = store.front_room(&Actor::Operator).await.unwrap();
        let form = FrontForm { plan: FrontPlan { sections: Some(Vec::new()), ..room.form.plan }, ..room.form };
        store.change_front(&Actor::Operator, &form, room.version).await.unwrap();
        let told = store.changes(&mut follower).await.unwrap();
        assert_eq!(told, BTreeSet::from([Shown::Plan]), "{}", test.engine);
        let form = store.identity(&Actor::Operator).await.unwrap();
        let identity = content::site::Identity { name: "改了名的工会".to_owned(), ..form.identity };
        store.change_identity(&Actor::Operator, &identity, form.version).await.unwrap();
        assert_eq!(store.changes(&mut follower).await.unwrap(), BTreeSet::from([Shown::Site]));
        // More at once than are told one by one.
        let home = section(store, "yaowen").await;
        store.import(&Actor::Operator, (0..300).map(|n| article(home, n)).collect::<Vec<_>>(), true).await.unwrap();
        assert_eq!(store.changes(&mut follower).await.unwrap(), BTreeSet::from([Shown::Site]));
        assert_eq!(store.changes(&mut follower).await.unwrap(), BTreeSet::new());
    }
}

#[tokio::test]
async fn a_change_that_commits_after_a_later_one_is_told_as_well() {
    use sea_orm::{ConnectionTrait, Database, TransactionTrait};
    for test in stores().await.into_iter().filter(|test| test.engine == "postgres") {
        let store = &test.store;
        let db = Database::connect(&test.url).await.unwrap();
        let write = |section: i64| {
            format!(
                "INSERT INTO changes (at, subject, subject_id, section_id, moved) VALUES (0, 'article', {section}, NULL, FALSE)"
            )
        };
        let mut follower = store.follow().await.unwrap();
        let slow = db.begin().await.unwrap();
        slow.execute_unprepared(&write(1)).await.unwrap();
        db.execute_unprepared(&write(2)).await.unwrap();
        let told = |id: i64| BTreeSet::from([Shown::Article(ArticleId(id)), Shown::Articles]);
        assert_eq!(store.changes(&mut follower).await.unwrap(), told(2));
        for _ in 0..3 {
            assert_eq!(store.changes(&mut follower).await.unwrap(), BTreeSet::new());
        }
        let mut late = store.follow().await.unwrap();
        slow.commit().await.unwrap();
        assert_eq!(store.changes(&mut follower).await.unwrap(), told(1));
        assert_eq!(store.changes(&mut late).await.unwrap(), told(1), "and to who begins in between");
        for _ in 0..3 {
            assert_eq!(store.changes(&mut follower).await.unwrap(), BTreeSet::new());
        }
        db.close().await.unwrap();
    }
}
