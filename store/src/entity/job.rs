//! Work that outlives a request.

use sea_orm::entity::prelude::*;

/// Work that outlives a request.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// What to do.
    pub kind: String,
    /// `waiting`, `running`, `done` or `failed`.
    pub state: String,
    /// Not before this time.
    pub run_at: i64,
    /// How often it was begun.
    pub attempts: i32,
    /// What to do it with, as JSON.
    pub payload: String,
    /// How far it is.
    pub done: i64,
    /// How far it goes; 0 is unknown.
    pub total: i64,
    /// Why it failed.
    pub error: String,
    /// Which process has it.
    pub worker: String,
    /// Until when that process may be silent.
    pub leased_until: Option<i64>,
    /// Who asked for it.
    pub account_id: Option<i64>,
    /// Milliseconds since 1970, UTC.
    pub created_at: i64,
    /// Milliseconds since 1970, UTC.
    pub finished_at: Option<i64>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
