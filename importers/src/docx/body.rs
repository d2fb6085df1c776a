//! The text of a Word file, element by element. What is open stands on a stack of its own.
//!
//! Each element that means something plays a [`Role`]; an element that means nothing is passed over with what is in it
//! where its content is no text, and is looked into where it may be.

use super::{
    drawing, fields::Fields, flat::Flat, math::Equation, notes::Notes, numbering::Numbering, package::Relations,
    paragraph::Paragraph, properties, styles::Styles, table::GivenRow,
};
use crate::{
    Fault,
    inlines::Marked,
    left_out::LeftOut,
    xml::{Element, Piece, Space, Xml},
};
use content::document::Href;

/// What the parts beside the text say.
#[derive(Debug, Default)]
pub(super) struct Beside {
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    pub(super) relations: Relations,
    pub(super) footnotes: Notes,
    pub(super) endnotes: Notes,
}

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) flats: Vec<Flat>,
    /// The names of the parts that hold the pictures, each once.
    pub(super) pictures: Vec<String>,
    /// Whether first lines are indented anywhere.
    pub(super) indents: bool,
    /// Whether a table of contents never ended, so that the text behind it went with it.
    pub(super) swallowed: bool,
}

/// The part that an open element plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Looked into.
    Plain,
    Paragraph,
    Run,
    Text,
    Instruction,
    Link,
    Field,
    Table,
    /// A table within another: its cells are text of the outer one's.
    FlatTable,
    Row,
    Cell,
    Box,
    /// Alternatives; the first is taken.
    Choices {
        taken: bool,
    },
    Drawing,
    Equation,
    /// A part of an equation.
    Math,
}

pub(super) struct Body<'a> {
    pub(super) beside: &'a mut Beside,
    pub(super) left_out: &'a mut LeftOut,
    pub(super) found: Found,
    roles: Vec<Role>,
    pub(super) holders: Vec<Vec<Flat>>,
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) marked: Vec<Marked>,
    pub(super) links: Vec<Option<Href>>,
    pub(super) fields: Fields,
    pub(super) rows: Vec<Vec<GivenRow>>,
    pub(super) flat_tables: usize,
    pub(super) alt: String,
    /// How many places there are at which pictures stand.
    pub(super) figures: usize,
    pub(super) cells: usize,
    equation: Equation,
    pub(super) blocks: usize,
    pub(super) characters: usize,
}

/// Reads the text. `contents` says whether tables of contents are kept.
pub(super) fn read(text: &str, beside: &mut Beside, contents: bool, left_out: &mut LeftOut) -> Result<Found, Fault> {
    let mut body = Body {
        beside,
        left_out,
        found: Found::default(),
        roles: Vec::new(),
        holders: vec![Vec::new()],
        paragraphs: Vec::new(),
        marked: Vec::new(),
        links: Vec::new(),
        fields: Fields::new(contents),
        rows: Vec::new(),
        flat_tables: 0,
        alt: String::new(),
        figures: 0,
        cells: 0,
        equation: Equation::default(),
        blocks: 0,
        characters: 0,
    };
    let mut xml = Xml::new(text);
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Open(element) => {
                if let Some(role) = body.open(&mut xml, &element)? {
                    body.roles.push(role);
                }
            }
            Piece::Close => {
                if let Some(role) = body.roles.pop() {
                    body.close(role)?;
                }
            }
            Piece::Text(text) => body.text(&text)?,
        }
    }
    body.found.swallowed = body.fields.is_dropping();
    body.found.flats = body.holders.pop().unwrap_or_default();
    Ok(body.found)
}

