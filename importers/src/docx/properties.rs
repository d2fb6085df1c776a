//! What paragraphs and runs are set to be, each by itself or by its style.

use crate::{
    Fault,
    inlines::Marked,
    xml::{Piece, Space, Xml},
};
use content::document::Align;

/// The properties of a paragraph that mean something; none is "not said here".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) style: Option<String>,
    /// The level of a heading, 1 to 9.
    pub(super) outline: Option<u8>,
    /// The list, by its number; 0 is none.
    pub(super) list: Option<u32>,
    pub(super) level: Option<u8>,
    pub(super) align: Option<Align>,
    pub(super) indented: Option<bool>,
}

impl Setting {
    /// This one where it says something, and the other elsewhere.
    pub(super) fn over(self, other: &Self) -> Self {
        Self {
            style: self.style.or_else(|| other.style.clone()),
            outline: self.outline.or(other.outline),
            list: self.list.or(other.list),
            level: self.level.or(other.level),
            align: self.align.or(other.align),
            indented: self.indented.or(other.indented),
        }
    }
}

/// What text looks like; none is "not said here".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    bold: Option<bool>,
    italic: Option<bool>,
    underline: Option<bool>,
    strike: Option<bool>,
    /// 1 is raised, -1 is lowered.
    raised: Option<i8>,
    hidden: Option<bool>,
}

impl Look {
    pub(super) fn over(self, other: &Self) -> Self {
        Self {
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            underline: self.underline.or(other.underline),
            strike: self.strike.or(other.strike),
            raised: self.raised.or(other.raised),
            hidden: self.hidden.or(other.hidden),
        }
    }

    pub(super) fn is_hidden(&self) -> bool {
        self.hidden.unwrap_or(false)
    }

    /// The marks that the tree has for it, besides a link.
    pub(super) fn marked(&self) -> Marked {
        Marked {
            bold: self.bold.unwrap_or(false),
            italic: self.italic.unwrap_or(false),
            underline: self.underline.unwrap_or(false),
            strike: self.strike.unwrap_or(false),
            superscript: self.raised == Some(1),
            subscript: self.raised == Some(-1),
            ..Marked::default()
        }
    }
}

/// Reads the properties of a paragraph up to their end.
pub(super) fn setting(xml: &mut Xml<'_>) -> Result<Setting, Fault> {
    let mut setting = Setting::default();
    let outside = xml.depth() - 1;
    while xml.depth() > outside
        && let Some(piece) = xml.next()?
    {
        let Piece::Open(element) = piece else { continue };
        let value = || element.attribute("val").unwrap_or_default();
        match element.name() {
            _ if element.space != Space::Word => {}
            "pStyle" => setting.style = Some(value()),
            // Nine is text that is no heading.
            "outlineLvl" => {
                setting.outline = value().parse().ok().filter(|level| *level < 9).map(|level: u8| level + 1)
            }
            "ilvl" => setting.level = value().parse().ok().map(|level: u8| level.min(8)),
            "numId" => setting.list = value().parse().ok(),
            "jc" => setting.align = align(&value()),
            "ind" => setting.indented = indented(|name| element.attribute(name)).or(setting.indented),
            // The mark at the end of a paragraph, the page behind it, and what it was before somebody changed it.
            "rPr" | "sectPr" | "pPrChange" | "numberingChange" => xml.skip()?,
            _ => {}
        }
    }
    Ok(setting)
}

/// Reads the properties of a run up to their end, with the name of its style.
pub(super) fn look(xml: &mut Xml<'_>) -> Result<(Look, Option<String>), Fault> {
    let (mut look, mut style) = (Look::default(), None);
    let outside = xml.depth() - 1;
    while xml.depth() > outside
        && let Some(piece) = xml.next()?
    {
        let Piece::Open(element) = piece else { continue };
        let value = element.attribute("val");
        let on = Some(value.as_deref().is_none_or(is_on));
        match element.name() {
            _ if element.space != Space::Word => {}
            "rStyle" => style = value,
            "b" => look.bold = on,
            "i" => look.italic = on,
            "u" => look.underline = Some(value.as_deref().is_some_and(|kind| kind != "none")),
            "strike" | "dstrike" => look.strike = Some(look.strike.unwrap_or(false) || on == Some(true)),
            "vertAlign" => {
                look.raised = match value.as_deref() {
                    Some("superscript") => Some(1),
                    Some("subscript") => Some(-1),
                    _ => Some(0),
                }
            }
            "vanish" => look.hidden = on,
            "rPrChange" => xml.skip()?,
            _ => {}
        }
    }
    Ok((look, style))
}

/// Whether a switch is on.
pub(super) fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off" | "none")
}

fn align(word: &str) -> Option<Align> {
    match word {
        "center" => Some(Align::Center),
        "right" | "end" => Some(Align::Right),
        // Both edges are what Chinese Word sets everywhere: it says nothing of this paragraph.
        "left" | "start" | "both" | "distribute" => Some(Align::Left),
        _ => None,
    }
}

/// Whether the first line is indented, if the properties say so or that it is not.
fn indented(attribute: impl Fn(&str) -> Option<String>) -> Option<bool> {
    let length = |name| attribute(name).and_then(|value| value.trim_end_matches("pt").parse::<f64>().ok());
    if let Some(length) = length("firstLineChars").filter(|length| *length > 0.0) {
        return Some(length >= 100.0);
    }
    length("firstLine").map(|length| length > 0.0).or_else(|| length("hanging").map(|_| false))
}
