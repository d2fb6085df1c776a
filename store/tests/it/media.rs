use crate::harness::{article, section, stores};
use content::{
    Actor, Document, Refusal,
    document::{Block, FigureAttrs},
};
use store::{Error, articles::Outcome};

/// A PNG of 1 × 1 pixel.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89,
];

#[tokio::test]
async fn the_same_picture_twice_is_one() {
    for test in stores().await {
        let folder = tempfile::tempdir().unwrap();
        let files = store::media::local(folder.path()).unwrap();
        let add = |name| test.store.add_picture(&files, &Actor::Operator, name, PNG.to_vec(), "点");
        let first = add("一.png").await.unwrap();
        assert_eq!(add("二.gif").await.unwrap(), first, "{}", test.engine);
        let picture = test.store.pictures(&[first]).await.unwrap().remove(&first).unwrap();
        assert_eq!((picture.width, picture.height, picture.alt.as_str()), (1, 1, "点"));
        assert!(picture.key.ends_with(".png"), "the kind is that of the bytes, not of the name");
        assert_eq!(std::fs::read(folder.path().join(&picture.key)).unwrap(), PNG);
    }
}

#[tokio::test]
async fn what_is_no_picture_is_refused_and_leaves_nothing() {
    for test in stores().await {
        let folder = tempfile::tempdir().unwrap();
        let files = store::media::local(folder.path()).unwrap();
        for bytes in [&b"<html><script>alert(1)</script>"[..], b"", &PNG[..8]] {
            let refused = test.store.add_picture(&files, &Actor::Operator, "a.png", bytes.to_vec(), "").await;
            assert!(matches!(refused, Err(Error::Refused(Refusal::NotAPicture { .. }))), "{}", test.engine);
        }
        let refused = test.store.add_picture(&files, &Actor::Anonymous, "a.png", PNG.to_vec(), "").await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NotAllowed { .. }))));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}

#[tokio::test]
async fn the_first_picture_of_an_article_stands_for_it_in_lists() {
    for test in stores().await {
        let folder = tempfile::tempdir().unwrap();
        let files = store::media::local(folder.path()).unwrap();
        let media = test.store.add_picture(&files, &Actor::Operator, "a.png", PNG.to_vec(), "点").await.unwrap();
        let id = section(&test.store, "yaowen").await;
        let attrs = FigureAttrs { id: String::new(), media, alt: String::new() };
        let mut with_picture = article(id, 2);
        with_picture.body = Document::new(vec![Block::paragraph("文"), Block::Figure { attrs, content: vec![] }]);
        let batch = vec![article(id, 1), with_picture, article(id, 3)];
        let outcomes = test.store.import(&Actor::Operator, batch, true).await.unwrap();
        let front = test.store.front(&Actor::Anonymous).await.unwrap();
        assert_eq!(front.pictures.len(), 1, "{}", test.engine);
        assert_eq!(front.pictures[0].picture.as_ref().unwrap().id, media);
        let Outcome::Added(article) = outcomes[1] else { panic!() };
        assert_eq!(test.store.article_page(&Actor::Anonymous, article).await.unwrap().page.picture.unwrap().id, media);
    }
}
