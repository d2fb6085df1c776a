//! The name of a section in addresses, and the names that addresses need for themselves.

use crate::Refusal;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// First parts of addresses that the system uses or may use; no section can take one.
pub const RESERVED: &[&str] = &[
    "about", "account", "admin", "api", "assets", "atom", "demo", "favicon", "feed", "feeds", "files", "fuxian",
    "healthz", "help", "index", "login", "logout", "media", "metrics", "page", "pkg", "preview", "print", "robots",
    "rss", "search", "setup", "sitemap", "static", "style", "tag", "tags", "topics", "uploads",
];

/// The longest slug, in bytes.
pub const LONGEST: usize = 40;

/// The name of a section in addresses: ASCII lower-case letters, digits and single hyphens, starting with a letter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

impl Slug {
    /// The slug as it stands in an address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let shaped = text.len() <= LONGEST
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && !text.ends_with('-')
            && !text.contains("--")
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !shaped {
            return Err(Refusal::BadSlug { given: crate::refusal::quoted(text) });
        }
        // The folder of the client's build is `pkg-<build>`.
        if RESERVED.contains(&text) || text.starts_with("pkg-") {
            return Err(Refusal::ReservedSlug { given: text.to_owned() });
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for Slug {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_plain_and_not_reserved() {
        for good in ["yaowen", "nvgong", "a1", "party-building"] {
            assert!(good.parse::<Slug>().is_ok(), "{good}");
        }
        for bad in ["", "Yaowen", "要闻", "1a", "a--b", "a-", "a/b", "a.b", &"a".repeat(41)] {
            assert!(matches!(bad.parse::<Slug>(), Err(Refusal::BadSlug { .. })), "{bad}");
        }
        for reserved in ["admin", "api", "search", "pkg", "pkg-0123", "media"] {
            assert!(matches!(reserved.parse::<Slug>(), Err(Refusal::ReservedSlug { .. })), "{reserved}");
        }
    }

    #[test]
    fn every_reserved_name_would_be_a_slug_otherwise() {
        for name in RESERVED {
            assert!(name.bytes().all(|b| b.is_ascii_lowercase()), "{name}");
        }
    }
}
