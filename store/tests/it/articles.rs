use crate::harness::{TestStore, article, section, stores, zone};
use content::{Actor, ArticleId, Refusal, Role, Slug, Timestamp, account::Grant, reading::SectionPage};
use store::{Error, Store, articles::Outcome};

fn yaowen() -> Slug {
    "yaowen".parse().unwrap()
}

async fn page(store: &Store, page: u32) -> Result<SectionPage, Error> {
    store.section_page(&Actor::Anonymous, &yaowen(), page).await
}

async fn import(test: &TestStore, range: impl Iterator<Item = i64>, publish: bool) -> Vec<Outcome> {
    let id = section(&test.store, "yaowen").await;
    test.store.import(&Actor::Operator, range.map(|n| article(id, n)).collect::<Vec<_>>(), publish).await.unwrap()
}

fn titles(page: &SectionPage) -> Vec<&str> {
    page.articles.iter().map(|teaser| teaser.link.title.as_str()).collect()
}

#[tokio::test]
async fn a_draft_is_not_seen_by_readers() {
    for test in stores().await {
        let outcomes = import(&test, 0..1, false).await;
        let Outcome::Added(id) = outcomes[0] else { panic!("{outcomes:?}") };
        let article = test.store.article_page(&Actor::Anonymous, id).await;
        assert!(matches!(article, Err(Error::Refused(Refusal::NotFound))), "{}", test.engine);
        assert_eq!(page(&test.store, 1).await.unwrap().total, 0);
        assert!(test.store.front(&Actor::Anonymous).await.unwrap().headline.is_none());
    }
}

#[tokio::test]
async fn the_same_twice_adds_nothing_twice() {
    for test in stores().await {
        let id = section(&test.store, "yaowen").await;
        let first = import(&test, 0..3, true).await;
        let again = import(&test, 0..3, true).await;
        for (first, again) in first.iter().zip(&again) {
            let Outcome::Added(id) = first else { panic!("{first:?}") };
            assert_eq!(*again, Outcome::Known(*id), "{}", test.engine);
        }
        let mut changed = article(id, 1);
        changed.digest = "other".into();
        changed.fields.title = "改了".into();
        let outcome = test.store.import(&Actor::Operator, vec![changed], true).await.unwrap();
        let Outcome::Added(second) = first[1] else { panic!() };
        assert_eq!(outcome, [Outcome::Differs(second)]);
        assert_eq!(titles(&page(&test.store, 1).await.unwrap()), ["第2篇", "第1篇", "第0篇"]);
        let twice = vec![article(id, 9), article(id, 9)];
        let outcome = test.store.import(&Actor::Operator, twice, true).await.unwrap();
        assert!(matches!(outcome[..], [Outcome::Added(a), Outcome::Known(b)] if a == b));
        let (first, mut second) = (article(id, 10), article(id, 10));
        second.digest = "other".into();
        let outcome = test.store.import(&Actor::Operator, vec![first, second], true).await.unwrap();
        assert!(matches!(outcome[..], [Outcome::Added(a), Outcome::Differs(b)] if a == b), "within one batch as well");
    }
}

#[tokio::test]
async fn every_page_of_a_long_list_shows_its_twenty_in_order() {
    for test in stores().await {
        // Newest first in one import and oldest first in the next, so that segments split at both ends and within.
        import(&test, (700..1400).rev(), true).await;
        import(&test, 0..700, true).await;
        import(&test, (1400..1410).rev(), true).await;
        let first = page(&test.store, 1).await.unwrap();
        assert_eq!((first.total, first.pages), (1410, 71), "{}", test.engine);
        let mut expected = (0..1410).rev();
        for number in 1..=71 {
            let page = page(&test.store, number).await.unwrap();
            let expected: Vec<String> = expected.by_ref().take(20).map(|n| format!("第{n}篇")).collect();
            assert_eq!(titles(&page), expected, "{} page {number}", test.engine);
        }
        for beyond in [0, 72, u32::MAX] {
            assert!(matches!(page(&test.store, beyond).await, Err(Error::Refused(Refusal::NotFound))), "{beyond}");
        }
    }
}

#[tokio::test]
async fn articles_of_one_second_keep_one_order_over_pages() {
    for test in stores().await {
        let id = section(&test.store, "yaowen").await;
        let same = (0..1200).map(|n| {
            let mut article = article(id, n);
            article.shown = Some(Timestamp(1_343_701_729_000));
            article
        });
        test.store.import(&Actor::Operator, same.collect::<Vec<_>>(), true).await.unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for number in 1..=60 {
            for teaser in page(&test.store, number).await.unwrap().articles {
                assert!(seen.insert(teaser.link.id), "{} is on two pages", teaser.link.id);
            }
        }
        assert_eq!(seen.len(), 1200, "{}", test.engine);
    }
}

