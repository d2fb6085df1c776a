//! What becomes of words that are not sent yet when the page is left.

use super::*;

impl Engine {
    /// The page is being left: what is there is kept and sent, however long that takes, and the tab says goodbye.
    pub fn close(self: &Rc<Self>) {
        self.read_editor();
        if let Some(editor) = self.editor.take() {
            editor.destroy();
        }
        // A word that was being composed is over with its input.
        self.composing.set(false);
        self.closed.set(true);
        unfinished::hold(self);
        let engine = Rc::clone(self);
        spawn_local(async move {
            // What did not get there is tried again, by the engine itself and by whoever comes back.
            let _ = engine.finish().await;
        });
    }

    /// Sends what a page that was left still holds.
    ///
    /// # Errors
    /// Why the server does not have it.
    pub async fn finish(self: &Rc<Self>) -> Result<(), AppError> {
        if !self.settle().await {
            return Err(self.fault.borrow().clone().unwrap_or(AppError::Transport));
        }
        let (article, tab) = (self.article(), self.ledger.borrow().tab().to_owned());
        if self.unreadable.borrow().is_none() {
            unfinished::forget(&tab);
        }
        let _ = api::leave_article(article, tab).await;
        Ok(())
    }

    /// What a page that was left still holds, for whom it is kept.
    #[must_use]
    pub fn unfinished(&self, account: AccountId) -> Option<Entry> {
        let (ledger, unreadable) = (self.ledger.borrow(), self.unreadable.borrow());
        let all_there = ledger.is_settled() && unreadable.is_none();
        (!all_there && account == self.keeper.account())
            .then(|| Entry { ledger: ledger.clone(), unreadable: unreadable.clone() })
    }

    /// Whether it is the engine of this tab.
    #[must_use]
    pub fn is_tab(&self, tab: &str) -> bool {
        self.ledger.borrow().tab() == tab
    }
}
