//! Signing in on both engines.

use crate::harness::stores;
use content::{
    Actor, Refusal, Role,
    account::Grant,
    desk::{AccountFields, LinkPurpose},
};
use std::time::{Duration, Instant};
use store::{
    Error, Store,
    accounts::{Attempt, LinkUse, SessionLife},
};

pub const PASSWORD: &str = "ein langes Passwort";

pub fn fields(name: &str, role: Role) -> AccountFields {
    AccountFields { name: name.to_owned(), display_name: String::new(), grants: vec![Grant { role, section: None }] }
}

pub async fn add(store: &Store, name: &str, role: Role) {
    store.add_account_with_password(&Actor::Operator, &fields(name, role), PASSWORD).await.unwrap();
}

pub fn attempt<'a>(name: &'a str, password: &'a str, address: &'a str) -> Attempt<'a> {
    Attempt { name, password, code: None, address, agent: "test" }
}

pub fn refusal<T: std::fmt::Debug>(result: store::Result<T>) -> Refusal {
    match result.unwrap_err() {
        Error::Refused(refusal) => refusal,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_session_is_new_each_time_and_ends_with_the_password_the_account_and_the_clock() {
    for test in stores().await {
        let store = &test.store;
        add(store, "li", Role::Administrator).await;
        add(store, "wang", Role::Administrator).await;
        let (one, me) = store.sign_in(attempt("li", PASSWORD, "1.1.1.1")).await.unwrap();
        let (two, _) = store.sign_in(attempt("li", PASSWORD, "1.1.1.1")).await.unwrap();
        assert_ne!(one, two);
        let session = store.session(&one).await.unwrap().unwrap();
        assert_eq!(session.actor, Actor::Account { id: me.id, grants: me.grants.clone() }, "{}", test.engine);
        assert_eq!((store.session("made up").await.unwrap(), me.journal_key.len()), (None, 64));
        let bad = store.change_password(&session.actor, session.id, "falsch", "another long password").await;
        assert_eq!(refusal(bad), Refusal::BadCredentials);
        store.change_password(&session.actor, session.id, PASSWORD, "another long password").await.unwrap();
        assert!(store.session(&one).await.unwrap().is_some() && store.session(&two).await.unwrap().is_none());
        let short = SessionLife { idle: Duration::ZERO, ..SessionLife::default() };
        assert_eq!(store.clone().with_session_life(short).session(&one).await.unwrap(), None, "idle");
        store.change_account(&Actor::Operator, me.id, &fields("li", Role::Administrator), true).await.unwrap();
        assert_eq!(store.session(&one).await.unwrap(), None, "disabled");
        assert_eq!(
            refusal(store.sign_in(attempt("li", "another long password", "1.1.1.1")).await),
            Refusal::BadCredentials
        );
    }
}

#[tokio::test]
async fn guessing_is_slowed_and_colleagues_behind_the_same_address_are_not() {
    for test in stores().await {
        let store = &test.store;
        add(store, "li", Role::Reporter).await;
        add(store, "wang", Role::Reporter).await;
        let address = format!("10.0.0.{}", if test.engine == "sqlite" { 1 } else { 2 });
        let (mut wrong, mut blocked) = (0, 0);
        let start = Instant::now();
        for _ in 0..1_000 {
            match refusal(store.sign_in(attempt("li", "geraten", &address)).await) {
                Refusal::BadCredentials => wrong += 1,
                Refusal::TooManyAttempts { seconds } => {
                    assert!(seconds > 0);
                    blocked += 1;
                }
                other => panic!("{other}"),
            }
            if wrong + blocked == 200 {
                // A colleague who comes in the middle of it.
                let came = Instant::now();
                store.sign_in(attempt("wang", PASSWORD, &address)).await.unwrap();
                assert!(came.elapsed() < Duration::from_secs(5), "{:?}", came.elapsed());
            }
        }
        assert!(wrong <= 12 && blocked >= 988, "{}: {wrong} were tried in {:?}", test.engine, start.elapsed());
        let elsewhere = store.sign_in(attempt("li", PASSWORD, "10.9.9.9")).await;
        assert!(elsewhere.is_ok(), "the person themselves, from elsewhere");
    }
}

#[tokio::test]
async fn a_second_factor_is_asked_for_and_each_code_opens_once() {
    for test in stores().await {
        let store = &test.store;
        add(store, "li", Role::Administrator).await;
        let (token, _) = store.sign_in(attempt("li", PASSWORD, "1")).await.unwrap();
        let actor = store.session(&token).await.unwrap().unwrap().actor;
        let offer = store.offer_second_factor(&actor, PASSWORD).await.unwrap();
        assert!(offer.address.starts_with("otpauth://totp/") && offer.picture.1 > 20);
        assert_eq!(refusal(store.confirm_second_factor(&actor, "000000").await), Refusal::BadCredentials);
        let totp = totp_rs::TOTP::from_url(&offer.address).unwrap();
        let code = totp.generate_current().unwrap();
        let codes = store.confirm_second_factor(&actor, &code).await.unwrap();
        assert_eq!(codes.len(), 10);
        assert_eq!(refusal(store.sign_in(attempt("li", PASSWORD, "1")).await), Refusal::NeedsCode, "{}", test.engine);
        let with = |code| Attempt { code: Some(code), ..attempt("li", PASSWORD, "1") };
        assert_eq!(refusal(store.sign_in(with(&code)).await), Refusal::BadCredentials, "used already");
        let shouted = codes[0].to_uppercase();
        let (_, me) = store.sign_in(with(&shouted)).await.unwrap();
        assert_eq!((me.second_factor, me.recovery_codes), (true, 9));
        assert_eq!(refusal(store.sign_in(with(&codes[0])).await), Refusal::BadCredentials);
        assert_eq!(refusal(store.remove_second_factor(&actor, "falsch").await), Refusal::BadCredentials);
        store.remove_second_factor(&actor, PASSWORD).await.unwrap();
        assert!(store.sign_in(attempt("li", PASSWORD, "1")).await.is_ok());
    }
}

#[tokio::test]
async fn links_open_once_and_the_last_administrator_stays() {
    for test in stores().await {
        let store = &test.store;
        let token = |path: String| path.rsplit('/').next().unwrap().to_owned();
        let first = token(store.set_up_link(&Actor::Operator).await.unwrap().unwrap().path);
        let link = token(store.set_up_link(&Actor::Operator).await.unwrap().unwrap().path);
        assert_eq!(refusal(store.link_purpose(&first).await), Refusal::DeadLink, "a new one ends the one before");
        assert_eq!(store.link_purpose(&link).await.unwrap(), LinkPurpose::SetUp);
        let used = LinkUse { name: "zhang", display_name: "张三", password: PASSWORD, code: None };
        let weak = LinkUse { password: "zhang", ..used };
        assert!(matches!(refusal(store.use_link(&link, weak, "1", "").await), Refusal::WeakPassword { .. }));
        let (_, me) = store.use_link(&link, used, "1", "").await.unwrap();
        assert_eq!(refusal(store.use_link(&link, used, "1", "").await), Refusal::DeadLink, "{}", test.engine);
        assert_eq!(store.set_up_link(&Actor::Operator).await.unwrap(), None);
        let admin = Actor::Account { id: me.id, grants: me.grants };
        let lost = store.change_account(&admin, me.id, &fields("zhang", Role::Reporter), false).await;
        assert_eq!(refusal(lost), Refusal::LastAdministrator);
        let (other, link) = store.add_account(&admin, &fields("li", Role::Reporter)).await.unwrap();
        assert_eq!(
            refusal(store.add_account(&admin, &fields("li", Role::Reporter)).await),
            Refusal::NameTaken { given: "li".into() }
        );
        store.use_link(&token(link.path), used, "1", "").await.unwrap();
        let reporter = Actor::Account { id: other, grants: vec![Grant { role: Role::Reporter, section: None }] };
        assert!(matches!(refusal(store.accounts(&reporter).await), Refusal::NotAllowed { .. }));
        assert_eq!(store.accounts(&admin).await.unwrap().len(), 2);
    }
}
