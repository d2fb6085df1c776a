//! A counted piece of a section's list, see `articles::listing`.

use sea_orm::entity::prelude::*;

/// A counted piece of a section's list, see `articles::listing`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "list_segments")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Whose list.
    pub section_id: i64,
    /// The time of its oldest possible article.
    pub from_at: i64,
    /// The id of its oldest possible article.
    pub from_id: i64,
    /// How many articles it holds.
    pub count: i64,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
