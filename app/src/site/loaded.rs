//! What the address names, loaded; and how it travels within the first document.

use super::{
    article::{Reading, get_article},
    front::get_front,
    preview::{Preview, get_preview},
    section::get_section_page,
};
use crate::{
    routes::Address,
    site::NoPage,
    wire::{self, Unread},
};
use content::{
    Slug,
    reading::{Frame, Front, SectionPage},
    section::SectionKind,
};
use leptos::server::codee::{Decoder, Encoder};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// What a page consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Page {
    /// The front page.
    Front(Front),
    /// A page of a section's list.
    Section(SectionPage),
    /// A section that is one page, with the article that it shows.
    Single(Box<(SectionPage, Reading)>),
    /// An article, to be read or printed.
    Article(Box<Reading>),
    /// An article that is not published yet.
    Preview(Box<Preview>),
}

impl Page {
    /// The same without the text, which stands in the document already.
    fn without_text(&self) -> Self {
        let bare = |Reading { page, description, .. }: &Reading| Reading {
            page: page.clone(),
            description: description.clone(),
            body: String::new(),
        };
        match self {
            Self::Front(_) | Self::Section(_) => self.clone(),
            Self::Article(reading) => Self::Article(Box::new(bare(reading))),
            Self::Single(single) => Self::Single(Box::new((single.0.clone(), bare(&single.1)))),
            Self::Preview(preview) => {
                let Preview { reading, readers, until } = preview.as_ref();
                Self::Preview(Box::new(Preview { reading: bare(reading), readers: *readers, until: until.clone() }))
            }
        }
    }
}

/// A page with its address: what is shown always belongs together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loaded {
    /// Where the page stands, which may be elsewhere than the address that was asked for; none is the address of
    /// nothing.
    pub address: Option<Address>,
    /// The page, or why there is none.
    pub page: Result<Page, NoPage>,
}

/// Loads what the address names.
pub async fn load(address: Option<Address>) -> Loaded {
    let page = match address.clone() {
        None => Err(NoPage::NotFound),
        Some(Address::Front) => get_front().await.map(Page::Front),
        Some(Address::Section { slug, page }) => load_section(slug, page).await,
        Some(Address::Article { section, id } | Address::Print { section, id }) => {
            get_article(section, id).await.map(|reading| Page::Article(Box::new(reading)))
        }
        Some(Address::Preview { token }) => get_preview(token).await.map(|preview| Page::Preview(Box::new(preview))),
    };
    let place = match &page {
        Ok(Page::Article(reading)) => Some(&reading.page.link.section.slug),
        Ok(Page::Section(page)) => Some(&page.section.slug),
        Ok(Page::Single(single)) => Some(&single.0.section.slug),
        _ => None,
    };
    let address = match (place, address) {
        (Some(place), Some(address)) => Some(address.moved_to(place)),
        (_, address) => address,
    };
    Loaded { address, page }
}

async fn load_section(slug: Slug, page: u32) -> Result<Page, NoPage> {
    let section = get_section_page(slug, page).await?;
    let newest =
        section.articles.first().filter(|_| section.kind == SectionKind::Page).map(|teaser| teaser.link.clone());
    match newest {
        None => Ok(Page::Section(section)),
        Some(link) => Ok(Page::Single(Box::new((section, get_article(link.section.slug, link.id).await?)))),
    }
}

/// How a page travels beside its own HTML: as JSON without the text of the article, which stands in the document
/// already. Hydration leaves an element's inner HTML as it finds it; every later page comes from its server function
/// and brings its text.
#[derive(Clone, Copy, Debug)]
pub struct FirstLoad;

impl Encoder<Loaded> for FirstLoad {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(loaded: &Loaded) -> Result<String, serde_json::Error> {
        let Ok(page @ (Page::Article(_) | Page::Single(_) | Page::Preview(_))) = &loaded.page else {
            return serde_json::to_string(loaded);
        };
        serde_json::to_string(&Loaded { address: loaded.address.clone(), page: Ok(page.without_text()) })
    }
}

/// The frame travels as it is.
impl Encoder<Result<Frame, NoPage>> for FirstLoad {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(frame: &Result<Frame, NoPage>) -> Result<String, serde_json::Error> {
        serde_json::to_string(frame)
    }
}

/// Read as the answers of server functions are: another way of reading would bring every type into the browser twice.
impl<T: DeserializeOwned> Decoder<T> for FirstLoad {
    type Error = Unread;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Unread> {
        wire::read(text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use content::{
        ArticleId, LocalTime,
        article::Fields,
        reading::{ArticleLink, ArticlePage},
        section::SectionLink,
    };

    fn article() -> Loaded {
        let section = SectionLink { slug: "jianghua".parse().unwrap(), name: "领导讲话".to_owned() };
        let shown: LocalTime = serde_json::from_str("\"2012-07-31T10:28:49+08:00\"").unwrap();
        let link = ArticleLink { id: ArticleId(1), section: section.clone(), title: "标题".to_owned(), shown };
        let page =
            ArticlePage { link, fields: Fields::default(), corrected: None, picture: None, newer: None, older: None };
        let reading =
            Reading { page, description: "开头".to_owned(), body: "<p>正文里的一句话</p>".to_owned() };
        let address = Address::Article { section: section.slug, id: ArticleId(1) };
        Loaded { address: Some(address), page: Ok(Page::Article(Box::new(reading))) }
    }

    #[test]
    fn the_text_of_an_article_does_not_travel_beside_its_html() {
        let text = FirstLoad::encode(&article()).unwrap();
        assert!(text.contains("标题") && text.contains("/jianghua/1") && !text.contains("一句话"), "{text}");
        let Ok(Page::Article(read)) = <FirstLoad as Decoder<Loaded>>::decode(&text).unwrap().page else {
            panic!("{text}")
        };
        assert_eq!(read.body, "");
    }

    #[test]
    fn the_answer_of_the_server_function_carries_the_text() {
        let Ok(Page::Article(reading)) = article().page else { panic!() };
        let text = serde_json::to_string(&reading).unwrap();
        assert_eq!(serde_json::from_str::<Reading>(&text).unwrap(), *reading);
        assert!(text.contains("一句话"));
    }

    #[test]
    fn everything_else_travels_as_it_is() {
        for page in [Err(NoPage::NotFound), Err(NoPage::Internal { reference: "x".to_owned() })] {
            let loaded = Loaded { address: None, page };
            assert_eq!(<FirstLoad as Decoder<Loaded>>::decode(&FirstLoad::encode(&loaded).unwrap()).unwrap(), loaded);
        }
    }
}
