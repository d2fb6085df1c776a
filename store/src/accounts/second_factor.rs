//! The second factor: a code of an authenticator app (RFC 6238: SHA-1, six digits, thirty seconds, one step of clock skew),
//! or one of ten recovery codes. Each code opens once.

use super::{attempts::Try, passwords, secrets, sessions::own};
use crate::{
    Error, Result, Store,
    articles::statement,
    entity::account,
    records::{self, Subject},
    unix_now,
};
use content::{AccountId, Actor, Refusal, desk::SecondFactorOffer};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel};
use totp_rs::{Algorithm, Secret, TOTP};

const ISSUER: &str = "Fuxian";
const STEP: u64 = 30;
const RECOVERY_CODES: usize = 10;

fn totp(secret: &str, name: &str) -> Result<TOTP> {
    let broken = |error: &dyn std::fmt::Debug| Error::Corrupt(format!("a second factor: {error:?}"));
    let bytes = Secret::Encoded(secret.to_owned()).to_bytes().map_err(|error| broken(&error))?;
    // The name goes into an address where a colon would end it.
    let name = name.replace(':', "-");
    TOTP::new(Algorithm::SHA1, 6, 1, STEP, bytes, Some(ISSUER.to_owned()), name).map_err(|error| broken(&error))
}

/// The step whose code this is, if it is one of now.
fn step_of(totp: &TOTP, code: &str, now: u64) -> Option<i64> {
    let steps = [now / STEP, (now / STEP).saturating_sub(1), now / STEP + 1];
    let step = steps.into_iter().find(|step| constant_time_eq(&totp.generate(step * STEP), code))?;
    i64::try_from(step).ok()
}

fn constant_time_eq(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

fn seconds() -> u64 {
    u64::try_from(unix_now().0 / 1000).unwrap_or_default()
}

/// Asks for the second factor of an account that has one. Guesses are counted for the account, wherever they come from:
/// only who has the password comes this far, so nobody else is held up.
///
/// # Errors
/// `NeedsCode` where none is given, `BadCredentials` for a wrong one, `TooManyAttempts`.
pub(super) async fn ask(store: &Store, row: &account::Model, code: Option<&str>) -> Result<()> {
    if row.totp_secret.is_empty() {
        return Ok(());
    }
    let Some(code) = code.map(str::trim).filter(|code| !code.is_empty()) else {
        return Err(Refusal::NeedsCode.into());
    };
    let trying = Try::begin(store, &row.name, &codes_of(row)).await?;
    if !accept(store, row, code).await? {
        return Err(Refusal::BadCredentials.into());
    }
    trying.right(&store.db).await
}

/// In place of an address: the pace of guesses is the account's own as well.
fn codes_of(row: &account::Model) -> String {
    format!("codes of {}", row.id)
}

/// Takes a code or a recovery code, once.
async fn accept(store: &Store, row: &account::Model, code: &str) -> Result<bool> {
    let code: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let db = &store.db;
    if let Some(step) = step_of(&totp(&row.totp_secret, &row.name)?, &code, seconds()) {
        let sql = "UPDATE accounts SET totp_step = $2 WHERE id = $1 AND totp_step < $2";
        let used = db.execute_raw(statement(db, sql, [row.id.into(), step.into()])).await?;
        return Ok(used.rows_affected() == 1);
    }
    let sql = "UPDATE recovery_codes SET used_at = $3 WHERE account_id = $1 AND code_hash = $2 AND used_at IS NULL";
    let values = [row.id.into(), secrets::hash(&code.to_lowercase()).into(), unix_now().0.into()];
    Ok(db.execute_raw(statement(db, sql, values)).await?.rows_affected() == 1)
}

/// How many recovery codes were not used yet.
pub(super) async fn codes_left(db: &impl ConnectionTrait, id: AccountId) -> Result<u32> {
    let sql = "SELECT COUNT(*) AS n FROM recovery_codes WHERE account_id = $1 AND used_at IS NULL";
    let row = db.query_one_raw(statement(db, sql, [id.0.into()])).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
    Ok(u32::try_from(count).unwrap_or(0))
}

async fn renew_codes(db: &impl ConnectionTrait, id: AccountId) -> Result<Vec<String>> {
    db.execute_raw(statement(db, "DELETE FROM recovery_codes WHERE account_id = $1", [id.0.into()])).await?;
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let code = secrets::random_hex(5)?;
        let sql = "INSERT INTO recovery_codes (account_id, code_hash) VALUES ($1, $2)";
        db.execute_raw(statement(db, sql, [id.0.into(), secrets::hash(&code).into()])).await?;
        codes.push(format!("{}-{}", &code[..5], &code[5..]));
    }
    Ok(codes)
}

