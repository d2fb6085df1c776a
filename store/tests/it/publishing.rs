//! What readers see begins, changes and ends, on both engines: each action with its result, its audit entry, its change
//! records and its refusals.

use crate::harness::{SLUGS, TestStore, article, section, stores, zone};
use content::{
    AccountId, Actor, ArticleId, Document, Refusal, RevisionId, Role, SectionId, Slug, Timestamp,
    account::Grant,
    article::{FURTHEST_SCHEDULE, State, Step},
    desk::{AccountFields, Batch, Filter, Sort},
    manuscript::{Manuscript, RevisionKind, Save, SaveKind},
    reading::SectionPage,
};
use std::collections::BTreeMap;
use store::{Error, Store, articles::Outcome, unix_now};

const HOUR: i64 = 3_600_000;

async fn account(store: &Store, name: &str, role: Role) -> Actor {
    let grants = vec![Grant { role, section: None }];
    let fields = AccountFields { name: name.to_owned(), display_name: name.to_owned(), grants: grants.clone() };
    let (id, _) = store.add_account(&Actor::Operator, &fields).await.unwrap();
    Actor::Account { id, grants }
}

/// Saves a change of what stands; the revision that stands then.
async fn save(store: &Store, actor: &Actor, id: ArticleId, change: impl FnOnce(&mut Manuscript)) -> RevisionId {
    use std::sync::atomic::{AtomicU32, Ordering};
    static TAB: AtomicU32 = AtomicU32::new(0);
    let tab = format!("tab{}", TAB.fetch_add(1, Ordering::Relaxed));
    let opened = store.open_article(actor, id, &tab).await.unwrap();
    let mut manuscript = opened.manuscript;
    change(&mut manuscript);
    let save = Save { article: id, tab, serial: 1, base: opened.revision, manuscript, kind: SaveKind::Auto };
    store.save_article(actor, &save).await.unwrap().revision
}

fn complete(title: &str) -> impl FnOnce(&mut Manuscript) {
    let title = title.to_owned();
    move |text| {
        text.fields.title = title;
        text.fields.source = "本站".to_owned();
        text.body = Document::from_plain_text("正文。");
    }
}

fn titled(title: &str) -> impl FnOnce(&mut Manuscript) {
    let title = title.to_owned();
    move |text| text.fields.title = title
}

/// A complete draft in the first section.
async fn draft(store: &Store, actor: &Actor, title: &str) -> (ArticleId, RevisionId) {
    let id = store.begin_article(actor, section(store, "yaowen").await).await.unwrap();
    (id, save(store, actor, id, complete(title)).await)
}

async fn title(store: &Store, id: ArticleId) -> Result<String, Refusal> {
    match store.article_page(&Actor::Anonymous, id).await {
        Ok(article) => Ok(article.page.fields.title),
        Err(Error::Refused(refusal)) => Err(refusal),
        Err(error) => panic!("{error}"),
    }
}

async fn page(store: &Store, slug: &str, page: u32) -> SectionPage {
    store.section_page(&Actor::Anonymous, &slug.parse::<Slug>().unwrap(), page).await.unwrap()
}

/// All titles of a list, page after page, with the total that it says.
async fn list(store: &Store, slug: &str) -> (u32, Vec<ArticleId>) {
    let first = page(store, slug, 1).await;
    let mut ids = Vec::new();
    for number in 1..=first.pages {
        ids.extend(page(store, slug, number).await.articles.into_iter().map(|teaser| teaser.link.id));
    }
    (first.total, ids)
}

fn refusal<T: std::fmt::Debug>(result: store::Result<T>) -> Refusal {
    match result.unwrap_err() {
        Error::Refused(refusal) => refusal,
        other => panic!("{other}"),
    }
}

/// The newest entry of the record: action, before, after.
async fn audited(test: &TestStore) -> (String, String, String) {
    let row = test.rows("SELECT action, before, after FROM audit ORDER BY id DESC LIMIT 1").await.remove(0);
    let text = |name: &str| row[name].as_str().unwrap().to_owned();
    (text("action"), text("before"), text("after"))
}

async fn audit_count(test: &TestStore, action: &str) -> usize {
    test.rows(&format!("SELECT id FROM audit WHERE action = '{action}'")).await.len()
}

/// The sections of the change records behind a cursor.
async fn changes(test: &TestStore, since: i64) -> Vec<i64> {
    let sql = format!("SELECT section_id FROM changes WHERE id > {since} AND subject = 'article' ORDER BY section_id");
    test.rows(&sql).await.iter().map(|row| row["section_id"].as_i64().unwrap()).collect()
}

async fn set_stages(test: &TestStore, slug: &str, stages: u8) {
    test.rows(&format!("UPDATE sections SET stages = {stages} WHERE slug = '{slug}'")).await;
}

