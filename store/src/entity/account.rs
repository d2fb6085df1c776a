//! Somebody who can sign in.

use sea_orm::entity::prelude::*;

/// Somebody who can sign in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The name to sign in with.
    pub name: String,
    /// The name that others see.
    pub display_name: String,
    /// Argon2id; empty until a password was set.
    pub password_hash: String,
    /// The second factor; empty where there is none.
    pub totp_secret: String,
    /// Whether signing in is refused.
    pub disabled: bool,
    /// Milliseconds since 1970, UTC.
    pub created_at: i64,
    /// Milliseconds since 1970, UTC.
    pub updated_at: i64,
    /// The key of the journals that this account's browsers keep.
    pub journal_key: String,
    /// A second factor that was offered and not confirmed.
    pub totp_pending: String,
    /// The last step of the second factor that was used.
    pub totp_step: i64,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
