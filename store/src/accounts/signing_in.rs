//! Signing in, and who one is then.

use super::{attempts::Try, passwords, people::named, second_factor, sessions};
use crate::{
    Error, Result, Store,
    entity::{account, grant},
    records::{self, Subject},
};
use content::{
    AccountId, Actor, Refusal, Role, SectionId,
    account::{Grant, LONGEST_NAME, LONGEST_PASSWORD},
    desk::Me,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// An attempt to sign in.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// The name that was typed.
    pub name: &'a str,
    /// The password that was typed.
    pub password: &'a str,
    /// A code of the second factor, or a recovery code.
    pub code: Option<&'a str>,
    /// Where it came from.
    pub address: &'a str,
    /// What the browser says of itself.
    pub agent: &'a str,
}

impl Store {
    /// Signs in: the token of a new session, and who it belongs to.
    ///
    /// # Errors
    /// `BadCredentials`, `NeedsCode` or `TooManyAttempts`.
    pub async fn sign_in(&self, attempt: Attempt<'_>) -> Result<(String, Me)> {
        let Attempt { name, password, code, address, agent } = attempt;
        let name = name.trim();
        if name.len() > LONGEST_NAME * 4 || password.len() > LONGEST_PASSWORD * 4 {
            return Err(Refusal::BadCredentials.into());
        }
        // Counted before the password is looked at: a refused attempt costs a lookup and tells nothing.
        let trying = Try::begin(self, name, address).await?;
        let found = named(&self.db, name).await?;
        let hash = found.as_ref().filter(|row| !row.disabled).map_or("", |row| row.password_hash.as_str());
        let right = passwords::matches(password, hash).await?;
        let Some(row) = found.filter(|_| right) else { return self.refuse(&trying, name, address, None).await };
        let id = AccountId(row.id);
        match second_factor::ask(self, &row, code).await {
            Ok(()) => {}
            Err(Error::Refused(Refusal::BadCredentials)) => return self.refuse(&trying, name, address, Some(id)).await,
            Err(error) => {
                trying.undecided(&self.db).await?;
                return Err(error);
            }
        }
        let tx = self.write().await?;
        trying.right(&tx).await?;
        let token = sessions::begin(&tx, id, self.life, address, agent).await?;
        let actor = Actor::Account { id, grants: grants_of(&tx, id).await? };
        let subject = (Subject::Account, Some(id.0));
        records::audit_from(&tx, &actor, "sign_in", subject, ("", ""), address).await?;
        tx.commit().await?;
        Ok((token, self.me(&actor).await?))
    }

    async fn refuse<T>(&self, trying: &Try, name: &str, address: &str, id: Option<AccountId>) -> Result<T> {
        // The first, and then each one that doubles the number: a flood writes little.
        if trying.failures.is_power_of_two() {
            let tx = self.write().await?;
            let after = format!("{}: {}", content::refusal::quoted(name), trying.failures);
            let subject = (Subject::Account, id.map(|id| id.0));
            records::audit_from(&tx, &Actor::Anonymous, "sign_in_refused", subject, ("", &after), address).await?;
            tx.commit().await?;
        }
        Err(Refusal::BadCredentials.into())
    }

    /// The account that acts, as it sees itself.
    ///
    /// # Errors
    /// `SignedOut` for anybody but an account.
    pub async fn me(&self, actor: &Actor) -> Result<Me> {
        let id = sessions::own(actor)?;
        let row = account::Entity::find_by_id(id.0).one(&self.db).await?;
        let row = row.ok_or(Error::Refused(Refusal::SignedOut))?;
        Ok(Me {
            id,
            recovery_codes: second_factor::codes_left(&self.db, id).await?,
            grants: grants_of(&self.db, id).await?,
            name: row.name,
            display_name: row.display_name,
            second_factor: !row.totp_secret.is_empty(),
            journal_key: row.journal_key,
        })
    }
}

pub(crate) async fn grants_of(db: &impl ConnectionTrait, id: AccountId) -> Result<Vec<Grant>> {
    let rows = grant::Entity::find().filter(grant::Column::AccountId.eq(id.0)).all(db).await?;
    Ok(rows.into_iter().filter_map(read_grant).collect())
}

pub(super) fn read_grant(row: grant::Model) -> Option<Grant> {
    Some(Grant { role: Role::of_key(&row.role)?, section: row.section_id.map(SectionId) })
}
