//! The fields of an entry, and the draft that they make.

use super::when;
use crate::{
    Arrival, Attached, Draft, Fault, PictureRef, There, html,
    left_out::LeftOut,
    sha256, storable, words,
    xml::{Element, Piece, Space, Xml},
};
use content::{
    Document,
    article::Fields,
    document::{self, Href},
};

/// The most sections and files of an entry.
const MOST: usize = 50;

/// The fields of an entry as they stand there.
#[derive(Debug, Default)]
pub(super) struct Given {
    title: String,
    link: String,
    guid: String,
    published: String,
    updated: String,
    description: Text,
    content: Text,
    author: String,
    source: String,
    categories: Vec<String>,
    files: Vec<Attached>,
    outside: Option<String>,
}

/// A text and whether it is markup.
#[derive(Debug, Default)]
struct Text {
    text: String,
    markup: bool,
}

impl Given {
    /// Reads the entry that was just opened.
    pub(super) fn read(xml: &mut Xml<'_>) -> Result<Self, Fault> {
        let mut given = Self::default();
        let outside = xml.depth() - 1;
        while xml.depth() > outside
            && let Some(piece) = xml.next()?
        {
            if let Piece::Open(element) = piece {
                given.field(xml, &element)?;
            }
        }
        Ok(given)
    }

