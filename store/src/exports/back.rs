//! Takes a folder back into an empty database: everything or nothing, in one transaction. Media come first, under the names
//! of their hashes: without rows that name them they are only unused.

use super::{
    Manifest, checks,
    files::{self, LinesOf, said},
    out::numbered,
    rows::{self, Row},
    tables::{ACCOUNTS, AFTER_ARTICLES, APPROVALS, ARTICLES, FILES, MEDIA, REVISIONS, Table},
};
use crate::{
    Error, Result, Store,
    accounts::secrets,
    articles::{self, search, statement},
    media::{self, MediaStore},
    records::{self, Change, Subject},
    site,
};
use content::{
    Actor, ArticleId, Document, MediaId, SectionId,
    media::{FileKind, PictureKind, width_key},
};
use object_store::{ObjectStoreExt, WriteMultipart, path::Path as Key};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend};
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeSet, HashSet},
    io::Read,
    path::Path,
};

/// Rows that are written at once.
const AT_ONCE: usize = 200;

/// Bytes of a file that are held at once.
const PART: usize = 1024 * 1024;

/// An article's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleFile<'a> {
    #[serde(borrow)]
    article: &'a RawValue,
    sections: Vec<i64>,
    #[serde(borrow)]
    approvals: Vec<&'a RawValue>,
    #[serde(borrow)]
    revisions: Vec<&'a RawValue>,
}

/// What came back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakenBack {
    /// Articles, those in the bin as well.
    pub articles: u64,
    /// Files of the media library with their widths.
    pub media: u64,
    /// Accounts, all of them disabled.
    pub accounts: u64,
}

impl Store {
    /// Takes an export back into a database that holds nothing yet: numbers, times, addresses and texts are those of the
    /// folder. Accounts come back disabled and without passwords. `step` is called for each article.
    ///
    /// # Errors
    /// An actor who may not; a database that holds a site; a file that is missing or is not what it should be, by its name
    /// and line. Nothing is taken then.
    pub async fn take_back(
        &self,
        actor: &Actor,
        files: &MediaStore,
        folder: &Path,
        mut step: impl FnMut() + Send,
    ) -> Result<TakenBack> {
        site::allowed(actor)?;
        let manifest = files::manifest(folder)?;
        self.empty().await?;
        let mut taken = TakenBack { media: self.take_media(files, folder, &manifest).await?, ..TakenBack::default() };
        let tx = self.write().await?;
        for table in FILES.iter().filter(|table| !AFTER_ARTICLES.contains(&table.name)) {
            let rows = take_table(&tx, table, folder).await?;
            if table.name == ACCOUNTS.name {
                taken.accounts = rows;
            }
        }
        for (id, path) in files::articles(folder)? {
            take_article(&tx, id, &path).await?;
            taken.articles += 1;
            step();
        }
        if taken.articles != manifest.articles {
            let why = format!("holds {} articles, and {} are expected", taken.articles, manifest.articles);
            return Err(said(&folder.join("articles"), why));
        }
        for table in FILES.iter().filter(|table| AFTER_ARTICLES.contains(&table.name)) {
            take_table(&tx, table, folder).await?;
        }
        check_references(&tx).await?;
        self.derive(&tx).await?;
        go_on_with_numbers(&tx, &manifest).await?;
        let after = serde_json::json!({ "articles": taken.articles, "media": taken.media, "at": manifest.at });
        records::audit(&tx, actor, "take_back", (Subject::Site, Some(1)), "", &after.to_string()).await?;
        records::changed(&tx, [Change::site()]).await?;
        tx.commit().await?;
        Ok(taken)
    }

    async fn empty(&self) -> Result<()> {
        let sql = "SELECT (SELECT COUNT(*) FROM site) + (SELECT COUNT(*) FROM accounts) + (SELECT COUNT(*) FROM media) \
                   + (SELECT COUNT(*) FROM articles) AS n";
        let row = self.db.query_one_raw(statement(&self.db, sql, [])).await?;
        match row.map(|row| row.try_get::<i64>("", "n")).transpose()? {
            Some(0) => Ok(()),
            _ => Err(Error::Corrupt(
                "the database holds a site already: an export is taken back into an empty one (name another data folder \
                 or database)"
                    .to_owned(),
            )),
        }
    }

