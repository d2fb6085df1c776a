//! Publishing: the text that a schedule is bound to, approvals, since when an article is pinned, and the lists of readers
//! with further sections in them.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0005_publishing"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The key is the list: on SQLite the rows stand in it, so that a page is read from one place.
        let (id, within) = match manager.get_database_backend() {
            DbBackend::Postgres => ("BIGSERIAL PRIMARY KEY", ""),
            _ => ("INTEGER PRIMARY KEY AUTOINCREMENT", "WITHOUT ROWID"),
        };
        for statement in STATEMENTS {
            let statement = statement.replace("{id}", id).replace("{within}", within);
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}

/// `list_entries` holds a row for each section in whose list a public article stands, its own and further ones. A row of
/// `approvals` counts as long as the text has its hash and nobody has given the article back since.
///
/// Nothing public stood in a further section until now. Where a hand put one there, the lists are counted anew at the next
/// start, as they are after a change of the zone.
const STATEMENTS: &[&str] = &[
    "ALTER TABLE articles ADD COLUMN scheduled_revision_id BIGINT",
    "ALTER TABLE articles ADD COLUMN pinned_at BIGINT",
    "UPDATE articles SET pinned_until = NULL WHERE published_revision_id IS NULL",
    "UPDATE articles SET pinned_at = last_published_at WHERE pinned_until IS NOT NULL",
    "CREATE INDEX articles_pinned_in_section ON articles (section_id, pinned_at DESC, id DESC) \
     WHERE pinned_until IS NOT NULL AND published_revision_id IS NOT NULL",
    "CREATE TABLE list_entries (section_id BIGINT NOT NULL REFERENCES sections (id), shown_at BIGINT NOT NULL, \
     article_id BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, \
     PRIMARY KEY (section_id, shown_at, article_id)) {within}",
    "CREATE INDEX list_entries_of_article ON list_entries (article_id)",
    "INSERT INTO list_entries (section_id, shown_at, article_id) \
     SELECT section_id, COALESCE(shown_at, 0), id FROM articles WHERE published_revision_id IS NOT NULL",
    "UPDATE site SET zone = '' WHERE EXISTS (SELECT 1 FROM article_sections x JOIN articles a ON a.id = x.article_id \
     WHERE a.published_revision_id IS NOT NULL AND a.section_id <> x.section_id)",
    "CREATE TABLE approvals (id {id}, article_id BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, \
     stage BIGINT NOT NULL, account_id BIGINT NOT NULL REFERENCES accounts (id), content_hash TEXT NOT NULL, \
     at BIGINT NOT NULL, voided_at BIGINT)",
    "CREATE INDEX approvals_of_article ON approvals (article_id, content_hash)",
];
