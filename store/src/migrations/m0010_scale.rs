//! What does not get dearer with the number of articles: an index for every two filters of the desk's lists, and the number
//! of a section's articles beside them.

use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0010_scale"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        for (lead, columns, which) in LEADS {
            for (name, order) in ORDERS {
                let sql = format!(
                    "CREATE INDEX articles_by_{lead}{name} ON articles ({columns}, {order} DESC, id DESC) \
                     WHERE deleted_at IS NULL{which}"
                );
                connection.execute_unprepared(&sql).await?;
            }
        }
        for statement in STATEMENTS {
            connection.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

/// What was imported has no author, so most articles are in none of the authors' indices.
const LEADS: [(&str, &str, &str); 3] = [
    ("section_and_state", "section_id, state", ""),
    ("author_and_state", "author_id, state", " AND author_id IS NOT NULL"),
    ("section_and_author", "section_id, author_id", " AND author_id IS NOT NULL"),
];

const ORDERS: [(&str, &str); 3] =
    [("", "updated_at"), ("_and_shown_time", "COALESCE(shown_at, 0)"), ("_and_creation", "created_at")];

const STATEMENTS: &[&str] = &[
    "CREATE INDEX articles_in_bin_by_section ON articles (section_id, deleted_at DESC, id DESC) \
     WHERE deleted_at IS NOT NULL",
    "CREATE INDEX articles_in_bin_by_author ON articles (author_id, deleted_at DESC, id DESC) \
     WHERE deleted_at IS NOT NULL",
    "CREATE INDEX articles_in_bin_by_state ON articles (state, deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL",
    "ALTER TABLE sections ADD COLUMN article_count BIGINT NOT NULL DEFAULT 0",
    "UPDATE sections SET article_count = (SELECT COUNT(*) FROM articles WHERE section_id = sections.id)",
];
