//! How what waits gets to the server, and what its answers mean.

use super::*;

impl Engine {
    /// Sends what there is to send; answers whether something was and the server took it.
    pub(super) async fn send(self: &Rc<Self>, kind: SaveKind) -> bool {
        // A save that is asked for by name waits for the one that is on its way.
        while self.sending.get() {
            if kind == SaveKind::Auto {
                self.schedule(PAUSE);
                return false;
            }
            sleep(COMPOSING).await;
        }
        let Some(save) = self.ledger.borrow_mut().next_save(kind.clone()) else { return false };
        let repeated = save.kind != kind;
        self.sending.set(true);
        self.keep();
        self.screen.status.try_set(Status::Saving);
        let answer = match api::save_article(save).await {
            Ok(saved) => merging(&saved).await.map(|merge| (saved, merge)),
            Err(error) => Err(error),
        };
        let taken = answer.is_ok();
        match answer {
            Ok((saved, merge)) => self.answered(saved, merge).await,
            Err(error) => self.failed(error),
        }
        self.sending.set(false);
        if taken && repeated {
            Box::pin(self.send(kind)).await;
            return true;
        }
        if taken && !self.ledger.borrow().is_settled() {
            self.schedule(PAUSE);
        }
        taken
    }

    pub(super) async fn answered(self: &Rc<Self>, saved: Saved, merge: Option<Merge>) {
        self.failures.set(0);
        while saved.merged.is_some() && self.is_composing() {
            sleep(COMPOSING).await;
        }
        self.read_editor();
        let Answered { show, clashes } = self.ledger.borrow_mut().answered(&saved, merge);
        if let Some(show) = show {
            self.add_files(&saved.files);
            self.show(&show);
        }
        let (by, fragment) = (saved.by, saved.fragment);
        let clashes = clashes.into_iter().map(|clash| ShownClash { clash, by: by.clone(), fragment });
        self.screen.clashes.try_update(|shown| shown.extend(clashes));
        self.screen.progress.try_set(saved.progress);
        self.screen.others.try_set(saved.others);
        let settled = self.ledger.borrow().is_settled();
        self.saved_at.replace(saved.at.clone());
        self.screen.status.try_set(if settled { Status::Saved(saved.at) } else { Status::Kept });
        self.keep();
    }

    pub(super) fn failed(self: &Rc<Self>, error: AppError) {
        self.fault.replace(Some(error.clone()));
        match error {
            AppError::Refused(Refusal::SignedOut) => {
                self.screen.status.try_set(Status::SignedOut);
                self.failures.set(1);
                self.session.guard(&error);
                if self.closed.get() {
                    self.schedule(Duration::from_millis(LONGEST_WAIT));
                }
            }
            AppError::Refused(refusal) => {
                self.ledger.borrow_mut().refused();
                self.failures.set(0);
                self.screen.status.try_set(Status::Refused(refusal));
            }
            AppError::Transport | AppError::Unavailable { .. } | AppError::Internal { .. } => {
                let failures = self.failures.get() + 1;
                self.failures.set(failures);
                self.screen.status.try_set(Status::Offline);
                self.schedule(Duration::from_millis((1_000 << failures.min(5)).min(LONGEST_WAIT)));
            }
        }
        self.keep();
    }
}
