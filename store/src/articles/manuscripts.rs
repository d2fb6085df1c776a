//! Revisions as manuscripts: read, and written with what hangs on them.

use super::row::statement;
use crate::{
    Error, Result,
    entity::{article, media, revision},
    sections, unix_now,
};
use content::{
    AccountId, Document, MediaId, Refusal, RevisionId, SectionId, Timestamp,
    article::Fields,
    manuscript::{Manuscript, Placement},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
};

/// How revisions are stored. `FOLDED` ones are within a burst: they stay only as long as somebody's tab is based on them.
pub mod kind {
    /// Brought in.
    pub const IMPORT: &str = "import";
    /// A burst of saves.
    pub const AUTOSAVE: &str = "autosave";
    /// Within a burst.
    pub const FOLDED: &str = "folded";
    /// Kept on purpose.
    pub const KEPT: &str = "kept";
    /// An earlier one made current again.
    pub const RESTORED: &str = "restored";
    /// The text as it stood when it was taken from readers.
    pub const WITHDRAWN: &str = "withdrawn";
}

/// What a revision holds. Those that were brought in have no place of their own: it is the article's.
pub async fn read(db: &impl ConnectionTrait, article: &article::Model, row: &revision::Model) -> Result<Manuscript> {
    let mut placement = if let Some(placement) = placement(row)? {
        placement
    } else {
        let sql = "SELECT section_id FROM article_sections WHERE article_id = $1 ORDER BY section_id";
        let rows = db.query_all_raw(statement(db, sql, [article.id.into()])).await?;
        let further = rows.iter().map(|row| Ok(SectionId(row.try_get("", "section_id")?))).collect::<Result<_>>()?;
        Placement {
            further,
            lead: None,
            shown: row.shown_at.map(Timestamp),
            pinned_until: article.pinned_until.map(Timestamp),
            ..Placement::in_section(SectionId(article.section_id))
        }
    };
    super::merging::settle(db, SectionId(article.section_id), &mut placement).await?;
    let body = Document::from_json(&row.body)
        .map_err(|refusal| Error::Corrupt(format!("the text of revision {}: {refusal}", row.id)))?;
    Ok(Manuscript { fields: fields(row), placement, body })
}

/// The place that a revision has of its own.
pub fn placement(row: &revision::Model) -> Result<Option<Placement>> {
    placement_of(content::ArticleId(row.article_id), &row.extra)
}

/// The same of a revision's column alone.
pub fn placement_of(article: content::ArticleId, extra: &str) -> Result<Option<Placement>> {
    if extra.is_empty() {
        return Ok(None);
    }
    let placement = serde_json::from_str(extra);
    Ok(Some(placement.map_err(|error| Error::Corrupt(format!("the place of article {article}: {error}")))?))
}

fn fields(row: &revision::Model) -> Fields {
    Fields {
        title: row.title.clone(),
        subtitle: row.subtitle.clone(),
        byline: row.byline.clone(),
        dateline: row.dateline.clone(),
        source: row.source.clone(),
        author: row.author.clone(),
        editor: row.editor.clone(),
        summary: row.summary.clone(),
        keywords: row.keywords.clone(),
    }
}

/// A revision that is to be written.
pub struct NewRevision<'a> {
    pub base: Option<i64>,
    pub kind: &'static str,
    pub name: &'a str,
    pub account: Option<AccountId>,
    /// When its burst began.
    pub began: i64,
}

/// Writes a revision and makes it the one that editors see. While readers see nothing of the article, its place is the
/// article's; otherwise readers' lists go on as they are until it is published. A pin is the article's only once it is.
pub async fn write(
    tx: &impl ConnectionTrait,
    article: &article::Model,
    manuscript: &Manuscript,
    new: NewRevision<'_>,
) -> Result<RevisionId> {
    let Manuscript { fields, placement, body } = manuscript;
    check_media(tx, manuscript).await?;
    let now = unix_now().0;
    let lead = placement.lead.or_else(|| body.pictures().first().copied()).map(|id| id.0);
    let row = revision::ActiveModel {
        article_id: Set(article.id),
        base_id: Set(new.base),
        kind: Set(new.kind.to_owned()),
        name: Set(new.name.to_owned()),
        account_id: Set(new.account.map(|account| account.0)),
        created_at: Set(now),
        began_at: Set(new.began),
        shown_at: Set(placement.shown.map(|at| at.0)),
        lead_media_id: Set(lead),
        title: Set(fields.title.clone()),
        subtitle: Set(fields.subtitle.clone()),
        byline: Set(fields.byline.clone()),
        dateline: Set(fields.dateline.clone()),
        source: Set(fields.source.clone()),
        author: Set(fields.author.clone()),
        editor: Set(fields.editor.clone()),
        summary: Set(fields.summary.clone()),
        keywords: Set(fields.keywords.clone()),
        extra: Set(serde_json::to_string(placement).map_err(|error| Error::Corrupt(error.to_string()))?),
        body: Set(body.to_json()?),
        ..Default::default()
    };
    let id = row.insert(tx).await?.id;
    note_media(tx, id, manuscript).await?;
    let mut change = article::ActiveModel {
        id: Set(article.id),
        working_revision_id: Set(Some(id)),
        updated_at: Set(now),
        version: Set(article.version + 1),
        ..Default::default()
    };
    if article.published_revision_id.is_none() {
        change.section_id = Set(placement.section.0);
        change.shown_at = Set(placement.shown.map(|at| at.0));
        change.lead_media_id = Set(lead);
        place(tx, article.id, placement).await?;
        sections::counted(tx, [(SectionId(article.section_id), -1), (placement.section, 1)]).await?;
    }
    change.update(tx).await?;
    super::search::put(tx, &[(content::ArticleId(article.id), super::search::text_of(fields))]).await?;
    Ok(RevisionId(id))
}

/// The further sections of an article.
pub async fn place(tx: &impl ConnectionTrait, article: i64, placement: &Placement) -> Result<()> {
    let sql = "DELETE FROM article_sections WHERE article_id = $1";
    tx.execute_raw(statement(tx, sql, [article.into()])).await?;
    let mut further = placement.further.clone();
    further.retain(|section| *section != placement.section);
    further.sort_unstable();
    further.dedup();
    for section in further {
        let sql = "INSERT INTO article_sections (article_id, section_id) VALUES ($1, $2)";
        tx.execute_raw(statement(tx, sql, [article.into(), section.0.into()])).await?;
    }
    Ok(())
}

fn named(manuscript: &Manuscript) -> Vec<MediaId> {
    let mut ids = manuscript.body.media();
    ids.extend(manuscript.placement.attachments.iter().chain(&manuscript.placement.lead));
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Everything that is named exists.
async fn check_media(tx: &impl ConnectionTrait, manuscript: &Manuscript) -> Result<()> {
    let ids = named(manuscript);
    if ids.is_empty() {
        return Ok(());
    }
    let there: Vec<i64> = media::Entity::find()
        .select_only()
        .column(media::Column::Id)
        .filter(media::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .into_tuple()
        .all(tx)
        .await?;
    match ids.iter().find(|id| !there.contains(&id.0)) {
        None => Ok(()),
        Some(id) => Err(Refusal::BadDocument { rule: format!("there is no file {id}") }.into()),
    }
}

async fn note_media(tx: &impl ConnectionTrait, revision: i64, manuscript: &Manuscript) -> Result<()> {
    for id in named(manuscript) {
        let sql = "INSERT INTO media_uses (media_id, revision_id) VALUES ($1, $2)";
        tx.execute_raw(statement(tx, sql, [id.0.into(), revision.into()])).await?;
    }
    Ok(())
}
