//! A change record says whether lists changed with the article, so that a correction leaves the pages alone that do not show it.

use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0009_following"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Of what was written before, it is not known.
        let sql = "ALTER TABLE changes ADD COLUMN moved BOOLEAN NOT NULL DEFAULT TRUE";
        manager.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
