//! A section's list, cut into counted pieces.
//!
//! A list is the rows of `list_entries` with its section: one for each article that readers see and that has the section as
//! its own or as a further one. They are written with the articles' rows, never by themselves.
//!
//! A page by number is the twenty articles behind the first N × 20. Skipping them one by one makes page 500 dearer than
//! page 1, and counting them makes every page dear. So each section's list, ordered by (shown time, id), is cut into
//! segments of at most [`LARGEST`] articles, each with its lower bound and its count; a segment never reaches over the
//! start of a year. The counts are kept in the transaction that changes the list. Any page is then found by adding up a
//! few counts and skipping within one segment; the total and the years to jump to come from the same rows.
//!
//! Writers of one section stand in a line at its `published_count`, so a segment is never split twice at once.

use super::row::statement;
use crate::{
    Result, Store,
    entity::{section, segment},
};
use content::{Actor, ArticleId, SectionId, Timestamp, section::PAGE_SIZE};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect,
    sea_query::Expr,
};
use std::collections::BTreeMap;

/// The most articles of a segment: what a page skips at the most.
const LARGEST: i64 = 512;

/// Entries that are written in one statement.
const AT_ONCE: usize = 500;

/// Where an article stands in a list.
pub(super) type Key = (Timestamp, ArticleId);

/// A segment as it was read: ordered oldest first.
#[derive(Clone, Debug)]
struct Piece {
    /// Its row; `None` is a new one.
    row: Option<i64>,
    from: (i64, i64),
    count: i64,
    touched: bool,
}

/// Where a page begins: so many articles are skipped from below this bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Keys at or above this one are on earlier pages; `None` is the newest end.
    pub(super) below: Option<(i64, i64)>,
    /// How many to skip.
    pub(super) skip: i64,
}

/// The segments of a list, for those who write them.
struct Outline {
    pieces: Vec<Piece>,
}

/// What the segments say of a list to those who read one page of it. They are added up where they are: a section with a
/// hundred segments answers with as many rows as one with twenty, one a year and that of the page.
pub(super) struct Contents {
    /// How many articles the list has.
    pub(super) total: i64,
    /// Where the page begins; `None` where there is no such page.
    pub(super) place: Option<Place>,
    /// The years, newest first: the start of each, and how many articles are newer than it.
    years: Vec<(Timestamp, i64)>,
}

/// A year's oldest segment begins at the start of the year, where no article's number is 0.
pub(super) const CONTENTS: &str = "SELECT * FROM (SELECT from_at, from_id, count, \
     CAST(SUM(count) OVER (ORDER BY from_at DESC, from_id DESC) AS BIGINT) - count AS newer, \
     LAG(from_at) OVER (ORDER BY from_at DESC, from_id DESC) AS below_at, \
     LAG(from_id) OVER (ORDER BY from_at DESC, from_id DESC) AS below_id \
     FROM list_segments WHERE section_id = $1) s \
     WHERE from_id = 0 OR (newer <= $2 AND $2 < newer + count) ORDER BY from_at DESC, from_id DESC";

impl Contents {
    /// Reads what a page needs; pages are counted from 1.
    pub(super) async fn read(db: &impl ConnectionTrait, section: SectionId, page: u32) -> Result<Self> {
        #[derive(FromQueryResult)]
        struct Row {
            from_at: i64,
            from_id: i64,
            count: i64,
            newer: i64,
            below_at: Option<i64>,
            below_id: Option<i64>,
        }
        let skip = i64::from(page.saturating_sub(1)) * i64::from(PAGE_SIZE);
        let values = [section.0.into(), skip.into()];
        let rows = Row::find_by_statement(statement(db, CONTENTS, values)).all(db).await?;
        let mut contents = Self { total: 0, place: None, years: Vec::new() };
        for row in rows {
            let end = row.newer + row.count;
            if row.newer <= skip && skip < end {
                contents.place = Some(Place { below: row.below_at.zip(row.below_id), skip: skip - row.newer });
            }
            // The rows come newest first, so the last one that begins a year ends where the list does.
            if row.from_id == 0 && end > contents.total {
                contents.years.push((Timestamp(row.from_at), contents.total));
                contents.total = end;
            }
        }
        Ok(contents)
    }

    /// The years of the list, newest first, each with the page on which its newest article stands.
    pub(super) fn years(&self, year_of: impl Fn(Timestamp) -> i16) -> Vec<(i16, u32)> {
        let page = |newer: i64| u32::try_from(newer / i64::from(PAGE_SIZE)).unwrap_or(u32::MAX - 1) + 1;
        self.years.iter().map(|(start, newer)| (year_of(*start), page(*newer))).collect()
    }
}

