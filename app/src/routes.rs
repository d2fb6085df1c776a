//! The addresses of the site: typed, built here, read here, and the only `<Routes>`.

use content::{ArticleId, Slug, preview};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An address of a public page. Each page has exactly one spelling; everything else is an address of nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Address {
    /// `/`
    Front,
    /// `/{section}`, `/{section}?page=2`
    Section {
        /// The section.
        slug: Slug,
        /// The page of its list, from 1.
        page: u32,
    },
    /// `/{section}/{id}`
    Article {
        /// The section that the address names; the article may have moved.
        section: Slug,
        /// The article.
        id: ArticleId,
    },
    /// `/{section}/{id}/print`
    Print {
        /// The section that the address names; the article may have moved.
        section: Slug,
        /// The article.
        id: ArticleId,
    },
    /// `/preview/{token}`: what is not published yet, for whoever has the link.
    Preview {
        /// The token, or the word of an editor who is signed in.
        token: String,
    },
}

/// The text is not an address of a public page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAddress;

impl Address {
    /// Reads a path and a query without its `?`. What a query holds beside the page is somebody else's (counters of
    /// visitors, mostly) and is ignored.
    #[must_use]
    pub fn parse(path: &str, query: &str) -> Option<Self> {
        let mut parts = path.strip_prefix('/')?.split('/');
        let section = match parts.next()? {
            "" => return parts.next().is_none().then_some(Self::Front),
            "preview" => {
                let token = parts.next().filter(|token| preview::is_word(token) && parts.next().is_none())?;
                return Some(Self::Preview { token: token.to_owned() });
            }
            slug => slug.parse().ok()?,
        };
        let Some(id) = parts.next() else {
            return Some(Self::Section { slug: section, page: page_of(query)? });
        };
        let id = id.parse().ok()?;
        match (parts.next(), parts.next()) {
            (None, _) => Some(Self::Article { section, id }),
            (Some("print"), None) => Some(Self::Print { section, id }),
            _ => None,
        }
    }

    /// The section that the address belongs to.
    #[must_use]
    pub const fn section(&self) -> Option<&Slug> {
        match self {
            Self::Front | Self::Preview { .. } => None,
            Self::Section { slug, .. } => Some(slug),
            Self::Article { section, .. } | Self::Print { section, .. } => Some(section),
        }
    }

    /// The same page or article under the section where it stands.
    #[must_use]
    pub fn moved_to(&self, place: &Slug) -> Self {
        match self {
            Self::Article { id, .. } => Self::Article { section: place.clone(), id: *id },
            Self::Print { id, .. } => Self::Print { section: place.clone(), id: *id },
            Self::Section { page, .. } => Self::Section { slug: place.clone(), page: *page },
            Self::Front | Self::Preview { .. } => self.clone(),
        }
    }
}

/// The page that a query names: one in its one spelling, or the first where it names none.
fn page_of(query: &str) -> Option<u32> {
    let mut pages = query.split('&').filter_map(|pair| match pair.split_once('=') {
        Some(("page", value)) => Some(value),
        None if pair == "page" => Some(""),
        _ => None,
    });
    let Some(page) = pages.next() else { return Some(1) };
    let canonical = !page.starts_with('0') && page.bytes().all(|b| b.is_ascii_digit()) && pages.next().is_none();
    if canonical { page.parse().ok() } else { None }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Front => f.write_str("/"),
            Self::Section { slug, page: 1 } => write!(f, "/{slug}"),
            Self::Section { slug, page } => write!(f, "/{slug}?page={page}"),
            Self::Article { section, id } => write!(f, "/{section}/{id}"),
            Self::Print { section, id } => write!(f, "/{section}/{id}/print"),
            Self::Preview { token } => write!(f, "{}{token}", preview::PATH),
        }
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.to_string()
    }
}

impl TryFrom<String> for Address {
    type Error = NotAnAddress;

    fn try_from(text: String) -> Result<Self, NotAnAddress> {
        let (path, query) = text.split_once('?').unwrap_or((&text, ""));
        Self::parse(path, query).ok_or(NotAnAddress)
    }
}

impl fmt::Display for NotAnAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an address of a public page")
    }
}

/// The front page of a section's list.
#[must_use]
pub fn section(slug: &Slug) -> String {
    section_page(slug, 1)
}

/// A page of a section's list.
#[must_use]
pub fn section_page(slug: &Slug, page: u32) -> String {
    Address::Section { slug: slug.clone(), page }.to_string()
}

/// An article.
#[must_use]
pub fn article(section: &Slug, id: ArticleId) -> String {
    Address::Article { section: section.clone(), id }.to_string()
}

/// The print view of an article.
#[must_use]
pub fn print(section: &Slug, id: ArticleId) -> String {
    Address::Print { section: section.clone(), id }.to_string()
}

