//! The lists of readers: further sections, pins, and all of it compared with a plain model.

use super::*;

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
        assert_eq!(test.count(MISCOUNTED).await, 0, "{}", test.engine);
        let nobody = AccountId(999);
        let nobody = Actor::Account { id: nobody, grants: vec![] };
        assert!(matches!(refusal(store.withdraw_article(&nobody, ids[0], "x").await), Refusal::NotAllowed { .. }));
    }
}