impl Store {
    /// Makes a second factor that waits to be confirmed. It takes the password, and where one is on that one has to be
    /// turned off first: who finds a session open cannot put their own telephone in place of the owner's.
    ///
    /// # Errors
    /// `BadCredentials` for a wrong password or an account that has a second factor.
    pub async fn offer_second_factor(&self, actor: &Actor, password: &str) -> Result<SecondFactorOffer> {
        let row = self.own_row(actor).await?;
        self.prove(&row, password).await?;
        if !row.totp_secret.is_empty() {
            return Err(Refusal::BadCredentials.into());
        }
        let secret = Secret::generate_secret().to_encoded().to_string();
        let totp = totp(&secret, &row.name)?;
        let tx = self.write().await?;
        let mut change = row.into_active_model();
        change.totp_pending = Set(secret.clone());
        change.update(&tx).await?;
        tx.commit().await?;
        let address = totp.get_url();
        Ok(SecondFactorOffer { picture: picture(&address)?, secret, address })
    }

    /// Turns the offered second factor on; the recovery codes, which are shown once.
    ///
    /// # Errors
    /// `BadCredentials` for a wrong code.
    pub async fn confirm_second_factor(&self, actor: &Actor, code: &str) -> Result<Vec<String>> {
        let row = self.own_row(actor).await?;
        if row.totp_pending.is_empty() || !row.totp_secret.is_empty() {
            return Err(Refusal::BadCredentials.into());
        }
        let trying = Try::begin(self, &row.name, &codes_of(&row)).await?;
        let code: String = code.chars().filter(char::is_ascii_digit).collect();
        let step = step_of(&totp(&row.totp_pending, &row.name)?, &code, seconds()).ok_or(Refusal::BadCredentials)?;
        let id = AccountId(row.id);
        let tx = self.write().await?;
        let mut change = row.clone().into_active_model();
        change.totp_secret = Set(row.totp_pending);
        change.totp_pending = Set(String::new());
        change.totp_step = Set(step);
        change.update(&tx).await?;
        trying.right(&tx).await?;
        let codes = renew_codes(&tx, id).await?;
        records::audit(&tx, actor, "second_factor_on", (Subject::Account, Some(id.0)), "", "").await?;
        tx.commit().await?;
        Ok(codes)
    }

    /// Turns the actor's own second factor off.
    ///
    /// # Errors
    /// `BadCredentials` for a wrong password.
    pub async fn remove_second_factor(&self, actor: &Actor, password: &str) -> Result<()> {
        let row = self.own_row(actor).await?;
        self.prove(&row, password).await?;
        self.without_second_factor(actor, row).await
    }

    /// Turns somebody's second factor off: a lost telephone. One's own takes the password.
    ///
    /// # Errors
    /// An actor who may not, an account that is not there.
    pub async fn remove_second_factor_of(&self, actor: &Actor, id: AccountId) -> Result<()> {
        super::people::manages_another(actor, id)?;
        let row = account::Entity::find_by_id(id.0).one(&self.db).await?.ok_or(Refusal::NotFound)?;
        self.without_second_factor(actor, row).await
    }

    async fn without_second_factor(&self, actor: &Actor, row: account::Model) -> Result<()> {
        let id = row.id;
        let tx = self.write().await?;
        let mut change = row.into_active_model();
        change.totp_secret = Set(String::new());
        change.totp_pending = Set(String::new());
        change.update(&tx).await?;
        tx.execute_raw(statement(&tx, "DELETE FROM recovery_codes WHERE account_id = $1", [id.into()])).await?;
        records::audit(&tx, actor, "second_factor_off", (Subject::Account, Some(id)), "", "").await?;
        Ok(tx.commit().await?)
    }

    /// New recovery codes; the old ones end.
    ///
    /// # Errors
    /// `BadCredentials` for a wrong password or an account without a second factor.
    pub async fn renew_recovery_codes(&self, actor: &Actor, password: &str) -> Result<Vec<String>> {
        let row = self.own_row(actor).await?;
        self.prove(&row, password).await?;
        if row.totp_secret.is_empty() {
            return Err(Refusal::BadCredentials.into());
        }
        let tx = self.write().await?;
        let codes = renew_codes(&tx, AccountId(row.id)).await?;
        records::audit(&tx, actor, "recovery_codes", (Subject::Account, Some(row.id)), "", "").await?;
        tx.commit().await?;
        Ok(codes)
    }

    pub(super) async fn own_row(&self, actor: &Actor) -> Result<account::Model> {
        let id = own(actor)?;
        account::Entity::find_by_id(id.0).one(&self.db).await?.ok_or(Error::Refused(Refusal::SignedOut))
    }

    /// Whether it is really them who sit there. Guesses count for the account and hold nobody else up.
    pub(super) async fn prove(&self, row: &account::Model, password: &str) -> Result<()> {
        let trying = Try::begin(self, &row.name, &format!("a session of {}", row.id)).await?;
        if passwords::matches(password, &row.password_hash).await? {
            return trying.right(&self.db).await;
        }
        Err(Refusal::BadCredentials.into())
    }
}

/// The dark squares of a QR code as the path of an SVG, and the side of its view box with the quiet zone around.
fn picture(address: &str) -> Result<(String, u32)> {
    use std::fmt::Write;
    const QUIET: i32 = 4;
    let broken = |error: qrcodegen::DataTooLong| Error::Corrupt(format!("a QR code: {error:?}"));
    let code = qrcodegen::QrCode::encode_text(address, qrcodegen::QrCodeEcc::Medium).map_err(broken)?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    Ok((path, u32::try_from(code.size() + 2 * QUIET).unwrap_or_default()))
}
