//! A section (栏目).

use sea_orm::entity::prelude::*;

/// A section (栏目).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sections")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The section above.
    pub parent_id: Option<i64>,
    /// Its place in the tree: a section stands before those below it.
    pub position: i32,
    /// Its name in addresses.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// One sentence for readers.
    pub description: String,
    /// `ColumnKeywords`.
    pub keywords: String,
    /// `ColumnType`.
    pub column_type: String,
    /// `content::section::SectionKind::key`.
    pub kind: String,
    /// Where it leads, where it is another site.
    pub link: String,
    /// `content::section::Template::key`; empty is the usual list.
    pub template: String,
    /// Whether navigation shows it.
    pub visible: bool,
    /// How many reviews an article passes, 0 to 5.
    pub stages: i32,
    /// How many of its articles readers see.
    pub published_count: i64,
    /// How many articles stand in it, whatever their state.
    pub article_count: i64,
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
