use crate::{
    harness::{SLUGS, article, empty_stores, founding, section, stores, zone},
    pictures::png,
};
use content::{
    AccountId, Actor, ArticleId, CivilDateTime, MediaId, Refusal, Role, Timestamp,
    account::Grant,
    reading::SitePreview,
    site::{Friend, FrontForm, FrontPlan, Identity, NoticeDraft, SectionSlot, SiteDraft},
};
use store::{Error, Store, articles::Outcome};

#[tokio::test]
async fn a_migrated_database_is_empty_and_is_founded_once() {
    for test in empty_stores().await {
        assert!(matches!(test.store.frame("http://x").await, Err(Error::Corrupt(_))), "{}", test.engine);
        let refused = test.store.found(&Actor::Anonymous, &founding()).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NotAllowed { .. }))));
        assert!(test.store.found(&Actor::Operator, &founding()).await.unwrap());
        assert!(!test.store.found(&Actor::Operator, &founding()).await.unwrap());
        assert!(test.store.migrate().await.unwrap().is_empty(), "migrating twice takes no step");
    }
}

#[tokio::test]
async fn the_frame_has_the_identity_and_the_sections_in_their_order() {
    for test in stores().await {
        let frame = test.store.frame("https://www.example.cn").await.unwrap();
        assert_eq!(frame.identity.name, "某市总工会", "{}", test.engine);
        assert_eq!(frame.sections.iter().map(|entry| entry.section.slug.as_str()).collect::<Vec<_>>(), SLUGS);
        assert_eq!(frame.public_url, "https://www.example.cn");
    }
}

fn refusal<T: std::fmt::Debug>(result: store::Result<T>) -> Refusal {
    match result.unwrap_err() {
        Error::Refused(refusal) => refusal,
        other => panic!("{other}"),
    }
}

fn publisher() -> Actor {
    Actor::Account { id: AccountId(1), grants: vec![Grant { role: Role::Publisher, section: None }] }
}

