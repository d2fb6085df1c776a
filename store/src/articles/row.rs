//! The rows that lists are made of, and the one way to ask for them.

use crate::{Result, Store, media, sections};
use content::{
    ArticleId, MediaId, Timestamp,
    media::Picture,
    reading::{ArticleLink, Teaser},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};

/// The columns of [`Row`] but the section in whose list it stands.
const COLUMNS: &str = "a.id, a.shown_at, s.slug, s.name, r.title, r.summary, \
     m.id AS media_id, m.key AS media_key, m.width AS media_width, m.height AS media_height, m.alt AS media_alt, \
     m.widths AS media_widths, m.focus_x AS media_focus_x, m.focus_y AS media_focus_y";

/// What is read of each article before the joins: its order and its references.
const PICKED: &str = "id, section_id, shown_at, published_revision_id, lead_media_id, pinned_at";

/// A statement on either engine: both read `$1`.
pub(crate) fn statement(db: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

/// A list of public articles, newest first, the pinned ones by their pins. `picked` is the condition, order, limit and
/// offset over `articles`: the rows that an offset skips are skipped in the index, before anything is joined.
pub(super) fn list_of(picked: &str) -> String {
    let order = if picked.contains("pinned_at") { "a.pinned_at DESC, a.id DESC" } else { "a.shown_at DESC, a.id DESC" };
    format!(
        "SELECT a.section_id AS listed_in, {COLUMNS} FROM (SELECT {PICKED} FROM articles \
         WHERE published_revision_id IS NOT NULL {picked}) a {JOINS} ORDER BY {order}"
    )
}

/// The same of a section's list: `picked` goes over `list_entries`.
pub(super) fn entries_of(picked: &str) -> String {
    joined(&format!("SELECT section_id, shown_at, article_id FROM list_entries WHERE {picked}"))
}

/// Entries of lists with their articles, newest first.
pub(super) fn joined(entries: &str) -> String {
    format!(
        "SELECT e.section_id AS listed_in, {COLUMNS} FROM ({entries}) e JOIN articles a ON a.id = e.article_id {JOINS} \
         ORDER BY e.shown_at DESC, e.article_id DESC"
    )
}

/// From an article to its section, its published revision and its picture.
const JOINS: &str = "JOIN revisions r ON r.id = a.published_revision_id \
     JOIN sections s ON s.id = a.section_id LEFT JOIN media m ON m.id = a.lead_media_id";

/// An article of a list.
#[derive(Debug, FromQueryResult)]
pub(super) struct Row {
    /// The section in whose list it stands: its own or a further one.
    pub(super) listed_in: i64,
    id: i64,
    shown_at: i64,
    slug: String,
    name: String,
    title: String,
    summary: String,
    media_id: Option<i64>,
    media_key: Option<String>,
    media_width: Option<i32>,
    media_height: Option<i32>,
    media_alt: Option<String>,
    media_widths: Option<String>,
    media_focus_x: Option<i32>,
    media_focus_y: Option<i32>,
}

impl Row {
    pub(super) fn link(self, store: &Store) -> Result<ArticleLink> {
        Ok(self.teaser(store)?.link)
    }

    pub(super) fn teaser(self, store: &Store) -> Result<Teaser> {
        let side = |pixels: Option<i32>| pixels.and_then(|p| u32::try_from(p).ok()).unwrap_or_default();
        let picture = self.media_id.zip(self.media_key).map(|(id, key)| Picture {
            id: MediaId(id),
            key,
            width: side(self.media_width),
            height: side(self.media_height),
            alt: self.media_alt.unwrap_or_default(),
            widths: media::widths(self.media_widths.as_deref().unwrap_or_default()),
            focus: media::focus(self.media_focus_x.unwrap_or(50), self.media_focus_y.unwrap_or(50)),
        });
        let link = ArticleLink {
            id: ArticleId(self.id),
            section: sections::link(self.slug, self.name)?,
            title: self.title,
            shown: store.zone.shown(Timestamp(self.shown_at)),
        };
        Ok(Teaser { link, summary: self.summary, picture })
    }
}

impl Store {
    /// Rows of a list of public articles.
    pub(super) async fn rows(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<Vec<Row>> {
        Ok(Row::find_by_statement(statement(&self.db, sql, values)).all(&self.db).await?)
    }
}
