//! The pages that are kept: found by their keys, dropped by what they show, bounded by their bytes.

use super::page::Page;
use content::Shown;
use std::{
    collections::{BTreeSet, HashMap, HashSet, VecDeque},
    sync::Arc,
};

/// Changes that are remembered for pages that were being made meanwhile.
const REMEMBERED: usize = 256;

/// A key and what its page shows.
#[derive(Debug)]
struct Kept {
    page: Arc<Page>,
    shows: BTreeSet<Shown>,
    /// What was counted for it.
    weight: usize,
}

/// The pages, what they show, and which changes came last.
#[derive(Debug, Default)]
pub struct Shelf {
    pages: HashMap<Arc<str>, Kept>,
    showing: HashMap<Shown, HashSet<Arc<str>>>,
    /// In the order in which room is made: the hand of a clock goes round, and passes over who was asked for meanwhile.
    clock: VecDeque<Arc<str>>,
    weight: usize,
    limit: usize,
    /// How many changes came.
    moment: u64,
    /// The last of them.
    changes: VecDeque<BTreeSet<Shown>>,
}

impl Shelf {
    /// A shelf for so many bytes; none keeps nothing.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self { limit, ..Self::default() }
    }

    /// How many changes have come. A page that is begun now knows all of them.
    #[must_use]
    pub const fn moment(&self) -> u64 {
        self.moment
    }

    /// How many pages there are, and how many bytes they take.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.pages.len(), self.weight)
    }

    /// The page under a key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&Arc<Page>> {
        self.pages.get(key).map(|kept| &kept.page)
    }

    /// Keeps a page that was begun at a moment, unless something that it shows has changed since, or nobody said what it
    /// shows, so that nothing could drop it. Answers whether it is kept.
    pub fn keep(&mut self, key: &Arc<str>, page: &Arc<Page>, shows: BTreeSet<Shown>, begun: u64) -> bool {
        let weight = page.weight();
        // One page never takes the place of many.
        if weight > self.limit / 8 || shows.is_empty() || self.is_old(&shows, begun) {
            return false;
        }
        self.drop_page(key);
        for shown in &shows {
            self.showing.entry(shown.clone()).or_default().insert(Arc::clone(key));
        }
        self.weight += weight;
        self.clock.push_back(Arc::clone(key));
        self.pages.insert(Arc::clone(key), Kept { page: Arc::clone(page), shows, weight });
        self.make_room();
        true
    }

    /// Whether something has changed that is shown, since a moment. What is not remembered may have.
    fn is_old(&self, shows: &BTreeSet<Shown>, begun: u64) -> bool {
        let missed = usize::try_from(self.moment - begun).unwrap_or(usize::MAX);
        missed > self.changes.len()
            || self
                .changes
                .iter()
                .rev()
                .take(missed)
                .any(|change| change.contains(&Shown::Site) || change.iter().any(|shown| shows.contains(shown)))
    }

    /// Counts a page anew that has become heavier, and makes room for it.
    pub fn weigh(&mut self, key: &str) {
        if let Some(kept) = self.pages.get_mut(key) {
            let now = kept.page.weight();
            self.weight = self.weight + now - kept.weight;
            kept.weight = now;
            self.make_room();
        }
    }

    /// Drops every page that shows something of a change; answers how many.
    pub fn change(&mut self, change: BTreeSet<Shown>) -> usize {
        let before = self.pages.len();
        if change.contains(&Shown::Site) {
            self.pages.clear();
            self.showing.clear();
            self.clock.clear();
            self.weight = 0;
        } else {
            for shown in &change {
                for key in self.showing.remove(shown).unwrap_or_default() {
                    self.drop_page(&key);
                }
            }
        }
        self.moment += 1;
        self.changes.push_back(change);
        if self.changes.len() > REMEMBERED {
            self.changes.pop_front();
        }
        before - self.pages.len()
    }

    /// Drops a page that is right no more because of the day.
    pub fn drop_page(&mut self, key: &str) {
        let Some(kept) = self.pages.remove(key) else { return };
        self.weight -= kept.weight;
        for shown in &kept.shows {
            if let Some(keys) = self.showing.get_mut(shown) {
                keys.remove(key);
                if keys.is_empty() {
                    self.showing.remove(shown);
                }
            }
        }
    }

    /// Drops pages for which nobody asked for long, until what is left has room. A key whose page has gone and come back
    /// stands twice in the clock, which costs its page one more look and nothing else; more such keys than pages are swept out.
    fn make_room(&mut self) {
        while self.weight > self.limit {
            let Some(key) = self.clock.pop_front() else { return };
            match self.pages.get(&key) {
                Some(kept) if kept.page.was_asked_for() => self.clock.push_back(key),
                Some(_) => self.drop_page(&key),
                None => {}
            }
        }
        if self.clock.len() > 2 * self.pages.len() + 64 {
            let mut seen = HashSet::new();
            self.clock.retain(|key| self.pages.contains_key(key) && seen.insert(Arc::clone(key)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use content::ArticleId;
    use http::{HeaderMap, StatusCode};

    fn page(bytes: usize) -> Arc<Page> {
        Arc::new(Page::new(StatusCode::OK, HeaderMap::new(), Bytes::from(vec![b'x'; bytes]), 0..1))
    }

    fn shows(ids: &[i64]) -> BTreeSet<Shown> {
        ids.iter().map(|id| Shown::Article(ArticleId(*id))).collect()
    }

    fn keep(shelf: &mut Shelf, key: &str, ids: &[i64]) -> bool {
        let begun = shelf.moment();
        shelf.keep(&key.into(), &page(1000), shows(ids), begun)
    }

    #[test]
    fn a_change_drops_what_shows_it_and_nothing_else() {
        let mut shelf = Shelf::new(1 << 20);
        assert!(keep(&mut shelf, "a", &[1, 2]) && keep(&mut shelf, "b", &[2, 3]) && keep(&mut shelf, "c", &[3]));
        assert_eq!(shelf.change(shows(&[1])), 1);
        assert!(shelf.find("a").is_none() && shelf.find("b").is_some() && shelf.find("c").is_some());
        assert_eq!(shelf.change(shows(&[9])), 0);
        assert_eq!(shelf.change(BTreeSet::from([Shown::Site])), 2);
        assert_eq!((shelf.size(), shelf.showing.len()), ((0, 0), 0));
    }

    #[test]
    fn a_page_that_was_begun_before_a_change_of_what_it_shows_is_not_kept() {
        let mut shelf = Shelf::new(1 << 20);
        let begun = shelf.moment();
        shelf.change(shows(&[1]));
        shelf.change(shows(&[2]));
        assert!(!shelf.keep(&"a".into(), &page(10), shows(&[1]), begun));
        assert!(shelf.keep(&"b".into(), &page(10), shows(&[3]), begun), "of something else");
        assert!(shelf.keep(&"a".into(), &page(10), shows(&[1]), shelf.moment()));
        shelf.change(BTreeSet::from([Shown::Site]));
        assert!(!shelf.keep(&"c".into(), &page(10), shows(&[3]), begun));
        for _ in 0..=REMEMBERED {
            shelf.change(shows(&[8]));
        }
        assert!(!shelf.keep(&"d".into(), &page(10), shows(&[4]), begun), "what changed since is not known any more");
    }

    #[test]
    fn the_bytes_are_bounded_and_what_is_asked_for_stays() {
        let mut shelf = Shelf::new(40_000);
        for n in 0..100 {
            assert!(keep(&mut shelf, &format!("{n}"), &[n]));
            if let Some(first) = shelf.find("0") {
                first.touch();
            }
            assert!(shelf.size().1 <= 40_000);
        }
        let (pages, weight) = shelf.size();
        assert!(shelf.find("0").is_some() && shelf.find("99").is_some() && shelf.find("50").is_none());
        assert_eq!((weight, shelf.showing.len()), (pages * page(1000).weight(), pages));
        assert!(!shelf.keep(&"large".into(), &page(10_000), shows(&[1]), 0), "one page never takes the place of many");
        assert!(!shelf.keep(&"shows nothing".into(), &page(10), shows(&[]), 0));
        assert!(!Shelf::new(0).keep(&"a".into(), &page(1), shows(&[1]), 0));
    }

    #[test]
    fn a_page_that_is_kept_again_and_again_counts_once() {
        let mut shelf = Shelf::new(1 << 20);
        for _ in 0..1000 {
            assert!(keep(&mut shelf, "a", &[1]));
        }
        assert_eq!(shelf.size(), (1, page(1000).weight()));
        assert!(shelf.clock.len() < 70, "{}", shelf.clock.len());
    }
}
