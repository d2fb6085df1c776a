//! Old addresses that lead here for ever: of the site that moved in, and such as an editor adds by hand. Those of renamed
//! sections are in `sections`, in the same table.

use crate::{
    Error, Result, Store,
    articles::statement,
    records::{self, Change, Subject},
    unix_now,
};
use content::{
    Actor, ArticleId, Refusal, SectionId, Slug, old_address,
    permission::{self, Action},
    reading::article_address,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult};
use std::{collections::HashSet, sync::Arc};

/// Old addresses of one statement.
const AT_ONCE: usize = 200;

/// Old addresses of the front page with a query that are kept in memory, at most.
const MOST_OF_FRONT: i64 = 200_000;

/// Where an old address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// An article; nowhere as long as readers do not see it.
    Article(ArticleId),
    /// A section.
    Section(SectionId),
}

/// An old address with where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// Its number, by which lists are ordered.
    pub id: i64,
    /// Path and query.
    pub address: String,
    /// Where it leads.
    pub target: Target,
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    address: String,
    subject: String,
    subject_id: i64,
}

impl Target {
    const fn stored(self) -> (Subject, i64) {
        match self {
            Self::Article(id) => (Subject::Article, id.0),
            Self::Section(id) => (Subject::Section, id.0),
        }
    }
}

impl Store {
    /// Where an address that no page has leads now: the path of an article that readers see, or of a section.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn moved(&self, path_and_query: &str) -> Result<Option<String>> {
        #[derive(FromQueryResult)]
        struct Found {
            address: String,
            slug: String,
            article: Option<i64>,
        }
        let candidates = old_address::candidates(path_and_query);
        if candidates.is_empty() {
            return Ok(None);
        }
        let places = (1..=candidates.len()).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "SELECT r.address, s.slug, a.id AS article FROM redirects r \
             LEFT JOIN articles a ON r.subject = 'article' AND a.id = r.subject_id AND a.deleted_at IS NULL \
             AND a.published_revision_id IS NOT NULL \
             JOIN sections s ON s.id = CASE WHEN r.subject = 'section' THEN r.subject_id ELSE a.section_id END \
             WHERE r.address IN ({places})"
        );
        let values: Vec<sea_orm::Value> = candidates.iter().map(|candidate| candidate.as_str().into()).collect();
        let rows = Found::find_by_statement(statement(&self.db, &sql, values)).all(&self.db).await?;
        let place = |found: &Found| candidates.iter().position(|candidate| *candidate == found.address);
        let Some(found) = rows.into_iter().min_by_key(place) else { return Ok(None) };
        let slug = Slug::try_from(found.slug)?;
        Ok(Some(found.article.map_or_else(|| format!("/{slug}"), |id| article_address(&slug, ArticleId(id)))))
    }

    /// Whether the front page with this query was a page of the old site. What is asked for is looked up in memory, so
    /// that queries that mean nothing reach no database.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn moved_from_front(&self, query: &str) -> Result<bool> {
        let known = match self.around.front_queries() {
            Ok(known) => known,
            Err(since) => {
                let sql = "SELECT address FROM redirects WHERE address >= '/?' AND address < '/@' LIMIT $1";
                let rows = self.db.query_all_raw(statement(&self.db, sql, [MOST_OF_FRONT.into()])).await?;
                let known = rows.iter().map(|row| row.try_get("", "address"));
                let known = Arc::new(known.collect::<std::result::Result<HashSet<String>, _>>()?);
                self.around.keep_front_queries(&known, since);
                known
            }
        };
        Ok(!known.is_empty() && old_address::candidates(&format!("/?{query}")).iter().any(|it| known.contains(it)))
    }

    /// Old addresses in the order in which they came, those behind `after` first.
    ///
    /// # Errors
    /// An actor who may not see them.
    pub async fn redirects(&self, actor: &Actor, after: i64, limit: u32) -> Result<Vec<Redirect>> {
        allowed(actor)?;
        let sql = "SELECT id, address, subject, subject_id FROM redirects WHERE id > $1 ORDER BY id LIMIT $2";
        let rows = Row::find_by_statement(statement(&self.db, sql, [after.into(), i64::from(limit).into()]));
        rows.all(&self.db).await?.into_iter().map(Redirect::try_from).collect()
    }

    /// Lets an old address lead to an article or a section; one that led elsewhere leads there from now on. Answers with
    /// the address as it is kept.
    ///
    /// # Errors
    /// An actor who may not; an address that cannot be an old one; a target that does not exist.
    pub async fn add_redirect(&self, actor: &Actor, address: &str, target: Target) -> Result<Redirect> {
        allowed(actor)?;
        let given = content::refusal::quoted(address);
        let address = old_address::kept(address).ok_or(Refusal::BadAddress { given })?;
        let tx = self.write().await?;
        let (subject, id) = target.stored();
        let sql = match target {
            Target::Article(_) => "SELECT 1 AS n FROM articles WHERE id = $1 AND deleted_at IS NULL",
            Target::Section(_) => "SELECT 1 AS n FROM sections WHERE id = $1",
        };
        if tx.query_one_raw(statement(&tx, sql, [id.into()])).await?.is_none() {
            return Err(Refusal::NotFound.into());
        }
        let before = at(&tx, &address).await?.map(|row| format!("{} {}", row.subject, row.subject_id));
        let sql = "INSERT INTO redirects (address, subject, subject_id, created_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (address) DO UPDATE SET subject = $2, subject_id = $3";
        let values = [address.as_str().into(), subject.key().into(), id.into(), unix_now().0.into()];
        tx.execute_raw(statement(&tx, sql, values)).await?;
        let after = format!("{address} → {} {id}", subject.key());
        let row = at(&tx, &address).await?.ok_or_else(|| Error::Corrupt(format!("{address} was not stored")))?;
        records::audit(&tx, actor, "redirect", (subject, Some(id)), &before.unwrap_or_default(), &after).await?;
        records::changed(&tx, [Change::site()]).await?;
        tx.commit().await?;
        row.try_into()
    }

    /// Lets an old address lead nowhere any more.
    ///
    /// # Errors
    /// An actor who may not; an address that leads nowhere.
    pub async fn remove_redirect(&self, actor: &Actor, address: &str) -> Result<()> {
        allowed(actor)?;
        let address = old_address::kept(address).ok_or(Refusal::NotFound)?;
        let tx = self.write().await?;
        let redirect = Redirect::try_from(at(&tx, &address).await?.ok_or(Refusal::NotFound)?)?;
        tx.execute_raw(statement(&tx, "DELETE FROM redirects WHERE address = $1", [address.as_str().into()])).await?;
        let (subject, id) = redirect.target.stored();
        let before = format!("{address} → {} {id}", subject.key());
        records::audit(&tx, actor, "unredirect", (subject, Some(id)), &before, "").await?;
        records::changed(&tx, [Change::site()]).await?;
        Ok(tx.commit().await?)
    }
}