#[tokio::test]
async fn an_article_is_published_corrected_and_withdrawn_and_readers_follow_at_once() {
    for test in stores().await {
        let store = &test.store;
        let one = account(store, "one", Role::Publisher).await;
        let (home, away) = (section(store, "yaowen").await, section(store, "jianghua").await);
        let (id, base) = draft(store, &one, "初稿").await;
        assert_eq!(title(store, id).await, Err(Refusal::NotFound), "{}", test.engine);
        let (cursor, came) = (store.cursor().await.unwrap(), unix_now());
        let progress = store.publish_article(&one, id, base).await.unwrap();
        assert_eq!((progress.state, progress.changed), (State::Published, false));
        assert_eq!(progress.address.as_deref(), Some(format!("/yaowen/{id}").as_str()));
        assert_eq!(title(store, id).await, Ok("初稿".to_owned()));
        assert_eq!(list(store, "yaowen").await, (1, vec![id]));
        assert_eq!(changes(&test, cursor).await, [home.0]);
        let (action, before, after) = audited(&test).await;
        assert_eq!(action, "publish");
        assert_eq!(before, r#"{"revision":null,"state":"draft"}"#);
        assert_eq!(after, format!(r#"{{"revision":{base},"state":"published"}}"#));
        let seen = store.article_page(&Actor::Anonymous, id).await.unwrap().page;
        assert_eq!(seen.corrected, None);
        assert!(seen.link.shown >= zone().shown(came), "shown at the moment of publishing");

        // Saving changes nothing for readers, correcting does, also the lists of another section.
        let cursor = store.cursor().await.unwrap();
        let moved = save(store, &one, id, |text| {
            text.fields.title = "更正稿".to_owned();
            text.placement.section = away;
            text.placement.further = vec![home];
        });
        let moved = moved.await;
        let open = store.open_article(&one, id, "look").await.unwrap();
        assert_eq!((open.progress.state, open.progress.changed), (State::Draft, true));
        assert_eq!(title(store, id).await, Ok("初稿".to_owned()));
        assert_eq!(changes(&test, cursor).await, [0_i64; 0]);
        tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
        let progress = store.publish_article(&one, id, moved).await.unwrap();
        assert_eq!((progress.state, progress.changed), (State::Published, false));
        assert_eq!(progress.address.as_deref(), Some(format!("/jianghua/{id}").as_str()));
        assert_eq!(changes(&test, cursor).await, [home.0, away.0]);
        assert_eq!((list(store, "yaowen").await, list(store, "jianghua").await), ((1, vec![id]), (1, vec![id])));
        let (action, before, after) = audited(&test).await;
        assert_eq!(action, "correct");
        assert_eq!(before, format!(r#"{{"revision":{base},"state":"draft"}}"#));
        assert_eq!(after, format!(r#"{{"revision":{moved},"state":"published"}}"#));
        let corrected = store.article_page(&Actor::Anonymous, id).await.unwrap().page;
        assert_eq!(corrected.link.shown, seen.link.shown, "the first time stays");
        assert!(corrected.corrected.unwrap() > seen.link.shown);

        // Only the further section.
        let cursor = store.cursor().await.unwrap();
        let narrowed = save(store, &one, id, |text| text.placement.further.clear()).await;
        store.publish_article(&one, id, narrowed).await.unwrap();
        assert_eq!((list(store, "yaowen").await, changes(&test, cursor).await), ((0, vec![]), vec![home.0, away.0]));

        let cursor = store.cursor().await.unwrap();
        let progress = store.withdraw_article(&one, id, " 数字有误 ").await.unwrap();
        assert_eq!((progress.state, progress.address), (State::Withdrawn, None));
        assert_eq!(title(store, id).await, Err(Refusal::Gone), "{}", test.engine);
        assert_eq!((list(store, "jianghua").await, changes(&test, cursor).await), ((0, vec![]), vec![away.0]));
        let (action, before, after) = audited(&test).await;
        assert_eq!(action, "withdraw");
        assert_eq!(before, format!(r#"{{"revision":{narrowed},"state":"published"}}"#));
        assert_eq!(after, r#"{"reason":"数字有误","state":"withdrawn"}"#);
        assert_eq!(store.revisions(&one, id, None).await.unwrap()[0].kind, RevisionKind::Withdrawn);

        // It comes back where it stood, with its first time, and what is withdrawn goes into the bin.
        let back = store.open_article(&one, id, "look").await.unwrap().revision;
        store.publish_article(&one, id, back).await.unwrap();
        let again = store.article_page(&Actor::Anonymous, id).await.unwrap().page;
        assert_eq!((again.link.shown, list(store, "jianghua").await), (seen.link.shown, (1, vec![id])));
        let still = store.change_articles(&one, &[id], &Batch::Bin).await.unwrap();
        assert_eq!(still.refused, [(id, Refusal::StillPublic)]);
        store.withdraw_article(&one, id, "再撤").await.unwrap();
        assert_eq!(store.change_articles(&one, &[id], &Batch::Bin).await.unwrap().changed, 1);
    }
}

#[tokio::test]
async fn what_cannot_be_published_is_refused_exactly_and_changes_nothing() {
    for test in stores().await {
        let store = &test.store;
        let (one, two) = (account(store, "one", Role::Publisher).await, account(store, "two", Role::Publisher).await);
        let reporter = account(store, "reporter", Role::Reporter).await;
        let (id, base) = draft(store, &reporter, "标题").await;
        for refused in [
            refusal(store.publish_article(&reporter, id, base).await),
            refusal(store.schedule_article(&reporter, id, base, Timestamp(unix_now().0 + HOUR)).await),
            refusal(store.unschedule_article(&reporter, id).await),
            refusal(store.withdraw_article(&reporter, id, "x").await),
        ] {
            assert!(matches!(refused, Refusal::NotAllowed { .. }), "{}: {refused}", test.engine);
        }
        let stale = base;
        let base = save(store, &reporter, id, titled("")).await;
        assert_eq!(refusal(store.publish_article(&one, id, stale).await), Refusal::Stale);
        let incomplete = refusal(store.publish_article(&one, id, base).await);
        assert_eq!(incomplete, Refusal::Incomplete { fields: vec!["title".into()] });
        let base = save(store, &reporter, id, titled("标题")).await;
        assert_eq!(
            refusal(store.withdraw_article(&one, id, "理由").await),
            Refusal::BadStep { state: State::Draft, step: Step::Withdraw }
        );
        assert_eq!(refusal(store.withdraw_article(&one, id, " ").await), Refusal::Missing { field: "reason".into() });
        let cursor = store.cursor().await.unwrap();
        store.publish_article(&one, id, base).await.unwrap();
        // The same a second time, by whomever.
        let twice = refusal(store.publish_article(&two, id, base).await);
        assert_eq!(twice, Refusal::BadStep { state: State::Published, step: Step::Publish });
        assert_eq!((audit_count(&test, "publish").await, store.cursor().await.unwrap()), (1, cursor + 1));
        // What somebody withdrew a moment ago is not published by who has not heard of it.
        store.withdraw_article(&two, id, "先撤下").await.unwrap();
        assert_eq!(refusal(store.publish_article(&one, id, base).await), Refusal::Stale);
        let at = Timestamp(unix_now().0 + HOUR);
        assert_eq!(refusal(store.schedule_article(&one, id, base, at).await), Refusal::Stale);
        assert_eq!(title(store, id).await, Err(Refusal::Gone));
        assert_eq!(
            refusal(store.withdraw_article(&one, id, "再撤").await),
            Refusal::BadStep { state: State::Withdrawn, step: Step::Withdraw }
        );
        assert_eq!(
            refusal(store.unschedule_article(&one, id).await),
            Refusal::BadStep { state: State::Withdrawn, step: Step::Unschedule }
        );
        // Steps of the desk do not reach readers.
        let base = store.open_article(&one, id, "t").await.unwrap().revision;
        for step in [Step::Publish, Step::Schedule, Step::Unschedule, Step::Withdraw] {
            let refused = refusal(store.take_step(&one, id, base, step).await);
            assert_eq!(refused, Refusal::BadStep { state: State::Withdrawn, step });
        }
        store.change_articles(&one, &[id], &Batch::Bin).await.unwrap();
        assert_eq!(refusal(store.publish_article(&one, id, base).await), Refusal::InBin);
        assert_eq!(refusal(store.publish_article(&one, ArticleId(987), base).await), Refusal::NotFound);
    }
}

#[tokio::test]
async fn a_publisher_of_one_section_publishes_into_no_other() {
    for test in stores().await {
        let store = &test.store;
        let (home, away) = (section(store, "yaowen").await, section(store, "jianghua").await);
        let everywhere = account(store, "all", Role::Publisher).await;
        let Actor::Account { id: here, .. } = account(store, "here", Role::Reporter).await else { panic!() };
        let here = Actor::Account { id: here, grants: vec![Grant { role: Role::Publisher, section: Some(home) }] };
        let (id, _) = draft(store, &everywhere, "一").await;
        let base = save(store, &everywhere, id, |text| text.placement.further = vec![away]).await;
        let refused = refusal(store.publish_article(&here, id, base).await);
        assert!(matches!(refused, Refusal::NotAllowed { .. }), "{}", test.engine);
        store.publish_article(&everywhere, id, base).await.unwrap();
        // A slip of the pen is corrected by whoever has the article, wherever it is listed by now.
        let base = save(store, &here, id, titled("一改")).await;
        store.publish_article(&here, id, base).await.unwrap();
        assert_eq!(list(store, "jianghua").await, (1, vec![id]));
    }
}

#[tokio::test]
async fn two_publishers_at_once_publish_once() {
    for test in stores().await {
        let store = &test.store;
        let (one, two) = (account(store, "one", Role::Publisher).await, account(store, "two", Role::Publisher).await);
        let other = test.another().await;
        for n in 0..8 {
            let (id, base) = draft(store, &one, &format!("第{n}篇")).await;
            let (a, b) = tokio::join!(store.publish_article(&one, id, base), other.publish_article(&two, id, base));
            let refused = [a, b].into_iter().filter_map(Result::err).collect::<Vec<_>>();
            assert_eq!(refused.len(), 1, "{}: {refused:?}", test.engine);
            let twice = Refusal::BadStep { state: State::Published, step: Step::Publish };
            assert!(matches!(&refused[0], Error::Refused(refusal) if *refusal == twice), "{refused:?}");
            let (a, b) = tokio::join!(store.withdraw_article(&one, id, "甲"), other.withdraw_article(&two, id, "乙"));
            assert!(a.is_ok() != b.is_ok(), "{}: {a:?} {b:?}", test.engine);
            let back = store.open_article(&one, id, &format!("t{n}")).await.unwrap().revision;
            store.publish_article(&one, id, back).await.unwrap();
        }
        assert_eq!((page(store, "yaowen", 1).await.total, audit_count(&test, "publish").await), (8, 16));
    }
}

#[tokio::test]
async fn a_schedule_publishes_its_own_text_once_whoever_looks_and_however_the_clock_jumps() {
    for test in stores().await {
        let store = &test.store;
        let other = test.another().await;
        let one = account(store, "one", Role::Publisher).await;
        let at = Timestamp(unix_now().0 + HOUR);
        let (id, base) = draft(store, &one, "定时的文字").await;
        let cursor = store.cursor().await.unwrap();
        let progress = store.schedule_article(&one, id, base, at).await.unwrap();
        let scheduled = progress.scheduled.unwrap();
        assert_eq!((progress.state, scheduled.instant, scheduled.changed), (State::Scheduled, at, false));
        assert_eq!(audited(&test).await.0, "schedule");
        // It is saved on, more often than a burst folds away, and stays what it was.
        for n in 0..4 {
            save(store, &one, id, titled(&format!("改了{n}"))).await;
        }
        let open = store.open_article(&one, id, "t").await.unwrap();
        let behind = open.progress.scheduled.as_ref().is_some_and(|scheduled| scheduled.changed);
        assert_eq!((open.progress.state, behind), (State::Scheduled, true), "{}", test.engine);
        assert_eq!(store.cursor().await.unwrap(), cursor, "readers have not heard of it");
        for early in [0, at.0 - HOUR * 24 * 365, at.0 - 1] {
            assert_eq!(store.settle_due(Timestamp(early)).await.unwrap(), 0);
        }
        assert_eq!(title(store, id).await, Err(Refusal::NotFound));
        let late = Timestamp(at.0 + 5 * HOUR);
        let (a, b) = tokio::join!(store.settle_due(late), other.settle_due(late));
        assert_eq!((a.unwrap() + b.unwrap(), title(store, id).await), (1, Ok("定时的文字".to_owned())));
        for again in [late.0, at.0 - HOUR, late.0 + 1] {
            assert_eq!(store.settle_due(Timestamp(again)).await.unwrap(), 0, "the clock goes back and forth");
        }
        assert_eq!((audit_count(&test, "publish").await, changes(&test, cursor).await.len()), (1, 1));
        let open = store.open_article(&one, id, "t").await.unwrap();
        assert_eq!((open.progress.state, open.progress.changed), (State::Draft, true), "later changes are still there");
        assert_eq!(open.manuscript.fields.title, "改了3");
        // A correction is scheduled like anything else, and the new text takes the place of the old schedule.
        store.schedule_article(&one, id, open.revision, at).await.unwrap();
        let newer = save(store, &one, id, titled("终稿")).await;
        let moved = Timestamp(at.0 + HOUR);
        let progress = store.schedule_article(&one, id, newer, moved).await.unwrap();
        assert!(!progress.scheduled.unwrap().changed);
        assert_eq!(store.settle_due(at).await.unwrap(), 0);
        assert_eq!(store.settle_due(moved).await.unwrap(), 1);
        assert_eq!(title(store, id).await, Ok("终稿".to_owned()));
        assert_eq!(audited(&test).await.0, "correct");
    }
}

#[tokio::test]
async fn two_servers_share_what_is_due_and_do_none_of_it_twice() {
    for test in stores().await {
        let store = &test.store;
        let servers = [test.another().await, test.another().await, test.another().await];
        let one = account(store, "one", Role::Publisher).await;
        let at = Timestamp(unix_now().0 + HOUR);
        for n in 0..12 {
            let (id, base) = draft(store, &one, &format!("第{n}篇")).await;
            store.schedule_article(&one, id, base, at).await.unwrap();
        }
        let cursor = store.cursor().await.unwrap();
        let done = futures::future::join_all(servers.iter().map(|server| server.settle_due(at))).await;
        assert_eq!(done.into_iter().map(Result::unwrap).sum::<u32>(), 12, "{}", test.engine);
        assert_eq!((audit_count(&test, "publish").await, changes(&test, cursor).await.len()), (12, 12));
        assert_eq!(list(store, "yaowen").await.1.len(), 12);
    }
}

#[tokio::test]
async fn a_schedule_is_cancelled_lies_within_a_year_and_holds_an_article_where_it_is() {
    for test in stores().await {
        let store = &test.store;
        let one = account(store, "one", Role::Publisher).await;
        let (id, base) = draft(store, &one, "标题").await;
        let now = unix_now().0;
        // The past, this moment, beyond a year, the year 9999, and what no calendar has.
        for at in [0, now - 1, now, now + (FURTHEST_SCHEDULE + 1) * 24 * HOUR, 253_402_300_799_000, i64::MAX, i64::MIN]
        {
            let refused = refusal(store.schedule_article(&one, id, base, Timestamp(at)).await);
            assert_eq!(refused, Refusal::BadSchedule { days: FURTHEST_SCHEDULE }, "{at}");
        }
        let at = Timestamp(now + HOUR);
        store.schedule_article(&one, id, base, at).await.unwrap();
        let desk = store.desk(&one).await.unwrap();
        assert_eq!(desk.scheduled.iter().map(|row| row.id).collect::<Vec<_>>(), [id], "{}", test.engine);
        assert_eq!(desk.scheduled[0].scheduled, Some(zone().shown(at)));
        for batch in [Batch::Bin, Batch::Move(section(store, "wenjian").await)] {
            let held = store.change_articles(&one, &[id], &batch).await.unwrap();
            assert_eq!(held.refused, [(id, Refusal::StillScheduled)]);
        }
        let progress = store.unschedule_article(&one, id).await.unwrap();
        assert_eq!((progress.state, progress.scheduled), (State::Draft, None));
        assert_eq!(audited(&test).await.0, "unschedule");
        assert_eq!(store.settle_due(at).await.unwrap(), 0);
        // Publishing by hand and withdrawing end a schedule as well.
        store.schedule_article(&one, id, base, at).await.unwrap();
        store.publish_article(&one, id, base).await.unwrap();
        assert_eq!(store.settle_due(at).await.unwrap(), 0);
        let base = save(store, &one, id, titled("更正")).await;
        store.schedule_article(&one, id, base, at).await.unwrap();
        store.withdraw_article(&one, id, "撤").await.unwrap();
        assert_eq!((store.settle_due(at).await.unwrap(), title(store, id).await), (0, Err(Refusal::Gone)));
    }
}

#[tokio::test]
async fn what_is_scheduled_stands_with_the_soonest_first() {
    for test in stores().await {
        let store = &test.store;
        let one = account(store, "one", Role::Publisher).await;
        let mut expected = Vec::new();
        for n in [3, 1, 2] {
            let (id, base) = draft(store, &one, &format!("第{n}篇")).await;
            store.schedule_article(&one, id, base, Timestamp(unix_now().0 + n * HOUR)).await.unwrap();
            expected.push((n, id));
        }
        draft(store, &one, "不定时").await;
        expected.sort_unstable();
        let filter = Filter { sort: Sort::Scheduled, ..Filter::default() };
        let page = store.desk_page(&one, &filter, None).await.unwrap();
        let found: Vec<ArticleId> = page.rows.iter().map(|row| row.id).collect();
        assert_eq!(found, expected.iter().map(|(_, id)| *id).collect::<Vec<_>>(), "{}", test.engine);
        let filter = Filter { state: Some(State::Scheduled), ..Filter::default() };
        assert_eq!(store.desk_page(&one, &filter, None).await.unwrap().rows.len(), 3);
        let searched = Filter { sort: Sort::Scheduled, text: "第2篇".to_owned(), ..Filter::default() };
        assert_eq!(store.desk_page(&one, &searched, None).await.unwrap().rows.len(), 1);
    }
}

#[tokio::test]
async fn what_became_unpublishable_is_returned_to_the_desk_and_the_record_says_why() {
    for test in stores().await {
        let store = &test.store;
        let one = account(store, "one", Role::Publisher).await;
        let home = section(store, "yaowen").await;
        let at = Timestamp(unix_now().0 + HOUR);
        // Its section asks for reviews by now; another one goes on all the same.
        let (id, base) = draft(store, &one, "没审过").await;
        store.schedule_article(&one, id, base, at).await.unwrap();
        let (other, _) = draft(store, &one, "别的栏目").await;
        let wenjian = section(store, "wenjian").await;
        let base = save(store, &one, other, |text| text.placement.section = wenjian).await;
        store.schedule_article(&one, other, base, at).await.unwrap();
        // The further section of a third one is gone.
        let (lost, _) = draft(store, &one, "栏目没了").await;
        let base = save(store, &one, lost, |text| {
            text.placement.section = wenjian;
            text.placement.further = vec![home];
        });
        let base = base.await;
        store.schedule_article(&one, lost, base, at).await.unwrap();
        test.rows(&format!("DELETE FROM article_sections WHERE section_id = {home}")).await;
        test.rows(&format!(
            "UPDATE revisions SET extra = REPLACE(extra, '[{home}]', '[99]') WHERE article_id = {lost}"
        ))
        .await;
        set_stages(&test, "yaowen", 1).await;
        let cursor = store.cursor().await.unwrap();
        assert_eq!(store.settle_due(at).await.unwrap(), 3, "{}", test.engine);
        assert_eq!(store.settle_due(at).await.unwrap(), 0, "it is not tried for ever");
        assert_eq!((title(store, other).await, changes(&test, cursor).await), (Ok("别的栏目".into()), vec![wenjian.0]));
        for (id, reason) in [(id, "passed 0 of 1 reviews"), (lost, "section \\\"99\\\" does not exist")] {
            let open = store.open_article(&one, id, &format!("t{id}")).await.unwrap();
            assert_eq!((open.progress.state, open.progress.scheduled), (State::Draft, None));
            let sql = format!("SELECT actor, after FROM audit WHERE action = 'unschedule' AND subject_id = {id}");
            let entry = test.rows(&sql).await.remove(0);
            assert_eq!(entry["actor"], "operator");
            assert!(entry["after"].as_str().unwrap().contains(reason), "{entry}");
            assert_eq!(title(store, id).await, Err(Refusal::NotFound));
        }
    }
}

#[tokio::test]
async fn reviews_are_passed_one_by_one_by_different_people_and_bound_to_the_text() {
    for test in stores().await {
        let store = &test.store;
        set_stages(&test, "yaowen", 2).await;
        let writer = account(store, "writer", Role::Reporter).await;
        let publisher = account(store, "publisher", Role::Publisher).await;
        let (first, second) = (account(store, "a", Role::Reviewer).await, account(store, "b", Role::Reviewer).await);
        let (id, base) = draft(store, &writer, "要审的").await;
        let none = Refusal::NeedsReview { passed: 0, stages: 2 };
        assert_eq!(refusal(store.publish_article(&publisher, id, base).await), none, "{}", test.engine);
        store.take_step(&writer, id, base, Step::Submit).await.unwrap();
        let own = refusal(store.take_step(&writer, id, base, Step::Approve).await);
        assert!(matches!(own, Refusal::NotAllowed { .. }));
        let progress = store.take_step(&first, id, base, Step::Approve).await.unwrap();
        assert_eq!((progress.state, progress.standing.passed, progress.standing.stages), (State::Submitted, 1, 2));
        assert_eq!(refusal(store.take_step(&first, id, base, Step::Approve).await), Refusal::ApprovedAlready);
        let half = Refusal::NeedsReview { passed: 1, stages: 2 };
        assert_eq!(refusal(store.publish_article(&publisher, id, base).await), half);
        assert_eq!(store.take_step(&second, id, base, Step::Approve).await.unwrap().state, State::Approved);
        // When it stands is the publisher's; what it says is not.
        let dated = save(store, &publisher, id, |text| text.placement.shown = Some(Timestamp(1_343_701_729_000))).await;
        let open = store.open_article(&publisher, id, "t").await.unwrap();
        assert_eq!((open.progress.state, open.progress.standing.passed), (State::Approved, 2));
        let other = save(store, &publisher, id, titled("改了一个字")).await;
        let open = store.open_article(&publisher, id, "t").await.unwrap();
        assert_eq!((open.progress.state, open.progress.standing.passed), (State::Draft, 0));
        assert_eq!(refusal(store.publish_article(&publisher, id, other).await), none);
        // Given back its words, it is what was approved.
        let back = save(store, &publisher, id, titled("要审的")).await;
        assert_ne!(back, dated);
        let progress = store.take_step(&publisher, id, back, Step::Submit).await.unwrap();
        assert_eq!(progress.state, State::Approved);
        // Who gives it back takes the approvals away, and an undo brings them back.
        let returned = store.change_articles(&second, &[id], &Batch::Step(Step::Return)).await.unwrap();
        assert_eq!(store.progress_for_test(id).await, (State::Draft, 0));
        assert_eq!(store.undo_batch(&second, returned.undo.unwrap()).await.unwrap(), 1);
        assert_eq!(store.progress_for_test(id).await, (State::Approved, 2));
        store.publish_article(&publisher, id, back).await.unwrap();
        assert_eq!(title(store, id).await, Ok("要审的".to_owned()));
        // An approval that is undone is none.
        let base = save(store, &writer, id, titled("又改")).await;
        store.take_step(&writer, id, base, Step::Submit).await.unwrap();
        let done = store.change_articles(&first, &[id], &Batch::Step(Step::Approve)).await.unwrap();
        assert_eq!(store.progress_for_test(id).await, (State::Submitted, 1));
        store.undo_batch(&first, done.undo.unwrap()).await.unwrap();
        assert_eq!(store.progress_for_test(id).await, (State::Submitted, 0));
    }
}

/// Where an article is and how many reviews it has passed, as anybody with a role sees it.
trait Look {
    async fn progress_for_test(&self, id: ArticleId) -> (State, u8);
}

impl Look for Store {
    async fn progress_for_test(&self, id: ArticleId) -> (State, u8) {
        let anybody = self.accounts(&Actor::Operator).await.unwrap().remove(0);
        let anybody = Actor::Account { id: anybody.id, grants: anybody.grants };
        let open = self.open_article(&anybody, id, &format!("look{id}")).await.unwrap();
        (open.progress.state, open.progress.standing.passed)
    }
}

#[tokio::test]
async fn a_batch_publishes_and_withdraws_by_the_same_rules_and_offers_no_undo() {
    for test in stores().await {
        let store = &test.store;
        let one = account(store, "one", Role::Publisher).await;
        let (first, _) = draft(store, &one, "甲").await;
        let (second, _) = draft(store, &one, "乙").await;
        let (empty, _) = draft(store, &one, "丙").await;
        save(store, &one, empty, titled("")).await;
        let all = [second, first, empty];
        let cursor = store.cursor().await.unwrap();
        let done = store.change_articles(&one, &all, &Batch::Step(Step::Publish)).await.unwrap();
        assert_eq!((done.changed, done.undo), (2, None), "{}", test.engine);
        assert_eq!(done.refused, [(empty, Refusal::Incomplete { fields: vec!["title".into()] })]);
        assert_eq!((list(store, "yaowen").await.0, changes(&test, cursor).await.len()), (2, 2));
        let again = store.change_articles(&one, &[first], &Batch::Step(Step::Publish)).await.unwrap();
        let twice = Refusal::BadStep { state: State::Published, step: Step::Publish };
        assert_eq!((again.changed, again.refused), (0, vec![(first, twice)]));
        let no_reason = refusal(store.change_articles(&one, &all, &Batch::Withdraw(String::new())).await);
        assert_eq!(no_reason, Refusal::Missing { field: "reason".into() });
        let bare = store.change_articles(&one, &[first], &Batch::Step(Step::Withdraw)).await.unwrap();
        assert_eq!(bare.changed, 0, "without a reason it is no step of a batch");
        let done = store.change_articles(&one, &all, &Batch::Withdraw("核对".to_owned())).await.unwrap();
        assert_eq!((done.changed, done.undo, list(store, "yaowen").await), (2, None, (0, vec![])));
        // An undo of before does not bring back what readers saw meanwhile.
        let (third, _) = draft(store, &one, "丁").await;
        let submitted = store.change_articles(&one, &[third], &Batch::Step(Step::Submit)).await.unwrap();
        let base = store.open_article(&one, third, "t").await.unwrap().revision;
        store.publish_article(&one, third, base).await.unwrap();
        assert_eq!(store.undo_batch(&one, submitted.undo.unwrap()).await.unwrap(), 0);
        assert_eq!(title(store, third).await, Ok("丁".to_owned()));
    }
}

#[tokio::test]
async fn pinned_articles_stand_on_top_of_the_first_page_until_their_time_ends() {
    for test in stores().await {
        let store = &test.store;
        let one = account(store, "one", Role::Publisher).await;
        let home = section(store, "yaowen").await;
        store.import(&Actor::Operator, (0..30).map(|n| article(home, n)).collect::<Vec<_>>(), true).await.unwrap();
        let until = Timestamp(unix_now().0 + HOUR);
        let old = Timestamp(zone().start_of(2010).unwrap().0);
        let mut pins = Vec::new();
        for n in 0..7 {
            let (id, _) = draft(store, &one, &format!("置顶{n}")).await;
            let base = save(store, &one, id, |text| {
                text.placement.pinned_until = Some(until);
                text.placement.shown = Some(old);
                text.placement.further = vec![SectionId(home.0 + 1)];
            });
            store.publish_article(&one, id, base.await).await.unwrap();
            tokio::time::sleep(std::time::Duration::from_millis(3)).await;
            pins.push(id);
        }
        let on_top = |page: &SectionPage| page.pinned.iter().map(|teaser| teaser.link.id).collect::<Vec<_>>();
        let newest_first: Vec<ArticleId> = pins.iter().rev().take(5).copied().collect();
        let first = page(store, "yaowen", 1).await;
        assert_eq!(
            (on_top(&first), first.total, first.articles.len()),
            (newest_first.clone(), 37, 20),
            "{}",
            test.engine
        );
        assert_eq!(on_top(&page(store, "yaowen", 2).await), []);
        let further = page(store, "jianghua", 1).await;
        assert_eq!((on_top(&further), further.articles.len()), (vec![], 7), "pinned in its own section");
        // Where it would stand on the first page anyway, it does not stand twice.
        let (id, _) = draft(store, &one, "今天的").await;
        let base = save(store, &one, id, |text| text.placement.pinned_until = Some(until)).await;
        store.publish_article(&one, id, base).await.unwrap();
        let first = page(store, "yaowen", 1).await;
        assert_eq!((on_top(&first)[0], first.articles.len()), (id, 19));
        assert!(first.articles.iter().all(|teaser| teaser.link.id != id));
        // A correction keeps its place on top; a new time is a new pin.
        let base = save(store, &one, pins[3], titled("置顶3改")).await;
        store.publish_article(&one, pins[3], base).await.unwrap();
        assert_eq!(page(store, "yaowen", 1).await.pinned[4].link.title, "置顶3改");
        let longer = Timestamp(until.0 + HOUR);
        let base = save(store, &one, pins[3], |text| text.placement.pinned_until = Some(longer)).await;
        store.publish_article(&one, pins[3], base).await.unwrap();
        assert_eq!(page(store, "yaowen", 1).await.pinned[0].link.id, pins[3]);
        // The end is a change like any other.
        let cursor = store.cursor().await.unwrap();
        assert_eq!(store.settle_due(Timestamp(until.0 - 1)).await.unwrap(), 0);
        assert_eq!(store.settle_due(until).await.unwrap(), 7);
        assert_eq!(store.settle_due(until).await.unwrap(), 0);
        assert_eq!((on_top(&page(store, "yaowen", 1).await), changes(&test, cursor).await.len()), (vec![pins[3]], 13));
        assert_eq!(audited(&test).await.0, "unpin");
        // A pin that is over when the article is published is none.
        let (id, _) = draft(store, &one, "过期的").await;
        let base = save(store, &one, id, |text| text.placement.pinned_until = Some(old)).await;
        store.publish_article(&one, id, base).await.unwrap();
        assert_eq!(on_top(&page(store, "yaowen", 1).await), [pins[3]]);
        store.withdraw_article(&one, pins[3], "撤").await.unwrap();
        assert_eq!(on_top(&page(store, "yaowen", 1).await), []);
    }
}

#[tokio::test]
async fn a_further_section_shows_the_article_on_the_front_page_and_neighbours_stay_at_home() {
    for test in stores().await {
        let store = &test.store;
        let one = account(store, "one", Role::Publisher).await;
        let (home, away) = (section(store, "yaowen").await, section(store, "wenjian").await);
        store.import(&Actor::Operator, vec![article(home, 1), article(away, 2)], true).await.unwrap();
        let (id, _) = draft(store, &one, "两处都有").await;
        let base = save(store, &one, id, |text| text.placement.further = vec![away, away, home]).await;
        store.publish_article(&one, id, base).await.unwrap();
        assert_eq!((list(store, "yaowen").await.0, list(store, "wenjian").await.0), (2, 2), "{}", test.engine);
        let front = store.front(&Actor::Anonymous).await.unwrap();
        let block = |n: usize| front.blocks[n].articles.iter().map(|link| link.title.as_str()).collect::<Vec<_>>();
        assert_eq!((block(0), block(2)), (vec!["两处都有", "第1篇"], vec!["两处都有", "第2篇"]));
        assert_eq!(front.blocks[2].articles[0].address(), format!("/yaowen/{id}"), "one address");
        let article = store.article_page(&Actor::Anonymous, id).await.unwrap().page;
        assert_eq!((article.older.map(|link| link.title), article.newer), (Some("第1篇".to_owned()), None));
        let before = [page(store, "yaowen", 1).await, page(store, "wenjian", 1).await];
        store::articles::rebuild_lists(store, &Actor::Operator).await.unwrap();
        assert_eq!([page(store, "yaowen", 1).await, page(store, "wenjian", 1).await], before);
    }
}

#[tokio::test]
async fn an_imported_article_is_no_correction_until_it_is_corrected_here() {
    for test in stores().await {
        let store = &test.store;
        let one = account(store, "one", Role::Publisher).await;
        let home = section(store, "yaowen").await;
        let outcomes = store.import(&Actor::Operator, vec![article(home, 1)], true).await.unwrap();
        let Outcome::Added(id) = outcomes[0] else { panic!() };
        let seen = store.article_page(&Actor::Anonymous, id).await.unwrap().page;
        assert_eq!(seen.corrected, None, "{}", test.engine);
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        let base = save(store, &one, id, complete("改过的")).await;
        store.publish_article(&one, id, base).await.unwrap();
        let now = store.article_page(&Actor::Anonymous, id).await.unwrap().page;
        assert_eq!((now.link.shown, now.corrected.is_some()), (seen.link.shown, true));
    }
}

/// A small generator: the same steps each time.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// What readers should see, in the plainest way: an article with its shown time and the sections of its lists.
#[derive(Default)]
struct Model(BTreeMap<ArticleId, (i64, Vec<SectionId>)>);

impl Model {
    fn list(&self, section: SectionId) -> Vec<(i64, ArticleId)> {
        let in_it = self.0.iter().filter(|(_, (_, sections))| sections.contains(&section));
        let mut list: Vec<_> = in_it.map(|(id, (at, _))| (*at, *id)).collect();
        list.sort_unstable_by(|a, b| b.cmp(a));
        list
    }

    async fn compare(&self, store: &Store, random: &mut Random, what: &str) {
        for slug in SLUGS {
            let list = self.list(section(store, slug).await);
            let first = page(store, slug, 1).await;
            assert_eq!(first.total as usize, list.len(), "{what}: {slug}");
            let mut years: Vec<(i16, u32)> = Vec::new();
            for (n, (at, _)) in list.iter().enumerate() {
                let year = zone().year(Timestamp(*at));
                if years.last().is_none_or(|(last, _)| *last != year) {
                    years.push((year, u32::try_from(n / 20).unwrap() + 1));
                }
            }
            assert_eq!(
                first.years.iter().map(|link| (link.year, link.page)).collect::<Vec<_>>(),
                years,
                "{what}: {slug}"
            );
            let number = u32::try_from(random.below(u64::from(first.pages))).unwrap() + 1;
            let shown = page(store, slug, number).await.articles.into_iter().map(|teaser| teaser.link.id);
            let expected = list.iter().skip(number as usize * 20 - 20).take(20).map(|(_, id)| *id);
            assert!(shown.eq(expected), "{what}: {slug} page {number}");
        }
    }
}

#[tokio::test]
async fn lists_totals_and_years_are_right_after_each_of_three_hundred_steps() {
    for test in stores().await {
        let store = &test.store;
        let one = account(store, "one", Role::Publisher).await;
        let sections =
            [section(store, "yaowen").await, section(store, "jianghua").await, section(store, "wenjian").await];
        let (mut random, mut model) = (Random(20_120_731), Model::default());
        // Enough for segments to be split before and while it goes on.
        let imported: Vec<_> = (0..540).map(|n| article(sections[0], n * 997)).collect();
        for (outcome, article) in store.import(&Actor::Operator, &imported, true).await.unwrap().iter().zip(&imported) {
            let Outcome::Added(id) = outcome else { panic!() };
            model.0.insert(*id, (article.shown.unwrap().0, vec![sections[0]]));
        }
        let mut ids: Vec<ArticleId> = model.0.keys().copied().step_by(45).collect();
        for n in 0..12 {
            ids.push(draft(store, &one, &format!("稿{n}")).await.0);
        }
        for n in 0..300 {
            let id = ids[random.below(ids.len() as u64) as usize];
            let what;
            if model.0.contains_key(&id) && random.below(3) == 0 {
                store.withdraw_article(&one, id, "撤").await.unwrap();
                model.0.remove(&id);
                what = format!("{} step {n}: withdraw {id}", test.engine);
            } else {
                let own = sections[random.below(3) as usize];
                let further: Vec<SectionId> = sections.into_iter().filter(|_| random.below(3) == 0).collect();
                let year = 2018 + i16::try_from(random.below(6)).unwrap();
                // Some at the very same time, so that numbers decide.
                let shown = zone().start_of(year).unwrap().0 + i64::try_from(random.below(4)).unwrap() * 40 * 24 * HOUR;
                let base = save(store, &one, id, |text| {
                    complete(&format!("第{n}步"))(text);
                    text.placement.section = own;
                    text.placement.further = further.clone();
                    text.placement.shown = Some(Timestamp(shown));
                });
                let base = base.await;
                if random.below(4) == 0 {
                    let at = Timestamp(unix_now().0 + HOUR);
                    store.schedule_article(&one, id, base, at).await.unwrap();
                    assert_eq!(store.settle_due(at).await.unwrap(), 1);
                } else {
                    store.publish_article(&one, id, base).await.unwrap();
                }
                let mut lists = further;
                lists.push(own);
                model.0.insert(id, (shown, lists));
                what = format!("{} step {n}: publish {id}", test.engine);
            }
            model.compare(store, &mut random, &what).await;
        }
        for slug in SLUGS {
            let expected: Vec<ArticleId> = model.list(section(store, slug).await).iter().map(|(_, id)| *id).collect();
            assert_eq!(list(store, slug).await, (u32::try_from(expected.len()).unwrap(), expected));
        }
        let counted = "SELECT id FROM sections s WHERE published_count <> \
             (SELECT COUNT(*) FROM list_entries e WHERE e.section_id = s.id)";
        assert!(test.rows(counted).await.is_empty(), "{}", test.engine);
        let nobody = AccountId(999);
        let nobody = Actor::Account { id: nobody, grants: vec![] };
        assert!(matches!(refusal(store.withdraw_article(&nobody, ids[0], "x").await), Refusal::NotAllowed { .. }));
    }
}
