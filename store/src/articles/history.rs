//! The history of an article.

use super::{
    desk::may_see,
    manuscripts::{self, kind},
    row::statement,
    saving::{editable, name_it, revision_of},
};
use crate::{
    Result, Store,
    entity::{article, revision},
    records::{self, Subject},
};
use content::{
    Actor, ArticleId, Refusal, RevisionId, Timestamp,
    article::limited,
    document::diff,
    manuscript::{Comparison, FieldChange, LONGEST_REVISION_NAME, Manuscript, RevisionKind, RevisionRow},
    permission::Action,
};
use sea_orm::{EntityTrait, FromQueryResult};

/// Revisions in one answer.
const PAGE: i64 = 50;

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    kind: String,
    name: String,
    created_at: i64,
    title: String,
    display_name: Option<String>,
}

/// Columns of [`Row`]; the text of a revision is not touched.
const SELECT: &str = "SELECT r.id, r.kind, r.name, r.created_at, r.title, a.display_name FROM revisions r \
     LEFT JOIN accounts a ON a.id = r.account_id WHERE r.article_id = $1";

impl Store {
    /// The revisions of an article, the newest first.
    ///
    /// # Errors
    /// An actor who may see nothing, an article that is not there.
    pub async fn revisions(
        &self,
        actor: &Actor,
        id: ArticleId,
        before: Option<RevisionId>,
    ) -> Result<Vec<RevisionRow>> {
        let article = self.seen(actor, id).await?;
        let sql = format!("{SELECT} AND r.kind <> $2 AND r.id < $3 ORDER BY r.id DESC LIMIT $4");
        let before = before.map_or(i64::MAX, |id| id.0);
        let values = [id.0.into(), kind::FOLDED.into(), before.into(), PAGE.into()];
        let rows = Row::find_by_statement(statement(&self.db, &sql, values)).all(&self.db).await?;
        Ok(rows.into_iter().map(|row| self.revision_row(&article, row)).collect())
    }

    /// What a revision holds.
    ///
    /// # Errors
    /// An actor who may see nothing, a revision that is not one of the article's.
    pub async fn revision(&self, actor: &Actor, id: ArticleId, revision: RevisionId) -> Result<Manuscript> {
        let article = self.seen(actor, id).await?;
        let row = revision_of(&self.db, &article, revision).await?;
        manuscripts::read(&self.db, &article, &row).await
    }

    /// Two revisions beside each other.
    ///
    /// # Errors
    /// An actor who may see nothing, a revision that is not one of the article's.
    pub async fn compare_revisions(
        &self,
        actor: &Actor,
        id: ArticleId,
        older: RevisionId,
        newer: RevisionId,
    ) -> Result<Comparison> {
        let article = self.seen(actor, id).await?;
        let (one, other) = (self.revision(actor, id, older).await?, self.revision(actor, id, newer).await?);
        Ok(Comparison {
            older: self.row_of(&article, older).await?,
            newer: self.row_of(&article, newer).await?,
            fields: fields(&one, &other),
            blocks: diff::diff(&one.body, &other.body),
        })
    }

    /// Keeps a revision under a name.
    ///
    /// # Errors
    /// An actor who may not, a name that is too long, a revision that is not one of the article's.
    pub async fn name_revision(&self, actor: &Actor, id: ArticleId, revision: RevisionId, name: &str) -> Result<()> {
        limited("revision_name", name, LONGEST_REVISION_NAME)?;
        let tx = self.write().await?;
        let article = editable(&tx, actor, id, Action::Edit).await?;
        let row: revision::Model = revision_of(&tx, &article, revision).await?;
        name_it(&tx, row.id, name).await?;
        records::audit(&tx, actor, "name", (Subject::Article, Some(id.0)), &row.name, name).await?;
        Ok(tx.commit().await?)
    }

    async fn seen(&self, actor: &Actor, id: ArticleId) -> Result<article::Model> {
        may_see(actor)?;
        Ok(article::Entity::find_by_id(id.0).one(&self.db).await?.ok_or(Refusal::NotFound)?)
    }

    async fn row_of(&self, article: &article::Model, revision: RevisionId) -> Result<RevisionRow> {
        let sql = format!("{SELECT} AND r.id = $2");
        let values = [article.id.into(), revision.0.into()];
        let row = Row::find_by_statement(statement(&self.db, &sql, values)).one(&self.db).await?;
        Ok(self.revision_row(article, row.ok_or(Refusal::NotFound)?))
    }

    fn revision_row(&self, article: &article::Model, row: Row) -> RevisionRow {
        let kind = match row.kind.as_str() {
            kind::IMPORT => RevisionKind::Import,
            kind::KEPT => RevisionKind::Kept,
            kind::RESTORED => RevisionKind::Restored,
            kind::WITHDRAWN => RevisionKind::Withdrawn,
            _ => RevisionKind::Autosave,
        };
        RevisionRow {
            id: RevisionId(row.id),
            kind,
            name: row.name,
            by: row.display_name.unwrap_or_default(),
            at: self.zone.shown(Timestamp(row.created_at)),
            title: row.title,
            working: article.working_revision_id == Some(row.id),
            published: article.published_revision_id == Some(row.id),
        }
    }
}

/// The fields of text that differ.
fn fields(older: &Manuscript, newer: &Manuscript) -> Vec<FieldChange> {
    let (one, other) = (&older.fields, &newer.fields);
    let pairs = [
        ("title", &one.title, &other.title),
        ("subtitle", &one.subtitle, &other.subtitle),
        ("byline", &one.byline, &other.byline),
        ("dateline", &one.dateline, &other.dateline),
        ("source", &one.source, &other.source),
        ("author", &one.author, &other.author),
        ("editor", &one.editor, &other.editor),
        ("summary", &one.summary, &other.summary),
        ("keywords", &one.keywords, &other.keywords),
    ];
    let differ = pairs.into_iter().filter(|(_, one, other)| one != other);
    differ.map(|(field, one, other)| FieldChange { field: field.to_owned(), text: diff::pieces(one, other) }).collect()
}
