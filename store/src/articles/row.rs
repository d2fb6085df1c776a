//! The rows that lists are made of, and the one way to ask for them.

use crate::{Result, Store, media, sections};
use content::{
    ArticleId, MediaId, Timestamp,
    media::Picture,
    reading::{ArticleLink, Teaser},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};

/// The columns of [`Row`] but the list in which it stands.
const COLUMNS: &str = "a.id, a.shown_at, s.slug, s.name, r.title, r.summary, \
     m.id AS media_id, m.key AS media_key, m.width AS media_width, m.height AS media_height, m.alt AS media_alt, \
     m.widths AS media_widths, m.focus_x AS media_focus_x, m.focus_y AS media_focus_y";

/// A statement on either engine: both read `$1`.
pub(crate) fn statement(db: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

/// A list of public articles. `mark` is how its rows are known among those of other lists; `picked` is the condition, order
/// and limit over `articles`: the rows that are not wanted are left in the index, before anything is joined.
pub(super) fn public(mark: i64, picked: &str) -> String {
    format!(
        "SELECT CAST({mark} AS BIGINT) AS list, shown_at AS at, id AS article_id FROM articles \
         WHERE published_revision_id IS NOT NULL {picked}"
    )
}

/// The list of a section, whose number marks its rows: `picked` goes over `list_entries`.
pub(super) fn entries(picked: &str) -> String {
    format!("SELECT section_id AS list, shown_at AS at, article_id FROM list_entries WHERE {picked}")
}

/// Several lists with their articles in one statement, newest first within each.
pub(super) fn joined(lists: &[String]) -> String {
    joined_with("", lists)
}

/// The same with further columns, each after a comma. `e.list` is the mark of the list.
pub(super) fn joined_with(columns: &str, lists: &[String]) -> String {
    let all: Vec<String> = lists.iter().zip(1..).map(|(list, n)| format!("SELECT * FROM ({list}) l{n}")).collect();
    format!(
        "SELECT e.list, {COLUMNS}{columns} FROM ({}) e JOIN articles a ON a.id = e.article_id {JOINS} \
         ORDER BY e.at DESC, e.article_id DESC",
        all.join(" UNION ALL ")
    )
}

/// From an article to its section, its published revision and its picture.
const JOINS: &str = "JOIN revisions r ON r.id = a.published_revision_id \
     JOIN sections s ON s.id = a.section_id LEFT JOIN media m ON m.id = a.lead_media_id";

/// An article of a list.
#[derive(Debug, FromQueryResult)]
pub(super) struct Row {
    /// The mark of the list in which it stands.
    pub(super) list: i64,
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
    /// Where it stands in a list.
    pub(super) const fn place(&self) -> (i64, i64) {
        (self.shown_at, self.id)
    }

    /// Whether title or summary hold a text in lower case.
    pub(super) fn holds(&self, text: &str) -> bool {
        [&self.title, &self.summary].iter().any(|said| said.to_lowercase().contains(text))
    }

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
