//! Work that outlives a request: a row that an action writes in its own transaction and a server's worker carries out.
//!
//! A worker takes a row for a while ([`LEASE`]) and says so again while it works; a worker that died has said nothing,
//! and another one takes the row over. So a job may be begun twice and must come to the same end then. What becomes true
//! at a time, like a schedule, needs no row here: see `due`.

use crate::{Error, Result, Store, accounts::grants_of, articles::statement, unix_now};
use content::{AccountId, Actor, Timestamp};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Serialize, de::DeserializeOwned};

/// How long a worker may be silent, in milliseconds.
pub const LEASE: i64 = 60_000;
/// How often a job is begun before it counts as failed.
const MOST_ATTEMPTS: i32 = 5;
/// From the first failure to the second attempt, in milliseconds; each further wait is twice as long.
const FIRST_WAIT: i64 = 5_000;
/// How long jobs that have ended are kept to be looked at, in milliseconds: 30 days.
const REMEMBERED: i64 = 30 * 24 * 3_600_000;

/// What there is to do. The server knows how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Make the widths of a picture; the payload is its number.
    Renditions,
    /// Read the pages of an uploaded site; the payload is the import's number, as of those that follow.
    ReadSite,
    /// Let what was found come in.
    BringSite,
    /// Take it out again.
    UndoImport,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Renditions, Self::ReadSite, Self::BringSite, Self::UndoImport];

    const fn key(self) -> &'static str {
        match self {
            Self::Renditions => "renditions",
            Self::ReadSite => "read_site",
            Self::BringSite => "bring_site",
            Self::UndoImport => "undo_import",
        }
    }
}

/// A job that a worker has taken.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its number.
    pub id: i64,
    /// What to do.
    pub kind: Kind,
    /// How often it was begun, this time included.
    pub attempts: i32,
    payload: String,
    account: Option<i64>,
}

impl Job {
    /// Whether a failure of this attempt is final.
    #[must_use]
    pub const fn is_last_attempt(&self) -> bool {
        self.attempts >= MOST_ATTEMPTS
    }

    /// What to do it with.
    ///
    /// # Errors
    /// A payload that another version wrote.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.payload).map_err(|error| Error::Corrupt(format!("job {}: {error}", self.id)))
    }
}

/// Writes a job within the transaction of an action, to be begun as soon as a worker is free.
pub(crate) async fn begin(
    tx: &impl ConnectionTrait,
    actor: &Actor,
    kind: Kind,
    payload: &impl Serialize,
) -> Result<i64> {
    let payload = serde_json::to_string(payload).map_err(|error| Error::Corrupt(error.to_string()))?;
    let sql = "INSERT INTO jobs (kind, state, run_at, payload, account_id, created_at) \
               VALUES ($1, 'waiting', $2, $3, $4, $2) RETURNING id";
    let account = actor.account().map(|account| account.0);
    let values = [kind.key().into(), unix_now().0.into(), payload.into(), account.into()];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    Ok(row.ok_or_else(|| Error::Corrupt("a job was not written".to_owned()))?.try_get("", "id")?)
}

