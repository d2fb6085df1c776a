//! The numbers by which records are known. They stand in addresses, so they are never reused or renumbered.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            /// Reads the one spelling that we write ourselves: digits, no sign, no leading zero. An address has one
            /// form, so `007` and `+7` are somebody else's.
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let canonical = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
                if !canonical {
                    return Err(NotAnId);
                }
                text.parse().map(Self).map_err(|_| NotAnId)
            }
        }
    };
}

/// The text is not the number of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

id!(
    /// An article, for ever: `/{section}/{id}`.
    ArticleId
);
id!(
    /// One state of an article's text and fields.
    RevisionId
);
id!(
    /// A section (栏目) of the site.
    SectionId
);
id!(
    /// A picture or file of the media library.
    MediaId
);
id!(
    /// Somebody who can sign in.
    AccountId
);
id!(
    /// Articles that came in together.
    ImportId
);
id!(
    /// What a program acts with.
    TokenId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_exactly_one_spelling() {
        assert_eq!("12".parse(), Ok(ArticleId(12)));
        for bad in ["", "0", "-1", "+1", "012", "1.0", "abc", " 1", "１", "99999999999999999999"] {
            assert_eq!(bad.parse::<ArticleId>(), Err(NotAnId), "{bad:?}");
        }
    }
}
