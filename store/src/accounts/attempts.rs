//! How guessing is slowed: failures are counted by name and address together, so that nobody locks a colleague out, and
//! by address alone far above what an office needs.

use crate::{
    Result, Store,
    articles::statement,
    records::{self, Subject},
    unix_now,
};
use content::{Actor, Refusal};
use sea_orm::ConnectionTrait;
use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
};

/// Failures in a row that cost nothing.
const FREE: u32 = 5;
/// The longest wait, in seconds.
const LONGEST: u64 = 15 * 60;
/// Failures older than this are forgotten, in milliseconds.
const MEMORY: i64 = 60 * 60 * 1000;
/// Attempts an address may make in a minute whatever the names: an office of fifty that all mistype five times.
const PER_ADDRESS: u32 = 250;
const MINUTE: i64 = 60_000;

/// Refuses where the name waits at this address, or the address asks too much.
pub async fn may_try(db: &impl ConnectionTrait, name: &str, address: &str, now: i64) -> Result<()> {
    let sql = "SELECT blocked_until FROM attempts WHERE name = $1 AND address = $2";
    let row = db.query_one_raw(statement(db, sql, [name.into(), address.into()])).await?;
    let until: i64 = row.map_or(Ok(0), |row| row.try_get("", "blocked_until"))?;
    let wait = if until > now { Some(until - now) } else { crowd(address, now) };
    match wait {
        Some(wait) => Err(Refusal::TooManyAttempts { seconds: u64::try_from(wait / 1000 + 1).unwrap_or(1) }.into()),
        None => Ok(()),
    }
}

/// Counts a failure; answers how many there were in a row.
pub async fn failed(db: &impl ConnectionTrait, name: &str, address: &str, now: i64) -> Result<u32> {
    let sql = "INSERT INTO attempts (name, address, failures, last_at, blocked_until) VALUES ($1, $2, 1, $3, 0) \
         ON CONFLICT (name, address) DO UPDATE SET last_at = $3, \
         failures = CASE WHEN attempts.last_at < $4 THEN 1 ELSE attempts.failures + 1 END RETURNING failures";
    let values = [name.into(), address.into(), now.into(), (now - MEMORY).into()];
    let row = db.query_one_raw(statement(db, sql, values)).await?;
    let failures: i64 = row.map_or(Ok(1), |row| row.try_get("", "failures"))?;
    let failures = u32::try_from(failures).unwrap_or(u32::MAX);
    if failures >= FREE {
        let seconds = 2_u64.saturating_pow(failures - FREE + 1).min(LONGEST);
        let until = now + i64::try_from(seconds * 1000).unwrap_or(MEMORY);
        let sql = "UPDATE attempts SET blocked_until = $3 WHERE name = $1 AND address = $2";
        db.execute_raw(statement(db, sql, [name.into(), address.into(), until.into()])).await?;
    }
    Ok(failures)
}

/// Somebody has proved to be who they say they are.
pub async fn succeeded(db: &impl ConnectionTrait, name: &str, address: &str) -> Result<()> {
    let sql = "DELETE FROM attempts WHERE name = $1 AND address = $2";
    db.execute_raw(statement(db, sql, [name.into(), address.into()])).await?;
    Ok(())
}

/// Forgets what is long ago.
pub async fn sweep(db: &impl ConnectionTrait, now: i64) -> Result<()> {
    db.execute_raw(statement(db, "DELETE FROM attempts WHERE last_at < $1", [(now - 24 * MEMORY).into()])).await?;
    Ok(())
}

impl Store {
    /// Notes in the audit that another site made a browser send a request here, once a minute for each address.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn note_foreign_request(&self, path: &str, address: &str) -> Result<()> {
        const NAME: &str = "(another site)";
        let now = unix_now().0;
        let tx = self.write().await?;
        let sql = "SELECT last_at FROM attempts WHERE name = $1 AND address = $2";
        let row = tx.query_one_raw(statement(&tx, sql, [NAME.into(), address.into()])).await?;
        let last: i64 = row.map_or(Ok(0), |row| row.try_get("", "last_at"))?;
        if last > now - MINUTE {
            return Ok(());
        }
        failed(&tx, NAME, address, now).await?;
        let (site, path) = ((Subject::Site, Some(1)), content::refusal::quoted(path));
        records::audit_from(&tx, &Actor::Anonymous, "foreign_request_refused", site, ("", &path), address).await?;
        Ok(tx.commit().await?)
    }
}

/// How long an address waits that has asked too often in this minute. Kept by the process: it protects the process.
fn crowd(address: &str, now: i64) -> Option<i64> {
    static CROWD: LazyLock<Mutex<HashMap<String, (i64, u32)>>> = LazyLock::new(Mutex::default);
    let mut crowd = CROWD.lock().unwrap_or_else(PoisonError::into_inner);
    if crowd.len() > 10_000 {
        crowd.retain(|_, (since, _)| now - *since < MINUTE);
    }
    let (since, count) = crowd.entry(address.to_owned()).or_insert((now, 0));
    if now - *since >= MINUTE {
        (*since, *count) = (now, 0);
    }
    *count += 1;
    (*count > PER_ADDRESS).then_some(*since + MINUTE - now)
}
