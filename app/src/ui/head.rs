//! The head of a page: title, description, canonical address, the 网页标签 of the norm and what cards are made of.

use content::{media::Picture, reading::Frame};
use leptos::prelude::*;

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

    /// The picture of cards, in the width that suits them; answers with its absolute address.
    pub fn add_picture(&mut self, frame: &Frame, picture: &Picture) -> String {
        let (address, width, height) = for_cards(picture);
        let url = [frame.public_url.as_str(), &address].concat();
        self.add_property("og:image", &url);
        self.add_property("og:image:width", &width.to_string());
        self.add_property("og:image:height", &height.to_string());
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
    write(head);
}

#[cfg(feature = "ssr")]
fn write(Head { title, canonical, named, properties }: Head) {
    use leptos_meta::{Link, Meta, Title};
    let tags = view! {
        // leptos_meta writes a title into the document as it is.
        <Title text=escaped(&title)/>
        {named.into_iter().map(|(name, content)| view! { <Meta name content/> }).collect_view()}
        {properties.into_iter().map(|(property, content)| view! { <Meta property content/> }).collect_view()}
        {canonical.map(|href| view! { <Link rel="canonical" href/> })}
    };
    // They go into the head as they are rendered; where they stand in the page is nothing to hydrate.
    let _ = tags.to_html();
}

/// Without leptos_meta, which would have to understand the tags of the server before it can change them.
#[cfg(not(feature = "ssr"))]
fn write(Head { title, canonical, named, properties }: Head) {
    // What `shell` writes is the document's; everything else is the page's.
    const OF_A_PAGE: &str =
        "meta[property],meta[name]:not([name=viewport]):not([name=color-scheme]),link[rel=canonical]";
    let document = document();
    document.set_title(&title);
    let Some(head) = document.head() else { return };
    while let Ok(Some(old)) = head.query_selector(OF_A_PAGE) {
        old.remove();
    }
    let add = |tag: &str, (key, name): (&str, &str), (value, text): (&str, &str)| {
        if let Ok(element) = document.create_element(tag) {
            let _ = element.set_attribute(key, name);
            let _ = element.set_attribute(value, text);
            let _ = head.append_child(&element);
        }
    };
    for (name, content) in &named {
        add("meta", ("name", name), ("content", content));
    }
    for (property, content) in &properties {
        add("meta", ("property", property), ("content", content));
    }
    if let Some(href) = &canonical {
        add("link", ("rel", "canonical"), ("href", href));
    }
}

/// Address, width and height of a picture for cards: the smallest of its widths that is large enough, or else the largest;
/// the picture as it came where there are none.
fn for_cards(picture: &Picture) -> (String, u32, u32) {
    // What cards are drawn at.
    const ENOUGH: u32 = 1200;
    let fits = picture.widths.iter().find(|width| **width >= ENOUGH).or(picture.widths.last());
    let Some(&width) = fits else { return (picture.address(), picture.width, picture.height) };
    let height = (u64::from(picture.height) * u64::from(width) + u64::from(picture.width) / 2)
        .checked_div(u64::from(picture.width))
        .and_then(|height| u32::try_from(height).ok())
        .unwrap_or(picture.height);
    (picture.at(width), width, height)
}

#[cfg(feature = "ssr")]
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    content::document::html::escape(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_gets_a_width_that_exists() {
        let widths = vec![480, 960, 1440, 1920];
        let picture = Picture {
            id: content::MediaId(1),
            key: "ab.jpg".to_owned(),
            width: 4000,
            height: 3001,
            alt: String::new(),
            widths,
            focus: content::media::Focus::default(),
        };
        assert_eq!(for_cards(&picture), ("/media/ab-1440.webp".to_owned(), 1440, 1080));
        let small = Picture { widths: vec![480, 700], ..picture.clone() };
        assert_eq!(for_cards(&small), ("/media/ab-700.webp".to_owned(), 700, 525));
        let none = Picture { widths: vec![], ..picture };
        assert_eq!(for_cards(&none), ("/media/ab.jpg".to_owned(), 4000, 3001));
    }

    #[test]
    fn a_title_goes_from_the_page_to_the_site_and_empty_tags_are_left_out() {
        let mut head = Head::titled(&["标题", "栏目", "站名"]);
        head.add("SiteIDCode", "");
        head.add("SiteName", "站名");
        assert_eq!(head.title, "标题 - 栏目 - 站名");
        assert_eq!(head.named, [("SiteName", "站名".to_owned())]);
    }
}
