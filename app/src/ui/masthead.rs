//! The name of the house, the date and the row of sections.

use super::words;
use crate::routes::{self, Address};
use content::{Slug, reading::Frame};
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
    let entries = frame.sections.into_iter().map(|section| {
        let href = routes::section(&section.slug);
        let stands = standing.as_ref() == Some(&section.slug);
        let mark = move || {
            shown.with(|shown| match shown {
                Some(Address::Preview { .. }) => stands.then_some("true"),
                other => mark_of(other.as_ref(), Some(&section.slug)),
            })
        };
        view! { <li><a href=href aria-current=mark>{section.name}</a></li> }
    });
    let home = move || shown.with(|shown| mark_of(shown.as_ref(), None));
    // The skip link is left to the browser, which moves the focus along with the view.
    view! {
        <a class="skip" href="#main" rel="external">{words::SKIP}</a>
        <header class="masthead">
            <a class="masthead-name" href="/">{frame.identity.name}</a>
            <time class="masthead-date" datetime=day>{date_line}</time>
        </header>
        <nav class="sections" aria-label=words::SECTIONS>
            <ul>
                <li><a href="/" aria-current=home>{words::HOME}</a></li>
                {entries.collect_view()}
            </ul>
        </nav>
    }
}

/// How an entry of the row is marked: `page` where it leads to the very page that is shown, `true` where that is
/// further inside the section. No section is the front page.
fn mark_of(shown: Option<&Address>, section: Option<&Slug>) -> Option<&'static str> {
    match shown? {
        Address::Front => section.is_none().then_some("page"),
        Address::Section { slug, page: 1 } if section == Some(slug) => Some("page"),
        inside => (section.is_some() && inside.section() == section).then_some("true"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use content::ArticleId;

    #[test]
    fn exactly_the_entry_of_the_page_is_marked() {
        let (here, other): (Slug, Slug) = ("yaowen".parse().unwrap(), "jianghua".parse().unwrap());
        let list = |page| Address::Section { slug: here.clone(), page };
        let article = Address::Article { section: here.clone(), id: ArticleId(1) };
        for (shown, mark) in [(list(1), "page"), (list(2), "true"), (article, "true")] {
            assert_eq!(mark_of(Some(&shown), Some(&here)), Some(mark));
            assert_eq!(mark_of(Some(&shown), Some(&other)), None);
            assert_eq!(mark_of(Some(&shown), None), None);
        }
        assert_eq!(mark_of(Some(&Address::Front), None), Some("page"));
        assert_eq!(mark_of(Some(&Address::Front), Some(&here)), None);
        assert_eq!(mark_of(None, None), None);
    }
}
