//! The emblem and the name of the house, the date, the row of sections, and notices that every page bears.

use super::{notices::Notices, words};
use crate::routes::{self, Address};
use content::{
    Slug,
    reading::{Frame, NavEntry},
};
use leptos::prelude::*;

/// The top of every page but the print view. `shown` tells which entry of the row is marked.
#[component]
pub fn Masthead(
    /// Who publishes, and the sections.
    frame: Frame,
    /// The page that is shown.
    shown: Signal<Option<Address>>,
    /// The section of a preview, whose address names none.
    standing: Option<Slug>,
) -> impl IntoView {
    let date_line = frame.date_line();
    let day = frame.today.date().to_owned();
    let entries = frame.sections.into_iter().map(|entry| {
        let (href, rel) = address(&entry);
        let name = entry.section.name.clone();
        let stands = standing.as_ref().is_some_and(|slug| holds(&entry, slug));
        let mark = move || {
            shown.with(|shown| match shown {
                Some(Address::Preview { .. }) => stands.then_some("true"),
                other => mark_of(other.as_ref(), Some(&entry)),
            })
        };
        view! { <li><a href=href rel=rel aria-current=mark>{name}</a></li> }
    });
    let home = move || shown.with(|shown| mark_of(shown.as_ref(), None));
    let emblem = frame.emblem.map(|picture| {
        let (width, height) = (picture.width.to_string(), picture.height.to_string());
        // It is never large: the smallest width will do.
        let source = picture.widths.first().map_or_else(|| picture.address(), |width| picture.at(*width));
        view! { <img class="masthead-emblem" src=source alt=picture.alt width=width height=height/> }
    });
    // The skip link is left to the browser, which moves the focus along with the view.
    view! {
        <a class="skip" href="#main" rel="external">{words::SKIP}</a>
        <header class="masthead">
            <a class="masthead-name" href="/">{emblem}{frame.identity.name}</a>
            <time class="masthead-date" datetime=day>{date_line}</time>
        </header>
        <nav class="sections" aria-label=words::SECTIONS>
            <ul>
                <li><a href="/" aria-current=home>{words::HOME}</a></li>
                {entries.collect_view()}
            </ul>
        </nav>
        <Notices notices=frame.notices urgent=true/>
    }
}

/// Where an entry leads, and that it leaves the site where it does.
pub fn address(entry: &NavEntry) -> (String, Option<&'static str>) {
    if entry.link.is_empty() {
        (routes::section(&entry.section.slug), None)
    } else {
        (entry.link.clone(), Some("external noopener"))
    }
}

/// How an entry of the row is marked: `page` where it leads to the very page that is shown, `true` where that is
/// further inside the section or in one below it. No section is the front page.
fn mark_of(shown: Option<&Address>, entry: Option<&NavEntry>) -> Option<&'static str> {
    let shown = shown?;
    let Some(entry) = entry else { return (*shown == Address::Front).then_some("page") };
    let section = shown.section()?;
    match shown {
        Address::Section { page: 1, .. } if *section == entry.section.slug => Some("page"),
        _ => holds(entry, section).then_some("true"),
    }
}

/// Whether the section is the entry's or one below it.
fn holds(entry: &NavEntry, section: &Slug) -> bool {
    *section == entry.section.slug || entry.within.contains(section)
}

#[cfg(test)]
mod tests {
    use super::*;
    use content::{ArticleId, Slug, section::SectionLink};

    fn entry(slug: &str, within: &[&str]) -> NavEntry {
        let section = SectionLink { slug: slug.parse().unwrap(), name: String::new() };
        NavEntry { section, link: String::new(), within: within.iter().map(|slug| slug.parse().unwrap()).collect() }
    }

    #[test]
    fn exactly_the_entry_of_the_page_is_marked() {
        let (here, other) = (entry("yaowen", &["xianqu"]), entry("jianghua", &[]));
        let slug: Slug = "yaowen".parse().unwrap();
        let list = |page| Address::Section { slug: slug.clone(), page };
        let article = Address::Article { section: slug.clone(), id: ArticleId(1) };
        let below = Address::Section { slug: "xianqu".parse().unwrap(), page: 1 };
        for (shown, mark) in [(list(1), "page"), (list(2), "true"), (article, "true"), (below, "true")] {
            assert_eq!(mark_of(Some(&shown), Some(&here)), Some(mark));
            assert_eq!(mark_of(Some(&shown), Some(&other)), None);
            assert_eq!(mark_of(Some(&shown), None), None);
        }
        assert_eq!(mark_of(Some(&Address::Front), None), Some("page"));
        assert_eq!(mark_of(Some(&Address::Front), Some(&here)), None);
        assert_eq!(mark_of(None, None), None);
    }

    #[test]
    fn an_entry_that_leaves_the_site_says_so() {
        let outside = NavEntry { link: "https://www.acftu.org/".to_owned(), ..entry("quanzong", &[]) };
        assert_eq!(address(&outside), ("https://www.acftu.org/".to_owned(), Some("external noopener")));
        assert_eq!(address(&entry("yaowen", &[])), ("/yaowen".to_owned(), None));
    }
}
