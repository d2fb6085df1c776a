//! Old sites move in: imports that can be looked at, corrected and undone as a whole.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0011_moving"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let id = match manager.get_database_backend() {
            DbBackend::Postgres => "BIGSERIAL PRIMARY KEY",
            _ => "INTEGER PRIMARY KEY AUTOINCREMENT",
        };
        for statement in STATEMENTS {
            manager.get_connection().execute_unprepared(&statement.replace("{id}", id)).await?;
        }
        Ok(())
    }
}

/// `imports.media_id` is the archive that was uploaded; an import of the command line has none and no pages either, but a
/// report. `import_pages.found` is what was found on a page, `fields` what was corrected, `confidence` the least of what an
/// article cannot do without, in per cent: the list begins with the lowest.
const STATEMENTS: &[&str] = &[
    "CREATE TABLE imports (id {id}, name TEXT NOT NULL, stage TEXT NOT NULL, media_id BIGINT, \
     options TEXT NOT NULL DEFAULT '{}', parity TEXT NOT NULL DEFAULT '', fault TEXT NOT NULL DEFAULT '', \
     done BIGINT NOT NULL DEFAULT 0, total BIGINT NOT NULL DEFAULT 0, account_id BIGINT, created_at BIGINT NOT NULL, \
     updated_at BIGINT NOT NULL, version INTEGER NOT NULL DEFAULT 1)",
    "CREATE TABLE import_pages (id {id}, import_id BIGINT NOT NULL REFERENCES imports (id) ON DELETE CASCADE, \
     file TEXT NOT NULL, kind TEXT NOT NULL, confidence INTEGER NOT NULL, title TEXT NOT NULL, found TEXT NOT NULL, \
     body TEXT NOT NULL, fields TEXT NOT NULL DEFAULT '', chosen BOOLEAN NOT NULL, article_id BIGINT, \
     outcome TEXT NOT NULL DEFAULT '')",
    "CREATE UNIQUE INDEX import_pages_by_file ON import_pages (import_id, file)",
    "CREATE INDEX import_pages_by_confidence ON import_pages (import_id, kind, confidence, id)",
    "ALTER TABLE articles ADD COLUMN import_id BIGINT",
    "CREATE INDEX articles_of_import ON articles (import_id, id) WHERE import_id IS NOT NULL",
];
