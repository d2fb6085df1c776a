//! What a tab holds, what it has sent and what the server is known to have: the arithmetic of losing nothing, without
//! clock, network or screen. The ledger is what the journal of the browser keeps, so a tab that was killed is continued
//! exactly where it was, also in the middle of a save whose answer never came.

use content::{
    ArticleId, RevisionId,
    manuscript::{Clash, Manuscript, Save, SaveKind, Saved},
    merge::Merge,
};
use serde::{Deserialize, Serialize};

/// The books of one tab on one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    article: ArticleId,
    tab: String,
    /// The number of the save that was made up last.
    serial: u32,
    /// The revision that stood when the server was last heard of.
    base: RevisionId,
    /// What stood in it. The journal does not keep it: what is read from there is always still to be saved.
    #[serde(skip)]
    stood: Option<Manuscript>,
    /// What the tab holds.
    current: Manuscript,
    /// What was sent and not answered yet.
    pending: Option<Save>,
    /// What the server refused: not sent again as it is.
    #[serde(skip)]
    refused: Option<Manuscript>,
}

/// What an answer asks of the screen.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// What has to be shown now, where it differs from what the tab holds.
    pub show: Option<Manuscript>,
    /// What has to be put before the person.
    pub clashes: Vec<Clash>,
}

impl Ledger {
    /// Begins with what the server has.
    #[must_use]
    pub fn open(article: ArticleId, tab: String, base: RevisionId, stood: Manuscript) -> Self {
        let current = stood.clone();
        Self { article, tab, serial: 0, base, stood: Some(stood), current, pending: None, refused: None }
    }

    /// The article.
    #[must_use]
    pub const fn article(&self) -> ArticleId {
        self.article
    }

    /// The tab whose books these are.
    #[must_use]
    pub fn tab(&self) -> &str {
        &self.tab
    }

    /// The revision that stood when the server was last heard of.
    #[must_use]
    pub const fn base(&self) -> RevisionId {
        self.base
    }

    /// What the tab holds.
    #[must_use]
    pub const fn current(&self) -> &Manuscript {
        &self.current
    }

    /// What the tab holds from now on; answers whether that is something new.
    pub fn write(&mut self, current: Manuscript) -> bool {
        let changed = current != self.current;
        self.current = current;
        changed
    }

    /// Whether everything is on the server.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.pending.is_none() && self.stood.as_ref() == Some(&self.current)
    }

    /// The save to send now. One that was not answered is sent again as it was, so that the server knows it again.
    pub fn next_save(&mut self, kind: SaveKind) -> Option<Save> {
        if let Some(pending) = &self.pending {
            return Some(pending.clone());
        }
        let named = matches!(kind, SaveKind::Kept(_));
        if self.refused.as_ref() == Some(&self.current) || (self.is_settled() && !named) {
            return None;
        }
        self.serial += 1;
        self.pending = Some(Save {
            article: self.article,
            tab: self.tab.clone(),
            serial: self.serial,
            base: self.base,
            manuscript: self.current.clone(),
            kind,
        });
        self.pending.clone()
    }

    /// The server has it. What others wrote meanwhile came back merged; what was typed meanwhile is put on top of that by
    /// `merge`. An answer that needs it where it is not there is not taken: the save goes on waiting for one.
    pub fn answered(&mut self, saved: &Saved, merge: Option<Merge>) -> Answered {
        let together = match (&saved.merged, merge) {
            (None, _) => None,
            (Some(stands), Some(merge)) => Some((stands, merge)),
            (Some(_), None) => return Answered::default(),
        };
        let Some(sent) = self.pending.take().map(|save| save.manuscript) else { return Answered::default() };
        self.base = saved.revision;
        let mut answered = Answered { show: None, clashes: saved.clashes.clone() };
        match together {
            None => self.stood = Some(sent),
            Some((stands, merge)) => {
                let shown = self.rebase(&sent, stands, merge, &mut answered.clashes);
                answered.show = Some(shown);
            }
        }
        answered
    }

    /// The server said no: what was sent will never be there, so it is not asked again. It stays here.
    pub fn refused(&mut self) {
        self.refused = self.pending.take().map(|save| save.manuscript);
    }

    /// Others have saved while this tab had nothing of its own: takes over what stands.
    pub fn follow(&mut self, base: RevisionId, stands: Manuscript) -> Option<Manuscript> {
        if !self.is_settled() || base == self.base {
            return None;
        }
        self.base = base;
        self.current = stands.clone();
        self.stood = Some(stands.clone());
        Some(stands)
    }

    /// `sent` is what both this tab and the server went on from.
    fn rebase(&mut self, sent: &Manuscript, stands: &Manuscript, merge: Merge, clashes: &mut Vec<Clash>) -> Manuscript {
        if self.current == *sent {
            self.current = stands.clone();
        } else {
            let merged = merge(sent, &self.current, stands);
            self.current = merged.manuscript;
            for clash in merged.clashes {
                // What was typed last is what the person means.
                match clashes.iter_mut().find(|known| same_place(known, &clash)) {
                    Some(known) => *known = clash,
                    None => clashes.push(clash),
                }
            }
        }
        self.stood = Some(stands.clone());
        self.current.clone()
    }
}

