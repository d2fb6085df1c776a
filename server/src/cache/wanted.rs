//! Which requests ask for a page that is kept, and under which key.

use app::routes::Address;
use content::Slug;
use http::{Method, Uri};
use std::borrow::Cow;

/// A page that may be kept: the same for everybody who asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// The one spelling of its address. Whatever else a query holds is no part of it, so it can neither make a page another
    /// one nor the cache grow.
    pub key: Cow<'a, str>,
    /// What is asked of the router where that is something else than the key.
    target: Option<String>,
}

/// What a request wants, if it may be kept. Previews, the admin and files are not.
#[must_use]
pub fn wanted<'a>(method: &Method, uri: &'a Uri) -> Option<Wanted<'a>> {
    if !matches!(*method, Method::GET | Method::HEAD) {
        return None;
    }
    let (path, query) = (uri.path(), uri.query().unwrap_or(""));
    if path == "/sitemap.xml" || path.starts_with("/sitemap/") {
        return Some(same(Cow::Borrowed(path)));
    }
    if let Some(function) = path.strip_prefix("/api/") {
        // A function is called, not looked at.
        return if *method == Method::GET { of_function(function, query) } else { None };
    }
    if ["/admin", "/pkg", "/media/", "/healthz", "/metrics"].iter().any(|prefix| path.starts_with(prefix)) {
        return None;
    }
    match Address::parse(path, query)? {
        Address::Preview { .. } => None,
        // The path of every page but a later one of a section is its address.
        address @ Address::Section { page: 2.., .. } => Some(same(Cow::Owned(address.to_string()))),
        _ => Some(same(Cow::Borrowed(path))),
    }
}

const fn same(address: Cow<'_, str>) -> Wanted<'_> {
    Wanted { key: address, target: None }
}

impl Wanted<'_> {
    /// The address to ask the router for where the page is not there.
    #[must_use]
    pub fn target(&self) -> &str {
        self.target.as_deref().unwrap_or(&self.key)
    }
}

/// The server functions of readers, by which the client changes pages.
fn of_function(name: &str, query: &str) -> Option<Wanted<'static>> {
    let value = |wanted: &str| {
        let mut found = query.split('&').filter_map(|pair| pair.split_once('=')).filter(|(name, _)| *name == wanted);
        found.next().map(|(_, value)| value).filter(|_| found.next().is_none())
    };
    let slug = |name: &str| value(name).and_then(|slug| slug.parse::<Slug>().ok());
    match name {
        "get_frame" | "get_front" => Some(same(Cow::Owned(format!("/api/{name}")))),
        "get_section_page" => {
            let page: u32 = value("page")?.parse().ok()?;
            Some(same(Cow::Owned(format!("/api/{name}?slug={}&page={page}", slug("slug")?))))
        }
        "get_article" => {
            // The section of the address says nothing about the answer.
            let (section, id): (Slug, i64) = (slug("section")?, value("id")?.parse().ok()?);
            let key = Cow::Owned(format!("/api/{name}?id={id}"));
            Some(Wanted { key, target: Some(format!("/api/{name}?section={section}&id={id}")) })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(address: &str) -> Option<String> {
        wanted(&Method::GET, &address.parse().unwrap()).map(|wanted| wanted.key.into_owned())
    }

    #[test]
    fn a_query_makes_no_page_another_one() {
        for (address, expected) in [
            ("/", "/"),
            ("/?x=1", "/"),
            ("/yaowen?utm=1&page=1", "/yaowen"),
            ("/yaowen?page=50&x=2", "/yaowen?page=50"),
            ("/yaowen/12?page=3", "/yaowen/12"),
            ("/yaowen/12/print?cb=9", "/yaowen/12/print"),
            ("/sitemap.xml?x", "/sitemap.xml"),
            ("/api/get_article?id=12&section=yaowen&x=1", "/api/get_article?id=12"),
            ("/api/get_article?section=jianghua&id=12", "/api/get_article?id=12"),
            ("/api/get_section_page?page=2&slug=yaowen", "/api/get_section_page?slug=yaowen&page=2"),
            ("/api/get_frame?x=1", "/api/get_frame"),
        ] {
            assert_eq!(key(address).as_deref(), Some(expected), "{address}");
        }
    }

    #[test]
    fn what_is_not_the_same_for_everybody_is_not_kept() {
        for address in [
            "/admin",
            "/admin/articles",
            "/preview/0f3a",
            "/api/get_me",
            "/api/get_preview?token=1",
            "/pkg/fuxian.js",
            "/media/a.webp",
            "/healthz",
            "/robots.txt",
            "/yaowen?page=01",
            "/yaowen/x",
            "/api/get_article?id=1&id=2&section=a",
        ] {
            assert_eq!(key(address), None, "{address}");
        }
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS] {
            assert_eq!(wanted(&method, &"/".parse().unwrap()), None);
        }
        assert!(wanted(&Method::HEAD, &"/".parse().unwrap()).is_some());
        assert!(wanted(&Method::HEAD, &"/api/get_frame".parse().unwrap()).is_none());
    }
}
