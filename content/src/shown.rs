//! What a page shows: the name under which a change finds the pages that it makes others.

use crate::{
    ArticleId, Slug,
    reading::{ArticleLink, ArticlePage, Frame, Front, SectionPage, Teaser},
};

/// Something that a reader's page shows. A change says the same of what it changed, and makes every page another one that
/// shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shown {
    /// What stands around every page: a change of it is one of all pages.
    Site,
    /// The plan of the front page, and the links of friends on it.
    Plan,
    /// What is newest, of the whole site.
    Newest,
    /// The order of a section's list, its pins and its length.
    List(Slug),
    /// An article: its text, or its title and its picture.
    Article(ArticleId),
    /// Which articles stand beside this one.
    Place(ArticleId),
    /// Every public article, with when it last changed.
    Articles,
}

/// A view that knows what it shows.
pub trait Shows {
    /// What it shows, in no order, and maybe twice. That everything shows the site itself need not be said.
    fn shows(&self) -> Vec<Shown>;
}

impl Shows for Frame {
    fn shows(&self) -> Vec<Shown> {
        vec![Shown::Site]
    }
}

impl Shows for Front {
    fn shows(&self) -> Vec<Shown> {
        let teasers = self.headline.iter().chain(&self.pictures).map(of_teaser);
        let titles = self.latest.iter().chain(self.blocks.iter().flat_map(|block| &block.articles)).map(of_link);
        [Shown::Plan, Shown::Newest].into_iter().chain(teasers).chain(titles).collect()
    }
}

impl Shows for SectionPage {
    fn shows(&self) -> Vec<Shown> {
        let articles = self.pinned.iter().chain(&self.articles).map(of_teaser);
        [Shown::List(self.section.slug.clone())].into_iter().chain(articles).collect()
    }
}

impl Shows for ArticlePage {
    fn shows(&self) -> Vec<Shown> {
        let neighbours = self.newer.iter().chain(&self.older).map(of_link);
        [Shown::Place(self.link.id), of_link(&self.link)].into_iter().chain(neighbours).collect()
    }
}

fn of_teaser(teaser: &Teaser) -> Shown {
    of_link(&teaser.link)
}

fn of_link(link: &ArticleLink) -> Shown {
    Shown::Article(link.id)
}
