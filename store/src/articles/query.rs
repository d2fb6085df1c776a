//! What readers see: a section's page, an article, and the addresses of everything.

use super::{
    listing::{Contents, Place},
    manuscripts::placement,
    row::{entries_of, list_of, statement},
};
use crate::{Result, Store, entity::revision, sections, site};
use content::{
    Actor, ArticleId, Document, LocalTime, MediaId, Refusal, SectionId, Slug, Timestamp,
    article::Fields,
    reading::{ArticleLink, ArticlePage, SectionPage, Teaser, YearLink},
    section::{MOST_PINNED, PAGE_SIZE, SectionKind, Template},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter};

/// The conditions of the readers' lists, each served by one index.
pub(super) mod lists {
    pub const WITH_PICTURE: &str = "AND lead_media_id IS NOT NULL ORDER BY shown_at DESC, id DESC LIMIT $1";
    pub const LATEST: &str = "ORDER BY shown_at DESC, id DESC LIMIT $1";
    pub const PINNED: &str =
        "AND section_id = $1 AND pinned_until IS NOT NULL ORDER BY pinned_at DESC, id DESC LIMIT $2";
    pub const ARTICLE: &str = "AND id = $1";
    pub const NEWER: &str = "AND section_id = $1 AND (shown_at, id) > ($2, $3) ORDER BY shown_at ASC, id ASC LIMIT 1";
    pub const OLDER: &str = "AND section_id = $1 AND (shown_at, id) < ($2, $3) ORDER BY shown_at DESC, id DESC LIMIT 1";
}

/// The same of the lists of sections, in which articles of other sections stand as well.
pub(super) mod entries {
    pub const FIRST_PAGES: &str = "section_id = $1 ORDER BY shown_at DESC, article_id DESC LIMIT $2 OFFSET $3";
    pub const PAGES_BELOW: &str = "section_id = $1 AND (shown_at, article_id) < ($4, $5) \
         ORDER BY shown_at DESC, article_id DESC LIMIT $2 OFFSET $3";
}

/// Public articles in a range of numbers.
pub(super) const SITEMAP: &str = "SELECT a.id, s.slug, COALESCE(a.last_published_at, a.shown_at) AS changed \
     FROM articles a JOIN sections s ON s.id = a.section_id \
     WHERE a.published_revision_id IS NOT NULL AND a.id BETWEEN $1 AND $2 ORDER BY a.id";

/// The last of the public articles by number: from the end of the table, where it mostly stands.
pub(super) const NEWEST: &str =
    "SELECT id FROM articles WHERE published_revision_id IS NOT NULL ORDER BY id DESC LIMIT 1";

/// An article that readers see, with its text.
#[derive(Clone, Debug)]
pub struct PublishedArticle {
    /// Everything but the text.
    pub page: ArticlePage,
    /// The text.
    pub body: Document,
    /// The files that stand below it, in their order.
    pub attachments: Vec<MediaId>,
}

/// An entry of the sitemap.
#[derive(Clone, Debug)]
pub struct SitemapEntry {
    /// The section's slug.
    pub slug: Slug,
    /// The article.
    pub id: ArticleId,
    /// When its text last changed for readers.
    pub changed: LocalTime,
}

impl Store {
    /// One page of a section's list, from 1. A slug that the section had once finds it as well: the caller compares and
    /// redirects.
    ///
    /// # Errors
    /// `NotFound` for a section or a page that does not exist.
    pub async fn section_page(&self, _actor: &Actor, slug: &Slug, page: u32) -> Result<SectionPage> {
        let section = self.section_at(slug).await?;
        let around = self.sections().await?;
        let kind = SectionKind::of_key(&section.kind);
        let contents = Contents::read(&self.db, SectionId(section.id), page).await?;
        let total = u32::try_from(contents.total).unwrap_or(u32::MAX);
        let pages = if kind == SectionKind::List { total.div_ceil(PAGE_SIZE).max(1) } else { 1 };
        if page == 0 || page > pages {
            return Err(Refusal::NotFound.into());
        }
        let wanted = match kind {
            SectionKind::List => PAGE_SIZE,
            SectionKind::Page => 1,
            SectionKind::Link => 0,
        };
        let rows = match contents.place {
            None => Vec::new(),
            Some(Place { below: None, skip }) => {
                let values = [section.id.into(), wanted.into(), skip.into()];
                self.rows(&entries_of(entries::FIRST_PAGES), values).await?
            }
            Some(Place { below: Some((at, id)), skip }) => {
                let values = [section.id.into(), wanted.into(), skip.into(), at.into(), id.into()];
                self.rows(&entries_of(entries::PAGES_BELOW), values).await?
            }
        };
        let pinned = match (kind, page) {
            (SectionKind::List, 1) => {
                self.rows(&list_of(lists::PINNED), [section.id.into(), MOST_PINNED.into()]).await?
            }
            _ => Vec::new(),
        };
        let pinned = pinned.into_iter().map(|row| row.teaser(self)).collect::<Result<Vec<_>>>()?;
        let articles = rows.into_iter().map(|row| row.teaser(self)).collect::<Result<Vec<_>>>()?;
        let on_top = |teaser: &Teaser| pinned.iter().any(|pinned| pinned.link.id == teaser.link.id);
        let articles = articles.into_iter().filter(|teaser| !on_top(teaser)).collect();
        let years = if kind == SectionKind::List { contents.years(|at| self.zone.year(at)) } else { Vec::new() };
        let below = around.iter().filter(|other| other.visible && other.parent == Some(SectionId(section.id)));
        let children = below.map(|other| site::entry(other, Vec::new())).collect();
        let above = around.iter().find(|other| section.parent_id == Some(other.id.0));
        Ok(SectionPage {
            kind,
            external: section.link,
            template: Template::of_key(&section.template),
            parent: above.map(|above| above.link.clone()),
            children,
            section: sections::link(section.slug, section.name)?,
            description: section.description,
            keywords: section.keywords,
            column_type: section.column_type,
            pinned,
            articles,
            page,
            pages,
            total,
            years: years.into_iter().map(|(year, page)| YearLink { year, page }).collect(),
        })
    }

