//! Previews: what is not published yet, shown to whoever has the link, for a week.

use crate::{ArticleId, LocalTime, site::SiteDraft};
use serde::{Deserialize, Serialize};

/// How long a link works, in milliseconds: seven days.
pub const LIFE: i64 = 7 * 24 * 3_600_000;
/// Most links to one article that work at a time.
pub const MOST_LINKS: usize = 20;
/// Where previews stand.
pub const PATH: &str = "/preview/";

/// What a preview shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PreviewOf {
    /// An article, always with its newest text.
    Article(ArticleId),
    /// The site as a form would make it, before it is saved.
    Site(Box<SiteDraft>),
}

/// What readers have of an article that somebody previews.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadersHave {
    /// Nothing.
    Nothing,
    /// An earlier text of it.
    Earlier,
    /// This very text.
    This,
}

/// A link that was just made; its token is shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewLink {
    /// Path with its token: `/preview/…`.
    pub path: String,
    /// Until when it works.
    pub until: LocalTime,
}

/// A link that works, as editors see it: its token is not known any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewRow {
    /// Its number.
    pub id: i64,
    /// Who made it; empty is the system.
    pub by: String,
    /// When.
    pub made: LocalTime,
    /// Until when it works.
    pub until: LocalTime,
    /// Whether the account may take it back.
    pub may_end: bool,
}

/// The word by which an editor who is signed in looks at an article without making a link: `/preview/article-12`.
#[must_use]
pub fn own(article: ArticleId) -> String {
    ["article-", &article.0.to_string()].concat()
}

/// The article of such a word.
#[must_use]
pub fn own_article(word: &str) -> Option<ArticleId> {
    word.strip_prefix("article-")?.parse().ok()
}

/// Whether the text can stand behind `/preview/`: a token of ours or such a word. Which of them opens something is
/// known to the store only.
#[must_use]
pub fn is_word(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=64).contains(&text.len()) && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_s_own_word_names_an_article_and_a_token_does_not() {
        assert_eq!(own_article(&own(ArticleId(12))), Some(ArticleId(12)));
        for other in ["article-", "article-0", "article-01", "12", &"ab".repeat(32)] {
            assert_eq!(own_article(other), None, "{other}");
        }
    }

    #[test]
    fn only_plain_words_stand_in_an_address() {
        for word in ["article-7", &"0f".repeat(32), "a"] {
            assert!(is_word(word), "{word}");
        }
        for other in ["", "A", "a/b", "a.b", "预览", &"a".repeat(65)] {
            assert!(!is_word(other), "{other}");
        }
    }
}
