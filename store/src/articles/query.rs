//! What readers see: a section's page, an article, and the addresses of everything.

use super::{
    listing::{Contents, Place},
    manuscripts::placement_of,
    row::{Row, entries, joined, joined_with, public, statement},
};
use crate::{Result, Store, sections, site};
use content::{
    Actor, ArticleId, Document, LocalTime, MediaId, Refusal, RevisionId, SectionId, Slug, Timestamp,
    article::Fields,
    reading::{ArticleLink, ArticlePage, SectionPage, Teaser, YearLink},
    section::{MOST_PINNED, PAGE_SIZE, SectionKind, Template},
};
use sea_orm::{ConnectionTrait, FromQueryResult};

/// The conditions of the readers' lists, each served by one index.
pub(super) mod lists {
    pub const ARTICLE: &str = "AND id = $1";
    /// Beside the article with this number.
    pub const NEWER_THAN: &str = "AND section_id = (SELECT section_id FROM articles WHERE id = $1) \
         AND (shown_at, id) > (SELECT shown_at, id FROM articles WHERE id = $1) ORDER BY shown_at ASC, id ASC LIMIT 1";
    pub const OLDER_THAN: &str = "AND section_id = (SELECT section_id FROM articles WHERE id = $1) \
         AND (shown_at, id) < (SELECT shown_at, id FROM articles WHERE id = $1) ORDER BY shown_at DESC, id DESC LIMIT 1";
    /// Beside a place in a section, where perhaps nothing stands yet.
    pub const NEWER: &str = "AND section_id = $1 AND (shown_at, id) > ($2, $3) ORDER BY shown_at ASC, id ASC LIMIT 1";
    pub const OLDER: &str = "AND section_id = $1 AND (shown_at, id) < ($2, $3) ORDER BY shown_at DESC, id DESC LIMIT 1";
}

/// The same of the lists of sections, in which articles of other sections stand as well.
pub(super) mod listed {
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
/// Those that stand on top of a section, in the order in which they were put there.
pub(super) fn pinned() -> String {
    format!(
        "SELECT CAST({} AS BIGINT) AS list, pinned_at AS at, id AS article_id FROM articles \
         WHERE published_revision_id IS NOT NULL AND section_id = $1 AND pinned_until IS NOT NULL \
         ORDER BY pinned_at DESC, id DESC LIMIT {MOST_PINNED}",
        mark::PINNED
    )
}

/// The marks of lists that are no section's.
mod mark {
    pub const PINNED: i64 = -1;
    pub const ARTICLE: i64 = -2;
    pub const NEWER: i64 = -3;
    pub const OLDER: i64 = -4;
}

/// What an article's page shows beside what lists show of it. The neighbours have their titles only.
const TEXT: &str = ", r.id AS revision_id, a.first_published_at, a.last_published_at, r.subtitle, r.byline, r.dateline, r.source, r.author, \
     r.editor, r.keywords, CASE WHEN e.list = -2 THEN r.extra ELSE '' END AS extra, \
     CASE WHEN e.list = -2 THEN r.body ELSE '' END AS body";

/// An article with its text and its neighbours.
pub(super) fn article_and_neighbours() -> String {
    let lists = [
        public(mark::ARTICLE, lists::ARTICLE),
        public(mark::NEWER, lists::NEWER_THAN),
        public(mark::OLDER, lists::OLDER_THAN),
    ];
    joined_with(TEXT, &lists)
}

#[derive(FromQueryResult)]
struct TextRow {
    #[sea_orm(nested)]
    row: Row,
    revision_id: i64,
    first_published_at: Option<i64>,
    last_published_at: Option<i64>,
    subtitle: String,
    byline: String,
    dateline: String,
    source: String,
    author: String,
    editor: String,
    keywords: String,
    extra: String,
    body: String,
}

/// An article that readers see, with its text.
#[derive(Clone, Debug)]
pub struct PublishedArticle {
    /// Everything but the text.
    pub page: ArticlePage,
    /// The text.
    pub body: Document,
    /// The files that stand below it, in their order.
    pub attachments: Vec<MediaId>,
    /// The revision that this is.
    pub revision: RevisionId,
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
        let (section, around) = self.section_at(slug).await?;
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
        // A list of nothing has no pins either.
        let rows = match contents.place {
            None => Vec::new(),
            Some(Place { below, skip }) => {
                let mut values: Vec<sea_orm::Value> = vec![section.id.into(), wanted.into(), skip.into()];
                values.extend(below.into_iter().flat_map(|(at, id)| [at.into(), id.into()]));
                let list = if below.is_some() { listed::PAGES_BELOW } else { listed::FIRST_PAGES };
                let on_top = (kind == SectionKind::List && page == 1).then(pinned);
                let lists: Vec<String> = [entries(list)].into_iter().chain(on_top).collect();
                self.rows(&joined(&lists), values).await?
            }
        };
        let (pinned, rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.list == mark::PINNED);
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
        let found = statement(&self.db, &article_and_neighbours(), [id.0.into()]);
        let (mut text, mut newer, mut older) = (None, None, None);
        for found in TextRow::find_by_statement(found).all(&self.db).await? {
            match found.row.list {
                mark::ARTICLE => text = Some(found),
                mark::NEWER => newer = Some(found.row.link(self)?),
                _ => older = Some(found.row.link(self)?),
            }
        }
        let Some(text) = text else { return Err(self.why_not_public(id).await?.into()) };
        let body = Document::from_json(&text.body)?;
        let attachments = placement_of(id, &text.extra)?.map(|placement| placement.attachments).unwrap_or_default();
        let corrected = corrected(text.first_published_at, text.last_published_at);
        let Teaser { link, summary, picture } = text.row.teaser(self)?;
        let fields = Fields {
            title: link.title.clone(),
            subtitle: text.subtitle,
            byline: text.byline,
            dateline: text.dateline,
            source: text.source,
            author: text.author,
            editor: text.editor,
            summary,
            keywords: text.keywords,
        };
        let corrected = corrected.map(|at| self.zone.shown(Timestamp(at)));
        let page = ArticlePage { link, fields, corrected, picture, newer, older };
        Ok(PublishedArticle { page, body, attachments, revision: RevisionId(text.revision_id) })
    }

