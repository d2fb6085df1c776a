//! Signing in: keys, one-time links, recovery codes, and the counters by which guessing is slowed.

use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_accounts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let id = match manager.get_database_backend() {
            sea_orm::DbBackend::Postgres => "BIGSERIAL PRIMARY KEY",
            _ => "INTEGER PRIMARY KEY AUTOINCREMENT",
        };
        for statement in STATEMENTS {
            manager.get_connection().execute_unprepared(&statement.replace("{id}", id)).await?;
        }
        Ok(())
    }
}

/// `totp_pending` is a second factor that was offered and not confirmed; `totp_step` the last step that was used, so that
/// a code that somebody saw over the shoulder is of no use.
const STATEMENTS: &[&str] = &[
    "ALTER TABLE accounts ADD COLUMN journal_key TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE accounts ADD COLUMN totp_pending TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE accounts ADD COLUMN totp_step BIGINT NOT NULL DEFAULT 0",
    "CREATE TABLE recovery_codes (id {id}, account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, \
     code_hash TEXT NOT NULL, used_at BIGINT)",
    "CREATE UNIQUE INDEX recovery_codes_of_account ON recovery_codes (account_id, code_hash)",
    "CREATE TABLE one_time_links (id {id}, token_hash TEXT NOT NULL UNIQUE, \
     account_id BIGINT REFERENCES accounts (id) ON DELETE CASCADE, expires_at BIGINT NOT NULL)",
    "CREATE TABLE attempts (name TEXT NOT NULL, address TEXT NOT NULL, failures BIGINT NOT NULL, \
     last_at BIGINT NOT NULL, blocked_until BIGINT NOT NULL, PRIMARY KEY (name, address))",
    "CREATE INDEX attempts_by_time ON attempts (last_at)",
];
