//! What readers' pages must learn of.

use sea_orm::entity::prelude::*;

/// What readers' pages must learn of.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "changes")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    /// The kind of record.
    pub subject: String,
    /// The record.
    pub subject_id: i64,
    /// The section whose lists changed.
    pub section_id: Option<i64>,
    /// Whether the order of lists changed: an article came, went, took another place, was pinned, or got another picture.
    pub moved: bool,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
