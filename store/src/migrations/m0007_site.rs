//! The site by forms: kinds of sections, links of friends, notices, what each form's change is based on; and sections that
//! are gone, so that a manuscript which still names one finds its place.

use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0007_site"
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

/// `next_notice_at` is the next moment at which a notice begins or ends: what is due is found in one small row.
const STATEMENTS: &[&str] = &[
    "ALTER TABLE site ADD COLUMN friends TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE site ADD COLUMN notices TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE site ADD COLUMN next_notice_at BIGINT",
    "ALTER TABLE site ADD COLUMN identity_version INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE site ADD COLUMN front_version INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE site ADD COLUMN sections_version INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE sections ADD COLUMN kind TEXT NOT NULL DEFAULT 'list'",
    "ALTER TABLE sections ADD COLUMN link TEXT NOT NULL DEFAULT ''",
    // Where the articles of a section went that is gone; nowhere where it had none. Numbers of sections are never reused.
    "CREATE TABLE gone_sections (id BIGINT PRIMARY KEY, into_id BIGINT)",
    "CREATE INDEX redirects_of_subject ON redirects (subject, subject_id)",
    "CREATE INDEX grants_by_section ON grants (section_id)",
];
