//! The parts of a section's page.

use crate::{
    routes,
    ui::{
        picture::{self, Place},
        words,
    },
};
use content::{
    Slug,
    reading::{Teaser, YearLink},
};
use leptos::prelude::*;

/// How wide a thumbnail is, as `style/site/section.css` lays it out.
const THUMBNAIL: &str = "(min-width: 40rem) 12rem, 7rem";

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

/// The articles of the page.
#[component]
pub fn Entries(
    /// Newest first.
    articles: Vec<Teaser>,
) -> impl IntoView {
    let (mut last_year, mut first) = (String::new(), true);
    let entry = |Teaser { link, summary, picture }: Teaser| {
        let class = if picture.is_some() { "entry has-picture" } else { "entry" };
        let href = link.address();
        let date = link.shown.date().to_owned();
        let day = date.clone();
        let year = date.get(..4).unwrap_or_default();
        let begins = (year != last_year).then(|| anchor(year));
        last_year = year.to_owned();
        let picture = picture.map(|picture| {
            let first = std::mem::take(&mut first);
            picture::linked(&picture, Place { class: Some("entry-picture"), sizes: THUMBNAIL, first })
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
    view! { <ol class="entries">{articles.into_iter().map(entry).collect_view()}</ol> }
}

/// The name of a year's newest article on its page.
fn anchor(year: &str) -> String {
    ["y", year].concat()
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
