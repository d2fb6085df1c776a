//! Sections are added, changed and put into another order.

use super::{address, fields_of, rows};
use crate::{
    Error, Result, Store,
    articles::statement,
    entity::section,
    records::{self, Change, Subject},
    site, unix_now,
};
use content::{
    Actor, Refusal, SectionId, Slug,
    section::{MOST_SECTIONS, SectionFields, SectionPlace, in_order},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DatabaseTransaction, DbBackend};
use serde::Serialize;

/// What the audit tells of a section.
#[derive(Serialize)]
struct Told<'a> {
    parent: Option<SectionId>,
    #[serde(flatten)]
    fields: &'a SectionFields,
}

impl Store {
    /// Adds a section behind the others of its level.
    ///
    /// # Errors
    /// An actor who may not; fields that cannot be; `SlugTaken`, `OldAddress`, `TooDeep`.
    pub async fn add_section(
        &self,
        actor: &Actor,
        parent: Option<SectionId>,
        fields: &SectionFields,
    ) -> Result<SectionId> {
        super::allowed(actor)?;
        fields.check()?;
        let tx = self.write().await?;
        alone(&tx).await?;
        let all = rows(&tx).await?;
        if all.len() >= MOST_SECTIONS {
            let most = u32::try_from(MOST_SECTIONS).unwrap_or(u32::MAX);
            return Err(Refusal::OutOfRange { field: "sections".to_owned(), least: 0, most }.into());
        }
        free(&tx, &all, &fields.slug, None).await?;
        let now = unix_now().0;
        let mut row = section::ActiveModel {
            parent_id: Set(parent.map(|id| id.0)),
            position: Set(i32::try_from(all.len()).unwrap_or(i32::MAX) + 1),
            created_at: Set(now),
            version: Set(1),
            ..Default::default()
        };
        fill(&mut row, fields);
        let id = SectionId(row.insert(&tx).await?.id);
        let mut places = places_of(&all);
        places.push(SectionPlace { id, parent });
        number(&tx, &in_order(&places)?).await?;
        site::tree_changed(&tx, None).await?;
        let (_, after) = records::changed_fields(&serde_json::json!({}), &serde_json::json!(Told { parent, fields }))?;
        records::audit(&tx, actor, "add", (Subject::Section, Some(id.0)), "", &after).await?;
        told(&tx, [id]).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Changes a section. A slug that it gives up leads to it for ever. Answers with the new version.
    ///
    /// # Errors
    /// An actor who may not; fields that cannot be; `Stale`, `SlugTaken`, `OldAddress`, `TooDeep`.
    pub async fn change_section(
        &self,
        actor: &Actor,
        id: SectionId,
        parent: Option<SectionId>,
        fields: &SectionFields,
        version: i32,
    ) -> Result<i32> {
        super::allowed(actor)?;
        fields.check()?;
        let tx = self.write().await?;
        alone(&tx).await?;
        let all = rows(&tx).await?;
        let row = all.iter().find(|row| row.id == id.0).ok_or(Refusal::NotFound)?;
        let was = fields_of(row)?;
        let above = row.parent_id.map(SectionId);
        // A save whose answer was lost is sent again and overwrites nothing.
        if was == *fields && above == parent {
            return Ok(row.version);
        }
        if row.version != version {
            return Err(Refusal::Stale.into());
        }
        if was.slug != fields.slug {
            free(&tx, &all, &fields.slug, Some(id)).await?;
            lead(&tx, &was.slug, id).await?;
        }
        let mut change = section::ActiveModel { id: Set(id.0), version: Set(version + 1), ..Default::default() };
        fill(&mut change, fields);
        change.parent_id = Set(parent.map(|id| id.0));
        change.update(&tx).await?;
        let mut touched = vec![id];
        if above != parent {
            let mut places = places_of(&all);
            // Behind the others of its new level.
            places.retain(|place| place.id != id);
            places.push(SectionPlace { id, parent });
            number(&tx, &in_order(&places)?).await?;
            site::tree_changed(&tx, None).await?;
            touched.extend(above.into_iter().chain(parent));
        }
        let (before, after) = (Told { parent: above, fields: &was }, Told { parent, fields });
        let (before, after) = records::changed_fields(&before, &after)?;
        records::audit(&tx, actor, "change", (Subject::Section, Some(id.0)), &before, &after).await?;
        told(&tx, touched).await?;
        tx.commit().await?;
        Ok(version + 1)
    }

    /// Puts all sections into another order. Answers with the new version of the tree.
    ///
    /// # Errors
    /// An actor who may not; `Stale` where the tree is another one by now; `TooDeep`.
    pub async fn order_sections(&self, actor: &Actor, places: &[SectionPlace], version: i32) -> Result<i32> {
        super::allowed(actor)?;
        let ordered = in_order(places)?;
        let tx = self.write().await?;
        alone(&tx).await?;
        site::tree_changed(&tx, Some(version)).await?;
        let all = rows(&tx).await?;
        let before = places_of(&all);
        let same = |place: &SectionPlace| before.iter().any(|other| other.id == place.id);
        if ordered.len() != before.len() || !ordered.iter().all(same) {
            return Err(Refusal::Stale.into());
        }
        if ordered == before {
            // Nothing has changed, the version neither.
            return Ok(version);
        }
        number(&tx, &ordered).await?;
        let parent_of = |places: &[SectionPlace], id| places.iter().find(|place| place.id == id).and_then(|p| p.parent);
        let mut touched = Vec::new();
        for place in &ordered {
            let above = parent_of(&before, place.id);
            if above != place.parent {
                touched.push(place.id);
                touched.extend(above.into_iter().chain(place.parent));
            }
        }
        touched.sort_unstable();
        touched.dedup();
        let (before, after) = (json(&before)?, json(&ordered)?);
        records::audit(&tx, actor, "reorder", (Subject::Site, Some(1)), &before, &after).await?;
        told(&tx, touched).await?;
        tx.commit().await?;
        Ok(version + 1)
    }
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Corrupt(error.to_string()))
}

