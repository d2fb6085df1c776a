//! The tree of sections as its room shows it.

use super::{fields_of, rows};
use crate::{Result, Store, articles::statement};
use content::{
    AccountId, Actor, Role, SectionId, Slug,
    section::{SectionRow, SectionTree, Writer},
};
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult};
use std::collections::HashMap;

impl Store {
    /// All sections with their articles counted, their former addresses and those who may write in them.
    ///
    /// # Errors
    /// An actor who may not manage the site.
    pub async fn section_tree(&self, actor: &Actor) -> Result<SectionTree> {
        super::allowed(actor)?;
        let mut old = self.old_addresses().await?;
        let mut writers = self.writers().await?;
        let row = |row: crate::entity::section::Model| {
            Ok(SectionRow {
                id: SectionId(row.id),
                parent: row.parent_id.map(SectionId),
                fields: fields_of(&row)?,
                version: row.version,
                articles: u64::try_from(row.article_count).unwrap_or_default(),
                public: u64::try_from(row.published_count).unwrap_or_default(),
                old: old.remove(&row.id).unwrap_or_default(),
                writers: writers.remove(&row.id).unwrap_or_default(),
            })
        };
        let rows = rows(&self.db).await?.into_iter().map(row).collect::<Result<_>>()?;
        let site = crate::entity::site::Entity::find().one(&self.db).await?;
        Ok(SectionTree { rows, version: site.map_or(1, |site| site.sections_version) })
    }

    async fn old_addresses(&self) -> Result<HashMap<i64, Vec<Slug>>> {
        let sql = "SELECT subject_id, address FROM redirects WHERE subject = 'section' ORDER BY id";
        let mut old: HashMap<i64, Vec<Slug>> = HashMap::new();
        for row in self.db.query_all_raw(statement(&self.db, sql, [])).await? {
            let address: String = row.try_get("", "address")?;
            let slug = address.trim_start_matches('/').parse::<Slug>().ok();
            old.entry(row.try_get("", "subject_id")?).or_default().extend(slug);
        }
        Ok(old)
    }

    async fn writers(&self) -> Result<HashMap<i64, Vec<Writer>>> {
        #[derive(FromQueryResult)]
        struct Row {
            section_id: i64,
            role: String,
            id: i64,
            display_name: String,
        }
        let sql = "SELECT g.section_id, g.role, a.id, a.display_name FROM grants g JOIN accounts a ON a.id = g.account_id \
                   WHERE g.section_id IS NOT NULL AND NOT a.disabled ORDER BY a.display_name, a.id";
        let mut writers: HashMap<i64, Vec<Writer>> = HashMap::new();
        for row in Row::find_by_statement(statement(&self.db, sql, [])).all(&self.db).await? {
            if let Some(role) = Role::of_key(&row.role) {
                let writer = Writer { id: AccountId(row.id), name: row.display_name, role };
                writers.entry(row.section_id).or_default().push(writer);
            }
        }
        Ok(writers)
    }
}
