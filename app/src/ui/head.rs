//! The head of a page: title, description, canonical address, the 网页标签 of the norm and what cards are made of.

use content::{media::Picture, reading::Frame};
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};

/// What a page says of itself to programs. Tags without content are left out: a norm that is answered with empty or
/// made-up values is not answered.
#[derive(Clone, Debug, Default)]
pub struct Head {
    title: String,
    canonical: Option<String>,
    named: Vec<(&'static str, String)>,
    properties: Vec<(&'static str, String)>,
}

impl Head {
    /// A page with this title: its parts from the page to the site.
    #[must_use]
    pub fn titled(parts: &[&str]) -> Self {
        Self { title: parts.join(super::words::TITLE_BREAK), ..Self::default() }
    }

    /// A page of the site under this address: title, address and the tags of every page. `kind` is `og:type`.
    #[must_use]
    pub fn of_page(frame: &Frame, parts: &[&str], description: &str, address: &str, kind: &str) -> Self {
        let mut head = Self::titled(parts);
        let url = [&frame.public_url, address].concat();
        head.add_identity(frame);
        head.add("description", description);
        head.add_property("og:site_name", &frame.identity.name);
        head.add_property("og:locale", "zh_CN");
        head.add_property("og:type", kind);
        head.add_property("og:title", parts.first().copied().unwrap_or_default());
        head.add_property("og:description", description);
        head.add_property("og:url", &url);
        head.canonical = Some(url);
        head
    }

    /// The tags that the norm asks of every page.
    pub fn add_identity(&mut self, frame: &Frame) {
        self.add("SiteName", &frame.identity.name);
        self.add("SiteDomain", &frame.identity.domain);
        self.add("SiteIDCode", &frame.identity.id_code);
    }

    /// A tag, unless it would be empty.
    pub fn add(&mut self, name: &'static str, content: &str) {
        if !content.is_empty() {
            self.named.push((name, content.to_owned()));
        }
    }

    /// A property, unless it would be empty.
    pub fn add_property(&mut self, property: &'static str, content: &str) {
        if !content.is_empty() {
            self.properties.push((property, content.to_owned()));
        }
    }

    /// The picture of cards; answers with its absolute address.
    pub fn add_picture(&mut self, frame: &Frame, picture: &Picture) -> String {
        let url = [frame.public_url.as_str(), &picture.address()].concat();
        self.add_property("og:image", &url);
        self.add_property("og:image:width", &picture.width.to_string());
        self.add_property("og:image:height", &picture.height.to_string());
        self.add_property("og:image:alt", &picture.alt);
        url
    }

    /// A page that has no address to be kept or shared yet.
    #[must_use]
    pub fn of_preview(mut self) -> Self {
        self.canonical = None;
        self.properties.clear();
        self.named.retain(|(name, _)| *name != "Url");
        self.hidden()
    }

    /// A page that search engines leave out.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.add("robots", "noindex");
        self
    }
}

/// Writes the head, on the server into the document and in the browser in place of the last page's.
#[component]
pub fn PageHead(
    /// What the page says of itself.
    head: Head,
) -> impl IntoView {
    let Head { title, canonical, named, properties } = head;
    // On the server leptos_meta writes a title into the document as it is; in the browser it is never markup.
    let title = if cfg!(feature = "ssr") { escaped(&title) } else { title };
    view! {
        <Title text=title/>
        {named.into_iter().map(|(name, content)| view! { <Meta name content/> }).collect_view()}
        {properties.into_iter().map(|(property, content)| view! { <Meta property content/> }).collect_view()}
        {canonical.map(|href| view! { <Link rel="canonical" href/> })}
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    content::document::html::escape(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_goes_from_the_page_to_the_site_and_empty_tags_are_left_out() {
        let mut head = Head::titled(&["标题", "栏目", "站名"]);
        head.add("SiteIDCode", "");
        head.add("SiteName", "站名");
        assert_eq!(head.title, "标题 - 栏目 - 站名");
        assert_eq!(head.named, [("SiteName", "站名".to_owned())]);
    }
}
