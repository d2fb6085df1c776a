//! The site as it stands, or as a form would make it: what frame and front page are made of.

use super::{around::Around, notices};
use crate::{
    Error, Result, Store,
    articles::statement,
    sections::{self, Section},
    unix_now,
};
use content::{
    Actor, SectionId, Timestamp,
    media::Picture,
    reading::{Frame, NavEntry, SitePreview},
    section::{SectionDraft, SectionKind, SectionLink},
    site::{Friend, FrontPlan, Identity, NoticeDraft, SiteDraft},
};
use sea_orm::FromQueryResult;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Everything that the forms of the site decide.
pub(crate) struct Standing {
    pub(crate) identity: Identity,
    pub(crate) plan: FrontPlan,
    pub(crate) friends: Vec<Friend>,
    pub(crate) notices: Vec<NoticeDraft>,
    /// In the order of the tree.
    pub(crate) sections: Vec<Section>,
}

/// The site and then its sections in the order of their tree. Every page needs both, and a statement costs more than what
/// it reads here: so the site's forms stand in the columns of a section whose number is 0.
const SITE_AND_SECTIONS: &str = "SELECT 0 AS id, -1 AS position, identity AS slug, front AS name, friends AS link, \
     notices AS column_type, '' AS kind, NULL AS parent_id, FALSE AS visible FROM site UNION ALL \
     SELECT id, position, slug, name, link, column_type, kind, parent_id, visible FROM sections ORDER BY 2, 1";

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    slug: String,
    name: String,
    link: String,
    column_type: String,
    kind: String,
    parent_id: Option<i64>,
    visible: bool,
}

fn section(row: Row) -> Result<Section> {
    Ok(Section {
        id: SectionId(row.id),
        link: sections::link(row.slug, row.name)?,
        parent: row.parent_id.map(SectionId),
        kind: SectionKind::of_key(&row.kind),
        external: row.link,
        visible: row.visible,
        column_type: row.column_type,
    })
}

impl Store {
    /// What stands around every page. `public_url` is the installation's.
    ///
    /// # Errors
    /// A site that was not founded, a database that does not answer.
    pub async fn frame(&self, public_url: &str) -> Result<Frame> {
        let around = match self.around.find() {
            Ok(kept) => kept,
            Err(moment) => {
                let around = Arc::new(self.read_around(&SiteDraft::default()).await?);
                self.around.keep(&around, moment);
                around
            }
        };
        self.framed(&around, public_url)
    }

    /// What would stand around every page if this were saved. It tells nothing but what is public and in the draft.
    ///
    /// # Errors
    /// As [`Store::frame`].
    pub async fn frame_as(&self, draft: &SiteDraft, public_url: &str) -> Result<Frame> {
        self.framed(&self.read_around(draft).await?, public_url)
    }

    async fn read_around(&self, draft: &SiteDraft) -> Result<Around> {
        let standing = self.standing(draft).await?;
        let emblem = self.emblem(&standing.identity).await?;
        let sections = standing.navigation();
        Ok(Around { emblem, sections, notices: standing.notices, identity: standing.identity })
    }

    /// The frame of this moment.
    fn framed(&self, around: &Around, public_url: &str) -> Result<Frame> {
        let now = unix_now();
        Ok(Frame {
            sections: around.sections.clone(),
            notices: notices::shown(&self.zone, &around.notices, now, true)?,
            identity: around.identity.clone(),
            emblem: around.emblem.clone(),
            today: self.zone.day(now),
            public_url: public_url.to_owned(),
        })
    }

    /// What frame and front page would be if this were saved.
    ///
    /// # Errors
    /// An actor who may not manage the site.
    pub async fn preview_site(&self, actor: &Actor, draft: &SiteDraft, public_url: &str) -> Result<SitePreview> {
        super::allowed(actor)?;
        Ok(SitePreview { frame: self.frame_as(draft, public_url).await?, front: self.front_as(draft).await? })
    }

    /// The site with what a draft has of it, in one statement.
    pub(crate) async fn standing(&self, draft: &SiteDraft) -> Result<Standing> {
        let mut rows =
            Row::find_by_statement(statement(&self.db, SITE_AND_SECTIONS, [])).all(&self.db).await?.into_iter();
        let missing = || Error::Corrupt("the site was not founded: start the server once".to_owned());
        let Row { slug: identity, name: front, link: friends, column_type: notices, .. } =
            rows.next().filter(|row| row.id == 0).ok_or_else(missing)?;
        let sections = match &draft.sections {
            Some(drafts) => drafts.iter().zip(1..).map(drafted).collect(),
            None => rows.map(section).collect::<Result<_>>()?,
        };
        Ok(Standing {
            identity: draft.identity.clone().map_or_else(|| stored("identity", &identity), Ok)?,
            plan: draft.front.clone().map_or_else(|| stored_or_none("front page", &front), Ok)?,
            friends: draft.friends.clone().map_or_else(|| stored_or_none("friends", &friends), Ok)?,
            notices: draft.notices.clone().map_or_else(|| stored_or_none("notices", &notices), Ok)?,
            sections,
        })
    }

    /// The picture of the emblem, if there is one.
    pub(super) async fn emblem(&self, identity: &Identity) -> Result<Option<Picture>> {
        let Some(id) = identity.emblem else { return Ok(None) };
        Ok(self.pictures(&[id]).await?.remove(&id))
    }

    /// The notices of the front page that are shown at a moment.
    pub(crate) fn notices_at(&self, standing: &Standing, now: Timestamp) -> Result<Vec<content::reading::Notice>> {
        notices::shown(&self.zone, &standing.notices, now, false)
    }
}

impl Standing {
    /// The sections of the first level that navigation shows.
    fn navigation(&self) -> Vec<NavEntry> {
        let shown = self.sections.iter().filter(|section| section.visible && section.parent.is_none());
        shown.map(|section| self.entry(section)).collect()
    }

    /// The sections right below one that readers are led to.
    pub(crate) fn children(&self, parent: SectionId) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(move |section| section.visible && section.parent == Some(parent))
    }

    fn entry(&self, section: &Section) -> NavEntry {
        let below = self.sections.iter().filter(|other| other.parent == Some(section.id));
        entry(section, below.map(|other| other.link.slug.clone()).collect())
    }
}

/// A section as navigation shows it.
pub(crate) fn entry(section: &Section, within: Vec<content::Slug>) -> NavEntry {
    let link = if section.kind == SectionKind::Link { section.external.clone() } else { String::new() };
    NavEntry { section: section.link.clone(), link, within }
}

/// A section that is not saved; a new one has no number yet, and is told apart by one that no section has.
fn drafted((draft, n): (&SectionDraft, i64)) -> Section {
    let SectionDraft { id, parent, fields } = draft;
    Section {
        id: id.unwrap_or(SectionId(-n)),
        link: SectionLink { slug: fields.slug.clone(), name: fields.name.clone() },
        parent: *parent,
        kind: fields.kind,
        external: fields.link.clone(),
        visible: fields.visible,
        column_type: fields.column_type.clone(),
    }
}

/// What a column of the site holds as JSON.
pub(super) fn stored<T: DeserializeOwned>(what: &str, json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(|error| Error::Corrupt(format!("the site's {what}: {error}")))
}

/// The same for a column that is empty as long as nobody said anything.
pub(super) fn stored_or_none<T: DeserializeOwned + Default>(what: &str, json: &str) -> Result<T> {
    if json.is_empty() { Ok(T::default()) } else { stored(what, json) }
}
