//! Pictures, addresses and signs: what a text refers to.

use super::{body::Body, flat::Flat};
use crate::xml::{Element, Space};
use content::document::{FigureAttrs, Href};

/// The most places at which pictures stand.
const MOST_FIGURES: usize = 2_000;

/// Notes what a drawing says of itself, and takes its picture.
pub(super) fn open(body: &mut Body<'_>, element: &Element<'_>) {
    let said = |name| element.attribute(name).filter(|text| !text.trim().is_empty());
    match (element.space, element.name()) {
        (Space::Placing, "docPr") => body.alt = said("descr").or_else(|| said("title")).unwrap_or_default(),
        (Space::Vector, "shape" | "rect") => body.alt = said("alt").unwrap_or_default(),
        (Space::Drawing, "blip") => match said("embed") {
            Some(id) => picture(body, &id),
            None => outside(body, said("link")),
        },
        (Space::Vector, "imagedata") => match said("id") {
            Some(id) => picture(body, &id),
            None => outside(body, said("href").or_else(|| said("src"))),
        },
        _ => {}
    }
}

fn picture(body: &mut Body<'_>, id: &str) {
    let Some(relation) = body.beside.relations.get(id).filter(|relation| !relation.outside) else {
        return outside(body, Some(id.to_owned()));
    };
    let name = relation.target.clone();
    body.figures += 1;
    if body.figures > MOST_FIGURES {
        return body.left_out.count("picture", "more than a text has: left out");
    }
    let known = body.found.pictures.iter().position(|known| *known == name);
    let at = known.unwrap_or_else(|| {
        body.found.pictures.push(name);
        body.found.pictures.len() - 1
    });
    let alt: String = body.alt.replace(char::is_control, " ").trim().chars().take(FigureAttrs::LONGEST_ALT).collect();
    let figure = Flat::Figure(at, alt, Vec::new());
    match body.paragraphs.last_mut() {
        Some(paragraph) => paragraph.after.push(figure),
        None => body.hold(vec![figure]),
    }
}

/// A picture that the file only points at is not fetched: whoever wrote the file would learn who opens it.
fn outside(body: &mut Body<'_>, id: Option<String>) {
    let id = id.unwrap_or_default();
    let target = body.beside.relations.get(&id).map_or(id, |relation| relation.target.clone());
    body.left_out.example("picture", "not in the file, which only points at it: left out", &target);
}

/// An address that leaves the file: the tree knows more kinds, and none that a Word file would mean.
pub(super) fn href(address: &str) -> Option<Href> {
    let address = address.trim().replace(' ', "%20");
    let lower = address.to_ascii_lowercase();
    let wanted = ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
    if wanted { Href::try_from(address).ok() } else { None }
}

/// A sign of a font of signs, by its number. Those fonts put their signs where no character is.
pub(super) fn symbol(hex: &str) -> String {
    let Ok(code) = u32::from_str_radix(hex, 16) else { return String::new() };
    let sign = match code & 0xff {
        _ if !(0xf000..=0xf0ff).contains(&code) => char::from_u32(code).unwrap_or('□'),
        0xfc | 0xfe | 0x52 => '✓',
        0xfb | 0xfd | 0x54 => '✗',
        0xb7 | 0x6c | 0x9f => '•',
        0xd8 | 0xe0 | 0xe8 => '→',
        0x6e | 0xa7 => '■',
        0xa8 | 0x6f | 0x71 | 0x72 => '□',
        0x76 => '❖',
        0x75 => '◆',
        _ => '□',
    };
    sign.to_string()
}
