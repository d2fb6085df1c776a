//! Somebody who is signed in.

use sea_orm::entity::prelude::*;

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// SHA-256 of the token: who reads the database cannot sign in with it.
    pub token_hash: String,
    /// Who.
    pub account_id: i64,
    /// Milliseconds since 1970, UTC.
    pub created_at: i64,
    /// When it was last used, to the minute.
    pub seen_at: i64,
    /// When it ends whatever happens.
    pub expires_at: i64,
    /// From where.
    pub address: String,
    /// With which browser, as it says itself.
    pub agent: String,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
