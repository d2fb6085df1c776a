//! Sections: listed in the order of their tree, found by their present or a former address, and changed by forms.

mod changing;
mod removing;
mod tree;

use crate::{Error, Result, Store, articles::statement, entity::section};
use content::{
    Actor, Refusal, SectionId, Slug,
    permission::{self, Action},
    section::{SectionFields, SectionKind, SectionLink, Template},
};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use std::collections::BTreeMap;

/// A section with its number and what navigation needs of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its number.
    pub id: SectionId,
    /// Its slug and name.
    pub link: SectionLink,
    /// The section above it.
    pub parent: Option<SectionId>,
    /// What stands behind its address.
    pub kind: SectionKind,
    /// The other site that it leads to; empty is none.
    pub external: String,
    /// Whether navigation and front page show it.
    pub visible: bool,
    /// Its `ColumnType`.
    pub column_type: String,
}

/// A section with its fields, as programs are told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionEntry {
    /// Its number.
    pub id: SectionId,
    /// The section above it.
    pub parent: Option<SectionId>,
    /// Its fields.
    pub fields: SectionFields,
    /// What a change of its fields is based on.
    pub version: i32,
}

impl Store {
    /// All sections in the order of their tree, those that navigation does not show included.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn sections(&self) -> Result<Vec<Section>> {
        rows(&self.db).await?.into_iter().map(section_of).collect()
    }

    /// The sections with their fields in the order of their tree: to readers those that navigation shows, to editors all.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn section_entries(&self, actor: &Actor) -> Result<Vec<SectionEntry>> {
        let all = permission::can(actor, Action::See, permission::Subject::Site);
        let shown = rows(&self.db).await?.into_iter().filter(|row| all || row.visible);
        shown.map(|row| entry_of(&row)).collect()
    }

    /// A section by its slug, or by one that it had once: the caller compares. Its address works whether navigation shows
    /// it or not.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn section_entry(&self, _actor: &Actor, slug: &Slug) -> Result<SectionEntry> {
        entry_of(&self.section_at(slug).await?.0)
    }

    /// The section that has this slug or had it once, and all of them in the order of their tree.
    pub(crate) async fn section_at(&self, slug: &Slug) -> Result<(section::Model, Vec<Section>)> {
        let rows = rows(&self.db).await?;
        let sections = || rows.iter().cloned().map(section_of).collect::<Result<Vec<_>>>();
        if let Some(found) = rows.iter().find(|row| row.slug == slug.as_str()) {
            return Ok((found.clone(), sections()?));
        }
        let sql = "SELECT s.id FROM redirects r JOIN sections s ON s.id = r.subject_id \
                   WHERE r.address = $1 AND r.subject = 'section'";
        let row = self.db.query_one_raw(statement(&self.db, sql, [address(slug.as_str()).into()])).await?;
        let id: i64 = row.ok_or(Refusal::NotFound)?.try_get("", "id")?;
        let found = rows.iter().find(|row| row.id == id).ok_or(Refusal::NotFound)?;
        Ok((found.clone(), sections()?))
    }
}

/// Whether the actor may change sections.
fn allowed(actor: &Actor) -> Result<()> {
    let may = permission::can(actor, Action::ManageSections, permission::Subject::Site);
    if may { Ok(()) } else { Err(Error::not_allowed(Action::ManageSections)) }
}

/// Notes how many articles came into sections and how many left. The rows are taken in the order of their numbers.
pub(crate) async fn counted(
    tx: &impl ConnectionTrait,
    changes: impl IntoIterator<Item = (SectionId, i64)>,
) -> Result<()> {
    let mut sums: BTreeMap<SectionId, i64> = BTreeMap::new();
    changes.into_iter().for_each(|(section, more)| *sums.entry(section).or_default() += more);
    for (section, more) in sums.into_iter().filter(|(_, more)| *more != 0) {
        let sql = "UPDATE sections SET article_count = article_count + $2 WHERE id = $1";
        tx.execute_raw(statement(tx, sql, [section.0.into(), more.into()])).await?;
    }
    Ok(())
}

/// All rows in the order of their tree: they are numbered in it.
async fn rows(db: &impl ConnectionTrait) -> Result<Vec<section::Model>> {
    let all = section::Entity::find().order_by_asc(section::Column::Position).order_by_asc(section::Column::Id);
    Ok(all.all(db).await?)
}

fn section_of(row: section::Model) -> Result<Section> {
    Ok(Section {
        id: SectionId(row.id),
        parent: row.parent_id.map(SectionId),
        kind: SectionKind::of_key(&row.kind),
        external: row.link,
        visible: row.visible,
        column_type: row.column_type,
        link: link(row.slug, row.name)?,
    })
}

fn entry_of(row: &section::Model) -> Result<SectionEntry> {
    let parent = row.parent_id.map(SectionId);
    Ok(SectionEntry { id: SectionId(row.id), parent, fields: fields_of(row)?, version: row.version })
}

/// The fields of a stored section.
fn fields_of(row: &section::Model) -> Result<SectionFields> {
    Ok(SectionFields {
        slug: Slug::try_from(row.slug.clone())?,
        name: row.name.clone(),
        description: row.description.clone(),
        keywords: row.keywords.clone(),
        column_type: row.column_type.clone(),
        kind: SectionKind::of_key(&row.kind),
        link: row.link.clone(),
        template: Template::of_key(&row.template),
        visible: row.visible,
        stages: u8::try_from(row.stages)
            .map_err(|_| Error::Corrupt(format!("section {} has {} stages", row.id, row.stages)))?,
    })
}

/// The address of a section's page, as redirects name it.
fn address(slug: &str) -> String {
    format!("/{slug}")
}

/// A section's link from its stored slug and name.
pub(crate) fn link(slug: String, name: String) -> Result<SectionLink> {
    Ok(SectionLink { slug: Slug::try_from(slug)?, name })
}
