//! Sections: found by slug or name, and listed in their order.

use crate::{Result, Store, entity::section};
use content::{SectionId, Slug, section::SectionLink};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// A section with its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its number.
    pub id: SectionId,
    /// Its slug and name.
    pub link: SectionLink,
}

impl Store {
    /// The sections of the navigation, in their order.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn sections(&self) -> Result<Vec<Section>> {
        let rows = section::Entity::find()
            .filter(section::Column::Visible.eq(true))
            .order_by_asc(section::Column::Position)
            .order_by_asc(section::Column::Id)
            .all(&self.db)
            .await?;
        rows.into_iter().map(|row| Ok(Section { id: SectionId(row.id), link: link(row.slug, row.name)? })).collect()
    }
}

/// A section's link from its stored slug and name.
pub(crate) fn link(slug: String, name: String) -> Result<SectionLink> {
    Ok(SectionLink { slug: Slug::try_from(slug)?, name })
}
