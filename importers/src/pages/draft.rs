//! What was found as a draft of the newsroom: checked against its limits, nothing cut without saying so.

use super::{Field, Found, Kind, Referred};
use crate::{Draft, Fault, storable};
use content::{
    Document, MediaId,
    article::{self, Fields},
    document::{AttachmentAttrs, Block},
    time::WrittenTime,
};

impl Found {
    /// The draft, and what had to be changed for it. `files` finds the file of the media library for an attachment;
    /// those that are found stand below the text.
    ///
    /// # Errors
    /// A list, a page without a title or without a body, and a body that cannot be stored.
    pub fn draft(&self, files: &dyn Fn(&Referred) -> Option<MediaId>) -> Result<(Draft, Vec<String>), Fault> {
        if self.kind == Kind::List {
            return Err(Fault::NoBody { expected: "an article: the page is a list of others" });
        }
        let mut notes = Vec::new();
        let mut line = |name: &str, field: &Option<Field>, limit: usize| {
            field.as_ref().map(|field| fitting(name, &field.value, limit, &mut notes)).unwrap_or_default()
        };
        let fields = Fields {
            title: line("title", &self.title, article::LONGEST_LINE),
            subtitle: line("subtitle", &self.subtitle, article::LONGEST_LINE),
            byline: line("byline", &self.byline, article::LONGEST_LINE),
            source: line("source", &self.source, article::LONGEST_NAME),
            author: line("author", &self.author, article::LONGEST_NAME),
            editor: line("editor", &self.editor, article::LONGEST_NAME),
            ..Fields::default()
        };
        if fields.title.is_empty() {
            return Err(Fault::NoTitle { expected: "a heading above the text, or a title in the head of the page" });
        }
        fields.check()?;
        let body = self.body_with(files, &mut notes)?;
        let published = self.publish_time.as_ref().and_then(|field| WrittenTime::parse(&field.value).ok());
        let url = self.address.value.clone();
        let identity = format!("url:{url}");
        let section = self.section.as_ref().map(|field| field.value.clone());
        let digest = self.digest.clone();
        Ok((Draft { identity, digest, section, fields, published, body, url: Some(url) }, notes))
    }

    fn body_with(
        &self,
        files: &dyn Fn(&Referred) -> Option<MediaId>,
        notes: &mut Vec<String>,
    ) -> Result<Document, Fault> {
        const EXPECTED: &str = "a run of text below the title";
        let body = self.body.as_ref().ok_or(Fault::NoBody { expected: EXPECTED })?;
        let mut blocks = body.value.blocks.clone();
        for file in self.attachments.iter().flat_map(|field| &field.value) {
            match files(file) {
                Some(media) => {
                    let name = file.name.chars().take(article::LONGEST_LINE).collect();
                    blocks.push(Block::Attachment { attrs: AttachmentAttrs { id: String::new(), media, name } });
                }
                None => {
                    notes.push(format!("attachment \"{}\" is not in the folder", content::refusal::quoted(&file.given)))
                }
            }
        }
        let document = Document::new(blocks);
        if document.is_empty() {
            return Err(Fault::NoBody { expected: EXPECTED });
        }
        storable(&document, usize::MAX)?;
        Ok(document)
    }
}

/// The value within its limit, in one line; what had to be cut is noted.
fn fitting(name: &str, value: &str, limit: usize, notes: &mut Vec<String>) -> String {
    let line = value.replace(char::is_control, " ");
    if line.chars().count() <= limit {
        return line;
    }
    notes.push(format!("{name} was cut to {limit} characters: \"{}\"", content::refusal::quoted(&line)));
    line.chars().take(limit).collect()
}