impl Body<'_> {
    /// An element begins. `None` says that it was read to its end.
    fn open(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<Option<Role>, Fault> {
        match element.space {
            Space::Word => self.open_word(xml, element),
            Space::Alternatives => self.open_alternative(xml, element),
            Space::Math => self.open_math(xml, element),
            Space::Drawing | Space::Placing | Space::Vector => {
                drawing::open(self, element);
                Ok(Some(Role::Plain))
            }
            _ => Ok(Some(Role::Plain)),
        }
    }

    fn open_word(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<Option<Role>, Fault> {
        let value = |name| element.attribute(name).unwrap_or_default();
        let role = match element.name() {
            "p" => {
                self.paragraphs.push(Paragraph::default());
                Role::Paragraph
            }
            "pPr" => {
                let setting = properties::setting(xml)?;
                self.setting(setting);
                return Ok(None);
            }
            "r" => {
                let marked = self.looks(&properties::Look::default(), None);
                self.marked.push(marked);
                Role::Run
            }
            "rPr" if self.roles.last() == Some(&Role::Run) => {
                let (look, style) = properties::look(xml)?;
                let marked = self.looks(&look, style.as_deref());
                if let Some(last) = self.marked.last_mut() {
                    *last = marked;
                }
                return Ok(None);
            }
            "t" => Role::Text,
            "instrText" => Role::Instruction,
            "tab" | "ptab" => return self.add(xml, " "),
            "noBreakHyphen" => return self.add(xml, "\u{2011}"),
            "sym" => return self.add(xml, &drawing::symbol(&value("char"))),
            "br" | "cr" => {
                if !matches!(value("type").as_str(), "page" | "column") {
                    self.line_end();
                }
                Role::Plain
            }
            "fldChar" => {
                self.fields.mark(&value("fldCharType"), self.left_out);
                Role::Plain
            }
            "fldSimple" => {
                self.fields.simple(&value("instr"), self.left_out);
                Role::Field
            }
            "hyperlink" => {
                let link = self.link(element);
                self.links.push(link);
                Role::Link
            }
            "footnoteReference" => return self.note(xml, &value("id"), true),
            "endnoteReference" => return self.note(xml, &value("id"), false),
            "tbl" if !self.rows.is_empty() => {
                self.flat_tables += 1;
                self.left_out.count("table within a table", "its cells are paragraphs of the outer one's");
                Role::FlatTable
            }
            "tbl" => {
                self.rows.push(Vec::new());
                Role::Table
            }
            "tr" if self.in_table() => role_if(self.open_row(), Role::Row),
            "tc" if self.in_table() => role_if(self.open_cell(), Role::Cell),
            "trPr" | "tcPr" if self.in_table() => Role::Plain,
            "tblHeader" | "gridBefore" | "gridSpan" | "vMerge" | "hMerge" if self.in_table() => {
                self.cell_property(element);
                Role::Plain
            }
            "txbxContent" => {
                self.holders.push(Vec::new());
                Role::Box
            }
            "drawing" | "pict" | "object" => {
                self.alt.clear();
                Role::Drawing
            }
            name => return self.open_other(xml, name),
        };
        Ok(Some(role))
    }

    /// What is passed over, and what is looked into as if it were not there.
    fn open_other(&mut self, xml: &mut Xml<'_>, name: &str) -> Result<Option<Role>, Fault> {
        let said = match name {
            // Within the properties of a row it says that the row was deleted.
            "del" | "moveFrom" if self.roles.iter().rev().take(2).eq(&[Role::Plain, Role::Row]) => {
                self.drop_row();
                None
            }
            "del" | "moveFrom" => Some(("deletion", "of tracked changes: left out")),
            "ins" | "moveTo" => {
                self.left_out.count("insertion", "of tracked changes: kept as text");
                return Ok(Some(Role::Plain));
            }
            "commentReference" => Some(("comment", "left out")),
            "rt" => Some(("phonetic guide", "left out")),
            "delText" | "delInstrText" | "annotationRef" | "footnoteRef" | "endnoteRef" | "sectPr" | "tblPr"
            | "tblGrid" | "tblPrEx" | "sdtPr" | "sdtEndPr" | "rubyPr" | "rPr" | "background" => None,
            "altChunk" => Some(("embedded document", "left out")),
            _ => return Ok(Some(Role::Plain)),
        };
        if let Some((name, why)) = said {
            self.left_out.count(name, why);
        }
        xml.skip()?;
        Ok(None)
    }

    /// The first of several ways to say the same is taken, since the others are for older readers.
    fn open_alternative(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<Option<Role>, Fault> {
        if element.name() == "AlternateContent" {
            return Ok(Some(Role::Choices { taken: false }));
        }
        if let Some(Role::Choices { taken }) = self.roles.last_mut() {
            if *taken {
                xml.skip()?;
                return Ok(None);
            }
            *taken = true;
        }
        Ok(Some(Role::Plain))
    }

    fn open_math(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<Option<Role>, Fault> {
        match element.name() {
            "oMath" => {
                self.equation = Equation::default();
                Ok(Some(Role::Equation))
            }
            "t" => {
                let text = xml.content()?;
                self.equation.text(&text);
                Ok(None)
            }
            "oMathParaPr" | "ctrlPr" => {
                xml.skip()?;
                Ok(None)
            }
            name => {
                self.equation.open(name, element.attribute("val"));
                Ok(Some(Role::Math))
            }
        }
    }

    fn close(&mut self, role: Role) -> Result<(), Fault> {
        match role {
            Role::Paragraph => self.close_paragraph()?,
            Role::Run => drop(self.marked.pop()),
            Role::Link => drop(self.links.pop()),
            Role::Field => self.fields.mark("end", self.left_out),
            Role::FlatTable => self.flat_tables -= 1,
            Role::Cell => self.close_cell(),
            Role::Table => self.close_table(),
            Role::Box => {
                let flats = self.holders.pop().unwrap_or_default();
                match self.paragraphs.last_mut() {
                    Some(paragraph) => paragraph.after.extend(flats),
                    None => self.hold(flats),
                }
            }
            Role::Equation => {
                let text = std::mem::take(&mut self.equation).finish();
                self.left_out.count("equation", "kept as a line of text");
                self.count(text.len())?;
                self.write(&text);
            }
            Role::Math => self.equation.close(),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Fault> {
        match self.roles.last() {
            Some(Role::Text) => {
                self.count(text.len())?;
                self.write(text);
            }
            Some(Role::Instruction) => self.fields.instruction(text),
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, xml: &mut Xml<'_>, text: &str) -> Result<Option<Role>, Fault> {
        xml.skip()?;
        self.count(text.len())?;
        self.write(text);
        Ok(None)
    }

    fn note(&mut self, xml: &mut Xml<'_>, id: &str, foot: bool) -> Result<Option<Role>, Fault> {
        xml.skip()?;
        let notes = if foot { &self.beside.footnotes } else { &self.beside.endnotes };
        let text = notes.get(id).cloned().unwrap_or_default();
        self.count(text.len())?;
        if text.is_empty() {
            self.left_out.count("note", "without text: left out");
        } else if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.inlines.note(&text);
        }
        Ok(None)
    }

    pub(super) fn hold(&mut self, flats: Vec<Flat>) {
        self.blocks += flats.len();
        if let Some(holder) = self.holders.last_mut() {
            holder.extend(flats);
        }
    }

    /// The block before the one that comes, to which a caption may belong.
    pub(super) fn last(&mut self) -> Option<&mut Flat> {
        self.holders.last_mut()?.last_mut()
    }
}

/// The part of an element that may be one too many.
fn role_if(there: bool, role: Role) -> Role {
    if there { role } else { Role::Plain }
}
