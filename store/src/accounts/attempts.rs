//! How guessing is slowed: by name and address together, so that nobody locks a colleague out, and by address alone only
//! as far as hashing passwords would keep the machine from its readers.
//!
//! An attempt is counted before the password is looked at and taken back when it was right: of many that come at once,
//! each one counts.

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
    net::IpAddr,
    sync::{LazyLock, Mutex, PoisonError},
};

/// Failures in a row that cost nothing.
const FREE: u32 = 5;
/// The longest wait, in seconds.
const LONGEST: u64 = 15 * 60;
/// Failures older than this are forgotten, in milliseconds.
const MEMORY: i64 = 60 * 60 * 1000;
/// An address may try once in so many milliseconds, whatever the names: a hash takes about 20.
const PACE: i64 = 50;
/// So many more at once: an office that comes to work.
const BURST: i64 = 50;
/// Addresses that are remembered at a time; what is beyond is not paced, so that a flood takes no memory.
const REMEMBERED: usize = 100_000;
const MINUTE: i64 = 60_000;

/// An attempt that is under way, and counts as a failure until it is settled.
#[derive(Debug)]
pub struct Try {
    name: String,
    place: String,
    /// The failures in a row, this one among them.
    pub failures: u32,
}

impl Try {
    /// Begins one, for this name from this address.
    ///
    /// # Errors
    /// `TooManyAttempts` while the name waits at this address, or the address asks too much.
    pub async fn begin(store: &Store, name: &str, address: &str) -> Result<Self> {
        let now = unix_now().0;
        let (name, place) = (name.to_lowercase(), place(address));
        // A flood is refused by a lookup, without a write.
        let wait = waiting(&store.db, &name, &place, now).await?.or_else(|| crowd(&place, now));
        if let Some(wait) = wait {
            return Err(too_many(wait));
        }
        let tx = store.write().await?;
        // While the name waits, its row is left alone and none is answered: of many at once, each one counts.
        let sql = "INSERT INTO attempts (name, address, failures, last_at, blocked_until) VALUES ($1, $2, 1, $3, 0) \
             ON CONFLICT (name, address) DO UPDATE SET last_at = $3, \
             failures = CASE WHEN attempts.last_at < $4 THEN 1 ELSE attempts.failures + 1 END \
             WHERE attempts.blocked_until <= $3 RETURNING failures";
        let values = [name.as_str().into(), place.as_str().into(), now.into(), (now - MEMORY).into()];
        let Some(row) = tx.query_one_raw(statement(&tx, sql, values)).await? else {
            return Err(too_many(waiting(&tx, &name, &place, now).await?.unwrap_or_default()));
        };
        let failures = u32::try_from(row.try_get::<i64>("", "failures")?).unwrap_or(u32::MAX);
        if failures >= FREE {
            let seconds = 2_u64.saturating_pow(failures - FREE + 1).min(LONGEST);
            let until = now + i64::try_from(seconds * 1000).unwrap_or(MEMORY);
            let sql = "UPDATE attempts SET blocked_until = $3 WHERE name = $1 AND address = $2";
            let values = [name.as_str().into(), place.as_str().into(), until.into()];
            tx.execute_raw(statement(&tx, sql, values)).await?;
        }
        tx.commit().await?;
        Ok(Self { name, place, failures })
    }

    /// Somebody has proved to be who they say they are: what failed before is forgotten.
    pub async fn right(self, db: &impl ConnectionTrait) -> Result<()> {
        let sql = "DELETE FROM attempts WHERE name = $1 AND address = $2";
        db.execute_raw(statement(db, sql, [self.name.into(), self.place.into()])).await?;
        Ok(())
    }

    /// It was neither right nor wrong: this one does not count, those before still do.
    pub async fn undecided(self, db: &impl ConnectionTrait) -> Result<()> {
        let sql = "UPDATE attempts SET failures = failures - 1, \
             blocked_until = CASE WHEN failures = $3 THEN 0 ELSE blocked_until END WHERE name = $1 AND address = $2";
        let values = [self.name.into(), self.place.into(), i64::from(self.failures).into()];
        db.execute_raw(statement(db, sql, values)).await?;
        Ok(())
    }
}

