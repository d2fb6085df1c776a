//! The parts of a Word file and how they point at one another.

use crate::{
    Fault,
    archive::{Archive, Limits},
    xml::{Piece, Xml},
};
use std::{collections::HashMap, io::Cursor};

/// The most relations of a part.
const MOST: usize = 50_000;

/// A Word file that is open.
pub(super) struct Package<'a> {
    archive: Archive<Cursor<&'a [u8]>>,
    names: HashMap<String, usize>,
}

/// Where a relation leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    /// The last part of the address that names its kind: `image`, `hyperlink`, `footnotes`.
    pub(super) kind: String,
    /// The name of a part, or an address where it is outside.
    pub(super) target: String,
    pub(super) outside: bool,
}

/// The relations of a part by their ids.
pub(super) type Relations = HashMap<String, Relation>;

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        let archive = Archive::open(Cursor::new(bytes), Limits::WORD)?;
        let names = archive.parts().iter().enumerate().map(|(at, part)| (key(&part.name), at)).collect();
        Ok(Self { archive, names })
    }

    /// What was refused of the archive.
    pub(super) fn refused(&self) -> Vec<String> {
        self.archive.refused().iter().map(ToString::to_string).collect()
    }

    /// The bytes of a part, if there is one of this name.
    pub(super) fn part(&mut self, name: &str) -> Option<Result<Vec<u8>, Fault>> {
        let at = *self.names.get(&key(name))?;
        Some(self.archive.read(at))
    }

    /// The text of a part, if there is one of this name.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Fault> {
        self.part(name).transpose()?.map(text).transpose()
    }

    /// The name of the part that holds the text.
    pub(super) fn document(&mut self) -> Result<String, Fault> {
        let roots = self.relations("")?;
        let found = roots.into_values().find(|relation| relation.kind == "officeDocument" && !relation.outside);
        let name = found.map_or_else(|| "word/document.xml".to_owned(), |relation| relation.target);
        if self.names.contains_key(&key(&name)) {
            return Ok(name);
        }
        let refused = self.archive.refused().iter().find(|fault| match fault {
            Fault::Archive { name: refused, .. } => key(refused) == key(&name),
            _ => false,
        });
        if let Some(refused) = refused {
            return Err(refused.clone());
        }
        Err(Fault::NotA { expected: "a Word file (.docx): there is no text in this package" })
    }

    /// The relations of a part; those of the package itself where the name is empty.
    pub(super) fn relations(&mut self, of: &str) -> Result<Relations, Fault> {
        let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
        let slash = if folder.is_empty() { "" } else { "/" };
        let Some(text) = self.text(&format!("{folder}{slash}_rels/{file}.rels"))? else { return Ok(HashMap::new()) };
        let mut found = HashMap::new();
        let mut xml = Xml::new(&text);
        while let Some(piece) = xml.next()? {
            let Piece::Open(element) = piece else { continue };
            if element.name() != "Relationship" || found.len() == MOST {
                continue;
            }
            let given = |name| element.attribute(name).unwrap_or_default();
            let kind = given("Type").rsplit('/').next().unwrap_or_default().to_owned();
            let outside = given("TargetMode") == "External";
            let target = given("Target");
            let target = if outside { target } else { within(folder, &target) };
            found.insert(given("Id"), Relation { kind, target, outside });
        }
        Ok(found)
    }
}

/// Parts are written in UTF-8 or UTF-16, and programs name them without regard to case.
fn text(bytes: Vec<u8>) -> Result<String, Fault> {
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => Ok(encoding_rs::UTF_16LE.decode(&bytes).0.into_owned()),
        [0xfe, 0xff, ..] => Ok(encoding_rs::UTF_16BE.decode(&bytes).0.into_owned()),
        _ => {
            String::from_utf8(bytes).map_err(|error| Fault::NotUtf8 { offset: error.utf8_error().valid_up_to() as u64 })
        }
    }
}

/// The name of a part that another one in `folder` refers to.
fn within(folder: &str, target: &str) -> String {
    let joined = if target.starts_with('/') { target.to_owned() } else { format!("{folder}/{target}") };
    let mut folders: Vec<&str> = Vec::new();
    for step in joined.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                folders.pop();
            }
            step => folders.push(step),
        }
    }
    folders.join("/")
}

fn key(name: &str) -> String {
    name.trim_start_matches('/').to_ascii_lowercase()
}
