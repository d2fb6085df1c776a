//! One item of an export and its fields.

use crate::{
    Fault,
    xml::{Element, Piece, Space, Xml},
};
use content::time::WrittenTime;

/// The most sections, tags and further fields of an item that are kept.
const MOST: usize = 1_000;

/// An item.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// An article.
    Post(Box<Post>),
    /// A page that stands by itself.
    Page(Box<Post>),
    /// A picture or a file.
    Attachment(Attachment),
    /// Of another kind: an entry of a menu, a revision, what an extension keeps. It is passed over.
    Other {
        /// The kind, by WordPress's name.
        kind: String,
        /// How far it was on its way there.
        status: Status,
    },
}

/// How far a text was on its way there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Readers saw it.
    Published,
    /// It was to appear at its time.
    Scheduled,
    /// It was being written.
    Draft,
    /// It waited for review.
    Pending,
    /// Only those who were signed in saw it.
    Private,
    /// It was thrown away.
    Trash,
    /// That of what it belongs to.
    Inherited,
    /// Another one.
    Other,
}

impl Status {
    fn of(name: &str) -> Self {
        match name {
            "publish" => Self::Published,
            "future" => Self::Scheduled,
            "draft" | "auto-draft" => Self::Draft,
            "pending" => Self::Pending,
            "private" => Self::Private,
            "trash" => Self::Trash,
            "inherit" => Self::Inherited,
            _ => Self::Other,
        }
    }
}

/// An article or a page as it stands in the export.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Its number there.
    pub id: u64,
    /// Its title.
    pub title: String,
    /// Its address there.
    pub link: String,
    /// Its part of an address.
    pub slug: String,
    /// How far it was on its way.
    pub status: Status,
    /// When it was published, in the zone of that site.
    pub date: Option<WrittenTime>,
    /// The same as an instant.
    pub date_gmt: Option<WrittenTime>,
    /// Who wrote it, by the name with which they signed in.
    pub creator: String,
    /// Its text, as WordPress keeps it.
    pub content: String,
    /// Its summary.
    pub excerpt: String,
    /// Its sections: slug and name.
    pub categories: Vec<(String, String)>,
    /// The names of its tags.
    pub tags: Vec<String>,
    /// The number of the picture that stands for it in lists.
    pub thumbnail: Option<u64>,
    /// Whether it stood on top of lists.
    pub sticky: bool,
    /// Whether readers needed a password.
    pub locked: bool,
    /// How many comments it has: they are not taken over.
    pub comments: u64,
}

/// A picture or a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its number there.
    pub id: u64,
    /// The number of the article it was brought in for; 0 is none.
    pub parent: u64,
    /// Where its bytes are.
    pub url: String,
    /// What it is called.
    pub title: String,
    /// What is said in its place.
    pub alt: String,
    /// What is said below it.
    pub caption: String,
}

/// The fields of an item while it is read.
#[derive(Default)]
struct Given {
    kind: String,
    status: String,
    url: String,
    parent: u64,
    alt: String,
    link: String,
    guid: String,
    post: Parts,
}

#[derive(Default)]
struct Parts {
    id: u64,
    title: String,
    slug: String,
    date: String,
    date_gmt: String,
    creator: String,
    content: String,
    excerpt: String,
    categories: Vec<(String, String)>,
    tags: Vec<String>,
    thumbnail: Option<u64>,
    sticky: bool,
    locked: bool,
    comments: u64,
}

/// Reads an item with its tags.
pub(super) fn read(text: &str) -> Result<Item, Fault> {
    let mut given = Given::default();
    let mut xml = Xml::new(text);
    while let Some(piece) = xml.next()? {
        if let Piece::Open(element) = piece {
            field(&mut xml, &element, &mut given)?;
        }
    }
    Ok(given.item())
}

fn field(xml: &mut Xml<'_>, element: &Element<'_>, given: &mut Given) -> Result<(), Fault> {
    let post = &mut given.post;
    match (element.space, element.name()) {
        (_, "item") => {}
        (Space::None, "title") => post.title = value(xml)?,
        (Space::None, "link") => given.link = value(xml)?,
        (Space::None, "guid") => given.guid = value(xml)?,
        (Space::None, "category") => category(xml, element, post)?,
        (Space::DublinCore, "creator") => post.creator = value(xml)?,
        (Space::Content, "encoded") => post.content = value(xml)?,
        (Space::Excerpt, "encoded") => post.excerpt = value(xml)?,
        (Space::WordPress, "post_id") => post.id = number(xml)?,
        (Space::WordPress, "post_parent") => given.parent = number(xml)?,
        (Space::WordPress, "post_date") => post.date = value(xml)?,
        (Space::WordPress, "post_date_gmt") => post.date_gmt = value(xml)?,
        (Space::WordPress, "post_name") => post.slug = value(xml)?,
        (Space::WordPress, "post_type") => given.kind = value(xml)?,
        (Space::WordPress, "status") => given.status = value(xml)?,
        (Space::WordPress, "attachment_url") => given.url = value(xml)?,
        (Space::WordPress, "is_sticky") => post.sticky = value(xml)?.trim() == "1",
        (Space::WordPress, "post_password") => post.locked = !value(xml)?.trim().is_empty(),
        (Space::WordPress, "postmeta") => {
            let (key, value) = meta(xml)?;
            match key.as_str() {
                "_thumbnail_id" => post.thumbnail = value.trim().parse().ok(),
                "_wp_attachment_image_alt" => given.alt = value,
                _ => {}
            }
        }
        (Space::WordPress, "comment") => {
            post.comments += 1;
            xml.skip()?;
        }
        _ => xml.skip()?,
    }
    Ok(())
}