    fn field(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<(), Fault> {
        let said = |name| element.attribute(name).unwrap_or_default();
        match (element.space, element.name()) {
            (Space::Media, "content") => self.file(said("url"), String::new()),
            (Space::Media, "title" | "description" | "credit" | "thumbnail" | "keywords") => xml.skip()?,
            (Space::Content, "encoded") => self.content = Text { text: xml.content()?, markup: true },
            (_, "title") => self.title = text(xml, element)?.plain(),
            (_, "link") => self.link(xml, element)?,
            (_, "guid" | "id") => self.guid = xml.content()?.trim().to_owned(),
            (_, "pubDate" | "published" | "date" | "issued") => self.published = xml.content()?,
            (_, "updated" | "modified") => self.updated = xml.content()?,
            (_, "description" | "summary") => self.description = text(xml, element)?,
            (_, "content") => {
                self.outside = element.attribute("src");
                self.content = text(xml, element)?;
            }
            (_, "creator" | "author") => self.author = author(xml)?,
            // In Atom it holds the fields of another feed.
            (Space::Atom, "source") => xml.skip()?,
            (_, "source") => self.source = xml.content()?,
            (_, "category" | "subject") => {
                let term = element.attribute("label").or_else(|| element.attribute("term"));
                let content = xml.content()?;
                let name = words::plain(&term.unwrap_or(content));
                if self.categories.len() < MOST && !name.is_empty() && !self.categories.contains(&name) {
                    self.categories.push(name);
                }
            }
            (_, "enclosure") => self.file(said("url"), String::new()),
            _ => xml.skip()?,
        }
        Ok(())
    }

    /// The address of the article: text in RSS, an attribute in Atom, where there are others beside it.
    fn link(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<(), Fault> {
        let (rel, href) = (element.attribute("rel"), element.attribute("href"));
        let title = element.attribute("title").unwrap_or_default();
        let content = xml.content()?;
        match (rel.as_deref(), href) {
            (Some("enclosure"), Some(href)) => self.file(href, title),
            (None | Some("alternate"), Some(href)) if self.link.is_empty() => self.link = href.trim().to_owned(),
            (_, None) if self.link.is_empty() => self.link = content.trim().to_owned(),
            _ => {}
        }
        Ok(())
    }

    fn file(&mut self, url: String, name: String) {
        let url = url.trim().to_owned();
        if self.files.len() < MOST && words::is_web(&url) && !self.files.iter().any(|file| file.url == url) {
            self.files.push(Attached { url, name: words::plain(&name) });
        }
    }

    /// The draft of the entry.
    pub(super) fn arrival(self, pictures: &dyn Fn(&str) -> Option<PictureRef>) -> Result<Arrival, Fault> {
        let mut left_out = LeftOut::default();
        if self.title.is_empty() {
            return Err(Fault::NoTitle { expected: "text in the entry's title" });
        }
        let digest = self.digest();
        let has_content = !self.content.text.trim().is_empty();
        let (text, summary) =
            if has_content { (&self.content, self.description.plain()) } else { (&self.description, String::new()) };
        if !has_content {
            left_out.count("content", "the feed has only a description, which may be a part of the text");
        }
        if let Some(outside) = &self.outside {
            left_out.example("content", "stands elsewhere: left out", outside);
        }
        let body = text.document(pictures, &mut left_out);
        if body.is_empty() {
            return Err(Fault::NoBody { expected: "text in the entry's content or description" });
        }
        storable(&body, text.text.len())?;
        let fields = Fields {
            title: self.title.clone(),
            author: words::name(&self.author, &mut left_out),
            source: words::source(&self.source, &mut left_out),
            summary: words::summary(&summary, &mut left_out),
            ..Fields::default()
        };
        fields.check()?;
        let published = self.time(&mut left_out);
        let url = Some(self.link).filter(|url| words::is_web(url));
        let identity = match (&url, self.guid.as_str()) {
            (Some(url), _) => format!("url:{url}"),
            (None, "") => format!("sha256:{digest}"),
            (None, guid) if words::is_web(guid) => format!("url:{guid}"),
            (None, guid) if guid.len() <= Href::LONGEST => format!("guid:{}", words::plain(guid)),
            (None, guid) => format!("sha256:{}", sha256(guid)),
        };
        let mut sections = self.categories.into_iter();
        let draft = Draft { identity, digest, section: sections.next(), fields, published, body, url };
        let (further, left_out) = (sections.collect(), left_out.into_lines());
        Ok(Arrival { draft, there: There::Published, further, lead: None, files: self.files, left_out })
    }

    fn time(&self, left_out: &mut LeftOut) -> Option<content::time::WrittenTime> {
        let given = if self.published.trim().is_empty() { &self.updated } else { &self.published };
        let time = when::time(given);
        if time.is_none() && !given.trim().is_empty() {
            left_out.example("date", "not understood: left out", given);
        }
        time
    }

    fn digest(&self) -> String {
        let mut all =
            vec![&self.title, &self.link, &self.guid, &self.published, &self.author, &self.source, &self.content.text];
        all.push(&self.description.text);
        all.extend(&self.categories);
        sha256(all.into_iter().map(String::as_str).collect::<Vec<_>>().join("\u{1f}"))
    }
}

impl Text {
    fn plain(&self) -> String {
        if self.markup || words::is_markup(&self.text) {
            words::plain(&document::text::of(&html(&self.text, &|_| None).0))
        } else {
            words::plain(&self.text)
        }
    }

    /// What RSS calls a description is text or markup, and nothing says which: tags do.
    fn document(&self, pictures: &dyn Fn(&str) -> Option<PictureRef>, left_out: &mut LeftOut) -> Document {
        if self.markup || words::is_markup(&self.text) {
            let (body, dropped) = html(&self.text, pictures);
            left_out.lines(dropped);
            return body;
        }
        let text = self.text.replace('\t', " ").replace(|c: char| c.is_control() && c != '\n', "");
        Document::from_plain_text(&text)
    }
}

/// The text of an element. Atom says of which kind it is; a part of a page stands there with its own elements.
fn text(xml: &mut Xml<'_>, element: &Element<'_>) -> Result<Text, Fault> {
    let kind = element.attribute("type").unwrap_or_default();
    let mode = element.attribute("mode").unwrap_or_default();
    match kind.as_str() {
        "xhtml" => Ok(Text { text: xml.source()?.to_owned(), markup: true }),
        // Atom 0.3 says how and not what.
        _ if mode == "xml" => Ok(Text { text: xml.source()?.to_owned(), markup: true }),
        "html" | "text/html" => Ok(Text { text: xml.content()?, markup: true }),
        _ => Ok(Text { text: xml.content()?, markup: false }),
    }
}

/// Who wrote it: a name, an address with a name in brackets, or elements of which one is the name.
fn author(xml: &mut Xml<'_>) -> Result<String, Fault> {
    let (mut name, mut all) = (String::new(), String::new());
    let outside = xml.depth() - 1;
    while xml.depth() > outside
        && let Some(piece) = xml.next()?
    {
        match piece {
            Piece::Open(element) if element.name() == "name" => name = xml.content()?,
            Piece::Open(_) => xml.skip()?,
            Piece::Text(text) => all.push_str(&text),
            Piece::Close => {}
        }
    }
    if !name.trim().is_empty() {
        return Ok(name);
    }
    let named = all.split_once('(').and_then(|(address, rest)| {
        let name = rest.trim_end().strip_suffix(')')?;
        address.contains('@').then(|| name.to_owned())
    });
    Ok(named.unwrap_or(all))
}
