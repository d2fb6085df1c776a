//! The list of accounts and what administrators do to it.

use super::{
    links, passwords, secrets, sessions,
    signing_in::{grants_of, read_grant},
};
use crate::{
    Error, Result, Store,
    entity::{account, grant, section},
    records::{self, Subject},
    unix_now,
};
use content::{
    AccountId, Actor, Refusal,
    account::{self as names, Grant},
    article,
    desk::{AccountFields, AccountRow, OneTimeLink},
    permission::{self, Action},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
    sea_query::{Expr, Func},
};
use serde::Serialize;
use std::collections::HashMap;

impl Store {
    /// All accounts, by name.
    ///
    /// # Errors
    /// An actor who may not.
    pub async fn accounts(&self, actor: &Actor) -> Result<Vec<AccountRow>> {
        allowed(actor)?;
        let rows = account::Entity::find().order_by_asc(account::Column::Name).all(&self.db).await?;
        let mut grants: HashMap<i64, Vec<Grant>> = HashMap::new();
        for row in grant::Entity::find().all(&self.db).await? {
            let account = row.account_id;
            grants.entry(account).or_default().extend(read_grant(row));
        }
        let row = |row: account::Model| AccountRow {
            id: AccountId(row.id),
            grants: grants.get(&row.id).cloned().unwrap_or_default(),
            has_password: !row.password_hash.is_empty(),
            second_factor: !row.totp_secret.is_empty(),
            name: row.name,
            display_name: row.display_name,
            disabled: row.disabled,
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// Adds an account without a password, and the link by which its owner chooses one.
    ///
    /// # Errors
    /// An actor who may not, a name that is taken, roles that cannot be.
    pub async fn add_account(&self, actor: &Actor, fields: &AccountFields) -> Result<(AccountId, OneTimeLink)> {
        allowed(actor)?;
        let tx = self.write().await?;
        alone(&tx).await?;
        let id = insert(&tx, actor, fields).await?;
        let link = self.link(&tx, actor, Some(id), 24 * 3_600_000).await?;
        tx.commit().await?;
        Ok((id, link))
    }

    /// Adds an account that can sign in at once, as an operator does on the server.
    ///
    /// # Errors
    /// As [`Store::add_account`]; a password that cannot be.
    pub async fn add_account_with_password(
        &self,
        actor: &Actor,
        fields: &AccountFields,
        password: &str,
    ) -> Result<AccountId> {
        allowed(actor)?;
        names::check_password(password, &fields.name)?;
        let hash = passwords::hash(password).await?;
        let tx = self.write().await?;
        alone(&tx).await?;
        let id = insert(&tx, actor, fields).await?;
        links::set_password(&tx, id, hash).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Changes names and roles, and whether signing in is refused. A disabled account's sessions end.
    ///
    /// # Errors
    /// An actor who may not, a name that is taken, roles that cannot be, `LastAdministrator`.
    pub async fn change_account(
        &self,
        actor: &Actor,
        id: AccountId,
        fields: &AccountFields,
        disabled: bool,
    ) -> Result<()> {
        allowed(actor)?;
        let tx = self.write().await?;
        alone(&tx).await?;
        check(&tx, fields).await?;
        let row = account::Entity::find_by_id(id.0).one(&tx).await?.ok_or(Refusal::NotFound)?;
        free(&tx, &fields.name, Some(id)).await?;
        let runs = !disabled
            && fields.grants.iter().any(|grant| grant.role == content::Role::Administrator && grant.section.is_none());
        if !runs && links::administrators(&tx, None).await? > 0 && links::administrators(&tx, Some(id)).await? == 0 {
            return Err(Refusal::LastAdministrator.into());
        }
        let before = AccountFields {
            name: row.name.clone(),
            display_name: row.display_name.clone(),
            grants: grants_of(&tx, id).await?,
        };
        let before = kept(&before, row.disabled)?;
        let mut change = row.into_active_model();
        change.name = Set(fields.name.clone());
        change.display_name = Set(shown(fields));
        change.disabled = Set(disabled);
        change.updated_at = Set(unix_now().0);
        change.update(&tx).await?;
        grant::Entity::delete_many().filter(grant::Column::AccountId.eq(id.0)).exec(&tx).await?;
        give(&tx, id, &fields.grants).await?;
        if disabled {
            sessions::end_all(&tx, id, None).await?;
            links::end_links(&tx, id).await?;
        }
        records::audit(&tx, actor, "change", (Subject::Account, Some(id.0)), &before, &kept(fields, disabled)?).await?;
        Ok(tx.commit().await?)
    }
}

/// Adds the account and its roles within a transaction.
pub(super) async fn insert(tx: &impl ConnectionTrait, actor: &Actor, fields: &AccountFields) -> Result<AccountId> {
    check(tx, fields).await?;
    free(tx, &fields.name, None).await?;
    let now = unix_now().0;
    let row = account::ActiveModel {
        name: Set(fields.name.clone()),
        display_name: Set(shown(fields)),
        password_hash: Set(String::new()),
        totp_secret: Set(String::new()),
        disabled: Set(false),
        created_at: Set(now),
        updated_at: Set(now),
        journal_key: Set(secrets::random_hex(32)?),
        totp_pending: Set(String::new()),
        totp_step: Set(0),
        ..Default::default()
    };
    let id = AccountId(row.insert(tx).await?.id);
    give(tx, id, &fields.grants).await?;
    records::audit(tx, actor, "add", (Subject::Account, Some(id.0)), "", &json(fields)?).await?;
    Ok(id)
}

fn shown(fields: &AccountFields) -> String {
    let name = fields.display_name.trim();
    if name.is_empty() { fields.name.clone() } else { name.to_owned() }
}

async fn check(tx: &impl ConnectionTrait, fields: &AccountFields) -> Result<()> {
    names::check_name(&fields.name)?;
    article::limited("display_name", &fields.display_name, names::LONGEST_NAME)?;
    names::check_grants(&fields.grants)?;
    let sections: Vec<i64> = fields.grants.iter().filter_map(|grant| grant.section).map(|id| id.0).collect();
    let there = section::Entity::find().filter(section::Column::Id.is_in(sections.iter().copied()));
    let there: Vec<i64> = there.all(tx).await?.into_iter().map(|row| row.id).collect();
    match sections.into_iter().find(|id| !there.contains(id)) {
        Some(id) => Err(Refusal::UnknownSection { given: id.to_string() }.into()),
        None => Ok(()),
    }
}

/// The account with this name: whoever types it may mix up capital and small letters.
pub(super) async fn named(db: &impl ConnectionTrait, name: &str) -> Result<Option<account::Model>> {
    // SQLite knows the small letters of ASCII only; two names that differ in others are two names there.
    let lower = Func::lower(Expr::col(account::Column::Name));
    let same = Condition::any().add(account::Column::Name.eq(name)).add(Expr::expr(lower).eq(name.to_lowercase()));
    Ok(account::Entity::find().filter(same).order_by_asc(account::Column::Id).one(db).await?)
}

/// Until the transaction ends no other one changes accounts: names are looked up and administrators counted before they
/// are written. SQLite has one writer at a time anyway.
pub(super) async fn alone(tx: &impl ConnectionTrait) -> Result<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("LOCK TABLE grants IN SHARE ROW EXCLUSIVE MODE").await?;
    }
    Ok(())
}

async fn free(tx: &impl ConnectionTrait, name: &str, but: Option<AccountId>) -> Result<()> {
    match named(tx, name).await? {
        Some(other) if Some(AccountId(other.id)) != but => {
            Err(Refusal::NameTaken { given: content::refusal::quoted(name) }.into())
        }
        _ => Ok(()),
    }
}

async fn give(tx: &impl ConnectionTrait, id: AccountId, grants: &[Grant]) -> Result<()> {
    let rows: Vec<_> = grants
        .iter()
        .map(|grant| grant::ActiveModel {
            account_id: Set(id.0),
            role: Set(grant.role.key().to_owned()),
            section_id: Set(grant.section.map(|section| section.0)),
            ..Default::default()
        })
        .collect();
    if !rows.is_empty() {
        grant::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// What the record keeps of an account that was changed.
fn kept(fields: &AccountFields, disabled: bool) -> Result<String> {
    #[derive(Serialize)]
    struct Kept<'a> {
        #[serde(flatten)]
        fields: &'a AccountFields,
        disabled: bool,
    }
    json(&Kept { fields, disabled })
}

fn json(kept: &impl Serialize) -> Result<String> {
    serde_json::to_string(kept).map_err(|error| Error::Corrupt(error.to_string()))
}

/// Whether the actor manages accounts and this one is not their own: what opens one's own door takes the password.
pub(super) fn manages_another(actor: &Actor, id: AccountId) -> Result<()> {
    if actor.account() == Some(id) { Err(Error::not_allowed(Action::ManageAccounts)) } else { allowed(actor) }
}

pub(super) fn allowed(actor: &Actor) -> Result<()> {
    let may = permission::can(actor, Action::ManageAccounts, permission::Subject::Site);
    if may { Ok(()) } else { Err(Error::not_allowed(Action::ManageAccounts)) }
}
