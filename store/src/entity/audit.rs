//! Who did what, when.

use sea_orm::entity::prelude::*;

/// Who did what, when. Logs are kept for at least six months: nothing here is ever changed or deleted by the system.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    /// `content::Actor::kind`.
    pub actor: String,
    /// The account, if one acted.
    pub account_id: Option<i64>,
    /// What was done.
    pub action: String,
    /// The kind of record.
    pub subject: String,
    /// The record; none for a batch.
    pub subject_id: Option<i64>,
    /// What was, as JSON; empty where nothing was.
    pub before: String,
    /// What is, as JSON.
    pub after: String,
    /// From where.
    pub address: String,
    /// The name of the token with which the account acted; empty where it acted by itself.
    pub token: String,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