    /// An article that readers see, whatever section the address names: the caller compares and redirects.
    ///
    /// # Errors
    /// `Gone` for an article that was public once, `NotFound` for one that does not exist or never was.
    pub async fn article_page(&self, _actor: &Actor, id: ArticleId) -> Result<PublishedArticle> {
        #[derive(FromQueryResult)]
        struct Place {
            section_id: i64,
            shown_at: i64,
            first_published_at: Option<i64>,
            last_published_at: Option<i64>,
        }
        let sql = "SELECT section_id, shown_at, first_published_at, last_published_at FROM articles \
                   WHERE id = $1 AND published_revision_id IS NOT NULL";
        let place = Place::find_by_statement(statement(&self.db, sql, [id.0.into()])).one(&self.db).await?;
        let Some(place) = place else { return Err(self.why_not_public(id).await?.into()) };
        let row = self.rows(&list_of(lists::ARTICLE), [id.0.into()]).await?.pop().ok_or(Refusal::NotFound)?;
        let teaser = row.teaser(self)?;
        let text = revision::Entity::find()
            .filter(revision::Column::Id.in_subquery(published_revision_of(id)))
            .one(&self.db)
            .await?
            .ok_or(Refusal::NotFound)?;
        let (newer, older) = self.neighbours(SectionId(place.section_id), (place.shown_at, id.0)).await?;
        let corrected =
            place.last_published_at.filter(|last| place.first_published_at.is_some_and(|first| *last > first));
        let body = Document::from_json(&text.body)?;
        let attachments = placement(&text)?.map(|placement| placement.attachments).unwrap_or_default();
        let page = ArticlePage {
            link: teaser.link,
            fields: fields(text),
            corrected: corrected.map(|at| self.zone.shown(Timestamp(at))),
            picture: teaser.picture,
            newer,
            older,
        };
        Ok(PublishedArticle { page, body, attachments })
    }

    /// What was public and is not any more is gone: whoever kept its address is told so.
    async fn why_not_public(&self, id: ArticleId) -> Result<Refusal> {
        let sql = "SELECT 1 AS one FROM articles WHERE id = $1 AND first_published_at IS NOT NULL";
        let was = self.db.query_one_raw(statement(&self.db, sql, [id.0.into()])).await?;
        Ok(if was.is_some() { Refusal::Gone } else { Refusal::NotFound })
    }

    pub(super) async fn neighbours(
        &self,
        section: SectionId,
        (at, id): (i64, i64),
    ) -> Result<(Option<ArticleLink>, Option<ArticleLink>)> {
        let values = || [section.0.into(), at.into(), id.into()];
        let (newer, older) = (list_of(lists::NEWER), list_of(lists::OLDER));
        let newer = self.rows(&newer, values()).await?.pop().map(|row| row.link(self)).transpose()?;
        let older = self.rows(&older, values()).await?.pop().map(|row| row.link(self)).transpose()?;
        Ok((newer, older))
    }

    /// The public articles with numbers in this range, for the sitemap.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn sitemap(&self, _actor: &Actor, ids: std::ops::RangeInclusive<i64>) -> Result<Vec<SitemapEntry>> {
        #[derive(FromQueryResult)]
        struct Row {
            id: i64,
            slug: String,
            changed: i64,
        }
        let statement = statement(&self.db, SITEMAP, [(*ids.start()).into(), (*ids.end()).into()]);
        let rows = Row::find_by_statement(statement).all(&self.db).await?;
        let entry = |row: Row| {
            Ok(SitemapEntry {
                slug: Slug::try_from(row.slug)?,
                id: ArticleId(row.id),
                changed: self.zone.shown(Timestamp(row.changed)),
            })
        };
        rows.into_iter().map(entry).collect()
    }

    /// The highest number of a public article, 0 where there is none: the end of the sitemap.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn newest_article(&self, _actor: &Actor) -> Result<i64> {
        #[derive(FromQueryResult)]
        struct Newest {
            id: i64,
        }
        let row = Newest::find_by_statement(statement(&self.db, NEWEST, [])).one(&self.db).await?;
        Ok(row.map_or(0, |row| row.id))
    }
}

fn published_revision_of(id: ArticleId) -> sea_orm::sea_query::SelectStatement {
    use crate::entity::article;
    use sea_orm::{QuerySelect, QueryTrait};
    article::Entity::find()
        .select_only()
        .column(article::Column::PublishedRevisionId)
        .filter(article::Column::Id.eq(id.0))
        .into_query()
}

fn fields(row: revision::Model) -> Fields {
    Fields {
        title: row.title,
        subtitle: row.subtitle,
        byline: row.byline,
        dateline: row.dateline,
        source: row.source,
        author: row.author,
        editor: row.editor,
        summary: row.summary,
        keywords: row.keywords,
    }
}
