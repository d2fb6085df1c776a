//! Every sort of a filtered list of the desk has its index, so that no page of it is put in order when it is asked for.

use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0004_desk_sorts"
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

const STATEMENTS: &[&str] = &[
    "CREATE INDEX articles_by_state_and_shown_time ON articles (state, COALESCE(shown_at, 0) DESC, id DESC) \
     WHERE deleted_at IS NULL",
    "CREATE INDEX articles_by_state_and_creation ON articles (state, created_at DESC, id DESC) WHERE deleted_at IS NULL",
    "CREATE INDEX articles_by_section_and_shown_time ON articles (section_id, COALESCE(shown_at, 0) DESC, id DESC) \
     WHERE deleted_at IS NULL",
    "CREATE INDEX articles_by_section_and_creation ON articles (section_id, created_at DESC, id DESC) \
     WHERE deleted_at IS NULL",
    "CREATE INDEX articles_by_author_and_shown_time ON articles (author_id, COALESCE(shown_at, 0) DESC, id DESC) \
     WHERE deleted_at IS NULL",
    "CREATE INDEX articles_by_author_and_creation ON articles (author_id, created_at DESC, id DESC) \
     WHERE deleted_at IS NULL",
];
