//! The chosen part of a page as simple HTML: lines that are no text left out, tables that only lay out opened,
//! addresses made whole. From it the tree is made by [`crate::html`].

use super::{
    body::Body,
    classes,
    dom::{Data, Dom, Id, is_silent},
    lines,
    links::{Address, is_attachment},
    page::Page,
    words,
};
use std::{collections::HashMap, ops::Range};

/// A picture of the body, as the page refers to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) given: String,
    pub(super) alt: String,
}

/// A file that the body offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offered {
    pub(super) given: String,
    pub(super) name: String,
}

pub(super) struct Markup {
    pub(super) html: String,
    pub(super) pictures: Vec<Shown>,
    pub(super) attachments: Vec<Offered>,
}

/// Attributes that mean something to the tree.
const KEPT: [&str; 8] = ["align", "style", "colspan", "rowspan", "start", "alt", "title", "type"];

/// Where pages that load pictures late keep their addresses, most certain first.
const LATE: [&str; 12] = [
    "data-src",
    "data-original",
    "data-original-src",
    "data-lazy-src",
    "data-lazyload",
    "data-url",
    "data-echo",
    "original",
    "_src",
    "orisrc",
    "lazy-src",
    "src",
];

/// Writes the body of a page that stood at an address.
pub(super) fn write(page: &Page, body: &Body, address: &Address) -> Markup {
    let dropped: Vec<(Id, Id)> = (body.lines.start.saturating_sub(1)..page.lines.len().min(body.lines.end + 1))
        .filter(|n| !body.kept[*n])
        .map(|n| (page.lines[n].first, page.lines[n].end))
        .collect();
    let mut writer = Writer {
        page,
        address,
        dropped,
        nodes: body.nodes.clone(),
        layouts: HashMap::new(),
        out: Markup { html: String::new(), pictures: Vec::new(), attachments: Vec::new() },
        open: Vec::new(),
    };
    writer.write(body.element);
    writer.out
}

struct Writer<'a> {
    page: &'a Page,
    address: &'a Address,
    /// The nodes of lines that are left out, in order.
    dropped: Vec<(Id, Id)>,
    nodes: Range<Id>,
    /// For each table that was met whether it only lays out.
    layouts: HashMap<Id, bool>,
    out: Markup,
    /// The ends of open elements, and the tags that close them.
    open: Vec<(Id, String)>,
}

