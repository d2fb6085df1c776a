//! Beginning and opening articles, and the steps of their way to the public.

use super::{
    desk::{may_see, what_may},
    manuscripts::{self, NewRevision, kind},
    reviews::{based_on, step},
    saving::{editable, name_of, places_exist, state_of, subject_of, working},
    tabs,
};
use crate::{
    Error, Result, Store,
    entity::{article, revision},
    records::{self, Subject},
    sections, unix_now,
};
use content::{
    Actor, ArticleId, Document, Refusal, RevisionId, SectionId, Timestamp,
    article::{Fields, State, Step, limited},
    manuscript::{LONGEST_TAB, Manuscript, Opened, Placement, Progress},
    media::File,
    permission::{self, Action},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DatabaseTransaction, EntityTrait};

impl Store {
    /// Begins an article in a section.
    ///
    /// # Errors
    /// An actor who may not, a section that is not there.
    pub async fn begin_article(&self, actor: &Actor, section: SectionId) -> Result<ArticleId> {
        let tx = self.write().await?;
        let editor = name_of(&tx, actor.account().map(|account| account.0)).await?;
        let manuscript = Manuscript {
            fields: Fields { editor, ..Fields::default() },
            placement: Placement::in_section(section),
            body: Document::default(),
        };
        let id = begin(&tx, actor, &manuscript).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Opens an article in a tab.
    ///
    /// # Errors
    /// An actor who may see nothing, an article that is not there, a tab of somebody else.
    pub async fn open_article(&self, actor: &Actor, id: ArticleId, tab: &str) -> Result<Opened> {
        let account = actor.account().ok_or(Refusal::SignedOut)?;
        may_see(actor)?;
        limited("tab", tab, LONGEST_TAB)?;
        let tx = self.write().await?;
        let article = article::Entity::find_by_id(id.0).one(&tx).await?.ok_or(Refusal::NotFound)?;
        let head = working(&tx, &article).await?;
        let tab = tabs::take(&tx, tab, id, account, RevisionId(head.id)).await?;
        tabs::based(&tx, &tab.word, head.id).await?;
        let others = tabs::others(&tx, id, &tab.word).await?;
        let opened = self.opened(&tx, actor, &article, &head).await?;
        tx.commit().await?;
        Ok(Opened { others, ..opened })
    }

    /// An article with the text that stands on the desk, for somebody who has no tab of it. What is in the bin is not there.
    ///
    /// # Errors
    /// An actor who may see nothing, an article that is not there.
    pub async fn desk_article(&self, actor: &Actor, id: ArticleId) -> Result<Opened> {
        may_see(actor)?;
        let article = article::Entity::find_by_id(id.0).one(&self.db).await?;
        let article = article.filter(|article| article.deleted_at.is_none()).ok_or(Refusal::NotFound)?;
        let head = working(&self.db, &article).await?;
        self.opened(&self.db, actor, &article, &head).await
    }

    async fn opened(
        &self,
        db: &impl ConnectionTrait,
        actor: &Actor,
        article: &article::Model,
        head: &revision::Model,
    ) -> Result<Opened> {
        let manuscript = manuscripts::read(db, article, head).await?;
        let mut may = what_may(actor, subject_of(article));
        if article.deleted_at.is_some() {
            may.retain(|action| *action == Action::Bin);
        }
        Ok(Opened {
            id: ArticleId(article.id),
            progress: self.progress(db, article, head).await?,
            revision: RevisionId(head.id),
            files: self.files_of(&manuscript).await?,
            manuscript,
            may,
            saved: self.zone.shown(Timestamp(head.created_at)),
            zone: self.zone.name().to_owned(),
            others: Vec::new(),
        })
    }

    /// The files that a manuscript names.
    pub(super) async fn files_of(&self, manuscript: &Manuscript) -> Result<Vec<File>> {
        let mut ids = manuscript.body.media();
        ids.extend(manuscript.placement.attachments.iter().chain(&manuscript.placement.lead));
        self.files(&ids).await
    }

    /// Goes a step on with what stands in `base`.
    ///
    /// # Errors
    /// An actor who may not, `Stale`, `Incomplete`, `BadStep`, `ApprovedAlready`.
    pub async fn take_step(&self, actor: &Actor, id: ArticleId, base: RevisionId, to: Step) -> Result<Progress> {
        let tx = self.write().await?;
        let article = editable(&tx, actor, id, action_of(to)).await?;
        based_on(&article, base)?;
        go(&tx, actor, &article, to).await?;
        let progress = self.progress_of(&tx, id).await?;
        tx.commit().await?;
        Ok(progress)
    }
}

/// Begins an article with this manuscript as its first revision.
pub(super) async fn begin(tx: &DatabaseTransaction, actor: &Actor, manuscript: &Manuscript) -> Result<ArticleId> {
    let account = actor.account().ok_or(Refusal::SignedOut)?;
    let section = manuscript.placement.section;
    if !permission::can(actor, Action::Draft, permission::Subject::Section(section)) {
        return Err(Error::not_allowed(Action::Draft));
    }
    let now = unix_now().0;
    let row = article::ActiveModel {
        section_id: Set(section.0),
        state: Set(State::Draft.key().to_owned()),
        author_id: Set(Some(account.0)),
        digest: Set(String::new()),
        old_url: Set(String::new()),
        created_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
        ..Default::default()
    };
    places_exist(tx, manuscript).await?;
    let article = row.insert(tx).await?;
    sections::counted(tx, [(section, 1)]).await?;
    let new = NewRevision { base: None, kind: kind::AUTOSAVE, name: "", account: Some(account), began: now };
    manuscripts::write(tx, &article, manuscript, new).await?;
    records::audit(tx, actor, "begin", (Subject::Article, Some(article.id)), "", &section.to_string()).await?;
    Ok(ArticleId(article.id))
}

/// What a step asks leave for.
pub(super) const fn action_of(step: Step) -> Action {
    match step {
        Step::Save => Action::Edit,
        Step::Submit => Action::Submit,
        Step::Return | Step::Approve => Action::Review,
        Step::Publish | Step::Schedule | Step::Unschedule => Action::Publish,
        Step::Withdraw => Action::Withdraw,
    }
}

/// Takes a step that does not change what readers see. Those that do are actions of their own, see `publishing`.
pub(super) async fn go(tx: &DatabaseTransaction, actor: &Actor, article: &article::Model, to: Step) -> Result<()> {
    let before = state_of(article)?;
    if !matches!(to, Step::Submit | Step::Return | Step::Approve) {
        return Err(Refusal::BadStep { state: before, step: to }.into());
    }
    let head = working(tx, article).await?;
    let text = manuscripts::read(tx, article, &head).await?;
    if to == Step::Submit {
        let missing = text.missing();
        if !missing.is_empty() {
            let fields = missing.into_iter().map(str::to_owned).collect();
            return Err(Refusal::Incomplete { fields }.into());
        }
    }
    let after = step(tx, actor, article, &text, to).await?;
    touch(tx, article.id).await?;
    let subject = (Subject::Article, Some(article.id));
    records::audit(tx, actor, "step", subject, before.key(), after.key()).await
}

/// The row has changed.
pub(super) async fn touch(tx: &DatabaseTransaction, id: i64) -> Result<()> {
    let sql = "UPDATE articles SET updated_at = $2, version = version + 1 WHERE id = $1";
    tx.execute_raw(super::row::statement(tx, sql, [id.into(), unix_now().0.into()])).await?;
    Ok(())
}
