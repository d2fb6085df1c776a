//! Following the change records: what readers' pages must learn of, whoever changed it and in whichever process.
//!
//! Numbers of records are taken before their transactions commit. SQLite has one writer, so they appear in order; on
//! PostgreSQL a lower one may appear after a higher one. There a follower goes on reading from below until every transaction
//! has ended that was open when it first saw the higher one, and passes over what it knows.

use crate::{Result, Store, articles::statement, records::Subject};
use content::{ArticleId, Shown, Slug};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::BTreeSet;

/// Records that are told one by one; where there are more at once (an import), everything has changed.
const ONE_BY_ONE: usize = 200;

/// Numbers below the newest that may still belong to an open transaction when a follower begins.
const LATE: i64 = 10_000;

/// How far somebody has followed the change records.
#[derive(Clone, Debug, Default)]
pub struct Follower {
    /// Everything up to here is known, and nothing can appear below it.
    settled: i64,
    /// What is known above that.
    known: BTreeSet<i64>,
    /// Once every transaction below this one has ended, nothing can appear up to this number.
    settling: Option<(i64, i64)>,
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    subject: String,
    subject_id: i64,
    moved: bool,
    slug: Option<String>,
}

impl Store {
    /// A follower who has heard of everything until now. It has to go on asking: what stands around every page is kept in
    /// memory from now on, until [`Store::changes`] says otherwise.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn follow(&self) -> Result<Follower> {
        self.around.follow();
        let newest = self.cursor().await?;
        if self.is_sqlite() {
            return Ok(Follower { settled: newest, ..Follower::default() });
        }
        let settled = (newest - LATE).max(0);
        let sql = "SELECT id FROM changes WHERE id > $1";
        let rows = self.db.query_all_raw(statement(&self.db, sql, [settled.into()])).await?;
        let known = rows.iter().map(|row| row.try_get("", "id")).collect::<std::result::Result<_, _>>()?;
        Ok(Follower { settled, known, settling: None })
    }

    /// The change records could not be read: what is kept in memory may be wrong and is read anew.
    pub fn distrust_memory(&self) {
        self.around.change();
    }

    /// What changed since the follower last asked. What was committed before this call is among it.
    ///
    /// # Errors
    /// A database that does not answer; the follower then stands where it stood.
    pub async fn changes(&self, follower: &mut Follower) -> Result<BTreeSet<Shown>> {
        let open = if self.is_sqlite() { None } else { Some(self.open_transactions().await?) };
        let sql = "SELECT c.id, c.subject, c.subject_id, c.moved, s.slug FROM changes c \
                   LEFT JOIN sections s ON s.id = c.section_id WHERE c.id > $1 ORDER BY c.id";
        let rows = Row::find_by_statement(statement(&self.db, sql, [follower.settled.into()])).all(&self.db).await?;
        let fresh: Vec<&Row> = rows.iter().filter(|row| !follower.known.contains(&row.id)).collect();
        let shown = self.made_other(&fresh).await?;
        if shown.contains(&Shown::Site) {
            self.around.change();
        }
        match open {
            None => follower.settled = rows.last().map_or(follower.settled, |row| row.id),
            Some(open) => follower.settle(rows.iter().map(|row| row.id), open),
        }
        Ok(shown)
    }

    async fn made_other(&self, rows: &[&Row]) -> Result<BTreeSet<Shown>> {
        let mut shown = BTreeSet::new();
        if rows.len() > ONE_BY_ONE {
            shown.insert(Shown::Site);
            return Ok(shown);
        }
        for row in rows {
            if row.subject == Subject::Article.key() {
                let id = ArticleId(row.subject_id);
                shown.extend([Shown::Article(id), Shown::Articles]);
                if row.moved {
                    shown.insert(Shown::Newest);
                    shown.extend(row.slug.clone().map(Slug::try_from).transpose()?.map(Shown::List));
                    shown.extend(self.beside(id).await?.into_iter().map(Shown::Place));
                }
            } else if row.subject == Subject::Site.key() && !row.moved {
                shown.insert(Shown::Plan);
            } else {
                shown.insert(Shown::Site);
            }
        }
        Ok(shown)
    }

    /// The oldest transaction that is open, and the first that has not begun.
    async fn open_transactions(&self) -> Result<(i64, i64)> {
        let sql = "SELECT pg_snapshot_xmin(s)::text::bigint AS oldest, pg_snapshot_xmax(s)::text::bigint AS next \
                   FROM pg_current_snapshot() s";
        let row = self.db.query_one_raw(statement(&self.db, sql, [])).await?;
        Ok(row.map_or(Ok((0, 0)), |row| {
            Ok::<_, sea_orm::DbErr>((row.try_get("", "oldest")?, row.try_get("", "next")?))
        })?)
    }
}

impl Follower {
    /// `oldest` and `next` were read before the records.
    fn settle(&mut self, ids: impl Iterator<Item = i64>, (oldest, next): (i64, i64)) {
        if let Some((bound, upto)) = self.settling
            && oldest >= bound
        {
            self.settled = upto;
            self.settling = None;
        }
        let settled = self.settled;
        let before = self.known.last().copied();
        self.known.extend(ids);
        self.known.retain(|id| *id > settled);
        // What was known before `next` was read has its transaction's number below it.
        if self.settling.is_none() {
            self.settling = before.filter(|upto| *upto > settled).map(|upto| (next, upto));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_appears_late_below_is_waited_for() {
        let mut follower = Follower::default();
        // Transaction 10 has taken number 1 and is still open when 2 is seen.
        follower.settle([2].into_iter(), (10, 12));
        follower.settle([2].into_iter(), (10, 12));
        assert_eq!((follower.settled, follower.settling), (0, Some((12, 2))));
        follower.settle([2, 3].into_iter(), (10, 15));
        assert_eq!(follower.settled, 0, "10 is open");
        follower.settle([1, 2, 3].into_iter(), (15, 15));
        assert_eq!((follower.settled, follower.known.clone()), (2, BTreeSet::from([3])));
        follower.settle([3].into_iter(), (15, 15));
        follower.settle([3].into_iter(), (15, 15));
        assert_eq!((follower.settled, follower.known.len()), (3, 0));
    }
}