impl Writer<'_> {
    fn write(&mut self, element: Id) {
        let dom = &self.page.dom;
        let end = dom.end(element).min(self.nodes.end.max(element + 1));
        let mut at = element;
        while at < end {
            self.close(at);
            let out = self.page.removed.binary_search(&at).is_ok() || is_silent(dom.name(at)) || self.is_aside(at);
            if out || lines::is_hidden(dom, at) && self.page.lines_in(at).is_empty() {
                at = dom.end(at);
                continue;
            }
            match dom.data(at) {
                Data::Element(element) => self.element(at, &element.name.clone()),
                Data::Text(text) if self.nodes.contains(&at) && !self.is_dropped(at) => {
                    escape(text, &mut self.out.html)
                }
                _ => {}
            }
            at += 1;
        }
        self.close(usize::MAX);
    }

    fn close(&mut self, at: Id) {
        while let Some((_, tag)) = self.open.pop_if(|(end, _)| *end <= at) {
            self.out.html.push_str(&tag);
        }
    }

    /// Parts that are named as furniture and hold no text of the body.
    fn is_aside(&self, id: Id) -> bool {
        self.nodes.contains(&id)
            && self.page.dom.element(id).is_some()
            && classes::is_aside(&self.page.dom.hints(id))
            && {
                let lines = self.page.lines_in(id);
                lines.clone().all(|n| self.is_dropped(self.page.lines[n].first))
            }
    }

    fn is_dropped(&self, id: Id) -> bool {
        let at = self.dropped.partition_point(|(_, end)| *end <= id);
        self.dropped.get(at).is_some_and(|(first, _)| *first <= id)
    }

    fn element(&mut self, id: Id, name: &str) {
        let dom = &self.page.dom;
        match name {
            "img" | "image" if self.nodes.contains(&id) => self.picture(id),
            "br" if self.nodes.contains(&id) => self.out.html.push_str("<br>"),
            "a" => self.link(id),
            "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" | "caption" => {
                let table = dom.chain(id).find(|at| dom.name(*at) == "table");
                let layout =
                    table.is_none_or(|table| *self.layouts.entry(table).or_insert_with(|| is_layout(self.page, table)));
                self.tag(id, if layout { "div" } else { name });
            }
            "form" | "center" | "div" | "section" | "article" | "p" | "ul" | "ol" | "li" | "dl" | "dt" | "dd"
            | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "pre" | "figure" | "figcaption" | "b"
            | "strong" | "i" | "em" | "u" | "sup" | "sub" | "s" | "del" | "strike" | "span" | "main" | "address"
            | "header" | "footer" | "aside" | "nav" | "fieldset" => {
                self.tag(id, name);
            }
            _ => {}
        }
    }

    fn tag(&mut self, id: Id, name: &str) {
        self.out.html.push('<');
        self.out.html.push_str(name);
        let dom = &self.page.dom;
        for kept in KEPT {
            if let Some(value) = dom.attr(id, kept).filter(|value| value.len() < 1000) {
                attribute(kept, value, &mut self.out.html);
            }
        }
        self.out.html.push('>');
        self.open.push((dom.end(id), format!("</{name}>")));
    }

    fn link(&mut self, id: Id) {
        let dom = &self.page.dom;
        let Some(given) = dom.attr(id, "href").map(str::trim) else { return };
        let text = dom.text(id);
        if is_attachment(given) && !text.is_empty() && !self.is_dropped(id + 1) && self.nodes.contains(&id) {
            let name: String = text.chars().take(200).collect();
            self.out.attachments.push(Offered { given: given.to_owned(), name });
        }
        let whole = self.address.join(given);
        if let Some(whole) = whole.filter(|_| !text.is_empty() && self.nodes.contains(&id)) {
            self.out.html.push_str("<a");
            attribute("href", &whole.whole(), &mut self.out.html);
            self.out.html.push('>');
            self.open.push((dom.end(id), "</a>".to_owned()));
        }
    }

    fn picture(&mut self, id: Id) {
        let dom = &self.page.dom;
        let mut given = LATE.iter().filter_map(|name| dom.attr(id, name)).map(str::trim);
        let Some(given) =
            given.find(|given| super::links::leads_somewhere(given) && !given.contains(char::is_whitespace))
        else {
            return;
        };
        if is_ornament(dom, id, given) {
            return;
        }
        let alt = dom.attr(id, "alt").or_else(|| dom.attr(id, "title")).map(super::dom::squeezed).unwrap_or_default();
        let alt = if words::is_tools(&alt) { String::new() } else { alt };
        self.out.html.push_str("<img");
        attribute("src", given, &mut self.out.html);
        attribute("alt", &alt, &mut self.out.html);
        self.out.html.push('>');
        self.out.pictures.push(Shown { given: given.to_owned(), alt });
    }
}

/// Pictures that are buttons, icons, codes to be scanned, or the marks that systems put before attachments.
fn is_ornament(dom: &Dom, id: Id, address: &str) -> bool {
    let small = |name: &str| {
        let digits: String =
            dom.attr(id, name).unwrap_or_default().trim().chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().is_ok_and(|size| size < 40)
    };
    let lower = address.to_ascii_lowercase();
    let name = lower.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned();
    let stem = name.split('.').next().unwrap_or_default();
    small("width")
        || small("height")
        || ["icon", "logo", "qrcode", "erweima", "ewm", "share", "print", "loading", "spacer", "blank", "emotion"]
            .iter()
            .any(|part| stem.contains(part))
        || lower.contains("fileicons/")
        || lower.contains("/icon")
        || lower.contains("editor/dialogs")
}

/// Whether a table lays out a page: it has single cells, or one that holds nearly all.
fn is_layout(page: &Page, table: Id) -> bool {
    let dom = &page.dom;
    let cells = cells(dom, table);
    let most = cells.iter().map(Vec::len).max().unwrap_or(0);
    if most <= 1 {
        return true;
    }
    let chars = |id: Id| page.lines_in(id).map(|n| page.lines[n].chars).sum::<usize>();
    let all = chars(table);
    let nested = cells.iter().flatten().any(|cell| (*cell + 1..dom.end(*cell)).any(|at| dom.name(at) == "table"));
    cells.iter().flatten().any(|cell| {
        let inside = chars(*cell);
        inside * 10 >= all * 7 && (inside > 300 || nested) && page.lines_in(*cell).len() >= 3
    })
}

/// The cells of a table, row by row, those of tables within it left out.
fn cells(dom: &Dom, table: Id) -> Vec<Vec<Id>> {
    let (mut rows, mut at) = (Vec::new(), table + 1);
    while at < dom.end(table) && rows.len() < 2000 {
        match dom.name(at) {
            "tr" => rows.push(Vec::new()),
            "td" | "th" => {
                if rows.is_empty() {
                    rows.push(Vec::new());
                }
                if let Some(row) = rows.last_mut() {
                    row.push(at);
                }
                at = dom.end(at);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    rows
}

fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("&quot;"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            other => out.push(other),
        }
    }
    out.push('"');
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\0' => {}
            other => out.push(other),
        }
    }
}
