//! The parts of a section's page.

use crate::{
    routes,
    ui::{
        masthead::address,
        picture::{self, Place},
        words,
    },
};
use content::{
    Slug,
    reading::{NavEntry, Teaser, YearLink},
    section::Template,
};
use leptos::prelude::*;

/// How wide a thumbnail is, as `style/site/section.css` lays it out.
const THUMBNAIL: &str = "(min-width: 40rem) 12rem, 7rem";
/// How wide a picture of the grid is: columns of at least 14rem share the width.
const IN_GRID: &str = "(min-width: 36rem) 18rem, 94vw";

/// Years to jump to; nothing where there is only one. They lead to the newest article of the year, so only the whole
/// list can be the very page that is shown.
#[component]
pub fn Years(
    /// The section.
    slug: Slug,
    /// Newest first.
    years: Vec<YearLink>,
    /// The page that is shown.
    page: u32,
) -> impl IntoView {
    (years.len() > 1).then(|| {
        let year = |year: YearLink| {
            let name = year.year.to_string();
            let href = [&routes::section_page(&slug, year.page), "#", &anchor(&name)].concat();
            view! { <a href=href>{name}</a> }
        };
        let current = (page == 1).then_some("page");
        view! {
            <nav class="years" aria-label=words::YEARS>
                <a href=routes::section(&slug) aria-current=current>{words::ALL}</a>
                {years.into_iter().map(year).collect_view()}
            </nav>
        }
    })
}

/// The sections below this one; nothing where there is none.
#[component]
pub fn Children(
    /// The section's name.
    name: String,
    /// Those below it, in their order.
    children: Vec<NavEntry>,
) -> impl IntoView {
    (!children.is_empty()).then(|| {
        let child = |entry: NavEntry| {
            let (href, rel) = address(&entry);
            view! { <li><a href=href rel=rel>{entry.section.name}</a></li> }
        };
        view! {
            <nav class="section-children" aria-label=words::below(&name)>
                <ul>{children.into_iter().map(child).collect_view()}</ul>
            </nav>
        }
    })
}

/// The articles of the page.
#[component]
pub fn Entries(
    /// What stands on top.
    pinned: Vec<Teaser>,
    /// Newest first.
    articles: Vec<Teaser>,
    /// How they are laid out.
    template: Template,
) -> impl IntoView {
    let class = match template {
        Template::List => "entries",
        Template::Grid => "entries entries-grid",
        Template::Dense => "entries entries-dense",
    };
    let (dense, bare) = (template == Template::Dense, template != Template::List);
    let sizes = if template == Template::Grid { IN_GRID } else { THUMBNAIL };
    let (mut last_year, mut first) = (String::new(), true);
    let entry = |(on_top, Teaser { link, mut summary, picture }): (bool, Teaser)| {
        let picture = picture.filter(|_| !dense);
        if bare {
            summary.clear();
        }
        let class = if picture.is_some() { "entry has-picture" } else { "entry" };
        let href = link.address();
        let date = link.shown.date().to_owned();
        let day = date.clone();
        let year = date.get(..4).unwrap_or_default();
        // What stands on top is no part of the years.
        let begins = (!on_top && year != last_year).then(|| anchor(year));
        if !on_top {
            last_year = year.to_owned();
        }
        let mark = on_top.then(|| view! { <span class="entry-pinned">{words::PINNED}</span> });
        let picture = picture.map(|picture| {
            let first = std::mem::take(&mut first);
            picture::linked(&picture, Place { class: Some("entry-picture"), sizes, first })
        });
        view! {
            <li class=class id=begins>
                <a class="entry-title" href=href>{mark}{link.title}</a>
                <time class="entry-date" datetime=date>{day}</time>
                {(!summary.is_empty()).then(|| view! { <p class="entry-summary">{summary}</p> })}
                {picture}
            </li>
        }
    };
    let all = pinned.into_iter().map(|teaser| (true, teaser)).chain(articles.into_iter().map(|teaser| (false, teaser)));
    view! { <ol class=class>{all.map(entry).collect_view()}</ol> }
}

/// The name of a year's newest article on its page.
fn anchor(year: &str) -> String {
    ["y", year].concat()
}

/// A section that is another site.
#[component]
pub fn Elsewhere(
    /// The section's name.
    name: String,
    /// Where it is.
    address: String,
) -> impl IntoView {
    let shown = [words::GO_THERE, &name].concat();
    let host = address.clone();
    view! {
        <div class="message">
            <h2>{words::ELSEWHERE}</h2>
            <p>{host}</p>
            <p class="message-ways"><a href=address rel="external noopener">{shown}</a></p>
        </div>
    }
}

/// A section without articles says what to do instead.
#[component]
pub fn Empty() -> impl IntoView {
    view! {
        <div class="message">
            <h2>{words::EMPTY_SECTION}</h2>
            <p>{words::EMPTY_SECTION_HELP}</p>
            <p class="message-ways"><a href="/">{words::BACK_HOME}</a></p>
        </div>
    }
}
