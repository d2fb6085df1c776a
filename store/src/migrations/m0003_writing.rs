//! Writing: the tabs in which articles are open, what lost a clash, what a batch can be undone with, and the index by
//! which editors find articles by their words.

use crate::articles::search;
use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0003_writing"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let (id, text) = match manager.get_database_backend() {
            DbBackend::Postgres => ("BIGSERIAL PRIMARY KEY", POSTGRES),
            _ => ("INTEGER PRIMARY KEY AUTOINCREMENT", SQLITE),
        };
        for statement in STATEMENTS.iter().chain(text) {
            db.execute_unprepared(&statement.replace("{id}", id)).await?;
        }
        search::index_all(db).await
    }
}

/// A tab's `base_id` is a revision that somebody still has on the screen: it is not pruned. `serial` and `answer` are those
/// of its last save, so that a save whose answer was lost is answered again and not repeated.
const STATEMENTS: &[&str] = &[
    "ALTER TABLE revisions ADD COLUMN began_at BIGINT NOT NULL DEFAULT 0",
    "CREATE TABLE tabs (word TEXT PRIMARY KEY, article_id BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, \
     account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, base_id BIGINT NOT NULL, \
     serial BIGINT NOT NULL DEFAULT 0, answer TEXT NOT NULL DEFAULT '', seen_at BIGINT NOT NULL)",
    "CREATE INDEX tabs_of_article ON tabs (article_id, seen_at)",
    "CREATE INDEX tabs_by_time ON tabs (seen_at)",
    "CREATE TABLE fragments (id {id}, account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, \
     article_id BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, by_name TEXT NOT NULL, clashes TEXT NOT NULL, \
     at BIGINT NOT NULL)",
    "CREATE INDEX fragments_of_account ON fragments (account_id, id DESC)",
    "CREATE TABLE undos (id {id}, account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, \
     at BIGINT NOT NULL, before TEXT NOT NULL)",
    "CREATE INDEX articles_by_creation ON articles (created_at DESC, id DESC) WHERE deleted_at IS NULL",
    "CREATE INDEX articles_by_shown_time ON articles (COALESCE(shown_at, 0) DESC, id DESC) WHERE deleted_at IS NULL",
];

const SQLITE: &[&str] = &[
    "CREATE TABLE article_texts (article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE, text TEXT NOT NULL)",
    "CREATE VIRTUAL TABLE article_grams USING fts5(grams, content='', contentless_delete=1, detail=full, prefix=1)",
];

const POSTGRES: &[&str] = &[
    "CREATE TABLE article_texts (article_id BIGINT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE, \
     text TEXT NOT NULL, grams TEXT[] NOT NULL)",
    "CREATE INDEX article_texts_grams ON article_texts USING GIN (grams)",
];
