//! Styles: what a paragraph or a run is by the name of its style, and what it looks like by those that it is based on.

use super::properties::{self, Look, Setting};
use crate::{
    Fault,
    xml::{Piece, Space, Xml},
};
use std::collections::HashMap;

/// How many styles one is based on at most; files of others have them in circles.
const LONGEST_CHAIN: usize = 20;

/// The most styles that are read.
const MOST: usize = 20_000;

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rank {
    /// The title of the whole.
    Title,
    /// The line below it.
    Subtitle,
    /// A heading, 1 to 9.
    Heading(u8),
    /// A quotation.
    Quote,
    /// What is said of a picture.
    Caption,
    /// An entry of a table of contents.
    Contents,
}

#[derive(Debug, Default)]
struct Style {
    based_on: String,
    rank: Option<Rank>,
    setting: Setting,
    look: Look,
}

/// The styles of a file by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    known: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: String,
}

impl Styles {
    pub(super) fn read(text: &str) -> Result<Self, Fault> {
        let mut styles = Self::default();
        let mut xml = Xml::new(text);
        while let Some(piece) = xml.next()? {
            let Piece::Open(element) = piece else { continue };
            if element.space != Space::Word || element.name() != "style" || styles.known.len() == MOST {
                continue;
            }
            let id = element.attribute("styleId").unwrap_or_default();
            let default = element.attribute("default").is_some_and(|value| properties::is_on(&value));
            if default && element.attribute("type").as_deref() == Some("paragraph") {
                styles.default.clone_from(&id);
            }
            let style = style(&mut xml)?;
            styles.known.insert(id, style);
        }
        Ok(styles)
    }

    /// What a paragraph of this style is; an empty id is the style of paragraphs that name none.
    pub(super) fn rank(&self, id: &str) -> Option<Rank> {
        self.chain(id).find_map(|style| style.rank)
    }

    /// What the style and those that it is based on set; the nearer one wins.
    pub(super) fn setting(&self, id: &str) -> Setting {
        self.chain(id).fold(Setting::default(), |nearer, style| nearer.over(&style.setting))
    }

    /// What text of this style looks like.
    pub(super) fn look(&self, id: &str) -> Look {
        self.chain(id).fold(Look::default(), |nearer, style| nearer.over(&style.look))
    }

    fn chain(&self, id: &str) -> impl Iterator<Item = &Style> {
        let first = self.known.get(if id.is_empty() { self.default.as_str() } else { id });
        std::iter::successors(first, |style| self.known.get(&style.based_on)).take(LONGEST_CHAIN)
    }
}

/// Reads one style up to its end.
fn style(xml: &mut Xml<'_>) -> Result<Style, Fault> {
    let mut style = Style::default();
    let outside = xml.depth() - 1;
    while xml.depth() > outside
        && let Some(piece) = xml.next()?
    {
        let Piece::Open(element) = piece else { continue };
        let value = || element.attribute("val").unwrap_or_default();
        match element.name() {
            "name" => style.rank = rank(&value()),
            "basedOn" => style.based_on = value(),
            "pPr" => style.setting = properties::setting(xml)?,
            "rPr" => style.look = properties::look(xml)?.0,
            // How cells of a table look says nothing of text.
            "tblStylePr" => xml.skip()?,
            _ => {}
        }
    }
    if let (None, Some(level)) = (style.rank, style.setting.outline) {
        style.rank = Some(Rank::Heading(level));
    }
    Ok(style)
}

/// What the name of a style says. Those that are built in have English names in every language of Word; files of other
/// programs name them in Chinese.
fn rank(name: &str) -> Option<Rank> {
    let name = name.trim().to_lowercase();
    let numbered = |start: &str| {
        let number = name.strip_prefix(start)?.trim().parse().ok()?;
        (1..=9).contains(&number).then_some(number)
    };
    match name.as_str() {
        "title" | "标题" | "文章标题" => Some(Rank::Title),
        "subtitle" | "副标题" => Some(Rank::Subtitle),
        "quote" | "intense quote" | "block text" | "引用" | "明显引用" => Some(Rank::Quote),
        "caption" | "题注" => Some(Rank::Caption),
        "toc heading" | "目录标题" => Some(Rank::Contents),
        _ if numbered("toc").is_some() || numbered("目录").is_some() => Some(Rank::Contents),
        _ => numbered("heading").or_else(|| numbered("标题")).map(Rank::Heading),
    }
}