    async fn take_media(&self, files: &MediaStore, folder: &Path, manifest: &Manifest) -> Result<u64> {
        let missing: HashSet<&str> = manifest.missing.iter().map(String::as_str).collect();
        let mut lines = LinesOf::open(folder.join("media.jsonl"))?;
        let mut taken = 0;
        while let Some(line) = lines.next()? {
            let mut row = Row::read(&MEDIA, &line).map_err(|why| lines.said(why))?;
            checks::check(&MEDIA, &mut row).map_err(|why| lines.said(why))?;
            let key = row.text(&MEDIA, "key");
            let widths = media::widths(row.text(&MEDIA, "widths")).into_iter().map(|width| width_key(key, width));
            for name in std::iter::once(key.to_owned()).chain(widths).filter(|name| !missing.contains(name.as_str())) {
                let path = folder.join("media").join(&name);
                if name == key {
                    check_hash(&path, key)?
                } else {
                    check_width(&path)?
                }
                put(files, &path, &name).await?;
                taken += 1;
            }
        }
        Ok(taken)
    }

    /// Makes what follows from the rows.
    async fn derive(&self, tx: &DatabaseTransaction) -> Result<()> {
        let sql = "UPDATE sections SET article_count = (SELECT COUNT(*) FROM articles WHERE section_id = sections.id)";
        tx.execute_unprepared(sql).await?;
        for row in tx.query_all_raw(statement(tx, "SELECT id FROM sections ORDER BY id", [])).await? {
            articles::recount(self, tx, SectionId(row.try_get("", "id")?)).await?;
        }
        Ok(search::index_all(tx).await?)
    }
}

/// Reads the bytes of a file part by part.
fn read(path: &Path, mut each: impl FnMut(&[u8])) -> Result<()> {
    let mut file = files::open(path)?;
    let mut part = vec![0; PART];
    loop {
        match file.read(&mut part).map_err(|error| said(path, error))? {
            0 => return Ok(()),
            read => each(&part[..read]),
        }
    }
}

fn check_hash(path: &Path, key: &str) -> Result<()> {
    let mut hash = Sha256::new();
    read(path, |part| hash.update(part))?;
    let hash = format!("{:x}", hash.finalize());
    if key.starts_with(&hash) { Ok(()) } else { Err(said(path, format!("its bytes are others: SHA-256 {hash}"))) }
}

/// A width is served as a WebP picture, so it is one.
fn check_width(path: &Path) -> Result<()> {
    let mut head = Vec::new();
    files::open(path)?.take(64).read_to_end(&mut head).map_err(|error| said(path, error))?;
    match FileKind::of(&head, "") {
        Some(FileKind::Picture(PictureKind::Webp)) => Ok(()),
        _ => Err(said(path, "is no WebP picture")),
    }
}

async fn put(files: &MediaStore, path: &Path, name: &str) -> Result<()> {
    let upload = files.put_multipart(&Key::from(name)).await?;
    let mut writing = WriteMultipart::new(upload);
    let mut file = files::open(path)?;
    let mut part = vec![0; PART];
    loop {
        let read = file.read(&mut part).map_err(|error| said(path, error))?;
        if read == 0 {
            writing.finish().await?;
            return Ok(());
        }
        writing.wait_for_capacity(4).await?;
        writing.write(&part[..read]);
    }
}

async fn take_table(tx: &DatabaseTransaction, table: &Table, folder: &Path) -> Result<u64> {
    let mut lines = LinesOf::open(folder.join(format!("{}.jsonl", table.name)))?;
    let (mut rows, mut taken) = (Vec::new(), 0);
    let more: &[&str] = if table.name == ACCOUNTS.name { &["journal_key"] } else { &[] };
    while let Some(line) = lines.next()? {
        let mut row = Row::read(table, &line).map_err(|why| lines.said(why))?;
        checks::check(table, &mut row).map_err(|why| lines.said(why))?;
        if !more.is_empty() {
            row.0.push(secrets::random_hex(32)?.into());
        }
        rows.push(row);
        taken += 1;
        if rows.len() == AT_ONCE {
            rows::insert(tx, table, more, &rows).await.map_err(|error| lines.said(error))?;
            rows.clear();
        }
    }
    rows::insert(tx, table, more, &rows).await.map_err(|error| lines.said(error))?;
    Ok(taken)
}

