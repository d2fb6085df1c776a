//! Random words, and the hashes by which they are known again.

use crate::{Error, Result};
use sha2::{Digest, Sha256};

/// So many random bytes in hexadecimal digits.
pub fn random_hex(bytes: usize) -> Result<String> {
    let mut random = vec![0; bytes];
    getrandom::fill(&mut random).map_err(|error| Error::Corrupt(format!("no randomness: {error}")))?;
    Ok(hex(&random))
}

/// What is stored of a random word.
pub fn hash(word: &str) -> String {
    hex(&Sha256::digest(word.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
