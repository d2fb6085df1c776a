//! What somebody tries who is not who they say they are, on both engines.

use crate::{
    accounts::{PASSWORD, add, attempt, fields, refusal},
    harness::stores,
};
use content::{
    Actor, Refusal, Role, SectionId,
    account::Grant,
    desk::{AccountFields, Me},
};
use std::time::{Duration, Instant};
use store::{
    Store,
    accounts::{Attempt, LinkUse},
};

async fn signed_in(store: &Store, name: &str) -> (Actor, Me) {
    let (token, me) = store.sign_in(attempt(name, PASSWORD, "192.0.2.1")).await.unwrap();
    (store.session(&token).await.unwrap().unwrap().actor, me)
}

async fn with_second_factor(store: &Store, name: &str) -> (Actor, Vec<String>) {
    let (actor, _) = signed_in(store, name).await;
    let offer = store.offer_second_factor(&actor, PASSWORD).await.unwrap();
    let code = totp_rs::TOTP::from_url(&offer.address).unwrap().generate_current().unwrap();
    let codes = store.confirm_second_factor(&actor, &code).await.unwrap();
    (actor, codes)
}

fn token(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

#[tokio::test]
async fn guesses_that_come_at_once_are_counted_one_by_one() {
    for test in stores().await {
        let store = &test.store;
        add(store, "li", Role::Reporter).await;
        let address = format!("198.51.100.{}", test.engine.len());
        let guesses = (0..40).map(|_| store.sign_in(attempt("li", "geraten", &address)));
        let answers = futures::future::join_all(guesses).await;
        let tried =
            answers.into_iter().filter(|answer| matches!(answer, Err(store::Error::Refused(Refusal::BadCredentials))));
        assert_eq!(tried.count(), 5, "{}", test.engine);
    }
}

#[tokio::test]
async fn a_flood_of_made_up_names_does_not_hold_up_a_colleague_at_the_same_address() {
    for test in stores().await {
        let store = &test.store;
        add(store, "wang", Role::Reporter).await;
        let address = format!("203.0.113.{}", test.engine.len());
        let names: Vec<String> = (0..1_000).map(|n| format!("nobody{n}")).collect();
        let (mut tried, mut refused) = (0, 0);
        let flood = names.iter().map(|name| store.sign_in(attempt(name, "geraten", &address)));
        for answer in futures::future::join_all(flood).await {
            match refusal(answer) {
                Refusal::BadCredentials => tried += 1,
                Refusal::TooManyAttempts { seconds } => {
                    assert_eq!(seconds, 1, "nobody waits longer than a moment for others");
                    refused += 1;
                }
                other => panic!("{other}"),
            }
        }
        assert!(tried < 250 && refused > 750, "{}: {tried} were tried", test.engine);
        tokio::time::sleep(Duration::from_millis(200)).await;
        let came = Instant::now();
        store.sign_in(attempt("wang", PASSWORD, &address)).await.unwrap();
        assert!(came.elapsed() < Duration::from_secs(2), "{:?}", came.elapsed());
    }
}

#[tokio::test]
async fn who_finds_a_session_open_cannot_lock_its_owner_out() {
    for test in stores().await {
        let store = &test.store;
        add(store, "li", Role::Administrator).await;
        add(store, "wang", Role::Administrator).await;
        let (actor, me) = signed_in(store, "li").await;
        assert_eq!(refusal(store.offer_second_factor(&actor, "geraten").await), Refusal::BadCredentials);
        let (wang, _) = with_second_factor(store, "wang").await;
        assert_eq!(refusal(store.offer_second_factor(&wang, PASSWORD).await), Refusal::BadCredentials, "there is one");
        assert!(matches!(refusal(store.password_link(&actor, me.id).await), Refusal::NotAllowed { .. }));
        assert!(matches!(refusal(store.remove_second_factor_of(&actor, me.id).await), Refusal::NotAllowed { .. }));
        for _ in 0..4 {
            assert_eq!(refusal(store.remove_second_factor(&wang, "geraten").await), Refusal::BadCredentials);
        }
        let fifth = store.change_password(&wang, 0, "geraten", "another long password").await;
        assert_eq!(refusal(fifth), Refusal::BadCredentials);
        let sixth = store.remove_second_factor(&wang, PASSWORD).await;
        assert!(matches!(refusal(sixth), Refusal::TooManyAttempts { .. }), "guesses of a session are counted");
    }
}

#[tokio::test]
async fn codes_are_guessed_a_few_times_wherever_the_guesses_come_from() {
    for test in stores().await {
        let store = &test.store;
        add(store, "li", Role::Reporter).await;
        let (_, codes) = with_second_factor(store, "li").await;
        for n in 0..12 {
            let address = format!("10.1.{n}.1");
            let guess = Attempt { code: Some("000000"), ..attempt("li", PASSWORD, &address) };
            match refusal(store.sign_in(guess).await) {
                Refusal::BadCredentials => assert!(n < 5, "{}: guess {n}", test.engine),
                Refusal::TooManyAttempts { .. } => assert!(n >= 5, "{}: guess {n}", test.engine),
                other => panic!("{other}"),
            }
        }
        let right = Attempt { code: Some(&codes[0]), ..attempt("li", PASSWORD, "10.1.99.1") };
        assert!(matches!(refusal(store.sign_in(right).await), Refusal::TooManyAttempts { .. }));
        // The password without a code opens nothing and forgives nothing.
        for _ in 0..10 {
            assert_eq!(refusal(store.sign_in(attempt("li", PASSWORD, "10.1.99.2")).await), Refusal::NeedsCode);
        }
    }
}

#[tokio::test]
async fn a_link_asks_for_the_second_factor_and_dies_with_the_account() {
    for test in stores().await {
        let store = &test.store;
        add(store, "li", Role::Reporter).await;
        let (_, codes) = with_second_factor(store, "li").await;
        let id = store.accounts(&Actor::Operator).await.unwrap()[0].id;
        let link = store.password_link(&Actor::Operator, id).await.unwrap().path;
        let used = LinkUse { name: "", display_name: "", password: "another long password", code: None };
        assert_eq!(refusal(store.use_link(token(&link), used, "1", "").await), Refusal::NeedsCode);
        let wrong = LinkUse { code: Some("000000"), ..used };
        assert_eq!(refusal(store.use_link(token(&link), wrong, "1", "").await), Refusal::BadCredentials);
        store.use_link(token(&link), LinkUse { code: Some(&codes[3]), ..used }, "1", "").await.unwrap();

        let link = store.password_link(&Actor::Operator, id).await.unwrap().path;
        store.change_account(&Actor::Operator, id, &fields("li", Role::Reporter), true).await.unwrap();
        assert_eq!(refusal(store.link_purpose(token(&link)).await), Refusal::DeadLink, "{}", test.engine);
        assert_eq!(refusal(store.password_link(&Actor::Operator, id).await), Refusal::AccountDisabled);
    }
}

#[tokio::test]
async fn of_two_administrators_who_dismiss_each_other_at_once_one_stays() {
    for test in stores().await {
        let store = &test.store;
        add(store, "li", Role::Administrator).await;
        add(store, "wang", Role::Administrator).await;
        let (li, li_me) = signed_in(store, "li").await;
        let (wang, wang_me) = signed_in(store, "wang").await;
        let (one_fields, other_fields) = (fields("wang", Role::Reporter), fields("li", Role::Reporter));
        let one = store.change_account(&li, wang_me.id, &one_fields, false);
        let other = store.change_account(&wang, li_me.id, &other_fields, false);
        let (one, other) = tokio::join!(one, other);
        assert!(one.is_ok() != other.is_ok(), "{}: {one:?} {other:?}", test.engine);
        assert!(store.has_administrator().await.unwrap());
    }
}

#[tokio::test]
async fn names_and_roles_that_cannot_be_are_refused_with_a_reason() {
    for test in stores().await {
        let store = &test.store;
        add(store, "Li", Role::Administrator).await;
        let with = |name: &str, grants| AccountFields { name: name.into(), display_name: String::new(), grants };
        let plain = |name: &str| with(name, vec![]);
        let try_add = async |fields| refusal(store.add_account(&Actor::Operator, &fields).await);
        assert_eq!(try_add(plain("LI")).await, Refusal::NameTaken { given: "LI".into() }, "{}", test.engine);
        for name in ["", "a b", ".li", "li-", "a\u{202e}b", &"长".repeat(41)] {
            let found = try_add(plain(name)).await;
            let said = matches!(found, Refusal::Missing { .. } | Refusal::BadName { .. } | Refusal::TooLong { .. });
            assert!(said, "{name:?}: {found}");
        }
        let grant = |role, section: Option<i64>| Grant { role, section: section.map(SectionId) };
        for grants in [
            vec![grant(Role::SectionEditor, None)],
            vec![grant(Role::Administrator, Some(1))],
            vec![grant(Role::Reporter, None), grant(Role::Reporter, None)],
        ] {
            assert!(matches!(try_add(with("odd", grants)).await, Refusal::BadRole { .. }));
        }
        let foreign = with("odd", vec![grant(Role::SectionEditor, Some(987))]);
        assert!(matches!(try_add(foreign).await, Refusal::UnknownSection { .. }));
        assert!(store.sign_in(attempt("lI", PASSWORD, "1")).await.is_ok(), "capitals do not matter");
    }
}
