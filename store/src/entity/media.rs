//! A picture or file of the media library.

use sea_orm::entity::prelude::*;

/// A picture or file of the media library.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "media")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// `<sha-256>.<extension>`, the name in the media store.
    pub key: String,
    /// The name under which it came.
    pub file_name: String,
    /// By content, not by name.
    pub content_type: String,
    /// Its size.
    pub bytes: i64,
    /// In pixels; 0 for files.
    pub width: i32,
    /// In pixels; 0 for files.
    pub height: i32,
    /// What is said in its place.
    pub alt: String,
    /// The focal point, per cent from the left.
    pub focus_x: i32,
    /// The focal point, per cent from the top.
    pub focus_y: i32,
    /// The widths that exist, as JSON; empty is the original only.
    pub widths: String,
    /// What it is in the library: the key of a [`content::media::MediaKind`].
    pub kind: String,
    /// How far the widths are: empty is done, `waiting`, or the word for why they could not be made.
    pub making: String,
    /// Who brought it.
    pub account_id: Option<i64>,
    /// Milliseconds since 1970, UTC.
    pub created_at: i64,
    /// Since when it is in the bin.
    pub deleted_at: Option<i64>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
