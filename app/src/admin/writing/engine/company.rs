//! Who else has the article open, and what they save.

use super::*;

impl Engine {
    /// Says that the article is open here, learns who else has it open, and follows what they save.
    pub(super) fn look_around(self: &Rc<Self>) {
        let engine = Rc::clone(self);
        spawn_local(async move {
            loop {
                sleep(LOOK_AROUND).await;
                if engine.closed.get() {
                    return;
                }
                engine.look().await;
            }
        });
    }

    async fn look(self: &Rc<Self>) {
        let (article, base) = (self.article(), self.base());
        let tab = self.ledger.borrow().tab().to_owned();
        let Ok(others) = api::note_presence(article, tab, base).await else { return };
        let alone = others.is_empty();
        self.screen.others.try_set(others);
        // What was scheduled becomes public without anybody being here.
        let due = self.screen.progress.try_with_untracked(|progress| {
            progress.scheduled.as_ref().is_some_and(|scheduled| scheduled.instant.0 as f64 <= js_sys::Date::now())
        });
        if !alone || due == Some(true) {
            self.refresh().await;
        }
    }

    /// Takes over what stands, where nothing of one's own waits to be saved.
    pub async fn refresh(self: &Rc<Self>) {
        if !self.ledger.borrow().is_settled() || self.is_composing() {
            return;
        }
        let (article, tab) = (self.article(), self.ledger.borrow().tab().to_owned());
        let Ok(opened) = api::open_article(article, tab).await else { return };
        self.read_editor();
        if self.is_composing() || opened.revision < self.base() {
            return;
        }
        self.screen.progress.try_set(opened.progress);
        let shown = self.ledger.borrow_mut().follow(opened.revision, opened.manuscript);
        if let Some(shown) = shown {
            self.add_files(&opened.files);
            self.show(&shown);
            self.saved_at.replace(opened.saved.clone());
            self.screen.status.try_set(Status::Saved(opened.saved));
        }
    }
}