impl Given {
    fn item(self) -> Item {
        let status = Status::of(self.status.trim());
        let Parts { id, title, slug, date, date_gmt, creator, content, excerpt, .. } = self.post;
        match self.kind.trim() {
            "attachment" => {
                let url = if self.url.trim().is_empty() { self.guid } else { self.url };
                let (url, caption) = (url.trim().to_owned(), excerpt);
                Item::Attachment(Attachment { id, parent: self.parent, url, title, alt: self.alt, caption })
            }
            kind @ ("post" | "page" | "") => {
                let page = kind == "page";
                let post = Post {
                    id,
                    title,
                    link: self.link.trim().to_owned(),
                    slug,
                    status,
                    date: time(&date),
                    date_gmt: time(&date_gmt).map(in_utc),
                    creator,
                    content,
                    excerpt,
                    categories: self.post.categories,
                    tags: self.post.tags,
                    thumbnail: self.post.thumbnail,
                    sticky: self.post.sticky,
                    locked: self.post.locked,
                    comments: self.post.comments,
                };
                if page { Item::Page(Box::new(post)) } else { Item::Post(Box::new(post)) }
            }
            kind => Item::Other { kind: kind.chars().take(60).collect(), status },
        }
    }
}

/// A time, where there is one: `0000-00-00 00:00:00` is how WordPress writes that there is none.
fn time(text: &str) -> Option<WrittenTime> {
    WrittenTime::parse(text).ok()
}

fn in_utc(time: WrittenTime) -> WrittenTime {
    match time {
        WrittenTime::Civil(civil) => WrittenTime::Offset(civil, 0),
        offset => offset,
    }
}

fn category(xml: &mut Xml<'_>, element: &Element<'_>, post: &mut Parts) -> Result<(), Fault> {
    let (domain, slug) = (element.attribute("domain"), element.attribute("nicename").unwrap_or_default());
    let name = value(xml)?;
    // Exports of 1.0 name each section twice, once without a slug.
    let is_new = !slug.is_empty() && !post.categories.iter().any(|(known, _)| *known == slug);
    match domain.as_deref() {
        Some("category") | None if is_new && post.categories.len() < MOST => post.categories.push((slug, name)),
        Some("post_tag" | "tag") if post.tags.len() < MOST && !post.tags.contains(&name) => post.tags.push(name),
        _ => {}
    }
    Ok(())
}

fn meta(xml: &mut Xml<'_>) -> Result<(String, String), Fault> {
    let (mut key, mut found) = (String::new(), String::new());
    let outside = xml.depth() - 1;
    while xml.depth() > outside
        && let Some(piece) = xml.next()?
    {
        if let Piece::Open(element) = piece {
            match element.name() {
                "meta_key" => key = value(xml)?,
                "meta_value" => found = value(xml)?,
                _ => xml.skip()?,
            }
        }
    }
    Ok((key, found))
}

fn number(xml: &mut Xml<'_>) -> Result<u64, Fault> {
    Ok(value(xml)?.trim().parse().unwrap_or_default())
}

/// The text of the element that was just opened. Old exporters wrap a text that holds `]]>` without parting it, so the
/// wrapping ends too early and the rest stands bare: then everything between the first and the last mark is meant.
fn value(xml: &mut Xml<'_>) -> Result<String, Fault> {
    let source = xml.source()?;
    let wrapped = source.trim().strip_prefix("<![CDATA[").and_then(|rest| rest.strip_suffix("]]>"));
    if let Some(inner) = wrapped {
        return Ok(inner.replace("]]]]><![CDATA[>", "]]>"));
    }
    let mut inner = Xml::new(source);
    let mut text = String::new();
    while let Some(piece) = inner.next()? {
        if let Piece::Text(part) = piece {
            text.push_str(&part);
        }
    }
    Ok(text)
}
