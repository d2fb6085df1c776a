//! What was found on the pages of an uploaded site: looked at, corrected, chosen.

use super::{CHANGED, allowed};
use crate::{
    Error, Result, Store,
    articles::statement,
    records::{self, Subject},
    unix_now,
};
use content::{
    Actor, ArticleId, Document, ImportId, Refusal,
    article::{LONGEST_LINE, limited},
    moving::{Corrections, DOUBTFUL, FIELDS, FOUND_PAGE, FoundField, FoundList, FoundPage, FoundRow, Which},
    time::WrittenTime,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult};
use serde::{Deserialize, Serialize};

/// What a page is kept as. `fields` are the values of the report, in the order of `FIELDS`.
#[derive(Clone, Debug)]
pub struct PageRow {
    /// The file.
    pub file: String,
    /// Whether it holds an article.
    pub article: bool,
    /// The least of what an article cannot do without, in per cent.
    pub confidence: u8,
    /// What was found.
    pub found: Kept,
    /// The text.
    pub body: Document,
}

/// What was found, as it is kept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Kept {
    /// In the order of `FIELDS`: value, per cent, where.
    pub fields: Vec<(String, u8, String)>,
    /// What was left out.
    pub notes: Vec<String>,
    /// Addresses of pictures.
    pub pictures: Vec<String>,
    /// Addresses of files.
    pub files: Vec<String>,
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    file: String,
    kind: String,
    confidence: i32,
    title: String,
    found: String,
    fields: String,
    chosen: bool,
    article_id: Option<i64>,
    outcome: String,
}

const ROWS: &str =
    "SELECT id, file, kind, confidence, title, found, fields, chosen, article_id, outcome FROM import_pages";

/// Pages of a list. Below `DOUBTFUL` per cent is what nobody should let in unseen.
fn belongs(which: Which) -> String {
    match which {
        Which::Articles => "kind = 'article'".to_owned(),
        Which::Doubtful => format!("kind = 'article' AND confidence < {DOUBTFUL} AND fields IN ('', '{{}}')"),
        Which::Lists => "kind = 'list'".to_owned(),
        Which::Missing => "kind = 'article' AND outcome <> '' AND article_id IS NULL".to_owned(),
        Which::Changed => format!(
            "EXISTS (SELECT 1 FROM {CHANGED} r.id = import_pages.article_id AND r.import_id = import_pages.import_id)"
        ),
    }
}

/// What finds a text anywhere, in the pattern's own signs; nothing finds everything.
fn containing(text: &str) -> String {
    let text = text.trim().to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{text}%")
}

impl Store {
    /// Pages of an import that have a text in their titles or the names of their files, those of which least is sure
    /// first, behind `after`.
    ///
    /// # Errors
    /// An actor who may not; a text that is too long.
    pub async fn found_pages(
        &self,
        actor: &Actor,
        id: ImportId,
        (which, text): (Which, &str),
        after: Option<(u8, i64)>,
    ) -> Result<FoundList> {
        allowed(actor)?;
        limited("query", text, LONGEST_LINE)?;
        let (confidence, last) = after.map_or((-1, 0), |(confidence, last)| (i64::from(confidence), last));
        let sql = format!(
            "{ROWS} WHERE import_id = $1 AND {} AND (confidence > $2 OR (confidence = $2 AND id > $3)) \
             AND (LOWER(file) LIKE $5 ESCAPE '!' OR LOWER(title) LIKE $5 ESCAPE '!') ORDER BY confidence, id LIMIT $4",
            belongs(which)
        );
        let values =
            [id.0.into(), confidence.into(), last.into(), i64::from(FOUND_PAGE + 1).into(), containing(text).into()];
        let rows = Row::find_by_statement(statement(&self.db, &sql, values)).all(&self.db).await?;
        let mut rows = rows.into_iter().map(|row| Ok(read(row)?.0)).collect::<Result<Vec<FoundRow>>>()?;
        let more = rows.len() > FOUND_PAGE as usize;
        rows.truncate(FOUND_PAGE as usize);
        let next = rows.last().filter(|_| more).map(|row| (row.confidence, row.id));
        let (counts, chosen) = self.counts_of(id).await?;
        Ok(FoundList { rows, next, counts, chosen })
    }

