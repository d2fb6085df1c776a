//! The site: one row.

use sea_orm::entity::prelude::*;

/// The site: one row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "site")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// `content::site::Identity` as JSON.
    pub identity: String,
    /// The emblem of the masthead.
    pub emblem_media_id: Option<i64>,
    /// The slots of the front page as JSON; empty is what the system chooses.
    pub front: String,
    /// The zone by which the lists were cut into years.
    pub zone: String,
    /// Milliseconds since 1970, UTC.
    pub founded_at: i64,
    /// When it was served first, in milliseconds since 1970, UTC.
    pub opened_at: Option<i64>,
    /// Milliseconds since 1970, UTC.
    pub updated_at: i64,
    /// Counts the changes of this row.
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