#[tokio::test]
async fn the_identity_is_changed_by_administrators_and_nobodys_change_is_overwritten() {
    for test in stores().await {
        let store = &test.store;
        let form = store.identity(&Actor::Operator).await.unwrap();
        assert_eq!((form.version, form.emblem), (1, None), "{}", test.engine);
        let mut identity = Identity { police_number: "滇公网安备53040202000001号".to_owned(), ..form.identity };
        assert!(matches!(refusal(store.change_identity(&publisher(), &identity, 1).await), Refusal::NotAllowed { .. }));
        let cursor = store.cursor().await.unwrap();
        assert_eq!(store.change_identity(&Actor::Operator, &identity, 1).await.unwrap(), 2);
        assert_eq!(test.changed(cursor).await, [("site".to_owned(), 1, None)]);
        let (_, action, subject, before, after) = test.audited().await;
        assert_eq!((action.as_str(), subject.as_str()), ("change", "site"));
        assert_eq!(before, r#"{"police_number":""}"#, "only what has changed");
        assert_eq!(after, r#"{"police_number":"滇公网安备53040202000001号"}"#);
        identity.producer = "玉溪网".to_owned();
        assert_eq!(refusal(store.change_identity(&Actor::Operator, &identity, 1).await), Refusal::Stale);
        identity.name = String::new();
        assert!(matches!(
            refusal(store.change_identity(&Actor::Operator, &identity, 2).await),
            Refusal::Missing { .. }
        ));
        identity.name = "某市总工会".to_owned();
        identity.emblem = Some(MediaId(999));
        assert_eq!(refusal(store.change_identity(&Actor::Operator, &identity, 2).await), Refusal::NotFound);
        assert_eq!(store.frame("http://x").await.unwrap().identity.producer, "", "a refused change leaves nothing");
    }
}

#[tokio::test]
async fn an_emblem_is_a_picture_of_the_library() {
    for test in stores().await {
        let store = &test.store;
        let folder = tempfile::tempdir().unwrap();
        let files = store::media::local(folder.path()).unwrap();
        let picture = store.add_picture(&files, &Actor::Operator, "会徽.png", png(1, 1), "会徽").await.unwrap();
        let pdf = store.add_file(&files, &Actor::Operator, "a.pdf", b"%PDF-1.7\n".to_vec()).await.unwrap();
        let identity = |id| Identity { name: "某市总工会".to_owned(), emblem: Some(id), ..Identity::default() };
        let refused = refusal(store.change_identity(&Actor::Operator, &identity(pdf.id), 1).await);
        assert_eq!(refused, Refusal::NotAPicture { name: "a.pdf".to_owned() }, "{}", test.engine);
        store.change_identity(&Actor::Operator, &identity(picture), 1).await.unwrap();
        assert_eq!(store.frame("http://x").await.unwrap().emblem.unwrap().alt, "会徽");
        assert_eq!(store.identity(&Actor::Operator).await.unwrap().emblem.unwrap().id, picture);
    }
}

async fn three_articles(store: &Store) -> Vec<ArticleId> {
    let (news, speeches) = (section(store, "yaowen").await, section(store, "jianghua").await);
    let batch = vec![article(news, 1), article(news, 2), article(speeches, 3)];
    let outcomes = store.import(&Actor::Operator, batch, true).await.unwrap();
    outcomes.iter().map(|outcome| if let Outcome::Added(id) = outcome { *id } else { panic!() }).collect()
}

#[tokio::test]
async fn the_front_page_shows_what_was_chosen_and_chooses_where_that_is_gone() {
    for test in stores().await {
        let store = &test.store;
        let ids = three_articles(store).await;
        let documents = section(store, "wenjian").await;
        let slots = vec![
            SectionSlot { section: documents, titles: 1 },
            SectionSlot { section: section(store, "yaowen").await, titles: 1 },
        ];
        let plan = FrontPlan { headline: Some(ids[2]), pictures: vec![], sections: Some(slots) };
        let form = FrontForm { plan, ..FrontForm::default() };
        assert!(matches!(refusal(store.change_front(&publisher(), &form, 1).await), Refusal::NotAllowed { .. }));
        let cursor = store.cursor().await.unwrap();
        assert_eq!(store.change_front(&Actor::Operator, &form, 1).await.unwrap(), 2);
        assert_eq!(test.changed(cursor).await, [("site".to_owned(), 1, None)], "{}", test.engine);
        assert_eq!(test.audited().await.1, "change");
        let front = store.front(&Actor::Anonymous).await.unwrap();
        assert_eq!(front.headline.unwrap().link.id, ids[2]);
        assert!(front.latest.iter().all(|link| link.id != ids[2]), "the headline does not stand twice");
        let blocks: Vec<_> = front.blocks.iter().map(|b| (b.section.slug.as_str(), b.articles.len())).collect();
        assert_eq!(blocks, [("wenjian", 0), ("yaowen", 1)]);
        assert_eq!(refusal(store.change_front(&Actor::Operator, &FrontForm::default(), 1).await), Refusal::Stale);
        let mut gone = form.clone();
        gone.plan.headline = Some(ArticleId(9_999));
        assert_eq!(refusal(store.change_front(&Actor::Operator, &gone, 2).await), Refusal::NotFound);
        // As withdrawing leaves it.
        test.run(&format!("UPDATE articles SET published_revision_id = NULL WHERE id = {}", ids[2])).await;
        let front = store.front(&Actor::Anonymous).await.unwrap();
        assert_eq!(front.headline.unwrap().link.id, ids[1], "the newest of the news");
        let room = store.front_room(&Actor::Operator).await.unwrap();
        assert_eq!((room.form, room.version), (form, 2), "it comes back with the article");
        let told: Vec<_> = room.chosen.iter().map(|chosen| (chosen.id, chosen.title.as_str(), chosen.public)).collect();
        assert_eq!(told, [(ids[2], "第3篇", false)]);
    }
}

#[tokio::test]
async fn a_draft_is_seen_before_it_is_saved_and_changes_nothing() {
    for test in stores().await {
        let store = &test.store;
        let ids = three_articles(store).await;
        let friend = Friend { name: "全国总工会".to_owned(), address: "https://www.acftu.org/".to_owned() };
        let draft = SiteDraft {
            identity: Some(Identity { name: "另一个名字".to_owned(), ..Identity::default() }),
            front: Some(FrontPlan { headline: Some(ids[0]), ..FrontPlan::default() }),
            friends: Some(vec![friend]),
            notices: Some(vec![NoticeDraft {
                text: "今日停水".to_owned(), urgent: true, ..NoticeDraft::default()
            }]),
            sections: None,
        };
        let SitePreview { frame, front } = store.preview_site(&Actor::Operator, &draft, "http://x").await.unwrap();
        assert_eq!((frame.identity.name.as_str(), frame.notices.len()), ("另一个名字", 1), "{}", test.engine);
        assert_eq!((front.headline.unwrap().link.id, front.friends.len()), (ids[0], 1));
        let refused = store.preview_site(&publisher(), &draft, "http://x").await;
        assert!(matches!(refusal(refused), Refusal::NotAllowed { .. }));
        let (frame, front) = (store.frame("http://x").await.unwrap(), store.front(&Actor::Anonymous).await.unwrap());
        assert_eq!((frame.identity.name.as_str(), front.friends.len()), ("某市总工会", 0));
    }
}

#[tokio::test]
async fn a_notice_begins_and_ends_by_the_clock_and_says_so_once() {
    for test in stores().await {
        let store = &test.store;
        let now = store::unix_now();
        let at = |minutes: i64| {
            let shown = zone().shown(Timestamp(now.0 + minutes * 60_000));
            CivilDateTime::try_from(shown.date_time()).unwrap()
        };
        let notice = |text: &str, begins, ends, urgent| NoticeDraft {
            text: text.to_owned(),
            begins: Some(at(begins)),
            ends: Some(at(ends)),
            urgent,
            ..NoticeDraft::default()
        };
        let notices = vec![notice("现在", -5, 10, false), notice("以后", 5, 20, true), notice("过去", -9, -5, false)];
        let form = FrontForm { notices, ..FrontForm::default() };
        store.change_front(&Actor::Operator, &form, 1).await.unwrap();
        let front = store.front(&Actor::Anonymous).await.unwrap();
        assert_eq!(front.notices.iter().map(|n| n.text.as_str()).collect::<Vec<_>>(), ["现在"], "{}", test.engine);
        assert_eq!(store.frame("http://x").await.unwrap().notices, []);
        let cursor = store.cursor().await.unwrap();
        let minute = |minutes: i64| Timestamp(now.0 + minutes * 60_000 + 1_000);
        assert_eq!(store.settle_due(minute(1)).await.unwrap(), 0, "nothing begins yet");
        assert_eq!(store.settle_due(minute(5)).await.unwrap(), 1, "one begins");
        assert_eq!(store.settle_due(minute(5)).await.unwrap(), 0, "once");
        assert_eq!(test.audited().await.1, "notice");
        assert_eq!(store.settle_due(minute(60)).await.unwrap(), 1, "two ends that were slept through are one change");
        assert_eq!(store.settle_due(minute(600)).await.unwrap(), 0);
        assert_eq!(test.changed(cursor).await.len(), 2);
    }
}
