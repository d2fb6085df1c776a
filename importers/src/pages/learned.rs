//! What the pages of a site have in common: lines that stand on many of them are furniture, and so are the ends of
//! their titles. Bounded, whatever the number of pages.

use super::{dom, labels, lines::Line, page::Page, title, words};
use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

/// How many different lines are remembered. When there are more, those that were seen once are forgotten.
const MOST: usize = 400_000;

/// How many different ends of titles are remembered.
const MOST_ENDS: usize = 20_000;

#[derive(Debug, Default)]
pub(super) struct Learned {
    pages: u32,
    lines: HashMap<u64, u32>,
    ends: HashMap<String, u32>,
}

impl Learned {
    /// Takes a page into account.
    pub(super) fn see(&mut self, page: &Page) {
        self.pages = self.pages.saturating_add(1);
        let seen: HashSet<u64> = page.lines.iter().map(hash).collect();
        for line in seen {
            *self.lines.entry(line).or_default() += 1;
        }
        if self.lines.len() > MOST {
            self.lines.retain(|_, count| *count > 1);
        }
        // Where even what was seen twice is too much, it is a site without furniture.
        if self.lines.len() > MOST {
            self.lines.retain(|_, count| *count > 2);
        }
        let ends: HashSet<&str> = title::ends(&page.meta.title).collect();
        for end in ends {
            let end: String = end.chars().take(80).collect();
            if self.ends.len() < MOST_ENDS || self.ends.contains_key(&end) {
                *self.ends.entry(end).or_default() += 1;
            }
        }
    }

    /// Whether a line stands on so many pages that it is none of an article. Words with which notices are closed, days
    /// and the names of attachments are common in articles themselves.
    pub(super) fn is_furniture(&self, line: &Line) -> bool {
        let text = &line.text;
        let usual = (words::ends_sentence(text) && line.chars < 15) || labels::is_day(text) || text.starts_with("附件");
        !usual && self.is_common(self.lines.get(&hash(line)).copied().unwrap_or(0))
    }

    /// Whether titles often end so.
    pub(super) fn is_end_of_titles(&self, end: &str) -> bool {
        let end: String = end.chars().take(80).collect();
        self.is_common(self.ends.get(&end).copied().unwrap_or(0))
    }

    /// On a fifth of the pages, and on three at least.
    const fn is_common(&self, count: u32) -> bool {
        count >= 3 && count as u64 * 5 >= self.pages as u64
    }
}

/// Counters and days differ where a line is the same, so digits are left out; in sentences they make another one.
fn hash(line: &Line) -> u64 {
    let mut hasher = DefaultHasher::new();
    let sentence = words::ends_sentence(&line.text);
    for c in dom::squeezed(&line.text).chars().filter(|c| sentence || !c.is_ascii_digit()) {
        c.hash(&mut hasher);
    }
    hasher.finish()
}