async fn take_article(tx: &DatabaseTransaction, id: i64, path: &Path) -> Result<()> {
    let text = files::text(path)?;
    let file: ArticleFile<'_> = serde_json::from_str(&text).map_err(|error| said(path, error))?;
    let row = |table: &Table, json: &RawValue| {
        let mut row = Row::read(table, json.get()).map_err(|why| said(path, why))?;
        checks::check(table, &mut row).map_err(|why| said(path, why))?;
        let of = if table.name == ARTICLES.name { "id" } else { "article_id" };
        let own = row.number(table, of) == Some(id);
        if own { Ok(row) } else { Err(said(path, format!("\"{of}\" of {} is not {id}", table.name))) }
    };
    let rows = |table: &Table, all: &[&RawValue]| all.iter().map(|json| row(table, json)).collect::<Result<Vec<_>>>();
    let revisions = rows(&REVISIONS, &file.revisions)?;
    let written = async {
        rows::insert(tx, &ARTICLES, &[], &[row(&ARTICLES, file.article)?]).await?;
        rows::insert(tx, &REVISIONS, &[], &revisions).await?;
        rows::insert(tx, &APPROVALS, &[], &rows(&APPROVALS, &file.approvals)?).await?;
        for section in file.sections {
            let sql = "INSERT INTO article_sections (article_id, section_id) VALUES ($1, $2)";
            tx.execute_raw(statement(tx, sql, [id.into(), section.into()])).await?;
        }
        for revision in &revisions {
            note_media(tx, revision).await?;
        }
        Ok::<(), Error>(())
    };
    written.await.map_err(|error| said(path, error))
}

/// Notes the media that a revision names: those of its text, of its place and its lead picture.
async fn note_media(tx: &DatabaseTransaction, revision: &Row) -> Result<()> {
    let id = revision.number(&REVISIONS, "id").unwrap_or_default();
    let body = Document::from_json(revision.text(&REVISIONS, "body"))?;
    let mut named: BTreeSet<MediaId> = body.media().into_iter().collect();
    let article = ArticleId(revision.number(&REVISIONS, "article_id").unwrap_or_default());
    if let Some(placement) = articles::placement_of(article, revision.text(&REVISIONS, "extra"))? {
        named.extend(placement.attachments.into_iter().chain(placement.lead));
    }
    named.extend(revision.number(&REVISIONS, "lead_media_id").map(MediaId));
    for media in named {
        let sql = "INSERT INTO media_uses (media_id, revision_id) VALUES ($1, $2)";
        tx.execute_raw(statement(tx, sql, [media.0.into(), id.into()])).await?;
    }
    Ok(())
}

async fn check_references(tx: &DatabaseTransaction) -> Result<()> {
    for (said, sql) in checks::REFERENCES {
        if let Some(row) = tx.query_one_raw(statement(tx, &format!("{sql} LIMIT 1"), [])).await? {
            let id: i64 = row.try_get_by_index(0)?;
            return Err(Error::Corrupt(format!("number {id} {said}")));
        }
    }
    Ok(())
}

/// Numbers go on where they were: what was deleted does not come back as something else.
async fn go_on_with_numbers(tx: &DatabaseTransaction, manifest: &Manifest) -> Result<()> {
    for table in numbered() {
        let last = manifest.numbers.get(table).copied().unwrap_or(0);
        match tx.get_database_backend() {
            DbBackend::Postgres => {
                let sql = format!(
                    "SELECT setval('{table}_id_seq', n, n > 0) FROM (SELECT GREATEST($1, (SELECT COALESCE(MAX(id), 0) \
                     FROM {table})) AS n) numbers WHERE n > 0"
                );
                tx.query_one_raw(statement(tx, &sql, [last.into()])).await?;
            }
            _ => {
                let sql = "DELETE FROM sqlite_sequence WHERE name = $1";
                tx.execute_raw(statement(tx, sql, [table.into()])).await?;
                let sql = format!(
                    "INSERT INTO sqlite_sequence (name, seq) SELECT $1, MAX($2, (SELECT COALESCE(MAX(id), 0) FROM {table}))"
                );
                tx.execute_raw(statement(tx, &sql, [table.into(), last.into()])).await?;
            }
        }
    }
    Ok(())
}
