//! XML of others, piece by piece.
//!
//! Nothing is expanded but the five entities that XML itself has and references to characters; a document type is
//! passed over. Depth and name spaces are bounded, and nothing here calls itself, so nesting costs no stack.
//!
//! - `space`: the name spaces that mean something

mod space;

pub(crate) use space::Space;

use crate::Fault;
use quick_xml::{
    Reader,
    events::{BytesRef, BytesStart, Event},
};
use std::borrow::Cow;

/// The most elements within one another. Word's own files stay below a hundred.
pub(crate) const DEEPEST: usize = 512;

/// The most name spaces that are declared at one place. Word declares some forty.
const MOST_SPACES: usize = 256;

/// What comes next.
#[derive(Debug)]
pub(crate) enum Piece<'a> {
    /// An element begins. One without content is closed by the next piece.
    Open(Element<'a>),
    /// The innermost open element ends.
    Close,
    /// Text, with references to characters resolved.
    Text(Cow<'a, str>),
}

/// The start tag of an element.
#[derive(Debug)]
pub(crate) struct Element<'a> {
    pub(crate) space: Space,
    tag: BytesStart<'a>,
}

impl Element<'_> {
    /// The name without its prefix.
    pub(crate) fn name(&self) -> &str {
        std::str::from_utf8(self.tag.local_name().into_inner()).unwrap_or_default()
    }

    /// The value of the first attribute of this name, whatever its prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.tag.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name.as_bytes())?;
        Some(resolved(&String::from_utf8_lossy(&found.value)))
    }
}

/// Reads a text that holds one document, or one element with what is in it.
pub(crate) struct Xml<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    depth: usize,
    /// Declared prefixes with the depth of the element that declares them.
    spaces: Vec<(usize, Vec<u8>, Space)>,
}

impl<'a> Xml<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        // Feeds are full of "R&D": a lone ampersand is one.
        config.allow_dangling_amp = true;
        Self { text, reader, depth: 0, spaces: Vec::new() }
    }

    /// Where the next piece begins, in bytes.
    pub(crate) const fn position(&self) -> u64 {
        self.reader.buffer_position()
    }

    /// How many elements are open.
    pub(crate) const fn depth(&self) -> usize {
        self.depth
    }

    /// The next piece, or `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Piece<'a>>, Fault> {
        loop {
            let event = self.reader.read_event().map_err(|error| Fault::Xml {
                offset: self.reader.error_position(),
                message: error.to_string().replace(char::is_control, " "),
            })?;
            match event {
                Event::Start(tag) => return self.open(tag).map(Some),
                Event::End(_) => {
                    while self.spaces.last().is_some_and(|(depth, ..)| *depth == self.depth) {
                        self.spaces.pop();
                    }
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Piece::Close));
                }
                Event::Text(text) => return Ok(Some(Piece::Text(text_of(text.into_inner())))),
                Event::CData(text) => return Ok(Some(Piece::Text(text_of(text.into_inner())))),
                Event::GeneralRef(reference) => return Ok(Some(Piece::Text(Cow::Owned(referred(&reference))))),
                Event::Eof if self.depth > 0 => return Err(self.fault("it ends within an element")),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    /// Passes over the element that was just opened.
    pub(crate) fn skip(&mut self) -> Result<(), Fault> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside && self.next()?.is_some() {}
        Ok(())
    }

    /// All text within the element that was just opened.
    pub(crate) fn content(&mut self) -> Result<String, Fault> {
        let outside = self.depth.saturating_sub(1);
        let mut content = String::new();
        while self.depth > outside
            && let Some(piece) = self.next()?
        {
            if let Piece::Text(text) = piece {
                content.push_str(&text);
            }
        }
        Ok(content)
    }

    /// What stands in the element that was just opened, as it is written there.
    pub(crate) fn source(&mut self) -> Result<&'a str, Fault> {
        let outside = self.depth.saturating_sub(1);
        let start = place(self.position());
        let mut end = start;
        while self.depth > outside {
            end = place(self.position());
            if self.next()?.is_none() {
                break;
            }
        }
        Ok(self.text.get(start..end).unwrap_or_default())
    }

    pub(crate) fn fault(&self, message: &str) -> Fault {
        Fault::Xml { offset: self.position(), message: message.to_owned() }
    }

    fn open(&mut self, tag: BytesStart<'a>) -> Result<Piece<'a>, Fault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Fault::TooDeep { limit: DEEPEST });
        }
        for attribute in tag.attributes().with_checks(false).flatten() {
            let prefix = match attribute.key.into_inner() {
                b"xmlns" => &b""[..],
                key => match key.strip_prefix(b"xmlns:") {
                    Some(prefix) => prefix,
                    None => continue,
                },
            };
            if self.spaces.len() == MOST_SPACES {
                return Err(self.fault("too many name spaces are declared at one place"));
            }
            self.spaces.push((self.depth, prefix.to_owned(), Space::of(&String::from_utf8_lossy(&attribute.value))));
        }
        let space = self.space(tag.name().prefix().map(|prefix| prefix.into_inner()).unwrap_or_default());
        Ok(Piece::Open(Element { space, tag }))
    }

    /// What a prefix stands for. Exports are cut into items before they are read, and careless feeds declare nothing:
    /// a prefix that nobody declared means what it does by custom.
    fn space(&self, prefix: &[u8]) -> Space {
        let declared = self.spaces.iter().rev().find(|(_, known, _)| known == prefix);
        declared.map_or_else(|| Space::by_custom(prefix), |(_, _, space)| *space)
    }
}

/// A text with its line ends as XML has them.
fn text_of(bytes: Cow<'_, [u8]>) -> Cow<'_, str> {
    let text = match bytes {
        Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
    };
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text }
}

fn referred(reference: &BytesRef<'_>) -> String {
    let name = String::from_utf8_lossy(reference);
    match entity(&name) {
        Some(found) => found.to_string(),
        // Named entities of HTML stand in many feeds. They stay as they are, and whoever reads HTML understands them.
        None => format!("&{name};"),
    }
}

/// The character that a reference without its `&` and `;` stands for.
fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => digits.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    })
}

/// The value of an attribute with its references resolved.
fn resolved(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // The longest reference that means something has ten characters.
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| Some((end, entity(rest.get(1..end)?)?))) {
            Some((end, found)) => {
                out.push(found);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn place(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}
