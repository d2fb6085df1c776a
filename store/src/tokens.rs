//! Tokens: what programs act with. Random words that are stored as their hashes; each acts for an account, no further than
//! its scopes, and dies with its time, with its account, or when an administrator takes it back.

use crate::{
    Error, Result, Store,
    accounts::{grants_of, secrets},
    articles::statement,
    records::{self, Subject},
    unix_now,
};
use content::{
    AccountId, Actor, LocalTime, Refusal, Timestamp, TokenId,
    permission::{self, Action},
    token::{MOST_TOKENS, MadeToken, PREFIX, Scope, TokenFields, TokenRow, TokenState},
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult};

/// Random bytes of a secret.
const SECRET: usize = 32;
/// A use is noted once a minute, in milliseconds.
const NOTED: i64 = 60_000;
/// One that has ended is shown for so long, in milliseconds: thirty days.
const SHOWN: i64 = 30 * DAY;
const DAY: i64 = 24 * 3_600_000;

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    name: String,
    scopes: String,
    created_at: i64,
    used_at: Option<i64>,
    expires_at: i64,
    revoked_at: Option<i64>,
    account: String,
    disabled: bool,
    made_by: Option<String>,
}

impl Store {
    /// Makes a token. Its secret is in the answer and nowhere else.
    ///
    /// # Errors
    /// An actor who may not manage accounts; fields that cannot be; an account that is not there or may not sign in;
    /// `OutOfRange` where so many work already.
    pub async fn make_token(&self, actor: &Actor, fields: &TokenFields) -> Result<MadeToken> {
        allowed(actor)?;
        fields.check()?;
        let tx = self.write().await?;
        let sql = "SELECT disabled FROM accounts WHERE id = $1";
        let row = tx.query_one_raw(statement(&tx, sql, [fields.account.0.into()])).await?.ok_or(Refusal::NotFound)?;
        if row.try_get("", "disabled")? {
            return Err(Refusal::AccountDisabled.into());
        }
        let now = unix_now().0;
        room_for_one_more(&tx, now).await?;
        let secret = [PREFIX, &secrets::random_hex(SECRET)?].concat();
        let until = now + i64::from(fields.days) * DAY;
        let scopes = written(&fields.scopes);
        let sql = "INSERT INTO tokens (token_hash, name, account_id, scopes, made_by, created_at, expires_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
        let maker = actor.account().map(|account| account.0);
        let (hash, name) = (secrets::hash(&secret), fields.name.trim());
        let values = [
            hash.into(),
            name.into(),
            fields.account.0.into(),
            scopes.as_str().into(),
            maker.into(),
            now.into(),
            until.into(),
        ];
        let row = tx.query_one_raw(statement(&tx, sql, values)).await?;
        let row = row.ok_or_else(|| Error::Corrupt("the token was not stored".to_owned()))?;
        let id: i64 = row.try_get("", "id")?;
        let until = self.zone.shown(Timestamp(until));
        let after = serde_json::json!({
            "name": name, "accounts": fields.account, "scopes": scopes, "until": until.date_time(),
        });
        records::audit(&tx, actor, "make_token", (Subject::Token, Some(id)), "", &after.to_string()).await?;
        tx.commit().await?;
        Ok(MadeToken { id: TokenId(id), secret, until })
    }

    /// Takes a token back: it works no more.
    ///
    /// # Errors
    /// An actor who may not manage accounts; `NotFound` where there is none that could work.
    pub async fn revoke_token(&self, actor: &Actor, id: TokenId) -> Result<()> {
        allowed(actor)?;
        let tx = self.write().await?;
        let sql = "UPDATE tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING name";
        let row = tx.query_one_raw(statement(&tx, sql, [id.0.into(), unix_now().0.into()])).await?;
        let name: String = row.ok_or(Refusal::NotFound)?.try_get("", "name")?;
        records::audit(&tx, actor, "revoke_token", (Subject::Token, Some(id.0)), &name, "").await?;
        Ok(tx.commit().await?)
    }

