//! The shape of the database, step by step. One tree for both engines; additive first: add, backfill, switch, drop in a
//! later release.

mod m0001_founding;
mod m0002_accounts;
mod m0003_writing;
mod m0004_desk_sorts;
mod m0005_publishing;
mod m0006_media;
mod m0007_site;
mod m0008_record;
mod m0009_following;
mod m0010_scale;
mod m0011_moving;
mod m0012_tokens;

use crate::{Result, Store};
use sea_orm_migration::{MigrationTrait, MigratorTrait};

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_founding::Migration),
            Box::new(m0002_accounts::Migration),
            Box::new(m0003_writing::Migration),
            Box::new(m0004_desk_sorts::Migration),
            Box::new(m0005_publishing::Migration),
            Box::new(m0006_media::Migration),
            Box::new(m0007_site::Migration),
            Box::new(m0008_record::Migration),
            Box::new(m0009_following::Migration),
            Box::new(m0010_scale::Migration),
            Box::new(m0011_moving::Migration),
            Box::new(m0012_tokens::Migration),
        ]
    }
}

impl Store {
    /// Brings the database up to this version and answers with the steps that were taken.
    ///
    /// # Errors
    /// A step that failed; the steps before it stand.
    pub async fn migrate(&self) -> Result<Vec<String>> {
        let pending = Migrator::get_pending_migrations(&self.db).await?;
        Migrator::up(&self.db, None).await?;
        Ok(pending.iter().map(|step| step.name().to_owned()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Zone, articles::statement};
    use sea_orm::ConnectionTrait;

    /// What an earlier version left: two public articles, one of which somebody put into a further section by hand, and a
    /// draft with a pin.
    const BEFORE: &[&str] = &[
        "INSERT INTO site (identity, zone, founded_at, updated_at) VALUES ('{}', 'Asia/Shanghai', 0, 0)",
        "INSERT INTO sections (id, position, slug, name, created_at, updated_at) VALUES (1, 1, 'a', 'A', 0, 0), (2, 2, 'b', 'B', 0, 0)",
        "INSERT INTO articles (id, section_id, state, shown_at, published_revision_id, last_published_at, pinned_until, \
         created_at, updated_at) VALUES (1, 1, 'published', 10, 1, 5, NULL, 0, 0), (2, 1, 'published', 20, 2, 6, 99, 0, 0), \
         (3, 1, 'draft', 30, NULL, NULL, 99, 0, 0)",
    ];

    async fn upgraded(further: &[&str]) -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let store = Store::open_file(&folder.path().join("old.db"), zone).await.unwrap();
        Migrator::up(&store.db, Some(4)).await.unwrap();
        for sql in BEFORE.iter().chain(further) {
            store.db.execute_unprepared(sql).await.unwrap();
        }
        store.migrate().await.unwrap();
        (folder, store)
    }

    async fn rows(store: &Store, sql: &str) -> Vec<(i64, i64)> {
        let rows = store.db.query_all_raw(statement(&store.db, sql, [])).await.unwrap();
        rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
    }

    #[tokio::test]
    async fn the_lists_of_an_earlier_version_are_filled_and_pins_are_those_of_readers() {
        let (_folder, store) = upgraded(&[]).await;
        let entries = "SELECT section_id, article_id FROM list_entries ORDER BY section_id, shown_at DESC";
        assert_eq!(rows(&store, entries).await, [(1, 2), (1, 1)]);
        let pins = "SELECT id, pinned_at FROM articles WHERE pinned_until IS NOT NULL";
        assert_eq!(rows(&store, pins).await, [(2, 6)]);
        let zones = "SELECT id, 0 FROM site WHERE zone = 'Asia/Shanghai'";
        assert_eq!(rows(&store, zones).await.len(), 1, "nothing has to be counted anew");
    }

    #[tokio::test]
    async fn what_stood_in_a_further_section_is_counted_at_the_next_start() {
        let further = "INSERT INTO article_sections (article_id, section_id) VALUES (1, 2)";
        let (_folder, store) = upgraded(&[further]).await;
        store.keep_zone(&content::Actor::Operator).await.unwrap();
        let entries = "SELECT section_id, article_id FROM list_entries ORDER BY section_id, shown_at DESC";
        assert_eq!(rows(&store, entries).await, [(1, 2), (1, 1), (2, 1)]);
        let counts = "SELECT section_id, SUM(count) FROM list_segments GROUP BY section_id ORDER BY section_id";
        assert_eq!(rows(&store, counts).await, [(1, 2), (2, 1)]);
    }
}
