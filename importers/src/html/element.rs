//! What each element means here. A name that is not listed means nothing and its text stays in the line.

use content::document::Mark;
use html5ever::tokenizer::states::{RawKind, Rawtext, Rcdata, ScriptData};

/// The part that an element plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Means nothing; its text goes on in the line.
    Inline,
    /// Its text stands in lines of its own.
    Boundary,
    /// A boundary whose lines are centred.
    Centre,
    /// A heading of this level of the tree.
    Heading(u8),
    /// Text whose line ends count.
    Preformatted,
    Quote,
    List {
        ordered: bool,
    },
    Item,
    Table,
    /// A part of a table that holds rows, or its caption.
    Rows,
    Row,
    Cell {
        header: bool,
    },
    Figure,
    Caption,
    Rule,
    Break,
    Picture,
    Link,
    Mark(Mark),
    /// Goes with what is in it.
    Dropped(Inside),
    /// Has no content and goes; of interest to nobody.
    Silent,
}

/// What may be inside an element that is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    /// Nothing.
    Nothing,
    /// Text up to the end tag, which the tokenizer must be told.
    Raw(RawKind),
    /// Elements; the first end tag of the name ends it.
    Flat,
    /// Elements, of the same name as well.
    Nested,
    /// Elements of another language, whose tags can close themselves.
    Foreign,
}

/// The part of the element with this name in lower case.
pub(super) fn part(name: &str) -> Part {
    match name {
        "p" | "div" | "section" | "article" | "address" | "aside" | "body" | "dd" | "details" | "dl" | "dt"
        | "fieldset" | "footer" | "form" | "header" | "hgroup" | "html" | "legend" | "main" | "nav" | "search"
        | "summary" => Part::Boundary,
        "center" => Part::Centre,
        "h1" | "h2" => Part::Heading(2),
        "h3" => Part::Heading(3),
        "h4" | "h5" | "h6" => Part::Heading(4),
        "pre" | "listing" | "xmp" => Part::Preformatted,
        "blockquote" => Part::Quote,
        "ul" | "menu" | "dir" => Part::List { ordered: false },
        "ol" => Part::List { ordered: true },
        "li" => Part::Item,
        "table" => Part::Table,
        "thead" | "tbody" | "tfoot" | "caption" => Part::Rows,
        "tr" => Part::Row,
        "td" => Part::Cell { header: false },
        "th" => Part::Cell { header: true },
        "figure" => Part::Figure,
        "figcaption" => Part::Caption,
        "hr" => Part::Rule,
        "br" => Part::Break,
        "img" | "image" => Part::Picture,
        "a" => Part::Link,
        _ => mark(name).map(Part::Mark).or_else(|| dropped(name)).unwrap_or(Part::Inline),
    }
}

fn mark(name: &str) -> Option<Mark> {
    Some(match name {
        "b" | "strong" => Mark::Bold,
        "i" | "em" => Mark::Italic,
        "u" | "ins" => Mark::Underline,
        "s" | "del" | "strike" => Mark::Strike,
        "sup" => Mark::Superscript,
        "sub" => Mark::Subscript,
        "code" => Mark::Code,
        _ => return None,
    })
}

fn dropped(name: &str) -> Option<Part> {
    Some(match name {
        "script" => Part::Dropped(Inside::Raw(ScriptData)),
        "title" | "textarea" => Part::Dropped(Inside::Raw(Rcdata)),
        "style" | "noscript" | "iframe" | "noembed" | "noframes" => Part::Dropped(Inside::Raw(Rawtext)),
        "button" | "select" | "datalist" => Part::Dropped(Inside::Flat),
        "object" | "applet" | "audio" | "canvas" | "frameset" | "template" | "video" | "xml" => {
            Part::Dropped(Inside::Nested)
        }
        "svg" => Part::Dropped(Inside::Foreign),
        "base" | "embed" | "input" | "keygen" | "link" | "meta" => Part::Dropped(Inside::Nothing),
        "area" | "basefont" | "bgsound" | "col" | "frame" | "param" | "source" | "track" | "wbr" => Part::Silent,
        _ => return None,
    })
}
