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
    /// The emblem of the masthead: that of the identity, where statements find it.
    pub emblem_media_id: Option<i64>,
    /// `content::site::FrontPlan` as JSON; empty is what the system chooses.
    pub front: String,
    /// `content::site::Friend`s as JSON; empty is none.
    pub friends: String,
    /// `content::site::NoticeDraft`s as JSON; empty is none.
    pub notices: String,
    /// When the next notice begins or ends.
    pub next_notice_at: Option<i64>,
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
    /// Counts the changes of the identity.
    pub identity_version: i32,
    /// Counts the changes of the front page, its friends and its notices.
    pub front_version: i32,
    /// Counts the changes of the tree of sections.
    pub sections_version: i32,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
