//! An article as readers will see it: the working revision in the shape of a published one.

use super::{
    manuscripts,
    query::{PublishedArticle, corrected},
    saving::{editable, working},
};
use crate::{
    Result, Store,
    entity::{article, section},
    sections, unix_now,
};
use content::{
    Actor, ArticleId, Refusal, RevisionId, Timestamp,
    permission::Action,
    preview::ReadersHave,
    reading::{ArticleLink, ArticlePage},
};
use sea_orm::{DatabaseTransaction, EntityTrait};

/// Whether the actor may let strangers read the article: whoever may change what it says may show it.
pub(crate) async fn may_share(tx: &DatabaseTransaction, actor: &Actor, id: ArticleId) -> Result<()> {
    editable(tx, actor, id, Action::Edit).await.map(|_| ())
}

impl Store {
    /// The article with its newest text, and what readers have of it.
    ///
    /// # Errors
    /// `NotFound` for an article that is not there, `InBin`.
    pub(crate) async fn working_page(&self, id: ArticleId) -> Result<(PublishedArticle, ReadersHave)> {
        let row = article::Entity::find_by_id(id.0).one(&self.db).await?.ok_or(Refusal::NotFound)?;
        if row.deleted_at.is_some() {
            return Err(Refusal::InBin.into());
        }
        let head = working(&self.db, &row).await?;
        let manuscript = manuscripts::read(&self.db, &row, &head).await?;
        let place = manuscript.placement;
        let section = section::Entity::find_by_id(place.section.0).one(&self.db).await?.ok_or(Refusal::NotFound)?;
        // The time that it would bear if it were published by now, or at the time that is set.
        let readers = match row.published_revision_id {
            None => ReadersHave::Nothing,
            Some(published) if published == head.id => ReadersHave::This,
            Some(_) => ReadersHave::Earlier,
        };
        let already = row.shown_at.filter(|_| readers != ReadersHave::Nothing).map(Timestamp);
        let at = place.shown.or(already).or(row.scheduled_at.map(Timestamp)).unwrap_or_else(unix_now);
        let lead = place.lead.or_else(|| manuscript.body.pictures().first().copied());
        let picture = match lead {
            Some(lead) => self.pictures(&[lead]).await?.remove(&lead),
            None => None,
        };
        let (newer, older) = self.neighbours(place.section, (at.0, id.0)).await?;
        let link = ArticleLink {
            id,
            section: sections::link(section.slug, section.name)?,
            title: manuscript.fields.title.clone(),
            shown: self.zone.shown(at),
        };
        // A text that is not public yet gets the time of its correction when it is.
        let corrected = corrected(row.first_published_at, row.last_published_at)
            .filter(|_| readers == ReadersHave::This)
            .map(|at| self.zone.shown(Timestamp(at)));
        let page = ArticlePage { link, fields: manuscript.fields, corrected, picture, newer, older };
        Ok((
            PublishedArticle {
                page,
                body: manuscript.body,
                attachments: place.attachments,
                revision: RevisionId(head.id),
            },
            readers,
        ))
    }
}
