//! What was configured, as text, each value with where it stands: every fault can say so.

use super::KEYS;
use crate::failure::Failure;
use std::{collections::BTreeMap, fmt::Display, path::Path};
use store::media::S3;

/// The values as they were given, each with where it stands.
pub struct Sources {
    values: BTreeMap<&'static str, (String, String)>,
    file: String,
}

impl Sources {
    /// Reads the file, then what the environment says instead.
    pub fn read(file: Option<&Path>, environment: &BTreeMap<String, String>) -> Result<Self, Failure> {
        let name = file.map_or_else(String::new, |file| file.display().to_string());
        let mut values = BTreeMap::new();
        if let Some(file) = file {
            let text = std::fs::read_to_string(file)
                .map_err(|error| Failure::Config(format!("{name}: expected a text file in TOML: {error}")))?;
            for (key, value) in table(&name, &text)? {
                let known = KEYS.iter().find(|(known, _)| *known == key);
                let (key, expected) = known.ok_or_else(|| unknown(&name, &key))?;
                let text = match value {
                    toml::Value::String(text) => text,
                    toml::Value::Integer(number) => number.to_string(),
                    other => {
                        let kind = other.type_str();
                        return Err(Failure::Config(format!(
                            "{name}: {key}: expected {expected}, found a value of type {kind}"
                        )));
                    }
                };
                values.insert(*key, (text, name.clone()));
            }
        }
        for (key, _) in KEYS {
            let variable = format!("FUXIAN_{}", key.to_ascii_uppercase());
            if let Some(text) = environment.get(&variable) {
                values.insert(key, (text.clone(), variable));
            }
        }
        Ok(Self { values, file: name })
    }

    /// The S3 server, whose keys have no default.
    pub fn s3(&self, bucket: String, prefix: String) -> Result<S3, Failure> {
        let needed = |key: &'static str| {
            self.parsed(key, word)?.ok_or_else(|| {
                let place = if self.file.is_empty() { "the environment" } else { &self.file };
                Failure::Config(format!("{place}: {key}: is missing, and media is a bucket of an S3 server"))
            })
        };
        Ok(S3 {
            bucket,
            prefix,
            endpoint: self.parsed("s3_endpoint", endpoint)?,
            region: self.parsed("s3_region", word)?.unwrap_or_else(|| "us-east-1".to_owned()),
            access_key: needed("s3_access_key")?,
            secret_key: needed("s3_secret_key")?,
        })
    }

    /// A key stands without the other one that belongs to it.
    pub fn alone(&self, key: &str, other: &str) -> Failure {
        let place = self.values.get(key).map_or("", |(_, place)| place);
        Failure::Config(format!("{place}: {key}: stands without {other}, and neither is of use alone"))
    }

    /// Whether a key was given in the file.
    pub fn is_from_file(&self, key: &str) -> bool {
        self.values.get(key).is_some_and(|(_, place)| *place == self.file)
    }

    /// The value of a key, read; `None` where it was not given.
    pub fn parsed<T, E: Display>(
        &self,
        key: &'static str,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Result<Option<T>, Failure> {
        let Some((text, place)) = self.values.get(key) else { return Ok(None) };
        let expected = KEYS.iter().find(|(known, _)| *known == key).map_or("", |(_, expected)| expected);
        parse(text).map(Some).map_err(|error| {
            // A secret is not said, not even a wrong one.
            let given = if key.ends_with("secret_key") { "…".to_owned() } else { content::refusal::quoted(text) };
            Failure::Config(format!("{place}: {key}: expected {expected}, found \"{given}\" ({error})"))
        })
    }
}

fn table(name: &str, text: &str) -> Result<toml::Table, Failure> {
    text.parse::<toml::Table>().map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        let message = error.message().replace('\n', ", ");
        Failure::Config(format!("{name}:{line}: not valid TOML: {message}"))
    })
}

fn unknown(file: &str, key: &str) -> Failure {
    let keys = KEYS.iter().map(|(key, _)| *key).collect::<Vec<_>>().join(", ");
    Failure::Config(format!("{file}: {}: unknown key, expected one of: {keys}", content::refusal::quoted(key)))
}

/// What is not UTF-8 is kept with its bytes replaced, so that a value that cannot be is refused and not passed over.
pub fn environment() -> BTreeMap<String, String> {
    let text = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
    std::env::vars_os().map(|(key, value)| (text(key), text(value))).collect()
}

/// Where an S3 server is: what stands behind the host is part of it.
fn endpoint(text: &str) -> Result<String, &'static str> {
    let url: http::Uri = text.parse().map_err(|_| "it is no address")?;
    let plain = matches!(url.scheme_str(), Some("http" | "https")) && url.query().is_none() && !text.contains('@');
    if plain && url.host().is_some_and(|host| !host.is_empty()) {
        Ok(text.trim_end_matches('/').to_owned())
    } else {
        Err("it is not http or https with a host")
    }
}

fn word(text: &str) -> Result<String, &'static str> {
    if text.trim().is_empty() { Err("it is empty") } else { Ok(text.trim().to_owned()) }
}