impl Outline {
    async fn read(db: &impl ConnectionTrait, section: SectionId) -> Result<Self> {
        let rows = segment::Entity::find()
            .filter(segment::Column::SectionId.eq(section.0))
            .order_by_asc(segment::Column::FromAt)
            .order_by_asc(segment::Column::FromId)
            .all(db)
            .await?;
        let piece = |row: segment::Model| Piece {
            row: Some(row.id),
            from: (row.from_at, row.from_id),
            count: row.count,
            touched: false,
        };
        Ok(Self { pieces: rows.into_iter().map(piece).collect() })
    }

    /// The piece that a key belongs to, made where there is none for its year.
    fn piece_of(&mut self, store: &Store, key: Key) -> Result<usize> {
        let year_start = (store.zone.start_of(store.zone.year(key.0))?.0, 0);
        let at = self.pieces.partition_point(|piece| piece.from <= (key.0.0, key.1.0));
        match at.checked_sub(1) {
            Some(found) if self.pieces[found].from >= year_start => Ok(found),
            _ => {
                self.pieces.insert(at, Piece { row: None, from: year_start, count: 0, touched: true });
                Ok(at)
            }
        }
    }
}

/// Puts articles that readers see into the list of a section.
pub(super) async fn enter(store: &Store, tx: &DatabaseTransaction, section: SectionId, keys: &[Key]) -> Result<()> {
    lock(tx, section, i64::try_from(keys.len()).unwrap_or(i64::MAX)).await?;
    for keys in keys.chunks(AT_ONCE) {
        let row = |(at, id): &Key| format!("({section},{},{id})", at.0);
        let rows = keys.iter().map(row).collect::<Vec<_>>().join(",");
        let sql = format!("INSERT INTO list_entries (section_id, shown_at, article_id) VALUES {rows}");
        tx.execute_unprepared(&sql).await?;
    }
    count(store, tx, section, keys, 1).await
}

/// Takes articles out of the list of a section.
pub(super) async fn leave(store: &Store, tx: &DatabaseTransaction, section: SectionId, keys: &[Key]) -> Result<()> {
    lock(tx, section, -i64::try_from(keys.len()).unwrap_or(i64::MAX)).await?;
    for (at, id) in keys {
        let sql = "DELETE FROM list_entries WHERE section_id = $1 AND shown_at = $2 AND article_id = $3";
        tx.execute_raw(statement(tx, sql, [section.0.into(), at.0.into(), id.0.into()])).await?;
    }
    count(store, tx, section, keys, -1).await
}

/// The lists in which an article stands, by section.
pub(super) async fn entries(tx: &impl ConnectionTrait, article: i64) -> Result<BTreeMap<SectionId, Timestamp>> {
    let sql = "SELECT section_id, shown_at FROM list_entries WHERE article_id = $1";
    let rows = tx.query_all_raw(statement(tx, sql, [article.into()])).await?;
    let entry = |row: &sea_orm::QueryResult| {
        Ok((SectionId(row.try_get("", "section_id")?), Timestamp(row.try_get("", "shown_at")?)))
    };
    rows.iter().map(entry).collect()
}

/// Counts keys in the segments, one more or one less each.
async fn count(store: &Store, tx: &DatabaseTransaction, section: SectionId, keys: &[Key], each: i64) -> Result<()> {
    let mut outline = Outline::read(tx, section).await?;
    for key in keys {
        let at = outline.piece_of(store, *key)?;
        let counted = outline.pieces[at].count + each;
        outline.pieces[at].count = if counted < 0 { 0 } else { counted };
        outline.pieces[at].touched = true;
    }
    split(tx, section, &mut outline).await?;
    write(tx, section, &outline).await
}

