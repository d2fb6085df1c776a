//! Articles as programs write them: begun or changed, and taken on their way, in one transaction or not at all. The rules
//! are those of the desk, asked in the same functions.

use super::{
    batch, manuscripts, merging,
    opening::{begin, go},
    publishing::{publish, schedule, withdraw},
    reviews::based_on,
    saving::{self, editable, may_place, put, subject_of, working},
};
use crate::{Error, Result, Store, entity::article, unix_now};
use content::{
    Actor, ArticleId, Refusal, RevisionId, SectionId, Timestamp,
    article::{self as way, Step},
    manuscript::{Manuscript, SaveKind},
    permission::{self, Action},
};
use sea_orm::{DatabaseTransaction, EntityTrait};

/// Where an article goes once it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Going {
    /// Nowhere.
    Stay,
    /// It is handed in.
    Submit,
    /// It becomes public now, or what readers see of it is corrected.
    Publish,
    /// It becomes public at a time.
    Schedule(Timestamp),
    /// It is taken from readers, for this reason.
    Withdraw(String),
}

impl Store {
    /// Begins an article with this text and takes it on its way. Where the way is refused, nothing was begun.
    ///
    /// # Errors
    /// An actor who may not; a manuscript that breaks a limit; a section that is not there; whatever the way is refused for.
    pub async fn write_article(&self, actor: &Actor, manuscript: &Manuscript, going: &Going) -> Result<ArticleId> {
        manuscript.check()?;
        let tx = self.write().await?;
        if *going == Going::Publish {
            self.lock_sections(&tx).await?;
        }
        let id = begin(&tx, actor, manuscript).await?;
        self.go_on(&tx, actor, id, going).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Gives an article this text and takes it on its way. `base` is the revision that the text was made from; none
    /// overwrites whatever stands.
    ///
    /// # Errors
    /// As for beginning one; `Stale` where another text stands by now; `InBin`.
    pub async fn rewrite_article(
        &self,
        actor: &Actor,
        id: ArticleId,
        base: Option<RevisionId>,
        manuscript: &Manuscript,
        going: &Going,
    ) -> Result<()> {
        let account = actor.account().ok_or(Refusal::SignedOut)?;
        manuscript.check()?;
        let tx = self.write().await?;
        let article = editable(&tx, actor, id, Action::See).await?;
        if let Some(base) = base {
            based_on(&article, base)?;
        }
        if matches!(going, Going::Publish | Going::Withdraw(_)) {
            self.lock_sections(&tx).await?;
        }
        let head = working(&tx, &article).await?;
        let stands = manuscripts::read(&tx, &article, &head).await?;
        let mut wanted = manuscript.clone();
        merging::settle(&tx, SectionId(article.section_id), &mut wanted.placement).await?;
        // Whoever only publishes need not be one who may write.
        if wanted != stands {
            may(actor, Action::Edit, &article)?;
            may_place(&tx, actor, &article, &wanted).await?;
            let kept = SaveKind::Kept(String::new());
            put(&tx, actor, account, &article, &head, &stands, &wanted, &kept).await?;
            saving::prune(&tx, id.0).await?;
        }
        self.go_on(&tx, actor, id, going).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Puts an article into the bin, as it stood in `base`; none whatever stands.
    ///
    /// # Errors
    /// An actor who may not; `Stale`, `InBin`, `StillPublic`, `StillScheduled`.
    pub async fn bin_article(&self, actor: &Actor, id: ArticleId, base: Option<RevisionId>) -> Result<()> {
        let tx = self.write().await?;
        let article = editable(&tx, actor, id, Action::Bin).await?;
        if let Some(base) = base {
            based_on(&article, base)?;
        }
        batch::loose(&article)?;
        batch::bin(&tx, actor, &article, Some(unix_now().0)).await?;
        Ok(tx.commit().await?)
    }

    async fn go_on(&self, tx: &DatabaseTransaction, actor: &Actor, id: ArticleId, going: &Going) -> Result<()> {
        let article = article::Entity::find_by_id(id.0).one(tx).await?.ok_or(Refusal::NotFound)?;
        match going {
            Going::Stay => Ok(()),
            Going::Submit => {
                may(actor, Action::Submit, &article)?;
                go(tx, actor, &article, Step::Submit).await
            }
            Going::Publish => {
                may(actor, Action::Publish, &article)?;
                publish(self, tx, actor, &article, unix_now()).await
            }
            Going::Schedule(at) => {
                may(actor, Action::Publish, &article)?;
                way::check_schedule(*at, unix_now())?;
                schedule(self, tx, actor, article, *at).await
            }
            Going::Withdraw(reason) => {
                may(actor, Action::Withdraw, &article)?;
                way::check_reason(reason)?;
                withdraw(self, tx, actor, &article, reason).await
            }
        }
    }
}

fn may(actor: &Actor, action: Action, article: &article::Model) -> Result<()> {
    let may = permission::can(actor, action, subject_of(article));
    if may { Ok(()) } else { Err(Error::not_allowed(action)) }
}
