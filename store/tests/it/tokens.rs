//! Tokens, and what programs do with them, on both engines.

use crate::{
    accounts::{PASSWORD, fields, refusal},
    harness::{article, section, stores},
};
use content::{
    Actor, Document, Refusal, Role, Timestamp, TokenId,
    article::{Fields, State},
    manuscript::{Manuscript, Placement},
    permission::Action,
    token::{MOST_TOKENS, Scope, TokenFields, TokenState},
};
use store::{
    Store,
    articles::{Going, PublicFilter},
};

async fn account(store: &Store, name: &str, role: Role) -> Actor {
    let (id, _) = store.add_account(&Actor::Operator, &fields(name, role)).await.unwrap();
    Actor::Account { id, grants: vec![content::account::Grant { role, section: None }] }
}

fn of(actor: &Actor, scopes: &[Scope]) -> TokenFields {
    TokenFields {
        name: "采集程序".to_owned(), account: actor.account().unwrap(), scopes: scopes.to_vec(), days: 30
    }
}

/// A token for an account, made by the operator: its secret, its number and who acts with it.
async fn token(store: &Store, actor: &Actor, scopes: &[Scope]) -> (String, TokenId, Actor) {
    let made = store.make_token(&Actor::Operator, &of(actor, scopes)).await.unwrap();
    let acts = store.token(&made.secret).await.unwrap().unwrap();
    (made.secret, made.id, acts)
}

#[tokio::test]
async fn a_token_is_made_by_an_administrator_and_its_secret_is_nowhere() {
    for test in stores().await {
        let store = &test.store;
        let (admin, li) =
            (account(store, "zhang", Role::Administrator).await, account(store, "li", Role::Publisher).await);
        let asked = refusal(store.make_token(&li, &of(&li, &Scope::ALL)).await);
        assert_eq!(asked, Refusal::NotAllowed { action: Action::ManageAccounts }, "{}", test.engine);
        let made = store.make_token(&admin, &of(&li, &[Scope::ArticlesWrite])).await.unwrap();
        assert!(made.secret.starts_with("fx_") && made.secret.len() == 3 + 64);
        let stored = test.rows("SELECT token_hash FROM tokens").await.remove(0);
        assert!(!stored["token_hash"].as_str().unwrap().contains(&made.secret[3..]));
        let rows = store.tokens(&admin).await.unwrap();
        let row = &rows[0];
        assert_eq!((row.by.as_str(), row.account.as_str(), row.state), ("zhang", "li", TokenState::Works));
        assert_eq!((row.used.clone(), &row.scopes), (None, &vec![Scope::ArticlesWrite]));
        let (_, action, subject, before, after) = test.audited().await;
        assert_eq!((action.as_str(), subject.as_str(), before.as_str()), ("make_token", "token", ""));
        assert!(after.contains("articles:write") && !after.contains(&made.secret), "{after}");
        let acts = store.token(&made.secret).await.unwrap().unwrap();
        assert_eq!((acts.account(), acts.token(), acts.kind()), (li.account(), "采集程序", "token"));
        assert!(store.tokens(&admin).await.unwrap()[0].used.is_some());
        for made_up in ["", "fx_", &made.secret[3..], &made.secret[..66], &made.secret.to_uppercase()] {
            assert_eq!(store.token(made_up).await.unwrap(), None, "{made_up}");
        }
        let lost = TokenFields { account: content::AccountId(999), ..of(&li, &Scope::ALL) };
        assert_eq!(refusal(store.make_token(&admin, &lost).await), Refusal::NotFound);
    }
}

