//! The front page: what its plan names, and what is new where it names nothing. The number of statements is the same
//! whatever the number of sections and of chosen articles.

use super::row::{entries, joined, public};
use crate::{Result, Store, sections::Section, site::Standing, unix_now};
use content::{
    Actor, ArticleId, SectionId,
    reading::{ArticleLink, Front, SectionBlock, Teaser},
    section::SectionKind,
    site::{SectionSlot, SiteDraft, USUAL_TITLES},
};

/// Titles in the front page's list of the newest.
const LATEST: usize = 12;
/// Articles with pictures where none were chosen.
const WITH_PICTURE: usize = 4;
/// The `ColumnType` of sections whose newest article can be the headline (网页标签: 工作动态 is news).
const NEWS: &str = "工作动态";

/// An article in the list of a section, its own or a further one.
struct Listed {
    section: SectionId,
    teaser: Teaser,
}

impl Store {
    /// The front page, as this actor may see it. What readers see is the same for everybody.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn front(&self, _actor: &Actor) -> Result<Front> {
        self.front_as(&SiteDraft::default()).await
    }

    /// The front page as it would be if this were saved. It shows public articles only.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn front_as(&self, draft: &SiteDraft) -> Result<Front> {
        let standing = self.standing(draft).await?;
        let Found { chosen, newest, mut latest, pictures } = self.found_for(&standing).await?;
        let headline = headline(&standing, &chosen, &newest).or_else(|| latest.first().cloned());
        let pictures = with_pictures(&standing, &chosen, pictures, headline.as_ref());
        if let Some(headline) = &headline {
            latest.retain(|teaser| teaser.link.id != headline.link.id);
        }
        latest.truncate(LATEST);
        Ok(Front {
            pictures,
            latest: latest.into_iter().map(|teaser| teaser.link).collect(),
            blocks: blocks(&standing, &newest),
            headline,
            notices: self.notices_at(&standing, unix_now())?,
            friends: standing.friends,
        })
    }

    /// Everything that the page is chosen from, in one statement.
    async fn found_for(&self, standing: &Standing) -> Result<Found> {
        let lists = lists(standing);
        let mut found = Found::default();
        let sections = wanted(standing).into_iter().map(|(section, _)| section.0.into());
        for row in self.rows(&joined(&lists), sections).await? {
            let (list, teaser) = (row.list, row.teaser(self)?);
            match list {
                mark::CHOSEN => found.chosen.push(teaser),
                mark::LATEST => found.latest.push(teaser),
                mark::WITH_PICTURE => found.pictures.push(teaser),
                section => found.newest.push(Listed { section: SectionId(section), teaser }),
            }
        }
        Ok(found)
    }
}

/// The marks of lists that are no section's.
mod mark {
    pub const CHOSEN: i64 = -1;
    pub const LATEST: i64 = -2;
    pub const WITH_PICTURE: i64 = -3;
}

/// What the page is chosen from, each newest first.
#[derive(Default)]
struct Found {
    /// The articles that the plan names and readers see.
    chosen: Vec<Teaser>,
    /// Those of every section from which the page takes some.
    newest: Vec<Listed>,
    latest: Vec<Teaser>,
    pictures: Vec<Teaser>,
}

/// The lists that are asked for, those of sections in the order of [`wanted`].
fn lists(standing: &Standing) -> Vec<String> {
    let plan = &standing.plan;
    let newest = |(n, (_, titles)): (usize, &(SectionId, u8))| {
        entries(&format!("section_id = ${} ORDER BY shown_at DESC, article_id DESC LIMIT {titles}", n + 1))
    };
    let mut lists: Vec<String> = wanted(standing).iter().enumerate().map(newest).collect();
    lists.push(latest());
    // Each of the chosen ones, and the headline, may be among them.
    lists.push(with_picture(pictures_wanted(standing) + plan.pictures.len() + 1));
    let ids: Vec<String> = plan.pictures.iter().chain(&plan.headline).map(ArticleId::to_string).collect();
    if !ids.is_empty() {
        lists.push(public(mark::CHOSEN, &format!("AND id IN ({})", ids.join(","))));
    }
    lists
}

pub(super) fn latest() -> String {
    public(mark::LATEST, &format!("ORDER BY shown_at DESC, id DESC LIMIT {}", LATEST + 1))
}

