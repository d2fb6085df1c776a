//! What the forms of the site show and change. Each part has a version of its own: whoever changes the front page does not
//! stand in the way of somebody who changes the footer.

use super::{allowed, notices, standing::stored, standing::stored_or_none, to_json};
use crate::{
    Error, Result, Store,
    articles::statement,
    entity::{media, site},
    records::{self, Change, Subject},
    unix_now,
};
use content::{
    Actor, ArticleId, MediaId, Refusal, SectionId,
    site::{Chosen, FrontForm, FrontPlan, FrontRoom, Identity, IdentityForm, SectionSlot},
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult, Value};

impl Store {
    /// The identity with what a change is based on.
    ///
    /// # Errors
    /// An actor who may not manage the site.
    pub async fn identity(&self, actor: &Actor) -> Result<IdentityForm> {
        allowed(actor)?;
        let row = the_site(&self.db).await?;
        let identity: Identity = stored("identity", &row.identity)?;
        Ok(IdentityForm { emblem: self.emblem(&identity).await?, identity, version: row.identity_version })
    }

    /// Changes the identity. Answers with the new version.
    ///
    /// # Errors
    /// An actor who may not; an identity that cannot be; `Stale` where somebody else has changed it.
    pub async fn change_identity(&self, actor: &Actor, identity: &Identity, version: i32) -> Result<i32> {
        allowed(actor)?;
        identity.check()?;
        let tx = self.write().await?;
        let row = the_site(&tx).await?;
        let before: Identity = stored("identity", &row.identity)?;
        // A save whose answer was lost is sent again and overwrites nothing.
        if before == *identity {
            return Ok(row.identity_version);
        }
        is_picture(&tx, identity.emblem).await?;
        let sql = "UPDATE site SET identity = $1, emblem_media_id = $2, identity_version = identity_version + 1, \
                   updated_at = $3, version = version + 1 WHERE identity_version = $4";
        let emblem = identity.emblem.map(|id| id.0);
        let values = [to_json(identity)?.into(), emblem.into(), unix_now().0.into(), version.into()];
        one_row(&tx, sql, values).await?;
        tell(&tx, actor, "change", (&before, identity), Change::site()).await?;
        tx.commit().await?;
        Ok(version + 1)
    }

    /// The front page's form with what a change is based on.
    ///
    /// # Errors
    /// An actor who may not manage the site.
    pub async fn front_room(&self, actor: &Actor) -> Result<FrontRoom> {
        #[derive(FromQueryResult)]
        struct Row {
            id: i64,
            title: String,
            published_revision_id: Option<i64>,
            lead_media_id: Option<i64>,
        }
        allowed(actor)?;
        let row = the_site(&self.db).await?;
        let form = form_of(&row)?;
        let named: Vec<String> =
            form.plan.pictures.iter().chain(&form.plan.headline).map(ArticleId::to_string).collect();
        let mut chosen = Vec::new();
        if !named.is_empty() {
            let sql = format!(
                "SELECT a.id, r.title, a.published_revision_id, a.lead_media_id FROM articles a JOIN revisions r \
                 ON r.id = COALESCE(a.published_revision_id, a.working_revision_id) WHERE a.id IN ({})",
                named.join(",")
            );
            let rows = Row::find_by_statement(statement(&self.db, &sql, [])).all(&self.db).await?;
            chosen.extend(rows.into_iter().map(|row| Chosen {
                id: ArticleId(row.id),
                title: row.title,
                public: row.published_revision_id.is_some(),
                pictured: row.lead_media_id.is_some(),
            }));
        }
        Ok(FrontRoom { form, version: row.front_version, chosen })
    }

    /// Changes the slots of the front page, its friends and its notices. Answers with the new version.
    ///
    /// # Errors
    /// An actor who may not; a form that cannot be; `NotFound` for an article, `UnknownSection` for a section that does not
    /// exist; `Stale` where somebody else has changed it.
    pub async fn change_front(&self, actor: &Actor, form: &FrontForm, version: i32) -> Result<i32> {
        allowed(actor)?;
        form.check()?;
        let tx = self.write().await?;
        let row = the_site(&tx).await?;
        let before = form_of(&row)?;
        if before == *form {
            return Ok(row.front_version);
        }
        exist(&tx, &form.plan).await?;
        let next = notices::next(&self.zone, &form.notices, unix_now())?;
        let sql = "UPDATE site SET front = $1, friends = $2, notices = $3, next_notice_at = $4, \
                   front_version = front_version + 1, updated_at = $5, version = version + 1 WHERE front_version = $6";
        let (plan, friends, notices) = (to_json(&form.plan)?, to_json(&form.friends)?, to_json(&form.notices)?);
        let values = [plan.into(), friends.into(), notices.into(), next.into(), unix_now().0.into(), version.into()];
        one_row(&tx, sql, values).await?;
        let change = if before.notices == form.notices { Change::plan() } else { Change::site() };
        tell(&tx, actor, "change", (&before, form), change).await?;
        tx.commit().await?;
        Ok(version + 1)
    }
}

