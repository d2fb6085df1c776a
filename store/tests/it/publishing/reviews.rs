//! Stages of review.

use super::*;

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