    /// How many pages there are of each kind, and how many are to come in.
    async fn counts_of(&self, id: ImportId) -> Result<([u64; 5], u64)> {
        let all = Which::ALL.map(belongs).into_iter().chain(["chosen".to_owned()]);
        let columns = all.enumerate().map(|(n, those)| format!("SUM(CASE WHEN {those} THEN 1 ELSE 0 END) AS c{n}"));
        let sql = format!("SELECT {} FROM import_pages WHERE import_id = $1", columns.collect::<Vec<_>>().join(", "));
        let row = self.db.query_one_raw(statement(&self.db, &sql, [id.0.into()])).await?;
        let count = |n: usize| {
            let found: Option<i64> = row.as_ref().map_or(Ok(None), |row| row.try_get("", &format!("c{n}")))?;
            Ok::<_, Error>(u64::try_from(found.unwrap_or_default()).unwrap_or_default())
        };
        let mut counts = [0; 5];
        for (n, counted) in counts.iter_mut().enumerate() {
            *counted = count(n)?;
        }
        Ok((counts, count(counts.len())?))
    }

    /// One page with all that was found.
    ///
    /// # Errors
    /// An actor who may not; a page that is not there.
    pub async fn found_page(&self, actor: &Actor, id: ImportId, page: i64) -> Result<FoundPage> {
        allowed(actor)?;
        let sql = format!("{ROWS} WHERE import_id = $1 AND id = $2");
        let row = Row::find_by_statement(statement(&self.db, &sql, [id.0.into(), page.into()])).one(&self.db).await?;
        let (row, kept, corrected) = read(row.ok_or(Refusal::NotFound)?)?;
        let sql = "SELECT body FROM import_pages WHERE id = $1";
        let body = self.db.query_one_raw(statement(&self.db, sql, [page.into()])).await?.ok_or(Refusal::NotFound)?;
        let field = |(name, (value, confidence, found)): (&&str, (String, u8, String))| FoundField {
            name: (*name).to_owned(),
            value,
            confidence,
            found,
            corrected: corrected.get(*name).cloned(),
        };
        Ok(FoundPage {
            row,
            fields: FIELDS.iter().zip(kept.fields).map(field).collect(),
            body: Document::from_json(&body.try_get::<String>("", "body")?)?,
            notes: kept.notes,
            pictures: kept.pictures,
            files: kept.files,
        })
    }

    /// What was corrected of a page of this file.
    ///
    /// # Errors
    /// An actor who may not.
    pub async fn corrections_of(&self, actor: &Actor, id: ImportId, file: &str) -> Result<Option<(i64, Corrections)>> {
        allowed(actor)?;
        let sql = format!("{ROWS} WHERE import_id = $1 AND file = $2");
        let row = Row::find_by_statement(statement(&self.db, &sql, [id.0.into(), file.into()])).one(&self.db).await?;
        row.filter(|row| row.chosen).map(|row| read(row).map(|(row, _, corrected)| (row.id, corrected))).transpose()
    }