impl Store {
    /// Takes the job that has waited longest; none where nothing is due. `now` is also when the lease begins.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn take_job(&self, worker: &str, now: Timestamp) -> Result<Option<Job>> {
        #[derive(FromQueryResult)]
        struct Row {
            id: i64,
            kind: String,
            payload: String,
            attempts: i32,
            account_id: Option<i64>,
        }
        // A running job stands at the end of its lease: there it is due again.
        let passing_by = if self.is_sqlite() { "" } else { "FOR UPDATE SKIP LOCKED" };
        let sql = format!(
            "UPDATE jobs SET state = 'running', worker = $1, run_at = $2, leased_until = $2, attempts = attempts + 1 \
             WHERE id = (SELECT id FROM jobs WHERE state IN ('waiting', 'running') AND run_at <= $3 \
             ORDER BY run_at, id LIMIT 1 {passing_by}) RETURNING id, kind, payload, attempts, account_id"
        );
        let values = [worker.into(), (now.0 + LEASE).into(), now.0.into()];
        let Some(row) = Row::find_by_statement(statement(&self.db, &sql, values)).one(&self.db).await? else {
            return Ok(None);
        };
        let kind = Kind::ALL.into_iter().find(|kind| kind.key() == row.kind);
        let kind =
            kind.ok_or_else(|| Error::Corrupt(format!("job {} is a {}, which is not known", row.id, row.kind)))?;
        Ok(Some(Job { id: row.id, kind, attempts: row.attempts, payload: row.payload, account: row.account_id }))
    }

    /// Who asked for a job, with the roles of now: what they may not do any more is not done for them.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn actor_of(&self, job: &Job) -> Result<Actor> {
        let Some(account) = job.account else { return Ok(Actor::Operator) };
        let sql = "SELECT id FROM accounts WHERE id = $1 AND NOT disabled";
        if self.db.query_one_raw(statement(&self.db, sql, [account.into()])).await?.is_none() {
            return Ok(Actor::Anonymous);
        }
        let id = AccountId(account);
        Ok(Actor::Account { id, grants: grants_of(&self.db, id).await? })
    }

    /// Says how far a job is, and that its worker is alive. Answers whether the job is still the worker's.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn note_progress(&self, worker: &str, job: &Job, done: i64, total: i64) -> Result<bool> {
        let sql = "UPDATE jobs SET run_at = $3, leased_until = $3, done = $4, total = $5 \
                   WHERE id = $1 AND worker = $2 AND state = 'running'";
        let values = [job.id.into(), worker.into(), (unix_now().0 + LEASE).into(), done.into(), total.into()];
        Ok(self.db.execute_raw(statement(&self.db, sql, values)).await?.rows_affected() > 0)
    }

    /// Ends a job, or lets it wait for another attempt where it failed and may be tried again.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn end_job(&self, worker: &str, job: &Job, fault: Option<&str>) -> Result<()> {
        let now = unix_now().0;
        let again = fault.is_some() && job.attempts < MOST_ATTEMPTS;
        let state = match fault {
            None => "done",
            Some(_) if again => "waiting",
            Some(_) => "failed",
        };
        let wait = FIRST_WAIT << (job.attempts - 1).clamp(0, 10);
        let sql = "UPDATE jobs SET state = $3, run_at = $4, error = $5, finished_at = $6 \
                   WHERE id = $1 AND worker = $2 AND state = 'running'";
        let finished = (!again).then_some(now);
        let values = [
            job.id.into(),
            worker.into(),
            state.into(),
            (now + if again { wait } else { 0 }).into(),
            fault.unwrap_or_default().into(),
            finished.into(),
        ];
        self.db.execute_raw(statement(&self.db, sql, values)).await?;
        Ok(())
    }

    /// Deletes jobs that ended long ago.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn sweep_jobs(&self) -> Result<()> {
        let sql = "DELETE FROM jobs WHERE state IN ('done', 'failed') AND run_at < $1";
        self.db.execute_raw(statement(&self.db, sql, [(unix_now().0 - REMEMBERED).into()])).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Zone;

    async fn store(folder: &tempfile::TempDir) -> Store {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let store = Store::open_file(&folder.path().join("jobs.db"), zone).await.unwrap();
        store.migrate().await.unwrap();
        begin(&store.db, &Actor::Operator, Kind::Renditions, &7_i64).await.unwrap();
        store
    }

    fn soon(milliseconds: i64) -> Timestamp {
        Timestamp(unix_now().0 + milliseconds)
    }

    #[tokio::test]
    async fn a_job_is_taken_once_and_again_when_its_worker_is_silent() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder).await;
        let job = store.take_job("one", soon(0)).await.unwrap().unwrap();
        assert_eq!((job.kind, job.attempts, job.payload::<i64>().unwrap()), (Kind::Renditions, 1, 7));
        assert!(store.take_job("two", soon(0)).await.unwrap().is_none());
        let again = store.take_job("two", soon(LEASE + 1000)).await.unwrap().unwrap();
        assert_eq!((again.id, again.attempts), (job.id, 2));
        assert!(!store.note_progress("one", &job, 1, 2).await.unwrap(), "it is somebody else's by now");
        store.end_job("one", &job, None).await.unwrap();
        assert!(store.note_progress("two", &again, 1, 2).await.unwrap(), "whose job it is not cannot end it");
        store.end_job("two", &again, None).await.unwrap();
        assert!(store.take_job("two", soon(10 * LEASE)).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn a_job_that_fails_is_tried_a_few_times_with_longer_waits() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder).await;
        for attempt in 1..=MOST_ATTEMPTS {
            let job = store.take_job("one", soon(10_000_000)).await.unwrap().expect("another attempt");
            assert_eq!(job.attempts, attempt);
            store.end_job("one", &job, Some("the disk is full")).await.unwrap();
            assert!(store.take_job("one", soon(FIRST_WAIT / 2)).await.unwrap().is_none(), "not at once");
        }
        assert!(store.take_job("one", soon(100_000_000)).await.unwrap().is_none());
    }
}
