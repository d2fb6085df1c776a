//! Word files (.docx) into drafts.
//!
//! Two steps, because only the media library knows under which number a picture will stand: [`docx`] reads the file,
//! its pictures are taken in, and [`Word::into_draft`] puts them where they stood. What Word shows and the tree knows
//! is kept; what Word computes (numbers, fields) is text as Word would show it; what was deleted, hidden or said beside
//! the text is left out and said. Styles count by what they are called and not by how they look.
//!
//! - `package`: the parts of the file
//! - `body`: the text, element by element; `paragraph`, `writing`, `fields`, `drawing`, `math`: parts of it
//! - `styles`, `properties`: what paragraphs and runs are
//! - `numbering`, `numerals`: what stands before a paragraph
//! - `flat`: lists out of paragraphs; `rows`, `table`: tables
//! - `notes`: at the foot and at the end
//! - `title`: what the whole is called
//! - `pictures`: out of the file, and into the text again

mod body;
mod drawing;
mod fields;
mod flat;
mod math;
mod notes;
mod numbering;
mod numerals;
mod package;
mod paragraph;
mod pictures;
mod properties;
mod rows;
mod styles;
mod table;
mod title;
mod writing;

pub use pictures::Picture;

use crate::{
    Draft, Fault, OtherFormat, PictureRef, Report, format,
    left_out::LeftOut,
    sha256, storable,
    xml::{Piece, Space, Xml},
};
use body::Beside;
use content::{
    Document,
    article::{Fields, LONGEST_LINE},
    document::{Block, trim_line},
    refusal::quoted,
    time::WrittenTime,
};
use flat::Flat;
use package::{Package, Relations};

/// The longest Word file that is read, in bytes.
pub const LONGEST: usize = 128 * 1024 * 1024;

/// A Word file that was read. Its pictures are not in the library yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Title and subtitle, empty where none were found.
    pub fields: Fields,
    /// Who made the file, by its own word: often the name of a computer, so it is no author yet.
    pub creator: String,
    /// When the file was made, by its own word.
    pub created: Option<WrittenTime>,
    /// SHA-256 in hex of the file.
    pub digest: String,
    /// What was recognised and what was left out.
    pub report: Report,
    pictures: Vec<Picture>,
    blocks: Vec<Block>,
    read: usize,
}

/// Reads a Word file.
///
/// # Errors
/// Bytes that are no Word file, an old one (with the way out), a damaged one, one that unpacks to more than is held, and
/// a text that is larger than may be stored.
pub fn docx(bytes: &[u8]) -> Result<Word, Fault> {
    if bytes.len() > LONGEST {
        return Err(Fault::TooLong { limit: LONGEST as u64 });
    }
    match format::recognise(bytes, "") {
        format::Format::Word | format::Format::Archive => {}
        format::Format::Other(OtherFormat::OtherOffice) if bytes.starts_with(b"PK") => {}
        format::Format::Other(found) => return Err(found.into()),
        _ => return Err(Fault::NotA { expected: "a Word file (.docx)" }),
    }
    let mut package = Package::open(bytes)?;
    let mut left_out = LeftOut::default();
    left_out.lines(package.refused());
    let name = package.document()?;
    let text = package.text(&name)?.unwrap_or_default();
    let mut found = read(&mut package, &name, &text, true, &mut left_out)?;
    let named = title::take(&mut found.flats);
    let pictures = pictures::take(&mut package, &found.pictures, &mut left_out);
    let top = found
        .flats
        .iter()
        .filter_map(|flat| if let Flat::Heading(level, _) = flat { Some(*level) } else { None })
        .min();
    let heading = |level: u8| (level.saturating_sub(top.unwrap_or(1)) + 2).clamp(2, 4);
    let blocks = flat::blocks(found.flats, found.indents, &heading);
    let (pictures, blocks) = kept(pictures, blocks);
    let (creator, created) = made(&mut package)?;
    let mut word = Word {
        fields: Fields { title: named.title, subtitle: named.subtitle, ..Fields::default() },
        creator,
        created,
        digest: sha256(bytes),
        report: Report { recognised: Vec::new(), left_out: left_out.into_lines() },
        pictures,
        blocks,
        read: text.len(),
    };
    word.recognise(named.by);
    Ok(word)
}

impl Word {
    /// The pictures, each once, in the order in which they first stand in the text.
    #[must_use]
    pub fn pictures(&self) -> &[Picture] {
        &self.pictures
    }

