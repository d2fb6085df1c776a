//! A section's list, cut into counted pieces.
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
    entity::{article, section, segment},
};
use content::{Actor, ArticleId, SectionId, Timestamp, section::PAGE_SIZE};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, FromQueryResult, QueryFilter,
    QueryOrder,
    sea_query::Expr,
};

/// The most articles of a segment: what a page skips at the most.
const LARGEST: i64 = 512;

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

/// What the segments say of a list.
pub(super) struct Outline {
    pieces: Vec<Piece>,
}

impl Outline {
    pub(super) async fn read(db: &impl ConnectionTrait, section: SectionId) -> Result<Self> {
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

    /// How many articles the list has.
    pub(super) fn total(&self) -> i64 {
        self.pieces.iter().map(|piece| piece.count).sum()
    }

    /// Where the page with this number begins, from 1.
    pub(super) fn place(&self, page: u32) -> Place {
        let mut skip = i64::from(page.saturating_sub(1)) * i64::from(PAGE_SIZE);
        let mut below = None;
        for piece in self.pieces.iter().rev() {
            if skip < piece.count {
                break;
            }
            skip -= piece.count;
            below = Some(piece.from);
        }
        Place { below, skip }
    }

    /// The years of the list, newest first, each with the page on which its newest article stands.
    pub(super) fn years(&self, year_of: impl Fn(Timestamp) -> i16) -> Vec<(i16, u32)> {
        let mut years: Vec<(i16, u32)> = Vec::new();
        let mut newer = 0;
        for piece in self.pieces.iter().rev().filter(|piece| piece.count > 0) {
            let year = year_of(Timestamp(piece.from.0));
            if years.last().is_none_or(|(last, _)| *last != year) {
                years.push((year, u32::try_from(newer / i64::from(PAGE_SIZE)).unwrap_or(u32::MAX - 1) + 1));
            }
            newer += piece.count;
        }
        years
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

/// Takes note of articles that became public in a section. Their rows must be public already.
pub(super) async fn enter(store: &Store, tx: &DatabaseTransaction, section: SectionId, keys: &[Key]) -> Result<()> {
    count(tx, section, i64::try_from(keys.len()).unwrap_or(i64::MAX)).await?;
    let mut outline = Outline::read(tx, section).await?;
    for key in keys {
        let at = outline.piece_of(store, *key)?;
        outline.pieces[at].count += 1;
        outline.pieces[at].touched = true;
    }
    split(tx, section, &mut outline).await?;
    write(tx, section, &outline).await
}

/// Adds to the section's count and thereby takes the row's lock until the transaction ends.
async fn count(tx: &DatabaseTransaction, section: SectionId, more: i64) -> Result<()> {
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

/// The key of the `n`th article (from 0) at or above a bound.
async fn nth_from(
    tx: &DatabaseTransaction,
    section: SectionId,
    from: (i64, i64),
    n: i64,
) -> Result<Option<(i64, i64)>> {
    #[derive(FromQueryResult)]
    struct Row {
        shown_at: i64,
        id: i64,
    }
    let sql = "SELECT shown_at, id FROM articles \
               WHERE section_id = $1 AND published_revision_id IS NOT NULL AND (shown_at, id) >= ($2, $3) \
               ORDER BY shown_at ASC, id ASC LIMIT 1 OFFSET $4";
    let statement = statement(tx, sql, [section.0.into(), from.0.into(), from.1.into(), n.into()]);
    Ok(Row::find_by_statement(statement).one(tx).await?.map(|row| (row.shown_at, row.id)))
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
    for section in section::Entity::find().all(&tx).await? {
        recount(store, &tx, SectionId(section.id)).await?;
    }
    crate::records::audit(&tx, actor, "rebuild lists", (crate::records::Subject::Site, Some(1)), "", "").await?;
    tx.commit().await?;
    Ok(())
}

/// Counts the list of a section anew from the articles themselves.
pub(super) async fn recount(store: &Store, tx: &DatabaseTransaction, section: SectionId) -> Result<()> {
    use sea_orm::QuerySelect;
    segment::Entity::delete_many().filter(segment::Column::SectionId.eq(section.0)).exec(tx).await?;
    section::Entity::update_many()
        .col_expr(section::Column::PublishedCount, Expr::value(0_i64))
        .filter(section::Column::Id.eq(section.0))
        .exec(tx)
        .await?;
    let keys: Vec<(Option<i64>, i64)> = article::Entity::find()
        .select_only()
        .columns([article::Column::ShownAt, article::Column::Id])
        .filter(article::Column::SectionId.eq(section.0))
        .filter(article::Column::PublishedRevisionId.is_not_null())
        .into_tuple()
        .all(tx)
        .await?;
    let keys: Vec<Key> = keys.into_iter().map(|(at, id)| (Timestamp(at.unwrap_or(0)), ArticleId(id))).collect();
    enter(store, tx, section, &keys).await
}