    /// All tokens, those that were made last first; those that have ended for thirty days more.
    ///
    /// # Errors
    /// An actor who may not manage accounts.
    pub async fn tokens(&self, actor: &Actor) -> Result<Vec<TokenRow>> {
        allowed(actor)?;
        let sql = "SELECT t.id, t.name, t.scopes, t.created_at, t.used_at, t.expires_at, t.revoked_at, \
                   a.display_name AS account, a.disabled, m.display_name AS made_by FROM tokens t \
                   JOIN accounts a ON a.id = t.account_id LEFT JOIN accounts m ON m.id = t.made_by ORDER BY t.id DESC";
        let rows = Row::find_by_statement(statement(&self.db, sql, [])).all(&self.db).await?;
        let now = unix_now().0;
        Ok(rows.into_iter().map(|row| row.shown(now, |at| self.zone.shown(Timestamp(at)))).collect())
    }

    /// Who acts with this secret; none where it is none that works. The grants are those that the account has now.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn token(&self, secret: &str) -> Result<Option<Actor>> {
        #[derive(FromQueryResult)]
        struct Found {
            id: i64,
            name: String,
            account_id: i64,
            scopes: String,
            used_at: Option<i64>,
        }
        if !secret.starts_with(PREFIX) {
            return Ok(None);
        }
        let now = unix_now().0;
        let sql = "SELECT t.id, t.name, t.account_id, t.scopes, t.used_at FROM tokens t \
                   JOIN accounts a ON a.id = t.account_id \
                   WHERE t.token_hash = $1 AND t.expires_at > $2 AND t.revoked_at IS NULL AND NOT a.disabled";
        let values = [secrets::hash(secret).into(), now.into()];
        let found = Found::find_by_statement(statement(&self.db, sql, values)).one(&self.db).await?;
        let Some(Found { id, name, account_id, scopes, used_at }) = found else { return Ok(None) };
        if used_at.is_none_or(|used| used < now - NOTED) {
            let sql = "UPDATE tokens SET used_at = $2 WHERE id = $1";
            self.db.execute_raw(statement(&self.db, sql, [id.into(), now.into()])).await?;
        }
        let account = AccountId(account_id);
        let grants = grants_of(&self.db, account).await?;
        Ok(Some(Actor::Token { id: TokenId(id), name, account, grants, scopes: read(&scopes) }))
    }
}

impl Row {
    fn shown(self, now: i64, shown: impl Fn(i64) -> LocalTime) -> TokenRow {
        let state = match self {
            Self { revoked_at: Some(_), .. } => TokenState::Revoked,
            Self { expires_at, .. } if expires_at <= now => TokenState::Expired,
            Self { disabled: true, .. } => TokenState::Suspended,
            _ => TokenState::Works,
        };
        TokenRow {
            id: TokenId(self.id),
            name: self.name,
            account: self.account,
            scopes: read(&self.scopes),
            by: self.made_by.unwrap_or_default(),
            made: shown(self.created_at),
            used: self.used_at.map(&shown),
            until: shown(self.expires_at),
            state,
        }
    }
}

/// Forgets tokens that ended long ago.
pub(crate) async fn sweep(db: &impl ConnectionTrait, now: i64) -> Result<()> {
    let sql = "DELETE FROM tokens WHERE expires_at < $1 OR revoked_at < $1";
    db.execute_raw(statement(db, sql, [(now - SHOWN).into()])).await?;
    Ok(())
}

/// A token never makes tokens: no scope covers this.
fn allowed(actor: &Actor) -> Result<()> {
    let may = permission::can(actor, Action::ManageAccounts, permission::Subject::Site);
    if may { Ok(()) } else { Err(Error::not_allowed(Action::ManageAccounts)) }
}

async fn room_for_one_more(tx: &DatabaseTransaction, now: i64) -> Result<()> {
    let sql = "SELECT COUNT(*) AS n FROM tokens WHERE expires_at > $1 AND revoked_at IS NULL";
    let row = tx.query_one_raw(statement(tx, sql, [now.into()])).await?;
    let tokens: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
    let full = Refusal::OutOfRange { field: "tokens".to_owned(), least: 0, most: MOST_TOKENS };
    if tokens < i64::from(MOST_TOKENS) { Ok(()) } else { Err(full.into()) }
}

fn written(scopes: &[Scope]) -> String {
    scopes.iter().map(|scope| scope.key()).collect::<Vec<_>>().join(" ")
}

/// What a later version added is not known here and lets nobody do anything.
fn read(scopes: &str) -> Vec<Scope> {
    scopes.split(' ').filter_map(Scope::of_key).collect()
}
