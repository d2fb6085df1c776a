//! An article as a page and as Markdown: for people who look into the folder, and for other systems. They show what readers
//! see, or of what is not public what editors see; nothing is read back from them.

use super::{
    rows::Row,
    tables::{ARTICLES, REVISIONS},
};
use crate::{Error, Result, Zone, articles, articles::statement, entity::media as stored, media};
use content::{
    ArticleId, Document, MediaId, Timestamp,
    article::State,
    document::{html, markdown},
    media::File,
};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, FromQueryResult, QueryFilter};
use std::{
    collections::HashMap,
    fmt::{self, Write},
};

/// Where media stand, seen from an article's file.
const MEDIA: &str = "../../media/";

/// What every article needs around it.
pub(super) struct Around<'a> {
    /// Slug and name of each section.
    sections: HashMap<i64, (String, String)>,
    zone: &'a Zone,
}

impl<'a> Around<'a> {
    pub(super) async fn of(tx: &DatabaseTransaction, zone: &'a Zone) -> Result<Self> {
        #[derive(FromQueryResult)]
        struct Section {
            id: i64,
            slug: String,
            name: String,
        }
        let rows = Section::find_by_statement(statement(tx, "SELECT id, slug, name FROM sections", [])).all(tx).await?;
        Ok(Self { sections: rows.into_iter().map(|row| (row.id, (row.slug, row.name))).collect(), zone })
    }
}

/// An article that can be written for people.
pub(super) struct Readable<'a> {
    address: String,
    state: String,
    section: Option<&'a (String, String)>,
    shown: String,
    revision: Row,
    body: Document,
    attachments: Vec<MediaId>,
    files: HashMap<MediaId, File>,
}

impl<'a> Readable<'a> {
    /// The article of these rows; none where it has no text.
    pub(super) async fn of(
        tx: &DatabaseTransaction,
        article: &str,
        revisions: &[String],
        around: &'a Around<'_>,
    ) -> Result<Option<Self>> {
        let corrupt = |why: String| Error::Corrupt(why);
        let article = Row::read(&ARTICLES, article).map_err(corrupt)?;
        let number = |name| article.number(&ARTICLES, name);
        let id = number("id").unwrap_or_default();
        let wanted = number("published_revision_id").or_else(|| number("working_revision_id"));
        let mut revision = None;
        for row in revisions.iter().rev() {
            let row = Row::read(&REVISIONS, row).map_err(corrupt)?;
            if row.number(&REVISIONS, "id") == wanted {
                revision = Some(row);
                break;
            }
        }
        let Some(revision) = revision else { return Ok(None) };
        let body = Document::from_json(revision.text(&REVISIONS, "body"))
            .map_err(|refusal| corrupt(format!("the text of article {id}: {refusal}")))?;
        let placement = articles::placement_of(ArticleId(id), revision.text(&REVISIONS, "extra"))?;
        let attachments = placement.map(|placement| placement.attachments).unwrap_or_default();
        let mut named = body.media();
        named.extend(&attachments);
        let shown = number("shown_at").or_else(|| revision.number(&REVISIONS, "shown_at"));
        let section = number("section_id").and_then(|section| around.sections.get(&section));
        Ok(Some(Self {
            address: section.map(|(slug, _)| format!("/{slug}/{id}")).unwrap_or_default(),
            state: article.text(&ARTICLES, "state").to_owned(),
            section,
            shown: shown.map(|at| around.zone.shown(Timestamp(at)).rfc3339().to_owned()).unwrap_or_default(),
            revision,
            body,
            attachments,
            files: files(tx, &named).await?,
        }))
    }

    fn field(&self, name: &str) -> &str {
        self.revision.text(&REVISIONS, name)
    }

    fn file(&self, id: MediaId) -> String {
        self.files.get(&id).map_or_else(String::new, |file| format!("{MEDIA}{}", file.key))
    }

    /// A page that stands alone.
    pub(super) fn html(&self) -> String {
        // The widths are for browsers on the line; whoever looks into the folder has the picture itself.
        let whole = |id: MediaId| self.files.get(&id).map(|file| File { widths: Vec::new(), ..file.clone() });
        let body =
            html::of(&self.body, &whole) + &html::attachments(self.attachments.iter().filter_map(|id| whole(*id)));
        let mut out = String::from("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<meta charset=\"utf-8\">\n");
        let _ = writeln!(out, "<title>{}</title>", Escaped(self.field("title")));
        for (name, value) in self.described() {
            let _ = writeln!(out, "<meta name=\"{name}\" content=\"{}\">", Escaped(value));
        }
        let _ = writeln!(out, "<h1>{}</h1>", Escaped(self.field("title")));
        for name in ["subtitle", "byline"] {
            if !self.field(name).is_empty() {
                let _ = writeln!(out, "<p>{}</p>", Escaped(self.field(name)));
            }
        }
        // Within quotes of markup stands no other quote, so this is the beginning of an address that was written here.
        out.push_str(&body.replace("=\"/media/", &format!("=\"{MEDIA}")));
        out.push_str("\n</html>\n");
        out
    }

    /// Fields, and the text below them.
    pub(super) fn markdown(&self) -> String {
        let mut out = format!("---\ntitle: \"{}\"\n", quoted(self.field("title")));
        for (name, value) in self.described() {
            let _ = writeln!(out, "{name}: \"{}\"", quoted(value));
        }
        if self.state != State::Published.key() {
            out.push_str("draft: true\n");
        }
        out.push_str("---\n\n");
        out.push_str(&markdown::of(&self.body, &|id| self.file(id)));
        for id in &self.attachments {
            if let Some(file) = self.files.get(id) {
                let name = file.name.replace('[', "\\[").replace(']', "\\]");
                let _ = write!(out, "\n[{name}](<{}>)\n", self.file(*id));
            }
        }
        out
    }

    /// Fields under the names that `fuxian import` reads, those that hold something.
    fn described(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let section = self.section.map_or("", |(_, name)| name.as_str());
        let fields = [
            ("subtitle", self.field("subtitle")),
            ("date", self.shown.as_str()),
            ("section", section),
            ("source", self.field("source")),
            ("author", self.field("author")),
            ("summary", self.field("summary")),
            ("keywords", self.field("keywords")),
            ("url", self.address.as_str()),
        ];
        fields.into_iter().filter(|(_, value)| !value.is_empty())
    }
}

async fn files(tx: &DatabaseTransaction, ids: &[MediaId]) -> Result<HashMap<MediaId, File>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = stored::Entity::find().filter(stored::Column::Id.is_in(ids.iter().map(|id| id.0))).all(tx).await?;
    Ok(rows.into_iter().map(|row| (MediaId(row.id), media::file(row))).collect())
}

/// A value in quotes: those within it would end it for simple readers.
fn quoted(text: &str) -> String {
    text.replace('"', "”").replace(['\n', '\r'], " ")
}

struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::with_capacity(self.0.len());
        html::escape(self.0, &mut out);
        f.write_str(&out)
    }
}
