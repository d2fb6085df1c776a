//! Publishing, correcting, withdrawing.

use super::*;

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