#[tokio::test]
async fn a_token_ends_with_its_time_its_account_and_when_it_is_taken_back() {
    for test in stores().await {
        let store = &test.store;
        let li = account(store, "li", Role::Publisher).await;
        let id = li.account().unwrap();
        let (one, first, _) = token(store, &li, &Scope::ALL).await;
        let (two, _, _) = token(store, &li, &Scope::ALL).await;
        store.revoke_token(&Actor::Operator, first).await.unwrap();
        assert_eq!(store.token(&one).await.unwrap(), None, "{}", test.engine);
        assert_eq!(refusal(store.revoke_token(&Actor::Operator, first).await), Refusal::NotFound);
        store.change_account(&Actor::Operator, id, &fields("li", Role::Reporter), false).await.unwrap();
        let Some(Actor::Token { grants, .. }) = store.token(&two).await.unwrap() else { panic!("it works") };
        assert_eq!(grants[0].role, Role::Reporter, "what its account may do now");
        store.change_account(&Actor::Operator, id, &fields("li", Role::Reporter), true).await.unwrap();
        assert_eq!(store.token(&two).await.unwrap(), None);
        let states = |rows: Vec<content::token::TokenRow>| rows.iter().map(|row| row.state).collect::<Vec<_>>();
        let shown = states(store.tokens(&Actor::Operator).await.unwrap());
        assert_eq!(shown, [TokenState::Suspended, TokenState::Revoked]);
        assert_eq!(refusal(store.make_token(&Actor::Operator, &of(&li, &Scope::ALL)).await), Refusal::AccountDisabled);
        store.change_account(&Actor::Operator, id, &fields("li", Role::Reporter), false).await.unwrap();
        assert!(store.token(&two).await.unwrap().is_some());
        test.run("UPDATE tokens SET expires_at = 1 WHERE revoked_at IS NULL").await;
        assert_eq!(store.token(&two).await.unwrap(), None);
        assert_eq!(states(store.tokens(&Actor::Operator).await.unwrap())[0], TokenState::Expired);
        store.sweep_sessions().await.unwrap();
        assert_eq!(test.count("tokens").await, 1, "what ended long ago is forgotten, what was revoked now is shown");
    }
}

#[tokio::test]
async fn so_many_tokens_work_at_a_time_and_not_more() {
    for test in stores().await {
        let store = &test.store;
        let li = account(store, "li", Role::Publisher).await;
        let mut last = TokenId(0);
        for _ in 0..MOST_TOKENS {
            last = store.make_token(&Actor::Operator, &of(&li, &Scope::ALL)).await.unwrap().id;
        }
        let full = refusal(store.make_token(&Actor::Operator, &of(&li, &Scope::ALL)).await);
        assert!(matches!(full, Refusal::OutOfRange { most: MOST_TOKENS, .. }), "{}: {full}", test.engine);
        store.revoke_token(&Actor::Operator, last).await.unwrap();
        assert!(store.make_token(&Actor::Operator, &of(&li, &Scope::ALL)).await.is_ok());
    }
}

#[tokio::test]
async fn a_token_opens_no_door_of_its_account_and_makes_no_tokens() {
    for test in stores().await {
        let store = &test.store;
        let admin = account(store, "zhang", Role::Administrator).await;
        let (_, _, acts) = token(store, &admin, &Scope::ALL).await;
        assert_eq!(
            refusal(store.change_password(&acts, 1, PASSWORD, "another long password").await),
            Refusal::SignedOut
        );
        assert_eq!(refusal(store.offer_second_factor(&acts, PASSWORD).await), Refusal::SignedOut);
        assert_eq!(refusal(store.sessions_of(&acts, 0).await), Refusal::SignedOut, "{}", test.engine);
        let denied = |refused: Refusal| assert!(matches!(refused, Refusal::NotAllowed { .. }), "{refused}");
        denied(refusal(store.make_token(&acts, &of(&admin, &Scope::ALL)).await));
        denied(refusal(store.tokens(&acts).await));
        denied(refusal(store.add_account(&acts, &fields("neu", Role::Administrator)).await));
        denied(refusal(store.record_page(&acts, &content::record::RecordFilter::default(), None).await));
        denied(refusal(store.identity(&acts).await));
    }
}

fn text(section: content::SectionId, title: &str) -> Manuscript {
    let fields = Fields { title: title.to_owned(), source: "本站".to_owned(), ..Fields::default() };
    Manuscript { fields, placement: Placement::in_section(section), body: Document::from_plain_text("正文。") }
}

