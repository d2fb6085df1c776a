//! Notes at the foot of a page and at the end, as the text that the tree has for them.

use crate::{
    Fault,
    xml::{Piece, Space, Xml},
};
use std::collections::HashMap;

/// The most notes that are read.
const MOST: usize = 50_000;

/// The texts of notes by their ids.
pub(super) type Notes = HashMap<String, String>;

/// Reads the part that holds the notes of one kind. Lines and pictures within a note are not kept: it is one text.
pub(super) fn read(text: &str) -> Result<Notes, Fault> {
    let mut notes = HashMap::new();
    let mut xml = Xml::new(text);
    while let Some(piece) = xml.next()? {
        let Piece::Open(element) = piece else { continue };
        if element.space != Space::Word || !matches!(element.name(), "footnote" | "endnote") {
            continue;
        }
        // Those with a type are the lines that part notes from the text.
        let line = element.attribute("type").is_some_and(|kind| kind != "normal");
        let id = element.attribute("id").unwrap_or_default();
        let text = note(&mut xml)?;
        if !line && notes.len() < MOST {
            notes.insert(id, text);
        }
    }
    Ok(notes)
}

fn note(xml: &mut Xml<'_>) -> Result<String, Fault> {
    let mut text = String::new();
    let outside = xml.depth() - 1;
    while xml.depth() > outside
        && let Some(piece) = xml.next()?
    {
        let Piece::Open(element) = piece else { continue };
        match (element.space, element.name()) {
            (Space::Word, "t") | (Space::Math, "t") => text.push_str(&xml.content()?),
            (Space::Word, "p" | "tab" | "br" | "cr") if !text.ends_with(' ') && !text.is_empty() => text.push(' '),
            (Space::Word, "del" | "moveFrom" | "pPr" | "rPr") | (Space::Alternatives, "Fallback") => xml.skip()?,
            _ => {}
        }
    }
    Ok(text.trim().to_owned())
}