/// The table of routes. The server learns from it which addresses it renders and how. The views are empty because
/// [`crate::site::Site`] shows every public page from one typed address: so that a page stays until the next one is
/// there, whether the route changes or only its parameters do. Pages are rendered as one document, with the right
/// status and complete without JavaScript.
#[cfg(feature = "ssr")]
#[component]
pub fn PublicRoutes() -> impl IntoView {
    use leptos_router::{
        SsrMode,
        components::{FlatRoutes, Route},
        path,
    };
    let nothing = || ();
    view! {
        <FlatRoutes fallback=nothing>
            <Route path=path!("/") view=nothing ssr=SsrMode::Async/>
            <Route path=path!("/admin") view=nothing ssr=SsrMode::Async/>
            <Route path=path!("/admin/*room") view=nothing ssr=SsrMode::Async/>
            <Route path=path!("/preview/:token") view=nothing ssr=SsrMode::Async/>
            <Route path=path!("/:section") view=nothing ssr=SsrMode::Async/>
            <Route path=path!("/:section/:id") view=nothing ssr=SsrMode::Async/>
            <Route path=path!("/:section/:id/print") view=nothing ssr=SsrMode::Async/>
        </FlatRoutes>
    }
}

/// The browser has nothing to match: an [`Address`] is read from the location.
#[cfg(not(feature = "ssr"))]
#[component]
pub fn PublicRoutes() -> impl IntoView {
    arriving();
    // The server's table leaves the trace of an empty view that could have been any other.
    ().into_any()
}

/// What is left of a table's work in the browser: it tells the router that it may write the new address into the history.
pub fn arriving() {
    use leptos_router::location::{BrowserUrl, LocationProvider};
    if let Some(location) = use_context::<BrowserUrl>() {
        Effect::new(move |_| {
            location.as_url().track();
            location.ready_to_complete();
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Address> {
        Address::try_from(text.to_owned()).ok()
    }

    #[test]
    fn every_address_is_read_as_it_is_written() {
        let slug: Slug = "yaowen".parse().unwrap();
        let id = ArticleId(12);
        for (address, text) in [
            (Address::Front, "/"),
            (Address::Section { slug: slug.clone(), page: 1 }, "/yaowen"),
            (Address::Section { slug: slug.clone(), page: 505 }, "/yaowen?page=505"),
            (Address::Article { section: slug.clone(), id }, "/yaowen/12"),
            (Address::Print { section: slug.clone(), id }, "/yaowen/12/print"),
            (Address::Preview { token: "0f3a".to_owned() }, "/preview/0f3a"),
            (Address::Preview { token: "article-12".to_owned() }, "/preview/article-12"),
        ] {
            assert_eq!(address.to_string(), text);
            assert_eq!(read(text), Some(address));
        }
        assert_eq!(
            [section(&slug), article(&slug, id), print(&slug, id)],
            ["/yaowen", "/yaowen/12", "/yaowen/12/print"]
        );
    }

    #[test]
    fn page_one_may_be_named_and_other_parameters_are_ignored() {
        let first = read("/yaowen");
        for text in ["/yaowen?page=1", "/yaowen?", "/yaowen?from=timeline", "/yaowen?a=b&page=1&c"] {
            assert_eq!(read(text), first, "{text}");
        }
        assert_eq!(read("/?page=7"), Some(Address::Front));
    }

    #[test]
    fn another_spelling_is_the_address_of_nothing() {
        for text in [
            "",
            "yaowen",
            "//",
            "/yaowen/",
            "/Yaowen",
            "/api",
            "/admin",
            "/pkg-12",
            "/%E8%A6%81",
            "/yaowen?page=0",
            "/yaowen?page=",
            "/yaowen?page",
            "/yaowen?page=01",
            "/yaowen?page=-1",
            "/yaowen?page=+1",
            "/yaowen?page=x",
            "/yaowen?page=1&page=2",
            "/yaowen?page=4294967296",
            "/yaowen/0",
            "/yaowen/012",
            "/yaowen/x",
            "/yaowen/12/",
            "/yaowen/12/print/",
            "/yaowen/12/print/x",
            "/yaowen/12/html",
            "/yaowen/99999999999999999999",
            "/preview",
            "/preview/",
            "/preview/0F",
            "/preview/a/b",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_has_moved_keeps_its_number_and_its_view() {
        let (from, to): (Slug, Slug) = ("yaowen".parse().unwrap(), "jianghua".parse().unwrap());
        let print = Address::Print { section: from, id: ArticleId(3) };
        assert_eq!(print.moved_to(&to).to_string(), "/jianghua/3/print");
        let list = Address::Section { slug: "old".parse().unwrap(), page: 7 };
        assert_eq!(list.moved_to(&to).to_string(), "/jianghua?page=7");
    }
}
