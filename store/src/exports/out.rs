//! Writes the folder, from one consistent state, beside a running server as well.

use super::{
    FORMAT, MANIFEST, Manifest, VERSION, article_path,
    files::{self, Lines, said},
    readable::{Around, Readable},
    rows::{columns, object},
    tables::{APPROVALS, ARTICLES, FILES, REVISIONS, Table},
};
use crate::{
    Error, Result, Store,
    articles::statement,
    media::{self, MediaStore},
    site, unix_now,
};
use content::{Actor, media::width_key};
use futures::StreamExt;
use object_store::{ObjectStoreExt, path::Path as Key};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult, IsolationLevel, TransactionTrait};
use std::{
    collections::{BTreeMap, HashMap},
    io::Write,
    path::Path,
};

/// Rows that are read at once.
const AT_ONCE: u64 = 200;

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Articles, those in the bin as well.
    pub articles: u64,
    /// Files of the media library with their widths.
    pub media: u64,
    /// Media that the records name and the media store does not have.
    pub missing: Vec<String>,
}

impl Store {
    /// Writes the whole site into a folder that is empty or not there: articles with their histories as JSON, as pages and
    /// as Markdown, media, sections, accounts without their secrets, the record. `step` is called for each article.
    ///
    /// # Errors
    /// An actor who may not; a folder that holds something; a disk that is full; what is stored and cannot be read.
    pub async fn export(
        &self,
        actor: &Actor,
        files: &MediaStore,
        folder: &Path,
        mut step: impl FnMut() + Send,
    ) -> Result<Exported> {
        site::allowed(actor)?;
        files::empty_folder(folder)?;
        let tx = self.still().await?;
        let mut exported = Exported::default();
        let around = Around::of(&tx, &self.zone).await?;
        for table in &FILES {
            write_table(&tx, table, folder).await?;
        }
        let mut after = 0;
        loop {
            let articles = Articles::after(&tx, after).await?;
            let Some(last) = articles.rows.last() else { break };
            after = last.0;
            for (id, row) in &articles.rows {
                write_article(&tx, folder, &articles, *id, row, &around).await?;
                exported.articles += 1;
                step();
            }
        }
        let numbers = numbers(&tx).await?;
        let keys = keys(&tx).await?;
        tx.commit().await?;
        // Bytes are never changed under their name, so those that the rows name are there.
        copy_media(files, folder, keys, &mut exported).await?;
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            version: VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            at: self.zone.shown(unix_now()).rfc3339().to_owned(),
            articles: exported.articles,
            media: exported.media,
            missing: exported.missing.clone(),
            numbers,
        };
        let text = serde_json::to_string_pretty(&manifest).map_err(|error| Error::Corrupt(error.to_string()))?;
        files::write(&folder.join(MANIFEST), text.as_bytes())?;
        Ok(exported)
    }

    /// A transaction that sees one state for as long as it lasts, and in which nothing is written.
    async fn still(&self) -> Result<DatabaseTransaction> {
        let level = (!self.is_sqlite()).then_some(IsolationLevel::RepeatableRead);
        Ok(self.db.begin_with_config(level, None).await?)
    }
}

async fn write_table(tx: &DatabaseTransaction, table: &Table, folder: &Path) -> Result<()> {
    let mut lines = Lines::create(folder.join(format!("{}.jsonl", table.name)))?;
    let (columns, key) = (columns(table), table.key());
    let mut after = i64::MIN;
    loop {
        let sql = format!("SELECT {columns} FROM {} WHERE {key} > $1 ORDER BY {key} LIMIT {AT_ONCE}", table.name);
        let rows = tx.query_all_raw(statement(tx, &sql, [after.into()])).await?;
        let Some(last) = rows.last() else { return lines.end() };
        after = last.try_get("", key)?;
        rows.iter().try_for_each(|row| lines.line(&object(table, row)?))?;
    }
}

/// Some articles with what hangs on them but their revisions.
struct Articles {
    rows: Vec<(i64, String)>,
    sections: HashMap<i64, Vec<i64>>,
    approvals: HashMap<i64, Vec<String>>,
}

