//! Tokens to nodes. An end tag closes what it names if that is open in the same cell and, for formatting, in the same
//! block; some start tags close what cannot hold them. Searches among the open elements are bounded, so every token
//! costs the same.

use super::{Data, Dom, Element, Id, Node, ROOT, is_block};
use crate::html::tokens::{Receiver, feed};
use html5ever::{
    LocalName,
    tokenizer::Tag,
    tokenizer::states::{RawKind, Rawtext, Rcdata, ScriptData},
};

/// Elements within so many others are not kept as elements; their text is.
const DEEPEST: usize = 400;

/// How many nodes a page can have: a page of the largest size that is nothing but tags would have more.
const MOST_NODES: usize = 600_000;

/// How far up an open element is looked for.
const SEARCHED: usize = 512;

/// Makes a tree of a page.
pub(in crate::pages) fn parse(text: &str) -> Dom {
    let root = Node { parent: ROOT, end: 1, data: Data::Root };
    let builder = Builder { nodes: vec![root], open: Vec::new(), cut: false };
    let mut builder = feed(text, builder);
    builder.close_to(0);
    let end = builder.nodes.len();
    builder.nodes[ROOT].end = end;
    Dom { nodes: builder.nodes, cut: builder.cut }
}

struct Builder {
    nodes: Vec<Node>,
    open: Vec<Open>,
    cut: bool,
}

/// An open element; one that is too deep has no node.
struct Open {
    name: LocalName,
    node: Option<Id>,
}

impl Receiver for Builder {
    fn start(&mut self, tag: &Tag) -> Option<RawKind> {
        if self.is_second_frame(tag) {
            return None;
        }
        self.imply_ends(&tag.name);
        let attrs = tag.attrs.iter().map(|attr| (attr.name.local.clone(), attr.value.to_string())).collect();
        let data = Data::Element(Element { name: tag.name.clone(), attrs });
        let node = if self.open.len() < DEEPEST { self.push(data) } else { None };
        let foreign = tag.self_closing && self.open.iter().rev().take(8).any(|open| &*open.name == "svg");
        if !is_void(&tag.name) && !foreign {
            self.open.push(Open { name: tag.name.clone(), node });
        }
        raw(&tag.name)
    }

    fn end(&mut self, tag: &Tag) {
        let name = &*tag.name;
        let found = match name {
            "html" | "body" => None,
            "br" => {
                self.push(Data::Element(Element { name: tag.name.clone(), attrs: Vec::new() }));
                None
            }
            "table" => self.find(name, |_| false),
            "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "caption" => self.find(name, |open| open == "table"),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.find_by(is_heading, is_cell),
            _ if is_block(name) && name != "form" => self.find(name, is_cell),
            _ => self.find(name, is_block),
        };
        if let Some(at) = found {
            self.close_to(at);
        }
    }

    fn text(&mut self, text: &str) {
        let parent = self.parent();
        if let Some(Node { parent: same, data: Data::Text(kept), .. }) = self.nodes.last_mut()
            && *same == parent
        {
            kept.push_str(text);
            return;
        }
        self.push(Data::Text(text.to_owned()));
    }

    fn comment(&mut self, text: &str) {
        self.push(Data::Comment(text.to_owned()));
    }
}

impl Builder {
    fn parent(&self) -> Id {
        let innermost = self.open.len().min(DEEPEST);
        self.open[..innermost].iter().rev().find_map(|open| open.node).unwrap_or(ROOT)
    }

    fn push(&mut self, data: Data) -> Option<Id> {
        if self.nodes.len() >= MOST_NODES {
            self.cut = true;
            return None;
        }
        let id = self.nodes.len();
        self.nodes.push(Node { parent: self.parent(), end: id + 1, data });
        Some(id)
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth
            && let Some(open) = self.open.pop()
        {
            if let Some(node) = open.node {
                let end = self.nodes.len();
                self.nodes[node].end = end;
            }
        }
    }

    /// The innermost open element of a name, as long as none that stops the search stands within it.
    fn find(&self, name: &str, stops: impl Fn(&str) -> bool) -> Option<usize> {
        self.find_by(|open| open == name, stops)
    }

    fn find_by(&self, is: impl Fn(&str) -> bool, stops: impl Fn(&str) -> bool) -> Option<usize> {
        for (at, open) in self.open.iter().enumerate().rev().take(SEARCHED) {
            if is(&open.name) {
                return Some(at);
            }
            if stops(&open.name) {
                return None;
            }
        }
        None
    }

