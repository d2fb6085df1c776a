//! Text as it comes into a paragraph.

use super::{body::Body, drawing, paragraph::Paragraph};
use crate::{Fault, xml::Element};
use content::{
    Refusal,
    document::{self, Href},
};

/// More paragraphs than this make no tree that may be stored: each takes some forty bytes there.
const MOST_BLOCKS: usize = document::LARGEST / 40;

impl Body<'_> {
    pub(super) fn count(&mut self, bytes: usize) -> Result<(), Fault> {
        self.characters += bytes;
        if self.characters > document::LARGEST || self.blocks > MOST_BLOCKS {
            return Err(Refusal::TooLong { field: "body".to_owned(), limit: document::LARGEST as u64 }.into());
        }
        Ok(())
    }

    /// Adds text to the paragraph with the marks of the run.
    pub(super) fn write(&mut self, text: &str) {
        if self.fields.are_silent() {
            return;
        }
        let mut marked = self.marked.last().cloned().unwrap_or_default();
        marked.link = self.links.last().cloned().flatten().or_else(|| self.fields.link());
        match self.paragraphs.last_mut() {
            Some(paragraph) if !paragraph.hidden => paragraph.inlines.text(text, &marked),
            Some(_) => self.left_out.count("hidden text", "left out"),
            None => {
                let mut paragraph = Paragraph::default();
                paragraph.inlines.text(text, &marked);
                let flats = paragraph.finish_plain();
                self.hold(flats);
            }
        }
    }

    pub(super) fn line_end(&mut self) {
        if !self.fields.are_silent()
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.inlines.line_end();
        }
    }

    /// Takes the address of a link, or says that the text stands there without one.
    pub(super) fn link(&mut self, element: &Element<'_>) -> Option<Href> {
        let relation = self.beside.relations.get(&element.attribute("id")?)?;
        if !relation.outside {
            return None;
        }
        let href = drawing::href(&relation.target);
        if href.is_none() {
            let why = "text kept, the address is not a safe and absolute one";
            self.left_out.example("link", why, &relation.target);
        }
        href
    }
}
