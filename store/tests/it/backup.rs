use crate::{
    harness::{article, section, stores, zone},
    media::work,
    pictures::png,
};
use content::Actor;
use store::Store;

#[tokio::test]
async fn a_backup_put_in_place_is_the_same_site_with_its_pictures() {
    for test in stores().await {
        let folder = tempfile::tempdir().unwrap();
        let files = store::media::local(&folder.path().join("media")).unwrap();
        let target = folder.path().join("backup.db");
        if test.engine != "sqlite" {
            let refused = test.store.backup(&files, &target).await.unwrap_err().to_string();
            assert!(refused.contains("pg_dump"), "{refused}");
            continue;
        }
        let png = png(2, 3);
        test.store.add_picture(&files, &Actor::Operator, "a.png", png.clone(), "").await.unwrap();
        work(&test.store, &files).await;
        let id = section(&test.store, "yaowen").await;
        test.store.import(&Actor::Operator, vec![article(id, 1)], true).await.unwrap();

        let backup = test.store.backup(&files, &target).await.unwrap();
        assert_eq!(backup.media, 2, "the picture and its width");
        assert!(test.store.backup(&files, &target).await.is_err(), "a file that is there is not overwritten");

        let restored = Store::open_file(&target, zone()).await.unwrap();
        let fresh = folder.path().join("fresh");
        let files = store::media::local(&fresh).unwrap();
        assert_eq!(restored.unpack_backup(&files).await.unwrap(), 2);
        assert_eq!(restored.unpack_backup(&files).await.unwrap(), 0, "unpacked once");
        let kept: Vec<_> =
            std::fs::read_dir(&fresh).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap()).collect();
        assert!(kept.len() == 2 && kept.contains(&png));
        assert_eq!(restored.front(&Actor::Anonymous).await.unwrap().headline.unwrap().link.title, "第1篇");
    }
}
