//! Numbers before paragraphs. Word computes them; what a list of the tree can say becomes one, and every other number
//! becomes text, because 第三条 is what the paragraph is cited by.

use super::{numerals, properties};
use crate::{
    Fault,
    xml::{Element, Piece, Space, Xml},
};
use std::collections::HashMap;

/// Levels of a list.
const LEVELS: usize = 9;

/// The most lists that are read.
const MOST: usize = 20_000;

/// What stands before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// A dot or the like.
    Bullet,
    /// A number that a list of the tree writes itself, and as Word writes it.
    Counted(u32, String),
    /// Text that stands before the paragraph.
    Written(String),
}

#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    text: String,
    suffix: String,
    /// Whether all levels above it are written as decimals.
    legal: bool,
    /// The style whose paragraphs are of this level.
    style: String,
}

impl Default for Level {
    fn default() -> Self {
        let decimal = || "decimal".to_owned();
        Self {
            start: 1,
            format: decimal(),
            text: String::new(),
            suffix: String::new(),
            legal: false,
            style: String::new(),
        }
    }
}

type Levels = Vec<Option<Level>>;

/// What a plan or a list says of its levels.
#[derive(Debug, Default)]
struct Said {
    /// The plan that a list is of.
    plan: u32,
    levels: Levels,
    /// Numbers with which a list begins where its plan has others.
    starts: [Option<u32>; LEVELS],
}

/// The lists of a file, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    plans: HashMap<u32, Said>,
    lists: HashMap<u32, Said>,
    counted: HashMap<(bool, u32), [Option<u32>; LEVELS]>,
}

impl Numbering {
    pub(super) fn read(text: &str) -> Result<Self, Fault> {
        let mut found = Self::default();
        let mut xml = Xml::new(text);
        while let Some(piece) = xml.next()? {
            let Piece::Open(element) = piece else { continue };
            if element.space != Space::Word || found.plans.len() + found.lists.len() > MOST {
                continue;
            }
            match element.name() {
                "abstractNum" => {
                    let id = number(&element, "abstractNumId");
                    let plan = said(&mut xml)?;
                    found.plans.insert(id, plan);
                }
                "num" => {
                    let id = number(&element, "numId");
                    let list = said(&mut xml)?;
                    found.lists.insert(id, list);
                }
                _ => {}
            }
        }
        Ok(found)
    }

    /// The level of a list that is meant for a style.
    pub(super) fn level_of(&self, list: u32, style: &str) -> Option<u8> {
        let plan = self.plans.get(&self.lists.get(&list)?.plan)?;
        let at = plan.levels.iter().flatten().position(|level| !style.is_empty() && level.style == style)?;
        u8::try_from(at).ok()
    }

    /// Counts a paragraph of a list and tells what stands before it.
    pub(super) fn next(&mut self, list: u32, level: u8) -> Option<Number> {
        let at = usize::from(level).min(LEVELS - 1);
        let own = self.lists.get(&list)?;
        let of = |at: usize| {
            let of_list = own.levels.get(at).and_then(Option::as_ref);
            let found = of_list.or_else(|| self.plans.get(&own.plan)?.levels.get(at)?.as_ref());
            let mut level = found.cloned().unwrap_or_default();
            level.start = own.starts[at].unwrap_or(level.start);
            level
        };
        let levels: Vec<Level> = (0..=at).map(of).collect();
        // Lists of one plan count on together, unless a list says something of its own.
        let together = own.levels.iter().all(Option::is_none) && own.starts.iter().all(Option::is_none);
        let counts = self.counted.entry((together, if together { own.plan } else { list })).or_default();
        let level = levels.last()?;
        counts[at] = Some(counts[at].map_or(level.start, |count| count.saturating_add(1)));
        counts[at + 1..].fill(None);
        Some(match level.format.as_str() {
            "bullet" => Number::Bullet,
            "none" if level.text.is_empty() => return None,
            format if is_list(format, &level.text, at) => {
                Number::Counted(counts[at].unwrap_or(1), written(&levels, counts))
            }
            _ => Number::Written(written(&levels, counts)),
        })
    }
}

/// Whether a list of the tree says the same: a number of its own level with a full stop or a bracket behind it.
fn is_list(format: &str, text: &str, at: usize) -> bool {
    let simple = matches!(format, "decimal" | "lowerLetter" | "upperLetter" | "lowerRoman" | "upperRoman");
    let rest = text.strip_prefix('%').and_then(|rest| rest.strip_prefix(char::from(b'1' + at.min(8) as u8)));
    simple && rest.is_some_and(|rest| matches!(rest.trim(), "" | "." | "．" | "、" | ")" | "）"))
}

/// The number as Word would write it.
fn written(levels: &[Level], counts: &[Option<u32>; LEVELS]) -> String {
    let Some(level) = levels.last() else { return String::new() };
    let mut out = String::new();
    let mut characters = level.text.chars();
    while let Some(c) = characters.next() {
        let place = if c == '%' { characters.clone().next().and_then(|digit| digit.to_digit(10)) } else { None };
        let Some(place) = place.and_then(|place| usize::try_from(place).ok()?.checked_sub(1)) else {
            out.push(c);
            continue;
        };
        characters.next();
        if let Some(of) = levels.get(place) {
            let count = counts.get(place).copied().flatten().unwrap_or(of.start);
            let decimal = level.legal && place + 1 < levels.len();
            out.push_str(&numerals::written(if decimal { "decimal" } else { &of.format }, count));
        }
    }
    let wide = out.chars().next_back().is_some_and(|c| !c.is_ascii());
    if !out.is_empty()
        && level.suffix != "nothing"
        && (!wide || level.suffix == "space" || out.ends_with(['章', '条', '节']))
    {
        out.push(if wide { '\u{3000}' } else { ' ' });
    }
    out
}

/// Reads a plan or a list up to its end.
fn said(xml: &mut Xml<'_>) -> Result<Said, Fault> {
    let (mut said, mut at) = (Said { levels: vec![None; LEVELS], ..Said::default() }, 0);
    let outside = xml.depth() - 1;
    while xml.depth() > outside
        && let Some(piece) = xml.next()?
    {
        let Piece::Open(element) = piece else { continue };
        let value = || element.attribute("val").unwrap_or_default();
        let place = || (number(&element, "ilvl") as usize).min(LEVELS - 1);
        match element.name() {
            "abstractNumId" => said.plan = number(&element, "val"),
            "lvlOverride" => at = place(),
            "startOverride" => said.starts[at] = Some(number(&element, "val")),
            "lvl" => {
                at = place();
                said.levels[at] = Some(Level::default());
            }
            name => {
                if let Some(level) = &mut said.levels[at] {
                    match name {
                        "start" => level.start = number(&element, "val"),
                        "numFmt" => level.format = value(),
                        "lvlText" => level.text = value().chars().take(60).collect(),
                        "suff" => level.suffix = value(),
                        "pStyle" => level.style = value(),
                        "isLgl" => level.legal = element.attribute("val").as_deref().is_none_or(properties::is_on),
                        _ => {}
                    }
                }
            }
        }
    }
    Ok(said)
}

fn number(element: &Element<'_>, name: &str) -> u32 {
    element.attribute(name).and_then(|value| value.parse().ok()).unwrap_or_default()
}
