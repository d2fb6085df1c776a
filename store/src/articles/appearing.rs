//! What readers see of an article begins, changes and ends here: its row, its places, the lists in which it stands.

use super::{
    listing::{self, Key},
    manuscripts,
    row::statement,
};
use crate::{
    Error, Result, Store,
    entity::{article, revision, section},
    records::{self, Change},
};
use content::{
    Actor, ArticleId, Refusal, SectionId, Timestamp,
    article::State,
    manuscript::{Manuscript, Placement},
    permission::{self, Action},
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait};
use std::collections::{BTreeMap, BTreeSet};

/// The sections in whose lists a place puts an article.
fn sections(place: &Placement) -> BTreeSet<SectionId> {
    place.further.iter().copied().chain([place.section]).collect()
}

/// Whether a text can be shown to readers where it says: nothing is missing, the sections are there, and the actor may
/// publish in those in which it does not stand already.
pub async fn check(tx: &DatabaseTransaction, actor: &Actor, article: &article::Model, text: &Manuscript) -> Result<()> {
    let missing = text.missing();
    if !missing.is_empty() {
        return Err(Refusal::Incomplete { fields: missing.into_iter().map(str::to_owned).collect() }.into());
    }
    let stands = listing::entries(tx, article.id).await?;
    for section in sections(&text.placement) {
        if section::Entity::find_by_id(section.0).one(tx).await?.is_none() {
            return Err(Refusal::UnknownSection { given: section.to_string() }.into());
        }
        let author = article.author_id.map(content::AccountId);
        let subject = permission::Subject::Article { section, author };
        if !stands.contains_key(&section) && !permission::can(actor, Action::Publish, subject) {
            return Err(Error::not_allowed(Action::Publish));
        }
    }
    Ok(())
}

/// Shows a text to readers: the revision is what they see from now on, its place is the article's, and every list in which
/// it stood or stands learns of it.
pub async fn appear(
    store: &Store,
    tx: &DatabaseTransaction,
    article: &article::Model,
    head: &revision::Model,
    text: &Manuscript,
    state: State,
    now: Timestamp,
) -> Result<()> {
    let place = &text.placement;
    // When readers could see it first never changes; it is what a text without a time of its own bears.
    let first = article.first_published_at.unwrap_or(now.0);
    let shown = place.shown.unwrap_or(Timestamp(first));
    // A clock that went back makes no correction that is older than what it corrects.
    let last = article.first_published_at.map_or(first, |first| now.0.max(first));
    let pin = place.pinned_until.filter(|until| *until > now).map(|until| until.0);
    let goes_on = article.published_revision_id.is_some() && article.pinned_until == pin;
    let pinned_at = pin.and(if goes_on { article.pinned_at } else { Some(now.0) });
    let sql = "UPDATE articles SET state = $2, published_revision_id = $3, section_id = $4, shown_at = $5, \
         lead_media_id = $6, first_published_at = $7, last_published_at = $8, pinned_until = $9, pinned_at = $10, \
         scheduled_at = NULL, scheduled_revision_id = NULL, updated_at = $11, version = version + 1 WHERE id = $1";
    let values = [
        article.id.into(),
        state.key().into(),
        head.id.into(),
        place.section.0.into(),
        shown.0.into(),
        head.lead_media_id.into(),
        first.into(),
        last.into(),
        pin.into(),
        pinned_at.into(),
        now.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    manuscripts::place(tx, article.id, place).await?;
    let stands = listing::entries(tx, article.id).await?;
    let wanted = sections(place).into_iter().map(|section| (section, shown)).collect();
    move_between(store, tx, article.id, &stands, &wanted).await?;
    crate::sections::counted(tx, [(SectionId(article.section_id), -1), (place.section, 1)]).await?;
    let moved = stands != wanted
        || article.section_id != place.section.0
        || (article.pinned_until, article.pinned_at) != (pin, pinned_at)
        || article.lead_media_id != head.lead_media_id;
    let touched: BTreeSet<SectionId> = stands.into_keys().chain(wanted.into_keys()).collect();
    records::changed(tx, touched.into_iter().map(|section| Change::article(article.id, section, moved))).await
}

/// Takes an article out of everything that readers see; answers in which lists it stood.
pub async fn vanish(store: &Store, tx: &DatabaseTransaction, article: &article::Model) -> Result<BTreeSet<SectionId>> {
    let sql = "UPDATE articles SET published_revision_id = NULL, pinned_until = NULL, pinned_at = NULL WHERE id = $1";
    tx.execute_raw(statement(tx, sql, [article.id.into()])).await?;
    let stands = listing::entries(tx, article.id).await?;
    move_between(store, tx, article.id, &stands, &BTreeMap::new()).await?;
    Ok(stands.into_keys().collect())
}

/// Section after section in the order of their numbers, in which everybody takes their rows.
async fn move_between(
    store: &Store,
    tx: &DatabaseTransaction,
    article: i64,
    stands: &BTreeMap<SectionId, Timestamp>,
    wanted: &BTreeMap<SectionId, Timestamp>,
) -> Result<()> {
    let all: BTreeSet<SectionId> = stands.keys().chain(wanted.keys()).copied().collect();
    for section in all {
        let (from, to) = (stands.get(&section), wanted.get(&section));
        if from == to {
            continue;
        }
        let key = |at: &Timestamp| -> Key { (*at, ArticleId(article)) };
        if let Some(at) = from {
            listing::leave(store, tx, section, &[key(at)]).await?;
        }
        if let Some(at) = to {
            listing::enter(store, tx, section, &[key(at)]).await?;
        }
    }
    Ok(())
}
