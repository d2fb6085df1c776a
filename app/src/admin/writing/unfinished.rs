//! Pages that were left before the server had everything. Their engines go on sending as long as the window lives; whoever
//! opens the article again, or looks through the fragments, finds their words here. The journal takes them for a tab that
//! is open, which they are for other windows.

use super::{engine::Engine, journal::Entry};
use content::{AccountId, ArticleId};
use std::{cell::RefCell, rc::Rc};

thread_local! {
    static ENGINES: RefCell<Vec<Rc<Engine>>> = const { RefCell::new(Vec::new()) };
}

/// A page was left.
pub fn hold(engine: &Rc<Engine>) {
    ENGINES.with_borrow_mut(|engines| engines.push(Rc::clone(engine)));
}

/// The server has everything, or the words are not needed any more.
pub fn forget(tab: &str) {
    let gone: Vec<_> = ENGINES.with_borrow_mut(|engines| engines.extract_if(.., |engine| engine.is_tab(tab)).collect());
    drop(gone);
}

/// Whether the words of a page that was left are still wanted.
#[must_use]
pub fn holds(tab: &str) -> bool {
    engine(tab).is_some()
}

/// The engine of a page that was left.
#[must_use]
pub fn engine(tab: &str) -> Option<Rc<Engine>> {
    ENGINES.with_borrow(|engines| engines.iter().find(|engine| engine.is_tab(tab)).cloned())
}

/// What is not on the server yet, of one article or of all.
#[must_use]
pub fn entries(account: AccountId, article: Option<ArticleId>) -> Vec<Entry> {
    ENGINES.with_borrow(|engines| {
        let wanted = engines.iter().filter(|engine| article.is_none_or(|article| article == engine.article()));
        wanted.filter_map(|engine| engine.unfinished(account)).collect()
    })
}