#[tokio::test]
async fn an_article_of_a_program_is_written_and_published_at_once_or_not_at_all() {
    for test in stores().await {
        let store = &test.store;
        let home = section(store, "yaowen").await;
        let li = account(store, "li", Role::Publisher).await;
        let (_, _, acts) = token(store, &li, &[Scope::ArticlesWrite, Scope::ArticlesPublish]).await;
        let id = store.write_article(&acts, &text(home, "第一稿"), &Going::Publish).await.unwrap();
        assert_eq!(
            store.article_page(&Actor::Anonymous, id).await.unwrap().page.link.title,
            "第一稿",
            "{}",
            test.engine
        );
        let said = test.rows("SELECT action, token, account_id FROM audit ORDER BY id DESC LIMIT 2").await;
        assert!(said.iter().all(|row| row["token"] == "采集程序" && row["account_id"] == li.account().unwrap().0));
        assert_eq!((&said[0]["action"], &said[1]["action"]), (&"publish".into(), &"begin".into()));

        let opened = store.desk_article(&acts, id).await.unwrap();
        let base = Some(opened.revision);
        store.rewrite_article(&acts, id, base, &text(home, "第二稿"), &Going::Stay).await.unwrap();
        let stale = store.rewrite_article(&acts, id, base, &text(home, "晚了"), &Going::Publish).await;
        assert_eq!(refusal(stale), Refusal::Stale);
        assert_eq!(refusal(store.bin_article(&acts, id, base).await), Refusal::Stale);
        assert_eq!(refusal(store.bin_article(&acts, id, None).await), Refusal::StillPublic);
        assert_eq!(store.article_page(&Actor::Anonymous, id).await.unwrap().page.link.title, "第一稿");
        store.rewrite_article(&acts, id, None, &text(home, "第二稿"), &Going::Publish).await.unwrap();
        assert_eq!(store.article_page(&Actor::Anonymous, id).await.unwrap().page.link.title, "第二稿");

        let before = test.count("articles").await;
        let nameless = store.write_article(&acts, &text(home, ""), &Going::Publish).await;
        assert!(matches!(refusal(nameless), Refusal::Incomplete { .. }));
        test.run("UPDATE sections SET stages = 1").await;
        let unread = store.write_article(&acts, &text(home, "没有审核"), &Going::Publish).await;
        assert_eq!(refusal(unread), Refusal::NeedsReview { passed: 0, stages: 1 });
        assert_eq!(test.count("articles").await, before, "nothing of it was kept");
        assert_eq!(
            test.count("revisions r WHERE NOT EXISTS (SELECT 1 FROM articles a WHERE a.id = r.article_id)").await,
            0
        );
        let id = store.write_article(&acts, &text(home, "交上去"), &Going::Submit).await.unwrap();
        assert_eq!(store.desk_article(&acts, id).await.unwrap().progress.state, State::Submitted);
        let base = store.desk_article(&acts, id).await.unwrap().revision;
        let own = store.take_step(&acts, id, base, content::article::Step::Approve).await;
        assert_eq!(refusal(own), Refusal::NotAllowed { action: Action::Review }, "a program reviews nothing");
    }
}

#[tokio::test]
async fn the_public_list_goes_on_between_equal_times_and_shows_no_draft() {
    for test in stores().await {
        let store = &test.store;
        let home = section(store, "yaowen").await;
        let shown = Timestamp(1_600_000_000_000);
        let same = (0..5).map(|n| store::articles::ImportedArticle { shown: Some(shown), ..article(home, n) });
        store.import(&Actor::Operator, same.collect::<Vec<_>>(), true).await.unwrap();
        store.import(&Actor::Operator, [article(section(store, "wenjian").await, 77)], true).await.unwrap();
        store.import(&Actor::Operator, [article(home, 99)], false).await.unwrap();
        let walk = async |filter: PublicFilter, limit: u32| {
            let (mut mark, mut titles) = (None::<String>, Vec::new());
            loop {
                let list = store.public_articles(&Actor::Anonymous, &filter, mark.as_deref(), limit).await.unwrap();
                titles.extend(list.rows.into_iter().map(|row| row.link.title));
                mark = list.next;
                if mark.is_none() {
                    return titles;
                }
            }
        };
        let all = ["第4篇", "第3篇", "第2篇", "第1篇", "第0篇", "第77篇"];
        for limit in [1, 2, 5, 6, 100] {
            assert_eq!(walk(PublicFilter::default(), limit).await, all, "{} {limit}", test.engine);
            let section = PublicFilter { section: Some(home), ..PublicFilter::default() };
            assert_eq!(walk(section, limit).await, all[..5], "{limit}");
            let text = PublicFilter { text: "第3".to_owned(), ..PublicFilter::default() };
            assert_eq!(walk(text, limit).await, ["第3篇"]);
        }
        let day = |year, month, day| content::CivilDate::new(year, month, day).ok();
        let since = PublicFilter { since: day(2020, 9, 13), until: day(2020, 9, 13), ..PublicFilter::default() };
        assert_eq!(walk(since, 2).await.len(), 5);
        let before = PublicFilter { until: day(2020, 9, 12), ..PublicFilter::default() };
        assert_eq!(walk(before, 2).await, ["第77篇"]);
        let none = PublicFilter { text: "%".to_owned(), ..PublicFilter::default() };
        assert!(walk(none, 2).await.is_empty());
        let bad = store.public_articles(&Actor::Anonymous, &PublicFilter::default(), Some("x"), 2).await;
        assert_eq!(refusal(bad), Refusal::NotFound);
    }
}
