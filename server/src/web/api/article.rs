//! An article on the wire, as it is read and as it is given.

use super::{given::nullable, media::FileView};
use content::{
    Document, MediaId,
    article::State,
    desk::DeskRow,
    document::{html, text},
    manuscript::{Manuscript, Opened},
    media::File,
    reading::Teaser,
    section::SectionLink,
};
use serde::{Deserialize, Serialize};
use store::{articles::PublishedArticle, sections::Section};
use utoipa::ToSchema;

/// A section that is referred to.
#[derive(Debug, Serialize, ToSchema)]
pub struct SectionRef {
    /// Its name in addresses.
    slug: String,
    /// Its name for people.
    name: String,
}

impl From<SectionLink> for SectionRef {
    fn from(SectionLink { slug, name }: SectionLink) -> Self {
        Self { slug: slug.to_string(), name }
    }
}

/// An article of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleItem {
    id: i64,
    title: String,
    section: SectionRef,
    /// `draft`, `submitted`, `approved`, `scheduled`, `published`, `withdrawn`.
    state: &'static str,
    /// Whether readers see it, or an earlier text of it.
    public: bool,
    /// The path of its page, where readers see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// The time that readers are shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    shown: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    /// Its last change; only with a token.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    updated: Option<String>,
    /// When it will become public; only with a token.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    scheduled: Option<String>,
}

impl From<Teaser> for ArticleItem {
    fn from(Teaser { link, summary, .. }: Teaser) -> Self {
        Self {
            id: link.id.0,
            url: Some(link.address()),
            section: link.section.into(),
            title: link.title,
            state: State::Published.key(),
            public: true,
            shown: Some(link.shown.rfc3339().to_owned()),
            summary: Some(summary),
            updated: None,
            scheduled: None,
        }
    }
}

impl From<DeskRow> for ArticleItem {
    fn from(row: DeskRow) -> Self {
        let url = row.public.then(|| content::reading::article_address(&row.section.slug, row.id));
        Self {
            id: row.id.0,
            title: row.title,
            section: row.section.into(),
            state: row.state.key(),
            public: row.public,
            url,
            shown: row.shown.map(|at| at.rfc3339().to_owned()),
            summary: None,
            updated: Some(row.updated.rfc3339().to_owned()),
            scheduled: row.scheduled.map(|at| at.rfc3339().to_owned()),
        }
    }
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleList {
    /// In their order. A page of a search may hold few or none and still have one after it.
    pub articles: Vec<ArticleItem>,
    /// What `after` takes for the next page; none on the last one. `Link` has its whole address.
    pub next: Option<String>,
}

/// An article with its text. Without a token it is what readers see, with one what stands on the desk.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleView {
    id: i64,
    /// The revision that this is.
    revision: i64,
    /// `draft`, `submitted`, `approved`, `scheduled`, `published`, `withdrawn`.
    state: &'static str,
    /// Whether readers see it, or an earlier text of it.
    public: bool,
    /// Whether readers see an earlier text than this one.
    changed: bool,
    /// The path of its page, where readers see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    section: SectionRef,
    title: String,
    subtitle: String,
    byline: String,
    dateline: String,
    source: String,
    author: String,
    editor: String,
    summary: String,
    keywords: String,
    /// The time that readers are shown; none is the moment of publishing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    shown: Option<String>,
    /// When it will become public.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    scheduled: Option<String>,
    /// When it was last corrected, where that was after it was first published.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    corrected: Option<String>,
    /// Slugs of further sections in whose lists it stands; only with a token.
    #[serde(skip_serializing_if = "Option::is_none")]
    further: Option<Vec<String>>,
    /// The picture that stands for it in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    lead: Option<i64>,
    /// The files below the text.
    attachments: Vec<FileView>,
    /// The text as the document tree that it is stored as.
    #[schema(value_type = Object)]
    body: Document,
    /// The text as HTML.
    html: String,
    /// The text as plain text.
    text: String,
    /// What was left out of the `html` or `markdown` that was sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Option<Vec<String>>)]
    pub left_out: Vec<String>,
}