fn allowed(actor: &Actor) -> Result<()> {
    let may = permission::can(actor, Action::ManageRedirects, permission::Subject::Site);
    if may { Ok(()) } else { Err(Error::not_allowed(Action::ManageRedirects)) }
}

async fn at(tx: &DatabaseTransaction, address: &str) -> Result<Option<Row>> {
    let sql = "SELECT id, address, subject, subject_id FROM redirects WHERE address = $1";
    Ok(Row::find_by_statement(statement(tx, sql, [address.into()])).one(tx).await?)
}

impl TryFrom<Row> for Redirect {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let target = match row.subject.as_str() {
            "article" => Target::Article(ArticleId(row.subject_id)),
            "section" => Target::Section(SectionId(row.subject_id)),
            other => return Err(Error::Corrupt(format!("redirect {} leads to a {other}", row.id))),
        };
        Ok(Self { id: row.id, address: row.address, target })
    }
}

/// Lets the old addresses of articles that come in lead to them. One that leads somewhere already goes on doing so: what
/// was said first, or by hand, holds. Answers whether the front page had one of them.
pub(crate) async fn lead(tx: &DatabaseTransaction, old: &[(String, ArticleId)]) -> Result<bool> {
    let now = unix_now().0;
    for old in old.chunks(AT_ONCE) {
        let rows = (0..old.len()).map(|n| format!("(${}, 'article', ${}, {now})", 2 * n + 1, 2 * n + 2));
        let sql = format!(
            "INSERT INTO redirects (address, subject, subject_id, created_at) VALUES {} ON CONFLICT (address) DO NOTHING",
            rows.collect::<Vec<_>>().join(", ")
        );
        let values: Vec<sea_orm::Value> =
            old.iter().flat_map(|(address, id)| [address.as_str().into(), id.0.into()]).collect();
        tx.execute_raw(statement(tx, &sql, values)).await?;
    }
    Ok(old.iter().any(|(address, _)| address.starts_with("/?")))
}
