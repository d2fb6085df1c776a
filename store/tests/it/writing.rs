//! Writing on both engines: what two people save, what is folded, what is found.

use crate::harness::{article, section, stores};
use content::{
    AccountId, Actor, ArticleId, Document, Refusal, Role,
    account::Grant,
    article::{State, Step},
    desk::{AccountFields, Batch, Filter},
    manuscript::{Clash, Manuscript, RevisionKind, Save, SaveKind},
};
use store::{Error, Store};

async fn account(store: &Store, name: &str, role: Role) -> Actor {
    let grants = vec![Grant { role, section: None }];
    let fields = AccountFields { name: name.to_owned(), display_name: name.to_owned(), grants: grants.clone() };
    let (id, _) = store.add_account(&Actor::Operator, &fields).await.unwrap();
    Actor::Account { id, grants }
}

fn body(lines: &[(&str, &str)]) -> Document {
    let paragraph = |(id, text): &(&str, &str)| {
        format!(r#"{{"type":"paragraph","attrs":{{"id":"{id}"}},"content":[{{"type":"text","text":"{text}"}}]}}"#)
    };
    let blocks = lines.iter().map(paragraph).collect::<Vec<_>>().join(",");
    Document::from_json(&format!(r#"{{"type":"doc","attrs":{{"version":1}},"content":[{blocks}]}}"#)).unwrap()
}

/// A tab that saves.
struct Tab<'a> {
    store: &'a Store,
    actor: &'a Actor,
    word: &'a str,
    save: Save,
}

impl<'a> Tab<'a> {
    async fn open(store: &'a Store, actor: &'a Actor, id: ArticleId, word: &'a str) -> Self {
        let opened = store.open_article(actor, id, word).await.unwrap();
        let save = Save {
            article: id,
            tab: word.to_owned(),
            serial: 0,
            base: opened.revision,
            manuscript: opened.manuscript,
            kind: SaveKind::Auto,
        };
        Self { store, actor, word, save }
    }

    async fn write(&mut self, lines: &[(&str, &str)]) -> content::manuscript::Saved {
        self.save.manuscript.body = body(lines);
        self.save.serial += 1;
        let saved = self.store.save_article(self.actor, &self.save).await.unwrap();
        self.save.base = saved.revision;
        if let Some(merged) = &saved.merged {
            self.save.manuscript = merged.clone();
        }
        saved
    }

    async fn stands(&self) -> Manuscript {
        self.store.open_article(self.actor, self.save.article, self.word).await.unwrap().manuscript
    }
}

fn refusal<T: std::fmt::Debug>(result: store::Result<T>) -> Refusal {
    match result.unwrap_err() {
        Error::Refused(refusal) => refusal,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn two_people_write_in_different_paragraphs_and_in_the_same_one() {
    for test in stores().await {
        let store = &test.store;
        let (one, two) = (account(store, "one", Role::Publisher).await, account(store, "two", Role::Publisher).await);
        let id = store.begin_article(&one, section(store, "yaowen").await).await.unwrap();
        let mut first = Tab::open(store, &one, id, "first").await;
        first.write(&[("a", "甲。"), ("b", "乙。")]).await;
        let mut second = Tab::open(store, &two, id, "second").await;
        first.write(&[("a", "甲改。"), ("b", "乙。")]).await;
        let saved = second.write(&[("a", "甲。"), ("b", "乙改。")]).await;
        assert_eq!(saved.merged.unwrap().body, body(&[("a", "甲改。"), ("b", "乙改。")]), "{}", test.engine);
        assert_eq!((saved.clashes.len(), saved.others.len()), (0, 1));
        // The first one has not heard of it, and changes the same sentence.
        let saved = first.write(&[("a", "甲改。"), ("b", "乙另改。")]).await;
        let [Clash::Block { ours: Some(_), theirs: Some(_), .. }] = &saved.clashes[..] else { panic!("{saved:?}") };
        assert_eq!(saved.by, "two");
        assert_eq!(first.stands().await.body, body(&[("a", "甲改。"), ("b", "乙改。")]));
        let fragments = store.fragments(&one).await.unwrap();
        assert_eq!((fragments.len(), Some(fragments[0].id)), (1, saved.fragment));
        assert_eq!(refusal(store.drop_fragment(&two, fragments[0].id).await), Refusal::NotFound);
        store.drop_fragment(&one, fragments[0].id).await.unwrap();
        assert!(store.fragments(&one).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn the_same_save_twice_is_one_and_an_older_one_is_stale() {
    for test in stores().await {
        let store = &test.store;
        let one = account(store, "one", Role::Reporter).await;
        let id = store.begin_article(&one, section(store, "yaowen").await).await.unwrap();
        let mut tab = Tab::open(store, &one, id, "tab").await;
        let before = tab.save.clone();
        let saved = tab.write(&[("a", "一。")]).await;
        let repeated = Save { serial: 1, manuscript: tab.save.manuscript.clone(), ..before.clone() };
        assert_eq!(store.save_article(&one, &repeated).await.unwrap().revision, saved.revision, "{}", test.engine);
        tab.write(&[("a", "二。")]).await;
        assert_eq!(refusal(store.save_article(&one, &repeated).await), Refusal::Stale);
        let other = account(store, "other", Role::Publisher).await;
        let foreign = Save { serial: 9, ..before };
        assert_eq!(refusal(store.save_article(&other, &foreign).await), Refusal::NotFound);
    }
}

#[tokio::test]
async fn a_burst_is_one_revision_and_what_somebody_is_based_on_stays() {
    for test in stores().await {
        let store = &test.store;
        let (one, two) = (account(store, "one", Role::Publisher).await, account(store, "two", Role::Publisher).await);
        let id = store.begin_article(&one, section(store, "yaowen").await).await.unwrap();
        let mut tab = Tab::open(store, &one, id, "first").await;
        tab.write(&[("a", "一。"), ("z", "末。")]).await;
        let mut other = Tab::open(store, &two, id, "second").await;
        for n in 0..5 {
            tab.write(&[("a", &format!("一{n}。")), ("z", "末。")]).await;
        }
        let rows = store.revisions(&one, id, None).await.unwrap();
        assert_eq!(rows.len(), 1, "{}: {rows:?}", test.engine);
        let saved = other.write(&[("a", "一。"), ("z", "末改。")]).await;
        assert_eq!(saved.clashes, [], "the base of the other tab is still known");
        assert_eq!(saved.merged.unwrap().body, body(&[("a", "一4。"), ("z", "末改。")]));
        tab.save.kind = SaveKind::Kept("初稿".to_owned());
        tab.write(&[("a", "一5。"), ("z", "末。")]).await;
        let rows = store.revisions(&one, id, None).await.unwrap();
        assert_eq!(
            rows.iter().map(|row| row.kind).collect::<Vec<_>>(),
            [RevisionKind::Kept, RevisionKind::Autosave, RevisionKind::Autosave]
        );
        let comparison = store.compare_revisions(&one, id, rows[2].id, rows[0].id).await.unwrap();
        assert_eq!(comparison.blocks.len(), 2);
        let old = rows[2].id;
        assert_eq!(refusal(store.restore_revision(&one, id, old, rows[1].id).await), Refusal::Stale);
        store.restore_revision(&one, id, old, rows[0].id).await.unwrap();
        assert_eq!(tab.stands().await.body, body(&[("a", "一4。"), ("z", "末。")]));
    }
}

#[tokio::test]
async fn readers_see_nothing_of_a_save() {
    for test in stores().await {
        let store = &test.store;
        let home = section(store, "yaowen").await;
        store.import(&Actor::Operator, &[article(home, 1)], true).await.unwrap();
        let one = account(store, "one", Role::Publisher).await;
        let page = store.desk_page(&one, &Filter::default(), None).await.unwrap();
        let id = page.rows[0].id;
        let before = store.article_page(&Actor::Anonymous, id).await.unwrap();
        let mut tab = Tab::open(store, &one, id, "tab").await;
        tab.save.manuscript.fields.title = "改了的标题".to_owned();
        tab.save.manuscript.placement.section = section(store, "jianghua").await;
        let saved = tab.write(&[("a", "改了的正文。")]).await;
        assert_eq!(saved.progress.state, State::Draft);
        let after = store.article_page(&Actor::Anonymous, id).await.unwrap();
        assert_eq!((before.page, before.body), (after.page, after.body), "{}", test.engine);
        let binned = store.change_articles(&one, &[id], &Batch::Bin).await.unwrap();
        assert_eq!(binned.refused, [(id, Refusal::StillPublic)]);
    }
}

#[tokio::test]
async fn an_article_goes_to_review_only_when_nothing_is_missing_and_the_bin_gives_back() {
    for test in stores().await {
        let store = &test.store;
        let (writer, reader) = (account(store, "w", Role::Reporter).await, account(store, "r", Role::Reviewer).await);
        let id = store.begin_article(&writer, section(store, "yaowen").await).await.unwrap();
        let mut tab = Tab::open(store, &writer, id, "tab").await;
        let saved = tab.write(&[("a", "正文。")]).await;
        let incomplete = refusal(store.take_step(&writer, id, saved.revision, Step::Submit).await);
        assert_eq!(incomplete, Refusal::Incomplete { fields: vec!["title".into(), "source".into()] });
        tab.save.manuscript.fields.title = "标题".to_owned();
        tab.save.manuscript.fields.source = "本站".to_owned();
        let saved = tab.write(&[("a", "正文。")]).await;
        assert_eq!(store.take_step(&writer, id, saved.revision, Step::Submit).await.unwrap().state, State::Submitted);
        assert_eq!(store.desk(&reader).await.unwrap().review.len(), 1, "{}", test.engine);
        let done = store.change_articles(&reader, &[id], &Batch::Step(Step::Approve)).await.unwrap();
        assert_eq!(done.changed, 1);
        assert!(matches!(refusal(store.save_article(&reader, &tab.save).await), Refusal::NotAllowed { .. }));
        let binned = store.change_articles(&writer, &[id], &Batch::Bin).await.unwrap();
        assert_eq!(
            refusal(store.save_article(&writer, &Save { serial: 99, ..tab.save.clone() }).await),
            Refusal::InBin
        );
        assert_eq!(refusal(store.undo_batch(&reader, binned.undo.unwrap()).await), Refusal::NotFound);
        assert_eq!(store.undo_batch(&writer, binned.undo.unwrap()).await.unwrap(), 1);
        assert_eq!(refusal(store.undo_batch(&writer, binned.undo.unwrap()).await), Refusal::NotFound);
        let page = store.desk_page(&writer, &Filter { bin: true, ..Filter::default() }, None).await.unwrap();
        assert!(page.rows.is_empty());
        let nobody = Actor::Account { id: AccountId(999), grants: vec![] };
        assert!(matches!(
            refusal(store.desk_page(&nobody, &Filter::default(), None).await),
            Refusal::NotAllowed { .. }
        ));
    }
}

#[tokio::test]
async fn articles_are_found_by_words_of_any_length_and_paged_both_ways() {
    for test in stores().await {
        let store = &test.store;
        let home = section(store, "yaowen").await;
        let articles: Vec<_> = (0..130)
            .map(|n| {
                let mut article = article(home, n);
                article.fields.title = format!("第{n}次工会代表大会ABC{n}，开幕");
                article
            })
            .collect();
        store.import(&Actor::Operator, &articles, false).await.unwrap();
        let one = account(store, "one", Role::Reviewer).await;
        let found = async |text: &str| {
            let filter = Filter { text: text.to_owned(), ..Filter::default() };
            store.desk_page(&one, &filter, None).await.unwrap().rows.len()
        };
        for (text, count) in [
            ("幕", 50),
            ("工会", 50),
            ("会代表", 50),
            ("abc129", 1),
            ("第7次", 1),
            ("会，开", 0),
            ("没有", 0),
            ("开幕", 50),
            ("%", 0),
        ] {
            assert_eq!(found(text).await, count, "{text} on {}", test.engine);
        }
        let mut seen = Vec::new();
        let mut mark = None;
        loop {
            let page = store.desk_page(&one, &Filter::default(), mark.as_deref()).await.unwrap();
            seen.extend(page.rows.iter().map(|row| row.id));
            if page.next.is_none() {
                let back = store.desk_page(&one, &Filter::default(), page.previous.as_deref()).await.unwrap();
                assert_eq!(back.rows.iter().map(|row| row.id).collect::<Vec<_>>(), seen[50..100], "{}", test.engine);
                break;
            }
            mark = page.next;
        }
        let mut unique = seen.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!((seen.len(), unique.len()), (130, 130));
        assert_eq!(refusal(store.desk_page(&one, &Filter::default(), Some("x.1.2")).await), Refusal::NotFound);
    }
}
