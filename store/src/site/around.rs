//! What stands around every page, in memory as long as it is followed: it changes a few times a year, and reading it is
//! half of what an article asks the database for.

use content::{
    media::Picture,
    reading::NavEntry,
    site::{Identity, NoticeDraft},
};
use std::{
    collections::HashSet,
    sync::{Arc, PoisonError, RwLock, RwLockWriteGuard},
};

/// What a frame is made of, whatever the time.
#[derive(Debug)]
pub(crate) struct Around {
    pub(super) identity: Identity,
    pub(super) emblem: Option<Picture>,
    pub(super) sections: Vec<NavEntry>,
    pub(super) notices: Vec<NoticeDraft>,
}

/// The place for it. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept(Arc<RwLock<State>>);

#[derive(Debug, Default)]
struct State {
    /// Somebody reads the change records. As long as nobody does, nothing is kept that they could make wrong.
    followed: bool,
    /// How many changes of the site came.
    changes: u64,
    around: Option<Arc<Around>>,
    /// Old addresses that are the front page with a query.
    front_queries: Option<Arc<HashSet<String>>>,
}

impl Kept {
    /// From now on changes are told.
    pub(crate) fn follow(&self) {
        self.write().followed = true;
    }

    /// The site has changed: what was read before is wrong.
    pub(crate) fn change(&self) {
        let mut state = self.write();
        state.changes += 1;
        state.around = None;
        state.front_queries = None;
    }

    /// What is kept, or the moment at which it is read now.
    pub(super) fn find(&self) -> Result<Arc<Around>, u64> {
        let state = self.0.read().unwrap_or_else(PoisonError::into_inner);
        state.around.clone().ok_or(state.changes)
    }

    /// Keeps what was read since a moment, unless the site has changed meanwhile.
    pub(super) fn keep(&self, around: &Arc<Around>, since: u64) {
        let mut state = self.write();
        if state.followed && state.changes == since {
            state.around = Some(Arc::clone(around));
        }
    }

    /// The old addresses of the front page, or the moment at which they are read now.
    pub(crate) fn front_queries(&self) -> Result<Arc<HashSet<String>>, u64> {
        let state = self.0.read().unwrap_or_else(PoisonError::into_inner);
        state.front_queries.clone().ok_or(state.changes)
    }

    /// Keeps them as [`Self::keep`] does.
    pub(crate) fn keep_front_queries(&self, known: &Arc<HashSet<String>>, since: u64) {
        let mut state = self.write();
        if state.followed && state.changes == since {
            state.front_queries = Some(Arc::clone(known));
        }
    }

    fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around() -> Arc<Around> {
        let (identity, emblem) = (Identity::default(), None);
        Arc::new(Around { identity, emblem, sections: Vec::new(), notices: Vec::new() })
    }

    #[test]
    fn nothing_is_kept_as_long_as_nobody_reads_the_changes() {
        let kept = Kept::default();
        kept.keep(&around(), 0);
        assert!(kept.find().is_err());
        kept.follow();
        kept.keep(&around(), 0);
        assert!(kept.find().is_ok());
    }

    #[test]
    fn what_was_read_before_a_change_is_not_kept_after_it() {
        let kept = Kept::default();
        kept.follow();
        let before = kept.find().unwrap_err();
        kept.change();
        kept.keep(&around(), before);
        let after = kept.find().unwrap_err();
        kept.keep(&around(), after);
        assert!(kept.find().is_ok());
        kept.change();
        assert!(kept.find().is_err(), "and is dropped with the change");
    }
}
