//! Passwords: Argon2id with 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet), off the threads that answer
//! requests, and so few at a time that a flood of attempts cannot take the machine.

use crate::{Error, Result};
use argon2::{
    Argon2, PasswordVerifier,
    password_hash::{PasswordHash, PasswordHasher, SaltString},
};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Hashes that are computed at a time.
const AT_A_TIME: usize = 2;

static TURNS: Semaphore = Semaphore::const_new(AT_A_TIME);

/// What an unknown name is compared with, so that it takes as long as a known one.
static NOBODY: LazyLock<String> = LazyLock::new(|| hashed("nobody has this password").unwrap_or_default());

/// What is stored of a password.
pub async fn hash(password: &str) -> Result<String> {
    let password = password.to_owned();
    in_turn(move || hashed(&password)).await?
}

/// Whether the password is the one that was hashed. An empty hash is nobody's and takes as long.
pub async fn matches(password: &str, hash: &str) -> Result<bool> {
    let (password, hash) = (password.to_owned(), hash.to_owned());
    in_turn(move || {
        let (hash, somebody) = if hash.is_empty() { (NOBODY.as_str(), false) } else { (hash.as_str(), true) };
        let right = PasswordHash::new(hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        right && somebody
    })
    .await
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let failed = |error: &dyn std::fmt::Display| Error::Corrupt(format!("hashing a password: {error}"));
    let _turn = TURNS.acquire().await.map_err(|error| failed(&error))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| failed(&error))
}

fn hashed(password: &str) -> Result<String> {
    let failed = |error: &dyn std::fmt::Display| Error::Corrupt(format!("hashing a password: {error}"));
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|error| failed(&error))?;
    let salt = SaltString::encode_b64(&salt).map_err(|error| failed(&error))?;
    // The defaults of the library are those of the cheat sheet: Argon2id, m=19456, t=2, p=1.
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt).map_err(|error| failed(&error))?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_again_and_nobody_has_the_empty_hash() {
        let stored = hash("correct horse").await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(matches("correct horse", &stored).await.unwrap());
        assert!(!matches("correct house", &stored).await.unwrap());
        assert!(!matches("nobody has this password", "").await.unwrap());
    }
}