fn same_place(one: &Clash, other: &Clash) -> bool {
    match (one, other) {
        (Clash::Field { field, .. }, Clash::Field { field: other, .. }) => field == other,
        (Clash::Block { id, .. }, Clash::Block { id: other, .. }) => id == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use content::{
        Document, LocalTime, SectionId,
        article::{Standing, State},
        manuscript::{Placement, Progress},
        merge::merge,
    };

    fn text(lines: &[&str]) -> Manuscript {
        Manuscript {
            fields: content::article::Fields::default(),
            placement: Placement::in_section(SectionId(1)),
            body: Document::from_plain_text(&lines.join("\n")),
        }
    }

    fn ledger(lines: &[&str]) -> Ledger {
        Ledger::open(ArticleId(1), "tab".to_owned(), RevisionId(10), text(lines))
    }

    fn saved(revision: i64, merged: Option<Manuscript>) -> Saved {
        let at: LocalTime = serde_json::from_str("\"2026-11-23T08:00:00+08:00\"").unwrap();
        Saved {
            revision: RevisionId(revision),
            at,
            progress: Progress {
                state: State::Draft,
                standing: Standing::default(),
                address: None,
                changed: false,
                scheduled: None,
            },
            merged,
            clashes: vec![],
            fragment: None,
            by: String::new(),
            files: vec![],
            others: vec![],
        }
    }

    #[test]
    fn nothing_is_sent_before_something_changes() {
        let mut ledger = ledger(&["一。"]);
        assert!(ledger.is_settled());
        assert_eq!(ledger.next_save(SaveKind::Auto), None);
        assert!(ledger.next_save(SaveKind::Kept("初稿".to_owned())).is_some(), "a name is something new");
    }

    #[test]
    fn a_save_without_an_answer_is_sent_again_as_it_was() {
        let mut ledger = ledger(&["一。"]);
        ledger.write(text(&["一。二。"]));
        let first = ledger.next_save(SaveKind::Auto).unwrap();
        ledger.write(text(&["一。二。三。"]));
        assert_eq!(ledger.next_save(SaveKind::Auto), Some(first.clone()));
        ledger.answered(&saved(11, None), None);
        assert!(!ledger.is_settled());
        let second = ledger.next_save(SaveKind::Auto).unwrap();
        assert_eq!((second.serial, second.base), (first.serial + 1, RevisionId(11)));
        assert_eq!(second.manuscript, text(&["一。二。三。"]));
        ledger.answered(&saved(12, None), None);
        assert!(ledger.is_settled());
    }

    #[test]
    fn what_was_typed_while_a_merge_was_on_its_way_stands_on_top_of_it() {
        let mut ledger = ledger(&["一。", "二。"]);
        ledger.write(text(&["一。我。", "二。"]));
        ledger.next_save(SaveKind::Auto).unwrap();
        ledger.write(text(&["一。我又写。", "二。"]));
        let answer = saved(12, Some(text(&["一。我。", "二。他。"])));
        assert_eq!(ledger.answered(&answer, None), Answered::default(), "nothing is taken that cannot be merged");
        let answered = ledger.answered(&answer, Some(merge));
        assert_eq!(answered.show, Some(text(&["一。我又写。", "二。他。"])));
        assert_eq!(answered.clashes, []);
        assert!(!ledger.is_settled(), "what was typed meanwhile is not on the server yet");
    }

    #[test]
    fn a_killed_tab_is_continued_with_the_save_that_was_on_its_way() {
        let mut ledger = ledger(&["一。"]);
        ledger.write(text(&["一。二。"]));
        let sent = ledger.next_save(SaveKind::Auto).unwrap();
        ledger.write(text(&["一。二。三。"]));
        let journal = serde_json::to_string(&ledger).unwrap();
        let mut again: Ledger = serde_json::from_str(&journal).unwrap();
        assert!(!again.is_settled());
        assert_eq!(again.next_save(SaveKind::Auto), Some(sent));
        again.answered(&saved(11, None), None);
        assert_eq!(again.next_save(SaveKind::Auto).unwrap().manuscript, text(&["一。二。三。"]));
    }

    #[test]
    fn what_was_refused_is_kept_and_not_sent_again_until_it_changes() {
        let mut ledger = ledger(&["一。"]);
        ledger.write(text(&["一。二。"]));
        ledger.next_save(SaveKind::Auto).unwrap();
        ledger.refused();
        assert_eq!(ledger.next_save(SaveKind::Auto), None);
        assert!(!ledger.is_settled());
        ledger.write(text(&["一。三。"]));
        assert!(ledger.next_save(SaveKind::Auto).is_some());
    }

    #[test]
    fn others_are_followed_only_by_who_has_nothing_of_their_own() {
        let mut ledger = ledger(&["一。"]);
        assert_eq!(ledger.follow(RevisionId(11), text(&["他。"])), Some(text(&["他。"])));
        ledger.write(text(&["我。"]));
        assert_eq!(ledger.follow(RevisionId(12), text(&["别的。"])), None);
        assert_eq!(ledger.current(), &text(&["我。"]));
    }
}