impl Articles {
    async fn after(tx: &DatabaseTransaction, after: i64) -> Result<Self> {
        let sql = format!("SELECT {} FROM articles WHERE id > $1 ORDER BY id LIMIT {AT_ONCE}", columns(&ARTICLES));
        let rows = tx.query_all_raw(statement(tx, &sql, [after.into()])).await?;
        let row = |row: &sea_orm::QueryResult| Ok((row.try_get("", "id")?, object(&ARTICLES, row)?));
        let rows = rows.iter().map(row).collect::<Result<Vec<(i64, String)>>>()?;
        let last = rows.last().map_or(after, |(id, _)| *id);
        let range = || [after.into(), last.into()];
        let sql = "SELECT article_id, section_id FROM article_sections WHERE article_id > $1 AND article_id <= $2 \
                   ORDER BY article_id, section_id";
        let mut sections: HashMap<i64, Vec<i64>> = HashMap::new();
        for row in tx.query_all_raw(statement(tx, sql, range())).await? {
            sections.entry(row.try_get("", "article_id")?).or_default().push(row.try_get("", "section_id")?);
        }
        let sql = format!(
            "SELECT {} FROM approvals WHERE article_id > $1 AND article_id <= $2 ORDER BY id",
            columns(&APPROVALS)
        );
        let mut approvals: HashMap<i64, Vec<String>> = HashMap::new();
        for row in tx.query_all_raw(statement(tx, &sql, range())).await? {
            approvals.entry(row.try_get("", "article_id")?).or_default().push(object(&APPROVALS, &row)?);
        }
        Ok(Self { rows, sections, approvals })
    }
}

/// The three files of an article.
async fn write_article(
    tx: &DatabaseTransaction,
    folder: &Path,
    articles: &Articles,
    id: i64,
    row: &str,
    around: &Around<'_>,
) -> Result<()> {
    let path = folder.join(article_path(id));
    if let Some(parent) = path.parent() {
        files::make_folder(parent)?;
    }
    let sql = format!("SELECT {} FROM revisions WHERE article_id = $1 ORDER BY id", columns(&REVISIONS));
    let revisions = tx.query_all_raw(statement(tx, &sql, [id.into()])).await?;
    let revisions = revisions.iter().map(|row| object(&REVISIONS, row)).collect::<Result<Vec<_>>>()?;
    let none = Vec::new();
    let sections = articles
        .sections
        .get(&id)
        .map_or_else(String::new, |sections| sections.iter().map(i64::to_string).collect::<Vec<_>>().join(","));
    let approvals = articles.approvals.get(&id).unwrap_or(&none).join(",\n");
    let json = format!(
        "{{\"article\":{row},\n\"sections\":[{sections}],\n\"approvals\":[{approvals}],\n\"revisions\":[\n{}\n]}}\n",
        revisions.join(",\n")
    );
    files::write(&path.with_extension("json"), json.as_bytes())?;
    let Some(readable) = Readable::of(tx, row, &revisions, around).await? else { return Ok(()) };
    files::write(&path.with_extension("html"), readable.html().as_bytes())?;
    files::write(&path.with_extension("md"), readable.markdown().as_bytes())
}

/// The last number that each table has given out.
async fn numbers(tx: &DatabaseTransaction) -> Result<BTreeMap<String, i64>> {
    let mut numbers = BTreeMap::new();
    for table in numbered() {
        let sql = match tx.get_database_backend() {
            DbBackend::Postgres => {
                format!("SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS n FROM {table}_id_seq")
            }
            _ => format!("SELECT seq AS n FROM sqlite_sequence WHERE name = '{table}'"),
        };
        let row = tx.query_one_raw(statement(tx, &sql, [])).await?;
        let last = row.map(|row| row.try_get::<i64>("", "n")).transpose()?.unwrap_or(0);
        numbers.insert(table.to_owned(), last);
    }
    Ok(numbers)
}

/// Tables whose rows get their numbers from the database.
pub(super) fn numbered() -> impl Iterator<Item = &'static str> {
    let files = FILES.iter().map(|table| table.name).filter(|name| *name != "gone_sections");
    files.chain([ARTICLES.name, APPROVALS.name, REVISIONS.name])
}

/// Every file that the records name: each as it came, and the widths of each picture.
async fn keys(tx: &DatabaseTransaction) -> Result<Vec<String>> {
    #[derive(FromQueryResult)]
    struct Row {
        key: String,
        widths: String,
    }
    let sql = statement(tx, "SELECT key, widths FROM media ORDER BY id", []);
    let mut keys = Vec::new();
    for row in Row::find_by_statement(sql).all(tx).await? {
        let widths = media::widths(&row.widths).into_iter().map(|width| width_key(&row.key, width));
        keys.extend(std::iter::once(row.key.clone()).chain(widths));
    }
    Ok(keys)
}

async fn copy_media(store: &MediaStore, folder: &Path, keys: Vec<String>, exported: &mut Exported) -> Result<()> {
    let folder = folder.join("media");
    files::make_folder(&folder)?;
    for key in keys {
        let found = match store.get(&Key::from(key.as_str())).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => {
                exported.missing.push(key);
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let path = folder.join(&key);
        let mut file = std::fs::File::create(&path).map_err(|error| said(&path, error))?;
        let mut parts = found.into_stream();
        while let Some(part) = parts.next().await {
            file.write_all(&part?).map_err(|error| said(&path, error))?;
        }
        exported.media += 1;
    }
    Ok(())
}