/// Adds to the section's count and thereby takes the row's lock until the transaction ends.
async fn lock(tx: &DatabaseTransaction, section: SectionId, more: i64) -> Result<()> {
    section::Entity::update_many()
        .col_expr(section::Column::PublishedCount, Expr::col(section::Column::PublishedCount).add(more))
        .filter(section::Column::Id.eq(section.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Halves segments until none is too large.
async fn split(tx: &DatabaseTransaction, section: SectionId, outline: &mut Outline) -> Result<()> {
    let mut at = 0;
    while at < outline.pieces.len() {
        let piece = outline.pieces[at].clone();
        if piece.count <= LARGEST {
            at += 1;
            continue;
        }
        let older = piece.count / 2;
        let Some(middle) = nth_from(tx, section, piece.from, older).await? else {
            // Fewer rows than counted: the count is repaired by `rebuild`, a page never shows more than there is.
            at += 1;
            continue;
        };
        outline.pieces[at] = Piece { count: older, touched: true, ..piece };
        outline.pieces.insert(at + 1, Piece { row: None, from: middle, count: piece.count - older, touched: true });
    }
    Ok(())
}

/// The key of the `n`th entry (from 0) at or above a bound.
async fn nth_from(
    tx: &DatabaseTransaction,
    section: SectionId,
    from: (i64, i64),
    n: i64,
) -> Result<Option<(i64, i64)>> {
    let sql = "SELECT shown_at, article_id FROM list_entries WHERE section_id = $1 AND (shown_at, article_id) >= ($2, $3) \
               ORDER BY shown_at ASC, article_id ASC LIMIT 1 OFFSET $4";
    let row = tx.query_one_raw(statement(tx, sql, [section.0.into(), from.0.into(), from.1.into(), n.into()])).await?;
    Ok(row.map(|row| Ok::<_, DbErr>((row.try_get("", "shown_at")?, row.try_get("", "article_id")?))).transpose()?)
}

async fn write(tx: &DatabaseTransaction, section: SectionId, outline: &Outline) -> Result<()> {
    let mut added = Vec::new();
    for piece in outline.pieces.iter().filter(|piece| piece.touched) {
        match piece.row {
            Some(id) => {
                segment::Entity::update_many()
                    .col_expr(segment::Column::Count, Expr::value(piece.count))
                    .filter(segment::Column::Id.eq(id))
                    .exec(tx)
                    .await?;
            }
            None => added.push(segment::ActiveModel {
                id: NotSet,
                section_id: Set(section.0),
                from_at: Set(piece.from.0),
                from_id: Set(piece.from.1),
                count: Set(piece.count),
            }),
        }
    }
    if !added.is_empty() {
        segment::Entity::insert_many(added).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Counts every list anew from the articles themselves: after the zone of the site was changed, or for doubt.
///
/// # Errors
/// An actor who may not manage the site, a database that does not answer.
pub async fn rebuild(store: &Store, actor: &Actor) -> Result<()> {
    use content::permission::{Action, Subject, can};
    if !can(actor, Action::ManageSite, Subject::Site) {
        return Err(crate::Error::not_allowed(Action::ManageSite));
    }
    let tx = store.write().await?;
    let sections: Vec<i64> = section::Entity::find()
        .select_only()
        .column(section::Column::Id)
        .order_by_asc(section::Column::Id)
        .into_tuple()
        .all(&tx)
        .await?;
    for section in sections {
        recount(store, &tx, SectionId(section)).await?;
    }
    crate::records::audit(&tx, actor, "rebuild_lists", (crate::records::Subject::Site, Some(1)), "", "").await?;
    tx.commit().await?;
    Ok(())
}

/// Makes the list of one section anew from the articles that are placed in it.
pub(crate) async fn recount(store: &Store, tx: &DatabaseTransaction, section: SectionId) -> Result<()> {
    lock(tx, section, 0).await?;
    for sql in [
        "DELETE FROM list_segments WHERE section_id = $1",
        "DELETE FROM list_entries WHERE section_id = $1",
        "INSERT INTO list_entries (section_id, shown_at, article_id) SELECT section_id, COALESCE(shown_at, 0), id \
         FROM articles WHERE section_id = $1 AND published_revision_id IS NOT NULL",
        "INSERT INTO list_entries (section_id, shown_at, article_id) SELECT x.section_id, COALESCE(a.shown_at, 0), a.id \
         FROM article_sections x JOIN articles a ON a.id = x.article_id WHERE x.section_id = $1 \
         AND a.section_id <> x.section_id AND a.published_revision_id IS NOT NULL",
        "UPDATE sections SET published_count = (SELECT COUNT(*) FROM list_entries WHERE section_id = $1) WHERE id = $1",
    ] {
        tx.execute_raw(statement(tx, sql, [section.0.into()])).await?;
    }
    let sql = "SELECT shown_at, article_id FROM list_entries WHERE section_id = $1";
    let rows = tx.query_all_raw(statement(tx, sql, [section.0.into()])).await?;
    let key = |row: &sea_orm::QueryResult| {
        Ok((Timestamp(row.try_get("", "shown_at")?), ArticleId(row.try_get("", "article_id")?)))
    };
    let keys = rows.iter().map(key).collect::<Result<Vec<Key>>>()?;
    count(store, tx, section, &keys, 1).await
}
