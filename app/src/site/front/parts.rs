//! The parts of the front page.

use crate::{
    routes,
    ui::{
        notices::Notices,
        picture::{self, Place},
        titles::Titles,
        words,
    },
};
use content::{
    media::Picture,
    reading::{ArticleLink, Front, SectionBlock, Teaser},
    site::Friend,
};
use leptos::prelude::*;

/// Notices, one headline across, pictures beside the latest list, then the sections, then links of friends.
#[component]
pub fn FrontParts(
    /// What is new.
    front: Front,
) -> impl IntoView {
    let Front { headline, pictures, latest, blocks, notices, friends } = front;
    view! {
        <Notices notices urgent=false/>
        {headline.map(|teaser| view! { <Headline teaser/> })}
        <div class="front-top">
            <Pictures teasers=pictures/>
            <Latest articles=latest/>
        </div>
        <SectionBlocks blocks/>
        <Friends friends/>
    }
}

/// The picture that stands for the page on cards.
pub fn first_picture(front: &Front) -> Option<&Picture> {
    front.pictures.iter().find_map(|teaser| teaser.picture.as_ref())
}

/// How wide they are, as `style/site/front.css` lays them out.
const LARGE: &str = "(min-width: 104rem) 46rem, (min-width: 75rem) 42rem, (min-width: 64rem) 55vw, 94vw";
const SMALL: &str =
    "(min-width: 104rem) 15rem, (min-width: 75rem) 14rem, (min-width: 64rem) 18vw, (min-width: 40rem) 30vw, 8rem";

/// The one headline.
#[component]
pub fn Headline(
    /// The article.
    teaser: Teaser,
) -> impl IntoView {
    let Teaser { link, summary, .. } = teaser;
    let href = link.address();
    view! {
        <article class="headline">
            <p class="headline-label">{words::HEADLINE}</p>
            <h2><a href=href>{link.title}</a></h2>
            {(!summary.is_empty()).then(|| view! { <p class="headline-summary">{summary}</p> })}
        </article>
    }
}

/// News with pictures; nothing where there is none. The grid is full whatever their number: style knows it by the class.
#[component]
pub fn Pictures(
    /// Newest first.
    teasers: Vec<Teaser>,
) -> impl IntoView {
    let entry = |(n, teaser): (usize, Teaser)| {
        let picture = teaser.picture?;
        let sizes = if n == 0 { LARGE } else { SMALL };
        let picture = picture::linked(&picture, Place { class: None, sizes, first: n == 0 });
        let href = teaser.link.address();
        Some(view! {
            <li>
                <a href=href>
                    {picture}
                    <span>{teaser.link.title}</span>
                </a>
            </li>
        })
    };
    let entries: Vec<_> = teasers.into_iter().enumerate().filter_map(entry).collect();
    let class = ["pictures-of-", &entries.len().to_string()].concat();
    (!entries.is_empty()).then(|| {
        view! {
            <section class="pictures" aria-labelledby="pictures">
                <div class="block-head"><h2 id="pictures">{words::PICTURES}</h2></div>
                <ul class=class>{entries}</ul>
            </section>
        }
    })
}

/// Links of friends; nothing where there is none.
#[component]
pub fn Friends(
    /// In their order.
    friends: Vec<Friend>,
) -> impl IntoView {
    (!friends.is_empty()).then(|| {
        let friend = |Friend { name, address }: Friend| {
            view! { <li><a href=address rel="external noopener">{name}</a></li> }
        };
        view! {
            <section class="friends" aria-labelledby="friends">
                <div class="block-head"><h2 id="friends">{words::FRIENDS}</h2></div>
                <ul>{friends.into_iter().map(friend).collect_view()}</ul>
            </section>
        }
    })
}

/// The newest of the whole site.
#[component]
pub fn Latest(
    /// Newest first.
    articles: Vec<ArticleLink>,
) -> impl IntoView {
    view! {
        <section class="latest" aria-labelledby="latest">
            <div class="block-head"><h2 id="latest">{words::LATEST}</h2></div>
            <Articles articles/>
        </section>
    }
}

/// A block for each section.
#[component]
pub fn SectionBlocks(
    /// In the order of the navigation.
    blocks: Vec<SectionBlock>,
) -> impl IntoView {
    let block = |SectionBlock { section, articles }: SectionBlock| {
        let id = ["block-", section.slug.as_str()].concat();
        let labelled_by = id.clone();
        let href = routes::section(&section.slug);
        let more = (!articles.is_empty()).then(|| {
            let (href, name) = (href.clone(), section.name.clone());
            view! { <a class="more" href=href>{words::MORE}<span class="visually-hidden">{name}</span></a> }
        });
        view! {
            <section aria-labelledby=labelled_by>
                <div class="block-head"><h2 id=id><a href=href>{section.name}</a></h2>{more}</div>
                <Articles articles/>
            </section>
        }
    };
    view! { <div class="front-sections">{blocks.into_iter().map(block).collect_view()}</div> }
}

#[component]
fn Articles(articles: Vec<ArticleLink>) -> impl IntoView {
    if articles.is_empty() {
        view! { <p class="block-empty">{words::NO_ARTICLES}</p> }.into_any()
    } else {
        view! { <Titles articles/> }.into_any()
    }
}