    /// Takes the title from the name of the file where the text has none.
    pub fn name_after(&mut self, file: &str) {
        let stem = file.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem).replace(char::is_control, "");
        if self.fields.title.is_empty() {
            self.fields.title = trim_line(&stem).chars().take(LONGEST_LINE).collect();
            self.report.recognised.push(("title", format!("{} (by the name of the file)", quoted(&self.fields.title))));
        }
    }

    /// The fields and the text, for an editor that is open: a title may still be missing there. `pictures` tells the
    /// picture of the library for the place of one in [`Self::pictures`].
    ///
    /// # Errors
    /// A text that may not be stored.
    pub fn into_body(
        mut self,
        pictures: &dyn Fn(usize) -> Option<PictureRef>,
    ) -> Result<(Fields, Document, Report), Fault> {
        let missing = (0..self.pictures.len()).filter(|at| pictures(*at).is_none()).count();
        if missing > 0 {
            self.report.left_out.push(format!("picture ×{missing}: not taken into the media library: left out"));
        }
        let body = Document::new(pictures::put(self.blocks, pictures));
        storable(&body, self.read)?;
        Ok((self.fields, body, self.report))
    }

    /// The draft of the file.
    ///
    /// # Errors
    /// A file without a title or a text, and a text or fields that may not be stored.
    pub fn into_draft(self, pictures: &dyn Fn(usize) -> Option<PictureRef>) -> Result<(Draft, Report), Fault> {
        let digest = self.digest.clone();
        let (fields, body, report) = self.into_body(pictures)?;
        if fields.title.is_empty() {
            return Err(Fault::NoTitle {
                expected: "a paragraph in the style \"Title\" or a heading at the beginning",
            });
        }
        if body.is_empty() {
            return Err(Fault::NoBody { expected: "text below the title" });
        }
        fields.check()?;
        let identity = format!("sha256:{digest}");
        Ok((Draft { identity, digest, section: None, fields, published: None, body, url: None }, report))
    }

    fn recognise(&mut self, by: &str) {
        let found = &mut self.report.recognised;
        if !self.fields.title.is_empty() {
            found.push(("title", format!("{} (by {by})", quoted(&self.fields.title))));
        }
        if !self.fields.subtitle.is_empty() {
            found.push(("subtitle", quoted(&self.fields.subtitle)));
        }
        found.push(("body", format!("{} blocks, {} pictures", self.blocks.len(), self.pictures.len())));
    }
}

/// Reads the text with what stands beside it. A table of contents that never ends is kept: the text behind it would go
/// with it.
fn read(
    package: &mut Package<'_>,
    name: &str,
    text: &str,
    without_contents: bool,
    left_out: &mut LeftOut,
) -> Result<body::Found, Fault> {
    let before = left_out.clone();
    let mut beside = beside(package, name, left_out)?;
    let found = body::read(text, &mut beside, !without_contents, left_out)?;
    if !found.swallowed {
        return Ok(found);
    }
    *left_out = before;
    let mut beside = self::beside(package, name, left_out)?;
    body::read(text, &mut beside, true, left_out)
}

/// Reads the parts beside the text. Damage in one of them costs what it says and not the text.
fn beside(package: &mut Package<'_>, name: &str, left_out: &mut LeftOut) -> Result<Beside, Fault> {
    let relations = package.relations(name)?;
    let mut beside = Beside::default();
    let part = |package: &mut Package<'_>, kind: &str, left_out: &mut LeftOut| {
        let target = target(&relations, kind)?;
        match package.text(&target) {
            Ok(text) => text,
            Err(fault) => {
                left_out.lines(vec![format!("{kind} left out: {fault}")]);
                None
            }
        }
    };
    let damaged = |kind: &str, fault: Fault, left_out: &mut LeftOut| {
        left_out.lines(vec![format!("{kind} left out: {fault}")]);
    };
    macro_rules! read {
        ($($field:ident from $kind:literal by $read:path;)*) => {$(
            if let Some(text) = part(package, $kind, left_out) {
                match $read(&text) {
                    Ok(found) => beside.$field = found,
                    Err(fault) => damaged($kind, fault, left_out),
                }
            }
        )*};
    }
    read! {
        styles from "styles" by styles::Styles::read;
        numbering from "numbering" by numbering::Numbering::read;
        footnotes from "footnotes" by notes::read;
        endnotes from "endnotes" by notes::read;
    }
    for kind in ["header", "footer"] {
        if relations.values().any(|relation| relation.kind == kind) {
            left_out.count(kind, "of the printed page: left out");
        }
    }
    beside.relations = relations;
    Ok(beside)
}

fn target(relations: &Relations, kind: &str) -> Option<String> {
    relations.values().find(|relation| relation.kind == kind && !relation.outside).map(|found| found.target.clone())
}

/// Drops the places of pictures that were left out, and numbers the others anew.
fn kept(pictures: Vec<Option<Picture>>, blocks: Vec<Block>) -> (Vec<Picture>, Vec<Block>) {
    let mut places = Vec::with_capacity(pictures.len());
    let mut kept = Vec::new();
    for picture in pictures {
        places.push(picture.is_some().then_some(kept.len()));
        kept.extend(picture);
    }
    let blocks = pictures::put(blocks, &|at| places.get(at).copied().flatten().map(pictures::numbered));
    for (at, picture) in kept.iter_mut().enumerate() {
        picture.alt = alt(&blocks, at).unwrap_or_default();
    }
    (kept, blocks)
}

/// What the text says in the place of a picture.
fn alt(blocks: &[Block], at: usize) -> Option<String> {
    blocks.iter().find_map(|block| match block {
        Block::Figure { attrs, .. } if usize::try_from(attrs.media.0) == Ok(at) => Some(attrs.alt.clone()),
        _ => None,
    })
}

/// Who made the file and when, by its own word.
fn made(package: &mut Package<'_>) -> Result<(String, Option<WrittenTime>), Fault> {
    let (mut creator, mut created) = (String::new(), None);
    let roots = package.relations("")?;
    let Some(text) = target(&roots, "core-properties").and_then(|name| package.text(&name).ok().flatten()) else {
        return Ok((creator, created));
    };
    let mut xml = Xml::new(&text);
    // Damage here is of no interest: nothing depends on it.
    while let Ok(Some(piece)) = xml.next() {
        let Piece::Open(element) = piece else { continue };
        match (element.space, element.name()) {
            (Space::DublinCore, "creator") => {
                let given = xml.content().unwrap_or_default().replace(char::is_control, " ");
                creator = given.trim().chars().take(content::article::LONGEST_NAME).collect();
            }
            (Space::DublinCore, "created") => {
                created = xml.content().ok().and_then(|time| WrittenTime::parse(&time).ok())
            }
            _ => {}
        }
    }
    Ok((creator, created))
}