impl ArticleView {
    /// What readers see.
    pub fn public(article: PublishedArticle, files: &[File]) -> Self {
        let PublishedArticle { page, body, attachments, revision } = article;
        let url = page.link.address();
        let file = |id: MediaId| files.iter().find(|file| file.id == id).cloned();
        let fields = page.fields;
        Self {
            id: page.link.id.0,
            revision: revision.0,
            state: State::Published.key(),
            public: true,
            changed: false,
            url: Some(url),
            section: page.link.section.into(),
            title: fields.title,
            subtitle: fields.subtitle,
            byline: fields.byline,
            dateline: fields.dateline,
            source: fields.source,
            author: fields.author,
            editor: fields.editor,
            summary: fields.summary,
            keywords: fields.keywords,
            shown: Some(page.link.shown.rfc3339().to_owned()),
            scheduled: None,
            corrected: page.corrected.map(|at| at.rfc3339().to_owned()),
            further: None,
            lead: page.picture.map(|picture| picture.id.0),
            attachments: attachments.into_iter().filter_map(file).map(FileView::from).collect(),
            html: html::of(&body, &file),
            text: text::of(&body),
            body,
            left_out: Vec::new(),
        }
    }

    /// What stands on the desk. `shown` writes a time in the zone of the site.
    pub fn desk(opened: Opened, sections: &[Section], shown: impl Fn(content::Timestamp) -> String) -> Self {
        let Opened { id, progress, revision, manuscript: Manuscript { fields, placement, body }, files, .. } = opened;
        let link = |id| sections.iter().find(|section| section.id == id).map(|section| section.link.clone());
        let file = |id: MediaId| files.iter().find(|file| file.id == id).cloned();
        let further = placement.further.iter().filter_map(|id| link(*id)).map(|link| link.slug.to_string());
        let section = link(placement.section);
        Self {
            id: id.0,
            revision: revision.0,
            state: progress.state.key(),
            public: progress.standing.public,
            changed: progress.changed,
            url: progress.address,
            section: section.map_or_else(|| SectionRef { slug: String::new(), name: String::new() }, SectionRef::from),
            title: fields.title,
            subtitle: fields.subtitle,
            byline: fields.byline,
            dateline: fields.dateline,
            source: fields.source,
            author: fields.author,
            editor: fields.editor,
            summary: fields.summary,
            keywords: fields.keywords,
            shown: placement.shown.map(shown),
            scheduled: progress.scheduled.map(|scheduled| scheduled.at.rfc3339().to_owned()),
            corrected: None,
            further: Some(further.collect()),
            lead: placement.lead.map(|id| id.0),
            attachments: placement.attachments.iter().filter_map(|id| file(*id)).map(FileView::from).collect(),
            html: html::of(&body, &file),
            text: text::of(&body),
            body,
            left_out: Vec::new(),
        }
    }
}

/// Where an article goes once it is written. Nobody can ask for `approved`: a review is somebody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WantedState {
    /// Nowhere.
    Draft,
    /// It is handed in.
    Submitted,
    /// It becomes public now, or what readers see of it is corrected.
    Published,
    /// It becomes public at `scheduled_at`.
    Scheduled,
    /// It is taken from readers, for a `reason`.
    Withdrawn,
}

/// An article as it is given. In a new one and in `PUT` what is not there is empty, in `PATCH` it stays as it is.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleGiven {
    /// The slug of its section.
    pub section: Option<String>,
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub byline: Option<String>,
    pub dateline: Option<String>,
    /// 来源; an article without it can be neither handed in nor published.
    pub source: Option<String>,
    pub author: Option<String>,
    pub editor: Option<String>,
    pub summary: Option<String>,
    pub keywords: Option<String>,
    /// Slugs of further sections in whose lists it stands.
    pub further: Option<Vec<String>>,
    /// The picture that stands for it in lists; `null` is the first of the text.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<i64>)]
    pub lead: Option<Option<i64>>,
    /// The files below the text, by their numbers.
    pub attachments: Option<Vec<i64>>,
    /// The time that readers are shown; `null` is the moment of publishing.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub shown: Option<Option<String>>,
    /// Until when it stands on top of its section; `null` is not at all.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub pinned_until: Option<Option<String>>,
    /// The text as the document tree. One of `body`, `html` and `markdown` at most.
    #[schema(value_type = Option<Object>)]
    pub body: Option<serde_json::Value>,
    /// The text as HTML. What the tree does not know is left out and said in `left_out`; pictures are those of the library,
    /// by their address `/media/…`.
    pub html: Option<String>,
    /// The text as Markdown, read in the same way.
    pub markdown: Option<String>,
    /// Where it goes then.
    pub state: Option<WantedState>,
    /// When it becomes public, with `state: "scheduled"`.
    #[schema(format = DateTime)]
    pub scheduled_at: Option<String>,
    /// Why it is withdrawn, with `state: "withdrawn"`; it stands in the record.
    pub reason: Option<String>,
}