#[tokio::test]
async fn years_lead_to_the_page_of_their_newest_article() {
    for test in stores().await {
        let id = section(&test.store, "yaowen").await;
        let year = |year: i16, count: i64| {
            (0..count).map(move |n| {
                let mut article = article(id, i64::from(year) * 1000 + n);
                article.shown = Some(Timestamp(zone().start_of(year).unwrap().0 + n * 1000));
                article
            })
        };
        let batch: Vec<_> = year(2012, 30).chain(year(2026, 25)).chain(year(2015, 20)).collect();
        test.store.import(&Actor::Operator, batch, true).await.unwrap();
        let first = page(&test.store, 1).await.unwrap();
        let years: Vec<(i16, u32)> = first.years.iter().map(|link| (link.year, link.page)).collect();
        assert_eq!(years, [(2026, 1), (2015, 2), (2012, 3)], "{}", test.engine);
        // Counting everything anew changes nothing.
        store::articles::rebuild_lists(&test.store, &Actor::Operator).await.unwrap();
        assert_eq!(page(&test.store, 1).await.unwrap(), first);
        assert_eq!(page(&test.store, 4).await.unwrap().articles.len(), 15);
    }
}

#[tokio::test]
async fn an_article_knows_its_neighbours_and_its_times() {
    for test in stores().await {
        let outcomes = import(&test, 0..3, true).await;
        let ids: Vec<ArticleId> =
            outcomes.iter().map(|o| if let Outcome::Added(id) = o { *id } else { panic!() }).collect();
        let article = test.store.article_page(&Actor::Anonymous, ids[1]).await.unwrap();
        assert_eq!(article.page.link.shown.date_time(), "2020-01-01 00:01:00");
        assert_eq!(article.page.newer.unwrap().title, "第2篇");
        assert_eq!(article.page.older.unwrap().title, "第0篇");
        assert_eq!(article.page.corrected, None);
        let newest = test.store.article_page(&Actor::Anonymous, ids[2]).await.unwrap();
        assert_eq!(newest.page.newer, None, "{}", test.engine);
        let missing = test.store.article_page(&Actor::Anonymous, ArticleId(i64::MAX)).await;
        assert!(matches!(missing, Err(Error::Refused(Refusal::NotFound))));
    }
}

#[tokio::test]
async fn the_front_page_leads_with_news_and_shows_every_section() {
    for test in stores().await {
        let speeches = section(&test.store, "jianghua").await;
        import(&test, 0..8, true).await;
        test.store.import(&Actor::Operator, vec![article(speeches, 100)], true).await.unwrap();
        let front = test.store.front(&Actor::Anonymous).await.unwrap();
        assert_eq!(front.headline.unwrap().link.title, "第7篇", "the newest speech is not news ({})", test.engine);
        assert_eq!(front.latest[0].title, "第100篇");
        assert!(front.latest.iter().all(|link| link.title != "第7篇"), "the headline does not stand twice");
        let blocks: Vec<(&str, usize)> =
            front.blocks.iter().map(|block| (block.section.slug.as_str(), block.articles.len())).collect();
        assert_eq!(blocks, [("yaowen", 5), ("jianghua", 1), ("wenjian", 0)]);
        assert_eq!(front.blocks[0].articles[0].title, "第7篇");
    }
}

#[tokio::test]
async fn importing_is_refused_to_everybody_but_the_operator_and_the_administrator() {
    for test in stores().await {
        let id = section(&test.store, "yaowen").await;
        let role = |role| Actor::Account { id: content::AccountId(1), grants: vec![Grant { role, section: None }] };
        let others = Role::ALL.into_iter().filter(|r| *r != Role::Administrator).map(role);
        for actor in others.chain([Actor::Anonymous]) {
            let refused = test.store.import(&actor, vec![article(id, 1)], true).await;
            assert!(matches!(refused, Err(Error::Refused(Refusal::NotAllowed { .. }))), "{actor:?}");
        }
        assert_eq!(test.store.newest_article(&Actor::Anonymous).await.unwrap(), 0);
        let cursor = test.store.cursor().await.unwrap();
        test.store.import(&Actor::Operator, vec![article(id, 1), article(id, 2)], true).await.unwrap();
        assert_eq!(test.store.cursor().await.unwrap(), cursor + 2, "one change record an article ({})", test.engine);
    }
}

#[tokio::test]
async fn a_batch_with_one_bad_article_leaves_nothing_behind() {
    for test in stores().await {
        let id = section(&test.store, "yaowen").await;
        let mut bad = article(id, 2);
        bad.fields.title = String::new();
        let refused = test.store.import(&Actor::Operator, vec![article(id, 1), bad], true).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Missing { .. }))), "{}", test.engine);
        assert_eq!(page(&test.store, 1).await.unwrap().total, 0);
    }
}

#[tokio::test]
async fn the_sitemap_holds_what_is_public() {
    for test in stores().await {
        import(&test, 0..2, true).await;
        import(&test, 5..6, false).await;
        let newest = test.store.newest_article(&Actor::Anonymous).await.unwrap();
        let entries = test.store.sitemap(&Actor::Anonymous, 1..=newest).await.unwrap();
        assert_eq!(entries.len(), 2, "{}", test.engine);
        assert!(entries.iter().all(|entry| entry.slug == yaowen()));
    }
}