pub(super) fn with_picture(most: usize) -> String {
    let picked = format!("AND lead_media_id IS NOT NULL ORDER BY shown_at DESC, id DESC LIMIT {most}");
    public(mark::WITH_PICTURE, &picked)
}

/// From which sections the page takes how many titles.
fn wanted(standing: &Standing) -> Vec<(SectionId, u8)> {
    let mut wanted: Vec<(SectionId, u8)> = Vec::new();
    let mut want = |section: SectionId, titles: u8| match wanted.iter_mut().find(|(id, _)| *id == section) {
        Some((_, most)) => *most = titles.max(*most),
        None => wanted.push((section, titles)),
    };
    for slot in slots(standing) {
        sources(standing, slot.section).for_each(|section| want(section.id, slot.titles));
    }
    news(standing).for_each(|section| want(section.id, 1));
    wanted
}

const fn pictures_wanted(standing: &Standing) -> usize {
    let named = standing.plan.pictures.len();
    if named == 0 { WITH_PICTURE } else { named }
}

/// The chosen articles with pictures; where some are missing, the newest that have one take their places.
fn with_pictures(
    standing: &Standing,
    chosen: &[Teaser],
    newest: Vec<Teaser>,
    headline: Option<&Teaser>,
) -> Vec<Teaser> {
    let named = standing.plan.pictures.iter();
    let leads = |teaser: &Teaser| headline.is_some_and(|headline| headline.link.id == teaser.link.id);
    let found = named.filter_map(|id| chosen.iter().find(|teaser| teaser.link.id == *id));
    let mut pictures: Vec<Teaser> =
        found.filter(|teaser| teaser.picture.is_some() && !leads(teaser)).cloned().collect();
    for teaser in newest {
        let known = pictures.iter().any(|other| other.link.id == teaser.link.id);
        if pictures.len() < pictures_wanted(standing) && !known && !leads(&teaser) {
            pictures.push(teaser);
        }
    }
    pictures
}

/// The chosen headline; where there is none that readers see, the newest of the sections that are news.
fn headline(standing: &Standing, chosen: &[Teaser], newest: &[Listed]) -> Option<Teaser> {
    let named = standing.plan.headline.and_then(|id| chosen.iter().find(|teaser| teaser.link.id == id));
    let is_news = |listed: &&Listed| news(standing).any(|section| section.id == listed.section);
    named.or_else(|| newest.iter().find(is_news).map(|listed| &listed.teaser)).cloned()
}

fn news(standing: &Standing) -> impl Iterator<Item = &Section> {
    standing.sections.iter().filter(|section| section.column_type == NEWS && section.kind == SectionKind::List)
}

/// The blocks in their order: those of the plan, or all lists of the navigation.
fn slots(standing: &Standing) -> Vec<SectionSlot> {
    let list = |section: &&Section| section.visible && section.kind == SectionKind::List;
    match &standing.plan.sections {
        Some(slots) => {
            let there = |slot: &&SectionSlot| standing.sections.iter().filter(list).any(|s| s.id == slot.section);
            slots.iter().filter(there).copied().collect()
        }
        None => {
            let first = standing.sections.iter().filter(list).filter(|section| section.parent.is_none());
            first.map(|section| SectionSlot { section: section.id, titles: USUAL_TITLES }).collect()
        }
    }
}

/// From where a block takes its titles: the section and the lists below it.
fn sources(standing: &Standing, id: SectionId) -> impl Iterator<Item = &Section> {
    let own = standing.sections.iter().filter(move |section| section.id == id);
    own.chain(standing.children(id).filter(|section| section.kind == SectionKind::List))
}

/// An article that stands in several of a block's lists is shown once.
fn blocks(standing: &Standing, newest: &[Listed]) -> Vec<SectionBlock> {
    let block = |slot: SectionSlot| {
        let section = standing.sections.iter().find(|section| section.id == slot.section)?;
        let from = |listed: &&Listed| sources(standing, slot.section).any(|section| section.id == listed.section);
        let mut articles: Vec<ArticleLink> = Vec::new();
        for Listed { teaser, .. } in newest.iter().filter(from) {
            if articles.len() < usize::from(slot.titles) && articles.iter().all(|known| known.id != teaser.link.id) {
                articles.push(teaser.link.clone());
            }
        }
        Some(SectionBlock { section: section.link.clone(), articles })
    };
    slots(standing).into_iter().filter_map(block).collect()
}
