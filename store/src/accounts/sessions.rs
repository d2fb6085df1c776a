//! Sessions: a random token in a cookie, its hash in the database. They end when they are not used, and in any case.

use super::secrets;
use crate::{
    Error, Result, Store,
    articles::statement,
    entity::session,
    records::{self, Subject},
    unix_now,
};
use content::{AccountId, Actor, Refusal, Role, SectionId, Timestamp, account::Grant, desk::SessionRow};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::time::Duration;

/// How long sessions last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLife {
    /// Without being used.
    pub idle: Duration,
    /// In any case.
    pub longest: Duration,
}

impl Default for SessionLife {
    fn default() -> Self {
        Self { idle: Duration::from_secs(12 * 3600), longest: Duration::from_secs(14 * 24 * 3600) }
    }
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX / 4)
}

/// A use is noted once a minute, in milliseconds.
const NOTED: i64 = 60_000;
/// Of what a browser says of itself, so much is kept, in characters.
const LONGEST_AGENT: usize = 200;

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The session's number.
    pub id: i64,
    /// Who acts.
    pub actor: Actor,
    /// The name that others see.
    pub display_name: String,
}

impl Store {
    /// Who the token belongs to, in one query; none where the session has ended.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn session(&self, token: &str) -> Result<Option<Session>> {
        let now = unix_now().0;
        let sql = "SELECT s.id, s.account_id, s.seen_at, a.display_name, g.role, g.section_id FROM sessions s \
             JOIN accounts a ON a.id = s.account_id LEFT JOIN grants g ON g.account_id = a.id \
             WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.seen_at > $3 AND NOT a.disabled";
        let oldest = now - millis(self.life.idle);
        let values = [secrets::hash(token).into(), now.into(), oldest.into()];
        let rows = self.db.query_all_raw(statement(&self.db, sql, values)).await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let id: i64 = first.try_get("", "id")?;
        let account = AccountId(first.try_get("", "account_id")?);
        let mut grants = Vec::new();
        for row in &rows {
            let role: Option<String> = row.try_get("", "role")?;
            let section: Option<i64> = row.try_get("", "section_id")?;
            let role = role.as_deref().and_then(Role::of_key);
            grants.extend(role.map(|role| Grant { role, section: section.map(SectionId) }));
        }
        if first.try_get::<i64>("", "seen_at")? < now - NOTED {
            let sql = "UPDATE sessions SET seen_at = $2 WHERE id = $1";
            self.db.execute_raw(statement(&self.db, sql, [id.into(), now.into()])).await?;
        }
        let display_name = first.try_get("", "display_name")?;
        Ok(Some(Session { id, actor: Actor::Account { id: account, grants }, display_name }))
    }

    /// How long a session lasts in any case.
    #[must_use]
    pub const fn session_life(&self) -> SessionLife {
        self.life
    }

    /// Ends one session of the actor's own.
    ///
    /// # Errors
    /// `NotFound` where it is not one of theirs.
    pub async fn end_session(&self, actor: &Actor, session: i64) -> Result<()> {
        let account = own(actor)?;
        let tx = self.write().await?;
        let ended = session::Entity::delete_many()
            .filter(session::Column::Id.eq(session))
            .filter(session::Column::AccountId.eq(account.0))
            .exec(&tx)
            .await?;
        if ended.rows_affected == 0 {
            return Err(Refusal::NotFound.into());
        }
        records::audit(&tx, actor, "sign_out", (Subject::Account, Some(account.0)), "", "").await?;
        Ok(tx.commit().await?)
    }

    /// Ends all sessions of the actor but the one named; answers how many.
    ///
    /// # Errors
    /// An actor that is no account.
    pub async fn end_other_sessions(&self, actor: &Actor, but: Option<i64>) -> Result<u32> {
        let account = own(actor)?;
        let tx = self.write().await?;
        let ended = end_all(&tx, account, but).await?;
        records::audit(&tx, actor, "sign_out_everywhere", (Subject::Account, Some(account.0)), "", "").await?;
        tx.commit().await?;
        Ok(ended)
    }

    /// The actor's sessions, the last used first.
    ///
    /// # Errors
    /// An actor that is no account.
    pub async fn sessions_of(&self, actor: &Actor, current: i64) -> Result<Vec<SessionRow>> {
        let account = own(actor)?;
        let now = unix_now().0;
        let rows = session::Entity::find()
            .filter(session::Column::AccountId.eq(account.0))
            .filter(session::Column::ExpiresAt.gt(now))
            .filter(session::Column::SeenAt.gt(now - millis(self.life.idle)))
            .order_by_desc(session::Column::SeenAt)
            .all(&self.db)
            .await?;
        let row = |row: session::Model| SessionRow {
            id: row.id,
            current: row.id == current,
            created: self.zone.shown(Timestamp(row.created_at)),
            seen: self.zone.shown(Timestamp(row.seen_at)),
            address: row.address,
            agent: row.agent,
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// Deletes what has ended: sessions, links, previews, tokens, counters.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn sweep_sessions(&self) -> Result<()> {
        let now = unix_now().0;
        let idle = now - millis(self.life.idle);
        let sql = "DELETE FROM sessions WHERE expires_at < $1 OR seen_at < $2";
        self.db.execute_raw(statement(&self.db, sql, [now.into(), idle.into()])).await?;
        self.db
            .execute_raw(statement(&self.db, "DELETE FROM one_time_links WHERE expires_at < $1", [now.into()]))
            .await?;
        crate::previews::sweep(&self.db, now).await?;
        crate::tokens::sweep(&self.db, now).await?;
        super::attempts::sweep(&self.db, now).await
    }
}

/// Begins a session; its token, which is stored nowhere.
pub(super) async fn begin(
    tx: &impl ConnectionTrait,
    account: AccountId,
    life: SessionLife,
    address: &str,
    agent: &str,
) -> Result<String> {
    let token = secrets::random_hex(32)?;
    let now = unix_now().0;
    let row = session::ActiveModel {
        token_hash: Set(secrets::hash(&token)),
        account_id: Set(account.0),
        created_at: Set(now),
        seen_at: Set(now),
        expires_at: Set(now + millis(life.longest)),
        address: Set(address.to_owned()),
        agent: Set(agent.chars().filter(|c| !c.is_control()).take(LONGEST_AGENT).collect()),
        ..Default::default()
    };
    session::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(token)
}

pub(super) async fn end_all(tx: &impl ConnectionTrait, account: AccountId, but: Option<i64>) -> Result<u32> {
    let mut ended = session::Entity::delete_many().filter(session::Column::AccountId.eq(account.0));
    if let Some(but) = but {
        ended = ended.filter(session::Column::Id.ne(but));
    }
    Ok(u32::try_from(ended.exec(tx).await?.rows_affected).unwrap_or(u32::MAX))
}

/// The account that acts by itself: no token changes what opens its account's door.
pub(super) fn own(actor: &Actor) -> Result<AccountId> {
    match actor {
        Actor::Account { id, .. } => Ok(*id),
        Actor::Anonymous | Actor::Operator | Actor::Token { .. } => Err(Error::Refused(Refusal::SignedOut)),
    }
}
