//! The parts of a section's page.

use crate::{
    routes,
    ui::{masthead::address, words},
};
use content::{
    Slug,
    reading::{NavEntry, Teaser, YearLink},
    section::Template,
};
use leptos::prelude::*;

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
    let mut last_year = String::new();
    let entry = |Teaser { link, mut summary, picture }: Teaser| {
        let picture = picture.filter(|_| !dense);
        if bare {
            summary.clear();
        }
        let class = if picture.is_some() { "entry has-picture" } else { "entry" };
        let href = link.address();
        let date = link.shown.date().to_owned();
        let day = date.clone();
        let year = date.get(..4).unwrap_or_default();
        let begins = (year != last_year).then(|| anchor(year));
        last_year = year.to_owned();
        let picture = picture.map(|picture| {
            let (width, height) = (picture.width.to_string(), picture.height.to_string());
            view! { <img class="entry-picture" src=picture.address() alt="" width=width height=height loading="lazy"/> }
        });
        view! {
            <li class=class id=begins>
                <a class="entry-title" href=href>{link.title}</a>
                <time class="entry-date" datetime=date>{day}</time>
                {(!summary.is_empty()).then(|| view! { <p class="entry-summary">{summary}</p> })}
                {picture}
            </li>
        }
    };
    view! { <ol class=class>{articles.into_iter().map(entry).collect_view()}</ol> }
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