/// How long the name still waits at this place, in milliseconds.
async fn waiting(db: &impl ConnectionTrait, name: &str, place: &str, now: i64) -> Result<Option<i64>> {
    let sql = "SELECT blocked_until FROM attempts WHERE name = $1 AND address = $2";
    let row = db.query_one_raw(statement(db, sql, [name.into(), place.into()])).await?;
    let until: i64 = row.map_or(Ok(0), |row| row.try_get("", "blocked_until"))?;
    Ok((until > now).then_some(until - now))
}

fn too_many(wait: i64) -> crate::Error {
    Refusal::TooManyAttempts { seconds: u64::try_from(wait / 1000 + 1).unwrap_or(1) }.into()
}

/// Who has one address of version 6 has the whole /64 around it.
fn place(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(address)) if address.to_ipv4_mapped().is_none() => {
            format!("{}/64", std::net::Ipv6Addr::from_bits(address.to_bits() >> 64 << 64))
        }
        Ok(address) => address.to_canonical().to_string(),
        Err(_) => address.to_owned(),
    }
}

/// Forgets what is long ago.
pub async fn sweep(db: &impl ConnectionTrait, now: i64) -> Result<()> {
    db.execute_raw(statement(db, "DELETE FROM attempts WHERE last_at < $1", [(now - MEMORY).into()])).await?;
    Ok(())
}

impl Store {
    /// Notes in the audit that another site made a browser send a request here, once a minute for each address.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn note_foreign_request(&self, path: &str, address: &str) -> Result<()> {
        static NOTED: Moments = Moments::new(Mutex::default);
        let now = unix_now().0;
        let first = remember(&NOTED, &place(address), now, |until| if until > now { until } else { now + MINUTE });
        if first.is_none_or(|before| before > now) {
            return Ok(());
        }
        let tx = self.write().await?;
        let (site, path) = ((Subject::Site, Some(1)), content::refusal::quoted(path));
        records::audit_from(&tx, &Actor::Anonymous, "foreign_request_refused", site, ("", &path), address).await?;
        Ok(tx.commit().await?)
    }
}

/// Places and a moment of each; what is past needs not be remembered. Kept by the process: it protects the process.
type Moments = LazyLock<Mutex<HashMap<String, i64>>>;

/// How long a place waits that asks faster than its pace (the generic cell rate algorithm, ITU-T I.371).
fn crowd(place: &str, now: i64) -> Option<i64> {
    static PACED: Moments = Moments::new(Mutex::default);
    let full = |until: i64| until.max(now) - now > PACE * BURST;
    let before = remember(&PACED, place, now, |until| if full(until) { until } else { until.max(now) + PACE })?;
    full(before).then(|| before - now - PACE * BURST)
}

/// Changes the moment of a place; the one before. None where too many are remembered already.
fn remember(moments: &Moments, place: &str, now: i64, change: impl FnOnce(i64) -> i64) -> Option<i64> {
    let mut moments = moments.lock().unwrap_or_else(PoisonError::into_inner);
    if moments.len() >= REMEMBERED {
        moments.retain(|_, until| *until > now);
        if moments.len() >= REMEMBERED {
            return None;
        }
    }
    let moment = moments.entry(place.to_owned()).or_insert(0);
    let before = *moment;
    *moment = change(before);
    Some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_version_6_is_its_network_and_one_of_version_4_is_itself() {
        assert_eq!(place("2001:db8:1:2:3::4"), place("2001:db8:1:2:ffff::9"));
        assert_ne!(place("2001:db8:1:2::1"), place("2001:db8:1:3::1"));
        assert_eq!((place("::ffff:10.0.0.1"), place("a session")), ("10.0.0.1".to_owned(), "a session".to_owned()));
    }

    #[test]
    fn an_address_may_burst_and_then_keeps_its_pace() {
        let now = 1_000_000;
        let burst = (0..200).filter(|_| crowd("an office", now).is_none()).count();
        assert_eq!(i64::try_from(burst).unwrap(), BURST + 1);
        assert_eq!(crowd("another office", now), None);
        let minute = (0..1_200).filter(|step| crowd("an office", now + 60_000 + step * 60).is_none()).count();
        assert_eq!(minute, 1_200, "a thousand a minute are within the pace");
    }
}
