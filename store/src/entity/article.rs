//! An article: its place, its state, its two current revisions.

use sea_orm::entity::prelude::*;

/// An article: its place, its state, its two current revisions.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "articles")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Where it stands.
    pub section_id: i64,
    /// `content::article::State::key`.
    pub state: String,
    /// Who wrote it here.
    pub author_id: Option<i64>,
    /// What editors see.
    pub working_revision_id: Option<i64>,
    /// What readers see; none is not public.
    pub published_revision_id: Option<i64>,
    /// The time that readers are shown.
    pub shown_at: Option<i64>,
    /// The picture that stands for it in lists.
    pub lead_media_id: Option<i64>,
    /// When readers could see it first. Never changes.
    pub first_published_at: Option<i64>,
    /// When readers got the text that they see.
    pub last_published_at: Option<i64>,
    /// When it will become public.
    pub scheduled_at: Option<i64>,
    /// With which text it will become public.
    pub scheduled_revision_id: Option<i64>,
    /// Until when readers see it on top of its section; none is not at all.
    pub pinned_until: Option<i64>,
    /// Since when.
    pub pinned_at: Option<i64>,
    /// Since when it is in the bin.
    pub deleted_at: Option<i64>,
    /// Where an import found it.
    pub identity: Option<String>,
    /// What the import found.
    pub digest: String,
    /// Where it stood before.
    pub old_url: String,
    /// With which import it came.
    pub import_id: Option<i64>,
    /// Milliseconds since 1970, UTC.
    pub created_at: i64,
    /// Milliseconds since 1970, UTC.
    pub updated_at: i64,
    /// Counts the changes of this row.
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