    /// What was public and is not any more is gone: whoever kept its address is told so.
    async fn why_not_public(&self, id: ArticleId) -> Result<Refusal> {
        let sql = "SELECT 1 AS one FROM articles WHERE id = $1 AND first_published_at IS NOT NULL";
        let was = self.db.query_one_raw(statement(&self.db, sql, [id.0.into()])).await?;
        Ok(if was.is_some() { Refusal::Gone } else { Refusal::NotFound })
    }

    /// The articles beside one in the list of its own section; none where readers do not see it.
    pub(crate) async fn beside(&self, id: ArticleId) -> Result<Vec<ArticleId>> {
        #[derive(FromQueryResult)]
        struct Beside {
            id: i64,
        }
        let newer = "SELECT b.id FROM articles b WHERE b.published_revision_id IS NOT NULL AND b.section_id = a.section_id \
             AND (b.shown_at, b.id) > (a.shown_at, a.id) ORDER BY b.shown_at ASC, b.id ASC LIMIT 1";
        let older = newer.replace('>', "<").replace("ASC", "DESC");
        let sql = format!(
            "SELECT COALESCE(({newer}), 0) AS id FROM articles a WHERE a.id = $1 AND a.published_revision_id IS NOT NULL \
             UNION ALL \
             SELECT COALESCE(({older}), 0) AS id FROM articles a WHERE a.id = $1 AND a.published_revision_id IS NOT NULL"
        );
        let rows = Beside::find_by_statement(statement(&self.db, &sql, [id.0.into()])).all(&self.db).await?;
        Ok(rows.into_iter().map(|row| ArticleId(row.id)).filter(|id| id.0 > 0).collect())
    }

    pub(super) async fn neighbours(
        &self,
        section: SectionId,
        (at, id): (i64, i64),
    ) -> Result<(Option<ArticleLink>, Option<ArticleLink>)> {
        let lists = [public(mark::NEWER, lists::NEWER), public(mark::OLDER, lists::OLDER)];
        let (mut newer, mut older) = (None, None);
        for row in self.rows(&joined(&lists), [section.0.into(), at.into(), id.into()]).await? {
            let side = if row.list == mark::NEWER { &mut newer } else { &mut older };
            *side = Some(row.link(self)?);
        }
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

/// When the text last changed for readers, if it changed since it was first published.
pub(super) fn corrected(first: Option<i64>, last: Option<i64>) -> Option<i64> {
    last.filter(|last| first.is_some_and(|first| *last > first))
}