fn form_of(row: &site::Model) -> Result<FrontForm> {
    Ok(FrontForm {
        plan: stored_or_none("front page", &row.front)?,
        friends: stored_or_none("friends", &row.friends)?,
        notices: stored_or_none("notices", &row.notices)?,
    })
}

async fn the_site(db: &impl ConnectionTrait) -> Result<site::Model> {
    let row = site::Entity::find().one(db).await?;
    row.ok_or_else(|| Error::Corrupt("the site was not founded: start the server once".to_owned()))
}

/// Changes the one row where its version is the one that the form was filled from.
async fn one_row(tx: &DatabaseTransaction, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<()> {
    let changed = tx.execute_raw(statement(tx, sql, values)).await?;
    if changed.rows_affected() == 0 { Err(Refusal::Stale.into()) } else { Ok(()) }
}

async fn tell<T: serde::Serialize>(
    tx: &DatabaseTransaction,
    actor: &Actor,
    action: &str,
    (before, after): (&T, &T),
    change: Change,
) -> Result<()> {
    let (before, after) = records::changed_fields(before, after)?;
    records::audit(tx, actor, action, (Subject::Site, Some(1)), &before, &after).await?;
    records::changed(tx, [change]).await
}

async fn is_picture(tx: &DatabaseTransaction, emblem: Option<MediaId>) -> Result<()> {
    let Some(id) = emblem else { return Ok(()) };
    let row = media::Entity::find_by_id(id.0).one(tx).await?.ok_or(Refusal::NotFound)?;
    if row.width > 0 { Ok(()) } else { Err(Refusal::NotAPicture { name: row.file_name }.into()) }
}

/// What a plan names exists. An article may be withdrawn later, and may be withdrawn now: the system chooses in its place.
async fn exist(tx: &DatabaseTransaction, plan: &FrontPlan) -> Result<()> {
    let mut articles: Vec<ArticleId> = plan.pictures.iter().copied().chain(plan.headline).collect();
    articles.sort_unstable();
    articles.dedup();
    let there = |ids: Vec<i64>, table: &'static str| async move {
        let named = ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
        if named.is_empty() {
            return Ok::<Vec<i64>, Error>(Vec::new());
        }
        let rows =
            tx.query_all_raw(statement(tx, &format!("SELECT id FROM {table} WHERE id IN ({named})"), [])).await?;
        Ok(rows.iter().map(|row| row.try_get("", "id")).collect::<std::result::Result<_, _>>()?)
    };
    if there(articles.iter().map(|id| id.0).collect(), "articles").await?.len() < articles.len() {
        return Err(Refusal::NotFound.into());
    }
    let slots = plan.sections.as_deref().unwrap_or_default();
    let found = there(slots.iter().map(|slot| slot.section.0).collect(), "sections").await?;
    match slots.iter().find(|slot| !found.contains(&slot.section.0)) {
        Some(slot) => Err(Refusal::UnknownSection { given: slot.section.to_string() }.into()),
        None => Ok(()),
    }
}

/// Counts a change of the tree of sections; with `based` only where it is the one that somebody looked at.
pub(crate) async fn tree_changed(tx: &DatabaseTransaction, based: Option<i32>) -> Result<()> {
    let sql = "UPDATE site SET sections_version = sections_version + 1 WHERE sections_version = COALESCE($1, sections_version)";
    one_row(tx, sql, [based.into()]).await
}

/// Takes a section that goes out of the front page, or puts the one in its place into which it went.
pub(crate) async fn section_gone(tx: &DatabaseTransaction, id: SectionId, into: Option<SectionId>) -> Result<()> {
    let row = the_site(tx).await?;
    let mut plan: FrontPlan = stored_or_none("front page", &row.front)?;
    let Some(slots) = &mut plan.sections else { return Ok(()) };
    let Some(at) = slots.iter().position(|slot| slot.section == id) else { return Ok(()) };
    match into.filter(|target| !slots.iter().any(|slot| slot.section == *target)) {
        Some(section) => slots[at] = SectionSlot { section, ..slots[at] },
        None => {
            slots.remove(at);
        }
    }
    let sql = "UPDATE site SET front = $1, front_version = front_version + 1 WHERE id = $2";
    tx.execute_raw(statement(tx, sql, [to_json(&plan)?.into(), row.id.into()])).await?;
    Ok(())
}
