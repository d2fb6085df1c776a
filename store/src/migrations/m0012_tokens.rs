//! Tokens by which programs act, and in the record the one with which something was done.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0012_tokens"
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

/// `scopes` are the keys of scopes with a space between them. `audit.token` is the name that the token had then: the record
/// tells of it when the token is long forgotten.
const STATEMENTS: &[&str] = &[
    "CREATE TABLE tokens (id {id}, token_hash TEXT NOT NULL UNIQUE, name TEXT NOT NULL, \
     account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, scopes TEXT NOT NULL, made_by BIGINT, \
     created_at BIGINT NOT NULL, used_at BIGINT, expires_at BIGINT NOT NULL, revoked_at BIGINT)",
    "CREATE INDEX tokens_by_expiry ON tokens (expires_at)",
    "ALTER TABLE audit ADD COLUMN token TEXT NOT NULL DEFAULT ''",
];
