//! One-time links: the first administrator's, and that of somebody who has no password or has forgotten it.

use super::{
    passwords,
    people::{self, allowed, manages_another},
    second_factor, secrets, sessions,
};
use crate::{
    Result, Store,
    articles::statement,
    entity::account,
    records::{self, Subject},
    unix_now,
};
use content::{
    AccountId, Actor, Refusal, Role, Timestamp,
    account::{self as names, Grant},
    desk::{AccountFields, LinkPurpose, Me, OneTimeLink},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel};

const HOUR: i64 = 3_600_000;
/// How long the first administrator's link works, in milliseconds.
const SET_UP: i64 = HOUR;
/// How long a link to a new password works.
const PASSWORD: i64 = 24 * HOUR;

/// What somebody says who uses a link.
#[derive(Clone, Copy, Debug)]
pub struct LinkUse<'a> {
    /// The name to sign in with; only the first administrator chooses it.
    pub name: &'a str,
    /// The name that others see; likewise.
    pub display_name: &'a str,
    /// The new password.
    pub password: &'a str,
    /// A code of the second factor, where the account has one: a link is not both factors.
    pub code: Option<&'a str>,
}

impl Store {
    /// Whether an administrator is there who can sign in.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn has_administrator(&self) -> Result<bool> {
        Ok(administrators(&self.db, None).await? > 0)
    }

    /// The link by which the first administrator comes in; the ones before it end. `None` where there is one already.
    ///
    /// # Errors
    /// An actor who may not.
    pub async fn set_up_link(&self, actor: &Actor) -> Result<Option<OneTimeLink>> {
        allowed(actor)?;
        if self.has_administrator().await? {
            return Ok(None);
        }
        let tx = self.write().await?;
        tx.execute_unprepared("DELETE FROM one_time_links WHERE account_id IS NULL").await?;
        let link = self.link(&tx, actor, None, SET_UP).await?;
        tx.commit().await?;
        Ok(Some(link))
    }

    /// A link by which another account chooses a new password; the ones before it end. One's own takes the password.
    ///
    /// # Errors
    /// An actor who may not, an account that is not there, `AccountDisabled`.
    pub async fn password_link(&self, actor: &Actor, id: AccountId) -> Result<OneTimeLink> {
        manages_another(actor, id)?;
        let tx = self.write().await?;
        let row = account::Entity::find_by_id(id.0).one(&tx).await?.ok_or(Refusal::NotFound)?;
        if row.disabled {
            return Err(Refusal::AccountDisabled.into());
        }
        end_links(&tx, id).await?;
        let link = self.link(&tx, actor, Some(id), PASSWORD).await?;
        tx.commit().await?;
        Ok(link)
    }

    pub(super) async fn link(
        &self,
        tx: &impl ConnectionTrait,
        actor: &Actor,
        account: Option<AccountId>,
        life: i64,
    ) -> Result<OneTimeLink> {
        let token = secrets::random_hex(24)?;
        let until = unix_now().0 + life;
        let sql = "INSERT INTO one_time_links (token_hash, account_id, expires_at) VALUES ($1, $2, $3)";
        let account = account.map(|account| account.0);
        let values = [secrets::hash(&token).into(), account.into(), until.into()];
        tx.execute_raw(statement(tx, sql, values)).await?;
        records::audit(tx, actor, "link", (Subject::Account, account), "", "").await?;
        Ok(OneTimeLink { path: format!("/admin/link/{token}"), until: self.zone.shown(Timestamp(until)) })
    }

    /// Whom a link is for.
    ///
    /// # Errors
    /// `DeadLink`.
    pub async fn link_purpose(&self, token: &str) -> Result<LinkPurpose> {
        Ok(find(&self.db, token).await?.map_or(LinkPurpose::SetUp, |row| LinkPurpose::Password { name: row.name }))
    }

    /// Uses a link, once: the token of a new session, and who it belongs to.
    ///
    /// # Errors
    /// `DeadLink`; a name or a password that cannot be; `NeedsCode`, `BadCredentials` or `TooManyAttempts` of the code.
    pub async fn use_link(&self, token: &str, used: LinkUse<'_>, address: &str, agent: &str) -> Result<(String, Me)> {
        let account = find(&self.db, token).await?;
        let name = account.as_ref().map_or_else(|| used.name.trim().to_owned(), |row| row.name.clone());
        names::check_name(&name)?;
        names::check_password(used.password, &name)?;
        if let Some(row) = &account {
            second_factor::ask(self, row, used.code).await?;
        }
        let hash = passwords::hash(used.password).await?;
        let tx = self.write().await?;
        people::alone(&tx).await?;
        // Of two who use it at once, one finds it gone.
        let sql = "DELETE FROM one_time_links WHERE token_hash = $1 AND expires_at > $2";
        let gone = tx.execute_raw(statement(&tx, sql, [secrets::hash(token).into(), unix_now().0.into()])).await?;
        if gone.rows_affected() != 1 || (account.is_none() && administrators(&tx, None).await? > 0) {
            return Err(Refusal::DeadLink.into());
        }
        let id = match account {
            Some(row) => AccountId(row.id),
            None => {
                let grants = vec![Grant { role: Role::Administrator, section: None }];
                let display_name = used.display_name.trim().to_owned();
                let fields = AccountFields { name, display_name, grants };
                people::insert(&tx, &Actor::Operator, &fields).await?
            }
        };
        set_password(&tx, id, hash).await?;
        sessions::end_all(&tx, id, None).await?;
        let session = sessions::begin(&tx, id, self.life, address, agent).await?;
        let actor = Actor::Account { id, grants: super::signing_in::grants_of(&tx, id).await? };
        records::audit_from(&tx, &actor, "link_used", (Subject::Account, Some(id.0)), ("", ""), address).await?;
        tx.commit().await?;
        Ok((session, self.me(&actor).await?))
    }

    /// Changes the actor's own password; their other sessions end.
    ///
    /// # Errors
    /// `BadCredentials`, `WeakPassword`.
    pub async fn change_password(&self, actor: &Actor, session: i64, current: &str, new: &str) -> Result<()> {
        let row = self.own_row(actor).await?;
        self.prove(&row, current).await?;
        names::check_password(new, &row.name)?;
        let hash = passwords::hash(new).await?;
        let id = AccountId(row.id);
        let tx = self.write().await?;
        set_password(&tx, id, hash).await?;
        sessions::end_all(&tx, id, Some(session)).await?;
        records::audit(&tx, actor, "password", (Subject::Account, Some(id.0)), "", "").await?;
        Ok(tx.commit().await?)
    }
}

