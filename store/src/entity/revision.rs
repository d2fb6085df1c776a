//! One state of an article's text and fields. Never changed once another is based on it.

use sea_orm::entity::prelude::*;

/// One state of an article's text and fields. Never changed once another is based on it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revisions")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Whose.
    pub article_id: i64,
    /// The revision that the writer had before them.
    pub base_id: Option<i64>,
    /// `articles::manuscripts::kind`.
    pub kind: String,
    /// The name of a revision that was kept.
    pub name: String,
    /// Who wrote it.
    pub account_id: Option<i64>,
    /// Milliseconds since 1970, UTC.
    pub created_at: i64,
    /// The time that readers are shown.
    pub shown_at: Option<i64>,
    /// The picture for lists.
    pub lead_media_id: Option<i64>,
    /// 标题.
    pub title: String,
    /// 副题.
    pub subtitle: String,
    /// The speaker and the office.
    pub byline: String,
    /// The day of a speech, as printed.
    pub dateline: String,
    /// 来源.
    pub source: String,
    /// 作者.
    pub author: String,
    /// 责任编辑.
    pub editor: String,
    /// 摘要.
    pub summary: String,
    /// 关键词.
    pub keywords: String,
    /// The place as JSON; empty is the article's own.
    pub extra: String,
    /// The document tree as JSON.
    pub body: String,
    /// When the burst of saves began that this is the last of.
    pub began_at: i64,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
