//! The tree of sections on both engines: changed by its form, merged without losing anything, and never a dead address.

use crate::harness::{MISCOUNTED, TestStore, article, section, stores};
use content::{
    AccountId, Actor, ArticleId, Refusal, Role, SectionId, Slug,
    account::Grant,
    desk::AccountFields,
    manuscript::{Save, SaveKind},
    record::{RecordFilter, RecordSubject},
    section::{SectionFields, SectionKind, SectionPlace, Template},
    site::{FrontForm, FrontPlan, SectionSlot},
};
use store::{Error, Store, articles::Outcome};

fn refusal<T: std::fmt::Debug>(result: store::Result<T>) -> Refusal {
    match result.unwrap_err() {
        Error::Refused(refusal) => refusal,
        other => panic!("{other}"),
    }
}

fn fields(slug: &str, name: &str) -> SectionFields {
    serde_json::from_str(&format!(r#"{{"slug":"{slug}","name":"{name}"}}"#)).unwrap()
}

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

/// The tree as slugs, those below another one indented.
async fn tree(store: &Store) -> Vec<String> {
    let rows = store.section_tree(&Actor::Operator).await.unwrap().rows;
    let line = |parent: Option<SectionId>, slug: &Slug| format!("{}{slug}", if parent.is_some() { "- " } else { "" });
    rows.iter().map(|row| line(row.parent, &row.fields.slug)).collect()
}

async fn version(store: &Store) -> i32 {
    store.section_tree(&Actor::Operator).await.unwrap().version
}

/// Where the section with this address is found.
async fn leads(store: &Store, address: &str) -> String {
    let page = store.section_page(&Actor::Anonymous, &slug(address), 1).await;
    page.map_or_else(|error| error.to_string(), |page| page.section.slug.to_string())
}

async fn publish(test: &TestStore, section: SectionId, numbers: std::ops::Range<i64>) -> Vec<ArticleId> {
    let batch: Vec<_> = numbers.map(|n| article(section, n)).collect();
    let outcomes = test.store.import(&Actor::Operator, batch, true).await.unwrap();
    outcomes.iter().map(|outcome| if let Outcome::Added(id) = outcome { *id } else { panic!() }).collect()
}

async fn account(store: &Store, name: &str, role: Role, section: Option<SectionId>) -> Actor {
    let grants = vec![Grant { role, section }];
    let fields = AccountFields { name: name.to_owned(), display_name: String::new(), grants: grants.clone() };
    let (id, _) = store.add_account(&Actor::Operator, &fields).await.unwrap();
    Actor::Account { id, grants }
}

#[tokio::test]
async fn only_those_who_manage_the_site_change_its_sections() {
    for test in stores().await {
        let store = &test.store;
        let id = section(store, "yaowen").await;
        let grants = vec![Grant { role: Role::SectionEditor, section: Some(id) }];
        let editor = Actor::Account { id: AccountId(1), grants };
        for actor in [editor, Actor::Anonymous] {
            let refused = [
                refusal(store.section_tree(&actor).await),
                refusal(store.add_section(&actor, None, &fields("new", "新")).await),
                refusal(store.change_section(&actor, id, None, &fields("new", "新"), 1).await),
                refusal(store.order_sections(&actor, &[], 1).await),
                refusal(store.remove_section(&actor, id, None, 1).await),
            ];
            assert!(refused.iter().all(|r| matches!(r, Refusal::NotAllowed { .. })), "{}: {refused:?}", test.engine);
        }
    }
}

#[tokio::test]
async fn a_role_for_one_section_is_given_and_taken_away_and_the_record_says_so() {
    for test in stores().await {
        let store = &test.store;
        let (home, away) = (section(store, "yaowen").await, section(store, "jianghua").await);
        let writer = account(store, "li", Role::Reporter, Some(away)).await;
        let id = writer.account().unwrap();
        let old = Grant { role: Role::Reporter, section: Some(away) };
        for role in [Role::SectionEditor, Role::Reporter] {
            let new = Grant { role, section: Some(home) };
            for (grants, may) in [(vec![old, new], true), (vec![old], false)] {
                let fields = AccountFields { name: "li".to_owned(), display_name: "李".to_owned(), grants };
                store.change_account(&Actor::Operator, id, &fields, false).await.unwrap();
                let row = store.accounts(&Actor::Operator).await.unwrap().remove(0);
                assert_eq!(row.grants, fields.grants, "{}", test.engine);
                let tree = store.section_tree(&Actor::Operator).await.unwrap().rows;
                let writers =
                    |id| tree.iter().find(|row| row.id == id).unwrap().writers.iter().map(|w| w.role).collect();
                let (here, there): (Vec<Role>, Vec<Role>) = (writers(home), writers(away));
                assert_eq!((here, there), (if may { vec![role] } else { vec![] }, vec![Role::Reporter]));
                let now = Actor::Account { id, grants: row.grants };
                assert_eq!(store.begin_article(&now, home).await.is_ok(), may, "{role:?}");
                assert!(store.begin_article(&now, away).await.is_ok(), "the other role stays");
            }
            let more = AccountFields { name: "li".to_owned(), display_name: String::new(), grants: vec![old, new] };
            let gone = store.change_account(&writer, id, &more, false);
            assert!(matches!(refusal(gone.await), Refusal::NotAllowed { .. }), "nobody gives themselves a role");
        }
        let filter = RecordFilter {
            subject: Some(RecordSubject { kind: "account".to_owned(), id: Some(id.0) }),
            ..RecordFilter::default()
        };
        let record = store.record_page(&Actor::Operator, &filter, None).await.unwrap().rows;
        let (before, after) = (&record[0].before, &record[0].after);
        assert_eq!((record[0].action.as_str(), record.len()), ("change", 6));
        let given = format!(r#"{{"role":"reporter","section":{home}}}"#);
        assert!(before.contains(&given) && !after.contains(&given), "{before} {after}");
    }
}

#[tokio::test]
async fn a_section_is_added_below_another_and_no_deeper() {
    for test in stores().await {
        let store = &test.store;
        let news = section(store, "yaowen").await;
        let cursor = store.cursor().await.unwrap();
        let child = store.add_section(&Actor::Operator, Some(news), &fields("xianqu", "县区动态")).await.unwrap();
        assert_eq!(tree(store).await, ["yaowen", "- xianqu", "jianghua", "wenjian"], "{}", test.engine);
        let records = test.changed(cursor).await;
        assert_eq!(records, [("section".to_owned(), child.0, Some(child.0)), ("site".to_owned(), 1, None)]);
        let (_, action, subject, before, after) = test.audited().await;
        assert_eq!((action.as_str(), subject.as_str(), before.as_str()), ("add", "section", ""));
        assert!(after.contains("县区动态") && after.contains("\"parent\""), "{after}");
        let add =
            async |parent, slug: &str| refusal(store.add_section(&Actor::Operator, parent, &fields(slug, "新")).await);
        assert_eq!(add(Some(child), "a").await, Refusal::TooDeep);
        assert!(matches!(add(Some(SectionId(999)), "a").await, Refusal::UnknownSection { .. }));
        assert_eq!(add(None, "wenjian").await, Refusal::SlugTaken { given: "wenjian".to_owned() });
        assert_eq!(tree(store).await.len(), 4, "a refused section leaves nothing");
        let navigation = store.frame("http://x").await.unwrap().sections;
        assert_eq!(navigation.len(), 3, "navigation has the first level");
        assert_eq!(navigation[0].within, [slug("xianqu")]);
        let page = store.section_page(&Actor::Anonymous, &slug("yaowen"), 1).await.unwrap();
        assert_eq!(page.children[0].section.slug, slug("xianqu"));
        let page = store.section_page(&Actor::Anonymous, &slug("xianqu"), 1).await.unwrap();
        assert_eq!(page.parent.unwrap().slug, slug("yaowen"));
        // A section with children cannot go below another one.
        let row = store.section_tree(&Actor::Operator).await.unwrap().rows.remove(0);
        let deep = store.change_section(&Actor::Operator, news, Some(section(store, "wenjian").await), &row.fields, 1);
        assert_eq!(refusal(deep.await), Refusal::TooDeep);
    }
}

#[tokio::test]
async fn every_address_that_a_section_had_leads_to_it_for_ever() {
    for test in stores().await {
        let store = &test.store;
        let news = section(store, "yaowen").await;
        let ids = publish(&test, news, 0..2).await;
        let rename = async |slug: &str, version| {
            store.change_section(&Actor::Operator, news, None, &fields(slug, "工会要闻"), version).await
        };
        assert_eq!(rename("xinwen", 1).await.unwrap(), 2);
        let (_, action, _, before, after) = test.audited().await;
        assert_eq!(action, "change");
        assert!(before.contains(r#""slug":"yaowen""#) && after.contains(r#""slug":"xinwen""#), "{before} {after}");
        assert_eq!(rename("yaowen2", 2).await.unwrap(), 3);
        for address in ["yaowen", "xinwen", "yaowen2"] {
            assert_eq!(leads(store, address).await, "yaowen2", "{}", test.engine);
        }
        let article = store.article_page(&Actor::Anonymous, ids[0]).await.unwrap();
        assert_eq!(article.page.link.address(), format!("/yaowen2/{}", ids[0]));
        let other = refusal(store.add_section(&Actor::Operator, None, &fields("xinwen", "新")).await);
        let section = "工会要闻".to_owned();
        assert_eq!(other, Refusal::OldAddress { given: "xinwen".to_owned(), section });
        assert_eq!(rename("yaowen", 2).await.map_err(|error| error.to_string()), Err(Refusal::Stale.to_string()));
        assert_eq!(rename("yaowen", 3).await.unwrap(), 4, "its own former address is free to it");
        for address in ["yaowen", "xinwen", "yaowen2"] {
            assert_eq!(leads(store, address).await, "yaowen", "{}", test.engine);
        }
        let row = store.section_tree(&Actor::Operator).await.unwrap().rows.remove(0);
        assert_eq!(row.old, [slug("xinwen"), slug("yaowen2")]);
    }
}

#[tokio::test]
async fn sections_are_put_in_order_and_what_somebody_else_has_changed_is_stale() {
    for test in stores().await {
        let store = &test.store;
        let ids = [section(store, "yaowen").await, section(store, "jianghua").await, section(store, "wenjian").await];
        let place = |n: usize, parent: Option<usize>| SectionPlace { id: ids[n], parent: parent.map(|n| ids[n]) };
        let wanted = [place(2, None), place(0, None), place(1, Some(2))];
        let cursor = store.cursor().await.unwrap();
        assert_eq!(store.order_sections(&Actor::Operator, &wanted, 1).await.unwrap(), 2);
        assert_eq!(tree(store).await, ["wenjian", "- jianghua", "yaowen"], "{}", test.engine);
        let records = test.changed(cursor).await;
        assert_eq!(
            records.iter().map(|(subject, ..)| subject.as_str()).collect::<Vec<_>>(),
            ["section", "section", "site"]
        );
        assert_eq!(test.audited().await.1, "reorder");
        assert_eq!(store.order_sections(&Actor::Operator, &wanted, 2).await.unwrap(), 2, "nothing new is no change");
        assert_eq!(refusal(store.order_sections(&Actor::Operator, &wanted, 1).await), Refusal::Stale);
        assert_eq!(refusal(store.order_sections(&Actor::Operator, &wanted[..2], 2).await), Refusal::Stale);
        store.add_section(&Actor::Operator, None, &fields("new", "新栏目")).await.unwrap();
        assert_eq!(refusal(store.order_sections(&Actor::Operator, &wanted, 2).await), Refusal::Stale);
    }
}

#[tokio::test]
async fn kinds_are_respected_by_navigation_front_page_and_list() {
    for test in stores().await {
        let store = &test.store;
        let (news, speeches, documents) =
            (section(store, "yaowen").await, section(store, "jianghua").await, section(store, "wenjian").await);
        publish(&test, speeches, 0..3).await;
        let page = SectionFields { kind: SectionKind::Page, ..fields("jianghua", "机构概况") };
        store.change_section(&Actor::Operator, speeches, None, &page, 1).await.unwrap();
        let link = SectionFields {
            kind: SectionKind::Link,
            link: "https://www.acftu.org/".to_owned(),
            ..fields("wenjian", "全总")
        };
        store.change_section(&Actor::Operator, documents, None, &link, 1).await.unwrap();
        let grid = SectionFields { template: Template::Grid, stages: 3, ..fields("yaowen", "图片") };
        store.change_section(&Actor::Operator, news, None, &grid, 1).await.unwrap();
        let navigation = store.frame("http://x").await.unwrap().sections;
        let links: Vec<&str> = navigation.iter().map(|entry| entry.link.as_str()).collect();
        assert_eq!(links, ["", "", "https://www.acftu.org/"], "{}", test.engine);
        let front = store.front(&Actor::Anonymous).await.unwrap();
        assert_eq!(front.blocks.iter().map(|b| b.section.slug.as_str()).collect::<Vec<_>>(), ["yaowen"]);
        let single = store.section_page(&Actor::Anonymous, &slug("jianghua"), 1).await.unwrap();
        assert_eq!((single.kind, single.pages, single.articles.len()), (SectionKind::Page, 1, 1));
        assert_eq!(single.articles[0].link.title, "第2篇", "the newest");
        let outside = store.section_page(&Actor::Anonymous, &slug("wenjian"), 1).await.unwrap();
        assert_eq!(outside.external, "https://www.acftu.org/");
        assert_eq!(store.section_page(&Actor::Anonymous, &slug("yaowen"), 1).await.unwrap().template, Template::Grid);
        let choices = store.section_choices(&Actor::Operator).await.unwrap();
        assert_eq!(choices.iter().filter(|choice| choice.may_draft).count(), 2, "nobody writes into another site");
        let hidden = SectionFields { visible: false, ..grid };
        store.change_section(&Actor::Operator, news, None, &hidden, 2).await.unwrap();
        assert_eq!(store.frame("http://x").await.unwrap().sections.len(), 2);
        assert_eq!(store.front(&Actor::Anonymous).await.unwrap().blocks, []);
        assert_eq!(leads(store, "yaowen").await, "yaowen", "its address works");
    }
}

#[tokio::test]
async fn a_block_of_the_front_page_shows_what_is_new_below_its_section_as_well() {
    for test in stores().await {
        let store = &test.store;
        let news = section(store, "yaowen").await;
        let child = store.add_section(&Actor::Operator, Some(news), &fields("xianqu", "县区动态")).await.unwrap();
        publish(&test, news, 0..2).await;
        publish(&test, child, 5..6).await;
        let front = store.front(&Actor::Anonymous).await.unwrap();
        let titles: Vec<&str> = front.blocks[0].articles.iter().map(|link| link.title.as_str()).collect();
        assert_eq!(titles, ["第5篇", "第1篇", "第0篇"], "{}", test.engine);
    }
}

#[tokio::test]
async fn a_section_with_articles_goes_only_into_another_one_and_takes_everything_along() {
    for test in stores().await {
        let store = &test.store;
        let (news, speeches) = (section(store, "yaowen").await, section(store, "jianghua").await);
        let documents = section(store, "wenjian").await;
        let moved = publish(&test, news, 0..30).await;
        publish(&test, speeches, 30..35).await;
        let editor = account(store, "editor", Role::SectionEditor, Some(news)).await;
        let draft = store.begin_article(&editor, news).await.unwrap();
        // A public article that somebody is about to list in the section that goes.
        let opened = store.open_article(&editor, draft, "tab").await.unwrap();
        test.run(&format!(
            "INSERT INTO article_sections (article_id, section_id) VALUES ({}, {})",
            moved[0], documents
        ))
        .await;
        let other = publish(&test, documents, 50..51).await[0];
        test.run(&format!("INSERT INTO article_sections (article_id, section_id) VALUES ({other}, {news})")).await;
        let slots = vec![SectionSlot { section: news, titles: 3 }];
        let plan = FrontPlan { sections: Some(slots), ..FrontPlan::default() };
        store.change_front(&Actor::Operator, &FrontForm { plan, ..FrontForm::default() }, 1).await.unwrap();
        store.change_section(&Actor::Operator, news, None, &fields("xinwen", "新闻"), 1).await.unwrap();

        let tree = version(store).await;
        let refused = refusal(store.remove_section(&Actor::Operator, news, None, tree).await);
        assert_eq!(refused, Refusal::SectionInUse { articles: 31 }, "{}", test.engine);
        let refused = refusal(store.remove_section(&Actor::Operator, news, Some(news), tree).await);
        assert!(matches!(refused, Refusal::UnknownSection { .. }));
        assert_eq!(
            refusal(store.remove_section(&Actor::Operator, news, Some(speeches), tree + 1).await),
            Refusal::Stale
        );
        let cursor = store.cursor().await.unwrap();
        assert_eq!(store.remove_section(&Actor::Operator, news, Some(speeches), tree).await.unwrap(), 31);

        let (_, action, subject, before, after) = test.audited().await;
        assert_eq!((action.as_str(), subject.as_str()), ("merge", "section"));
        assert!(before.contains("\"articles\":31") && after == format!("{{\"into\":{speeches}}}"), "{before} {after}");
        let entries = format!("audit WHERE action = 'move' AND after = '{speeches}'");
        assert_eq!(test.count(&entries).await, 31, "an entry an article");
        let records = test.changed(cursor).await;
        assert_eq!(records.iter().filter(|(subject, ..)| subject == "article").count(), 30, "those that readers see");
        assert_eq!(records.last().unwrap().0, "site");
        for address in ["yaowen", "xinwen", "jianghua"] {
            assert_eq!(leads(store, address).await, "jianghua");
        }
        let first = store.section_page(&Actor::Anonymous, &slug("jianghua"), 1).await.unwrap();
        // One of them stands in another section and was listed in the one that went.
        let titles: Vec<&str> = first.articles[..2].iter().map(|teaser| teaser.link.title.as_str()).collect();
        assert_eq!((first.total, first.pages, titles), (36, 2, vec!["第50篇", "第34篇"]));
        let second = store.section_page(&Actor::Anonymous, &slug("jianghua"), 2).await.unwrap();
        assert_eq!(second.articles.last().unwrap().link.title, "第0篇");
        assert_eq!(test.count(&format!("list_segments WHERE section_id = {news}")).await, 0);
        assert_eq!(test.count(&format!("article_sections WHERE section_id = {speeches}")).await, 1);
        assert_eq!(test.count(&format!("article_sections WHERE section_id = {news}")).await, 0);
        let room = store.front_room(&Actor::Operator).await.unwrap();
        assert_eq!(room.form.plan.sections.unwrap(), [SectionSlot { section: speeches, titles: 3 }]);
        assert_eq!(room.version, 3, "whoever has the front page's form open learns of it");
        let rows = store.section_tree(&Actor::Operator).await.unwrap().rows;
        assert_eq!((rows[0].writers[0].name.as_str(), rows[0].articles), ("editor", 36));

        // The tab that was open all the time saves what it has: nothing is lost, and it learns the new place.
        let editor = Actor::Account {
            id: editor.account().unwrap(),
            grants: vec![Grant { role: Role::SectionEditor, section: Some(speeches) }],
        };
        let mut manuscript = opened.manuscript;
        manuscript.fields.title = "写了一半".to_owned();
        assert_eq!(manuscript.placement.section, news);
        let save = Save {
            article: draft,
            tab: "tab".to_owned(),
            serial: 1,
            base: opened.revision,
            manuscript,
            kind: SaveKind::Auto,
        };
        let saved = store.save_article(&editor, &save).await.unwrap();
        let merged = saved.merged.expect("the tab is told");
        assert_eq!((merged.placement.section, merged.fields.title.as_str()), (speeches, "写了一半"));
        assert_eq!(test.count(MISCOUNTED).await, 0, "{}", test.engine);
    }
}

#[tokio::test]
async fn an_empty_section_goes_at_once_and_those_below_it_stay() {
    for test in stores().await {
        let store = &test.store;
        let news = section(store, "yaowen").await;
        store.add_section(&Actor::Operator, Some(news), &fields("xianqu", "县区动态")).await.unwrap();
        let reporter = account(store, "reporter", Role::Reporter, Some(news)).await;
        let gone = store.remove_section(&Actor::Operator, news, None, version(store).await).await.unwrap();
        assert_eq!(gone, 0, "{}", test.engine);
        assert_eq!(test.audited().await.1, "delete");
        assert_eq!(tree(store).await, ["xianqu", "jianghua", "wenjian"]);
        assert_eq!(leads(store, "yaowen").await, Refusal::NotFound.to_string());
        let grants = format!("grants WHERE account_id = {}", reporter.account().unwrap());
        assert_eq!(test.count(&grants).await, 0, "a role for nothing is none");
        store.add_section(&Actor::Operator, None, &fields("yaowen", "要闻")).await.unwrap();
        assert_eq!(leads(store, "yaowen").await, "yaowen", "what leads nowhere is free");
    }
}