fn fill(row: &mut section::ActiveModel, fields: &SectionFields) {
    row.slug = Set(fields.slug.to_string());
    row.name = Set(fields.name.clone());
    row.description = Set(fields.description.clone());
    row.keywords = Set(fields.keywords.clone());
    row.column_type = Set(fields.column_type.clone());
    row.kind = Set(fields.kind.key().to_owned());
    row.link = Set(fields.link.clone());
    row.template = Set(fields.template.key().to_owned());
    row.visible = Set(fields.visible);
    row.stages = Set(i32::from(fields.stages));
    row.updated_at = Set(unix_now().0);
}

pub(super) fn places_of(rows: &[section::Model]) -> Vec<SectionPlace> {
    rows.iter().map(|row| SectionPlace { id: SectionId(row.id), parent: row.parent_id.map(SectionId) }).collect()
}

/// Until the transaction ends no other one changes sections: slugs are looked up and the tree is read before they are
/// written. SQLite has one writer at a time anyway.
pub(super) async fn alone(tx: &DatabaseTransaction) -> Result<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("LOCK TABLE sections IN SHARE ROW EXCLUSIVE MODE").await?;
    }
    Ok(())
}

/// Whether a section can have this slug. One that another section had is not free: it leads there for ever. A section's
/// own former slug is, and does not lead anywhere then but is the address itself.
async fn free(tx: &DatabaseTransaction, all: &[section::Model], slug: &Slug, own: Option<SectionId>) -> Result<()> {
    let others = || all.iter().filter(|row| own != Some(SectionId(row.id)));
    if others().any(|row| row.slug == slug.as_str()) {
        return Err(Refusal::SlugTaken { given: slug.to_string() }.into());
    }
    let sql = "SELECT subject_id FROM redirects WHERE address = $1 AND subject = 'section'";
    let row = tx.query_one_raw(statement(tx, sql, [address(slug.as_str()).into()])).await?;
    let Some(row) = row else { return Ok(()) };
    let leads: i64 = row.try_get("", "subject_id")?;
    if let Some(other) = others().find(|row| row.id == leads) {
        return Err(Refusal::OldAddress { given: slug.to_string(), section: other.name.clone() }.into());
    }
    let sql = "DELETE FROM redirects WHERE address = $1";
    tx.execute_raw(statement(tx, sql, [address(slug.as_str()).into()])).await?;
    Ok(())
}

/// Lets a slug that was given up lead to a section.
pub(super) async fn lead(tx: &DatabaseTransaction, slug: &Slug, to: SectionId) -> Result<()> {
    let sql = "INSERT INTO redirects (address, subject, subject_id, created_at) VALUES ($1, 'section', $2, $3) \
               ON CONFLICT (address) DO UPDATE SET subject = 'section', subject_id = $2";
    let values = [address(slug.as_str()).into(), to.0.into(), unix_now().0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Numbers the sections in this order.
pub(super) async fn number(tx: &DatabaseTransaction, places: &[SectionPlace]) -> Result<()> {
    for (place, position) in places.iter().zip(1_i32..) {
        let sql = "UPDATE sections SET position = $2, parent_id = $3 WHERE id = $1 \
                   AND (position <> $2 OR COALESCE(parent_id, 0) <> COALESCE($3, 0))";
        let values = [place.id.0.into(), position.into(), place.parent.map(|id| id.0).into()];
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// The sections themselves and every page have changed: navigation stands on all of them.
pub(super) async fn told(tx: &DatabaseTransaction, sections: impl IntoIterator<Item = SectionId>) -> Result<()> {
    records::changed(tx, sections.into_iter().map(Change::section).chain([Change::site()])).await
}
