//! The media library: what a file is and how far its widths are, uploads that can be resumed, and bytes that have lost
//! their record.

use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0006_media"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in STATEMENTS {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

/// Pictures that are there wait for their widths: whoever serves the site begins the jobs. `uploads.received` is how far
/// an upload has come and the sum of its parts; `media_id` what became of it, so that an answer that was lost can be
/// given again.
const STATEMENTS: &[&str] = &[
    "ALTER TABLE media ADD COLUMN kind TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE media ADD COLUMN making TEXT NOT NULL DEFAULT ''",
    "UPDATE media SET kind = CASE WHEN content_type LIKE 'image/%' THEN 'picture' WHEN content_type LIKE 'audio/%' \
     THEN 'sound' WHEN content_type LIKE 'video/%' THEN 'film' WHEN key LIKE '%.zip' THEN 'archive' ELSE 'document' END",
    "UPDATE media SET making = 'waiting' WHERE kind = 'picture'",
    "CREATE INDEX media_by_kind ON media (kind, id)",
    "CREATE INDEX media_waiting ON media (id) WHERE making = 'waiting'",
    "CREATE INDEX media_in_bin ON media (deleted_at) WHERE deleted_at IS NOT NULL",
    "CREATE TABLE media_left (key TEXT PRIMARY KEY, at BIGINT NOT NULL)",
    "CREATE TABLE uploads (id TEXT PRIMARY KEY, account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, \
     name TEXT NOT NULL, length BIGINT NOT NULL, received BIGINT NOT NULL DEFAULT 0, media_id BIGINT, \
     created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)",
    "CREATE INDEX uploads_of_account ON uploads (account_id, expires_at)",
    "CREATE INDEX uploads_by_end ON uploads (expires_at)",
    "CREATE TABLE upload_parts (upload_id TEXT NOT NULL REFERENCES uploads (id) ON DELETE CASCADE, \
     start BIGINT NOT NULL, bytes BIGINT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (upload_id, start))",
];
