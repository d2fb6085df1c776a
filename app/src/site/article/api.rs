//! The server function of an article.

#[cfg(feature = "ssr")]
use crate::context::{AppContext, answer};
use crate::site::NoPage;
use crate::wire::Answer;
use content::{ArticleId, Shown, Shows, Slug, reading::ArticlePage};
#[cfg(feature = "ssr")]
use content::{MediaId, media::File};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};
#[cfg(feature = "ssr")]
use store::articles::PublishedArticle;

/// Characters of the text that describe an article without a summary.
#[cfg(feature = "ssr")]
const EXCERPT: usize = 100;

/// An article with its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Everything but the text.
    pub page: ArticlePage,
    /// The summary, or else how the text begins.
    pub description: String,
    /// The text as HTML of the document writer. Empty means that it stands in the document already.
    pub body: String,
}

/// An article, whatever section the address names: the page compares and sends readers to the right one.
#[server(name = GetArticle, prefix = "/api", endpoint = "get_article", input = GetUrl, output = Answer)]
pub async fn get_article(
    /// The section that the address names.
    section: Slug,
    /// The article.
    id: ArticleId,
) -> Result<Reading, NoPage> {
    let AppContext { store, .. } = AppContext::of_request()?;
    // It stands in the address so that the log of a server or a proxy can be read; the article knows its own.
    drop(section);
    let reading = async {
        let article = store.article_page(&content::Actor::Anonymous, id).await?;
        let files = store.files(&Reading::named(&article)).await?;
        Ok(Reading::new(article, &files))
    };
    answer(reading.await)
}

impl Shows for Reading {
    fn shows(&self) -> Vec<Shown> {
        self.page.shows()
    }
}

#[cfg(feature = "ssr")]
impl Reading {
    /// The files that an article names.
    pub(crate) fn named(article: &PublishedArticle) -> Vec<MediaId> {
        [article.body.media(), article.attachments.clone()].concat()
    }

    /// The article with its text as HTML.
    pub(crate) fn new(PublishedArticle { page, body, attachments, .. }: PublishedArticle, files: &[File]) -> Self {
        let summary = &page.fields.summary;
        let description = if summary.is_empty() { body.excerpt(EXCERPT) } else { summary.clone() };
        let file = |id: MediaId| files.iter().find(|file| file.id == id).cloned();
        let mut html = content::document::html::of(&body, &file);
        html.push_str(&content::document::html::attachments(attachments.into_iter().filter_map(file)));
        if html.is_empty() {
            // An article of nothing but a title is not one whose text stands in the document already.
            html.push(' ');
        }
        Self { page, description, body: html }
    }
}
