//! What becomes public at a time.

use super::*;

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