    /// Corrects what was found on a page, and says whether it is to come in.
    ///
    /// # Errors
    /// An actor who may not; a field that is not known or too long, a time that is none; a page that is not there.
    pub async fn correct_page(
        &self,
        actor: &Actor,
        id: ImportId,
        page: i64,
        (corrections, chosen): (&Corrections, bool),
    ) -> Result<()> {
        allowed(actor)?;
        for (name, value) in corrections {
            if !FIELDS.contains(&name.as_str()) {
                return Err(Refusal::BadText { field: content::refusal::quoted(name) }.into());
            }
            limited(name, value, LONGEST_LINE)?;
            if name == "publish_time" && !value.is_empty() {
                WrittenTime::parse(value)?;
            }
        }
        let json = serde_json::to_string(corrections).map_err(|error| Error::Corrupt(error.to_string()))?;
        let tx = self.write().await?;
        let sql = "SELECT fields, chosen FROM import_pages WHERE import_id = $1 AND id = $2";
        let row = tx.query_one_raw(statement(&tx, sql, [id.0.into(), page.into()])).await?.ok_or(Refusal::NotFound)?;
        let before: String = row.try_get("", "fields")?;
        let title = corrections.get("title").cloned();
        let sql = "UPDATE import_pages SET fields = $3, chosen = $4, title = COALESCE($5, title) \
                   WHERE import_id = $1 AND id = $2";
        let values = [id.0.into(), page.into(), json.as_str().into(), chosen.into(), title.into()];
        tx.execute_raw(statement(&tx, sql, values)).await?;
        records::audit(&tx, actor, "correct_page", (Subject::Import, Some(id.0)), &before, &json).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Keeps pages that were read. What was corrected of the same files stays, and so does what was chosen, unless the
    /// page is of another kind now.
    ///
    /// # Errors
    /// A database that does not take them.
    pub async fn keep_pages(&self, id: ImportId, pages: &[PageRow], progress: (u64, u64)) -> Result<()> {
        let tx = self.write().await?;
        for page in pages {
            let found = serde_json::to_string(&page.found).map_err(|error| Error::Corrupt(error.to_string()))?;
            let title = page.found.fields.first().map_or("", |(title, ..)| title);
            let kind = if page.article { "article" } else { "list" };
            let sql = "INSERT INTO import_pages (import_id, file, kind, confidence, title, found, body, chosen) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (import_id, file) DO UPDATE SET \
                       chosen = CASE WHEN import_pages.kind = $3 THEN import_pages.chosen ELSE $8 END, \
                       kind = $3, confidence = $4, title = $5, found = $6, body = $7, outcome = ''";
            let values = [
                id.0.into(),
                page.file.as_str().into(),
                kind.into(),
                i32::from(page.confidence).into(),
                title.into(),
                found.into(),
                page.body.to_json()?.into(),
                page.article.into(),
            ];
            tx.execute_raw(statement(&tx, sql, values)).await?;
        }
        note_progress(&tx, id, progress).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Notes what became of pages: the article, or why there is none.
    ///
    /// # Errors
    /// A database that does not take it.
    pub async fn note_outcomes(
        &self,
        id: ImportId,
        outcomes: &[(String, std::result::Result<ArticleId, String>)],
        progress: (u64, u64),
    ) -> Result<()> {
        let tx = self.write().await?;
        for (file, outcome) in outcomes {
            let (article, why) = match outcome {
                Ok(article) => (Some(article.0), ""),
                Err(why) => (None, why.as_str()),
            };
            let sql = "UPDATE import_pages SET article_id = $3, outcome = $4 WHERE import_id = $1 AND file = $2";
            let values = [id.0.into(), file.as_str().into(), article.into(), why.into()];
            tx.execute_raw(statement(&tx, sql, values)).await?;
        }
        note_progress(&tx, id, progress).await?;
        tx.commit().await?;
        Ok(())
    }
}

async fn note_progress(tx: &DatabaseTransaction, id: ImportId, (done, total): (u64, u64)) -> Result<()> {
    let sql = "UPDATE imports SET done = $2, total = $3, updated_at = $4 WHERE id = $1";
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let values = [id.0.into(), number(done).into(), number(total).into(), unix_now().0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

fn read(row: Row) -> Result<(FoundRow, Kept, Corrections)> {
    let corrupt = |error: serde_json::Error| Error::Corrupt(format!("page {} of an import: {error}", row.id));
    let kept: Kept = serde_json::from_str(&row.found).map_err(corrupt)?;
    let corrected: Corrections =
        if row.fields.is_empty() { Corrections::new() } else { serde_json::from_str(&row.fields).map_err(corrupt)? };
    let value = |name: &str| {
        let found = FIELDS.iter().position(|field| *field == name).and_then(|at| kept.fields.get(at));
        corrected.get(name).cloned().or_else(|| found.map(|(value, ..)| value.clone())).unwrap_or_default()
    };
    let shown = FoundRow {
        id: row.id,
        file: row.file,
        article: row.kind == "article",
        confidence: u8::try_from(row.confidence).unwrap_or_default(),
        title: corrected.get("title").cloned().unwrap_or(row.title),
        time: value("publish_time"),
        section: value("section"),
        corrected: !corrected.is_empty(),
        chosen: row.chosen,
        became: row.article_id.map(ArticleId),
        outcome: row.outcome,
    };
    Ok((shown, kept, corrected))
}
