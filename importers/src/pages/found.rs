//! What was found on a page, as it is reported.

use super::{Decoding, Kind, links::Address};
use content::Document;
use serde::{Serialize, Serializer, ser::SerializeStruct};

/// A proposal for a field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field<T = String> {
    /// What is proposed.
    pub value: T,
    /// How sure that is, 0 to 1.
    pub confidence: f64,
    /// Where it was found, for people.
    pub found: String,
}

impl<T> Field<T> {
    pub(super) fn new(value: T, confidence: f64, found: impl Into<String>) -> Self {
        Self { value, confidence: (confidence * 100.0).round() / 100.0, found: found.into() }
    }
}

/// A picture or a file to which a page refers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Referred {
    /// As it stands in the page.
    pub given: String,
    /// The address that is meant, as far as it is known: whole, or a path.
    pub address: Option<String>,
    /// The paths below the folder at which the file may lie, likeliest first.
    pub paths: Vec<String>,
    /// What the page calls it.
    pub name: String,
}

/// What was found on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The file, as it was named.
    pub file: String,
    /// Article or list.
    pub kind: Kind,
    /// 标题.
    pub title: Option<Field>,
    /// 副题.
    pub subtitle: Option<Field>,
    /// The line under the title that names the speaker.
    pub byline: Option<Field>,
    /// `YYYY-MM-DD`, with ` HH:MM` and `:SS` as far as they were found; civil time of the site.
    pub publish_time: Option<Field>,
    /// 责任编辑.
    pub editor: Option<Field>,
    /// 来源.
    pub source: Option<Field>,
    /// 作者.
    pub author: Option<Field>,
    /// The name of the section.
    pub section: Option<Field>,
    /// The body as a tree; its text is [`Found::body_text`].
    pub body: Option<Field<Document>>,
    /// The body's text, one line a paragraph.
    pub body_text: String,
    /// The pictures of the body.
    pub pictures: Option<Field<Vec<Referred>>>,
    /// The files that the body offers.
    pub attachments: Option<Field<Vec<Referred>>>,
    /// Where the page stood: an address, or a path with its query where the host is not known.
    pub address: Field,
    /// How the bytes were read.
    pub decoding: Decoding,
    /// SHA-256 in hex of the page's text.
    pub digest: String,
    /// What else is to be known, such as what was left out of the body.
    pub notes: Vec<String>,
}

impl Serialize for Found {
    /// The object of a page in the report.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.body.as_ref().map(|body| Field {
            value: self.body_text.as_str(),
            confidence: body.confidence,
            found: body.found.clone(),
        });
        let mut object = serializer.serialize_struct("Found", 17)?;
        object.serialize_field("file", &self.file)?;
        object.serialize_field("kind", &self.kind)?;
        object.serialize_field("title", &self.title)?;
        object.serialize_field("subtitle", &self.subtitle)?;
        object.serialize_field("byline", &self.byline)?;
        object.serialize_field("publish_time", &self.publish_time)?;
        object.serialize_field("editor", &self.editor)?;
        object.serialize_field("source", &self.source)?;
        object.serialize_field("author", &self.author)?;
        object.serialize_field("section", &self.section)?;
        object.serialize_field("body", &text)?;
        object.serialize_field("body_text", &self.body_text)?;
        object.serialize_field("pictures", &self.pictures)?;
        object.serialize_field("attachments", &self.attachments)?;
        object.serialize_field("address", &self.address)?;
        object.serialize_field("encoding", &self.decoding)?;
        object.serialize_field("notes", &self.notes)?;
        object.end()
    }
}

impl Referred {
    /// What a page at `page`, saved as `file`, means by an address.
    pub(super) fn of(given: &str, name: &str, page: &Address, file: &str) -> Self {
        let joined = page.join(given);
        let mut paths: Vec<String> = Vec::new();
        let add = |path: &str, paths: &mut Vec<String>| {
            let plain = path.trim_start_matches('/').to_owned();
            for path in [super::links::unescaped(&plain), plain] {
                if !path.is_empty() && !paths.contains(&path) {
                    paths.push(path);
                }
            }
        };
        // Browsers save pictures beside the page; what fetches whole sites keeps the paths of the server.
        let place =
            Address { site: String::new(), path: format!("/{}", file.replace('\\', "/").trim_start_matches('/')) };
        if let Some(beside) = place.join(given).filter(|beside| beside.site.is_empty()) {
            add(&beside.path, &mut paths);
            add(beside.path.split('?').next().unwrap_or_default(), &mut paths);
        }
        if let Some(joined) = &joined {
            add(&joined.path, &mut paths);
            if let Some((_, host)) = joined.site.split_once("://") {
                add(&format!("{host}{}", joined.path), &mut paths);
            }
            add(joined.path.split('?').next().unwrap_or_default(), &mut paths);
        }
        paths.truncate(8);
        Self { given: given.to_owned(), address: joined.map(|joined| joined.whole()), paths, name: name.to_owned() }
    }
}
