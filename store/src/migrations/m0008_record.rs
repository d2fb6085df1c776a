//! The record is read in the order of time, whatever it is filtered by; and links to previews.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0008_record"
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

/// Those of m0001 that begin like one of these are of no more use and are dropped in a later release. `payload` is what a
/// preview shows that is stored nowhere else; an article's is its working revision.
const STATEMENTS: &[&str] = &[
    "CREATE INDEX audit_in_order ON audit (at DESC, id DESC)",
    "CREATE INDEX audit_of_account ON audit (account_id, at DESC, id DESC)",
    "CREATE INDEX audit_of_account_and_action ON audit (account_id, action, at DESC, id DESC)",
    "CREATE INDEX audit_of_actor ON audit (actor, at DESC, id DESC)",
    "CREATE INDEX audit_of_action ON audit (action, at DESC, id DESC)",
    "CREATE INDEX audit_of_kind ON audit (subject, at DESC, id DESC)",
    "CREATE INDEX audit_of_record ON audit (subject, subject_id, at DESC, id DESC)",
    "CREATE INDEX audit_from_address ON audit (address, at DESC, id DESC) WHERE address <> ''",
    "CREATE TABLE previews (id {id}, token_hash TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, subject_id BIGINT, \
     payload TEXT NOT NULL DEFAULT '', account_id BIGINT REFERENCES accounts (id) ON DELETE CASCADE, \
     created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)",
    "CREATE INDEX previews_of ON previews (kind, subject_id, id DESC)",
    "CREATE INDEX previews_by_expiry ON previews (expires_at)",
];
