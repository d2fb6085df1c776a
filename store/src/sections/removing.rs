//! A section goes: what stands in it moves into another one, and its addresses lead there.

use super::{
    changing::{alone, lead, number, places_of, told},
    fields_of, rows,
};
use crate::{
    Error, Result, Store,
    articles::{self, statement},
    records::{self, Subject},
    site, unix_now,
};
use content::{Actor, Refusal, SectionId, section::in_order};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend};

impl Store {
    /// Removes a section; with `into` its articles, its people and its addresses go there. Sections below it become
    /// sections of the first level in its place. Answers how many articles moved.
    ///
    /// # Errors
    /// An actor who may not; `Stale` where the tree is another one by now; `SectionInUse` where articles stand in it and
    /// nobody said where they go; `UnknownSection`.
    pub async fn remove_section(
        &self,
        actor: &Actor,
        id: SectionId,
        into: Option<SectionId>,
        version: i32,
    ) -> Result<u64> {
        super::allowed(actor)?;
        let tx = self.write().await?;
        alone(&tx).await?;
        let all = rows(&tx).await?;
        let row = all.iter().find(|row| row.id == id.0).ok_or(Refusal::NotFound)?;
        site::tree_changed(&tx, Some(version)).await?;
        if let Some(target) = into
            && (target == id || !all.iter().any(|row| row.id == target.0))
        {
            return Err(Refusal::UnknownSection { given: target.to_string() }.into());
        }
        // Whoever begins an article in it meanwhile waits, and finds that it is gone.
        if tx.get_database_backend() == DbBackend::Postgres {
            tx.execute_raw(statement(&tx, "SELECT id FROM sections WHERE id = $1 FOR UPDATE", [id.0.into()])).await?;
        }
        let count = count(&tx, id).await?;
        if count > 0 && into.is_none() {
            return Err(Refusal::SectionInUse { articles: count }.into());
        }
        let fields = fields_of(row)?;
        if let Some(target) = into {
            articles::merge_sections(self, &tx, actor, id, target).await?;
            let sql = "UPDATE redirects SET subject_id = $2 WHERE subject = 'section' AND subject_id = $1";
            tx.execute_raw(statement(&tx, sql, [id.0.into(), target.0.into()])).await?;
            lead(&tx, &fields.slug, target).await?;
        } else {
            let sql = "DELETE FROM redirects WHERE subject = 'section' AND subject_id = $1";
            tx.execute_raw(statement(&tx, sql, [id.0.into()])).await?;
            tx.execute_raw(statement(&tx, "DELETE FROM article_sections WHERE section_id = $1", [id.0.into()])).await?;
        }
        people(&tx, actor, id, into).await?;
        site::section_gone(&tx, id, into).await?;
        gone(&tx, id, into).await?;
        let mut places = places_of(&all);
        places.retain(|place| place.id != id);
        for place in &mut places {
            place.parent = place.parent.filter(|parent| *parent != id);
        }
        number(&tx, &in_order(&places)?).await?;
        let mut before = serde_json::to_value(&fields).map_err(|error| Error::Corrupt(error.to_string()))?;
        before["articles"] = count.into();
        let after = into.map_or_else(String::new, |target| serde_json::json!({ "into": target }).to_string());
        let word = if into.is_some() { "merge" } else { "delete" };
        records::audit(&tx, actor, word, (Subject::Section, Some(id.0)), &before.to_string(), &after).await?;
        told(&tx, [id].into_iter().chain(into)).await?;
        tx.commit().await?;
        Ok(count)
    }
}

async fn count(tx: &DatabaseTransaction, id: SectionId) -> Result<u64> {
    let sql = "SELECT COUNT(*) AS n FROM articles WHERE section_id = $1";
    let row = tx.query_one_raw(statement(tx, sql, [id.0.into()])).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Those who wrote in the section follow their articles; where there are none, the role ends with the section.
async fn people(tx: &DatabaseTransaction, actor: &Actor, id: SectionId, into: Option<SectionId>) -> Result<()> {
    let sql = "SELECT DISTINCT account_id FROM grants WHERE section_id = $1 ORDER BY account_id";
    let accounts = tx.query_all_raw(statement(tx, sql, [id.0.into()])).await?;
    let before = serde_json::json!({ "section": id }).to_string();
    let after = into.map_or_else(String::new, |target| serde_json::json!({ "section": target }).to_string());
    for row in accounts {
        let account: i64 = row.try_get("", "account_id")?;
        records::audit(tx, actor, "change", (Subject::Account, Some(account)), &before, &after).await?;
    }
    if let Some(target) = into {
        let sql = "UPDATE grants SET section_id = $2 WHERE section_id = $1 AND NOT EXISTS (SELECT 1 FROM grants g \
                   WHERE g.section_id = $2 AND g.account_id = grants.account_id AND g.role = grants.role)";
        tx.execute_raw(statement(tx, sql, [id.0.into(), target.0.into()])).await?;
    }
    tx.execute_raw(statement(tx, "DELETE FROM grants WHERE section_id = $1", [id.0.into()])).await?;
    Ok(())
}

/// The row goes; what named it finds where it went.
async fn gone(tx: &DatabaseTransaction, id: SectionId, into: Option<SectionId>) -> Result<()> {
    let target = into.map(|id| id.0);
    let sql = "UPDATE gone_sections SET into_id = $2 WHERE into_id = $1";
    tx.execute_raw(statement(tx, sql, [id.0.into(), target.into()])).await?;
    let sql = "INSERT INTO gone_sections (id, into_id) VALUES ($1, $2)";
    tx.execute_raw(statement(tx, sql, [id.0.into(), target.into()])).await?;
    tx.execute_raw(statement(tx, "DELETE FROM list_segments WHERE section_id = $1", [id.0.into()])).await?;
    // Sections below it are numbered anew a moment later.
    let sql = "UPDATE sections SET parent_id = NULL, updated_at = $2 WHERE parent_id = $1";
    tx.execute_raw(statement(tx, sql, [id.0.into(), unix_now().0.into()])).await?;
    tx.execute_raw(statement(tx, "DELETE FROM sections WHERE id = $1", [id.0.into()])).await?;
    Ok(())
}
