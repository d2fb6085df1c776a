//! What a reader's page is made of: the views that store answers with, that travel to the browser and that the app shows.

use crate::{
    ArticleId, CivilDate, LocalTime, Slug,
    media::Picture,
    section::{SectionKind, SectionLink, Template},
    site::{Friend, Identity},
};
use serde::{Deserialize, Serialize};

/// What stands around every page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Who publishes.
    pub identity: Identity,
    /// The emblem of the masthead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emblem: Option<Picture>,
    /// The navigation, in its order.
    pub sections: Vec<NavEntry>,
    /// Notices of every page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
    /// The beginning of the day, in the zone of the site.
    pub today: LocalTime,
    /// Where the site stands, without a slash at the end: `https://www.example.cn`.
    pub public_url: String,
}

impl Frame {
    /// The day of the masthead: `2026年11月22日 星期日`.
    #[must_use]
    pub fn date_line(&self) -> String {
        self.today.day().map_or_else(String::new, |day: CivilDate| format!("{} {}", day.chinese(), day.weekday()))
    }
}

/// A section of the first level in the navigation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NavEntry {
    /// The section.
    pub section: SectionLink,
    /// The other site that it leads to; empty is its own page.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub link: String,
    /// The sections below it: a reader of one of them is within this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<Slug>,
}

/// A notice that is shown now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// What it says.
    pub text: String,
    /// Where it leads; empty is nowhere.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub link: String,
}

/// The address of an article.
#[must_use]
pub fn article_address(section: &Slug, id: ArticleId) -> String {
    format!("/{section}/{id}")
}

/// An article as a list of titles shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleLink {
    /// Its number.
    pub id: ArticleId,
    /// Where it stands.
    pub section: SectionLink,
    /// Its title.
    pub title: String,
    /// The time that readers are shown.
    pub shown: LocalTime,
}

impl ArticleLink {
    /// Its address.
    #[must_use]
    pub fn address(&self) -> String {
        article_address(&self.section.slug, self.id)
    }
}

/// An article as a list shows it that has room for a summary and a thumbnail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Teaser {
    /// The link.
    pub link: ArticleLink,
    /// Its summary; empty where there is none.
    pub summary: String,
    /// Its lead picture.
    pub picture: Option<Picture>,
}

/// A section with its newest articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionBlock {
    /// The section.
    pub section: SectionLink,
    /// Newest first.
    pub articles: Vec<ArticleLink>,
}

/// The front page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Front {
    /// The one headline.
    pub headline: Option<Teaser>,
    /// News with pictures.
    pub pictures: Vec<Teaser>,
    /// The newest of the whole site.
    pub latest: Vec<ArticleLink>,
    /// One block a section.
    pub blocks: Vec<SectionBlock>,
    /// Notices of this page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
    /// Links of friends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub friends: Vec<Friend>,
}

/// The front page and what stands around it, as they would be if a form were saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SitePreview {
    /// What stands around it.
    pub frame: Frame,
    /// The front page.
    pub front: Front,
}

/// A year in a section's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearLink {
    /// The year.
    pub year: i16,
    /// The page on which its newest article stands.
    pub page: u32,
}

/// One page of a section's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionPage {
    /// The section.
    pub section: SectionLink,
    /// What the section is; empty where nobody said.
    pub description: String,
    /// Its keywords, for `ColumnKeywords`.
    pub keywords: String,
    /// Its `ColumnType`.
    pub column_type: String,
    /// What stands on top of the first page, the newest pin first.
    pub pinned: Vec<Teaser>,
    /// What it is.
    #[serde(default)]
    pub kind: SectionKind,
    /// The other site that it leads to; empty is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub external: String,
    /// How its list is laid out.
    #[serde(default)]
    pub template: Template,
    /// The section above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<SectionLink>,
    /// The sections below it that navigation shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<NavEntry>,
    /// Newest first, without those that stand on top of this page.
    pub articles: Vec<Teaser>,
    /// The number of this page, from 1.
    pub page: u32,
    /// How many pages there are; an empty section has one.
    pub pages: u32,
    /// How many articles there are.
    pub total: u32,
    /// Years to jump to, newest first.
    pub years: Vec<YearLink>,
}

/// An article's page without the text itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticlePage {
    /// Its number, place, title and time.
    pub link: ArticleLink,
    /// The published fields.
    pub fields: crate::article::Fields,
    /// When it was last corrected, where that was after it was first published.
    pub corrected: Option<LocalTime>,
    /// The first picture, for cards.
    pub picture: Option<Picture>,
    /// The next newer article of the section.
    pub newer: Option<ArticleLink>,
    /// The next older article of the section.
    pub older: Option<ArticleLink>,
}