    /// A page has one of each of these.
    fn is_second_frame(&self, tag: &Tag) -> bool {
        let name = &*tag.name;
        matches!(name, "html" | "body") && self.open.iter().take(4).any(|open| &*open.name == name)
    }

    fn imply_ends(&mut self, name: &str) {
        if self.open.last().is_some_and(|open| &*open.name == "head") && !is_of_head(name) {
            self.close_to(self.open.len() - 1);
        }
        let ended = match name {
            "a" => self.find("a", is_block),
            "option" => self.find("option", |open| open == "select"),
            "li" => self.find("li", |open| is_block(open) && !matches!(open, "div" | "p" | "address")),
            "dt" | "dd" => self.find_by(
                |open| matches!(open, "dt" | "dd"),
                |open| is_block(open) && !matches!(open, "div" | "p" | "address"),
            ),
            "td" | "th" => self.find_by(|open| matches!(open, "td" | "th"), |open| matches!(open, "tr" | "table")),
            "tr" => self.find("tr", |open| open == "table"),
            "tbody" | "thead" | "tfoot" => {
                self.find_by(|open| matches!(open, "tbody" | "thead" | "tfoot" | "tr"), |open| open == "table")
            }
            _ if is_heading(name) => {
                self.open.last().filter(|open| is_heading(&open.name)).map(|_| self.open.len() - 1)
            }
            _ => None,
        };
        if let Some(at) = ended {
            self.close_to(at);
        }
        // A table is let stand in a paragraph, as browsers do for pages of the time before standards.
        if is_block(name)
            && name != "table"
            && let Some(at) = self.find("p", is_block)
        {
            self.close_to(at);
        }
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}

/// What an end tag does not reach out of.
fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th" | "table" | "caption")
}

fn is_of_head(name: &str) -> bool {
    matches!(
        name,
        "meta" | "title" | "link" | "script" | "style" | "base" | "noscript" | "template" | "bgsound" | "object"
    )
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

fn raw(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(ScriptData),
        "style" | "noscript" | "iframe" | "noembed" | "noframes" | "xmp" => Some(Rawtext),
        "title" | "textarea" => Some(Rcdata),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    /// The tree in brackets.
    fn drawn(html: &str) -> String {
        let dom = parse(html);
        let (mut out, mut open) = (String::new(), Vec::new());
        for id in 1..dom.len() {
            while open.last().is_some_and(|end| *end <= id) {
                open.pop();
                out.push(')');
            }
            match dom.data(id) {
                Data::Text(text) => out.push_str(text.trim()),
                Data::Element(element) => {
                    write!(out, "({} ", element.name).unwrap();
                    open.push(dom.end(id));
                }
                _ => {}
            }
        }
        out + &")".repeat(open.len())
    }

    #[test]
    fn elements_end_where_readers_see_them_end() {
        for (html, tree) in [
            ("<p>a<p>b<div>c</div>", "(p a)(p b)(div c)"),
            ("<ul><li>a<li>b<ul><li>c</ul>d</ul>e", "(ul (li a)(li b(ul (li c))d))e"),
            ("<table><tr><td>a<td>b</div><tr><td>c</table>d", "(table (tr (td a)(td b))(tr (td c)))d"),
            ("<table><form><tr><td>a</form></td></tr></table>b", "(table (form (tr (td a))))b"),
            ("<div><font>a<p>b</font>c</div>d", "(div (font a(p bc)))d"),
            ("<b>a<div>b</b>c</div>d", "(b a(div bc)d)"),
            ("<a>1<a>2</a>", "(a 1)(a 2)"),
            ("<head><title>a<b></title><p>b", "(head (title a<b>))(p b)"),
            ("<h1>a</h2>b", "(h1 a)b"),
            ("a</br>b", "a(br )b"),
            ("<body>a</body></html><p>b", "(body a(p b))"),
        ] {
            assert_eq!(drawn(html), tree, "{html}");
        }
    }

    #[test]
    fn depth_costs_nothing() {
        let html = format!("{}text{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let dom = parse(&html);
        assert!(dom.len() <= DEEPEST + 2);
        assert_eq!(dom.text(ROOT), "text");
        let html = format!("<b>{}{}x", "<table><td>".repeat(40_000), "</b></td></i>".repeat(40_000));
        assert!(parse(&html).text(ROOT).ends_with('x'));
    }
}
