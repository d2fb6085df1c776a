use crate::harness::{SLUGS, empty_stores, founding, stores};
use content::{Actor, Refusal};
use store::Error;

#[tokio::test]
async fn a_migrated_database_is_empty_and_is_founded_once() {
    for test in empty_stores().await {
        assert!(matches!(test.store.frame("http://x").await, Err(Error::Corrupt(_))), "{}", test.engine);
        let refused = test.store.found(&Actor::Anonymous, &founding()).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NotAllowed { .. }))));
        assert!(test.store.found(&Actor::Operator, &founding()).await.unwrap());
        assert!(!test.store.found(&Actor::Operator, &founding()).await.unwrap());
        assert!(test.store.migrate().await.unwrap().is_empty(), "migrating twice takes no step");
    }
}

#[tokio::test]
async fn the_frame_has_the_identity_and_the_sections_in_their_order() {
    for test in stores().await {
        let frame = test.store.frame("https://www.example.cn").await.unwrap();
        assert_eq!(frame.identity.name, "某市总工会", "{}", test.engine);
        assert_eq!(frame.sections.iter().map(|s| s.slug.as_str()).collect::<Vec<_>>(), SLUGS);
        assert_eq!(frame.public_url, "https://www.example.cn");
    }
}