pub(super) async fn set_password(tx: &impl ConnectionTrait, id: AccountId, hash: String) -> Result<()> {
    let row = account::Entity::find_by_id(id.0).one(tx).await?.ok_or(Refusal::NotFound)?;
    let mut change = row.into_active_model();
    change.password_hash = Set(hash);
    change.updated_at = Set(unix_now().0);
    change.update(tx).await?;
    // Whatever other link to a password is on its way has lost its reason.
    end_links(tx, id).await
}

pub(super) async fn end_links(tx: &impl ConnectionTrait, id: AccountId) -> Result<()> {
    tx.execute_raw(statement(tx, "DELETE FROM one_time_links WHERE account_id = $1", [id.0.into()])).await?;
    Ok(())
}

/// The account of a link that works; none is the first administrator's.
async fn find(db: &impl ConnectionTrait, token: &str) -> Result<Option<account::Model>> {
    let sql = "SELECT account_id FROM one_time_links WHERE token_hash = $1 AND expires_at > $2";
    let values = [secrets::hash(token).into(), unix_now().0.into()];
    let row = db.query_one_raw(statement(db, sql, values)).await?.ok_or(Refusal::DeadLink)?;
    let Some(id) = row.try_get::<Option<i64>>("", "account_id")? else { return Ok(None) };
    let row = account::Entity::find_by_id(id).one(db).await?.filter(|row| !row.disabled);
    Ok(Some(row.ok_or(Refusal::DeadLink)?))
}

/// How many can sign in and run the site, one of them left out.
pub(super) async fn administrators(db: &impl ConnectionTrait, but: Option<AccountId>) -> Result<i64> {
    let sql = "SELECT COUNT(DISTINCT a.id) AS n FROM accounts a JOIN grants g ON g.account_id = a.id \
         WHERE g.role = $1 AND g.section_id IS NULL AND a.password_hash <> '' AND NOT a.disabled AND a.id <> $2";
    let values = [Role::Administrator.key().into(), but.map_or(0, |id| id.0).into()];
    let row = db.query_one_raw(statement(db, sql, values)).await?;
    Ok(row.map_or(Ok(0), |row| row.try_get("", "n"))?)
}
